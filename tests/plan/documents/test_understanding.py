"""What is understood of blocks, whatever document they come from."""

from datetime import date

import pytest

from plan.cost import AmountWarning
from plan.documents import pdf_file, read, word_file, workbook_file
from plan.documents.problem import Code
from plan.documents.understanding import understand
from plan.documents.understanding.candidate import Doubt
from plan.documents.understanding.cover import municipality_of, period_in, title_of
from plan.documents.understanding.promises import promises
from plan.draft import Draft, Funding, ReportingDate, ReportingKind, YearlyRule
from templates import cli
from tests.plan.documents.made import Grid, Heading, Items, Line, Made, Part, Wide, as_pdf, as_word, as_workbook
from tests.plan.documents.own_plans import FORMS, NYNORSK, PROSE_WITH_LABELS, SCHOOL, WIDE

COVER = (Heading(1, "Handlingsplan mot støy 2024-2027"), Line("Granli kommune"))
HEAD = ["Tiltak", "Ansvar", "Frist"]


def draft_of(*parts: Part) -> Draft:
    return read("plan.docx", as_word(Made([*COVER, *parts])))


def titles(draft: Draft) -> list[str]:
    return [measure.title for measure in draft.measures]


# What is a measure --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    ["Dagens tjenester", "Evaluering av forrige plan", "Fremdriftsplan for arbeidet", "Medvirkning", "Gamle tiltak"],
)
def test_a_table_under_such_a_heading_holds_no_measures_and_is_told(heading: str) -> None:
    draft = draft_of(
        Heading(2, heading),
        Grid([HEAD, ["Kurs", "HR", "2019"], ["Rutine", "HR", "2020"]]),
        Heading(2, "Tiltak"),
        Grid([HEAD, ["Nye vinduer", "Eiendom", "2025"]]),
    )
    assert titles(draft) == ["Nye vinduer"]
    assert Doubt.TABLE_LEFT_OUT in draft.warnings
    (left,) = draft.left_out
    assert (left.code, left.texts) == (Doubt.TABLE_LEFT_OUT, ("Kurs", "Rutine"))
    assert (left.source.heading, left.source.table, left.source.row) == (heading, 1, 2)


def test_new_measures_in_the_same_table_as_existing_ones_are_told_apart() -> None:
    draft = draft_of(
        Grid(
            [
                [Wide("EKSISTERENDE TILTAK", columns=3)],
                HEAD,
                ["Støyskjerm", "Teknisk", "Årlig"],
                [Wide("NYE TILTAK", columns=3)],
                HEAD,
                ["Stille asfalt", "Teknisk", "2026"],
            ]
        )
    )
    assert titles(draft) == ["Stille asfalt"]


def test_sums_and_names_of_groups_in_a_table_are_no_measures() -> None:
    draft = draft_of(
        Grid(
            [
                ["Tiltak", "Ansvar", "Frist", "Kostnad"],
                ["Oppvekst", "", "", ""],
                ["Nye vinduer", "Eiendom", "2025", "50 000"],
                ["Sum", "", "", "50 000"],
            ]
        )
    )
    assert titles(draft) == ["Nye vinduer"]
    assert Doubt.ROWS_LEFT_OUT in draft.warnings


def test_a_row_that_a_merged_title_goes_over_is_one_measure() -> None:
    draft = draft_of(
        Grid(
            [HEAD, [Wide("Nye vinduer", rows=2), "Eiendom", "2025"], ["Oppvekst", "2026"], ["Dører", "Eiendom", "2025"]]
        )
    )
    assert titles(draft) == ["Nye vinduer", "Dører"]
    assert draft.measures[0].units == ("Eiendom", "Oppvekst")


def test_a_list_is_left_out_where_a_table_has_the_measures() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Items(["Noe vi har snakket om", "Noe annet"]),
        Heading(2, "Handlingsplan"),
        Grid([HEAD, ["Nye vinduer", "Eiendom", "2025"]]),
    )
    assert titles(draft) == ["Nye vinduer"]
    assert Doubt.LIST_LEFT_OUT in draft.warnings
    assert [each.texts for each in draft.left_out] == [("Noe vi har snakket om", "Noe annet")]


