"""Tables that lie on their side: a field in each row, a measure in each column."""

from dataclasses import replace

from plan.documents.blocks import Cell, Table
from plan.documents.understanding.head import is_head_row
from plan.documents.understanding.vocabulary import Part, meaning_of

_OWN = (Part.RESPONSIBLE, Part.DEADLINE)
_MAX_FIELDS = 16
_TITLE = "Tiltak"


def upright(table: Table) -> Table:
    """The table with its rows as columns, if it lies on its side; else as it is."""
    labels = [row[0] for row in table.rows]
    if not 3 <= len(labels) <= _MAX_FIELDS or table.width < 3 or is_head_row(table.rows[0]):
        return table
    parts = [_part(label.text) for label in labels]
    has_title = parts[0] is Part.TITLE or (parts[0] is Part.REF and Part.TITLE in parts)
    is_corner = not labels[0].text and set(_OWN) <= set(parts) and not any(_is_title(each.text) for each in labels)
    if not (has_title or is_corner) or not set(_OWN) & set(parts):
        return table
    if any(part is None for part in parts[is_corner:]) or not _has_measures(table, parts):
        return table
    return _turned(table, _TITLE if is_corner else labels[0].text)


def _is_title(label: str) -> bool:
    """Whether a label names the title and nothing else; "Hva" tells more where the names stand above."""
    meaning = meaning_of(label)
    return meaning is not None and meaning.part is Part.TITLE and not meaning.is_weak


def _part(label: str) -> Part | None:
    meaning = meaning_of(label)
    return None if meaning is None or meaning.part in (Part.FOREIGN, Part.IGNORED, Part.TERM) else meaning.part


def _has_measures(table: Table, parts: list[Part | None]) -> bool:
    """Whether each row says a thing of several measures, and no cell of it is a label of its own."""
    for row, part in zip(table.rows, parts, strict=True):
        values = [cell for cell in row[1:] if cell.text]
        if any(cell.rows > 1 for cell in row):
            return False
        if part in (Part.TITLE, None, *_OWN) and len({id(cell) for cell in values}) < 2:
            return False
        if any(_part(cell.text) in _OWN for cell in values):
            return False
    return True


def _turned(table: Table, title: str) -> Table:
    turned: dict[int, Cell] = {}

    def cell(each: Cell) -> Cell:
        return turned.setdefault(
            id(each), replace(each, row=each.column, column=each.row, rows=each.columns, columns=each.rows)
        )

    rows = [tuple(cell(row[column]) for row in table.rows) for column in range(table.width)]
    rows[0] = (replace(rows[0][0], text=title), *rows[0][1:])
    pages = table.page_of_row[:1] * table.width
    return replace(table, rows=tuple(rows), row_numbers=table.row_numbers[:1] * table.width, page_of_row=pages)
