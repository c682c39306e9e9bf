"""Tables in a PDF whose rows are told apart by bands of colour: the rows between the bands have no box of their own."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from plan.documents.pdf_lines import Line, lines_of

Box = tuple[float, float, float, float]
Boxes = tuple[Box, list[Box]]
_SNAP = 3.0
_HIGHEST = 150.0
"""No row between two bands is higher than this many points."""


def is_banded(page: Any) -> bool:
    """Whether the boxes of a page are filled and none of them is drawn."""
    return not page.lines and not page.curves and all(rect["fill"] and not rect["stroke"] for rect in page.rects)


def with_rows_between(tables: Sequence[Boxes], chars: Sequence[Any]) -> list[Boxes]:
    """The tables of a page, those with the same columns as one where only rows of text lie between them."""
    found: list[Boxes] = []
    for table in sorted(tables, key=lambda each: each[0][1]):
        if found and _edges(found[-1]) == _edges(table):
            between = _row(found[-1], chars, found[-1][0][3], table[0][1])
            if between is not None:
                found[-1] = _joined(_joined(found[-1], between), table)
                continue
        found.append(table)
    return [_with_last(table, chars) for table in found]


def _edges(table: Boxes) -> tuple[int, ...]:
    return tuple(sorted({round(cell[0] / _SNAP) for cell in table[1]}))


def _columns(table: Boxes) -> list[tuple[float, float]]:
    starts = sorted({round(cell[0], 1) for cell in table[1]})
    return list(pairwise([*starts, table[0][2]]))


def _joined(one: Boxes, two: Boxes) -> Boxes:
    left, top, right, _ = one[0]
    return (left, top, right, two[0][3]), [*one[1], *two[1]]


def _row(table: Boxes, chars: Sequence[Any], top: float, bottom: float) -> Boxes | None:
    """The row between two heights, if what stands there keeps to the columns and fills at least two of them."""
    left, _, right, _ = table[0]
    inside = [char for char in chars if top <= (char["top"] + char["bottom"]) / 2 <= bottom]
    columns = _columns(table)
    filled = {column for line in lines_of(inside) if (found := _filled(line, columns)) for column in found}
    is_table = all(_filled(line, columns) for line in lines_of(inside))
    if bottom - top > _HIGHEST or not is_table or len(filled) < 2:
        return None
    return (left, top, right, bottom), [(begin, top, end, bottom) for begin, end in columns]


def _filled(line: Line, columns: Sequence[tuple[float, float]]) -> set[int]:
    """The columns the pieces of a line stand in; none if one of them stands in no column or in two."""
    found: set[int] = set()
    for piece in line.pieces:
        place = next(
            (n for n, (begin, end) in enumerate(columns) if begin - 1 <= piece.x0 and piece.x1 <= end + 1), None
        )
        if place is None:
            return set()
        found.add(place)
    return found


def _with_last(table: Boxes, chars: Sequence[Any]) -> Boxes:
    """The table with the row that follows its last band."""
    columns = _columns(table)
    bottom = table[0][3]
    if len({cell[1] for cell in table[1]}) < 2:
        return table
    end = bottom
    for line in lines_of(char for char in chars if char["top"] >= bottom - 1):
        if line.top - end > 1.2 * line.size or not _filled(line, columns) or (end > bottom and _is_lone(line, columns)):
            break
        end = line.bottom
    last = _row(table, chars, bottom, end + 1) if end > bottom else None
    return _joined(table, last) if last is not None else table


def _is_lone(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line stands in the first column alone and goes on to where that ends: the text after a table."""
    return _filled(line, columns) == {0} and line.x1 - line.x0 > 0.98 * (columns[0][1] - columns[0][0])