def test_a_list_of_the_measures_of_a_table_leaves_nothing_out() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Line("Planen har disse tiltakene:"),
        Items(["Nye vinduer", "Tett dør"]),
        Heading(2, "Handlingsplan"),
        Grid([HEAD, ["Nye vinduer", "Eiendom", "2025"], ["Tett dør", "Eiendom", "2026"]]),
    )
    assert (titles(draft), draft.left_out) == (["Nye vinduer", "Tett dør"], ())
    assert Doubt.LIST_LEFT_OUT not in draft.warnings


def test_a_table_that_names_other_measures_and_nothing_more_of_them_is_told() -> None:
    known = Grid([HEAD, ["Nye vinduer", "Eiendom", "2025"]])
    unsure = Grid([["Tiltak", "Forventet effekt"], ["Nye vinduer", "Mindre støy"], ["Tett dør", "Ro"]])
    draft = draft_of(Heading(2, "Handlingsplan"), known, Heading(2, "Mer om saken"), unsure)
    assert titles(draft) == ["Nye vinduer"]
    assert [(each.code, each.texts, each.source.heading) for each in draft.left_out] == [
        (Doubt.TABLE_UNSURE, ("Tett dør",), "Mer om saken")
    ]
    assert Doubt.TABLE_UNSURE in draft.warnings


def test_a_table_that_only_names_measures_is_read_where_a_plan_has_nothing_else() -> None:
    unsure = Grid([["Tiltak", "Forventet effekt"], ["Nye vinduer", "Mindre støy"], ["Tett dør", "Ro"]])
    draft = draft_of(Heading(2, "Mer om saken"), unsure)
    assert titles(draft) == ["Nye vinduer", "Tett dør"]
    assert Doubt.HEADING_IGNORED in draft.warnings


def test_a_summary_fills_what_the_measures_themselves_do_not_say() -> None:
    draft = read("plan.docx", as_word(PROSE_WITH_LABELS.made))
    assert [(measure.ref, measure.priority) for measure in draft.measures] == [("1", 2), ("2", 3), ("4", 1)]


def test_numbers_that_start_again_for_each_goal_get_the_goal_in_front() -> None:
    draft = draft_of(
        Heading(2, "Mål 1: Trygghet"),
        Grid([["Nr", *HEAD], ["1", "Lys", "Teknisk", "2025"], ["2", "Gjerde", "Teknisk", "2025"]]),
        Heading(2, "Mål 2: Trivsel"),
        Grid([["Nr", *HEAD], ["1", "Benker", "Teknisk", "2025"], ["2", "Blomster", "Teknisk", "2025"]]),
    )
    assert [measure.ref for measure in draft.measures] == ["1.1", "1.2", "2.1", "2.2"]
    assert all(measure.ref_is_ours and Doubt.REF_NOT_UNIQUE in measure.warnings for measure in draft.measures)


def test_our_own_numbers_are_the_same_at_the_next_reading() -> None:
    content = as_word(SCHOOL.made)
    refs = [measure.ref for measure in read("plan.docx", content).measures]
    assert refs == [measure.ref for measure in read("plan.docx", content).measures]
    assert len(set(refs)) == len(refs)


def test_marked_years_are_the_deadline_where_there_is_no_other() -> None:
    draft = draft_of(
        Grid([["Tiltak", "Ansvar", "2024", "2025"], ["Lys", "Teknisk", "x", "x"], ["Benk", "Teknisk", "", "X"]])
    )
    assert [measure.deadline.text for measure in draft.measures] == ["2024, 2025", "2025"]
    assert all(Doubt.DEADLINE_FROM_COLUMNS in measure.warnings for measure in draft.measures)


