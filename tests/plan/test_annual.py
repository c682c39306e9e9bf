from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plan.annual import (
    LONGEST,
    RoundDates,
    RoundSettings,
    RoundSettingsError,
    SettingsFault,
    provisional_meeting,
    reporting_years,
    round_dates,
)
from plan.deadline import Period
from plan.draft import YearlyRule
from plan.workday import DateRange, NoWorkdayError, WorkCalendar

NORWAY = WorkCalendar()
VEFSN = Period.of_years(2020, 2024)
IN_MAY_FROM_2021 = YearlyRule(months=(5,), first_year=2021, body="Kommunestyret")


def test_a_report_every_may_from_2021_on_is_due_in_each_year_left_of_the_plan() -> None:
    assert reporting_years(IN_MAY_FROM_2021, VEFSN) == (2021, 2022, 2023, 2024)


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        (YearlyRule(), (2020, 2021, 2022, 2023, 2024)),
        (YearlyRule(n=4), (2020, 2024)),
        (YearlyRule(n=3, first_year=2019), (2022,)),
        (YearlyRule(first_year=2022, last_year=2022), (2022,)),
        (YearlyRule(n=2, first_year=2021, last_year=2025), (2021, 2023, 2025)),
        (YearlyRule(first_year=2025), ()),
        (YearlyRule(last_year=2019), ()),
    ],
)
def test_years_count_from_the_rule_and_else_from_the_plan(rule: YearlyRule, years: tuple[int, ...]) -> None:
    assert reporting_years(rule, VEFSN) == years


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        (IN_MAY_FROM_2021, 2021, date(2021, 5, 3)),  # 1 May is a public holiday, and a Saturday
        (IN_MAY_FROM_2021, 2023, date(2023, 5, 2)),  # 1 May is a Monday
        (YearlyRule(months=(4, 5, 6)), 2021, date(2021, 4, 6)),  # Easter Monday is 5 April
        (YearlyRule(months=(1, 2, 3)), 2022, date(2022, 1, 3)),
    ],
)
def test_a_month_alone_is_planned_for_on_its_first_working_day(rule: YearlyRule, year: int, day: date) -> None:
    assert provisional_meeting(rule, year, NORWAY) == day


def test_a_rule_without_a_month_gives_no_day_to_plan_for() -> None:
    assert provisional_meeting(YearlyRule(), 2021, NORWAY) is None


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(1, 31))
def test_the_provisional_day_is_never_after_the_meeting(year: int, month: int, day: int) -> None:
    try:
        meeting = date(year, month, day)
    except ValueError:
        assume(False)
    assume(NORWAY.is_workday(meeting))
    provisional = provisional_meeting(YearlyRule(months=(month,)), year, NORWAY)
    assert provisional is not None
    assert provisional <= meeting
    assert (
        round_dates(provisional, RoundSettings(), NORWAY).papers <= round_dates(meeting, RoundSettings(), NORWAY).papers
    )


def test_a_round_is_counted_back_over_easter_and_the_days_of_may() -> None:
    # Of 2021: Easter 1 to 5 April, 13 May Ascension Day, 17 May, 24 May Whit Monday.
    assert round_dates(date(2021, 5, 20), RoundSettings(papers=10, office=5, reply=15), NORWAY) == RoundDates(
        opens=date(2021, 3, 30),
        halfway=date(2021, 4, 14),
        reply_by=date(2021, 4, 26),
        office_from=date(2021, 4, 27),
        papers=date(2021, 5, 4),
        meeting=date(2021, 5, 20),
    )


def test_the_shortest_round_has_a_day_for_everything() -> None:
    assert round_dates(date(2021, 9, 10), RoundSettings(papers=1, office=1, reply=1), NORWAY) == RoundDates(
        opens=date(2021, 9, 3),
        halfway=date(2021, 9, 6),
        reply_by=date(2021, 9, 7),
        office_from=date(2021, 9, 8),
        papers=date(2021, 9, 9),
        meeting=date(2021, 9, 10),
    )


def test_the_office_and_the_units_have_the_days_the_settings_say() -> None:
    settings = RoundSettings(papers=8, office=4, reply=11)
    found = round_dates(date(2022, 5, 18), settings, NORWAY)
    assert len(NORWAY.between(found.papers, found.meeting)) - 1 == settings.papers
    assert len(NORWAY.between(found.office_from, found.papers)) - 1 == settings.office
    assert len(NORWAY.between(found.opens, found.reply_by)) - 2 == settings.reply


days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
lengths = st.integers(1, LONGEST)
quiet_ranges = st.lists(
    st.builds(lambda first, length: DateRange(first, first + timedelta(days=length)), days, st.integers(0, 40)),
    max_size=4,
)


@given(days, st.builds(RoundSettings, papers=lengths, office=lengths, reply=lengths), quiet_ranges)
def test_the_days_of_a_round_follow_each_other_and_are_working_days(
    meeting: date, settings: RoundSettings, quiet: list[DateRange]
) -> None:
    calendar = WorkCalendar(quiet)
    found = round_dates(meeting, settings, calendar)
    in_order = [found.opens, found.halfway, found.reply_by, found.office_from, found.papers, found.meeting]
    assert all(earlier < later for earlier, later in pairwise(in_order))
    assert all(calendar.is_workday(day) for day in in_order[:-1])
    assert found.meeting == meeting


@pytest.mark.parametrize("month_and_day", [(5, 18), (12, 25), (1, 1), (4, 9), (7, 31)])
@pytest.mark.parametrize("year", range(2000, 2101, 4))
def test_the_order_holds_around_every_holiday(year: int, month_and_day: tuple[int, int]) -> None:
    quiet = [DateRange.of_week(year, week) for week in (8, 28, 29, 30, 40)]
    found = round_dates(date(year, *month_and_day), RoundSettings(), WorkCalendar(quiet))
    assert found.opens < found.halfway < found.reply_by < found.office_from < found.papers < found.meeting


def test_a_municipality_that_is_always_quiet_has_no_round() -> None:
    calendar = WorkCalendar([DateRange(date(2018, 1, 1), date(2022, 1, 1))])
    with pytest.raises(NoWorkdayError):
        round_dates(date(2021, 5, 20), RoundSettings(), calendar)


@pytest.mark.parametrize("setting", ["papers", "office", "reply"])
@pytest.mark.parametrize(
    ("value", "code", "limit"),
    [(0, SettingsFault.TOO_SHORT, 1), (-3, SettingsFault.TOO_SHORT, 1), (121, SettingsFault.TOO_LONG, LONGEST)],
)
def test_a_setting_no_round_can_be_made_of_is_refused_by_name(
    setting: str, value: int, code: SettingsFault, limit: int
) -> None:
    with pytest.raises(RoundSettingsError) as refused:
        RoundSettings(**{setting: value})
    error = refused.value
    assert (error.code, error.setting, error.value, error.limit) == (code, setting, value, limit)
