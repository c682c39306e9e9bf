"""The words about parts of measures, and about what was done to get an answer."""

from datetime import date

from report import figures
from report.case_parts import Say
from report.content import UnansweredRow
from report.snapshot import Measure, UnitsPart
from templates import formats


def label(say: Say, part: UnitsPart) -> str:
    """Which unit, and how it stands with its part; one that was not asked has not failed to answer."""
    if part.status is None and part.asked_on is None:
        return say("part_not_asked", unit=part.unit)
    return say("part_told", unit=part.unit, status=part.status.value if part.status else figures.UNANSWERED)


def is_withheld(measure: Measure) -> bool:
    """Whether a comment on the measure, or on a part of it, has not been released."""
    return measure.comment_withheld or any(part.comment_withheld for part in measure.parts)


def unanswered(say: Say, language: str, ref: str, measure: Measure, part: UnitsPart) -> UnansweredRow:
    """The row of a part that has not come. A part is never taken up a level."""
    return UnansweredRow(
        ref=ref,
        title=measure.title,
        unit=say("part_of", unit=part.unit),
        escalated=say("no_value"),
        **asked(say, language, part.asked_on, part.reminded),
    )


def asked(say: Say, language: str, asked_on: date | None, reminded: int, *, unreached: bool = False) -> dict[str, str]:
    """When a unit was asked and how often it was reminded, or why it was not, as fields of a row."""
    if asked_on is None or unreached:
        return {"asked": say("nobody_reached" if unreached else "nobody_asked"), "reminded": say("no_value")}
    return {"asked": formats.short_day(asked_on, language), "reminded": formats.number(reminded, language)}