def test_columns_without_names_are_a_doubt() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Grid([["1", "Fartshumper ved skolen", "Teknisk", "2025"], ["2", "Gatelys i sentrum", "Teknisk", "2026"]]),
    )
    assert all(Doubt.COLUMNS_GUESSED in measure.warnings for measure in draft.measures)


def test_an_owner_that_is_nobody_or_missing_is_a_doubt() -> None:
    draft = draft_of(
        Grid(
            [
                HEAD,
                ["Lys", "Alle enheter", "2025"],
                ["Benk i parken", "", "2025"],
                ["Gjerde", "NAV\nTverrfaglig ansvar", "2025"],
            ]
        )
    )
    assert [measure.warnings for measure in draft.measures] == [
        (Doubt.RESPONSIBLE_UNCLEAR,),
        (Doubt.RESPONSIBLE_MISSING,),
        (Doubt.RESPONSIBLE_PARTLY_UNCLEAR,),
    ]


# What belongs with a measure ----------------------------------------------------------------------------


def test_who_takes_part_is_kept_beside_who_is_responsible() -> None:
    measure = read("plan.docx", as_word(FORMS.made)).measures[0]
    assert (measure.responsible, measure.also_affected) == ("NAV", "Voksenopplæringen, næringslivet")
    assert measure.description == "Deltakere får praksis i kommunale enheter"


def test_the_units_of_a_draft_say_who_is_outside_the_municipality() -> None:
    draft = read("plan.docx", as_word(WIDE.made))
    assert {unit.name for unit in draft.units if unit.external} == {"Statens vegvesen"}


def test_how_a_measure_is_paid_for_is_read_from_words_and_headings() -> None:
    draft = draft_of(
        Heading(2, "Tiltak uten økte kostnader"),
        Grid([HEAD, ["Lys", "Teknisk", "2025"]]),
        Heading(2, "Andre tiltak"),
        Grid(
            [["Tiltak", "Ansvar", "Kostnad"], ["Benk", "Teknisk", "Innenfor rammen"], ["Park", "Teknisk", "kr 250 000"]]
        ),
    )
    assert [measure.funding for measure in draft.measures] == [Funding.NONE, Funding.FRAMEWORK, Funding.AMOUNT]


def test_a_measure_knows_where_it_stands() -> None:
    source = read("plan.pdf", as_pdf(NYNORSK.made)).measures[-1].source
    assert (source.page, source.row, source.heading) == (1, 3, "Mål 2: Færre er einsame")
    sheet = read("p.xlsx", as_workbook({"Ark": [["Plan 2024"], [], ["Nr", *HEAD], ["1", "Lys", "Teknisk", "2025"]]}))
    assert (sheet.measures[0].source.sheet, sheet.measures[0].source.row) == ("Ark", 4)


def test_goals_carry_their_result_targets_and_nest() -> None:
    draft = draft_of(
        Heading(2, "Hovedmål: Et stille sentrum"),
        Heading(2, "Delmål 1: Mindre trafikk"),
        Line("Resultatmål:", is_bold=True),
        Items(["Færre biler", "Flere sykler"]),
        Grid([HEAD, ["Lys", "Teknisk", "2025"]]),
    )
    assert [(goal.ref, goal.parent_ref, goal.title, goal.result_targets) for goal in draft.goals] == [
        ("H", None, "Et stille sentrum", ()),
        ("1", "H", "Mindre trafikk", ("Færre biler", "Flere sykler")),
    ]
    assert draft.measures[0].goal_ref == "1"


# What the spreadsheet did to the numbers ----------------------------------------------------------------


def test_a_number_the_spreadsheet_shortened_is_mended_and_told() -> None:
    names = ("Lys i gata", "Ny benk", "Ny park", "Gjerde")
    rows = [[number, name, "NAV", 2024] for number, name in zip((2.8, 2.9, 2.1, 2.11), names, strict=True)]
    draft = read("plan.xlsx", as_workbook({"Tiltak": [["Nr", *HEAD], *rows]}))
    assert [measure.ref for measure in draft.measures] == ["2.8", "2.9", "2.10", "2.11"]
    assert [Doubt.REF_MENDED in measure.warnings for measure in draft.measures] == [False, False, True, False]


