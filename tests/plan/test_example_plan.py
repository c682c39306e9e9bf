from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plan.annual import reporting_years
from plan.deadline import Kind, Period
from plan.documents import read
from plan.documents.check import check
from plan.draft import CostKind, Draft, Funding, Measure, ReportingKind

FILE = Path(__file__).parents[2] / "examples" / "vefsn.yaml"


@pytest.fixture(scope="module")
def vefsn() -> Draft:
    return read(FILE.name, FILE.read_bytes())


def measure(draft: Draft, ref: str) -> Measure:
    (found,) = [measure for measure in draft.measures if measure.ref == ref]
    return found


def test_the_plan_is_that_of_vefsn(vefsn: Draft) -> None:
    assert (vefsn.title, vefsn.municipality, vefsn.period) == ("Rusmiddelpolitisk handlingsplan", "Vefsn", (2020, 2024))
    assert list(check(vefsn)) == []


def test_the_goals_are_a_main_goal_and_three_under_it_with_their_targets(vefsn: Draft) -> None:
    assert [(goal.ref, goal.parent_ref, len(goal.result_targets)) for goal in vefsn.goals] == [
        ("H", None, 0),
        ("1", "H", 4),
        ("2", "H", 2),
        ("3", "H", 2),
    ]
    assert vefsn.goals[3].title == (
        "Alle kommunale tjenester skal samarbeide slik at personer med rusmiddelproblem skal få et verdig liv."
    )


def test_the_twelve_measures_have_their_numbers_titles_and_priorities(vefsn: Draft) -> None:
    assert [(measure.ref, measure.goal_ref, measure.title, measure.priority) for measure in vefsn.measures] == [
        ("0.1", None, "Videreføring av tidligere plan og arbeid", None),
        ("1.1", "1", "Vurdering av etablert tiltaksrekke", 9),
        ("1.2", "1", "Samarbeid innenfor rusforebygging", 6),
        ("1.3", "1", "Rullering av plan for kommunens inkluderingsarbeid.", 8),
        ("1.4", "1", "Videreføring av ungdomsprosjekt i avdeling for psykisk helse.", 2),
        ("1.5", "1", "Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»", 7),
        ("1.6", "1", "Aktiviteter og tiltak mot frafall og utenforskap. (Driv).", 1),
        ("1.7", "1", "Ungdata -ungdomsundersøkelse", 10),
        ("2.1", "2", "Alkoholpolitiske retningslinjer", None),
        ("3.1", "3", "Styrking av rustjenesten, boliger med heldøgns bemanning.", 4),
        ("3.2", "3", "Miljøtjeneste", 3),
        ("3.3", "3", "Aktivitet og sosial plattform", 5),
    ]
    assert all(measure.description and not measure.ref_is_ours for measure in vefsn.measures)


def test_responsible_is_as_printed_and_the_unit_is_its_name(vefsn: Draft) -> None:
    assert [(measure.ref, measure.responsible, measure.units) for measure in vefsn.measures] == [
        ("0.1", "Rådmannen", ("Rådmannen",)),
        ("1.1", "Rådmannen", ("Rådmannen",)),
        ("1.2", "Rådmannen", ("Rådmannen",)),
        ("1.3", "Rådmannen", ("Rådmannen",)),
        ("1.4", None, ()),
        ("1.5", "SLT- koordinator", ("SLT-koordinator",)),
        ("1.6", "NAV", ("NAV",)),
        ("1.7", "SLT-koordinator", ("SLT-koordinator",)),
        ("2.1", "Rådmannen", ("Rådmannen",)),
        ("3.1", "Rådmannen", ("Rådmannen",)),
        ("3.2", "Kommunalsjef omsorg", ("Kommunalsjef omsorg",)),
        ("3.3", "Kommunalsjef omsorg", ("Kommunalsjef omsorg",)),
    ]


def test_everybody_who_is_responsible_is_asked_and_nobody_is_for_1_4(vefsn: Draft) -> None:
    assert {measure.ref: measure.owner for measure in vefsn.measures if measure.owner != "".join(measure.units)} == {
        "1.4": None
    }
    assert vefsn.owner_of(measure(vefsn, "1.4")) is None


def test_the_units_and_their_superiors(vefsn: Draft) -> None:
    assert {unit.name: unit.superior for unit in vefsn.units} == {
        "Rådmannen": None,
        "SLT-koordinator": "Rådmannen",
        "NAV": "Rådmannen",
        "Kommunalsjef omsorg": "Rådmannen",
        "Avdeling for psykisk helse": "Kommunalsjef omsorg",
    }
    assert not any(unit.external for unit in vefsn.units)


