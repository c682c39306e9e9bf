"""Columns that say nothing are left out of a filled Word document."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document

Cells = list[list[Any]]
"""The cells of a table, row by row."""


def leave_out(document: "Document", heads: Collection[str], none: str) -> None:
    """Take out the columns under one of `heads` in which every cell below the head says `none`, or is empty.

    The one column that is wider than the rest, if there is one, gets the room. A table with merged cells is left alone.
    """
    for table in document.element.body.iterchildren(qn("w:tbl")):
        head = table.find(qn("w:tr"))
        if head is None or set(heads).isdisjoint(map(_text, head.findall(qn("w:tc")))):
            continue  # a table of a thousand measures is not looked through
        rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
        grid = table.find(qn("w:tblGrid")).findall(qn("w:gridCol"))
        if len(rows) > 1 and all(len(row) == len(grid) for row in rows):
            empty = [place for place in range(len(grid)) if _says_nothing(rows, place, heads, none)]
            _widen(rows, grid, sum(_take_out(rows, grid, place) for place in empty), empty)


def _says_nothing(rows: Cells, place: int, heads: Collection[str], none: str) -> bool:
    head, *below = (_text(row[place]) for row in rows)
    return head in heads and set(below) <= {none, ""}


def _text(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(qn("w:t")))


def _take_out(rows: Cells, grid: list[Any], place: int) -> int:
    """Remove a column; returns its width in twentieths of a point."""
    for element in (grid[place], *(row[place] for row in rows)):
        element.getparent().remove(element)
    return int(grid[place].get(qn("w:w"), "0"))


def _widen(rows: Cells, grid: list[Any], room: int, taken_out: Collection[int]) -> None:
    left = {place: int(column.get(qn("w:w"), "0")) for place, column in enumerate(grid) if place not in taken_out}
    widest = [place for place, width in left.items() if width == max(left.values())]
    if not room or len(widest) != 1:
        return
    [place] = widest
    width = str(left[place] + room)
    grid[place].set(qn("w:w"), width)
    for row in rows:
        if (found := row[place].find(f"{qn('w:tcPr')}/{qn('w:tcW')}")) is not None:
            found.set(qn("w:w"), width)
