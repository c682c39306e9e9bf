"""Tables in a PDF that have no rules between their columns: known by a head whose names stand apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plan.documents.blocks import Cell
from plan.documents.pdf_lines import Line, Piece, Words
from plan.documents.understanding.vocabulary import Part, meaning_of
from plan.units import SOFT_BREAK

Rows = tuple[tuple[Cell, ...], ...]
_TOLERANCE = 4.0
_NEW_ROW = 0.4
"""A gap above a line of this share of its size, beyond that between the lines of a cell, begins a row."""


@dataclass(frozen=True)
class Columns:
    """Where the columns of such a table begin, and whether the first holds numbers."""

    starts: tuple[float, ...]
    is_numbered: bool

    def of(self, piece: Piece) -> int:
        """The column a piece of a line stands in."""
        return max((index for index, start in enumerate(self.starts) if piece.x0 >= start - _TOLERANCE), default=0)

    def fits(self, line: Line) -> bool:
        """Whether every piece of a line begins where a column does and ends before the next."""
        for piece in line.pieces:
            column = self.of(piece)
            room = self.starts[column + 1] if column + 1 < len(self.starts) else float("inf")
            if abs(piece.x0 - self.starts[column]) > 3 * _TOLERANCE or piece.x1 > room + _TOLERANCE:
                return False
        return True


@dataclass
class Unruled:
    """Finds such tables page by page: one that reaches the end of a page may go on at the top of the next."""

    words: Words
    _open: Columns | None = field(default=None)

    def tables(self, lines: Sequence[Line]) -> Iterator[tuple[int, int, Rows]]:
        """Each such table among the lines of a page: its first line, the line after its last, and its rows."""
        position = 0
        if self._open is not None and lines and len(lines[0].pieces) > 1 and self._open.fits(lines[0]):
            position = self._end(lines, 0, self._open)
            yield 0, position, self._rows(lines[:position], self._open)
        while position < len(lines):
            columns = _head(lines[position])
            if columns is None:
                position += 1
                continue
            end = self._end(lines, position + 1, columns)
            if end > position + 1:
                yield position, end, self._rows(lines[position:end], columns)
                self._open = columns if end == len(lines) else None
            position = end

    def _end(self, lines: Sequence[Line], start: int, columns: Columns) -> int:
        end = start
        while end < len(lines) and columns.fits(lines[end]) and _head(lines[end]) is None:
            end += 1
        # A paragraph in the first column that nothing stands beside is the text after the table.
        while end > start and len(lines[end - 1].pieces) == 1 and columns.of(lines[end - 1].pieces[0]) == 0:
            if end - 2 >= start and _gap(lines[end - 2], lines[end - 1]) < _NEW_ROW * lines[end - 1].size:
                break
            end -= 1
        return end

    def _rows(self, lines: Sequence[Line], columns: Columns) -> Rows:
        usual = min((_gap(above, line) for above, line in pairwise(lines)), default=0.0)
        rows: list[dict[int, str]] = []
        for number, line in enumerate(lines):
            found = {columns.of(piece): piece.text for piece in line.pieces}
            if number == 0 or self._begins(lines[number - 1], line, found, columns, usual):
                rows.append(found)
                continue
            for column, text in found.items():
                above = rows[-1].get(column)
                rows[-1][column] = text if above is None else self._joined(above, text)
        return tuple(
            tuple(Cell(texts.get(column, ""), row, column) for column in range(len(columns.starts)))
            for row, texts in enumerate(rows)
        )

    def _begins(self, above: Line, line: Line, found: dict[int, str], columns: Columns, usual: float) -> bool:
        if above.is_bold and not line.is_bold:
            return True
        if columns.is_numbered:
            return 0 in found
        return _gap(above, line) - usual > _NEW_ROW * line.size

    def _joined(self, above: str, text: str) -> str:
        if text[:1].isupper():
            return f"{above}{SOFT_BREAK}{text}"
        return self.words.joined(above, text)


def _gap(above: Line, line: Line) -> float:
    return line.top - above.bottom


def _head(line: Line) -> Columns | None:
    """The columns a line names, if nearly all of its pieces name parts of a measure."""
    if len(line.pieces) < 3:
        return None
    meanings = [meaning_of(piece.text) for piece in line.pieces]
    known = {meaning.part for meaning in meanings if meaning is not None}
    if sum(meaning is not None for meaning in meanings) * 3 < len(meanings) * 2 or Part.TITLE not in known:
        return None
    if not known & {Part.RESPONSIBLE, Part.DEADLINE}:
        return None
    first = meanings[0]
    return Columns(tuple(piece.x0 for piece in line.pieces), first is not None and first.part is Part.REF)
