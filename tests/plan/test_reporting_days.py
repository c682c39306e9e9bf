"""The days on which a plan is to be evaluated, reviewed and revised: by its own words, and by the law."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.deadline import Period
from plan.draft import ReportingDate, ReportingKind, YearlyRule
from plan.reporting_days import Basis, PromisedDay, municipal_election, promised_days

KINDS = tuple(ReportingKind)


def promise(
    kind: ReportingKind, months: tuple[int, ...] = (), text: str = "Det står i planen", n: int = 1
) -> ReportingDate:
    return ReportingDate(kind=kind, text=text, rule=YearlyRule(months=months, n=n))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2019, date(2019, 9, 9)),
        (2023, date(2023, 9, 11)),
        (2027, date(2027, 9, 13)),
        (2031, date(2031, 9, 8)),
        (2024, None),
        (2025, None),
        (2026, None),
    ],
)
def test_municipal_elections_are_on_the_second_monday_of_september_every_fourth_year(
    year: int, day: date | None
) -> None:
    assert municipal_election(year) == day


def test_a_plan_is_to_be_looked_at_before_it_ends_and_within_a_year_of_a_new_councils_constitution() -> None:
    days = promised_days([], Period.of_years(2022, 2029))
    assert [(each.on, each.kind, each.basis) for each in days] == [
        (date(2024, 10, 31), ReportingKind.REVISION, Basis.ELECTION),
        (date(2028, 10, 31), ReportingKind.REVISION, Basis.ELECTION),
        (date(2029, 12, 31), ReportingKind.REVISION, Basis.PLAN_ENDS),
    ]
    assert [each.provisional for each in days] == [True, True, False]


def test_a_plan_that_ends_in_the_year_after_an_election_is_revised_once_for_both_reasons() -> None:
    promises = [promise(ReportingKind.REVISION, (12,), "Planen rulleres hvert fjerde år.", n=4)]
    days = promised_days(promises, Period.of_years(2020, 2024))
    assert [each.on for each in days] == [date(2020, 12, 31), date(2024, 10, 31)]
    assert days[-1] == PromisedDay(
        date(2024, 10, 31),
        ReportingKind.REVISION,
        Basis.ELECTION,
        text="Planen rulleres hvert fjerde år.",
        provisional=True,
    )


def test_a_plan_without_a_period_does_not_end() -> None:
    days = promised_days([], Period.of_years(2024, 2029), ends=False)
    assert [each.on for each in days] == [date(2028, 10, 31)]


def test_what_a_plan_promises_is_to_be_done_by_the_end_of_its_months() -> None:
    promises = [promise(ReportingKind.EVALUATION, (4, 5, 6)), promise(ReportingKind.CONTROL, (2,), n=3)]
    days = promised_days(promises, Period.of_years(2020, 2022))
    assert [(each.on, each.kind) for each in days if each.basis is Basis.PROMISE] == [
        (date(2020, 2, 29), ReportingKind.CONTROL),
        (date(2020, 6, 30), ReportingKind.EVALUATION),
        (date(2021, 6, 30), ReportingKind.EVALUATION),
        (date(2022, 6, 30), ReportingKind.EVALUATION),
    ]


def test_where_no_month_is_named_the_day_to_plan_for_leaves_time_for_the_budget() -> None:
    promises = [promise(ReportingKind.BUDGET), promise(ReportingKind.EVALUATION)]
    days = promised_days(promises, Period.of_years(2021, 2021))
    assert [(each.on, each.kind, each.provisional) for each in days] == [
        (date(2021, 8, 31), ReportingKind.BUDGET, True),
        (date(2021, 12, 31), ReportingKind.EVALUATION, True),
        (date(2021, 12, 31), ReportingKind.REVISION, False),
    ]


def test_two_sentences_about_one_day_are_one_day_with_both() -> None:
    promises = [
        promise(ReportingKind.REVIEW, (12,), "Planen gjennomgås i desember."),
        promise(ReportingKind.REVIEW, (10, 11, 12), "Gjennomgang hvert fjerde kvartal."),
        promise(ReportingKind.REVISION, (12,), "Planen rulleres hvert år."),
    ]
    days = promised_days(promises, Period.of_years(2021, 2021))
    assert days == [
        PromisedDay(
            date(2021, 12, 31),
            ReportingKind.REVIEW,
            text="Planen gjennomgås i desember.\nGjennomgang hvert fjerde kvartal.",
        ),
        PromisedDay(date(2021, 12, 31), ReportingKind.REVISION, Basis.PLAN_ENDS, text="Planen rulleres hvert år."),
    ]


def test_the_report_to_the_council_is_not_among_them() -> None:
    promises = [promise(ReportingKind.COUNCIL_REPORT, (5,)), ReportingDate(kind=ReportingKind.BUDGET, text="En gang")]
    assert [each.basis for each in promised_days(promises, Period.of_years(2020, 2021))] == [Basis.PLAN_ENDS]


@given(
    promises=st.lists(
        st.builds(
            promise,
            st.sampled_from(KINDS),
            st.sampled_from([(), (1,), (4, 5, 6), (12,)]),
            st.sampled_from(["Ja", "Nei"]),
            st.integers(1, 5),
        ),
        max_size=6,
    ),
    first=st.integers(2000, 2100),
    length=st.integers(0, 12),
)
def test_no_kind_comes_twice_on_a_day_and_all_are_in_order(
    promises: list[ReportingDate], first: int, length: int
) -> None:
    days = promised_days(promises, Period.of_years(first, first + length))
    keys = [(each.on, each.kind) for each in days]
    assert len(set(keys)) == len(keys)
    assert [each.on for each in days] == sorted(each.on for each in days)
