"""What recurs: the months it falls due in, the years it counts from, and where it begins and ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from plan.deadline.model import Deadline, DeadlineWarning, Every, Kind
from plan.deadline.phrase import Phrase
from plan.deadline.placing import Placed, fixed_day_of, months_of, moves
from plan.deadline.series import Time
from plan.deadline.stretch import Bound, Part, Stretch, last_of_month
from plan.deadline.words import Mark


@dataclass
class _Gathered:
    """What the times around a recurrence add to it."""

    months: list[int] = field(default_factory=list)
    day: int | None = None
    base_years: list[int] = field(default_factory=list)
    start: date | None = None
    starts_on_day: bool = False
    due: date | None = None
    warnings: list[DeadlineWarning] = field(default_factory=list)


def recurring(phrase: Phrase) -> Deadline:
    """The deadline of a phrase with a recurrence in it; "hvert år i mai, første gang 2021" in any order."""
    every = phrase.repeats[0].every
    found = _Gathered(warnings=[warning for repeat in phrase.repeats for warning in repeat.warnings])
    for time in phrase.times:
        for placed in phrase.placed(time):
            _gather(found, placed, time, every)
    _gather_parity(found, phrase)
    others = [repeat.every for repeat in phrase.repeats[1:] if repeat.every != every]
    if others or phrase.marks(Mark.ONGOING):
        found.warnings.append(DeadlineWarning.SEVERAL_KINDS)
    every = _in_months(every, found.months)
    start = _first_time(found, every.months, phrase)
    if start is not None and found.due is not None and start > found.due:
        start, found.due, found.base_years = None, None, []
        found.warnings.append(DeadlineWarning.START_AFTER_DUE)
    return Deadline(
        "",
        Kind.RECURRING,
        due=found.due,
        start=start,
        every=every,
        base_years=tuple(sorted(set(found.base_years))),
        condition=phrase.condition,
        warnings=tuple(found.warnings),
    )


def _gather_parity(found: _Gathered, phrase: Phrase) -> None:
    """Even or odd years count from the first of them in the plan's period."""
    parity = phrase.repeats[0].parity
    period = phrase.context.period
    if parity is None or found.base_years:
        return
    if period is None:
        found.warnings.append(DeadlineWarning.PERIOD_MISSING)
        return
    first = period.first.year
    found.base_years.append(first + (first + parity) % 2)


def _in_months(every: Every, months: list[int]) -> Every:
    """With the months it falls in; "halvårlig (mai og november)" is each year in these two."""
    if every.unit == "month" and every.times == 1 and len(set(months)) * every.n == 12:
        every = Every("year")
    if every.unit != "year":
        return every
    return replace(every, months=tuple(sorted({*every.months, *months})))


def _gather(found: _Gathered, placed: Placed, time: Time, every: Every) -> None:
    stretch = placed.stretch
    if stretch.last.part is Part.SPAN and not stretch.is_range:
        return
    if DeadlineWarning.DATE_IMPOSSIBLE in placed.warnings:
        found.warnings.append(DeadlineWarning.DATE_IMPOSSIBLE)
        return
    warnings = [each for each in placed.warnings if each is not DeadlineWarning.YEAR_MISSING]
    found.warnings += [each for each in warnings if each is not DeadlineWarning.PERIOD_MISSING]
    if stretch.last.lacks_year or _year_was_lent(stretch, time):
        _gather_time_of_year(found, stretch, time)
    elif stretch.last.part is Part.YEAR:
        _gather_years(found, placed, stretch)
    else:
        _gather_dated(found, placed, stretch)


def _year_was_lent(stretch: Stretch, time: Time) -> bool:
    """Whether the year came from the context and not from the phrase."""
    return any(
        original.last.lacks_year and (original.last.begin, original.last.end) == (stretch.last.begin, stretch.last.end)
        for original in time.stretches
    )


def _gather_time_of_year(found: _Gathered, stretch: Stretch, time: Time) -> None:
    found.months += months_of(stretch, time.bound)
    day = fixed_day_of(stretch, time.bound)
    if moves(stretch):
        found.warnings.append(DeadlineWarning.APPROXIMATE)
    if found.day is not None and day is not None and found.day != day:
        found.warnings.append(DeadlineWarning.DAY_OF_MONTH_UNPLACED)
    found.day = found.day or day


def _gather_years(found: _Gathered, placed: Placed, stretch: Stretch) -> None:
    if stretch.is_range:
        found.start, found.due = placed.start, placed.due
    elif placed.bound in (Bound.BY, Bound.UNTIL, Bound.BEFORE):
        found.due = placed.due
    else:
        if placed.bound is Bound.FROM and found.start is None:
            found.start = placed.start
        if stretch.last.year is not None:
            found.base_years.append(stretch.last.year)


def _gather_dated(found: _Gathered, placed: Placed, stretch: Stretch) -> None:
    if placed.bound is Bound.UNTIL:
        found.due = placed.due
    elif stretch.is_range:
        found.start, found.due = placed.start, placed.due
        found.starts_on_day = stretch.first.is_day
    elif placed.bound in (Bound.FROM, Bound.AFTER):
        found.start = placed.start
        found.starts_on_day = stretch.last.is_day
    elif placed.due is not None:
        found.months.append(placed.due.month)
        found.start = found.start or placed.due
        found.starts_on_day = True
        found.base_years.append(placed.due.year)


def _first_time(found: _Gathered, months: tuple[int, ...], phrase: Phrase) -> date | None:
    """The first day it falls due, where months and a year to begin in are known; else the stated start."""
    if not months or found.starts_on_day:
        return found.start
    period = phrase.context.period
    if found.start is not None:
        return _next_due(found.start, months, found.day)
    if found.base_years:
        return _next_due(date(min(found.base_years), 1, 1), months, found.day)
    if found.day is None:
        return None
    if period is None:
        if DeadlineWarning.APPROXIMATE not in found.warnings:
            found.warnings.append(DeadlineWarning.DAY_OF_MONTH_UNPLACED)
        return None
    return _next_due(period.first, months, found.day)


def _next_due(start: date, months: tuple[int, ...], day: int | None) -> date:
    """The first due day from the start on: on the day, or on the last of the month."""
    dues = [_in_month(year, month, day) for year in (start.year, start.year + 1) for month in months]
    return next(due for due in dues if due >= start)


def _in_month(year: int, month: int, day: int | None) -> date:
    last = last_of_month(year, month)
    return last if day is None else last.replace(day=min(day, last.day))