def test_a_number_the_spreadsheet_made_a_date_is_mended_and_told() -> None:
    rows = [[date(2024, 2, 1), "Ny benk", "NAV", 2024], [date(2024, 2, 2), "Ny park", "NAV", 2024]]
    draft = read("plan.xlsx", as_workbook({"Tiltak": [["Nr", *HEAD], *rows]}))
    assert [measure.ref for measure in draft.measures] == ["1.2", "2.2"]
    assert all(Doubt.REF_MENDED in measure.warnings for measure in draft.measures)


def test_a_number_with_a_format_is_shown_as_the_sheet_shows_it() -> None:
    content = as_workbook({"Tiltak": [["Nr", *HEAD], [2.1, "A", "NAV", 2024]]})
    document = workbook_file.blocks_of(content)
    assert next(document.tables).rows[1][0].text == "2.1"


# The plan as a whole ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Handlingsplan 2020-2024", (2020, 2024)),
        ("2019 – 2023", (2019, 2023)),
        ("2023 til og med 2026", (2023, 2026)),
        ("Plan 2021/22", (2021, 2022)),
        ("Handlingsplan 2024", (2024, 2024)),
        ("Vedtatt 16. juni 2022", None),
        ("2024-2020", None),
    ],
)
def test_a_period_is_read_from_a_short_text(text: str, period: tuple[int, int] | None) -> None:
    assert period_in(text) == period


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Vefsn kommune", "Vefsn"),
        ("LEVANGER KOMMUNE", "Levanger"),
        ("Vedtatt av Nore og Uvdal kommunestyre", "Nore og Uvdal"),
        ("Temaplan Øvre Eiker kommune", "Øvre Eiker"),
        ("Kvam herad", "Kvam"),
        ("Trafikksikker kommune", None),
        ("Aldersvennlig kommune i Lund kommune", "Lund"),
        ("En plan uten avsender", None),
    ],
)
def test_a_municipality_is_read_from_the_cover(line: str, name: str | None) -> None:
    assert municipality_of(word_file.blocks_of(as_word(Made([Line(line)])))) == name


def test_the_title_is_the_line_of_the_cover_that_calls_itself_a_plan() -> None:
    made = Made(
        [Line("Lund kommune"), Line("Handlingsplan mot rus", is_bold=True), Line("2020-2024")], title="Word-dokument"
    )
    assert title_of(word_file.blocks_of(as_word(made))) == "Handlingsplan mot rus"


def test_a_plan_without_a_title_has_the_name_of_its_file() -> None:
    draft = read("tiltak_mot_mobbing.csv", b"Tiltak;Ansvar;Frist\nKurs;Rektor;2024\n")
    assert draft.title == "tiltak mot mobbing"
    assert {"no_title", "no_period", "no_municipality"} <= set(draft.warnings)


@pytest.mark.parametrize(
    ("sentence", "kind", "rule"),
    [
        (
            "Det avgis en statusrapport om tiltakene til kommunestyrets møte i mai hvert år, første gang 2021.",
            ReportingKind.COUNCIL_REPORT,
            YearlyRule(months=(5,), first_year=2021, body="kommunestyret"),
        ),
        ("Handlingsplanen evalueres årlig.", ReportingKind.EVALUATION, YearlyRule()),
        ("Planen skal rulleres hvert 4. år.", ReportingKind.REVISION, YearlyRule(n=4)),
        ("Planen skal rullerast kvart fjerde år.", ReportingKind.REVISION, YearlyRule(n=4)),
        (
            "Det skal gjøres en årlig gjennomgang av tiltakene innen desember.",
            ReportingKind.REVIEW,
            YearlyRule(months=(12,)),
        ),
        (
            "Planen skal evalueres i 2. kvartal 2025.",
            ReportingKind.EVALUATION,
            YearlyRule(months=(4, 5, 6), first_year=2025, last_year=2025),
        ),
        ("Planen skal revideres ved behov.", ReportingKind.REVISION, None),
        (
            "Det legges fram rapport for kommunestyret annethvert år.",
            ReportingKind.COUNCIL_REPORT,
            YearlyRule(n=2, body="kommunestyret"),
        ),
        (
            "En årlig sak legges fram for kommunestyret i mars.",
            ReportingKind.COUNCIL_REPORT,
            YearlyRule(months=(3,), body="kommunestyret"),
        ),
    ],
)
def test_a_promise_is_read_with_its_time(sentence: str, kind: ReportingKind, rule: YearlyRule | None) -> None:
    assert list(promises(sentence)) == [ReportingDate(kind=kind, text=sentence, rule=rule)]


