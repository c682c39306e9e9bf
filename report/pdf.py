"""The report as PDF/A-2a and PDF/UA-1, laid out by Typst from `templates/report/statusrapport.typ`.

Texts go to Typst as data and are never part of its source. Fonts are the ones the `typst` and `matplotlib` packages
bring, so that a report looks the same, and is the same bytes, on every machine with the same versions.
"""

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report import chart, columns, emblem
from report.content import Content
from report.snapshot import Snapshot
from report.wording import build

if TYPE_CHECKING:
    from typst import Fonts

LAYOUT = Path(__file__).parent.parent / "templates" / "report" / "statusrapport.typ"
NO_GLYPH = "\N{REPLACEMENT CHARACTER}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_UNBROKEN = re.compile(r"[^\s-]{30,}")
"""Longer than any word the hyphenation can be trusted with: addresses, slips of the keyboard."""

_EMOJI_PARTS = re.compile("[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}]")
_INVISIBLE = {"\n", "\N{ZERO WIDTH NON-JOINER}", "\N{SOFT HYPHEN}"}


def render(snapshot: Snapshot, *, layout: Path = LAYOUT) -> bytes:
    """The report as PDF; the same snapshot and layout give the same bytes.

    PDF/A allows no text without a glyph, so a character none of our fonts has (most emoji, Chinese) is printed as
    U+FFFD; the other formats keep it.
    """
    import typst  # heavy: only where a document is made

    content = build(snapshot)
    inputs = {"content": json.dumps(_data(content), ensure_ascii=False)}
    if content.chart is not None:
        inputs["chart"] = chart.svg(content.chart)
    if snapshot.brand is not None and snapshot.brand.logo is not None:
        inputs |= {"logo": emblem.for_typst(snapshot.brand.logo), "logo_kind": snapshot.brand.logo.kind}
    inputs |= {f"picture_{picture.name}": columns.svg(picture) for picture in content.pictures}
    return typst.compile(
        layout,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(snapshot.made_on, time(), UTC),
    )


def _data(content: Content) -> dict[str, Any]:
    data: dict[str, Any] = _printable(content.model_dump(mode="json"))
    return data | {"digest": content.digest}


@cache
def _fonts() -> "Fonts":
    import typst  # heavy: only where a document is made

    return typst.Fonts(include_system_fonts=False, font_paths=[_font_folder()])


def _font_folder() -> Path:
    import matplotlib  # heavy: only where a document is made

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def _printable(value: Any) -> Any:
    """The same data in texts that fit: every character has a glyph, and every word can be broken to fit its column."""
    if isinstance(value, str):
        shown = value if value.isascii() else "".join(map(_with_glyph, _EMOJI_PARTS.sub("", value)))
        return _UNBROKEN.sub(_breakable, shown)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return value


def _breakable(word: re.Match[str]) -> str:
    return ZERO_WIDTH_SPACE.join(re.findall(".{1,12}", word.group()))


def _with_glyph(character: str) -> str:
    return character if character in _INVISIBLE or ord(character) in _glyphs() else NO_GLYPH


@cache
def _glyphs() -> frozenset[int]:
    """The code points the layout's fallback font can show."""
    from matplotlib.ft2font import FT2Font  # heavy: only where a document is made

    return frozenset(FT2Font(str(_font_folder() / "DejaVuSans.ttf")).get_charmap())
