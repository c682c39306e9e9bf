"""The numbers Word puts in front of paragraphs: they are not in the text, they are counted (ECMA-376, 17.9)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

BULLET = "•"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: `text` is a pattern as "%1.%2."; `style` is the name of the counting."""

    start: int = 1
    style: str = "decimal"
    text: str = "%1."


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _abstract_of: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any | None) -> "Numbering":
        """The lists in the root element of the numbering part, if the document has one."""
        found = cls()
        if root is None:
            return found
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {int(each.get(qn("w:ilvl"), "0")): _level(each) for each in abstract.findall(qn("w:lvl"))}
            found._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for number in root.findall(qn("w:num")):
            abstract_id = number.find(qn("w:abstractNumId"))
            if abstract_id is not None:
                found._abstract_of[number.get(qn("w:numId"), "")] = abstract_id.get(qn("w:val"), "")
        return found

    def marker(self, list_id: str, depth: int) -> str | None:
        """Count on and return what stands in front of the next paragraph of that list; None for no list."""
        levels = self._levels.get(self._abstract_of.get(list_id, ""))
        if levels is None or list_id == "0":
            return None
        level = levels.get(depth, Level())
        if level.style in ("bullet", "none"):
            return BULLET if level.style == "bullet" else None
        # Lists that share their definition count together, as Word counts them.
        counts = self._counts.setdefault(self._abstract_of[list_id], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        text = level.text
        for each in range(depth + 1):
            known = levels.get(each, Level())
            text = text.replace(f"%{each + 1}", _written(counts.get(each, known.start), known.style))
        return text.strip() or None


def _level(element: Any) -> Level:
    def value(tag: str, default: str) -> str:
        child = element.find(qn(tag))
        return default if child is None else str(child.get(qn("w:val"), default))

    start = value("w:start", "1")
    return Level(int(start) if start.isdigit() else 1, value("w:numFmt", "decimal"), value("w:lvlText", "%1."))


def _written(number: int, style: str) -> str:
    writers: dict[str, Callable[[int], str]] = {
        "lowerLetter": _letters,
        "upperLetter": lambda n: _letters(n).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda n: _roman(n).upper(),
        "decimalZero": lambda n: f"{n:02d}",
    }
    return writers.get(style, str)(number)


def _letters(number: int) -> str:
    # After z Word doubles the letter: aa, bb.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text
