"""The Word report of many measures, from snapshot to bytes, against docxtpl alone on the same data.

The same data: docxtpl opens the same template, fills it with the same fields, which are made before the clock starts
(every sentence is worded, and the pictures are finished), and saves the document. What we add is measured as
ours: wording the content, drawing the pictures, what is put right in the document afterwards, packing it again.
"""

from collections.abc import AsyncIterator
from io import BytesIO
from itertools import count

from benchmarks.pairs import in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.snapshots import big
from benchmarks.table import Line, at_most
from report import word
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
        fields = content.model_dump()
        # Underscored: the very pictures that the report places.
        drawn = word._drawn(snapshot, content)

        async def render() -> None:
            document = DocxTemplate(word.template_for(snapshot.language))
            width = Cm(word.PICTURE_WIDTH_CM)
            images = {name: InlineImage(document, BytesIO(each), width=width) for name, each in drawn.items()}
            pictures = [picture | {"image": images[picture["name"]]} for picture in fields["pictures"]]
            placed = {"pictures": pictures, "chart_picture": images[word.STATUS_CHART]}
            document.render(fields | placed, autoescape=True)
            document.save(BytesIO())

        return await seconds(render)

    await ours()
    await bare()
    yield (await in_turn(scale.reports, ours, bare)).line(
        f"Word report of {scale.reported} measures, against docxtpl", milliseconds, GOAL
    )
