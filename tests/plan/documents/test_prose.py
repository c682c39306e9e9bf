"""Measures in running text and in lists: who and when stand in the paragraph, after dashes, or once below the list."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.documents import read
from plan.documents.problem import DocumentRefused
from plan.documents.understanding.candidate import Doubt
from plan.draft import Draft
from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Part, Wide, as_pdf, as_word, as_workbook

COVER = (Heading(1, "Plan for trygge gater 2025-2028"), Line("Granli kommune"))


def drafts_of(*parts: Part) -> list[Draft]:
    made = Made([*COVER, *parts])
    return [read("plan.docx", as_word(made)), read("plan.pdf", as_pdf(made))]


def told(draft: Draft) -> list[tuple[str, str | None, str | None]]:
    """The title, owner and deadline of each measure."""
    return [(each.title, each.responsible, each.deadline.text or None) for each in draft.measures]


def test_a_list_under_a_goal_is_read_though_the_chapter_above_speaks_of_measures_too() -> None:
    parts: list[Part] = [Heading(2, "Mål og tiltak")]
    for number, (goal, items, owner) in enumerate(
        (
            ("Flere går til skolen", ["merke gangfelt", "lage gågrupper"], "Teknisk"),
            ("Færre kjører for fort", ["sette opp fartsvisere", "skilte 30-soner"], "Vegkontoret"),
        ),
        start=1,
    ):
        parts += [Heading(3, f"Delmål {number}: {goal}"), Line("Dette sier noe om målet."), Line("Kommunen skal:")]
        parts += [Items(items), Line(f"Ansvarlig: {owner}"), Line("Frist: 2026")]
    for draft in drafts_of(*parts):
        assert told(draft) == [
            ("merke gangfelt", "Teknisk", "2026"),
            ("lage gågrupper", "Teknisk", "2026"),
            ("sette opp fartsvisere", "Vegkontoret", "2026"),
            ("skilte 30-soner", "Vegkontoret", "2026"),
        ]
        assert [goal.title for goal in draft.goals] == ["Flere går til skolen", "Færre kjører for fort"]


def test_paragraphs_that_end_with_who_and_when_are_measures_titled_by_their_beginning() -> None:
    parts = (
        Heading(2, "Delmål 1: Flere går til skolen"),
        Heading(3, "Tiltak"),
        Line("Det settes opp gatelys langs hele vegen. Ansvarlig: Teknisk. Frist: 2026.", lead="Lys på gangveger."),
        Line("Skolen og foreldrene går sammen om det. Ansvarlig: Rektor. Frist: høsten 2025.", lead="Gågrupper."),
    )
    for draft in drafts_of(*parts):
        assert told(draft) == [("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper", "Rektor", "høsten 2025")]
        assert draft.measures[0].description == "Det settes opp gatelys langs hele vegen."
        assert [each.goal_ref for each in draft.measures] == ["1", "1"]


def test_paragraphs_in_plain_type_are_titled_by_their_first_sentence() -> None:
    draft, _ = drafts_of(
        Heading(2, "Tiltak i perioden"),
        Line("Lys på gangveger. Det settes opp gatelys. Ansvar: Teknisk. Frist: 2026."),
        Line("Gågrupper ved alle skoler. Foreldrene går sammen. Ansvarlig er Rektor, og fristen er 1.8.2025."),
    )
    assert told(draft) == [
        ("Lys på gangveger", "Teknisk", "2026"),
        ("Gågrupper ved alle skoler", "Rektor", "1.8.2025"),
    ]
    assert Doubt.READ_FROM_TEXT.value in draft.measures[1].warnings
    assert Doubt.READ_FROM_TEXT.value not in draft.measures[0].warnings


def test_a_bold_beginning_with_labels_below_is_the_title_of_a_measure() -> None:
    parts = (
        Heading(2, "Tiltak"),
        Line("Det settes opp gatelys langs hele vegen.", lead="Lys på gangveger."),
        Line("Ansvar: Teknisk. Frist: 2026."),
        Line("Skolen og foreldrene går sammen om det.", lead="Gågrupper."),
        Line("Ansvar: Rektor. Frist: 2025."),
    )
    for draft in drafts_of(*parts):
        assert told(draft) == [("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper", "Rektor", "2025")]
        assert draft.measures[1].description == "Skolen og foreldrene går sammen om det."


def test_a_paragraph_with_who_and_when_under_the_heading_of_a_measure_tells_of_that_measure() -> None:
    draft, _ = drafts_of(
        Heading(2, "Tiltak"),
        Heading(3, "Lys på gangveger"),
        Line("Det settes opp gatelys langs hele vegen. Ansvar: Teknisk. Frist: 2026."),
        Heading(3, "Gågrupper"),
        Line("Skolen og foreldrene går sammen om det. Ansvar: Rektor. Frist: 2025."),
    )
    assert told(draft) == [("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper", "Rektor", "2025")]


@pytest.mark.parametrize("dash", ["–", "-"])
def test_who_and_when_after_two_dashes_are_no_part_of_the_title(dash: str) -> None:
    items = [
        f"Bussen går to ganger i timen {dash} Fylkeskommunen {dash} 2026",
        f"Rydde snø {dash} Teknisk {dash} årlig",
    ]
    draft, _ = drafts_of(Heading(2, "Transport"), Line("Dette vil vi gjøre:", is_bold=True), Items(items))
    assert told(draft) == [
        ("Bussen går to ganger i timen", "Fylkeskommunen", "2026"),
        ("Rydde snø", "Teknisk", "årlig"),
    ]


def test_a_quarter_at_the_beginning_of_a_line_begins_no_item() -> None:
    items = [
        "Kjøpe inn fartsvisere og sette dem opp ved alle de skolene der det er målt for høy fart (ansvar: Teknisk, "
        "1. kvartal 2026)",
        "Kurs (ansvar: HR, 2027)",
    ]
    for width in range(0, 24):
        padded = [f"{'x' * width} {items[0]}", items[1]]
        draft = read("plan.pdf", as_pdf(Made([*COVER, Heading(2, "Tiltak"), Line("Tiltak:"), Items(padded)])))
        assert [each.deadline.text for each in draft.measures] == ["1. kvartal 2026", "2027"]


@pytest.mark.parametrize("marks", [("1)", "2)", "3)"), ("a)", "b)", "c)"), ("(1)", "(2)", "(3)")])
def test_measures_in_one_line_are_told_apart_and_share_what_stands_below(marks: tuple[str, ...]) -> None:
    texts = ("merke gangfelt", "lage gågrupper", "sette opp skilt")
    line = ", ".join(f"{mark} {text}" for mark, text in zip(marks, texts, strict=True))
    parts: list[Part] = [Heading(2, "Mål og tiltak"), Heading(3, "Skoleveger"), Line("Mange går til skolen.")]
    parts += [Line("Mål: Alle kommer trygt til skolen"), Line(f"Tiltak: {line}."), Line("Ansvar: Teknisk")]
    for draft in drafts_of(*parts):
        assert told(draft) == [(text, "Teknisk", None) for text in texts]
        assert [goal.title for goal in draft.goals] == ["Alle kommer trygt til skolen"]
        assert {each.goal_ref for each in draft.measures} == {draft.goals[0].ref}


def test_an_enumeration_that_names_no_measures_stays_a_line() -> None:
    draft, _ = drafts_of(
        Heading(2, "Tiltak"),
        Line("Målgruppene er: 1) barn, 2) unge og 3) eldre."),
        Items(["Kurs (HR, 2025)", "Nytt gangfelt (Teknisk, 2026)"]),
        Line("Tiltak 1) og 2) henger sammen."),
    )
    assert "barn" not in " ".join(each.title for each in draft.measures)


def test_a_table_without_head_or_numbers_under_a_heading_of_measures_is_read_and_doubted() -> None:
    rows = [["Lys på gangveger", "Teknisk", "2026"], ["Gågrupper på alle skoler", "Rektor", "Hver høst"]]
    for draft in drafts_of(Heading(2, "Tiltak"), Grid(rows)):
        assert told(draft) == [(title, owner, due) for title, owner, due in rows]
        assert all(Doubt.COLUMNS_GUESSED.value in each.warnings for each in draft.measures)
    with pytest.raises(DocumentRefused):
        drafts_of(Heading(2, "Deltakere"), Grid(rows))


def test_a_strategy_in_a_table_is_one_of_the_goal_above_it() -> None:
    rows: list[list[str | Wide]] = [["Tiltak", "Ansvar", "Frist"]]
    for number, goal, strategy in ((1, "Trygge skoleveger", "Bygge ut"), (2, "Rolig trafikk", "Måle farten")):
        rows += [[Wide(f"Mål {number}: {goal}", columns=3)], [Wide(f"Strategi: {strategy}", columns=3)]]
        rows += [[f"Tiltak for {goal.casefold()}", "Teknisk", "2026"]]
    draft, _ = drafts_of(Heading(2, "Handlingsprogram"), Grid(rows))
    parents = {goal.title: goal.parent_ref for goal in draft.goals}
    assert (parents["Bygge ut"], parents["Måle farten"]) == ("1", "2")


def test_a_note_below_the_table_of_a_sheet_is_no_measure_and_is_told() -> None:
    rows: list[list[object]] = [["Tiltak", "Ansvar", "Frist"], ["Lys på gangveger", "Teknisk", "2026"], []]
    rows += [["Forklaring: Fristen er den dagen tiltaket skal være ferdig, om ikke annet er sagt."]]
    draft = read("plan.xlsx", as_workbook({"Tiltak": rows}))
    assert [each.title for each in draft.measures] == ["Lys på gangveger"]
    assert Doubt.ROWS_LEFT_OUT.value in draft.warnings


def test_a_cost_in_short_form_is_in_thousands() -> None:
    rows = [["Nr", "Tiltak", "Ansv.", "Frist", "Kostn. (tkr)"], ["1", "Gangfelt", "Teknisk", "2026", "300"]]
    for draft in drafts_of(Heading(2, "Tiltaksliste"), Grid(rows)):
        assert [line.amount_nok for line in draft.measures[0].costs] == [300_000]


def test_labels_on_lines_of_their_own_are_a_measure_each_time_the_word_for_it_stands_alone() -> None:
    parts: list[Part] = [Heading(2, "Tiltak")]
    for title, owner, due in (("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper", "Rektor", "Løpende")):
        for label, text in (("Tiltak:", title), ("Beskrivelse:", "Noe om det."), ("Ansvar:", owner), ("Frist:", due)):
            parts += [Line(label, is_bold=True), Line(text)]
    for draft in drafts_of(*parts):
        assert told(draft) == [("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper", "Rektor", "Løpende")]
        assert draft.measures[0].description == "Noe om det."


def test_sentences_with_the_owner_in_brackets_are_measures_under_a_heading_of_measures_only() -> None:
    lines = [
        Line("Kommunen skal merke fem turstier innen 2024 (ansvar: Kultur)."),
        Line("Kommunen skal lage en badeplass (ansvar: Teknisk)."),
    ]
    for draft in drafts_of(Heading(2, "Tiltak"), *lines):
        assert told(draft) == [
            ("Kommunen skal merke fem turstier innen 2024", "Kultur", None),
            ("Kommunen skal lage en badeplass", "Teknisk", None),
        ]
    with pytest.raises(DocumentRefused):
        drafts_of(Heading(2, "Bakgrunn"), *lines)


def test_a_small_table_of_labels_below_a_measure_is_no_table_of_costs_for_the_year_in_it() -> None:
    parts: list[Part] = [Heading(2, "Handlingsprogram")]
    for number, owner, due in (("1", "Fylkeskommunen", "2026"), ("2", "Teknisk", "Årlig")):
        parts += [Line(f"Tiltak {number}: Gangfelt nummer {number}", is_bold=True), Line("Noe om gangfeltet.")]
        parts += [Grid([["Ansvar", "Frist", "Kostnad", "Prioritet"], [owner, due, "100 000", number]])]
    for draft in drafts_of(*parts):
        assert [(each.responsible, each.deadline.text, each.priority) for each in draft.measures] == [
            ("Fylkeskommunen", "2026", 1),
            ("Teknisk", "Årlig", 2),
        ]


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_month_and_a_year_in_columns_of_their_own_are_one_deadline(is_turned: bool) -> None:
    rows: list[list[object]] = [["Nr", "Tiltak", "Ansvar", "Frist måned", "Frist år"]]
    rows += [[1, "Gangfelt", "Teknisk", "juni", 2026], [2, "Gågrupper", "Rektor", "august", 2027]]
    rows = [[*row[:3], row[4], row[3]] for row in rows] if is_turned else rows
    draft = read("plan.xlsx", as_workbook({"Tiltak": rows}))
    assert [each.deadline.text for each in draft.measures] == ["juni 2026", "august 2027"]


def test_a_plain_line_with_labels_right_below_is_the_title_of_a_measure_where_more_are_written_so() -> None:
    parts: list[Part] = [Heading(2, "Tiltak og ansvar")]
    for title, owner, due in (("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper etableres", "Rektor", "årlig")):
        parts += [Line(title), Items([f"Ansvar: {owner}", f"Frist: {due}"])]
    for draft in drafts_of(*parts):
        assert told(draft) == [("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper etableres", "Rektor", "årlig")]


def test_a_list_of_measures_in_a_form_is_several_that_share_the_rest() -> None:
    rows = [["Delmål 1", "Trygge veger"], ["Tiltak", "• Gangfelt ved skolen\n• Gågrupper"], ["Ansvar", "Teknisk"]]
    for draft in drafts_of(Heading(2, "Delmål og tiltak"), Grid([*rows, ["Frist", "2026"]])):
        assert told(draft) == [("Gangfelt ved skolen", "Teknisk", "2026"), ("Gågrupper", "Teknisk", "2026")]
        assert all(Doubt.SEVERAL_IN_CELL.value in each.warnings for each in draft.measures)


def test_a_form_on_each_sheet_is_read_wherever_it_begins() -> None:
    sheets: dict[str, Sequence[Sequence[object]]] = {
        f"Tiltak {number}": [
            [],
            [None, "Tiltak nr.", number],
            [None, "Navn på tiltaket", title],
            [None, "Ansvarlig", owner],
            [None, "Frist", "2026"],
        ]
        for number, title, owner in ((1, "Lys på gangveger", "Teknisk"), (2, "Gågrupper", "Rektor"))
    }
    draft = read("plan.xlsx", as_workbook(sheets))
    assert told(draft) == [("Lys på gangveger", "Teknisk", "2026"), ("Gågrupper", "Rektor", "2026")]


def test_numbered_sections_stand_for_goals_where_a_plan_calls_nothing_a_goal_and_that_is_told() -> None:
    parts: list[Part] = [Heading(1, "3 Tiltak")]
    for section, title, owner in (("3.1 Forebygging", "Kurs", "HR"), ("3.2 Oppfølging", "Rutine", "NAV")):
        parts += [
            Heading(2, section),
            Heading(3, f"Tiltak {section[2]}: {title}"),
            Line(f"Ansvar: {owner}. Frist: 2025."),
        ]
    for draft in drafts_of(*parts):
        assert [(goal.ref, goal.title) for goal in draft.goals] == [("3.1", "Forebygging"), ("3.2", "Oppfølging")]
        assert [each.goal_ref for each in draft.measures] == ["3.1", "3.2"]
        assert Doubt.GOALS_FROM_HEADINGS.value in draft.warnings


def test_what_rows_over_the_whole_table_say_of_the_measures_below_is_their_category() -> None:
    rows: list[list[object]] = [
        ["Nr", "Tiltak", "Ansvar", "Frist"],
        ["Transport"],
        ["T1", "Elbiler", "Teknisk", "2026"],
    ]
    rows += [["Bygg"], ["B1", "Solceller", "Eiendom", "2027"]]
    draft = read("plan.xlsx", as_workbook({"Tiltak": rows}, {"Tiltak": ["A2:D2", "A4:D4"]}))
    assert [(each.title, each.category) for each in draft.measures] == [("Elbiler", "Transport"), ("Solceller", "Bygg")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Lys på gangveger", "Gågrupper", "Kurs i fart", "Skilt ved skolen", "Nytt gangfelt"]),
            st.sampled_from(["Teknisk", "Rektor", "NAV", "Kultur og fritid"]),
            st.sampled_from(["2026", "høsten 2025", "1.8.2027", "løpende"]),
        ),
        min_size=2,
        max_size=5,
        unique_by=lambda each: each[0],
    ),
    st.sampled_from(["Ansvarlig: {}. Frist: {}.", "Ansvar: {}, frist: {}", "Ansvar: {}. Tidsfrist: {}."]),
)
def test_however_many_paragraphs_tell_of_a_measure_each_is_one(
    measures: list[tuple[str, str, str]], ending: str
) -> None:
    lines = [
        Line(f"Dette gjøres sammen. {ending.format(owner, due)}", lead=f"{title}.") for title, owner, due in measures
    ]
    draft = read("plan.docx", as_word(Made([*COVER, Heading(2, "Tiltak"), *lines])))
    assert told(draft) == measures