@pytest.mark.parametrize(
    ("ref", "text", "kind", "due", "start"),
    [
        ("0.1", "Løpende", Kind.ONGOING, None, None),
        ("1.1", "31.12.2022", Kind.DATE, date(2022, 12, 31), None),
        ("1.2", "2020, ved innvilgning av ekstern støtte.", Kind.CONDITIONAL, date(2020, 12, 31), None),
        ("1.3", "1.1.2023", Kind.DATE, date(2023, 1, 1), None),
        ("1.4", "1.1.2022", Kind.DATE, date(2022, 1, 1), None),
        ("1.5", "Iverksettes fra 2020", Kind.START, None, date(2020, 1, 1)),
        ("1.6", "01.01. 2024", Kind.DATE, date(2024, 1, 1), None),
        ("1.7", "2022", Kind.PERIOD, date(2022, 12, 31), None),
        ("2.1", "2020", Kind.PERIOD, date(2020, 12, 31), None),
        ("3.1", "2022", Kind.PERIOD, date(2022, 12, 31), None),
        ("3.2", "2021", Kind.PERIOD, date(2021, 12, 31), None),
        ("3.3", "2020", Kind.PERIOD, date(2020, 12, 31), None),
    ],
)
def test_the_deadlines_are_as_printed_and_understood(
    vefsn: Draft, ref: str, text: str, kind: Kind, due: date | None, start: date | None
) -> None:
    deadline = measure(vefsn, ref).deadline
    assert (deadline.text, deadline.kind, deadline.due) == (text, kind, due)
    assert start is None or deadline.start == start


SPENDING, INCOME, OWN = CostKind.SPENDING, CostKind.INCOME, CostKind.OWN
EXTERNAL, INVESTMENT = CostKind.EXTERNAL, CostKind.INVESTMENT


@pytest.mark.parametrize(
    ("ref", "sums"),
    [
        ("0.1", {}),
        (
            "1.1",
            {
                SPENDING: {2021: 500_000, 2022: 500_000},
                INCOME: {2021: 250_000, 2022: 250_000},
                OWN: {2021: 250_000, 2022: 250_000},
            },
        ),
        ("1.2", {kind: dict.fromkeys((2020, 2021, 2022, 2023), 100_000) for kind in (SPENDING, INCOME)}),
        ("1.3", {kind: dict.fromkeys((2021, 2022, 2023), 250_000) for kind in (SPENDING, OWN)}),
        (
            "1.4",
            {
                SPENDING: dict.fromkeys((2021, 2022, 2023), 1_400_000),
                INCOME: {2021: 1_400_000, 2022: 0, 2023: 0},
                OWN: {2021: 0, 2022: 1_400_000, 2023: 1_400_000},
            },
        ),
        ("1.5", {EXTERNAL: dict.fromkeys((2020, 2021, 2022)), SPENDING: {2023: 550_000}}),
        ("1.6", {EXTERNAL: dict.fromkeys((2020, 2021, 2022)), SPENDING: {2023: 0}}),
        ("1.7", {SPENDING: {2022: 150_000}, INCOME: {2022: 150_000}}),
        ("2.1", {SPENDING: dict.fromkeys((2020, 2021, 2022, 2023), 0)}),
        ("3.1", {SPENDING: {2022: 4_000_000, 2023: 4_000_000}, INVESTMENT: {2021: 20_000_000}}),
        ("3.2", {SPENDING: dict.fromkeys((2021, 2022, 2023), 1_800_000)}),
        ("3.3", {SPENDING: dict.fromkeys((2021, 2022, 2023), 400_000)}),
    ],
)
def test_the_costs_add_up_per_year_and_kind(
    vefsn: Draft, ref: str, sums: dict[CostKind, dict[int, int | None]]
) -> None:
    found: dict[CostKind, dict[int | None, int | None]] = {}
    for line in measure(vefsn, ref).costs:
        by_year = found.setdefault(line.kind, {})
        before = by_year.get(line.year)
        by_year[line.year] = line.amount_nok if before is None else before + (line.amount_nok or 0)
    assert found == sums


def test_the_plan_costs_what_its_lines_say(vefsn: Draft) -> None:
    total: Counter[CostKind] = Counter()
    for line in (line for measure in vefsn.measures for line in measure.costs):
        total[line.kind] += line.amount_nok or 0
    assert total == {
        SPENDING: 21_650_000,
        INCOME: 2_450_000,
        OWN: 4_050_000,
        INVESTMENT: 20_000_000,
        EXTERNAL: 0,
    }


def test_how_the_measures_are_paid_for(vefsn: Draft) -> None:
    assert {measure.ref: measure.funding for measure in vefsn.measures if measure.funding is not Funding.AMOUNT} == {
        "0.1": Funding.FRAMEWORK,
        "1.6": Funding.EXTERNAL,
        "2.1": Funding.NONE,
    }


def test_the_council_gets_a_report_every_may_from_2021_on(vefsn: Draft) -> None:
    (report,) = [promise for promise in vefsn.reporting_dates if promise.kind is ReportingKind.COUNCIL_REPORT]
    assert report.rule is not None
    assert (report.rule.months, report.rule.body) == ((5,), "Kommunestyret")
    assert reporting_years(report.rule, Period.of_years(2020, 2024)) == (2021, 2022, 2023, 2024)


def test_the_other_routines_are_there_with_the_time_the_plan_gives(vefsn: Draft) -> None:
    found = [
        (promise.kind.value, promise.rule and (promise.rule.months, promise.rule.first_year, promise.rule.last_year))
        for promise in vefsn.reporting_dates[1:]
    ]
    assert found == [
        ("budget", ((), None, None)),
        ("budget", ((), None, None)),
        ("budget", None),
        ("review", None),
        ("review", ((1, 2, 3), 2022, 2022)),
        ("evaluation", None),
        ("control", None),
    ]
