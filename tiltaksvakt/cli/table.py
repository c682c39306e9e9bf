"""Tables of plain text: aligned columns, as wide as the terminal."""

import shutil
from collections.abc import Sequence
from textwrap import wrap

GAP = "  "
NARROWEST = 12


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], width: int | None = None) -> str:
    """Rows under headings. The widest column gives way and is wrapped; None is an empty cell."""
    texts = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [
        max([len(heading), *(len(line) for row in texts for line in row[column].splitlines())])
        for column, heading in enumerate(headings)
    ]
    room = (width or shutil.get_terminal_size((120, 24)).columns) - len(GAP) * (len(headings) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = widths.index(max(widths))
        widths[widest] = max(widths[widest] - (sum(widths) - room), NARROWEST, sorted(widths)[-2] - 1)
    lines = [_line(headings, widths), GAP.join("─" * column for column in widths)]
    for row in texts:
        lines += _row(row, widths)
    return "\n".join(lines)


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [
        [part for line in cell.splitlines() for part in wrap(line, width) or [""]]
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped), default=0)
    return [_line([cell[n] if n < len(cell) else "" for cell in wrapped], widths) for n in range(max(height, 1))]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
