"""The workbook holds real tables, real dates and numbers, and no formulas."""

import json
import textwrap
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from plan.status import Status
from report import changes
from report.sheets import LINE_HEIGHT
from report.snapshot import Attachment, OfficeTexts, Snapshot, UnitsPart, UnitText
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
    assert book.sheetnames == [
        "Oversikt",
        "Tiltak",
        "Endringer",
        "Avvik",
        "Kostnader",
        "Beløp per år",
        "Beløp per tiltak",
        "Mål",
        "Ikke besvart",
        "Status år for år",
    ]


def test_a_plan_without_measures_has_no_sheet_of_what_there_is_none_of() -> None:
    assert opened(samples.empty).sheetnames == ["Oversikt", "Tiltak"]


@pytest.mark.parametrize("sample", [samples.vefsn, samples.empty, samples.nasty])
def test_every_sheet_holds_a_named_table_over_all_its_rows(sample: samples.Sample) -> None:
    book = opened(sample)
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.sheetnames)
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        heads, *body = sheet[table.ref]
        assert [cell.value for cell in heads] == [column.name for column in table.tableColumns]
        assert all(any(cell.value is not None for cell in row) for row in body) or len(body) == 1
        rest = [row for row in sheet.iter_rows(min_row=len(body) + 2, values_only=True) if any(row)]
        assert [row[0] for row in rest] in ([], ["Sum"])


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
    assert [(row["Nr."], row["Gått videre til"]) for row in rows(book, "Ikke besvart")] == [
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


TYPED = {
    "municipality",
    "plan_title",
    "title",
    "text",
    "reason",
    "name",
    "unit",
    "report_text",
    "description",
    "body",
} | {
    *("responsible", "owner_unit", "answered_by", "escalated_to", "category", "priority", "summary", "assessment"),
    *("deadline_text", "plan_deadline_text", "proposed_deadline_text", "decision", "before", "after"),
}
"""Fields of a snapshot that hold what somebody has written."""

ONLY_NUMBERS = {"Beløp per år"}


def _typed(snapshot: Snapshot) -> Snapshot:
    """A snapshot in which every text somebody has written begins as a formula does."""
    return Snapshot.model_validate_json(json.dumps(_begun(snapshot.model_dump(mode="json"))))


def _begun(part: Any) -> Any:
    if isinstance(part, list):
        return [_begun(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {k: f"={v}" if k in TYPED and isinstance(v, str) else _begun(v) for k, v in part.items()}


def _typed_everywhere() -> Snapshot:
    """A correction with something in every table there is, and every text of it begun as a formula is."""
    first, *rest = samples.several_years().measures
    file = Attachment(name="kart.pdf", size=2048, digest="0f" * 32)
    full = first.model_copy(
        update={
            "attachments": (file,),
            "parts": (UnitsPart(unit="NAV", status=Status.DELAYED, report_text="I gang"),),
            "status": Status.DELAYED,
            "proposed_deadline_text": "2025",
        }
    )
    texts = OfficeTexts(summary="Kort", assessment="Godt", decision="Tas til etterretning.")
    before = _typed(samples.vefsn(state="approved", approved_on=samples.MADE_ON))
    after = samples.several_years().model_copy(
        update={
            "measures": (full, *rest),
            "office_texts": texts,
            "unit_texts": (UnitText(unit="NAV", text="Et godt år."),),
        }
    )
    after = _typed(after)
    return after.model_copy(update={"version": 2, "corrects": changes.correction(before, after)})


def test_a_formula_in_any_field_stays_a_text_in_every_sheet() -> None:
    for sheet in opened(_typed_everywhere):
        cells = [cell for row in sheet.iter_rows() for cell in row]
        signed = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
        assert signed or sheet.title in ONLY_NUMBERS
        assert all((cell.data_type, cell.quotePrefix) == ("s", True) for cell in signed)
        assert [cell for cell in cells if cell.data_type == "f"] == []


@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u202e", "\x00"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}"])
def test_a_text_stays_a_text_whatever_stands_before_its_sign(before: str, sign: str) -> None:
    measure = samples.MEASURES[0].model_copy(update={"report_text": f"{before}{sign}HYPERLINK(1)"})
    book = opened(lambda: samples.vefsn(measures=(measure,)))
    (found,) = [cell for row in book["Tiltak"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert (found.value, found.data_type, found.quotePrefix) == (f"{sign}HYPERLINK(1)", "s", True)


def test_every_table_of_the_case_document_is_in_it_with_dates_and_numbers_as_such() -> None:
    book = opened(samples.with_parts)
    assert rows(book, "Endringer")[0] == {
        "Nr.": "1.1",
        "Tiltak": "Vurdering av etablert tiltaksrekke",
        "År": 2021,
        "Sist meldt": "Ikke startet",
        "Status nå": "I gang",
    }
    late = next(row for row in rows(book, "Avvik") if row["Nr."] == "3.2")
    assert late["Avvik"] == "Forsinket; Fristen er passert; Ny frist er foreslått"
    assert late["Forfaller"] == datetime(2021, 12, 31)  # noqa: DTZ001  # as above
    assert late["Foreslått ny frist"] == "31.12.2022"
    (file,) = rows(book, "Vedlegg")
    assert (file["Nr."], file["Fil"], file["Størrelse (byte)"]) == ("1.5", "kursplan.pdf", 12_345)
    assert [row["År"] for row in rows(book, "Status år for år") if row["Nr."] == "1.2"] == [2021, 2022]


def test_the_sums_per_year_and_per_measure_are_those_of_the_single_amounts(book: Workbook) -> None:
    spending = sum(row["Beløp (kr)"] or 0 for row in rows(book, "Kostnader") if row["Slag"] == "Utgifter")
    for sheet in ("Beløp per år", "Beløp per tiltak"):
        *body, _blank, total = rows(book, sheet)
        assert next(iter(total.values())) == "Sum"
        assert sum(row["Utgifter"] or 0 for row in body) == total["Utgifter"] == spending
    cell = book["Beløp per år"]["B2"]
    assert isinstance(cell.value, int)
    assert cell.number_format == "#,##0"
    assert all(cell.font.bold for cell in list(book["Beløp per år"].rows)[-1])


def printed(sheet: Any) -> tuple[str, str, Any]:
    """The head and foot of a sheet's pages, and how it fits on them."""
    return sheet.oddHeader.left.text, sheet.oddFooter.right.text, sheet.sheet_properties.pageSetUpPr


def test_a_sheet_is_printed_one_page_wide_with_its_head_on_every_page(book: Workbook) -> None:
    for sheet in book.worksheets:
        head, foot, pages = printed(sheet)
        assert pages.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert foot == "Side &P av &N"
        assert "Rusmiddelpolitisk" in head
    for sheet in book.worksheets[1:]:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes in {"A2", "C2"}
    assert str(book["Tiltak"].page_setup.paperSize) == book["Tiltak"].PAPERSIZE_A3


def test_a_name_with_an_ampersand_is_no_code_in_the_head_of_a_page() -> None:
    assert "#Plan {{ x }} && <b>" in printed(opened(samples.nasty)["Tiltak"])[0]


def test_a_row_is_as_high_as_its_longest_text_and_no_higher_than_a_spreadsheet_allows() -> None:
    text = "Et ord til. " * 300
    measures = (samples.MEASURES[0].model_copy(update={"report_text": text}), samples.MEASURES[1])
    sheet = opened(lambda: samples.vefsn(measures=measures))["Tiltak"]
    heads = [cell.value for cell in sheet[1]]
    width = sheet.column_dimensions[get_column_letter(heads.index("Rapporttekst") + 1)].width
    assert len(text) / width * 15 <= sheet.row_dimensions[2].height <= 409
    assert (sheet.row_dimensions[3].height or LINE_HEIGHT) < 100
    assert (sheet["A1"].font.bold, sheet["A1"].font.name) == (True, sheet["A2"].font.name)


def test_a_long_text_of_many_short_lines_is_seen_to_its_end() -> None:
    text = "\n".join([*["– et punkt"] * 10, "Et ord til. " * 280])
    sheet = opened(lambda: samples.vefsn(measures=(samples.MEASURES[0].model_copy(update={"report_text": text}),)))[
        "Tiltak"
    ]
    heads = [cell.value for cell in sheet[1]]
    width = sheet.column_dimensions[get_column_letter(heads.index("Rapporttekst") + 1)].width
    seen = sum(len(textwrap.wrap(line, int(width) - 2)) for line in text.split("\n"))
    assert seen * LINE_HEIGHT <= sheet.row_dimensions[2].height <= 409


def test_an_amount_and_a_digest_fit_their_columns() -> None:
    costs = opened(samples.vefsn)["Kostnader"]
    assert costs.column_dimensions["E"].width >= len("20 000 000") + 2
    attached = opened(samples.with_parts)["Vedlegg"]
    assert attached.column_dimensions["E"].width >= 64


def test_the_row_of_the_title_is_as_high_as_its_letters() -> None:
    sheet = opened(samples.vefsn)["Oversikt"]
    assert (sheet.row_dimensions[1].height or LINE_HEIGHT) >= sheet["A1"].font.size * 1.3


def test_every_line_of_a_fact_is_seen_on_the_first_sheet() -> None:
    sheet = opened(samples.vefsn)["Oversikt"]
    facts = {head.value: (row, str(said.value)) for row, (head, said) in enumerate(sheet.iter_rows(max_col=2), start=1)}
    row, said = facts["Behandles i"]
    assert len(said.split("\n")) == 2
    assert sheet.row_dimensions[row].height >= 2 * LINE_HEIGHT


def test_a_wide_sheet_is_printed_side_by_side_with_number_and_name_on_each_page() -> None:
    text = "Et ord til. " * 330
    sheet = opened(lambda: samples.vefsn(measures=(samples.MEASURES[1].model_copy(update={"report_text": text}),)))
    assert (sheet["Tiltak"].page_setup.fitToWidth, sheet["Tiltak"].print_title_cols) == (2, "$A:$B")
    assert [cell.value for cell in sheet["Tiltak"][1]][:2] == ["Nr.", "Tittel"]
    assert (sheet["Kostnader"].page_setup.fitToWidth, sheet["Kostnader"].print_title_cols) == (1, None)
