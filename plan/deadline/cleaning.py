"""Text as it comes from documents, made even, with the way back to what was printed.

Word, PDF and spreadsheets bring dashes of ten kinds, hard spaces, soft hyphens, combining letters
and words broken at the end of a line. The grammar reads the even text; people are shown the source.
"""

import re
import unicodedata
from dataclasses import dataclass

from plan.deadline import words

_DASHES = frozenset("-‐‑‒–—―−﹘﹣-")
_APOSTROPHES = frozenset("'’‘´`′‛")
_ARROWS = frozenset("→⇒➔➜➝➞➡⟶►▶")
_BULLETS = frozenset("•▪●◦‣⁃∙■□")
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-(\s+)([^\W\d_]+)")


@dataclass(frozen=True)
class Cleaned:
    """`text` is the even text; `origin[i]` is where in `source` its i-th character comes from."""

    source: str
    text: str
    origin: tuple[int, ...]

    def verbatim(self, start: int, end: int) -> str:
        """The source behind text[start:end], white space collapsed."""
        if start >= end:
            return ""
        return " ".join(self.source[self.origin[start] : self.origin[end - 1] + 1].split())


def clean(text: str) -> Cleaned:
    """Lower case, one kind of dash, quote, space and line break, and words joined over line ends."""
    source = unicodedata.normalize("NFC", text)
    pairs = [(even, place) for place, char in enumerate(source) for even in _even(char)]
    joined = "".join(char for char, _ in pairs)
    dropped = {place for found in _BROKEN_WORD.finditer(joined) if _belongs_together(found) for place in _gap(found)}
    kept = [pair for place, pair in enumerate(pairs) if place not in dropped]
    return Cleaned(source, "".join(char for char, _ in kept), tuple(place for _, place in kept))


def _even(char: str) -> str:
    if char in _BREAKS or char in _BULLETS:
        return "\n"
    for family, even in ((_DASHES, "-"), (_APOSTROPHES, "'"), (_ARROWS, "→")):
        if char in family:
            return even
    category = unicodedata.category(char)
    if category in ("Cf", "Cs", "Cn", "Co"):
        return ""
    if category in ("Zs", "Cc"):
        return " "
    return unicodedata.normalize("NFKC", char).lower()


def _belongs_together(found: re.Match[str]) -> bool:
    left, gap, right = found.groups()
    if left + right in words.VOCABULARY:
        return True
    if "\n" not in gap:
        return False
    # "jan-\nmars" is a range and "barne-\nog" half of a pair, not words broken over a line.
    return not (right in words.JOINERS or (left in words.CALENDAR and right in words.CALENDAR))


def _gap(found: re.Match[str]) -> range:
    return range(found.end(1), found.start(3))
