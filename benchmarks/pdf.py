"""The PDF report of many measures, from snapshot to bytes, against Typst alone on the same data.

The same data: Typst compiles the same layout with the same fonts, the same standards (PDF/A-2a, PDF/UA-1) and the same
inputs, which are made before the clock starts (the worded content as JSON, the pictures as SVG). What we add is
measured as ours: wording the content, drawing the pictures, looking after characters no font has. No two runs have
the same texts, so that Typst can keep nothing of the run before.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from itertools import count

from benchmarks.pairs import in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.snapshots import big
from benchmarks.table import Line, at_most
from report import pdf

GOAL = at_most(1.3)


async def run(scale: Scale) -> AsyncIterator[Line]:
    """One line."""
    versions = count(1)

    async def ours() -> float:
        snapshot = big(scale.reported, next(versions))

        async def render() -> None:
            pdf.render(snapshot)

        return await seconds(render)

    async def bare() -> float:
        import typst

        snapshot = big(scale.reported, next(versions))
        # Underscored: the very inputs and fonts that the report hands to Typst.
        inputs = pdf._inputs(snapshot)
        fonts = pdf._fonts()

        async def render() -> None:
            typst.compile(
                pdf.LAYOUT,
                format="pdf",
                font_paths=fonts,
                ignore_system_fonts=True,
                sys_inputs=inputs,
                pdf_standards=["a-2a", "ua-1"],
                timestamp=datetime.combine(snapshot.made_on, time(), UTC),
            )

        return await seconds(render)

    await ours()
    await bare()
    yield (await in_turn(scale.reports, ours, bare)).line(
        f"PDF report of {scale.reported} measures, against Typst", milliseconds, GOAL
    )
