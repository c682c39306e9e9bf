from collections import defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plan.cost import AmountWarning, Cost, funding, named_amounts, parse_amount, parse_cost_table, row_kind, split_costs
from plan.draft import CostKind, Funding

AMOUNTS = [
    ("250. 000,-", 250_000),
    ("1,4 mil", 1_400_000),
    ("20 mill", 20_000_000),
    ("4mil.", 4_000_000),
    ("4 mil.", 4_000_000),
    ("kr 4 000", 4_000),
    ("400.000.-", 400_000),
    ("1.800.000,-", 1_800_000),
    ("550.000", 550_000),
    ("100.000,-", 100_000),
    ("250'", 250_000),
    ("500’", 500_000),
    ("kr. 1,5 millioner", 1_500_000),
    ("kr.50.000", 50_000),
    ("NOK 1 000", 1_000),
    ("1,2 MNOK", 1_200_000),
    ("MNOK 3", 3_000_000),
    ("mill. kr 1,2", 1_200_000),
    ("½ mill", 500_000),
    ("1½ mill.", 1_500_000),
    ("1/2 mill", 500_000),
    ("tkr 500", 500_000),
    ("25 tusen", 25_000),
    ("500 k", 500_000),
    ("0", 0),
    ("kr 0,-", 0),
    ("450", 450),
    ("-250 000", -250_000),
    ("−250 000", -250_000),
    ("250 000", 250_000),
    ("1 000 000 kroner", 1_000_000),
    ("250 000,00", 250_000),
    ("kr 12 345,67", 12_346),
    ("1,400,000", 1_400_000),
    ("2000", 2_000),
    ("1 stilling kr 600 000", 600_000),
    ("Ramme + søknad om opptrappingsmidler kr 400.000 i to år", 400_000),
    ("Prosjektmidler (opptrappingsplanen) Kr. 500.000,- i 2 år", 500_000),
    ("600.000,- Omfordeling av ressurser, samt søker opptrappingsmidler", 600_000),
    ("Det søkes prosjektmidler kr. 210.000", 210_000),
    ("1,5 mrd", 1_500_000_000),
    ("12 500,50", 12_501),
    ("2 500 (i hele tusen)", 2_500_000),
    ("kr 75 000 + mva", 75_000),
]


@pytest.mark.parametrize(("text", "nok"), AMOUNTS)
def test_an_amount_is_read_in_whole_kroner(text: str, nok: int) -> None:
    amount = parse_amount(text)
    assert (amount.amount_nok, amount.warnings, amount.text) == (nok, (), text)


DOUBTFUL = [
    ("kr 250.000 pr år", 250_000, AmountWarning.PER_YEAR),
    ("300.000/år", 300_000, AmountWarning.PER_YEAR),
    ("40.000,- pr år, hvert 3. år", 40_000, AmountWarning.PER_YEAR),
    ("ca. 100 000", 100_000, AmountWarning.APPROXIMATE),
    ("inntil 50 000 kr", 50_000, AmountWarning.APPROXIMATE),
    ("250,000", 250_000, AmountWarning.AMBIGUOUS),
    ("2021", 2_021, AmountWarning.LOOKS_LIKE_YEAR),
    ("100 000-200 000", None, AmountWarning.RANGE),
    ("100 000 til 200 000", None, AmountWarning.RANGE),
    ("1-2 mill", None, AmountWarning.RANGE),
    ("10-20.000", None, AmountWarning.RANGE),
    ("kr 100 000 + 50 000", None, AmountWarning.SEVERAL),
    ("600.000,- i 2022 og 300.000,- i 2023", None, AmountWarning.SEVERAL),
    ("2 x 50 000", None, AmountWarning.SEVERAL),
    ("3 stillinger á 600 000", None, AmountWarning.SEVERAL),
    ("1,4", None, AmountWarning.SCALE_MISSING),
    ("50 % stilling", None, AmountWarning.NOT_READ),
    ("Se tiltak 3", None, AmountWarning.NOT_READ),
    ("Fra 2011", None, AmountWarning.NOT_READ),
    ("100 000 200 000", None, AmountWarning.NOT_READ),
    ("9" * 501, None, AmountWarning.NOT_READ),
]


