"""From a stretch of the calendar and how it limits, to days."""

from dataclasses import dataclass, replace
from datetime import date

from plan.deadline.model import DeadlineWarning, Kind
from plan.deadline.stretch import (
    DAY,
    LEAP_YEAR,
    MOVING_NAMES,
    Bound,
    Context,
    Edge,
    ImpossibleDateError,
    Named,
    Part,
    Point,
    Season,
    Span,
    Stretch,
    span_of,
)

_BLAMES_CONTEXT = {DeadlineWarning.PERIOD_MISSING, DeadlineWarning.STARTING_POINT_MISSING}


@dataclass(frozen=True)
class Placed:
    """What a stretch means in time: its kind, its days where they are known, and the doubts."""

    kind: Kind
    start: date | None
    due: date | None
    warnings: tuple[DeadlineWarning, ...]
    stretch: Stretch
    bound: Bound


def place(stretch: Stretch, bound: Bound, context: Context) -> Placed:
    """The days of a stretch; without a year it keeps its kind and is flagged."""
    first, last = _in_certain_year(stretch.first, context), _in_certain_year(stretch.last, context)
    warnings = _merged(stretch.first.warnings, stretch.last.warnings, _of_bound(stretch, bound))
    kind = _kind(stretch, bound)
    if first.lacks_year or last.lacks_year:
        if not _BLAMES_CONTEXT & set(warnings):
            warnings = _merged(warnings, (DeadlineWarning.YEAR_MISSING,))
        if _never_exists(first) or _never_exists(last):
            return Placed(Kind.NOT_UNDERSTOOD, None, None, (DeadlineWarning.DATE_IMPOSSIBLE,), stretch, bound)
        return Placed(kind, None, None, warnings, stretch, bound)
    placed = replace(stretch, first=first, last=last if stretch.is_range else first)
    try:
        start, due = _days(placed, bound)
    except (ImpossibleDateError, OverflowError):
        impossible = _merged(warnings, (DeadlineWarning.DATE_IMPOSSIBLE,))
        return Placed(Kind.NOT_UNDERSTOOD, None, None, impossible, stretch, bound)
    if start is not None and due is not None and start > due:
        reversed_ = _merged(warnings, (DeadlineWarning.START_AFTER_DUE,))
        return Placed(kind, None, None, reversed_, placed, bound)
    doubts = (_weekday_doubt(first), _weekday_doubt(last), _outside(start, due, context))
    return Placed(kind, start, due, _merged(warnings, tuple(doubt for doubt in doubts if doubt)), placed, bound)


def _never_exists(point: Point) -> bool:
    """Whether no year has such a day."""
    try:
        span_of(_dated(point))
    except ImpossibleDateError:
        return point.part is not Part.WEEK or point.number != 53
    return False


def _in_certain_year(point: Point, context: Context) -> Point:
    if not point.lacks_year or context.certain_year is None or _BLAMES_CONTEXT & set(point.warnings):
        return point
    return replace(point, year=context.certain_year)


def _merged(*groups: tuple[DeadlineWarning, ...]) -> tuple[DeadlineWarning, ...]:
    return tuple(dict.fromkeys(warning for group in groups for warning in group))


def _of_bound(stretch: Stretch, bound: Bound) -> tuple[DeadlineWarning, ...]:
    # Whoever says "before the summer" seldom means the last day of May exactly.
    summer = stretch.first.season is Season.SUMMER
    return (DeadlineWarning.APPROXIMATE,) if bound is Bound.BEFORE and summer else ()


def _kind(stretch: Stretch, bound: Bound) -> Kind:
    if bound in (Bound.FROM, Bound.AFTER) and not stretch.is_range:
        return Kind.START
    is_day = stretch.last.is_day or stretch.last.named is Named.TURN_OF_YEAR
    return Kind.DATE if is_day and not stretch.is_range and bound is not Bound.UNTIL else Kind.PERIOD


def _days(stretch: Stretch, bound: Bound) -> tuple[date | None, date | None]:
    first, last = span_of(stretch.first)[0], span_of(stretch.last)[1]
    open_start = not stretch.is_range and (_is_plain(stretch.last) or stretch.last.edge in (Edge.END, Edge.MIDDLE))
    match bound:
        case Bound.BY | Bound.UNTIL:
            return None, last
        case Bound.BEFORE:
            return None, (last if stretch.last.edge is Edge.END else first - DAY)
        case Bound.FROM if not stretch.is_range:
            return first, None
        case Bound.AFTER if not stretch.is_range:
            return last + DAY, None
        case _:
            return (None if open_start else first), last


def _is_plain(point: Point) -> bool:
    return point.is_day or point.named is Named.TURN_OF_YEAR


def _weekday_doubt(point: Point) -> DeadlineWarning | None:
    if point.weekday is None or point.part is not Part.DAY:
        return None
    return None if span_of(point)[0].weekday() == point.weekday else DeadlineWarning.WEEKDAY_MISMATCH


def _outside(start: date | None, due: date | None, context: Context) -> DeadlineWarning | None:
    if context.period is None:
        return None
    day = due or start
    return None if day is None or day in context.period else DeadlineWarning.OUTSIDE_PERIOD


def months_of(stretch: Stretch, bound: Bound = Bound.WITHIN) -> tuple[int, ...]:
    """The months in which a stretch without a year is due each year; none for a whole year.

    Spring and autumn divided by a slash are two times a year, neighbouring months one.
    """
    spans = _any_year(stretch)
    if spans is None or stretch.last.part in (Part.YEAR, Part.SPAN, Part.ELECTION_PERIOD):
        return ()
    first, last = spans
    if bound is Bound.BEFORE:
        return ((first[0] - DAY).month,)
    if stretch.slashed and (last[0] - first[1]).days > 31:
        return (first[1].month, last[1].month)
    return (last[1].month,)


def fixed_day_of(stretch: Stretch, bound: Bound = Bound.WITHIN) -> int | None:
    """The day of the month on which a stretch is due each year, unless it is the month's last."""
    spans = _any_year(stretch)
    if spans is None or moves(stretch):
        return None
    due = spans[0][0] - DAY if bound is Bound.BEFORE else spans[1][1]
    return due.day if (due + DAY).day != 1 else None


def moves(stretch: Stretch) -> bool:
    """Whether a stretch falls on other days from year to year: a week, Easter."""
    return stretch.last.part is Part.WEEK or stretch.last.named in MOVING_NAMES


def _any_year(stretch: Stretch) -> tuple[Span, Span] | None:
    # A leap year has every day, and February's last is the 29th: due on the last day all the same.
    try:
        return span_of(_dated(stretch.first)), span_of(_dated(stretch.last))
    except ImpossibleDateError:
        return None


def _dated(point: Point) -> Point:
    return replace(point, year=LEAP_YEAR) if point.lacks_year else point
