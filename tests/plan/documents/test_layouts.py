"""Ways in which plans write their measures, each by the smallest document that is written so."""

import pytest

from plan.documents import read
from plan.documents.problem import DocumentRefused
from plan.documents.understanding.candidate import Doubt
from plan.draft import Draft
from plan.units import SOFT_BREAK, UnitNames
from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Part, Wide, as_pdf, as_word

COVER = (Heading(1, "Handlingsplan mot støy 2025-2028"), Line("Granli kommune"))


def draft_of(*parts: Part) -> Draft:
    return read("plan.docx", as_word(Made([*COVER, *parts])))


def told(draft: Draft) -> list[tuple[str, str | None, str | None]]:
    """The title, owner and deadline of each measure."""
    return [(each.title, each.responsible, each.deadline.text or None) for each in draft.measures]


# Tables -------------------------------------------------------------------------------------------------


def test_a_head_with_names_of_its_own_among_the_known_ones_is_a_head() -> None:
    draft = draft_of(
        Grid(
            [
                ["Nr.", "Vei", "Sted", "Årsmerknad X", "Vurdering", "Forslag til tiltak", "Kostnad", "Ansvar", "År"],
                ["1", "Fv. 3", "Lia skole", "a", "b", "Støyskjerm", "350 000", "Fylkeskommunen", "2025"],
                ["2", "Kv. 14", "Myra", "c", "d", "Stille asfalt", "60 000", "Teknisk", "2026"],
            ]
        )
    )
    assert told(draft) == [("Støyskjerm", "Fylkeskommunen", "2025"), ("Stille asfalt", "Teknisk", "2026")]
    assert draft.measures[0].category == "Fv. 3\nLia skole"


def test_a_box_with_its_labels_inside_the_cells_is_a_measure() -> None:
    boxes = [
        Grid(
            [
                [Wide(f"Tiltak {number}: {title}", columns=3)],
                [f"Ansvar: {owner}", f"Frist: {due}", "Kostnad: kr 80 000"],
                [Wide("Indikator: Færre klager", columns=3)],
            ]
        )
        for number, title, owner, due in ((1, "Støykart", "Plan", "1.6.2025"), (2, "Støyskjerm", "Teknisk", "2027"))
    ]
    draft = draft_of(Heading(2, "Tiltak"), boxes[0], Line("Om skjermene."), boxes[1])
    assert told(draft) == [("Støykart", "Plan", "1.6.2025"), ("Støyskjerm", "Teknisk", "2027")]
    assert [each.ref for each in draft.measures] == ["1", "2"]


def test_a_row_over_the_whole_table_stays_one_row_on_the_next_page_of_a_pdf() -> None:
    rows: list[list[str | Wide]] = [["Nr", "Tiltak", "Ansvar", "Frist"]]
    rows += [[str(number), f"Måle støyen ved bru nummer {number}", "Teknisk", "2026"] for number in range(1, 60)]
    rows += [[Wide("Holdningsskapende tiltak", columns=4)], ["60", "Kurs for ansatte", "HR", "2027"]]
    draft = read("plan.pdf", as_pdf(Made([*COVER, Grid(rows, repeats_head=True)])))
    assert "Holdningsskapende tiltak" not in [each.title for each in draft.measures]
    assert len(draft.measures) == 60


def test_a_box_with_its_labels_in_one_row_and_their_values_below_is_a_measure() -> None:
    boxes = [
        Grid(
            [
                [f"Tiltak {number}", Wide(title, columns=3)],
                ["Ansvarlig", "Samarbeid", "Tidsplan", "Kostnad"],
                [owner, "–", due, "kr 30 000"],
                [Wide("Beskrivelse: Sammen med brukerne.", columns=4)],
            ]
        )
        for number, title, owner, due in ((1, "Støykart", "Plan", "Årlig"), (2, "Støyskjerm", "Teknisk/HR", "2027"))
    ]
    draft = draft_of(Heading(2, "Tiltak"), boxes[0], Line("Om skjermene."), boxes[1])
    assert told(draft) == [("Støykart", "Plan", "Årlig"), ("Støyskjerm", "Teknisk/HR", "2027")]
    assert draft.measures[0].description == "Sammen med brukerne."


