"""What the office can write in the Word draft of a report: each text in a content control with a tag of its own."""

from collections.abc import Sequence
from hashlib import sha256

from report import figures, legible
from report.case_parts import Say, shown_ref
from report.content import Field, Fields
from report.snapshot import Measure, OfficeTexts, Snapshot, UnitsPart, UnitText

PREFIX = "tv:"
DECISION, SUMMARY, ASSESSMENT = (f"{PREFIX}{kind}" for kind in ("decision", "summary", "assessment"))
MEASURE, UNITS_PART, UNIT = f"{PREFIX}measure:", f"{PREFIX}part:", f"{PREFIX}unit:"
LONGEST_TAG = 64
"""Word does not open a document with a longer one; nor with a longer title."""


def measure_tag(ref: str) -> str:
    """The tag of a measure's report text: "tv:measure:1.4"."""
    return _tag(MEASURE, ref)


def part_tag(ref: str, unit: str) -> str:
    """The tag of what a unit says of its part of a measure: "tv:part:1.4:NAV"."""
    return _tag(UNITS_PART, f"{ref}:{unit}")


def unit_tag(name: str) -> str:
    """The tag of a unit's paragraph: "tv:unit:NAV"."""
    return _tag(UNIT, name)


def _tag(prefix: str, name: str) -> str:
    tag = prefix + name
    if len(tag) <= LONGEST_TAG and name.isprintable():
        return tag
    return f"{prefix}#{sha256(name.encode()).hexdigest()[:16]}"


def is_open(snapshot: Snapshot) -> bool:
    """Whether the report still takes texts: what is approved does not."""
    return snapshot.state == "draft"


def of_report(
    snapshot: Snapshot, say: Say, decisions: Sequence[str], summary: Sequence[str], assessment: Sequence[str]
) -> Fields | None:
    """The fields of the report as a whole, with the texts that stand in them; None where it takes no texts."""
    if not is_open(snapshot):
        return None
    return Fields(
        decision=Field(tag=DECISION, title=say("heading_decision"), lines=tuple(map(legible.line, decisions))),
        summary=Field(tag=SUMMARY, title=say("heading_summary"), hint=say("hint_summary"), lines=tuple(summary)),
        assessment=Field(
            tag=ASSESSMENT, title=say("heading_assessment"), hint=say("hint_assessment"), lines=tuple(assessment)
        ),
    )


def of_unit(snapshot: Snapshot, written: UnitText) -> Field | None:
    """The field of a unit's paragraph; None in what is approved."""
    return Field(tag=unit_tag(written.unit), title=written.unit[:LONGEST_TAG]) if is_open(snapshot) else None


def of_measure(snapshot: Snapshot, measure: Measure, say: Say) -> Field | None:
    """The field of a measure's report text; None where no answer is there to write about, and in what is approved."""
    if not is_open(snapshot) or measure.status is None:
        return None
    return Field(tag=measure_tag(measure.ref), title=say("field_measure", ref=shown_ref(measure))[:LONGEST_TAG])


def of_part(snapshot: Snapshot, measure: Measure, part: UnitsPart, say: Say) -> Field | None:
    """The field of what a unit says of its part; None where it has written nothing, and in what is approved."""
    if not is_open(snapshot) or not _takes_text(part):
        return None
    title = say("field_part", ref=shown_ref(measure), unit=part.unit)
    return Field(tag=part_tag(measure.ref, part.unit), title=title[:LONGEST_TAG])


def _takes_text(part: UnitsPart) -> bool:
    return part.report_text is not None or part.comment_withheld


def parts_by_tag(snapshot: Snapshot) -> dict[str, tuple[Measure, UnitsPart]]:
    """The parts of measures a draft takes texts about."""
    return {
        part_tag(measure.ref, part.unit): (measure, part)
        for measure in figures.current(snapshot)
        for part in measure.parts
        if _takes_text(part)
    }


def measures_by_tag(snapshot: Snapshot) -> dict[str, Measure]:
    """The measures a draft takes texts about."""
    return {measure_tag(measure.ref): measure for measure in figures.current(snapshot) if measure.status is not None}


def office_texts(snapshot: Snapshot) -> dict[str, str | None]:
    """What the office has written about the report as a whole, by tag."""
    written = snapshot.office_texts or OfficeTexts()
    return {DECISION: written.decision, SUMMARY: written.summary, ASSESSMENT: written.assessment}
