"""Text made fit for the fonts of the PDF: PDF/A allows no character without a glyph, nor one for private use.

What cannot be shown (most emoji, Chinese) is replaced by a word in brackets, so that a reader sees that something is
missing and what kind of thing it is; the other formats keep it. Invisible marks are left out.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_UNBROKEN = re.compile(r"\S{30,}")
_WORD = re.compile(r"[^\w\s]*[^\W\d_]{1,60}(?:-[^\W\d_]{1,60})*[^\w\s]*")
"""Letters alone, which the layout hyphenates; longer than any word are only slips of the keyboard."""
_PIECES = re.compile(r"[^\W_]{1,12}[\W_]*|[\W_]+")
"""Of the name of a file or an address: what may stand on a line by itself, a sign at its end."""

_EMOJI_PARTS = re.compile(
    "[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}\U000e0020-\U000e007f]"
)
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_INVISIBLE = {"\n", "\N{ZERO WIDTH NON-JOINER}", "\N{SOFT HYPHEN}"}

Words = Callable[[str], str]
"""The word for what stands there, "emoji" or "characters", in brackets and in the report's language."""


def font_folder() -> Path:
    """The fonts of the layout that are not part of Typst."""
    import matplotlib  # heavy: only where a document is made

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


class Printer:
    """Makes texts printable; `replaced` tells afterwards whether anything could not be shown."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.replaced = False

    def printable(self, value: Any) -> Any:
        """The same data in texts that fit: every character has a glyph, every word can be broken to fit its column."""
        if isinstance(value, str):
            shown = value if value.isascii() else self._shown(_EMOJI_PARTS.sub("", value))
            return _UNBROKEN.sub(_breakable, shown)
        if isinstance(value, list):
            return [self.printable(item) for item in value]
        if isinstance(value, dict):
            return {key: self.printable(item) for key, item in value.items()}
        return value

    def _shown(self, text: str) -> str:
        pieces: list[str] = []
        missing = ""
        for character in text:
            if _has_glyph(character):
                pieces += [self._word(missing), character]
                missing = ""
            elif unicodedata.category(character) not in {"Cf", "Mn", "Me"}:
                missing += character
        return "".join([*pieces, self._word(missing)])

    def _word(self, missing: str) -> str:
        """One word for characters in a row that cannot be shown."""
        if not missing:
            return ""
        self.replaced = True
        return self.words("emoji" if all(_EMOJI.match(character) for character in missing) else "characters")


def _breakable(word: re.Match[str]) -> str:
    return word.group() if _WORD.fullmatch(word.group()) else ZERO_WIDTH_SPACE.join(_PIECES.findall(word.group()))


def _has_glyph(character: str) -> bool:
    return character in _INVISIBLE or ord(character) in _glyphs()


@cache
def _glyphs() -> frozenset[int]:
    """The code points the layout's fallback font can show and PDF/A allows."""
    from matplotlib.ft2font import FT2Font  # heavy: only where a document is made

    found = FT2Font(str(font_folder() / "DejaVuSans.ttf")).get_charmap()
    return frozenset(code for code in found if unicodedata.category(chr(code)) != "Co")