@pytest.mark.parametrize(("text", "nok", "warning"), DOUBTFUL)
def test_a_doubt_about_an_amount_is_flagged(text: str, nok: int | None, warning: AmountWarning) -> None:
    amount = parse_amount(text)
    assert (amount.amount_nok, amount.warnings) == (nok, (warning,))


@pytest.mark.parametrize("text", [None, "", " ", "–", "Ramme", "Ikke beregnet", "Ekstern prosjekt-finansiering"])
def test_words_without_a_number_are_no_amount_and_no_doubt(text: str | None) -> None:
    amount = parse_amount(text)
    assert (amount.amount_nok, amount.warnings) == (None, ())


@pytest.mark.parametrize(
    ("text", "nok"), [("618", 618_000), ("1 220", 1_220_000), ("1000", 1_000_000), ("0", 0), ("1,4", 1_400)]
)
def test_a_column_of_thousands_is_read_in_thousands(text: str, nok: int) -> None:
    assert parse_amount(text, thousands=True).amount_nok == nok


@pytest.mark.parametrize(("text", "nok"), [("400.000.-", 400_000), ("1.800.000,-", 1_800_000), ("250 000", 250_000)])
def test_whole_kroner_in_a_column_of_thousands_stay_whole_and_are_flagged(text: str, nok: int) -> None:
    amount = parse_amount(text, thousands=True)
    assert (amount.amount_nok, amount.warnings) == (nok, (AmountWarning.FULL_KRONER_ASSUMED,))


def test_millions_in_a_column_of_thousands_are_millions() -> None:
    assert parse_amount("1,4 mil", thousands=True).amount_nok == 1_400_000


def test_a_cell_may_say_who_pays() -> None:
    amount = parse_amount("E= 410 K= 208", thousands=True)
    assert (amount.amount_nok, amount.external_nok, amount.own_nok) == (618_000, 410_000, 208_000)
    assert parse_amount("E=410", thousands=True).own_nok is None


@given(st.integers(0, 10**9), st.sampled_from([" ", ".", "\u00a0", ". "]), st.sampled_from(["", ",-", " kr", ",00"]))
@example(1990, " ", "")
@example(2021, " ", ",00")
def test_every_whole_amount_is_read_back(nok: int, separator: str, ending: str) -> None:
    written = f"{nok:,}".replace(",", separator) + ending
    amount = parse_amount(written)
    assert (amount.amount_nok, amount.warnings) == (nok, ())


@given(st.text())
def test_no_text_crashes_the_reading_of_money(text: str) -> None:
    assert parse_amount(text).text == text
    assert funding(text) in Funding
    assert row_kind(text) in {None, *CostKind}


CELLS = st.lists(
    st.lists(st.sampled_from(["", "2020", "2021", "Sum", "Utgifter", "Lønn", "100", "E", "–", "x"]), max_size=5)
)