def test_three_times_a_year_is_three_dates() -> None:
    found = list(promises("Hvert sted skal kontrolleres 3 ganger pr år."))
    assert [date.rule.months for date in found if date.rule] == [(1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Planen ble evaluert i 2019.",
        "Ungdom drikker mindre enn før.",
        "NAV har kontor i sentrum.",
        "Rapport fra skjenkekontrollen legges fram for kommunestyret hvert år.",
    ],
)
def test_other_sentences_promise_nothing(sentence: str) -> None:
    assert list(promises(sentence)) == []


def test_a_measure_that_is_a_promise_about_the_plan_is_a_date_too() -> None:
    draft = draft_of(Grid([HEAD, ["Evaluering av handlingsplanen", "Rådmann", "Andre kvartal hvert år"]]))
    assert draft.reporting_dates[0].kind is ReportingKind.EVALUATION
    assert draft.reporting_dates[0].rule == YearlyRule(months=(4, 5, 6))


# The documents themselves -------------------------------------------------------------------------------


def test_numbers_that_word_counts_are_part_of_the_text() -> None:
    document = word_file.blocks_of(as_word(Made([Items(["En", "To"], "number"), Items(["Punkt"])])))
    assert [block.marker for block in document.paragraphs] == ["1.", "2.", "•"]


def test_page_numbers_and_running_titles_of_a_pdf_are_no_text() -> None:
    long = Made(
        [*COVER, *[Line(f"Avsnitt nummer {number} i planen. " * 12) for number in range(40)]], footer="Plan mot støy"
    )
    document = pdf_file.blocks_of(as_pdf(long))
    assert "Plan mot støy" in document.margins
    assert all(block.text != "Plan mot støy" for block in document.paragraphs)


def test_a_paragraph_of_a_pdf_is_one_however_many_lines_it_has() -> None:
    text = "Kommunen skal sørge for at alle som bor her har det stille nok til å sove godt om natten. " * 4
    document = pdf_file.blocks_of(as_pdf(Made([Line(text.strip()), Line("Et nytt avsnitt.")])))
    assert [block.text for block in document.paragraphs] == [text.strip(), "Et nytt avsnitt."]


def test_a_sentence_that_calls_the_plan_by_its_title_is_about_the_plan() -> None:
    lines = [Line("Støystrategien rulleres hvert fjerde år."), Line("Kulturstrategien rulleres hvert andre år.")]
    table = Grid([["Tiltak", "Ansvar", "Frist"], ["Støykart", "Plan", "2025"]])
    made = Made([Heading(1, "Støystrategi 2024-2027"), Line("Lund kommune"), table, *lines])
    draft = read("plan.docx", as_word(made))
    assert [(each.kind, each.rule) for each in draft.reporting_dates] == [(ReportingKind.REVISION, YearlyRule(n=4))]


def test_running_text_that_is_larger_than_that_of_the_tables_is_no_heading() -> None:
    text = "Kommunen skal sørge for at alle som bor her har det stille nok til å sove godt om natten. " * 2
    large = pdf_file.blocks_of(_with_small_type(text.strip()))
    assert [(block.text, block.level) for block in large.paragraphs][-1] == (text.strip(), None)


