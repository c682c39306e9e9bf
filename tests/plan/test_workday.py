from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.workday import OSLO, DateRange, NoWorkdayError, SendingHours, WorkCalendar

NORWAY = WorkCalendar()
HOURS = SendingHours(NORWAY)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
# Hypothesis wants its bounds naive and adds the zone itself.
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ENDLESS = DateRange(date.min, date.max)


def oslo(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2021, 5, 1), "Labour Day on a Saturday"),
        (date(2021, 5, 17), "Constitution Day"),
        (date(2024, 3, 28), "Maundy Thursday"),
        (date(2024, 3, 29), "Good Friday"),
        (date(2024, 4, 1), "Easter Monday"),
        (date(2024, 5, 9), "Ascension Day"),
        (date(2024, 5, 20), "Whit Monday"),
        (date(2025, 12, 25), "Christmas Day"),
        (date(2025, 12, 26), "Boxing Day"),
        (date(2026, 1, 1), "New Year's Day"),
        (date(2024, 6, 8), "a Saturday"),
        (date(2024, 6, 9), "a Sunday"),
    ],
)
def test_nobody_is_at_work_on(day: date, why: str) -> None:
    assert not NORWAY.is_workday(day), why


def test_an_ordinary_weekday_and_a_leap_day_are_working_days() -> None:
    assert NORWAY.is_workday(date(2024, 6, 10))
    assert NORWAY.is_workday(date(2024, 2, 29))


@pytest.mark.parametrize("day", [date(2024, 3, 27), date(2025, 4, 16), date(2024, 12, 24), date(2024, 12, 31)])
def test_the_days_before_easter_christmas_and_new_year_end_at_noon(day: date) -> None:
    assert NORWAY.is_workday(day)
    assert NORWAY.is_half_day(day)
    assert HOURS.closes_at(day) == time(12, 0)


@pytest.mark.parametrize("day", [date(2022, 12, 24), date(2024, 4, 3), date(2024, 4, 30), date(2021, 4, 28)])
def test_a_saturday_or_another_wednesday_is_no_half_day(day: date) -> None:
    assert not NORWAY.is_half_day(day)


@pytest.mark.parametrize(
    ("day", "eve"),
    [(date(2024, 3, 30), "Easter Eve"), (date(2024, 5, 18), "Whitsun Eve"), (date(2022, 12, 24), "Christmas Eve")],
)
def test_an_eve_on_a_saturday_is_no_working_day_at_all(day: date, eve: str) -> None:
    assert not NORWAY.is_workday(day), eve
    assert HOURS.closes_at(day) is None


def test_a_half_day_counts_as_a_working_day_in_every_count() -> None:
    # A round's days are counted over Christmas Eve and New Year's Eve as over other days: only the hours are fewer.
    assert NORWAY.add(date(2024, 12, 23), 1) == date(2024, 12, 24)
    assert NORWAY.add(date(2024, 12, 24), 1) == date(2024, 12, 27)
    assert date(2024, 12, 31) in NORWAY.between(date(2024, 12, 27), date(2025, 1, 2))


def test_a_quiet_week_is_free() -> None:
    calendar = WorkCalendar([DateRange.of_week(2024, 29)])
    assert not calendar.is_workday(date(2024, 7, 15))
    assert calendar.on_or_before(date(2024, 7, 17)) == date(2024, 7, 12)
    assert calendar.on_or_after(date(2024, 7, 17)) == date(2024, 7, 22)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        DateRange(date(2024, 2, 1), date(2024, 1, 1))


def test_a_week_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        DateRange.of_week(2021, 53)


def test_easter_is_skipped_in_both_directions() -> None:
    assert NORWAY.on_or_before(date(2024, 4, 1)) == date(2024, 3, 27)
    assert NORWAY.on_or_after(date(2024, 3, 28)) == date(2024, 4, 2)
    assert NORWAY.add(date(2024, 3, 27), 1) == date(2024, 4, 2)
    assert NORWAY.add(date(2024, 4, 2), -1) == date(2024, 3, 27)


def test_adding_counts_working_days_only() -> None:
    assert NORWAY.add(date(2024, 6, 7), 1) == date(2024, 6, 10)
    assert NORWAY.add(date(2024, 6, 8), 1) == date(2024, 6, 10)
    assert NORWAY.add(date(2024, 6, 10), -5) == date(2024, 6, 3)
    assert NORWAY.add(date(2024, 6, 8), 0) == date(2024, 6, 8)


def test_the_working_days_of_the_week_of_ascension_day() -> None:
    days = NORWAY.between(date(2024, 5, 6), date(2024, 5, 12))
    assert [day.day for day in days] == [6, 7, 8, 10]
    assert NORWAY.between(date(2024, 5, 12), date(2024, 5, 6)) == []


