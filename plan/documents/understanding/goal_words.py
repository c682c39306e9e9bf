"""How plans announce a goal."""

import re
from dataclasses import dataclass

_NAME = (
    r"målområde|overordn(?:et|a) mål|(?:hoved|hovud|del|under|resultat)?mål(?:set[nt]?ing|setjing)?|"
    r"sats[ni]*ingsområde|innsatsområde|strategi|formål"
)
_GOAL = re.compile(
    rf"(?P<name>{_NAME})(?:/visjon)?\s*"
    rf"(?P<ref>\d{{1,2}}(?:\.\d{{1,2}})*|[A-H](?![a-zæøå])|[IVX]{{1,4}}(?=\s*[:.–-]))?\s*"
    r"(?P<sign>[:.\-–)]*)\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+(?=\w+\s*(?:\d|[A-H]\b|:))")
"""The number of a section before the goal it is about: "4.2 Mål 2: Trygge boliger"."""
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)(?:[.):]\s*|\s+)(?=[A-ZÆØÅ«])(.+)", re.DOTALL)
_CODED = re.compile(
    r"([A-ZÆØÅ]{1,2}\d{1,2}|[A-ZÆØÅ](?=[.):–-]|\s+[–-]))[.):–-]*\s+(?:[–-]\s+)?(?=[A-ZÆØÅ«])(.+)", re.DOTALL
)

AREAS = ("satsingsområde", "satsningsområde", "innsatsområde", "målområde", "strategi")
"""What may have a goal of its own: "Satsingsområde 1: Bolig" and below it "Mål: Alle bor trygt"."""


@dataclass(frozen=True)
class Announced:
    """A goal as announced: "Delmål 2: Trygge boliger". The number or the title may be missing."""

    name: str
    ref: str | None
    title: str


def announced(text: str) -> Announced | None:
    """The goal a heading or a cell announces; None where it announces none."""
    found = _GOAL.fullmatch(text.strip()) or _GOAL.fullmatch(_SECTION.sub("", text.strip(), count=1))
    if found is None:
        return None
    name = found["name"].casefold()
    title = found["title"].strip()
    if not found["ref"] and not found["sign"] and title:
        return None
    return Announced(name, found["ref"], title)


def is_goal(text: str) -> bool:
    """Whether a text announces a goal."""
    return announced(text) is not None


def numbered_goal(text: str) -> tuple[str, str] | None:
    """The number and title of a goal that is only numbered: "2.Flere har et sunnere forhold til rusmidler"."""
    found = _NUMBERED.fullmatch(text.strip())
    return (found[1], found[2].strip()) if found else None


def coded_goal(text: str) -> tuple[str, str] | None:
    """The code and title of a goal that has a letter before its number: "M1 Gode tjenester", "A. Gode tjenester"."""
    found = _CODED.fullmatch(text.strip())
    return (found[1], found[2].strip()) if found else None


def is_under(ref: str, goal: str) -> bool:
    """Whether a measure's number begins with that of the goal: 1.1 with 1, A1 and A.1 with A, T1.1 with M1."""
    if goal.isalpha():
        return re.match(rf"{goal}[.-]?\d", ref) is not None
    if not goal[0].isalpha():
        return ref.startswith(f"{goal}.")
    number = goal.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ")
    return re.match(rf"[A-ZÆØÅ]{{1,2}}{number}\.\d", ref) is not None
