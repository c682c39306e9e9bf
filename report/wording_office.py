"""The words of what the office and the units have written for a report, and of what a correction changed."""

from datetime import date

from report import draft_fields, legible
from report.content import Prose
from report.snapshot import Change, OfficeTexts, Snapshot
from templates import Sentences, formats, words

SENTENCES = Sentences("report", html=False)
MOST_TOLD = 60
"""So many changes are told one by one; what is left is counted."""


def say_change(change: Change, language: str) -> str:
    """A change as a sentence."""
    known = _shown(change, change.before, language), _shown(change, change.after, language)
    return SENTENCES.say("change.change", language=language, change=change, before=known[0], after=known[1])


def say_changes(found: tuple[Change, ...], language: str, most: int = MOST_TOLD) -> list[str]:
    """Changes as sentences, at most so many; the last then says how many more there are."""
    lines = [say_change(change, language) for change in found[:most]]
    if len(found) > most:
        lines.append(SENTENCES.say("change.more", language=language, count=len(found) - most))
    return lines or [SENTENCES.say("change.nothing", language=language)]


def correction(snapshot: Snapshot) -> Prose | None:
    """What a correction says otherwise than the version before; None for what corrects nothing."""
    found = snapshot.corrects
    if found is None:
        return None
    language = snapshot.language
    intro = SENTENCES.say(
        "change.intro", language=language, version=found.version, approved_on=found.approved_on, digest=found.digest
    )
    heading = SENTENCES.say("statusrapport.heading_correction", language=language)
    return Prose(heading=heading, paragraphs=(intro, *say_changes(found.changes, language)))


def summary(snapshot: Snapshot) -> tuple[str, ...]:
    """The office's summary in its own lines."""
    return lines(_written(snapshot).summary)


def decision(snapshot: Snapshot) -> tuple[str, ...]:
    """The points of the decision the office proposes."""
    return lines(_written(snapshot).decision)


def assessment(snapshot: Snapshot) -> Prose | None:
    """The office's assessment. A draft says that there is none; what is approved leaves it out."""
    text = _written(snapshot).assessment
    heading = SENTENCES.say("statusrapport.heading_assessment", language=snapshot.language)
    if text:
        return Prose(heading=heading, paragraphs=paragraphs(text))
    if snapshot.state == "approved":
        return None
    none = SENTENCES.say("statusrapport.no_assessment", language=snapshot.language)
    return Prose(heading=heading, paragraphs=(none,))


def unit_texts(snapshot: Snapshot) -> tuple[Prose, ...]:
    """What units wrote of their parts of the plan."""
    return tuple(
        Prose(heading=each.unit, paragraphs=paragraphs(each.text), field=draft_fields.of_unit(snapshot, each))
        for each in snapshot.unit_texts
    )


def _written(snapshot: Snapshot) -> OfficeTexts:
    return snapshot.office_texts or OfficeTexts()


def lines(text: str | None) -> tuple[str, ...]:
    """The lines of a text that have something in them."""
    return tuple(legible.line(line) for line in legible.text(text or "").split("\n") if line.strip())


def paragraphs(text: str | None) -> tuple[str, ...]:
    """The paragraphs of a text, which an empty line parts."""
    return tuple(part.strip() for part in legible.text(text or "").split("\n\n") if part.strip())


def exact_paragraphs(text: str | None) -> tuple[str, ...]:
    """The paragraphs of a text as they are: joined by empty lines they are the text again."""
    found = legible.text(text or "")
    return tuple(found.split("\n\n")) if found else ()


def _shown(change: Change, value: str | None, language: str) -> str | None:
    """A code in words, a date as it is read, and the plan's own words as they are."""
    if value is None:
        return None
    if change.what == "status":
        return words.say(f"status.{value}", language=language)
    if change.what == "reply_by":
        return formats.day(date.fromisoformat(value), language)
    return value
