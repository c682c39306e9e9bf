"""The Word report of many measures, from snapshot to bytes, against docxtpl alone on the same data.

The same data: docxtpl opens the same template, fills it with the same fields, which are made before the clock starts
(every sentence is worded, and the chart is a finished picture), and saves the document. What we add is measured as
ours: wording the content, drawing the chart, what is put right in the document afterwards, packing it again.
"""

from collections.abc import AsyncIterator
from io import BytesIO
from itertools import count

from benchmarks.pairs import in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.snapshots import big
from benchmarks.table import Line, at_most
from report import chart, word
from report.wording import build

GOAL = at_most(1.3)


async def run(scale: Scale) -> AsyncIterator[Line]:
    """One line."""
    versions = count(1)

    async def ours() -> float:
        snapshot = big(scale.reported, next(versions))

        async def render() -> None:
            word.render(snapshot)

        return await seconds(render)

    async def bare() -> float:
        from docx.shared import Cm
        from docxtpl import DocxTemplate, InlineImage

        snapshot = big(scale.reported, next(versions))
        content = build(snapshot)
        assert content.chart is not None
        picture = BytesIO(chart.png(content.chart))
        fields = content.model_dump()

        async def render() -> None:
            document = DocxTemplate(word.template_for(snapshot.language))
            image = InlineImage(document, picture, width=Cm(word.PICTURE_WIDTH_CM))
            document.render(fields | {"chart_picture": image}, autoescape=True)
            document.save(BytesIO())

        return await seconds(render)

    await ours()
    await bare()
    yield (await in_turn(scale.reports, ours, bare)).line(
        f"Word report of {scale.reported} measures, against docxtpl", milliseconds, GOAL
    )
