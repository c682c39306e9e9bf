"""Plans as municipalities publish them: long, with a cover, goals above the tables, and what is said twice."""

from collections.abc import Sequence

import pytest

from plan.documents import read
from plan.documents.understanding.promises import promises
from plan.draft import Draft, ReportingKind
from tests.plan.documents.made import Grid, Heading, Line, Made, Part, as_pdf, as_word, as_workbook

COVER = (Heading(1, "Handlingsplan mot støy 2025-2028"), Line("Granli kommune"))
HEAD = ["Tiltak", "Ansvar", "Tidsfrist"]


def drafts_of(*parts: Part) -> list[Draft]:
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
