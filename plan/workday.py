"""Norwegian working days and the hours in which messages go out.

Working days are Monday to Friday without the public holidays of Norway and without the quiet
ranges a municipality adds. Christmas Eve, New Year's Eve and the Wednesday before Easter are
working days that end at noon, as the municipal tariff agreement has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import holidays

DAY = timedelta(days=1)
OSLO = ZoneInfo("Europe/Oslo")
HALF_DAY_ENDS = time(12, 0)
SEARCH_DAYS = 400  # more than a year: whoever is quiet that long has no next working day


class NoWorkdayError(Exception):
    """There is no working day within 400 days: the quiet ranges cover everything."""


@dataclass(frozen=True)
class DateRange:
    """Days from first to last, both included. Raises `ValueError` if it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a range cannot end ({self.last}) before it begins ({self.first})")

    @classmethod
    def of_week(cls, year: int, week: int) -> Self:
        """Monday to Sunday of an ISO week. Raises `ValueError` if the year has no such week."""
        return cls(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class WorkCalendar:
    """The working days of a municipality: Norway's, less its own quiet ranges, and ISO weeks quiet every year."""

    def __init__(self, quiet: Sequence[DateRange] = (), quiet_weeks: Collection[int] = ()) -> None:
        self.quiet = tuple(quiet)
        self.quiet_weeks = frozenset(quiet_weeks)
        self._holidays = holidays.country_holidays("NO")
        # Every step of every request is counted in working days: each day is looked at once.
        self._found: dict[tuple[date, int], date] = {}

    def also_quiet(self, ranges: Iterable[DateRange], weeks: Iterable[int]) -> WorkCalendar:
        """The same calendar with more quiet ranges and weeks."""
        found = copy(self)  # to load the holidays takes long
        found.quiet = (*self.quiet, *ranges)
        found.quiet_weeks = self.quiet_weeks.union(weeks)
        found._found = {}
        return found

    def is_workday(self, day: date) -> bool:
        """Whether people are at work on the day, if only for half of it."""
        return day.weekday() < 5 and day not in self._holidays and not self._is_quiet(day)

    def is_half_day(self, day: date) -> bool:
        """Whether the day is a working day that ends at noon."""
        return self.is_workday(day) and (
            (day.month, day.day) in ((12, 24), (12, 31)) or self._is_before_maundy_thursday(day)
        )

    def on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it. Raises `NoWorkdayError`."""
        return day if self.is_workday(day) else self._next(day, -1)

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it. Raises `NoWorkdayError`."""
        return day if self.is_workday(day) else self._next(day, 1)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after the day, or before it if n is negative; with 0 the day itself.

        Raises `NoWorkdayError` where there is none.
        """
        step = 1 if n > 0 else -1
        for _ in range(abs(n)):
            day = self._next(day, step)
        return day

    def between(self, first: date, last: date) -> list[date]:
        """The working days from first to last, both included; none if last lies before first."""
        return [day for day in _days(first, last) if self.is_workday(day)]

    def _next(self, day: date, step: int) -> date:
        """The closest working day strictly after (step 1) or before (step -1) the day."""
        found = self._found.get((day, step))
        if found is None:
            found = self._found[day, step] = self._search(day, step)
        return found

    def _search(self, day: date, step: int) -> date:
        for distance in range(1, SEARCH_DAYS + 1):
            try:
                candidate = day + step * distance * DAY
            except OverflowError:
                break
            if self.is_workday(candidate):
                return candidate
        raise NoWorkdayError(day.isoformat())

    def _is_quiet(self, day: date) -> bool:
        return day.isocalendar().week in self.quiet_weeks or any(day in quiet for quiet in self.quiet)

    def _is_before_maundy_thursday(self, day: date) -> bool:
        # The only Wednesday with two public holidays right after it, Christmas aside.
        return (
            day.weekday() == 2
            and day.month in (3, 4)
            and day + DAY in self._holidays
            and day + 2 * DAY in self._holidays
        )


@dataclass(frozen=True)
class SendingHours:
    """When messages may go out: from `opens` until `closes` on working days, in local time.

    Raises `ValueError` if it opens after it closes.
    """

    calendar: WorkCalendar
    opens: time = time(8, 0)
    closes: time = time(15, 30)
    zone: ZoneInfo = OSLO

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"cannot open at {self.opens} and close at {self.closes}")

    def local_date(self, at: datetime) -> date:
        """The date people have at that moment. Raises `ValueError` for a naive time."""
        return self._local(at).date()

    def closes_at(self, day: date) -> time | None:
        """When sending ends on the day, or None if it is no working day."""
        if not self.calendar.is_workday(day):
            return None
        return min(self.closes, HALF_DAY_ENDS) if self.calendar.is_half_day(day) else self.closes

    def is_open(self, at: datetime) -> bool:
        """Whether a message may go out at that moment. Raises `ValueError` for a naive time."""
        local = self._local(at)
        closes = self.closes_at(local.date())
        return closes is not None and self.opens <= local.time() < closes

    def next_open(self, at: datetime) -> datetime:
        """The first moment from `at` on when a message may go out, in UTC.

        Raises `ValueError` for a naive time and `NoWorkdayError` where there is none.
        """
        if self.is_open(at):
            return at.astimezone(UTC)
        day = self.local_date(at)
        for _ in range(SEARCH_DAYS):
            opening = datetime.combine(day, self.opens, self.zone).astimezone(UTC)
            if opening >= at and self.is_open(opening):
                return opening
            day = self.calendar.add(day, 1)
        raise NoWorkdayError(self.local_date(at).isoformat())

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return at.astimezone(self.zone)


def _days(first: date, last: date) -> Iterator[date]:
    for distance in range((last - first).days + 1):
        yield first + distance * DAY
