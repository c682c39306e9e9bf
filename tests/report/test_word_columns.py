"""Columns that say nothing are left out of a Word document, and every other column stays."""

import docx
import pytest
from docx.document import Document
from docx.shared import Cm
from docx.table import Table

from report.word_columns import leave_out

HEADS = {"Inntekter", "Investering"}
ROWS = [
    ("Tiltak", "Utgifter", "Inntekter", "Påminnelser", "Investering"),
    ("Kurs", "100", "–", "–", ""),
    ("Sum", "100", "–", "–", "–"),
]


def document(*rows: tuple[str, ...], widths: tuple[float, ...] = (4, 2, 2, 2, 2)) -> tuple[Document, Table]:
    made = docx.Document()
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = text, Cm(width)
    return made, table


def heads(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells]


def test_a_column_of_nothing_but_dashes_is_taken_out_and_the_widest_gets_its_room() -> None:
    made, table = document(*ROWS)
    leave_out(made, HEADS, "–")
    assert heads(table) == ["Tiltak", "Utgifter", "Påminnelser"]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [["Kurs", "100", "–"], ["Sum", "100", "–"]]
    for widths in (
        [column.width for column in table.columns],
        *([cell.width for cell in row.cells] for row in table.rows),
    ):
        assert [round((width or 0) / Cm(1), 1) for width in widths] == [8, 2, 2]


def test_where_several_are_as_wide_none_gets_the_room() -> None:
    made, table = document(*ROWS, widths=(2, 3, 3, 3, 3))
    leave_out(made, HEADS, "–")
    assert [round((column.width or 0) / Cm(1), 1) for column in table.columns] == [2, 3, 3]


@pytest.mark.parametrize("said", ["0", "5 000"])
def test_a_column_that_says_something_once_stays(said: str) -> None:
    made, table = document(ROWS[0], ("Kurs", "100", said, "–", said), ROWS[2])
    leave_out(made, HEADS, "–")
    assert heads(table) == list(ROWS[0])


def test_a_table_with_merged_cells_is_left_alone() -> None:
    made, table = document(*ROWS)
    table.cell(2, 0).merge(table.cell(2, 1))
    leave_out(made, HEADS, "–")
    assert heads(table) == list(ROWS[0])
