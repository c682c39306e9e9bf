"""Points and stretches of the calendar, and the days they begin and end on.

The conventions: a month, quarter, half year, year or range is due on its last day. Tertials end
30 April, 31 August, 31 December. Vår 31 May, sommer 31 August, høst 30 November, vinter the last day
of February, a school year 31 July, a week its Friday (ISO weeks). The seasons follow one another
without gaps, so that vår begins 1 March and vinter 1 December of the year before.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from plan.deadline.model import DeadlineWarning, Period

DAY = timedelta(days=1)
LEAP_YEAR = 2024  # any day of the year exists in it

Span = tuple[date, date]


class ImpossibleDateError(Exception):
    """The calendar has no such day or week."""


class Part(Enum):
    """What a point is: a day, or a part of a year that is due on its last day."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    QUARTER = auto()
    TERTIAL = auto()
    HALF = auto()
    SEASON = auto()
    SCHOOL_YEAR = auto()
    ELECTION_PERIOD = auto()
    NAMED = auto()
    YEAR = auto()
    SPAN = auto()


class Season(Enum):
    """The four seasons; the value is the last month."""

    WINTER = 2
    SPRING = 5
    SUMMER = 8
    AUTUMN = 11


class Named(Enum):
    """Days and stretches known by name."""

    EASTER = auto()  # Palm Sunday to Easter Monday
    WHITSUN = auto()
    MIDSUMMER = auto()
    CHRISTMAS = auto()
    CHRISTMAS_WEEK = auto()
    TURN_OF_YEAR = auto()
    SUMMER_HOLIDAYS = auto()
    AUTUMN_HOLIDAYS = auto()
    WINTER_HOLIDAYS = auto()
    SCHOOL_START = auto()
    SCHOOL_END = auto()
    SEMESTER_START = auto()


# Each municipality sets its own school holidays: these days are about right, and flagged.
APPROXIMATE_NAMES = frozenset(
    {
        Named.SUMMER_HOLIDAYS,
        Named.AUTUMN_HOLIDAYS,
        Named.WINTER_HOLIDAYS,
        Named.SCHOOL_START,
        Named.SCHOOL_END,
        Named.SEMESTER_START,
    }
)


MOVING_NAMES = frozenset({Named.EASTER, Named.WHITSUN, Named.AUTUMN_HOLIDAYS, Named.WINTER_HOLIDAYS})


class Edge(Enum):
    """Which end of a point is meant: early in it, in the middle, or its end."""

    START = auto()
    MIDDLE = auto()
    END = auto()


class Bound(Enum):
    """How a time limits: within it, by its end, before it, until, from or after it."""

    WITHIN = auto()
    BY = auto()
    BEFORE = auto()
    UNTIL = auto()
    FROM = auto()
    AFTER = auto()


@dataclass(frozen=True)
class Context:
    """What is known besides the phrase: the plan's period, and a year that is certain."""

    period: Period | None = None
    year: int | None = None

    @property
    def certain_year(self) -> int | None:
        """The year a bare day and month falls in, if only one is possible."""
        if self.year is not None or self.period is None:
            return self.year
        return self.period.only_year


@dataclass(frozen=True)
class Point:
    """A part of the calendar; `year` is None as long as nobody has said which.

    `number` counts parts within the year (month 5, week 12, quarter 2), `day` is a day of the month.
    `begin` and `end` are the tokens it was read from.
    """

    part: Part
    number: int = 0
    day: int = 0
    year: int | None = None
    season: Season | None = None
    named: Named | None = None
    span: Span | None = None
    edge: Edge | None = None
    weekday: int | None = None
    warnings: tuple[DeadlineWarning, ...] = ()
    begin: int = 0
    end: int = 0

    @property
    def lacks_year(self) -> bool:
        """Whether it cannot be placed in time yet."""
        return self.year is None and self.part is not Part.SPAN

    @property
    def is_day(self) -> bool:
        """Whether it is one plain day."""
        return self.part is Part.DAY and self.edge is None


@dataclass(frozen=True)
class Stretch:
    """From the first day of one point to the last of another; for a single point both are the same."""

    first: Point
    last: Point
    slashed: bool = False

    @property
    def is_range(self) -> bool:
        """Whether it was written as a range."""
        return self.first is not self.last


