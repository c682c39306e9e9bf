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
"""A gap above a line of this share of its size, beyond that between the lines of a cell, ends a table."""

_ROW_GAP = 0.12
"""The same for what begins a row: programs set the lines of a cell evenly, and rows apart by little."""

_HEAD_LINES = 3


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
            head = _head(lines, position)
            if head is None:
                position += 1
                continue
            columns, height = head
            first = position + height
            end = self._end(lines, first, columns)
            if end > first:
                rows = self._rows(lines[first:end], columns, lines[position:first])
                yield position, end, rows
                self._open = columns if end == len(lines) else None
            position = end

    def _end(self, lines: Sequence[Line], start: int, columns: Columns) -> int:
        end = start
        while end < len(lines) and columns.fits(lines[end]) and _head(lines, end) is None:
            end += 1
        # A paragraph in the first column that nothing stands beside is the text after the table.
        while end > start and len(lines[end - 1].pieces) == 1 and columns.of(lines[end - 1].pieces[0]) == 0:
            if end - 2 >= start and _gap(lines[end - 2], lines[end - 1]) < _NEW_ROW * lines[end - 1].size:
                break
            end -= 1
        return end

    def _rows(self, lines: Sequence[Line], columns: Columns, head: Sequence[Line] = ()) -> Rows:
        gaps = [_gap(above, line) for above, line in pairwise(lines)]
        usual = min(gaps, default=0.0)
        is_even = max(gaps, default=0.0) - usual <= _ROW_GAP * lines[0].size
        rows: list[dict[int, str]] = []
        if head:
            rows.append(_names(head, columns.starts))
        for number, line in enumerate(lines):
            found = {columns.of(piece): piece.text for piece in line.pieces}
            if number == 0 or self._begins(lines[number - 1], line, found, columns, None if is_even else usual):
                rows.append(found)
                continue
            for column, text in found.items():
                above = rows[-1].get(column)
                rows[-1][column] = text if above is None else self._joined(above, text)
        return tuple(
            tuple(Cell(texts.get(column, ""), row, column) for column in range(len(columns.starts)))
            for row, texts in enumerate(rows)
        )

    def _begins(self, above: Line, line: Line, found: dict[int, str], columns: Columns, usual: float | None) -> bool:
        """Whether a line begins a row. `usual` is the gap between lines of a cell; None: rows are no further apart."""
        if above.is_bold and not line.is_bold:
            return True
        if columns.is_numbered:
            return 0 in found
        if usual is None:
            # With nothing but the words to go by, a row begins where all that stands in a line does.
            return 0 in found and len(found) > 1 and all(_may_begin(text) for text in found.values())
        return _gap(above, line) - usual > _ROW_GAP * line.size

    def _joined(self, above: str, text: str) -> str:
        if text[:1].isupper():
            return f"{above}{SOFT_BREAK}{text}"
        return self.words.joined(above, text)


def _gap(above: Line, line: Line) -> float:
    return line.top - above.bottom


def _may_begin(text: str) -> bool:
    return text[:1].isupper() or not text[:1].isalpha()


def _head(lines: Sequence[Line], position: int) -> tuple[Columns, int] | None:
    """The columns that a head names and how many lines it has, if one begins at a line."""
    found: tuple[Columns, int] | None = None
    for height in range(1, _HEAD_LINES + 1):
        group = lines[position : position + height]
        if len(group) < height or (height > 1 and not _is_more_of_head(group[-2], group[-1])):
            break
        columns = _columns(group)
        found = found if columns is None else (columns, height)
    return found


def _is_more_of_head(above: Line, line: Line) -> bool:
    """Whether a line may be the next one of a head: in bold as the head is, or going on in small letters."""
    if above.is_bold != line.is_bold or _gap(above, line) > _NEW_ROW * line.size:
        return False
    return line.is_bold or all(piece.text[:1].islower() for piece in line.pieces)


def _columns(lines: Sequence[Line]) -> Columns | None:
    """The columns some lines name, if nearly all of the names are those of parts of a measure."""
    starts: list[float] = []
    for begin in sorted(piece.x0 for line in lines for piece in line.pieces):
        if not starts or begin - starts[-1] > 3 * _TOLERANCE:
            starts.append(begin)
    if len(starts) < 3:
        return None
    names = _names(lines, tuple(starts))
    meanings = [meaning_of(names[column]) for column in range(len(starts))]
    known = {meaning.part for meaning in meanings if meaning is not None}
    if sum(meaning is not None for meaning in meanings) * 3 < len(meanings) * 2 or Part.TITLE not in known:
        return None
    if not known & {Part.RESPONSIBLE, Part.DEADLINE}:
        return None
    first = meanings[0]
    return Columns(tuple(starts), first is not None and first.part is Part.REF)


def _names(lines: Sequence[Line], starts: tuple[float, ...]) -> dict[int, str]:
    """The names in a head, each by its column, from above."""
    columns = Columns(starts, is_numbered=False)
    names: dict[int, str] = {}
    for line in lines:
        for piece in line.pieces:
            column = columns.of(piece)
            above = names.get(column)
            names[column] = piece.text if above is None else f"{above} {piece.text}".replace("- ", "")
    return names
