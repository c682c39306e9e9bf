"""Our own workbook: what is written reads back as the same, and what is filled in by hand is read as it is meant."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from plan import documents
from plan.comparison import compare
from plan.deadline import Period, parse
from plan.documents import own_workbook, workbook_file
from plan.documents.own_workbook import FIRST_ROW, SHEETS, code_of, escaped, read_bytes, unescaped
from plan.documents.own_workbook_writing import LONGEST_TEXT, Texts, WorkbookRefused, write, write_template
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.draft import CostKind, CostLine, Draft, Goal, Measure, Meeting, Source
from templates import cli
from tests.plan.test_yaml_file import drafts, texts, without_sources
from tests.town import VEFSN

PLACES = [f"{sheet}.{key.attribute}" for sheet, keys in SHEETS.items() for key in keys]
TEXTS = Texts(
    sheets={sheet: f"Ark {sheet}" for sheet in SHEETS},
    headings={place: f"Felt {place}" for place in PLACES},
    examples={
        "plan.title": "Plan mot støy",
        "measures.ref": "1.1",
        "measures.title": "Måle støy",
        "costs.measure": "1.1",
        "units.name": "NAV",
    },
    example="Eksempel",
    guide_name="Veiledning",
    guide=(("Slik gjør du",), ("Tiltak", "Nr.", "Nummeret i planen")),
)


def vefsn() -> Draft:
    return documents.read(VEFSN.name, VEFSN.read_bytes())


def edited(content: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """The workbook after somebody has typed values: (sheet, cell, value)."""
    book = load_workbook(BytesIO(content))
    for sheet, place, value in cells:
        book[f"Ark {sheet}"][place] = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def column(sheet: str, attribute: str) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[[key.attribute for key in SHEETS[sheet]].index(attribute)]


def problems(content: bytes) -> Sequence[Problem]:
    with pytest.raises(DocumentRefused) as refused:
        read_bytes(content)
    return refused.value.problems


def test_the_plan_of_vefsn_comes_back_without_a_difference() -> None:
    read = documents.read("vefsn.xlsx", write(vefsn(), TEXTS))
    assert compare(vefsn(), read).is_empty
    assert without_sources(read) == without_sources(vefsn())


@settings(max_examples=30, deadline=None)
@given(drafts())
def test_any_plan_comes_back_without_a_difference(draft: Draft) -> None:
    read = read_bytes(write(draft, TEXTS))
    changes = compare(draft, read)
    assert changes.is_empty, changes
    assert read.measures[0].title == draft.measures[0].title
    assert [measure.description for measure in read.measures] == [measure.description for measure in draft.measures]


def test_a_plan_without_a_period_comes_back_without_one() -> None:
    draft = Draft(title="Plan", measures=(Measure(ref="1", title="Kurs"),))
    assert read_bytes(write(draft, TEXTS)).period is None


@given(st.one_of(texts, st.text(alphabet="_x0aF1_ \ufffe"), st.sampled_from(["_x000D_", "_x005F_x0041_", "\uffff"])))
def test_what_xml_cannot_hold_is_written_so_that_it_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not set(escaped(text)) & {"\ufffe", "\uffff"}


@pytest.mark.parametrize("text", ["=1+1", "+47 75 10 10 00", "-50 %", "@alle", "=HYPERLINK(1)", "2.10", "1e5", "Å"])
def test_a_text_stays_the_text_it_is(text: str) -> None:
    draft = Draft(
        title=text, period=(2020, 2024), measures=(Measure(ref=text[:40], title=text, comment=text, priority=text),)
    )
    content = write(draft, TEXTS)
    assert without_sources(read_bytes(content)) == draft
    book = load_workbook(BytesIO(content))
    cell = book["Ark measures"][f"{column('measures', 'ref')}{FIRST_ROW}"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}


def test_numbers_and_dates_are_such() -> None:
    cost = CostLine(year=2021, kind=CostKind.OWN, amount_nok=5)
    draft = Draft(
        title="Plan",
        measures=(Measure(ref="2.10", title="Kurs", priority=3, costs=(cost,)),),
        meetings=(Meeting(body="Kommunestyret", held_on=date(2021, 5, 12)),),
    )
    book = load_workbook(BytesIO(write(draft, TEXTS)))
    costs, met = book["Ark costs"], book["Ark meetings"]
    assert [cell.value for cell in costs[FIRST_ROW]] == ["2.10", 2021, "egenfinansiering", 5, None]
    assert met[f"{column('meetings', 'held_on')}{FIRST_ROW}"].value.date() == date(2021, 5, 12)
    assert book["Ark measures"][f"{column('measures', 'priority')}{FIRST_ROW}"].value == 3


@pytest.mark.parametrize("phrase", ["Innen 1. mai 2021. ", "2021\n", "=1+1; 31.12.2021, "])
def test_a_deadline_of_thirty_thousand_characters_comes_back_with_its_doubt(phrase: str) -> None:
    words = (phrase * 30_000)[:30_000].strip()
    period = Period.of_years(2020, 2024)
    measure = Measure(ref="1", title="Kurs", deadline=parse(words, period=period))
    draft = Draft(title="Plan", period=(2020, 2024), measures=(measure,))
    assert measure.deadline.warnings
    read = read_bytes(write(draft, TEXTS))
    assert read.measures[0].deadline == measure.deadline
    assert compare(draft, read).is_empty


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    draft = Draft(title="Plan", measures=(Measure(ref="1", title="Kurs", description="x" * (LONGEST_TEXT + 1)),))
    with pytest.raises(WorkbookRefused) as refused:
        write(draft, TEXTS)
    assert (refused.value.code, refused.value.data["limit"]) == ("too_long", LONGEST_TEXT)


def test_what_is_typed_by_hand_is_read_as_it_is_meant() -> None:
    content = write(Draft(title="P", period=(2020, 2024), measures=(Measure(ref="1", title="A"),)), TEXTS)
    row = FIRST_ROW
    read = read_bytes(
        edited(
            content,
            ("plan", f"C{row}", 2023),
            ("measures", f"{column('measures', 'ref')}{row}", 1.1),
            ("measures", f"{column('measures', 'deadline')}{row}", date(2023, 6, 1)),
            ("measures", f"{column('measures', 'units')}{row}", "NAV\nHelse og omsorg\n"),
            ("measures", f"{column('measures', 'priority')}{row}", 2.0),
            ("units", f"A{row}", "NAV"),
            ("units", f"C{row}", False),
            ("units", f"A{row + 2}", "Helse og omsorg"),
            ("reporting_dates", f"A{row}", "Statusrapport"),
            ("reporting_dates", f"B{row}", "Rapport"),
            ("reporting_dates", f"{column('reporting_dates', 'months')}{row}", "april, mai"),
            ("costs", f"A{row}", 1.1),
            ("costs", f"{column('costs', 'kind')}{row}", "utgift"),
            ("costs", f"{column('costs', 'amount_nok')}{row}", 250000.0),
        )
    )
    (measure,) = read.measures
    assert (read.period, measure.ref, measure.priority) == ((2023, 2023), "1.1", 2)
    assert measure.deadline == parse("01.06.2023")
    assert measure.units == ("NAV", "Helse og omsorg")
    assert [cost.amount_nok for cost in measure.costs] == [250_000]
    assert [unit.name for unit in read.units] == ["NAV", "Helse og omsorg"]
    rule = read.reporting_dates[0].rule
    assert rule is not None
    assert rule.months == (4, 5)
    assert measure.source == Source(sheet="Ark measures", row=row)


def test_a_number_shown_with_a_trailing_zero_keeps_it() -> None:
    content = write(Draft(title="P", measures=(Measure(ref="1", title="A"),)), TEXTS)
    book = load_workbook(BytesIO(content))
    cell = book["Ark measures"][f"A{FIRST_ROW}"]
    cell.value, cell.number_format = 2.1, "0.00"
    assert read_bytes(saved(book)).measures[0].ref == "2.10"


def test_a_formula_is_never_computed() -> None:
    content = write(vefsn(), TEXTS)
    amount = column("costs", "amount_nok")
    (problem,) = problems(edited(content, ("costs", f"{amount}{FIRST_ROW}", "=1+1")))
    assert (problem.code, problem.data["value"]) == (Code.NOT_AN_AMOUNT, "=1+1")


def test_columns_may_stand_in_any_order_and_sheets_may_be_added_and_renamed() -> None:
    book = load_workbook(BytesIO(write(vefsn(), TEXTS)))
    book["Ark measures"].move_range("A1:A40", cols=20)
    book["Ark measures"].title = "Våre tiltak"
    book.create_sheet("Notater", 0)["A1"] = "Husk møtet"
    assert compare(vefsn(), documents.read("x.xlsx", saved(book))).is_empty


@pytest.mark.parametrize(
    ("cells", "code", "sheet", "row"),
    [
        ((("measures", "A3", None),), Code.MISSING_KEY, "measures", 3),
        ((("measures", "A3", "1.1"),), Code.DUPLICATE_MEASURE, "measures", 4),
        ((("measures", f"{column('measures', 'goal_ref')}4", "77"),), Code.UNKNOWN_GOAL, "measures", 4),
        ((("measures", f"{column('measures', 'funding')}4", "lån"),), Code.UNKNOWN_WORD, "measures", 4),
        ((("costs", "A4", "9.9"),), Code.UNKNOWN_MEASURE, "costs", 4),
        ((("costs", "A4", None),), Code.MISSING_KEY, "costs", 4),
        ((("meetings", "A3", "Kommunestyret"), ("meetings", "B3", "i mai")), Code.NOT_A_DATE, "meetings", 3),
    ],
)
def test_what_is_wrong_is_named_by_sheet_and_row(
    cells: Sequence[tuple[str, str, Any]], code: Code, sheet: str, row: int
) -> None:
    (problem,) = problems(edited(write(vefsn(), TEXTS), *cells))
    assert (problem.code, problem.place) == (code, Source(sheet=f"Ark {sheet}", row=row))
    said = cli.say(f"plan_file.{problem.code}", line=problem.line, place=problem.place, **problem.data)
    assert said.startswith(f"Arket «Ark {sheet}», rad {row}: ")


def test_the_examples_of_a_template_are_not_imported() -> None:
    content = write_template(TEXTS)
    assert own_workbook.recognises("mal.xlsx", content)
    assert {problem.code for problem in problems(content)} == {Code.MISSING_KEY, Code.NO_MEASURES}
    row = FIRST_ROW + 1
    filled = edited(
        content,
        ("plan", f"B{row}", "Ny plan"),
        ("measures", f"B{row}", "A-1"),
        ("measures", f"D{row}", "Kurs"),
        ("goals", f"B{row}", "1"),
        ("goals", f"C{row}", "Færre skader"),
        ("goals", f"E{row}", "Første"),
        ("goals", f"E{row + 1}", "Andre"),
    )
    read = documents.read("mal.xlsx", filled)
    assert (read.title, [(measure.ref, measure.title) for measure in read.measures]) == ("Ny plan", [("A-1", "Kurs")])
    assert read.goals == (Goal(ref="1", title="Færre skader", result_targets=("Første", "Andre")),)
    assert read.units == ()


def test_a_template_says_what_may_stand_where() -> None:
    book = load_workbook(BytesIO(write_template(TEXTS)))
    assert book.sheetnames[0] == "Veiledning"
    rules = {
        (sheet.title, str(rule.sqref).partition(":")[0]): rule
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["Ark measures", "L3"].formula1 == '"beløp,ramme,prosjekt,ekstern,ingen,ukjent"'
    assert rules["Ark measures", "F3"].formula1 == "'Ark goals'!$B$3:$B$20000"
    assert rules["Ark costs", "B3"].formula1 == "'Ark measures'!$B$3:$B$20000"
    assert rules["Ark meetings", "C3"].type == "date"
    for sheet in SHEETS:
        page = book[f"Ark {sheet}"]
        assert page.row_dimensions[1].hidden
        assert page["A3"].value == "Eksempel"
    assert page.freeze_panes == "A3"


def test_a_workbook_without_our_codes_is_none_of_ours() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Nr", "Tiltak", "Ansvar", "Frist"])
    page.append(["1", "Kurs for ansatte", "NAV", "2022"])
    assert not own_workbook.recognises("plan.xlsx", saved(book))
    assert workbook_file.recognises("plan.xlsx", saved(book))


def test_a_damaged_workbook_is_refused() -> None:
    content = bytearray(write(vefsn(), TEXTS))
    content[len(content) // 2 : len(content) // 2 + 200] = b"\0" * 200
    with pytest.raises(DocumentRefused):
        documents.read("plan.xlsx", bytes(content))


def test_more_rows_than_a_plan_has_are_refused() -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("Tiltak")
    page.append([code_of("measures", "ref"), code_of("measures", "title")])
    for number in range(own_workbook.MAX_ROWS):
        page.append([str(number), "Kurs"])
    assert [problem.code for problem in problems(saved(book))] == [Code.TOO_MANY_ROWS]