def test_rows_of_a_label_and_a_value_are_a_form_though_a_value_may_head_columns() -> None:
    def form(title: str, owner: str, deadline: str) -> Grid:
        return Grid([["Tiltak", title], ["Mål", "Mindre støy"], ["Ansvarlig", owner], ["Tidspunkt", deadline]])

    draft = draft_of(
        Heading(2, "Tiltak"), form("Ressurser til måling", "Plan", "2025"), form("Skjerm", "Drift", "2026")
    )
    assert told(draft) == [("Ressurser til måling", "Plan", "2025"), ("Skjerm", "Drift", "2026")]


def test_a_bare_year_beside_its_label_is_the_deadline() -> None:
    boxes = [
        Grid([[f"Tiltak {number}", title], ["Ansvarlig", "Plan"], ["Tidsfrist", due], ["Kostnad", "Kr 350 000 per år"]])
        for number, title, due in ((1, "Støykart", "2027"), (2, "Stille rom", "2026"))
    ]
    draft = draft_of(Heading(2, "Tiltak"), boxes[0], Line("Mer om dette."), boxes[1])
    assert told(draft) == [("Støykart", "Plan", "2027"), ("Stille rom", "Plan", "2026")]


def test_units_that_name_columns_are_responsible_where_they_are_marked_and_a_doubt() -> None:
    draft = draft_of(
        Line("H = hovedansvar, X = deltar."),
        Grid(
            [
                ["Nr", "Tiltak", "Barnehage", "Skole", "Barnevern", "NAV", "Frist"],
                ["1", "Støykart", "X", "H", "", "X", "2025"],
                ["2", "Stille rom", "X", "", "X", "", "innen 1.8.2026"],
            ]
        ),
    )
    assert told(draft) == [("Støykart", "Skole", "2025"), ("Stille rom", "Barnehage, Barnevern", "innen 1.8.2026")]
    assert draft.measures[0].also_affected == "Barnehage, NAV"
    assert all(Doubt.OWNER_FROM_COLUMNS in each.warnings for each in draft.measures)


def test_marked_columns_of_groups_of_people_are_no_owners() -> None:
    draft = draft_of(
        Grid(
            [
                ["Tiltak", "Barn", "Unge", "Voksne", "Eldre", "Ansvar", "Frist"],
                ["Støykart", "X", "", "", "X", "Plan", "2025"],
                ["Stille rom", "", "X", "X", "", "Kultur", "2026"],
            ]
        )
    )
    assert told(draft) == [("Støykart", "Plan", "2025"), ("Stille rom", "Kultur", "2026")]


def test_a_row_that_names_an_owner_names_it_for_the_measures_below_and_is_a_doubt() -> None:
    draft = draft_of(
        Heading(2, "Tiltak fordelt på ansvarlig virksomhet"),
        Grid(
            [
                ["Tiltak", "Frist", "Indikator"],
                [Wide("Ansvarlig: Teknisk drift", columns=3)],
                ["Støykart", "2026", "Laget"],
                ["Støyskjerm", "2027", "Bygget"],
                [Wide("Ansvarlig: Oppvekst", columns=3)],
                ["Stille rom", "innen 2029", "Tatt i bruk"],
            ]
        ),
    )
    assert [each.responsible for each in draft.measures] == ["Teknisk drift", "Teknisk drift", "Oppvekst"]
    assert all(Doubt.OWNER_FROM_BANNER in each.warnings for each in draft.measures)