@given(CELLS)
def test_no_table_crashes_the_reading_of_costs(rows: list[list[str]]) -> None:
    assert all(isinstance(cost, Cost) for cost in parse_cost_table(rows))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ekstern prosjekt-finansiering", "external"),
        ("Ekstern", "external"),
        ("E", "external"),
        ("Tilskudd fra Helsedirektoratet", "external"),
        ("Innenfor ramme", "framework"),
        ("Innanfor ramma", "framework"),
        ("Ramme", "framework"),
        ("Allerede finansierte tiltak.", "framework"),
        ("Dekkes av driftsbudsjett", "framework"),
        ("Omfordeling av ressurser", "framework"),
        ("Kostnader knyttet til handlingsplan mot rus, innarbeides i driftens rammer og ressurser.", "framework"),
        ("Prosjektmidler", "project"),
        ("Prosjektmidler (del av rusteam 0-18 år)", "project"),
        ("Ramme + prosjektmidler – tiltak under graviditet", "project"),
        ("Ingen", "none"),
        ("Kostnadsfritt", "none"),
        ("Ingen økte kostnader", "none"),
        ("Uten kostnad", "none"),
        ("0", "none"),
        ("Ramme + søknad om opptrappingsmidler kr 400.000 i to år", "amount"),
        ("100 000-200 000", "amount"),
        ("450.000,-", "amount"),
        ("Ikke beregnet", "unknown"),
        ("Fra 2011", "unknown"),
        ("Se beskrivelse Familier 0-18 år", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_how_a_measure_is_paid_for(text: str | None, kind: str) -> None:
    assert funding(text) == kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Driftsutgift", "spending"),
        ("Utgifter", "spending"),
        ("Lønn", "spending"),
        ("Løn", "spending"),
        ("Nettoutgift", "spending"),
        ("Kostnader", "spending"),
        ("Veiledning/ kompetanseheving", "spending"),
        ("Prosjektledelse/Vikarutgifter", "spending"),
        ("Inntekter", "income"),
        ("Tilskudd FM", "income"),
        ("Tilskot andre", "income"),
        ("Eksterne tilskudd", "income"),
        ("Skjønnsmidler", "income"),
        ("Skjønsmidlar", "income"),
        ("Refusjon", "income"),
        ("Egenfinansiering", "own"),
        ("Eigenfinansiering", "own"),
        ("Egenandel", "own"),
        ("Eigendel", "own"),
        ("Kommunal andel", "own"),
        ("Ekstern finansiering", "external"),
        ("Investering", "investment"),
        ("Investeringar", "investment"),
        ("Sum", None),
        ("Sum utgifter", None),
        ("Totalt", None),
        ("Til sammen", None),
        ("Beskrivelse", None),
        (None, None),
    ],
)
def test_what_a_row_of_costs_is(label: str | None, kind: str | None) -> None:
    assert row_kind(label) == kind


# The tables of the plan of Vefsn, and what a careful reader finds in them per year.
VEFSN: dict[str, tuple[list[list[str]], dict[int, dict[str, int | None]]]] = {
    "1.1": (
        [
            ["År", "2021", "2022"],
            ["Utgifter", "", ""],
            ["Veiledning/ kompetanseheving", "250. 000,-", "250. 000,-"],
            ["Prosjektledelse/Vikarutgifter", "250. 000,-", "250. 000,-"],
            ["Sum", "500.000,-", "500.000,-"],
            ["Inntekter", "", ""],
            ["Skjønnsmidler", "250.000,-", "250.000,-"],
            ["Egenfinansiering", "250.000,-", "250.000,-"],
            ["Sum", "500.000,-", "500.000,-"],
        ],
        {year: {"spending": 500_000, "income": 250_000, "own": 250_000} for year in (2021, 2022)},
    ),
    "1.2": (
        [
            ["År", "2020", "2021", "2022", "2023"],
            ["Driftsutgift", "100.000,-", "100.000,-", "100.000,-", "100.000,-"],
            ["Eksterne tilskudd", "100.000,-", "100.000,-", "100.000,-", "100.000,-"],
        ],
        {year: {"spending": 100_000, "income": 100_000} for year in range(2020, 2024)},
    ),
    "1.3": (
        [
            ["År", "2021", "2022", "2023"],
            ["Utgifter", "", "", ""],
            ["Veiledning/ kompetanseheving", "250. 000,-", "250. 000,-", "250. 000,-"],
            ["Inntekter", "", "", ""],
            ["Egenfinansiering", "250.000,-", "250.000,-", "250.000,-"],
        ],
        {year: {"spending": 250_000, "own": 250_000} for year in range(2021, 2024)},
    ),
    "1.4": (
        [
            ["År", "2021", "2022", "2023"],
            ["Utgifter", "", "", ""],
            ["Lønn", "1,4 mil", "1,4 mil", "1,4 mil"],
            ["Inntekter", "", "", ""],
            ["Tilskudd FM", "1,4 mil", "0", "0"],
            ["Egenfinansiering", "0", "1,4 mil", "1,4 mil"],
        ],
        {
            2021: {"spending": 1_400_000, "income": 1_400_000, "own": 0},
            2022: {"spending": 1_400_000, "income": 0, "own": 1_400_000},
            2023: {"spending": 1_400_000, "income": 0, "own": 1_400_000},
        },
    ),
    "1.5": (
        [["År", "2020", "2021", "2022", "2023"], ["Driftsutgift", *["Ekstern prosjekt-finansiering"] * 3, "550.000"]],
        {2020: {"external": None}, 2021: {"external": None}, 2022: {"external": None}, 2023: {"spending": 550_000}},
    ),
    "1.6": (
        [["År", "2020", "2021", "2022", "2023"], ["Driftsutgift", *["Ekstern prosjekt-finansiering"] * 3, "0"]],
        {2020: {"external": None}, 2021: {"external": None}, 2022: {"external": None}, 2023: {"spending": 0}},
    ),
    "1.7": (
        [["", "2022"], ["Driftsutgift", "150.000,-"], ["Tilskudd andre", "150.000,-"]],
        {2022: {"spending": 150_000, "income": 150_000}},
    ),
    "2.1": (
        [["År", "2020", "2021", "2022", "2023"], ["Nettoutgift", "0", "0", "0", "0"]],
        {year: {"spending": 0} for year in range(2020, 2024)},
    ),
    "3.1": (
        [
            ["År", "2020", "2021", "2022", "2023"],
            ["Driftsutgift", "", "", "4mil.", "4 mil."],
            ["Investering", "", "20 mil", "", ""],
        ],
        {2021: {"investment": 20_000_000}, 2022: {"spending": 4_000_000}, 2023: {"spending": 4_000_000}},
    ),
    "3.2": (
        [["", "2021", "2022", "2023"], ["Driftsutgift", "1.800.000,-", "1.800.000,-", "1.800.000,-"]],
        {year: {"spending": 1_800_000} for year in range(2021, 2024)},
    ),
    "3.3": (
        [["", "2021", "2022", "2023"], ["Driftsutgift", "400.000,-", "400.000,-", "400.000,-"]],
        {year: {"spending": 400_000} for year in range(2021, 2024)},
    ),
}


