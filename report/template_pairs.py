"""The instructions of a Word template that belong together: every `if` and `for` has its end, in the text's order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_INSTRUCTION = re.compile(r"\{%(?:tr|tc|p|r)?[-+]?\s*(\w+).*?%\}")
_ENDS = {"if": "endif", "for": "endfor"}
_BEGINS = {"endif": "if", "endfor": "for", "elif": "if", "else": "if"}


@dataclass(frozen=True)
class Unpaired:
    """Where an instruction is missing: after `begun`, before `ended`, or between the two.

    `lacks` are the words of what is missing, one of them where both are given. `place` is the number of the paragraph.
    """

    begun: str | None
    ended: str | None
    lacks: tuple[str, ...]
    place: int


def unpaired(texts: Sequence[str]) -> Unpaired | None:
    """The first place in some paragraphs where an instruction has no end, or no beginning; None where each has both."""
    begun: list[tuple[str, str, int]] = []
    for place, text in enumerate(texts):
        for tag in _INSTRUCTION.finditer(text):
            word = tag[1]
            if word in _ENDS:
                begun.append((word, tag.group(), place))
            elif word in _BEGINS:
                if found := _alone(begun[-1] if begun else None, word, tag.group(), place):
                    return found
                if word.startswith("end"):
                    begun.pop()
    if not begun:
        return None
    word, opened, place = begun[-1]
    return Unpaired(opened, None, (_ENDS[word],), place)


def _alone(begun: tuple[str, str, int] | None, word: str, tag: str, place: int) -> Unpaired | None:
    if begun is None:
        return Unpaired(None, tag, (_BEGINS[word],), place)
    opens, opened, _place = begun
    if opens == _BEGINS[word] or word == "else":  # a `for` may have one too
        return None
    return Unpaired(opened, tag, (_BEGINS[word], _ENDS[opens]), place)