def test_a_heading_of_one_year_is_the_deadline_of_a_table_without_any() -> None:
    head = ["Pri", "Anlegg", "Søker/eier", "Kostnad"]
    draft = draft_of(
        Heading(2, "Tiltak 2025"),
        Grid([head, ["1", "Lysløype", "Granli IL", "1 200 000"]]),
        Heading(2, "Tiltak 2026"),
        Grid([head, ["1", "Gapahuk", "Turlaget", "90 000"]]),
    )
    assert told(draft) == [("Lysløype", "Granli IL", "2025"), ("Gapahuk", "Turlaget", "2026")]
    assert Doubt.DEADLINE_FROM_BANNER in draft.measures[0].warnings


def test_a_column_of_labelled_lines_is_a_column_for_each_label() -> None:
    draft = draft_of(
        Grid(
            [
                ["Kva skal vi gjere?", "Oppfølging"],
                ["Støykart i grendene\nKartet blir laga på nytt.", "Ansvar: Kultur\nFrist: Frå 2026"],
                ["Stille rom på skulen\nRommet blir pussa opp.", "Ansvar: Rektor\nFrist: Innan 1.1.2026"],
            ]
        )
    )
    assert told(draft) == [
        ("Støykart i grendene", "Kultur", "Frå 2026"),
        ("Stille rom på skulen", "Rektor", "Innan 1.1.2026"),
    ]
    assert draft.measures[0].description == "Kartet blir laga på nytt."


def test_a_table_of_measures_is_read_and_a_doubt_where_only_its_heading_says_otherwise() -> None:
    measures = Grid([["Tiltak", "Ansvar", "Frist"], ["Støykart", "Plan", "2026"], ["Stille rom", "Kultur", "2027"]])
    alone = draft_of(Heading(2, "Organisering"), measures)
    assert told(alone) == [("Støykart", "Plan", "2026"), ("Stille rom", "Kultur", "2027")]
    assert Doubt.HEADING_IGNORED in alone.warnings
    with pytest.raises(DocumentRefused):
        draft_of(Heading(2, "Gjennomførte tiltak"), measures)


@pytest.mark.parametrize(
    "heading", ["Gjennomførte tiltak", "Tiltak gjennomført i 2021–2024", "Tiltak som er utført", "Gjennomførde tiltak"]
)
def test_measures_that_a_heading_calls_done_are_told_of_and_not_read(heading: str) -> None:
    new = Grid([["Tiltak", "Ansvar", "Frist"], ["Støykart", "Plan", "2026"], ["Stille rom", "Kultur", "2027"]])
    done = Grid([["Tiltak", "Ansvar", "Gjennomført"], ["Støyskjerm", "Plan", "2022"], ["Tellinger", "Plan", "2023"]])
    draft = draft_of(Heading(2, "Tiltak"), new, Heading(2, heading), done)
    assert [measure.title for measure in draft.measures] == ["Støykart", "Stille rom"]
    assert [each.code for each in draft.left_out] == [Doubt.TABLE_LEFT_OUT]


def test_measures_that_shall_be_done_by_a_day_are_read() -> None:
    planned = Grid([["Tiltak", "Ansvar", "Frist"], ["Støykart", "Plan", "2026"], ["Stille rom", "Kultur", "2027"]])
    assert len(draft_of(Heading(2, "Tiltak gjennomført innen 2027"), planned).measures) == 2


def test_names_of_roads_and_planned_years_head_a_table_of_measures() -> None:
    draft = draft_of(
        Grid(
            [
                ["ID", "Strekning og tiltak", "Veieier", "Planlagt gjennomført", "Kostnads-anslag"],
                ["T1", "Lia – Moen, støyskjerm", "Fylket", "2027-2028", "14,5 mill."],
                ["T2", "Bussholdeplass", "Kommunen", "2026", "600'"],
            ]
        )
    )
    assert told(draft) == [("Lia – Moen, støyskjerm", "Fylket", "2027-2028"), ("Bussholdeplass", "Kommunen", "2026")]


# Labelled lines -----------------------------------------------------------------------------------------


