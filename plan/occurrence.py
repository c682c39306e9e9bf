"""The concrete days a deadline falls due on, within a window and the plan's period.

A day, a period and a condition with a date fall due once, milestones each on their own day. What
recurs falls due on the last day of its months; every year without months on the last day of the
year, several times a year spread evenly (three times: 30 April, 31 August, 31 December), every n
months counted from January of its first year, every n weeks on the Friday. Every n years counts
from the base years, else from the first year of the plan; without either no year can be told.
A mere start is asked about on its day. Ongoing, as needed and what is not understood never fall due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plan.deadline import Deadline, Every, Kind, Period
from plan.deadline.stretch import last_of_month

FRIDAY = 5
WEEKS_COUNT_FROM = date(2000, 1, 1)  # where the plan gives nothing to count from
_ONCE = (Kind.DATE, Kind.PERIOD, Kind.CONDITIONAL)


@dataclass(frozen=True, order=True)
class Occurrence:
    """One day on which something falls due; `label` is the text of the milestone, if it is one.

    `starts`: on the day something is to begin, and nothing says when it is to be done.
    """

    due: date
    label: str = ""
    starts: bool = False


def occurrences(deadline: Deadline, *, period: Period | None, between: tuple[date, date]) -> list[Occurrence]:
    """What falls due from the first to the last day of the window, both included, in order.

    With a period, what recurs is kept within it; a date the plan states outside its own period stands.
    """
    first, last = between
    found = sorted(set(_all(deadline, period, first, last)))
    return [each for each in found if first <= each.due <= last]


def _all(deadline: Deadline, period: Period | None, first: date, last: date) -> Iterator[Occurrence]:
    if deadline.kind is Kind.MILESTONES:
        for part in deadline.milestones:
            for each in _all(part, period, first, last):
                yield Occurrence(each.due, part.text, each.starts)
    elif deadline.kind in _ONCE and deadline.due is not None:
        yield Occurrence(deadline.due)
    elif deadline.kind is Kind.START and deadline.start is not None:
        yield Occurrence(deadline.start, starts=True)
    elif deadline.kind is Kind.RECURRING and deadline.every is not None:
        for due in _recurring(deadline, deadline.every, period, first, last):
            yield Occurrence(due)


def _recurring(deadline: Deadline, every: Every, period: Period | None, first: date, last: date) -> Iterator[date]:
    """Every due day of a recurrence in the window, within what bounds the deadline."""
    counted_from = date(deadline.base_years[0], 1, 1) if deadline.base_years else None
    lows = [first, deadline.start, counted_from, period.first if period else None]
    highs = [last, deadline.due, period.last if period else None]
    low = max(day for day in lows if day is not None)
    high = min(day for day in highs if day is not None)
    if low > high:
        return
    anchor = counted_from or deadline.start or (period.first if period else None)
    days = {"year": _yearly, "month": _monthly, "week": _weekly}[every.unit]
    for due in days(deadline, every, anchor, low, high):
        if low <= due <= high:
            yield due


def _yearly(deadline: Deadline, every: Every, anchor: date | None, low: date, high: date) -> Iterator[date]:
    # A cycle of several years may begin before the window and reach into it.
    for year in range(max(low.year - every.n + 1, date.min.year), high.year + 1):
        if every.n == 1 or _counts(year, deadline, every, anchor):
            yield from _in_cycle(deadline, every, year)


def _counts(year: int, deadline: Deadline, every: Every, anchor: date | None) -> bool:
    """Whether a year is one of every n: a stated year, or on beat with the last stated before it."""
    if anchor is None:
        return False
    stated = deadline.base_years or (anchor.year,)
    before = [base for base in stated if base <= year]
    return bool(before) and (year - before[-1]) % every.n == 0


def _in_cycle(deadline: Deadline, every: Every, year: int) -> Iterator[date]:
    """The due days of the cycle that begins with the year; once in it is in that very year."""
    if every.months:
        yield from (_day_in(deadline, year, month) for month in every.months)
        return
    months = 12 if every.times == 1 else 12 * every.n
    for number in range(1, every.times + 1):
        # More often than monthly is a matter of weeks, not of dates: the months are filled and no more.
        yield from _month_end(year * 12 + months * number // every.times - 1)


def _day_in(deadline: Deadline, year: int, month: int) -> date:
    """The last day of the month, or the day of the month the deadline starts on."""
    last = last_of_month(year, month)
    start, every = deadline.start, deadline.every
    if start is None or every is None or start.month not in every.months:
        return last
    is_last = start == last_of_month(start.year, start.month)
    return last if is_last else last.replace(day=min(start.day, last.day))


def _monthly(_deadline: Deadline, every: Every, anchor: date | None, low: date, high: date) -> Iterator[date]:
    origin = anchor.year * 12 if anchor else 0
    begin = low.year * 12 + low.month - 1
    begin -= (begin - origin) % every.n
    for cycle in range(begin, high.year * 12 + high.month, every.n):
        for number in range(1, every.times + 1):
            yield from _month_end(cycle + max(every.n * number // every.times, 1) - 1)


def _month_end(months: int) -> Iterator[date]:
    """The last day of a month counted from the year 0, if the calendar has it."""
    year, month = divmod(months, 12)
    if date.min.year <= year <= date.max.year:
        yield last_of_month(year, month + 1)


def _weekly(_deadline: Deadline, every: Every, anchor: date | None, low: date, high: date) -> Iterator[date]:
    start = anchor or WEEKS_COUNT_FROM
    friday = start.toordinal() + (FRIDAY - start.isoweekday()) % 7
    step = 7 * every.n
    friday += -(-(low.toordinal() - friday) // step) * step
    for ordinal in range(friday, high.toordinal() + 1, step):
        yield date.fromordinal(ordinal)
