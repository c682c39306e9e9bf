"""Text from outside made fit for a document: what Word, PDF and HTML cannot hold is taken out, the rest is kept."""

import re
import unicodedata

# What XML 1.0 (section 2.2, Char) has no place for, the tabulator and carriage return aside.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# An embedding or override that is never closed turns around everything after it (Unicode UAX #9).
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|\r|\u0085|\u2028|\u2029")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–"})
"""Points of lists pasted from Word: characters for private use, which only its own fonts know."""

_GAPS = re.compile(r"[ \n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def text(value: str) -> str:
    """`value` in composed form (NFC) with line ends as "\\n", without control characters and text direction marks."""
    if _is_plain(value):
        return value.strip()
    value = _LINE_ENDS.sub("\n", value).replace("\t", " ").translate(_BULLETS)
    # Composed last, since what is taken out may have stood between a letter and its accent.
    value = unicodedata.normalize("NFC", _DIRECTION.sub("", _FORBIDDEN.sub("", value)))
    return _BLANK_LINES.sub("\n\n", value).strip()


def line(value: str) -> str:
    """`text` on one line. Spaces that do not break are kept."""
    shown = text(value)
    return _GAPS.sub(" ", shown) if "\n" in shown or "  " in shown else shown


def _is_plain(value: str) -> bool:
    """Whether there is nothing to do but to strip: the short way, which nearly all texts take."""
    return value.isprintable() and (value.isascii() or unicodedata.is_normalized("NFC", value))
