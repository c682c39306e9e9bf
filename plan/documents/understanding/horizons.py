"""What a plan means by short, middle and long term, where it says so."""

import re
from collections.abc import Iterable

from plan.documents.understanding.vocabulary import is_month

_YEAR = r"20\d\d"
_EXPLAINED = re.compile(
    rf"\b(kort|mellomlang|middels lang|lang) sikt\s*(?:[:=(–-]|\ber\b|\bbetyr\b)+\s*({_YEAR})(?:\s*[-–/]\s*({_YEAR}))?",
    re.IGNORECASE,
)


def horizons_in(texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The first and last year of each term that a plan explains ("Kort sikt: 2025–2026")."""
    found: dict[str, tuple[int, int]] = {}
    for text in texts:
        for match in _EXPLAINED.finditer(text):
            first, last = int(match[2]), int(match[3] or match[2])
            if first <= last:
                found.setdefault(_key(match[1]), (first, last))
    return found


def deadline_of(names: list[str], explained: dict[str, tuple[int, int]]) -> str:
    """The deadline of a measure whose columns of terms are marked, with the years where all of them are explained."""
    if len(names) > 1 and all(is_month(name) for name in names):
        return f"{names[0]}–{names[-1]}"
    text = ", ".join(names)
    years = [explained.get(_key(name)) for name in names]
    known = [each for each in years if each is not None]
    if len(known) < len(names) or re.search(_YEAR, text):
        return text
    first, last = min(each[0] for each in known), max(each[1] for each in known)
    return f"{text} ({first})" if first == last else f"{text} ({first}–{last})"


def _key(name: str) -> str:
    return re.sub(r"^på | sikt.*$", "", " ".join(name.casefold().split())).replace("middels lang", "mellomlang")