def _with_small_type(text: str) -> bytes:
    import typst

    small = "Små ord i en lang linje som er satt i en mindre grad enn teksten ellers. " * 20
    written = typst.compile(
        f'#set page(paper: "a4")\n#text(size: 7pt)[{small}]\n\n#text(size: 11pt)[{text}]'.encode(), format="pdf"
    )
    assert isinstance(written, bytes)
    return written


def test_a_table_in_a_pdf_without_rules_is_read_by_its_head() -> None:
    import typst

    rows = [
        "[*Nr*],[*Tiltak*],[*Ansvarlig*],[*Frist*]",
        "[1],[Ny sal i sentrum som alle kan leie hele året],[Kultur],[2025]",
    ]
    rows.append("[2],[Festival],[Kultur, NAV],[Årlig]")
    source = (
        "#set page(margin: 2cm)\n#table(columns: (1fr, 4fr, 3fr, 2fr), stroke: none, " + ", ".join(rows) + ")\nSlutt."
    )
    content = typst.compile(source.encode(), format="pdf")
    assert isinstance(content, bytes)
    draft = read("plan.pdf", content)
    assert [(measure.ref, measure.units, measure.deadline.text) for measure in draft.measures] == [
        ("1", ("Kultur",), "2025"),
        ("2", ("Kultur", "NAV"), "Årlig"),
    ]


def test_every_doubt_and_every_refusal_has_its_sentence() -> None:
    names = cli.names()
    assert {f"doubt.{doubt.value}" for doubt in Doubt} <= set(names)
    assert {f"doubt.{warning.value}" for warning in AmountWarning} <= set(names)
    assert {f"plan_file.{code.value}" for code in Code} <= set(names)


def test_understanding_needs_nothing_but_blocks() -> None:
    assert titles(understand(word_file.blocks_of(as_word(WIDE.made))))[0] == "Ladestasjoner ved kommunale bygg"


# Promises and costs in other words ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kommunestyret får ei statusmelding om tiltaka kvart år i mars.", [("council_report", (3,), 1)]),
        ("Rådmannen legger fram rapport om planen for kommunestyret hvert år i april.", [("council_report", (4,), 1)]),
        ("Status for tiltaka blir lagt fram for kommunestyret annakvart år.", [("council_report", (), 2)]),
        (
            "Tiltakene rapporteres tertialvis til formannskapet.",
            [("council_report", (n, n + 1, n + 2, n + 3), 1) for n in (1, 5, 9)],
        ),
        ("Planen evalueres høsten 2023.", [("evaluation", (9, 10, 11), 1)]),
        ("Planen evalueres og rulleres hvert fjerde år.", [("evaluation", (), 4), ("revision", (), 4)]),
        ("Planen evalueres midtveis, og rulleres i 2028.", [("evaluation", None, None), ("revision", (), 1)]),
        ("Tiltakene i planen må ses i sammenheng med økonomiplanen.", []),
    ],
)
def test_what_a_sentence_promises_about_the_plan(
    sentence: str, expected: list[tuple[str, tuple[int, ...] | None, int | None]]
) -> None:
    found = [
        (each.kind.value, each.rule.months if each.rule else None, each.rule.n if each.rule else None)
        for each in promises(sentence)
    ]
    assert found == expected


def test_amounts_for_several_years_in_one_cell_are_a_line_for_each_year() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Grid(
            [
                [*HEAD, "Kostnad"],
                ["Måle støy", "Teknisk", "2025", "2024: 100 000, 2025: 150 000"],
                ["Kurs", "HR", "2025", "kr 10 000 i 2024 og kr 20 000 i 2025"],
                ["Skjerm", "Teknisk", "2025", "100 000 og 150 000"],
            ]
        ),
    )
    found = [[(line.year, line.amount_nok) for line in measure.costs] for measure in draft.measures]
    assert found == [[(2024, 100_000), (2025, 150_000)], [(2024, 10_000), (2025, 20_000)], [(None, None)]]