def test_labels_in_one_line_end_where_the_next_begins_whatever_stands_between() -> None:
    draft = draft_of(
        Heading(2, "Tiltak 1 Støykart"),
        Line("Kartet lages på nytt."),
        Line("Ansvar: Kommuneoverlegen, fastlegene Frist: Innen 1. mars 2026 Kostnad: Ingen"),
        Heading(2, "Tiltak 2 Støyskjerm"),
        Line("Ansvar: Teknisk   Frist: 2027   Kostnad: 0,6 mill. kr"),
    )
    assert told(draft) == [
        ("Støykart", "Kommuneoverlegen, fastlegene", "Innen 1. mars 2026"),
        ("Støyskjerm", "Teknisk", "2027"),
    ]


def test_a_line_that_explains_short_forms_makes_no_measure_of_its_heading() -> None:
    draft = draft_of(
        Heading(2, "4 Handlingsplan"),
        Line("Ansvarlige: TEK = Teknisk drift, OPV = Oppvekst, HR = Personal."),
        Grid([["Nr", "Tiltak", "Ansvarlig", "Frist"], ["1", "Støykart", "TEK", "2026"]]),
    )
    assert told(draft) == [("Støykart", "TEK", "2026")]


def test_a_title_that_begins_with_the_word_of_a_label_is_a_title() -> None:
    draft = draft_of(
        Heading(2, "Del 3 Tiltak"),
        Line("3.1 Ansvarlig vertskap-kurs", is_bold=True),
        Line("Ansvar: Bevilling"),
        Line("Tidsramme: Hvert år i april"),
        Line("3.2 Kontroll", is_bold=True),
        Line("Ansvar: Kommuneoverlegen"),
        Line("Tidsramme: Løpende"),
    )
    assert told(draft) == [
        ("Ansvarlig vertskap-kurs", "Bevilling", "Hvert år i april"),
        ("Kontroll", "Kommuneoverlegen", "Løpende"),
    ]


def test_labels_that_lost_their_sign_are_read_where_a_block_has_several() -> None:
    parts: list[Part] = [Heading(2, "Tiltak")]
    for title, owner, due in (("3.1 Støykart", "Plan og miljø", "1.8.2026"), ("3.2 Stille rom", "Kultur", "Løpende")):
        parts += [Line(title, is_bold=True), Line(f"Ansvar {owner}"), Line(f"Tidsramme {due}"), Line("Økonomi Ingen")]
    draft = draft_of(*parts)
    assert told(draft) == [("Støykart", "Plan og miljø", "1.8.2026"), ("Stille rom", "Kultur", "Løpende")]


def test_a_measure_may_be_the_answer_to_what_is_done() -> None:
    parts: list[Part] = [Heading(2, "Dette skal vi gjøre")]
    for what, who, when in (("Åpne ungdomskafé", "Kultur", "August 2025"), ("Nattbuss i helgene", "Teknisk", "2026")):
        parts += [Line(f"Hva: {what}"), Line("Hvorfor: Trygghet"), Line(f"Hvem: {who}"), Line(f"Når: {when}")]
    assert told(draft_of(*parts)) == [
        ("Åpne ungdomskafé", "Kultur", "August 2025"),
        ("Nattbuss i helgene", "Teknisk", "2026"),
    ]


def test_what_is_done_is_the_description_where_a_heading_has_named_the_measure() -> None:
    parts: list[Part] = []
    for number, title in ((1, "Støykart"), (2, "Stille rom")):
        parts += [
            Heading(2, f"Tiltak {number} {title}"),
            Line("Hva: Noe gjøres"),
            Line("Hvem: Kultur"),
            Line("Når: 2026"),
        ]
    assert told(draft_of(*parts)) == [("Støykart", "Kultur", "2026"), ("Stille rom", "Kultur", "2026")]


# Lists --------------------------------------------------------------------------------------------------


