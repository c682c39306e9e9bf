"""The report as PDF/A-2a and PDF/UA-1, laid out by Typst from `templates/report/statusrapport.typ`.

Texts go to Typst as data and are never part of its source. Fonts are the ones the `typst` and `matplotlib` packages
bring, so that a report looks the same, and is the same bytes, on every machine with the same versions.
"""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report import chart, columns, emblem, glyphs
from report.content import Content
from report.snapshot import Snapshot
from report.wording import build, sayer

if TYPE_CHECKING:
    from typst import Fonts

LAYOUT = Path(__file__).parent.parent / "templates" / "report" / "statusrapport.typ"


def render(snapshot: Snapshot, *, layout: Path | None = None) -> bytes:
    """The report as PDF; the same snapshot and layout give the same bytes.

    PDF/A allows no text without a glyph: what none of our fonts has (most emoji, Chinese) is printed as a word in
    brackets, and a line at the end says so; the other formats keep it.
    """
    import typst  # heavy: only where a document is made

    return typst.compile(
        layout or LAYOUT,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=_inputs(snapshot),
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(snapshot.made_on, time(), UTC),
    )


def _inputs(snapshot: Snapshot) -> dict[str, str]:
    """What the layout is given: the texts as JSON, the coat of arms, and every picture drawn."""
    content = build(snapshot)
    inputs = {"content": json.dumps(_data(content), ensure_ascii=False)}
    if content.chart is not None:
        inputs["chart"] = chart.svg(content.chart)
    if snapshot.brand is not None and snapshot.brand.logo is not None:
        inputs |= {"logo": emblem.for_typst(snapshot.brand.logo), "logo_kind": snapshot.brand.logo.kind}
    return inputs | {f"picture_{picture.name}": columns.svg(picture) for picture in content.pictures}


def _data(content: Content) -> dict[str, Any]:
    say = sayer(content.language)
    printer = glyphs.Printer(lambda kind: say(f"no_glyph_{kind}"))
    data: dict[str, Any] = printer.printable(content.model_dump(mode="json"))
    if printer.replaced:
        data["about"] = [*data["about"], say("about_glyphs")]
    return data | {"digest": content.digest}


@cache
def _fonts() -> "Fonts":
    import typst  # heavy: only where a document is made

    return typst.Fonts(include_system_fonts=False, font_paths=[glyphs.font_folder()])
