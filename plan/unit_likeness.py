"""Which units a name, or a text about responsibility, may mean. What is alike is proposed and never taken silently."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from plan.unit_words import ROLES

CLOSE = 84.0  # of 100, by rapidfuzz's ratio: one ending or one letter apart
MENTIONED = 75.0  # of 100, by rapidfuzz's partial_ratio: most of the name stands in the text
MAX_LIKE = 3
LONGEST_ABBREVIATION = 10
_CAPITALISED = re.compile("[A-ZÆØÅ][a-zæøå]*")
_JOINTS = frozenset({"og", "i", "for", "av", "med", "på", "kommune", "enhetsleder", "leder", "enhet", "avdeling"})


def like(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names that may mean the same unit, at most `MAX_LIKE`: those it is short for, then those spelt most alike."""
    found = [other for other in names if _is_short_for(name, other) or _is_short_for(other, name)]
    alike = process.extract(
        name, names, scorer=fuzz.ratio, processor=utils.default_process, limit=MAX_LIKE, score_cutoff=CLOSE
    )
    found += [other for other, _score, _place in alike if _numbers(other) == _numbers(name)]
    found += [other for other in names if _is_part_of(name, other) or _is_part_of(other, name)]
    return tuple(dict.fromkeys(found))[:MAX_LIKE]


def mentioned(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names that a text about responsibility may mean, at most `MAX_LIKE`, the likeliest first."""
    alike = process.extract(
        text, names, scorer=fuzz.partial_ratio, processor=utils.default_process, limit=MAX_LIKE, score_cutoff=MENTIONED
    )
    return tuple(name for name, _score, _place in alike)


def _is_short_for(short: str, name: str) -> bool:
    """Whether "HeRe" may stand for "Helse og rehabilitering": each part begins a word, in their order."""
    parts = _CAPITALISED.findall(short)
    if len(parts) < 2 or "".join(parts) != short or len(short) > LONGEST_ABBREVIATION:
        return False
    words = iter(re.findall(r"\w+", name.casefold()))
    return all(any(word.startswith(part.casefold()) for word in words) for part in parts)


def _is_part_of(name: str, other: str) -> bool:
    """Whether the words of a name, save titles and joints, are among those of the other: "NAV" and "NAV Nes"."""
    words = _words(name)
    # "Nes kommune" is the whole of it, and no unit that "NAV Nes" may mean.
    if "kommune" in name.casefold().split():
        return False
    return bool(words) and words <= _words(other) and _numbers(name) == _numbers(other)


def _words(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", name.casefold())
    return frozenset(word for word in words if word not in _JOINTS and not ROLES.fullmatch(word))


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)