def test_the_owner_below_a_list_of_measures_is_the_owner_of_all_and_a_doubt() -> None:
    draft = draft_of(
        Heading(2, "2.1 Veier"),
        Line("Tiltak", is_bold=True),
        Items(["Støyskjerm", "Stille asfalt"]),
        Line("Ansvarlig: Teknisk"),
        Line("Frist: innen sommeren 2026"),
        Heading(2, "2.2 Skoler"),
        Line("Tiltak", is_bold=True),
        Items(["Kurs for lærere", "Demping i klasserom", "Støyfrie friminutt"]),
        Line("Ansvarlig: Oppvekst"),
        Line("Frist: årlig"),
    )
    assert told(draft) == [
        ("Støyskjerm", "Teknisk", "innen sommeren 2026"),
        ("Stille asfalt", "Teknisk", "innen sommeren 2026"),
        ("Kurs for lærere", "Oppvekst", "årlig"),
        ("Demping i klasserom", "Oppvekst", "årlig"),
        ("Støyfrie friminutt", "Oppvekst", "årlig"),
    ]
    assert all(Doubt.SHARED_BELOW in each.warnings for each in draft.measures)


def test_the_points_of_a_measure_are_no_measures_though_the_owner_stands_below_them() -> None:
    draft = draft_of(
        Heading(2, "Tiltak 1: Kurs"),
        Line("Dette skal vi gjøre:"),
        Items(["Lage opplegg", "Leie inn foredragsholder"]),
        Line("Ansvarlig: HR"),
        Heading(2, "Tiltak 2: Støyskjerm"),
        Items(["Prosjektere", "Bygge"]),
        Line("Ansvarlig: Teknisk"),
    )
    assert [(each.title, each.responsible) for each in draft.measures] == [("Kurs", "HR"), ("Støyskjerm", "Teknisk")]


def test_when_may_follow_who_inside_the_brackets_of_an_item() -> None:
    draft = draft_of(
        Heading(2, "Mål 1: Stille skoler"),
        Line("Slik vil vi arbeide:"),
        Items(["Vi ser hvert barn", "Vi samarbeider"]),
        Line("Tiltak:", is_bold=True),
        Items(
            [
                "Demping i klasserom (Ansvar: rektorene, skolehelsetjenesten, høsten 2025)",
                "Støymåling (Ansvar: SLT-koordinator, hvert tredje år, neste gang 2027)",
            ]
        ),
    )
    assert told(draft) == [
        ("Demping i klasserom", "rektorene, skolehelsetjenesten", "høsten 2025"),
        ("Støymåling", "SLT-koordinator", "hvert tredje år, neste gang 2027"),
    ]
    assert Doubt.LIST_LEFT_OUT in draft.warnings


def test_a_bracket_or_a_dash_without_a_label_may_say_who_and_when_and_is_a_doubt() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Items(
            [
                "Støykart for sentrum (Teknisk etat, 2026)",
                "Kurs for ansatte – HR-avdelingen, årlig",
                "Stille asfalt (type 2)",
            ]
        ),
    )
    assert told(draft) == [
        ("Støykart for sentrum", "Teknisk etat", "2026"),
        ("Kurs for ansatte", "HR-avdelingen", "årlig"),
        ("Stille asfalt (type 2)", None, None),
    ]
    assert Doubt.READ_FROM_TEXT in draft.measures[0].warnings


def test_a_typed_dash_with_who_and_when_on_the_line_below_is_a_measure() -> None:
    draft = draft_of(
        Heading(2, "Musikk"),
        Line("Tiltak 2025–2028:"),
        Line("- Nytt lydutstyr\nAnsvar: Kultur. Når: 2026"),
        Line("- Stille rom\nAnsvar: Biblioteket. Når: hvert år"),
    )
    assert told(draft) == [("Nytt lydutstyr", "Kultur", "2026"), ("Stille rom", "Biblioteket", "hvert år")]


