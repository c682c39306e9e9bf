"""The workbook of many measures, from snapshot to bytes, against openpyxl alone on the same data.

The same data: the values of every cell of every sheet, read from our workbook before the clock starts, are appended row
by row and saved, with no looks, tables or widths. What we add is measured as ours: wording the content, sorting it into
tables, how cells look, how wide columns and high rows must be, packing the file again without the hour.
"""

from collections.abc import AsyncIterator
from io import BytesIO
from itertools import count

from benchmarks.pairs import in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.snapshots import big
from benchmarks.table import Line, at_most
from report import workbook

GOAL = at_most(3)


async def run(scale: Scale) -> AsyncIterator[Line]:
    """One line."""
    versions = count(1)

    async def ours() -> float:
        snapshot = big(scale.reported, next(versions))

        async def render() -> None:
            workbook.render(snapshot)

        return await seconds(render)

    async def bare() -> float:
        from openpyxl import Workbook, load_workbook

        made = workbook.render(big(scale.reported, next(versions)))
        sheets = {sheet.title: list(sheet.values) for sheet in load_workbook(BytesIO(made))}

        async def render() -> None:
            book = Workbook()
            for name, rows in sheets.items():
                sheet = book.create_sheet(name)
                for row in rows:
                    sheet.append(row)
            book.save(BytesIO())

        return await seconds(render)

    await ours()
    await bare()
    yield (await in_turn(scale.reports, ours, bare)).line(
        f"Workbook of {scale.reported} measures, against openpyxl", milliseconds, GOAL
    )
