"""Where measures get their goal from: rows above a table, columns beside other columns, lines of plain text."""

import pytest

from plan.documents import read
from plan.draft import Draft
from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Part, Wide, as_pdf, as_word, as_workbook

COVER = (Heading(1, "Handlingsplan mot støy 2024-2027"), Line("Granli kommune"))
HEAD = ["Tiltak", "Ansvar", "Frist"]
ROWS = [["Støykart", "Plan", "2025"], ["Støyskjerm", "Teknisk", "2026"]]


def draft_of(*parts: Part) -> Draft:
    return read("plan.docx", as_word(Made([*COVER, *parts])))


def goals_of_measures(draft: Draft) -> list[str | None]:
    titles = {goal.ref: goal.title for goal in draft.goals}
    return [titles[measure.goal_ref] if measure.goal_ref else None for measure in draft.measures]


@pytest.mark.parametrize("in_pdf", [False, True])
def test_a_code_in_a_row_above_the_head_is_the_goal_of_the_measures_that_are_numbered_under_it(in_pdf: bool) -> None:
    head = ["Kode", *HEAD]
    quiet = Grid([[Wide("M1 Stille nabolag", columns=4)], head, ["T1.1", *ROWS[0]], ["T1.2", *ROWS[1]]])
    known = Grid([[Wide("M2 Kjent støy", columns=4)], head, ["T2.1", "Måling", "Plan", "2027"]])
    made = Made([*COVER, Heading(2, "Tiltak"), quiet, Line("Neste mål."), known])
    draft = read("plan.pdf", as_pdf(made)) if in_pdf else read("plan.docx", as_word(made))
    assert goals_of_measures(draft) == ["Stille nabolag", "Stille nabolag", "Kjent støy"]
    assert [goal.ref for goal in draft.goals] == ["M1", "M2"]


def test_a_code_in_a_heading_is_the_goal_of_the_measures_that_are_numbered_under_it() -> None:
    head = ["Nr", *HEAD]
    draft = draft_of(
        Heading(2, "A. Stille nabolag"),
        Grid([head, ["A1", *ROWS[0]], ["A2", *ROWS[1]]]),
        Heading(2, "B. Kjent støy"),
        Grid([head, ["B1", "Måling", "Plan", "2027"]]),
    )
    assert goals_of_measures(draft) == ["Stille nabolag", "Stille nabolag", "Kjent støy"]


def test_what_is_difficult_is_no_goal_and_is_told_of_the_measure() -> None:
    rows = [["Tett trafikk", *ROWS[0]], ["Støy fra havna", *ROWS[1]]]
    draft = draft_of(Grid([["Utfordring", *HEAD], *rows]))
    assert draft.goals == ()
    assert [measure.description for measure in draft.measures] == ["Tett trafikk", "Støy fra havna"]


def test_a_strategy_beside_a_goal_is_what_kind_of_measure_it_is() -> None:
    rows = [["Stille nabolag", "Kartlegge", *ROWS[0]], ["Stille nabolag", "Bygge", *ROWS[1]]]
    draft = draft_of(Grid([["Delmål", "Strategi", *HEAD], *rows]))
    assert goals_of_measures(draft) == ["Stille nabolag", "Stille nabolag"]
    assert [measure.category for measure in draft.measures] == ["Kartlegge", "Bygge"]


def test_a_goal_beside_its_name_in_a_sheet_is_that_of_the_rows_below() -> None:
    above = [["Støy"], ["Mål:", "Nabolaget er stille om natta."], [], HEAD, *ROWS]
    inside = [HEAD, ["Mål 2", "All støy er målt."], ["Måling", "Plan", "2027"]]
    draft = read("plan.xlsx", as_workbook({"Støy": above, "Måling": inside}))
    assert goals_of_measures(draft) == ["Nabolaget er stille om natta."] * 2 + ["All støy er målt."]


@pytest.mark.parametrize("name", ["Hovedmål", "Overordnet mål"])
def test_the_main_goal_may_be_a_line_of_plain_text(name: str) -> None:
    draft = draft_of(Line(f"{name}: Ingen skal bli syke av støy."), Line("Kommunen måler støy."), Grid([HEAD, *ROWS]))
    assert [goal.title for goal in draft.goals] == ["Ingen skal bli syke av støy."]


@pytest.mark.parametrize("lead", ["Slik vil vi ha det:", "Vi har lykkes når:", "Kjennetegn på måloppnåelse"])
def test_a_list_of_what_it_will_be_like_is_the_targets_of_the_goal_above(lead: str) -> None:
    draft = draft_of(
        Heading(2, "Mål 1: Nabolaget er stille"),
        Line(lead),
        Items(["Ingen klager om natta", "Målt støy er halvert"]),
        Line("Dette skal vi gjøre:"),
        Items(["Støykart (Ansvar: Plan. Frist: 2025)", "Støyskjerm (Ansvar: Teknisk. Frist: 2026)"]),
    )
    assert [goal.result_targets for goal in draft.goals] == [("Ingen klager om natta", "Målt støy er halvert")]
    assert [measure.title for measure in draft.measures] == ["Støykart", "Støyskjerm"]
