"""Labelled lines: "Ansvar: Rådmannen", or several labels in one line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plan.documents.understanding.head import is_deadline
from plan.documents.understanding.vocabulary import Meaning, Part, meaning_of

MAX_WORDS = 5
_DONE_BY = re.compile(
    r"[.;,]\s+((?:Skal )?(?:gjennomfør|ferdigstil|fullfør|utfør|iverksett|start|igangsett)\w*)\s+([^;\n]{3,60}?)\.?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|(?<=[\n\t.;,|(–])|(?<=\s-)|(?<=\s{2})|(?<=\s)(?=(?:Ansvar|Frist|Tidsfrist|Tidsrom|Kostnad)\w*:))\s*"
    r"([A-ZÆØÅa-zæøå][\w /-]{1,50}?(?:\(\w{1,4}\))?)\s*:(?=\s|$|[A-ZÆØÅ0-9])"
)
_LEADING = re.compile(r"^([A-ZÆØÅ][\w /-]{1,50}?(?:\(\w{1,4}\))?)(?:\s*:(?!//)|\t+)\s*", re.MULTILINE)
_INNER = re.compile(r"(?<=\s)(?:Ansvar|Frist|Tidsfrist|Tidsrom|Kostnad)\w*$")
_LEGEND = re.compile(r"\b[A-ZÆØÅ][\wæøå/]{0,7} = [^,;=]{2,60}[,;.] (?:og )?[A-ZÆØÅ][\wæøå/]{0,7} = ")
"""A line that explains short forms ("TEK = Teknisk, OPV = Oppvekst"), whatever it begins with."""
INLINE = (
    Part.RESPONSIBLE,
    Part.ALSO_AFFECTED,
    Part.DEADLINE,
    Part.START,
    Part.COST,
    Part.FUNDING,
    Part.PRIORITY,
    Part.DESCRIPTION,
    Part.COMMENT,
    Part.STATUS,
)
ALONE = (*INLINE, Part.TITLE, Part.GOAL, Part.REF, Part.CATEGORY, Part.RESULT)


@dataclass(frozen=True)
class Labelled:
    """A label, what it names, and the text after it."""

    part: Part
    label: str
    value: str


@dataclass(frozen=True)
class _Mark:
    """Where a label begins and ends in a text."""

    part: Part
    label: str
    start: int
    end: int


def _mark(found: re.Match[str]) -> _Mark | None:
    """The label that was found; the end of what stands before it is not part of it ("1. mars 2026 Kostnad:")."""
    label, start = found[1].strip(), found.start()
    inner = _INNER.search(label)
    is_led_into = inner is not None and (label[0].islower() or meaning_of(label[: inner.start()]) is None)
    if inner is not None and is_led_into and (part := _part(inner[0], False)) is not None:
        return _Mark(part, inner[0], found.start(1) + inner.start(), found.end())
    part = _part(label, found.start(1) == 0)
    return _Mark(part, label, start, found.end()) if part is not None else None


def labelled(text: str) -> tuple[str, list[Labelled]]:
    """The text before the first label, and each label with what follows it."""
    if _LEGEND.search(text):
        return text, []
    marks = [mark for found in _LABEL.finditer(text) if (mark := _mark(found)) is not None]
    if not marks and (timed := _says_when(text)) is not None:
        return "", [timed]
    if not marks:
        leading = _LEADING.match(text)
        part = _part(leading[1], True) if leading else None
        if leading is None or part is None:
            return text, []
        return "", [Labelled(part, leading[1], text[leading.end() :].strip())]
    found_labels = []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(text)
        value = text[mark.end : end].strip().rstrip("(|;–").strip()
        # A bracket that was opened before the first label is closed after the last.
        value = re.sub(r"\)\.?$", "", value) if value.count(")") > value.count("(") else value
        if len(marks) > 1:
            # A sign between two labels belongs to neither.
            value = re.sub(r"(?<!\.\w)(?<!\.\w\w)\.$", "", value.rstrip(","))
        found_labels.append(Labelled(mark.part, mark.label, value))
    return text[: marks[0].start].strip().rstrip("(|;–,").strip(), [*_timed(found_labels)]


def _timed(labels: list[Labelled]) -> Iterator[Labelled]:
    """The labels, and the deadline that a sentence after an owner tells: "Ansvar: NAV. Gjennomføres 2024"."""
    has_deadline = any(label.part is Part.DEADLINE for label in labels)
    for label in labels:
        is_alone = label.part is Part.RESPONSIBLE and not has_deadline
        found = _DONE_BY.search(label.value) if is_alone else None
        if found is not None and is_deadline(found[2]):
            yield replace(label, value=label.value[: found.start()].strip())
            yield Labelled(Part.DEADLINE, found[1], found[2])
            continue
        owner, deadline = owner_and_deadline(label.value) if is_alone else (label.value, "")
        yield replace(label, value=owner)
        if deadline:
            yield Labelled(Part.DEADLINE, label.label, deadline)


def owner_and_deadline(text: str) -> tuple[str, str]:
    """The owner in a text that ends with when: "rektor, hausten 2025" and "NAV, kvart år, neste gong 2027"."""
    parts = re.split(r"([,;]|\s[-–])\s+", text.rstrip(" ."))
    begin = len(parts)
    while begin > 1 and is_deadline(parts[begin - 1]):
        begin -= 2
    if begin < 1 or begin == len(parts):
        return text, ""
    return "".join(_spaced(parts[:begin])).strip(), "".join(_spaced(parts[begin + 1 :])).strip()


def _spaced(parts: list[str]) -> list[str]:
    """The parts with a space after each sign between them."""
    return [f"{part} " if number % 2 else part for number, part in enumerate(parts)]


def owner_of(headings: Sequence[str]) -> str | None:
    """The owner that the nearest of the headings names: "Ansvarlig: Teknisk drift"."""
    before, found = labelled(headings[0]) if headings else ("", [])
    is_owner = not before and len(found) == 1 and found[0].part is Part.RESPONSIBLE and "=" not in headings[0]
    return (found[0].value or None) if is_owner else None


def label_alone(text: str) -> Part | None:
    """What a line names that is nothing but a label ("Ansvar", "Beskrivelse av tiltaket:")."""
    bare = text.strip().rstrip(":")
    words = bare.split()
    meaning = meaning_of(bare) if len(words) <= MAX_WORDS else None
    if len(words) > 2 and any(letter.isdigit() for letter in words[0]):
        # "3.1 Ansvarlig vertskap" is the title of something.
        return None
    first = meaning_of(words[0]) if words else None
    if first is not None and meaning is not None and first.part is not meaning.part:
        # "Tiltak fordelt på ansvar" is a heading.
        return None
    return meaning.part if meaning is not None and not meaning.is_weak and meaning.part in INLINE else None


def _says_when(text: str) -> Labelled | None:
    """A line whose label may mean how or when ("Gjennomføring: 2025"), where what follows says when."""
    name, _, value = text.partition(":")
    meaning = meaning_of(name) if value and len(name.split()) <= MAX_WORDS else None
    if meaning is None or meaning.part is not Part.DEADLINE or not is_deadline(value.strip()):
        return None
    return Labelled(Part.DEADLINE, name.strip(), value.strip())


def _part(label: str, is_first: bool) -> Part | None:
    words = label.split()
    meaning: Meaning | None = meaning_of(label) if words and len(words) <= MAX_WORDS else None
    if meaning is None or meaning.is_weak:
        return None
    return meaning.part if meaning.part in (ALONE if is_first else INLINE) else None
