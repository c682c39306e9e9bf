"""Plans as municipalities publish them: long, with a cover, goals above the tables, and what is said twice."""

from collections.abc import Sequence

import pytest

from plan.documents import read
from plan.documents.blocks import Cell, Table
from plan.documents.understanding.measure_table import Surroundings, groups_in
from plan.documents.understanding.promises import promises
from plan.documents.understanding.vocabulary import Part
from plan.draft import CostKind, Draft, ReportingKind
from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Wide, as_pdf, as_word, as_workbook

Block = Heading | Line | Items | Grid
COVER = (Heading(1, "Handlingsplan mot støy 2025-2028"), Line("Granli kommune"))
HEAD = ["Tiltak", "Ansvar", "Tidsfrist"]


def drafts_of(*parts: Block) -> list[Draft]:
    made = Made([*COVER, *parts])
    return [read("plan.docx", as_word(made)), read("plan.pdf", as_pdf(made))]


# The cover ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Plan for", "psykisk helse og rus", "Granli kommune 2023–2026"), "Plan for psykisk helse og rus"),
        (("Handlingsplan mot vald", "i nære relasjonar", "2023 – 2026"), "Handlingsplan mot vald i nære relasjonar"),
        (("Kommunedelplan", "Helse og velferd", "2022–2033"), "Kommunedelplan – Helse og velferd"),
        (("Støyplan", "for Granli kommune", "2024–2027"), "Støyplan"),
        (("Klimaplan 2022–2030", "med handlingsdel"), "Klimaplan"),
        (("Klimaplan", "Vedtatt 14. desember 2023"), "Klimaplan"),
        (("Temaplan", "Demensplan 2023–2026"), "Demensplan"),
    ],
)
def test_a_title_in_two_lines_is_one(lines: tuple[str, ...], title: str) -> None:
    table = Grid([HEAD, ["Støykart", "Plan", "2025"], ["Støyskjerm", "Teknisk", "2026"]])
    made = Made([*map(Line, lines), Heading(1, "Tiltak"), table])
    assert read("plan.docx", as_word(made)).title == title


def test_a_period_and_a_municipality_after_the_title_of_a_sheet_are_no_part_of_it() -> None:
    rows: list[list[str]] = [["Demensplan 2024–2028 Granli kommune"], [], list(HEAD)]
    rows += [["Støykart", "Plan", "2025"], ["Støyskjerm", "Teknisk", "2026"]]
    draft = read("plan.xlsx", as_workbook({"Tiltak": rows}))
    assert (draft.title, draft.municipality, draft.period) == ("Demensplan", "Granli", (2024, 2028))


def test_a_line_above_the_head_of_a_sheet_says_what_unit_its_amounts_are_in() -> None:
    rows: list[list[str]] = [["Tiltak mot støy 2025–2028"], ["Alle beløp i hele 1000 kr"], []]
    rows += [["Tiltak", "Ansvar", "Frist", "Økonomi", ""], ["", "", "", "2025", "2026"]]
    rows += [["Støykart", "Plan", "2025", "120", ""], ["Støyskjerm", "Teknisk", "2026", "", "60"]]
    merged: dict[str, Sequence[str]] = {"Tiltak": ["A4:A5", "B4:B5", "C4:C5", "D4:E4"]}
    draft = read("plan.xlsx", as_workbook({"Tiltak": rows}, merged))
    assert [each.costs[0].amount_nok for each in draft.measures] == [120_000, 60_000]


# What the plan promises --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Administrasjonen rapporterer på planen i tertialrapportene per 30. april og 31. august.", [(4,), (8,)]),
        ("Det skal rapporterast til utval for helse ein gong i året, innan utgangen av mars.", [(3,)]),
        (
            "Kommunen lager klimaregnskap, som legges fram for kommunestyret med årsmeldingen i mai.",
            [(5,)],
        ),
    ],
)
def test_a_report_is_known_by_the_report_it_is_part_of(sentence: str, months: list[tuple[int, ...]]) -> None:
    found = list(promises(sentence, is_follow_up=True))
    assert [each.kind for each in found] == [ReportingKind.COUNCIL_REPORT] * len(months)
    assert [each.rule.months for each in found if each.rule] == months


def test_a_sentence_that_a_page_break_parts_is_one() -> None:
    table = Grid([HEAD, ["Støykart", "Plan", "2025"], ["Støyskjerm", "Teknisk", "2026"]])
    filler = "Støyen måles ved de mest trafikkerte veiene i kommunen hvert eneste år. " * 4
    sentence = (
        "Planen skal følges opp av administrasjonen, og en egen rapport om alle tiltakene skal da legges fram for "
        "kommunestyret hvert år i mai, etter at utvalget for miljø og samferdsel har fått saken til uttalelse først."
    )
    for count in range(24, 42):
        lines = [Line("Støy er uønsket lyd.") for _ in range(count)]
        end = [*lines, Line(f"{filler}{sentence}")]
        made = Made([*COVER, Heading(1, "Tiltak"), table, Heading(1, "Oppfølging"), *end])
        found = read("plan.pdf", as_pdf(made)).reporting_dates
        assert [each.text for each in found] == [sentence], count