def by_year(costs: list[Cost]) -> dict[int | None, dict[str, int | None]]:
    sums: dict[int | None, dict[str, int | None]] = defaultdict(dict)
    for cost in costs:
        before = sums[cost.year].get(cost.kind.value)
        sums[cost.year][cost.kind.value] = cost.amount_nok if before is None else before + (cost.amount_nok or 0)
    return dict(sums)


@pytest.mark.parametrize("ref", VEFSN)
def test_a_table_of_the_plan_of_vefsn_adds_up(ref: str) -> None:
    table, expected = VEFSN[ref]
    assert by_year(parse_cost_table(table)) == expected


def test_a_line_is_called_what_the_plan_calls_it_and_an_unread_cell_what_it_says() -> None:
    table = VEFSN["1.5"][0]
    costs = parse_cost_table(table)
    assert costs[0].to_json() == {
        "year": 2020,
        "kind": "external",
        "amount_nok": None,
        "text": "Ekstern prosjekt-finansiering",
    }
    assert costs[-1] == Cost(2023, CostKind.SPENDING, 550_000, "Driftsutgift")


LEVANGER = [
    ("E= 410 K= 208", {"spending": 618_000, "income": 410_000, "own": 208_000}),
    ("E=410", {"spending": 410_000, "income": 410_000}),
    ("E=990\nK=230", {"spending": 1_220_000, "income": 990_000, "own": 230_000}),
    ("E: 200 K:50", {"spending": 250_000, "income": 200_000, "own": 50_000}),
    ("E", {"external": None}),
    ("618", {"spending": 618_000, "own": 618_000}),
    ("0", {"spending": 0, "own": 0}),
    ("1000", {"spending": 1_000_000, "own": 1_000_000}),
]


@pytest.mark.parametrize(("cell", "expected"), LEVANGER)
def test_a_cell_of_the_plan_of_levanger_says_who_pays(cell: str, expected: dict[str, int | None]) -> None:
    assert by_year(split_costs(cell, 2010, thousands=True)) == {2010: expected}


@pytest.mark.parametrize("cell", ["", "–", "----"])
def test_an_empty_cell_costs_nothing(cell: str) -> None:
    assert split_costs(cell, 2010) == []


def test_a_heading_in_thousands_counts_for_the_table() -> None:
    table = [["Tiltak (1000 kr)", "2021", "2022"], ["Lønn", "450", "1 200"]]
    assert [cost.amount_nok for cost in parse_cost_table(table)] == [450_000, 1_200_000]