def span_of(point: Point) -> Span:
    """The first and last day of a point whose year is known. Raises `ImpossibleDateError`."""
    if point.span is not None:
        return _edged(point.span, point.edge)
    if point.year is None:
        raise ValueError("a point without a year has no days")
    try:
        return _edged(_whole(point, point.year), point.edge)
    except (ValueError, OverflowError) as error:
        raise ImpossibleDateError(str(error)) from error


def _whole(point: Point, year: int) -> Span:
    match point.part:
        case Part.DAY:
            day = date(year, point.number, point.day)
            return day, day
        case Part.WEEK:
            return date.fromisocalendar(year, point.number, 1), date.fromisocalendar(year, point.number, 5)
        case Part.ELECTION_PERIOD:
            return election_period(year)
        case Part.NAMED if point.named is not None:
            return _named(point.named, year)
        case _:
            return _whole_months(point, year)


def _whole_months(point: Point, year: int) -> Span:
    if point.part is Part.SCHOOL_YEAR:
        return date(year - 1, 8, 1), date(year, 7, 31)
    if point.season is Season.WINTER:
        return date(year - 1, 12, 1), last_of_month(year, 2)
    first, last = _months(point)
    return date(year, first, 1), last_of_month(year, last)


def _months(point: Point) -> tuple[int, int]:
    """First and last month of a point made of whole months of one year."""
    if point.season is not None:
        return point.season.value - 2, point.season.value
    length = {Part.MONTH: 1, Part.QUARTER: 3, Part.TERTIAL: 4, Part.HALF: 6, Part.YEAR: 12}[point.part]
    number = max(point.number, 1)
    return (number - 1) * length + 1, number * length


def _named(named: Named, year: int) -> Span:
    easter = easter_sunday(year)
    moving = {
        Named.EASTER: (easter - 7 * DAY, easter + DAY),
        Named.WHITSUN: (easter + 48 * DAY, easter + 50 * DAY),
        Named.AUTUMN_HOLIDAYS: (date.fromisocalendar(year, 40, 1), date.fromisocalendar(year, 40, 5)),
        Named.WINTER_HOLIDAYS: (date.fromisocalendar(year, 8, 1), date.fromisocalendar(year, 8, 5)),
    }
    fixed = {
        Named.MIDSUMMER: ((6, 23), (6, 24)),
        Named.CHRISTMAS: ((12, 24), (12, 24)),
        Named.CHRISTMAS_WEEK: ((12, 24), (12, 31)),
        Named.TURN_OF_YEAR: ((12, 31), (12, 31)),
        Named.SUMMER_HOLIDAYS: ((6, 20), (8, 15)),
        Named.SCHOOL_START: ((8, 15), (8, 15)),
        Named.SCHOOL_END: ((6, 20), (6, 20)),
        Named.SEMESTER_START: ((8, 15), (8, 15)),
    }
    if named in moving:
        return moving[named]
    first, last = fixed[named]
    return date(year, *first), date(year, *last)


def _edged(span: Span, edge: Edge | None) -> Span:
    """The early part, the middle or the end of a span.

    Early in a month is until the 10th, the middle the 15th. Of longer spans the early part is the
    first quarter of their months, and the middle falls where half of them have passed.
    """
    if edge is None:
        return span
    first, last = span
    if edge is Edge.END:
        return last, last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        day = first.replace(day=10 if edge is Edge.START else 15) if first.day == 1 else first
        return (first, day) if edge is Edge.START else (day, day)
    if edge is Edge.START:
        return first, _months_on(first, max(1, months // 4))
    middle = _months_on(first, months // 2)
    if months % 2:
        middle += 15 * DAY
    return middle, middle


def _months_on(first: date, months: int) -> date:
    """The last day of that many whole months, the first of them included."""
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1) - DAY


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, of_leap = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    quarter, of_quarter = divmod(of_century, 4)
    weekday = (32 + 2 * of_leap + 2 * quarter - epact - of_quarter) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def election_period(year: int) -> Span:
    """The election period that runs out in the year or next after it: October to October, …, 2023, 2027."""
    end = year + (2023 - year) % 4
    return date(end - 4, 10, 1), last_of_month(end, 10)


def election_period_of(day: date) -> Span:
    """The election period a day lies in; from October of an election year it is the new one."""
    first, last = election_period(day.year)
    return election_period(day.year + 1) if (day.year, day.month) >= (last.year, 10) else (first, last)