# Goals -------------------------------------------------------------------------------------------------


def goals_of(draft: Draft) -> list[str | None]:
    titles = {goal.ref: goal.title for goal in draft.goals}
    return [titles.get(each.goal_ref or "") for each in draft.measures]


def table_of(*rows: list[str]) -> Grid:
    return Grid([HEAD, *rows])


def test_a_goal_in_a_line_below_the_heading_of_an_area_is_the_goal_of_its_table() -> None:
    areas = [
        (1, "Bolig", "Alle sover godt hjemme", ["Støyskjerm", "Teknisk", "2025"], ["Vinduer", "Bygg", "2026"]),
        (2, "Skole", "Elevene har ro i timen", ["Akustikk", "Bygg", "2025"], ["Stille sone", "Skole", "2027"]),
    ]
    parts: list[Block] = [Heading(1, "7 Mål og tiltak")]
    for number, area, goal, *rows in areas:
        parts += [Heading(2, f"7.{number} Satsingsområde {number}: {area}"), Line(f"Mål: {goal}.")]
        parts += [Line("Støyen er målt. Den varierer over døgnet."), table_of(*rows)]
    for draft in drafts_of(*parts):
        assert goals_of(draft) == ["Alle sover godt hjemme."] * 2 + ["Elevene har ro i timen."] * 2


def test_a_goal_below_a_heading_of_its_own_is_that_of_the_table_further_down_in_the_section() -> None:
    parts: list[Block] = [Heading(1, "5 Satsingsområder og tiltak")]
    for number, area, goal in ((1, "Bolig", "Alle sover godt hjemme"), (2, "Skole", "Elevene har ro i timen")):
        parts += [Heading(2, f"5.{number} {area}"), Line("Støyen er målt."), Heading(3, "Delmål"), Line(f"{goal}.")]
        parts += [Heading(3, "Strategier"), Items(["Kilden først", "Mottakeren sist"]), Heading(3, "Tiltak")]
        parts += [table_of([f"Støykart {area}", "Plan", "2025"], [f"Støymåling {area}", "Teknisk", "2026"])]
    for draft in drafts_of(*parts):
        assert goals_of(draft) == ["Alle sover godt hjemme."] * 2 + ["Elevene har ro i timen."] * 2


def test_a_numbered_goal_in_a_column_is_none_of_the_areas_that_got_a_number_of_ours() -> None:
    parts: list[Block] = []
    for number, area, goal in ((1, "Fra kilden", "Alle sover godt hjemme"), (2, "Til øret", "Elevene har ro i timen")):
        rows: list[list[str | Wide]] = [["Delmål", *HEAD], [f"{number}. {goal}", f"Støykart {number}", "Plan", "2025"]]
        parts += [Heading(2, f"6.{number} Satsingsområde: {area}"), Grid(rows)]
    for draft in drafts_of(*parts):
        assert goals_of(draft) == ["Alle sover godt hjemme", "Elevene har ro i timen"]


def test_measures_of_an_overview_stand_under_the_goals_of_the_chapters_that_tell_of_them() -> None:
    parts: list[Block] = []
    for number, goal, measures in (
        (1, "Alle sover godt hjemme", ["Etablere felles støykart for byene", "Bygge støyskjerm ved Lia"]),
        (2, "Elevene har ro i timen", ["Akustikk i klasserom og SFO-lokaler", "Stille sone ved skolene"]),
    ):
        parts += [Heading(2, f"5.{number} Område {number}"), Line(f"Delmål {number}: {goal}", is_bold=True)]
        parts += [Line("Støyen er målt."), Line("Tiltak:"), Items(measures)]
    short = [
        "Felles støykart for byene",
        "Bygge støyskjerm ved Lia",
        "Akustikk i klasserom",
        "Stille sone ved skolene",
    ]
    parts += [Heading(1, "6 Oversikt over tiltakene"), table_of(*([each, "Plan", "2026"] for each in short))]
    for draft in drafts_of(*parts):
        assert [each.title for each in draft.measures] == short
        assert goals_of(draft) == ["Alle sover godt hjemme"] * 2 + ["Elevene har ro i timen"] * 2
        assert not draft.left_out


def test_a_goal_that_speaks_of_today_or_of_services_does_not_make_its_measures_old() -> None:
    for draft in drafts_of(
        Heading(1, "Tiltak"),
        Heading(2, "Mål 1: Støyen er ikke høyere enn i dag"),
        table_of(["Støykart", "Plan", "2025"], ["Støyskjerm", "Teknisk", "2026"]),
    ):
        assert goals_of(draft) == ["Støyen er ikke høyere enn i dag"] * 2


# Costs and lists in cells --------------------------------------------------------------------------------


