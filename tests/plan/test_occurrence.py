from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.deadline import Deadline, Every, Kind, Period, parse
from plan.occurrence import Occurrence, occurrences

PLAN = Period.of_years(2019, 2024)
ALWAYS = (date(2000, 1, 1), date(2040, 12, 31))


def dues(phrase: str, period: Period | None = PLAN, between: tuple[date, date] = ALWAYS) -> list[str]:
    found = occurrences(parse(phrase, period=period), period=period, between=between)
    return [each.due.isoformat() for each in found]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("31.12.2022", ["2022-12-31"]),
        ("2020", ["2020-12-31"]),
        ("i planperioden", ["2024-12-31"]),
        ("2021, dersom det bevilges midler", ["2021-12-31"]),
        ("Hvert 3.år\n2019\n2022", ["2019-12-31", "2022-12-31"]),
        ("Hvert 3. år", ["2019-12-31", "2022-12-31"]),
        ("Hvert 2. år fra 2020", ["2020-12-31", "2022-12-31", "2024-12-31"]),
        ("2022 og deretter årlig", ["2022-12-31", "2023-12-31", "2024-12-31"]),
        ("Årlig 2021-2022", ["2021-12-31", "2022-12-31"]),
        ("Årlig frem til 2020", ["2019-12-31", "2020-12-31"]),
        ("1. mai hvert år", [f"{year}-05-01" for year in range(2019, 2025)]),
        ("Årlig i mai fra 2022", ["2022-05-31", "2023-05-31", "2024-05-31"]),
        ("Årlig i januar fra 2023", ["2023-01-31", "2024-01-31"]),
        ("29. februar hvert 2. år fra 2021", ["2021-02-28", "2023-02-28"]),
        ("To ganger i planperioden", ["2021-12-31", "2024-12-31"]),
    ],
)
def test_a_phrase_falls_due_in_the_plan_on(phrase: str, expected: list[str]) -> None:
    assert dues(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Årlig", ["2021-12-31"]),
        ("Andre kvartal hvert år", ["2021-06-30"]),
        ("Hver høst", ["2021-11-30"]),
        ("mars og oktober hvert år", ["2021-03-31", "2021-10-31"]),
        ("3 ganger i året", ["2021-04-30", "2021-08-31", "2021-12-31"]),
        ("to ganger pr. år", ["2021-06-30", "2021-12-31"]),
        ("halvårlig", ["2021-06-30", "2021-12-31"]),
        ("tertialvis", ["2021-04-30", "2021-08-31", "2021-12-31"]),
        ("kvartalsvis", ["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"]),
        ("2 ganger i halvåret", ["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"]),
        ("hvert skoleår", ["2021-07-31"]),
    ],
)
def test_within_one_year_it_falls_due_on(phrase: str, expected: list[str]) -> None:
    assert dues(phrase, between=(date(2021, 1, 1), date(2021, 12, 31))) == expected


def test_every_month_falls_due_on_its_last_day() -> None:
    found = dues("månedlig", between=(date(2024, 1, 15), date(2024, 4, 15)))
    assert found == ["2024-01-31", "2024-02-29", "2024-03-31"]


def test_every_other_week_falls_due_on_a_friday() -> None:
    found = dues("annenhver uke", between=(date(2019, 1, 1), date(2019, 2, 10)))
    assert found == ["2019-01-04", "2019-01-18", "2019-02-01"]


@pytest.mark.parametrize("phrase", ["Løpende", "Ved behov", "Straks", "", "Utkanten av byen", "31.02.2021", "1. mai"])
def test_what_has_no_due_day_never_falls_due(phrase: str) -> None:
    assert dues(phrase) == []


def test_what_only_begins_is_there_on_its_first_day_and_says_so() -> None:
    window = (date(2019, 1, 1), date(2030, 12, 31))
    assert occurrences(parse("fra 2020"), period=None, between=window) == [Occurrence(date(2020, 1, 1), starts=True)]


def test_every_third_year_of_nothing_in_particular_cannot_be_counted() -> None:
    assert dues("Hvert 3. år", period=None) == []


def test_a_stated_date_outside_the_period_stands() -> None:
    assert dues("31.12.2026") == ["2026-12-31"]


def test_milestones_fall_due_each_with_its_text() -> None:
    text = "Besøk på Sagatun i Hamar januar 2019\nAvklaring innen 1. halvår 2019"
    assert occurrences(parse(text), period=PLAN, between=ALWAYS) == [
        Occurrence(date(2019, 1, 31), "Besøk på Sagatun i Hamar januar 2019"),
        Occurrence(date(2019, 6, 30), "Avklaring innen 1. halvår 2019"),
    ]


def test_an_empty_window_holds_nothing() -> None:
    assert dues("Årlig", between=(date(2022, 1, 1), date(2021, 1, 1))) == []


DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))
EVERY = st.one_of(
    st.builds(
        Every,
        st.just("year"),
        st.integers(1, 6),
        st.integers(1, 14),
        st.lists(st.integers(1, 12), unique=True, max_size=4).map(lambda months: tuple(sorted(months))),
    ),
    st.builds(Every, st.sampled_from(["month", "week"]), st.integers(1, 14), st.integers(1, 5)),
)
RECURRING = st.builds(
    lambda every, start, base_years: Deadline(
        "", Kind.RECURRING, every=every, start=start, base_years=tuple(sorted(set(base_years)))
    ),
    EVERY,
    st.none() | DAYS,
    st.lists(st.integers(2010, 2030), max_size=3),
)
PERIODS = st.none() | st.builds(
    lambda first, years: Period.of_years(first, first + years), st.integers(2010, 2030), st.integers(0, 6)
)


@given(RECURRING, PERIODS, DAYS, DAYS)
def test_occurrences_are_sorted_unique_and_inside(deadline: Deadline, period: Period | None, a: date, b: date) -> None:
    found = [each.due for each in occurrences(deadline, period=period, between=(a, b))]
    assert found == sorted(set(found))
    assert all(a <= due <= b for due in found)
    assert period is None or all(due in period for due in found)


@given(RECURRING, PERIODS, st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_two_windows_side_by_side_hold_what_the_whole_holds(
    deadline: Deadline, period: Period | None, days: list[date]
) -> None:
    first, middle, last = days
    whole = occurrences(deadline, period=period, between=(first, last))
    left = occurrences(deadline, period=period, between=(first, middle))
    right = occurrences(deadline, period=period, between=(middle + timedelta(days=1), last))
    assert left + right == whole


@given(EVERY)
def test_something_that_recurs_in_every_year_is_never_silent(every: Every) -> None:
    deadline = Deadline("", Kind.RECURRING, every=every)
    window = (date(2020, 1, 1), date(2020 + 2 * every.n, 12, 31))
    assert occurrences(deadline, period=Period.of_years(2020, 2020 + 2 * every.n), between=window)


def test_the_ends_of_the_calendar_are_no_error() -> None:
    whole = (date.min, date.max)
    for every in (Every("week", 3), Every("month", 5, 2), Every("year", 4, 3)):
        assert occurrences(Deadline("", Kind.RECURRING, every=every), period=PLAN, between=whole)