def test_grants_among_the_expenses_are_money_given() -> None:
    table = [["", "2021"], ["Utgifter", ""], ["Tilskudd til lag", "50 000"], ["Inntekter", ""], ["Annet", "10 000"]]
    assert by_year(parse_cost_table(table)) == {2021: {"spending": 50_000, "income": 10_000}}


def test_a_sum_counts_where_nothing_else_is_stated() -> None:
    assert by_year(parse_cost_table([["", "2021"], ["Sum", "50 000"]])) == {2021: {"spending": 50_000}}


def test_a_column_of_totals_is_no_year() -> None:
    table = [["", "2021", "2022", "Totalt"], ["Utgift", "100 000", "100 000", "200 000"]]
    assert [cost.year for cost in parse_cost_table(table)] == [2021, 2022]


def test_years_may_stand_in_the_first_column() -> None:
    table = [["År", "Utgift", "Inntekt"], ["2021", "100 000", "40 000"], ["2022", "120 000", ""]]
    assert by_year(parse_cost_table(table)) == {
        2021: {"spending": 100_000, "income": 40_000},
        2022: {"spending": 120_000},
    }


def test_a_title_row_above_the_years_is_passed_over() -> None:
    table = [["Økonomiske konsekvenser", "", ""], ["", "Budsjett 2021", "Øk.plan 2022"], ["Utgift", "100 000", "5 000"]]
    assert by_year(parse_cost_table(table)) == {2021: {"spending": 100_000}, 2022: {"spending": 5_000}}


def test_two_columns_without_years_are_label_and_amount() -> None:
    assert parse_cost_table([["Driftsutgift", "50 000"]]) == [Cost(None, CostKind.SPENDING, 50_000, "Driftsutgift")]


def test_an_investment_section_holds_investments() -> None:
    table = [["", "2021"], ["Investering", ""], ["Ombygging", "2 mill"], ["Tilskudd Husbanken", "1 mill"]]
    assert by_year(parse_cost_table(table)) == {2021: {"investment": 2_000_000, "income": 1_000_000}}


@pytest.mark.parametrize(
    ("text", "nok", "warning"),
    [
        ("ca 200 000,- + drift", 200_000, AmountWarning.APPROXIMATE),
        ("Lønn + 20 000", 20_000, AmountWarning.APPROXIMATE),
        ("Over 1 mill.", 1_000_000, AmountWarning.APPROXIMATE),
        ("> 100 000", 100_000, AmountWarning.APPROXIMATE),
        ("Opptil kr 30 000", 30_000, AmountWarning.APPROXIMATE),
        ("kr 500 per deltaker", 500, AmountWarning.PER_YEAR),
        ("1 200 kr pr. møte", 1_200, AmountWarning.PER_YEAR),
    ],
)
def test_an_amount_that_is_not_all_there_is_to_say_is_a_doubt(text: str, nok: int, warning: AmountWarning) -> None:
    amount = parse_amount(text)
    assert (amount.amount_nok, amount.warnings) == (nok, (warning,))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Spillemidler", Funding.EXTERNAL),
        ("Fylkeskommunen", Funding.EXTERNAL),
        ("Statens vegvesen", Funding.EXTERNAL),
        ("Søknad om midler", Funding.PROJECT),
    ],
)
def test_who_pays_is_known_by_name(text: str, kind: Funding) -> None:
    assert funding(text) is kind


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("150 000 kr, spelemidlar 75 000 kr", {"spending": 150_000, "income": 75_000}),
        ("Kr 300 000 (tilskudd kr 100 000)", {"spending": 300_000, "income": 100_000}),
        ("Totalt 500 000 kr, herav 200 000 i tilskudd", {"spending": 500_000, "income": 200_000}),
        ("Investering 2 mill. kr og drift 300 000 kr", {"investment": 2_000_000, "spending": 300_000}),
        ("100 000 kr, 50 000 kr", {}),
        ("Lønn 400 000 kr, reise 20 000 kr", {}),
        ("100 000–150 000 kr, tilskudd 50 000 kr", {}),
        ("Kurs 20 000 kr, 3 timer", {}),
    ],
)
def test_several_amounts_are_read_where_each_says_what_it_is(text: str, lines: dict[str, int]) -> None:
    assert {cost.kind.value: cost.amount_nok for cost in named_amounts(text)} == lines
