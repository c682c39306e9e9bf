"""Tables with a column whose cells are labelled lines ("Ansvar: NAV", "Frist: 2026"): each label is a column."""

from dataclasses import replace

from plan.documents.blocks import Cell, Table
from plan.documents.understanding.head import cells_of, is_head_row
from plan.documents.understanding.labels import Labelled, labelled
from plan.documents.understanding.vocabulary import Part, meaning_of

_OWN = (Part.RESPONSIBLE, Part.DEADLINE)


def unpacked(table: Table) -> Table:
    """The table with a column for each label of its packed column, if it has one beside a column of titles."""
    if len(table.rows) < 2 or table.width < 2 or is_head_row(table.rows[0]):
        return table
    head = [meaning_of(cell.text) for cell in table.rows[0]]
    if not any(meaning is not None and meaning.part is Part.TITLE for meaning in head):
        return table
    for column in range(table.width):
        labels = _labels_of(table, column)
        if labels is not None:
            return _parted(table, column, labels)
    return table


def _labels_of(table: Table, column: int) -> list[list[Labelled]] | None:
    """The labels of each cell below the head of a column; None where most cells are not labels alone."""
    if table.rows[0][column].columns > 1:
        return None
    found = [_labels_in(row[column]) if len(cells_of(row)) > 1 else [] for row in table.rows[1:]]
    filled = [row for row in table.rows[1:] if row[column].text and len(cells_of(row)) > 1]
    parts = {label.part for labels in found for label in labels}
    is_packed = sum(len(labels) > 1 for labels in found) * 2 > len(filled)
    return found if filled and is_packed and parts & set(_OWN) else None


def _labels_in(cell: Cell) -> list[Labelled]:
    before, labels = labelled(cell.text)
    return [] if before else labels


def _parted(table: Table, column: int, labels: list[list[Labelled]]) -> Table:
    names: dict[Part, str] = {}
    for each in labels:
        for label in each:
            names.setdefault(label.part, label.label)
    rows = [_row(table, 0, column, list(names.values()))]
    for number, each in enumerate(labels, start=1):
        values = {label.part: label.value for label in reversed(each)}
        texts = [values.get(part, "") for part in names]
        # What is no label stays what it is, in the first of the columns.
        rows.append(_row(table, number, column, texts if each else [table.rows[number][column].text]))
    width = max(map(len, rows))
    full = [(*row, *(Cell("", number, place) for place in range(len(row), width))) for number, row in enumerate(rows)]
    return replace(table, rows=tuple(full))


def _row(table: Table, number: int, column: int, texts: list[str]) -> tuple[Cell, ...]:
    """A row with its packed cell as the last ones, so that no other cell moves; a wide cell stays one."""
    row = list(table.rows[number])
    if len(cells_of(row)) < 2:
        return tuple(row)
    row[column] = replace(row[column], text=texts[0])
    last = len(row)
    return (*row, *(Cell(text, number, last + place) for place, text in enumerate(texts[1:])))
