"""Productions for years: "2021", "'21", "2019-20", and the year that follows a point."""

from dataclasses import replace

from plan.deadline import words
from plan.deadline.joining import Stretches, single
from plan.deadline.model import DeadlineWarning
from plan.deadline.stretch import Part, Point, Stretch
from plan.deadline.tokens import Reader, production

FIRST_YEAR, LAST_YEAR = 1990, 2099


@production
def take_full_year(reader: Reader) -> int | None:
    """A year of four digits."""
    return reader.take_number(FIRST_YEAR, LAST_YEAR, digits=(4,))


def of_two_digits(digits: int) -> tuple[int, bool]:
    """The year two digits mean, and whether the century was a guess: nobody plans for 2050 this way."""
    return (2000 + digits, digits >= 50) if digits < 70 else (1900 + digits, True)


@production
def take_short_year(reader: Reader, joining: str = "./-") -> int | None:
    """Two digits that can only be a year: nothing after them makes them a day or a count."""
    digits = reader.take_number(0, 99, digits=(2,))
    if digits is None or goes_on(reader, joining):
        return None
    return digits


def goes_on(reader: Reader, joining: str = "./-") -> bool:
    """Whether what follows two digits makes them a day, a count or half of something."""
    if reader.sees_sign(joining) and reader.sees_number(1):
        return True
    if reader.sees_sign(".") and (reader.sees_word(words.CALENDAR, 1) or reader.sees_sign("-/", 1)):
        return True
    return reader.sees_word(words.CALENDAR) or reader.sees_word(words.TIMES) or reader.sees_sign("%")


@production
def take_apostrophe_year(reader: Reader) -> int | None:
    """ "'21"."""
    if reader.take_sign("'") is None:
        return None
    return take_short_year(reader)


def with_tail_year(reader: Reader, point: Point) -> Point:
    """The point with the year that follows it, in any of the usual ways, if one does."""
    return _tail_of_four(reader, point) or _tail_of_two(reader, point) or point


@production
def _tail_of_four(reader: Reader, point: Point) -> Point | None:
    if reader.take_sign(",/-.'") is None:
        while reader.take_word(("i", "av", "for", "år", "året", "i år", "pr", "på")):
            pass
    year = take_full_year(reader)
    if year is None or (reader.sees_sign("-") and _is_month_number(reader)):
        return None
    return replace(point, year=year, end=reader.at)


def _is_month_number(reader: Reader) -> bool:
    """Whether "-03" follows, which makes the year the beginning of an ISO date instead."""
    token = reader.peek(1)
    return token is not None and token.glued and token.text.startswith("0") and len(token.text) == 2


@production
def _tail_of_two(reader: Reader, point: Point) -> Point | None:
    marked = reader.take_sign("-/'") is not None
    if marked:
        reader.take_sign("'")
    digits = take_short_year(reader)
    if digits is None:
        return None
    year, guessed = of_two_digits(digits)
    period = reader.context.period
    guessed = guessed or not (marked or (period is not None and year in period.years))
    warnings = (*point.warnings, DeadlineWarning.GUESSED_CENTURY) if guessed else point.warnings
    return replace(point, year=year, warnings=warnings, end=reader.at)


@production
def take_year(reader: Reader) -> Stretches | None:
    """ "2021", "år 2021", "'21", "2019/20" (a school year), "2019-20" (years)."""
    begin = reader.at
    reader.take_word(words.YEARS)
    year = take_full_year(reader)
    if year is None:
        digits = take_apostrophe_year(reader)
        if digits is None:
            return _take_short_school_year(reader)
        year, _ = of_two_digits(digits)
    point = Point(Part.YEAR, year=year, begin=begin, end=reader.at)
    return _year_and_two_digits(reader, point) or single(point)


@production
def take_shortened_years(reader: Reader) -> Stretches | None:
    """ "2024/25/26": three or more years that follow each other, which no date can be."""
    begin = reader.at
    first = take_full_year(reader)
    if first is None:
        return None
    last = first
    while reader.sees_sign("/-") and reader.sees_number(1):
        reader.take_sign("/-")
        if reader.take_number(max((last + 1) % 100, 13), (last + 1) % 100, digits=(2,)) is None:
            return None
        last += 1
    if last < first + 2:
        return None
    return [
        Stretch(
            Point(Part.YEAR, year=first, begin=begin, end=reader.at),
            Point(Part.YEAR, year=last, begin=begin, end=reader.at),
        )
    ]


@production
def _take_short_school_year(reader: Reader) -> Stretches | None:
    """ "21/22": neither can be a month, and the one follows the other."""
    begin = reader.at
    first = reader.take_number(13, 49, digits=(2,))
    if first is None or reader.take_sign("/") is None or reader.take_number(first + 1, first + 1) is None:
        return None
    warnings = (DeadlineWarning.SCHOOL_YEAR_ASSUMED, DeadlineWarning.GUESSED_CENTURY)
    return single(Point(Part.SCHOOL_YEAR, year=2001 + first, warnings=warnings, begin=begin, end=reader.at))


@production
def _year_and_two_digits(reader: Reader, first: Point) -> Stretches | None:
    sign = reader.take_sign("/-")
    reader.take_sign("-'")
    digits = take_short_year(reader) if sign is not None else None
    if digits is None or first.year is None:
        return None
    century = first.year - first.year % 100
    year = century + digits if digits > first.year % 100 else century + 100 + digits
    if year - first.year > 30:
        return None
    if sign == "/" and year == first.year + 1:
        warning = (DeadlineWarning.SCHOOL_YEAR_ASSUMED,)
        return single(Point(Part.SCHOOL_YEAR, year=year, begin=first.begin, end=reader.at, warnings=warning))
    warnings = (DeadlineWarning.AMBIGUOUS_RANGE,) if digits <= 12 and sign == "-" else ()
    last = Point(Part.YEAR, year=year, begin=first.begin, end=reader.at, warnings=warnings)
    return [Stretch(first, last)]