def test_an_endless_quiet_range_is_an_error_and_not_an_endless_search() -> None:
    calendar = WorkCalendar([ENDLESS])
    for search in (calendar.on_or_after, calendar.on_or_before):
        with pytest.raises(NoWorkdayError, match="2024-06-10"):
            search(date(2024, 6, 10))
    with pytest.raises(NoWorkdayError):
        calendar.add(date(2024, 6, 10), -3)
    with pytest.raises(NoWorkdayError):
        SendingHours(calendar).next_open(oslo(2024, 6, 10, 9))


def test_the_end_of_the_calendar_is_an_error_too() -> None:
    with pytest.raises(NoWorkdayError):
        NORWAY.add(date.max, 1)
    with pytest.raises(NoWorkdayError):
        NORWAY.add(date.min, -1)


@given(DAYS)
def test_the_nearest_working_days_enclose_the_day(day: date) -> None:
    before, after = NORWAY.on_or_before(day), NORWAY.on_or_after(day)
    assert before <= day <= after
    assert NORWAY.is_workday(before)
    assert NORWAY.is_workday(after)
    if NORWAY.is_workday(day):
        assert before == day == after
    else:
        assert NORWAY.add(before, 1) == after


@given(DAYS, st.integers(-40, 40))
def test_adding_and_taking_away_meet_on_working_days(day: date, n: int) -> None:
    workday = NORWAY.on_or_after(day)
    assert NORWAY.add(NORWAY.add(workday, n), -n) == workday


@given(DAYS, st.integers(1, 40))
def test_adding_n_days_passes_n_working_days(day: date, n: int) -> None:
    end = NORWAY.add(day, n)
    assert len(NORWAY.between(day + timedelta(days=1), end)) == n


def test_messages_go_out_from_eight_to_half_past_three() -> None:
    assert not HOURS.is_open(oslo(2024, 6, 10, 7, 59))
    assert HOURS.is_open(oslo(2024, 6, 10, 8))
    assert HOURS.is_open(oslo(2024, 6, 10, 15, 29))
    assert not HOURS.is_open(oslo(2024, 6, 10, 15, 30))
    assert not HOURS.is_open(oslo(2024, 6, 9, 10))


def test_on_christmas_eve_sending_stops_at_noon() -> None:
    assert HOURS.is_open(oslo(2024, 12, 24, 11, 59))
    assert not HOURS.is_open(oslo(2024, 12, 24, 12))
    assert HOURS.next_open(oslo(2024, 12, 24, 12)) == oslo(2024, 12, 27, 8)


def test_hours_that_begin_in_the_afternoon_leave_half_days_out() -> None:
    afternoon = SendingHours(NORWAY, time(13, 0), time(15, 0))
    assert afternoon.next_open(oslo(2024, 12, 24, 9)) == oslo(2024, 12, 27, 13)


def test_it_opens_the_next_working_morning() -> None:
    assert HOURS.next_open(oslo(2024, 6, 7, 15, 30)) == oslo(2024, 6, 10, 8)
    assert HOURS.next_open(oslo(2024, 6, 10, 3)) == oslo(2024, 6, 10, 8)


def test_an_open_moment_is_its_own_next_and_in_utc() -> None:
    opening = HOURS.next_open(oslo(2024, 6, 10, 9, 30))
    assert opening == datetime(2024, 6, 10, 7, 30, tzinfo=UTC)
    assert opening.tzinfo is UTC


def test_eight_in_oslo_moves_in_utc_over_daylight_saving() -> None:
    # 31 March 2024 is Easter Sunday too: the morning after Easter Monday is the first in summer time.
    assert HOURS.next_open(oslo(2024, 3, 27, 13)) == datetime(2024, 4, 2, 6, tzinfo=UTC)
    assert HOURS.next_open(oslo(2024, 10, 25, 16)) == datetime(2024, 10, 28, 7, tzinfo=UTC)


def test_the_local_date_is_oslos() -> None:
    assert HOURS.local_date(datetime(2024, 6, 9, 22, 30, tzinfo=UTC)) == date(2024, 6, 10)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        HOURS.is_open(datetime(2024, 6, 10, 9))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        HOURS.next_open(datetime(2024, 6, 10, 9))  # noqa: DTZ001


def test_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot open"):
        SendingHours(NORWAY, time(16, 0), time(8, 0))


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_between_is(at: datetime) -> None:
    opening = HOURS.next_open(at)
    assert opening >= at
    assert HOURS.is_open(opening)
    if opening > at:
        assert not HOURS.is_open(at + (opening - at) / 2)
        assert not HOURS.is_open(opening - timedelta(seconds=1))