def test_a_table_of_money_in_a_chapter_of_its_own_is_that_of_the_measures_with_its_numbers() -> None:
    measures: list[list[str | Wide]] = [["Nr.", *HEAD]]
    measures += [["1", "Støykart", "Plan", "2025"], ["2", "Støyskjerm", "Teknisk", "2026"], ["3", "Kurs", "HR", "2025"]]
    money: list[list[str | Wide]] = [["Tiltak nr.", "2025", "2026", "Sum"], ["1", "120", "", "120"]]
    money += [["2", "50", "900", "950"], ["Sum", "170", "900", "1070"]]
    for draft in drafts_of(
        Heading(1, "Tiltak"), Grid(measures), Heading(1, "Økonomi"), Line("Kostnader i 1000 kr."), Grid(money)
    ):
        costs = [[(line.year, line.amount_nok) for line in each.costs] for each in draft.measures]
        assert costs == [[(2025, 120_000)], [(2025, 50_000), (2026, 900_000)], []]


def test_a_table_of_money_with_other_numbers_is_not_that_of_the_measures() -> None:
    measures: list[list[str | Wide]] = [["Nr.", *HEAD], ["1", "Støykart", "Plan", "2025"]]
    money: list[list[str | Wide]] = [["Nr.", "2025", "2026"], ["1", "120", ""], ["17", "50", "900"], ["21", "9", "8"]]
    for draft in drafts_of(Heading(1, "Tiltak"), Grid(measures), Heading(1, "Kontoplan"), Grid(money)):
        assert [each.costs for each in draft.measures] == [()]


@pytest.mark.parametrize(
    ("cut", "titles"),
    [
        (("• Støykart\n• Stille", "sone ved skolen\n• Akustikk"), ["Støykart", "Stille sone ved skolen", "Akustikk"]),
        (("• Støykart\n• Stille sone", "• Akustikk"), ["Støykart", "Stille sone", "Akustikk"]),
        (("- Støykart\n-\nStillerommene\n- Akustikk", ""), ["Støykart", "Stillerommene", "Akustikk"]),
    ],
)
def test_a_list_in_a_cell_that_a_page_break_or_a_cell_parts_is_one(cut: tuple[str, str], titles: list[str]) -> None:
    texts = [["Tiltak", "Ansvar", "Frist"], [cut[0], "Plan", "2025"], [cut[1], "", ""], ["Kurs", "HR", "2026"]]
    rows = tuple(tuple(Cell(text, row, column) for column, text in enumerate(line)) for row, line in enumerate(texts))
    table = Table(rows, 1, (1, 2, 3, 4), page_of_row=(1, 1, 2, 2))
    (group,) = groups_in(table, Surroundings(("Tiltak",)))
    assert [each.title for each in group.candidates] == [*titles, "Kurs"]
    assert [each.texts[Part.RESPONSIBLE] for each in group.candidates] == ["Plan"] * len(titles) + ["HR"]


@pytest.mark.parametrize(
    ("due", "cost", "lines"),
    [
        ("2025–2027", "kr 50 000 årlig", [(2025, 50_000), (2026, 50_000), (2027, 50_000)]),
        ("2025–2027", "kr 50 000", [(None, 50_000)]),
        ("2025–2027", "kr 50 000 per barn", [(None, 50_000)]),
        ("2026", "kr 50 000 per år", [(None, 50_000)]),
        ("Løpende", "kr 50 000 per år", [(None, 50_000)]),
    ],
)
def test_a_cost_of_every_year_is_one_of_each_where_the_deadline_names_the_years(
    due: str, cost: str, lines: list[tuple[int | None, int]]
) -> None:
    rows: list[list[str | Wide]] = [[*HEAD, "Kostnad"], ["Støykart", "Plan", due, cost]]
    for draft in drafts_of(Heading(1, "Tiltak"), Grid(rows)):
        (measure,) = draft.measures
        assert [(line.year, line.amount_nok) for line in measure.costs] == lines
        is_open = "per" in cost
        assert ("amount_per_year" in measure.warnings) is is_open


def test_amounts_of_one_cell_that_say_what_they_are_are_a_line_each() -> None:
    said = "Inntekt 1 mill. kr, utgift 3 mill. kr"
    rows: list[list[str | Wide]] = [[*HEAD, "Kostnad"], ["Støykart", "Plan", "2026", said]]
    for draft in drafts_of(Heading(1, "Tiltak"), Grid(rows)):
        (measure,) = draft.measures
        lines = {line.kind: line.amount_nok for line in measure.costs}
        assert lines == {CostKind.INCOME: 1_000_000, CostKind.SPENDING: 3_000_000}
        assert "several_amounts" not in measure.warnings


def test_a_sheet_that_is_called_done_holds_no_measures_and_is_told() -> None:
    new = [HEAD, ["Støykart", "Plan", "2025"], ["Støyskjerm", "Teknisk", "2026"]]
    done = [["Tiltak", "Ansvar", "Utført"], ["Asfalt", "Teknisk", "2021"], ["Måling", "Plan", "2022"]]
    draft = read("plan.xlsx", as_workbook({"Tiltak": new, "Gjennomført 2021-2024": done}))
    assert [each.title for each in draft.measures] == ["Støykart", "Støyskjerm"]
    assert [each.texts for each in draft.left_out] == [("Asfalt", "Måling")]