def test_bullets_with_an_amount_beside_them_stay_one_measure_and_are_a_doubt() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Grid([[*HEAD, "Kostnad"], ["- Skjerm\n- Asfalt", "Teknisk", "2025", "400 000"], ["Kurs", "HR", "2026", ""]]),
    )
    assert len(draft.measures) == 2
    assert Doubt.LIST_AS_TITLE in draft.measures[0].warnings


def test_bullets_with_a_deadline_each_are_measures_with_their_own_deadline() -> None:
    draft = draft_of(
        Heading(2, "Tiltak"),
        Grid([HEAD, ["- Skjerm\n- Asfalt", "Teknisk\nVei", "2025\nVåren 2026"], ["Kurs", "HR", "2026"]]),
    )
    assert [(each.title, each.responsible, each.deadline.text) for each in draft.measures] == [
        ("Skjerm", "Teknisk", "2025"),
        ("Asfalt", "Vei", "Våren 2026"),
        ("Kurs", "HR", "2026"),
    ]


# What is only inferred ----------------------------------------------------------------------------------


def test_terms_that_no_legend_explains_have_no_day_and_are_a_doubt() -> None:
    rows = [["Tiltak", "Ansvar", "Kort sikt", "Lang sikt"], ["Rydde skog", "Teknisk", "x", ""]]
    measure = draft_of(Heading(2, "Tiltak"), Grid(rows)).measures[0]
    assert (measure.deadline.text, measure.deadline.due) == ("Kort sikt", None)
    assert Doubt.DEADLINE_FROM_COLUMNS in measure.warnings
    assert "vague" in measure.deadline.warnings


def test_owner_and_deadline_of_a_sentence_are_a_doubt() -> None:
    told = "Kurset er gratis. Ansvarlig er Kultur, og fristen er 1.6.2025."
    parts: list[Part] = [Heading(2, "Tiltak 1 – Kurs"), Line(told), Heading(2, "Tiltak 2 – Bok"), Line("Utgis i mai.")]
    first, second = draft_of(Heading(1, "Tiltak"), *parts).measures
    assert (first.units, first.deadline.due) == (("Kultur",), date(2025, 6, 1))
    assert Doubt.READ_FROM_TEXT in first.warnings
    assert (second.responsible, second.deadline.text) == (None, "")


@pytest.mark.parametrize("note", ["Alle beløp i mill. kroner.", "Tall i hele millioner kr"])
def test_amounts_are_what_the_line_above_the_table_says(note: str) -> None:
    rows = [["Nr", "Tiltak", "Ansvar", "2025", "2026"], ["V1", "Ny ledning", "Teknisk", "1,5", "2"]]
    measure = draft_of(Heading(2, "Tiltak"), Line(note), Grid(rows)).measures[0]
    assert [line.amount_nok for line in measure.costs] == [1_500_000, 2_000_000]


def test_a_form_with_three_columns_is_not_on_its_side() -> None:
    rows = [["Tiltak", "Kurs i førstehjelp", ""], ["Ansvar", "HR", ""], ["Frist", "2025", ""]]
    assert titles(draft_of(Heading(2, "Tiltak"), Grid(rows))) == ["Kurs i førstehjelp"]


def test_a_sentence_under_the_heading_of_a_measure_is_its_description() -> None:
    parts: list[Part] = []
    for title in ("Nærturer", "Sykkelparkering"):
        parts += [Heading(3, title), Line("Kommunen skal merke fem turer."), Line("Ansvarlig: Kultur. Frist: 2025")]
    assert titles(draft_of(Heading(2, "Tiltak"), *parts)) == ["Nærturer", "Sykkelparkering"]


def test_two_promises_of_a_sentence_have_a_time_each() -> None:
    said = "Planen skal rulleres hvert fjerde år, og status legges fram for kommunestyret årlig i mai."
    found = {each.kind: each.rule for each in promises(said)}
    assert found == {
        ReportingKind.REVISION: YearlyRule(n=4),
        ReportingKind.COUNCIL_REPORT: YearlyRule(n=1, months=(5,), body="kommunestyret"),
    }
