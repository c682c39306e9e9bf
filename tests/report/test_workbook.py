"""The workbook holds real tables, real dates and numbers, and no formulas."""

from datetime import datetime
from io import BytesIO
from string import ascii_uppercase
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from report.workbook import render
from tests.report import samples


def opened(sample: samples.Sample) -> Workbook:
    return load_workbook(BytesIO(render(sample())))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(samples.vefsn)


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the heads of their columns."""
    heads, *values = book[sheet].values
    return [dict(zip(map(str, heads), row, strict=True)) for row in values]


def test_there_is_a_sheet_for_each_subject(book: Workbook) -> None:
    assert book.sheetnames == ["Oversikt", "Tiltak", "Kostnader", "Mål", "Ikke besvart"]


@pytest.mark.parametrize("sample", [samples.vefsn, samples.empty, samples.nasty])
def test_every_sheet_holds_a_named_table_over_all_its_rows(sample: samples.Sample) -> None:
    book = opened(sample)
    names = [name for sheet in book for name in sheet.tables]
    assert names == ["Status", "Tiltak", "Kostnader", "Mål", "IkkeBesvart"]
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert int(table.ref.rpartition(":")[2].lstrip(ascii_uppercase)) == max(sheet.max_row, 2)


def test_dates_and_numbers_are_dates_and_numbers(book: Workbook) -> None:
    first = rows(book, "Tiltak")[1]
    assert first["Forfaller"] == datetime(2022, 12, 31)  # noqa: DTZ001  # a spreadsheet's dates have no zone
    cost = rows(book, "Kostnader")[0]
    assert (cost["År"], cost["Beløp (kr)"]) == (2021, 500_000)


def test_a_ref_stays_text(book: Workbook) -> None:
    assert [row["Nr."] for row in rows(book, "Tiltak")] == [measure.ref for measure in samples.MEASURES]


def test_the_costs_sum_to_those_of_the_plan(book: Workbook) -> None:
    spending = [row["Beløp (kr)"] or 0 for row in rows(book, "Kostnader") if row["Slag"] == "Utgifter"]
    assert sum(spending) == 21_650_000


def test_the_counts_sum_to_the_measures(book: Workbook) -> None:
    sheet = book["Oversikt"]
    (table,) = sheet.tables.values()
    heads, *counts = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert heads == ["Status", "Antall tiltak"]
    *_, total = sheet.values
    assert sum(count for _, count in counts) == total[1] == 12


def test_those_who_have_not_answered_are_listed(book: Workbook) -> None:
    assert [(row["Nr."], row["Løftet til"]) for row in rows(book, "Ikke besvart")] == [
        ("1.6", "Rådmannen"),
        ("3.3", "Rådmannens kontor"),
    ]


def test_result_targets_stand_under_their_goal(book: Workbook) -> None:
    targets = [row for row in rows(book, "Mål") if row["Resultatmål"]]
    assert len(targets) == 7
    assert targets[1]["Måloppnåelse"] == "delvis oppnådd"


def test_nothing_anybody_types_becomes_a_formula() -> None:
    book = opened(samples.nasty)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    dangerous = [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert len(dangerous) >= 4
    assert all(cell.quotePrefix for cell in dangerous)