def test_a_heading_that_names_an_owner_names_it_for_the_list_below() -> None:
    draft = draft_of(
        Heading(2, "2 Tiltak"),
        Heading(3, "Ansvar: NAV"),
        Items(["Jobbsjansen (2026)", "Kurs i arbeidsliv (hvert halvår)"]),
        Heading(3, "Ansvar: Kultur og fritid"),
        Items(["Åpen hall (fra høsten 2025)"]),
    )
    assert told(draft) == [
        ("Jobbsjansen", "NAV", "2026"),
        ("Kurs i arbeidsliv", "NAV", "hvert halvår"),
        ("Åpen hall", "Kultur og fritid", "fra høsten 2025"),
    ]
    assert Doubt.OWNER_FROM_BANNER in draft.measures[0].warnings


def test_a_list_that_a_line_introduces_under_a_heading_of_measures_is_the_measures() -> None:
    draft = draft_of(
        Heading(2, "Tiltak i planperioden"),
        Line("I perioden skal kommunen:"),
        Line("a) gi alle saksbehandlere kurs"),
        Line("b) gjennomgå brevene"),
    )
    assert [(each.ref, each.title) for each in draft.measures] == [
        ("a", "gi alle saksbehandlere kurs"),
        ("b", "gjennomgå brevene"),
    ]
    assert all(Doubt.ONLY_TITLE in each.warnings for each in draft.measures)


# Goals and units ----------------------------------------------------------------------------------------


def test_a_goal_may_stand_behind_the_number_of_its_section() -> None:
    head = ["Tiltak", "Ansvar", "Frist"]
    draft = draft_of(
        Heading(2, "2.1 Mål 1: Stille skoler"),
        Grid([head, ["Demping", "Oppvekst", "2026"]]),
        Heading(2, "2.2 Mål 2: Stille veier"),
        Grid([head, ["Støyskjerm", "Teknisk", "2027"]]),
    )
    assert [(goal.ref, goal.title) for goal in draft.goals] == [("1", "Stille skoler"), ("2", "Stille veier")]
    assert [each.goal_ref for each in draft.measures] == ["1", "2"]


def test_a_goal_without_a_number_never_takes_that_of_a_later_one() -> None:
    head = ["Tiltak", "Ansvar", "Frist"]
    draft = draft_of(
        Heading(2, "Innsatsområde 1: Skoler"),
        Line("Mål: Flere skal oppleve ro på skolen."),
        Grid([head, ["Demping", "Oppvekst", "2026"]]),
        Heading(2, "Innsatsområde 2: Veier"),
        Line("Mål: Flere skal oppleve ro ved veiene."),
        Grid([head, ["Støyskjerm", "Teknisk m/ fylkeskommunen", "2027"]]),
    )
    assert [(goal.ref, goal.parent_ref, goal.title) for goal in draft.goals] == [
        ("1", None, "Skoler"),
        ("3", "1", "Flere skal oppleve ro på skolen."),
        ("2", None, "Veier"),
        ("4", "2", "Flere skal oppleve ro ved veiene."),
    ]
    assert [each.goal_ref for each in draft.measures] == ["3", "4"]
    assert draft.measures[1].units == ("Teknisk", "fylkeskommunen")


def test_the_ending_of_a_companys_name_on_a_line_of_its_own_in_a_pdf_is_no_unit() -> None:
    cell = f"Solberg Renovasjon{SOFT_BREAK}IKS"
    assert UnitNames.learnt_from([cell]).named_in(cell).names == ("Solberg Renovasjon IKS",)


def test_an_amount_in_one_year_is_a_line_of_that_year() -> None:
    draft = draft_of(
        Heading(2, "Tiltak 1 Støykart"),
        Line("Ansvar: Plan"),
        Line("Kostnad: 100 000 kroner i 2026"),
        Heading(2, "Tiltak 2 Stille rom"),
        Line("Ansvar: Kultur"),
        Line("Kostnad: 400 000 kroner per år fra 2027"),
    )
    assert [(line.year, line.amount_nok) for line in draft.measures[0].costs] == [(2026, 100_000)]
    assert [line.year for line in draft.measures[1].costs] == [None]
