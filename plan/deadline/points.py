"""Productions for points of the calendar: days, weeks, months, quarters, seasons, years.

Each gives the stretches it read, one or several ("1. og 3. kvartal" are two), still without a year
where the phrase has not said it yet.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from plan.deadline import words
from plan.deadline.model import DeadlineWarning
from plan.deadline.stretch import APPROXIMATE_NAMES, Edge, Named, Part, Point, Season, Stretch
from plan.deadline.tokens import Reader, production

FIRST_YEAR, LAST_YEAR = 1990, 2099
Stretches = list[Stretch]


class Joiner(Enum):
    """What stands between two points: they are the ends of a range, or two of a list."""

    RANGE = auto()
    SLASH = auto()
    LIST = auto()
    OR = auto()


def single(point: Point) -> Stretches:
    """A point as the only stretch."""
    return [Stretch(point, point)]


# Years --------------------------------------------------------------------------------------------


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
    if digits is None or _goes_on(reader, joining):
        return None
    return digits


def _goes_on(reader: Reader, joining: str = "./-") -> bool:
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


# Days -----------------------------------------------------------------------------------------------


@production
def take_iso_date(reader: Reader) -> Stretches | None:
    """ "2021-05-01", "2021.05.01", "20210501", with or without a time of day."""
    begin = reader.at
    packed = reader.take_number(FIRST_YEAR * 10000, LAST_YEAR * 10000 + 9999, digits=(8,))
    if packed is not None:
        year, month, day = packed // 10000, packed // 100 % 100, packed % 100
    else:
        parts = _iso_parts(reader)
        if parts is None:
            return None
        year, month, day = parts
    _skip_time_of_day(reader)
    return single(Point(Part.DAY, month, day, year, begin=begin, end=reader.at))


@production
def _iso_parts(reader: Reader) -> tuple[int, int, int] | None:
    year = take_full_year(reader)
    sign = reader.take_sign("-./")
    month = reader.take_number(0, 99)
    if year is None or sign is None or month is None or reader.take_sign(sign) is None:
        return None
    day = reader.take_number(0, 99)
    return None if day is None else (year, month, day)


@production
def _skip_time_of_day(reader: Reader) -> bool | None:
    reader.take_word(("t", "kl"))
    reader.take_sign(".")
    if reader.take_number(0, 24) is None or reader.take_sign(":.") is None:
        return None
    while reader.take_number(0, 59) is not None and reader.take_sign(":."):
        pass
    return True


@production
def take_iso_month(reader: Reader) -> Stretches | None:
    """ "2021-03"; "2010-12" could be years as well and is left to them."""
    begin = reader.at
    year = take_full_year(reader)
    if year is None or reader.take_sign("-") is None:
        return None
    month = reader.take_number(1, 12, digits=(2,))
    if month is None or month > year % 100 or _goes_on(reader):
        return None
    return single(Point(Part.MONTH, month, year=year, begin=begin, end=reader.at))


@production
def take_iso_week(reader: Reader) -> Stretches | None:
    """ "2021-W12"."""
    begin = reader.at
    year = take_full_year(reader)
    if year is None or reader.take_sign("-") is None or reader.take_word(("w",)) is None:
        return None
    week = reader.take_number(1, 99)
    return None if week is None else single(Point(Part.WEEK, week, year=year, begin=begin, end=reader.at))


@production
def take_numeric_date(reader: Reader) -> Stretches | None:
    """ "31.12.2022", "1.1. 2022", "31/12-22", "31/12 2022", "1-5-2021", and "1.5." without a year."""
    begin = reader.at
    weekday = reader.take_one_of(words.WEEKDAYS)
    reader.take_word(("den",))
    day = reader.take_number(0, 99)
    sign = reader.take_sign("./-")
    if day is None or sign is None:
        return None
    if sign == "." and reader.take_sign("/") is not None:
        sign = "/"
    month = reader.take_number(0, 99)
    if month is None:
        return None
    point = Point(Part.DAY, month, day, weekday=weekday, begin=begin, end=reader.at)
    dated = _year_of_date(reader, point)
    if dated is None and sign != "-":
        dated = _without_year(reader, point)
    return None if dated is None else single(replace(dated, end=reader.at))


@production
def _year_of_date(reader: Reader, point: Point) -> Point | None:
    sign = reader.take_sign("./-")
    reader.take_sign("-'")
    year = take_full_year(reader)
    if year is not None:
        return replace(point, year=year)
    # After "1.8.20" a dash begins the other end of a range; in "1.1-30.6." the dash was that already.
    digits = take_short_year(reader, "./-" if sign == "-" else "./") if sign is not None else None
    if digits is None:
        return None
    year, guessed = of_two_digits(digits)
    return replace(point, year=year, warnings=(DeadlineWarning.GUESSED_CENTURY,) if guessed else ())


@production
def _without_year(reader: Reader, point: Point) -> Point | None:
    if not (1 <= point.day <= 31 and 1 <= point.number <= 12):
        return None
    before = reader.tokens[point.begin - 1].text if point.begin else ""
    if before in words.REFERENCES or (before == "." and reader.tokens[point.begin - 2].text in words.REFERENCES):
        return None
    reader.take_sign(".")
    if reader.sees_number() or reader.sees_word(words.CALENDAR | words.YEARS) or reader.sees_sign("%,"):
        token = reader.peek()
        if token is not None and (token.glued or token.kind == "word"):
            return None
    return point


@production
def take_numeric_month(reader: Reader) -> Stretches | None:
    """ "03.2021", "3/2021"."""
    begin, token = reader.at, reader.peek()
    if token is None or (token.glued and reader.tokens[begin - 1].text == "."):
        # The end of a date whose day could not be read ("3l.12.2022").
        return None
    month = reader.take_number(1, 12)
    if month is None or reader.take_sign("./-") is None:
        return None
    year = take_full_year(reader)
    return None if year is None else single(Point(Part.MONTH, month, year=year, begin=begin, end=reader.at))


# Numbered parts -----------------------------------------------------------------------------------


def take_ordinal(reader: Reader) -> int | None:
    """ "3.", "3", "tredje", "III"; -1 is the last."""
    number = reader.take_number(1, 99)
    if number is not None:
        if reader.sees_sign(".") or reader.sees_word(("ste", "re", "dje", "de", "te")):
            reader.at += 1
        return number
    word = reader.take_one_of(words.ORDINALS)
    if word is not None:
        return word
    if reader.sees_word(("i",)) and not reader.sees_word(words.QUARTERS | words.TERTIALS, 1):
        return None
    return reader.take_one_of(words.ROMAN)


def take_plain_joiner(reader: Reader) -> Joiner | None:
    """A joiner between numbers: "1.-3.", "1. og 3.", "1./2."."""
    if reader.take_sign("/") is not None:
        return Joiner.SLASH
    if reader.take_sign(",&+") is not None:
        reader.take_word(("og",))
        return Joiner.LIST
    if reader.take_sign("-") is not None:
        return Joiner.LIST if reader.take_word(("og",)) else Joiner.RANGE
    if reader.take_word(("til", "tom")):
        return Joiner.RANGE
    if reader.take_word(("og", "samt")):
        return Joiner.LIST
    return Joiner.OR if reader.take_word(("eller",)) else None


Numbers = tuple[list[int], list[Joiner]]


def _take_numbers(reader: Reader, take: Callable[[Reader], int | None]) -> Numbers | None:
    first = take(reader)
    if first is None:
        return None
    numbers, joiners = [first], list[Joiner]()
    while True:
        start = reader.at
        joiner = take_plain_joiner(reader)
        number = take(reader) if joiner is not None else None
        if joiner is None or number is None:
            reader.at = start
            return numbers, joiners
        numbers.append(number)
        joiners.append(joiner)


def _stretches(points: list[Point], joiners: list[Joiner]) -> Stretches:
    found = single(points[0])
    for joiner, point in zip(joiners, points[1:], strict=True):
        join(found, joiner, single(point))
    return found


def join(found: Stretches, joiner: Joiner, more: Stretches) -> None:
    """Add stretches to those found before, the first of them perhaps as the end of a range."""
    if joiner in (Joiner.RANGE, Joiner.SLASH):
        found[-1] = Stretch(found[-1].first, more[0].last, slashed=joiner is Joiner.SLASH)
        more = more[1:]
    found.extend(more)


@production
def take_numbered(reader: Reader) -> Stretches | None:
    """ "1. kvartal 2022", "første halvår", "1. og 3. tertial", "fredag 30. april", "1.-15. mars"."""
    begin = reader.at
    weekday = reader.take_one_of(words.WEEKDAYS)
    reader.take_sign(",")
    reader.take_word(("den",))
    numbers = _take_numbers(reader, take_ordinal)
    if numbers is None:
        return None
    reader.take_sign(".")
    pattern = _take_unit(reader)
    if pattern is None or (pattern.part is not Part.DAY and weekday is not None):
        return None
    reader.take_word(words.MONTH_NOUNS)
    pattern = with_tail_year(reader, replace(pattern, weekday=weekday, begin=begin, end=reader.at))
    points = [_number(pattern, number) for number in numbers[0]]
    return _stretches([point for point in points if point is not None], numbers[1]) if all(points) else None


def _number(pattern: Point, number: int) -> Point | None:
    count = {Part.QUARTER: 4, Part.TERTIAL: 3, Part.HALF: 2}.get(pattern.part)
    if count is None:
        return replace(pattern, day=number) if number > 0 else None
    return replace(pattern, number=count if number < 0 else number)


def _take_unit(reader: Reader) -> Point | None:
    for table, part in (
        (words.QUARTERS, Part.QUARTER),
        (words.TERTIALS, Part.TERTIAL),
        (words.HALVES, Part.HALF),
    ):
        if reader.take_word(table):
            if reader.sees_sign("."):
                reader.at += 1
            return Point(part)
    # With a day before it "jul" is July and not Christmas.
    month = reader.take_one_of(words.MONTHS) or reader.take_one_of({"jul": 7})
    return None if month is None else Point(Part.DAY, month)


@production
def take_unit_first(reader: Reader) -> Stretches | None:
    """ "kvartal 3 2021", "Q1/Q2 2021", "T1 2022", "H2 2021", "uke 5-7 2021"."""
    begin = reader.at
    part = _unit_before_number(reader)
    if part is None:
        return None
    reader.take_sign(".")
    numbers = _take_numbers(reader, lambda each: each.take_number(1, 99))
    if numbers is None or (part is not Part.WEEK and max(numbers[0]) > 4):
        return None
    pattern = with_tail_year(reader, Point(part, begin=begin, end=reader.at))
    return _stretches([replace(pattern, number=number) for number in numbers[0]], numbers[1])


def _unit_before_number(reader: Reader) -> Part | None:
    if not reader.sees_number(1) and not (reader.sees_sign(".", 1) and reader.sees_number(2)):
        return None
    for table, part in (
        (words.QUARTERS | {"q", "k"}, Part.QUARTER),
        (words.TERTIALS | {"t"}, Part.TERTIAL),
        (words.HALVES | {"h"}, Part.HALF),
        (words.WEEKS, Part.WEEK),
    ):
        if reader.take_word(table):
            return part
    return None


@production
def take_lettered_season(reader: Reader) -> Stretches | None:
    """ "H21" and "V-22": høst and vår; "H2 2021" is a half year and read before."""
    begin = reader.at
    season = reader.take_one_of({"h": Season.AUTUMN, "v": Season.SPRING})
    if season is None:
        return None
    reader.take_sign("-'")
    year = take_full_year(reader)
    if year is None:
        digits = take_short_year(reader)
        if digits is None or digits < 10:
            return None
        year, _ = of_two_digits(digits)
    return single(Point(Part.SEASON, season=season, year=year, begin=begin, end=reader.at))


# Named parts -----------------------------------------------------------------------------------------


@production
def take_month(reader: Reader) -> Stretches | None:
    """ "mai", "mai måned 2021", "månedsskiftet mai/juni 2021", "nyåret 2021"."""
    begin = reader.at
    turn = reader.take_word(("månedsskiftet", "månedsskifte", "månadsskiftet"))
    if reader.take_word(words.NEW_YEAR_MONTH):
        month: int | None = 1
    else:
        month = reader.take_one_of(words.MONTHS)
    if month is None:
        return None
    edge = Edge.END if turn is not None and _take_next_month(reader, month) else None
    reader.take_word(words.MONTH_NOUNS)
    point = Point(Part.MONTH, month, begin=begin, end=reader.at, edge=edge)
    return single(with_tail_year(reader, point))


@production
def _take_next_month(reader: Reader, month: int) -> bool | None:
    reader.take_sign("/-")
    return reader.take_one_of(words.MONTHS) == month % 12 + 1 or None


@production
def take_season(reader: Reader) -> Stretches | None:
    """ "vår 2021", "senhøsten", "vinteren 2020/2021", "vårsemesteret 2021"."""
    begin = reader.at
    half = reader.take_one_of(words.HALF_NAMES)
    if half is not None:
        return single(with_tail_year(reader, Point(Part.HALF, half, begin=begin, end=reader.at)))
    if reader.sees_word(("vår",)) and _means_our(reader):
        return None
    found = reader.take_one_of(words.EDGED_SEASONS)
    season, edge = found if found is not None else (reader.take_one_of(words.SEASONS), None)
    if season is None:
        return None
    reader.take_word(("halvår", "halvåret"))
    point = with_tail_year(reader, Point(Part.SEASON, season=season, edge=edge, begin=begin, end=reader.at))
    if season is Season.WINTER and point.year is not None:
        point = replace(point, year=_second_year(reader, point.year) or point.year, end=reader.at)
    return single(point)


def _means_our(reader: Reader) -> bool:
    """ "Vår" before a noun is no season."""
    token = reader.peek(1)
    return token is not None and token.kind == "word" and token.text not in words.AFTER_SPRING


@production
def _second_year(reader: Reader, first: int) -> int | None:
    """ "/2021", "-21": the year after the first, as in "vinteren 2020/21"."""
    if reader.take_sign("/-") is None:
        return None
    reader.take_sign("-'")
    year = take_full_year(reader) or take_short_year(reader)
    return first + 1 if year is not None and year in (first + 1, (first + 1) % 100) else None


@production
def take_named(reader: Reader) -> Stretches | None:
    """ "før jul 2021", "skolestart", "årsskiftet 2020/2021"."""
    begin = reader.at
    if reader.take_word(("st", "st.")):
        reader.take_sign(".")
        if reader.take_word(("hans", "hansaften")) is None:
            return None
        named: Named | None = Named.MIDSUMMER
    else:
        named = reader.take_one_of(words.NAMED)
    if named is None:
        return None
    warnings = (DeadlineWarning.APPROXIMATE,) if named in APPROXIMATE_NAMES else ()
    point = with_tail_year(reader, Point(Part.NAMED, named=named, warnings=warnings, begin=begin, end=reader.at))
    if point.year is not None and named is Named.TURN_OF_YEAR and _second_year(reader, point.year) is None:
        point = replace(point, warnings=(*point.warnings, DeadlineWarning.YEAR_ASSUMED))
    return single(replace(point, end=reader.at))


@production
def take_school_year(reader: Reader) -> Stretches | None:
    """ "skoleåret 2021/2022", "barnehageåret 21/22", "skoleåret 2021" (then the one that begins)."""
    begin = reader.at
    if reader.take_word(words.SCHOOL_YEARS) is None:
        return None
    if reader.sees_word(("slutt",)):
        reader.at += 1
    year = take_full_year(reader)
    if year is None:
        digits = reader.take_number(0, 99, digits=(2,))
        if digits is not None:
            year, _ = of_two_digits(digits)
    if year is None:
        return single(Point(Part.SCHOOL_YEAR, begin=begin, end=reader.at))
    assumed = _second_year(reader, year) is None
    warnings = (DeadlineWarning.SCHOOL_YEAR_ASSUMED,) if assumed else ()
    return single(Point(Part.SCHOOL_YEAR, year=year + 1, warnings=warnings, begin=begin, end=reader.at))


@production
def take_year_first(reader: Reader) -> Stretches | None:
    """ "2021 Q3", "2021 høst", "2021, 3. kvartal", "2021: mars"."""
    begin = reader.at
    reader.take_word(words.YEARS)
    year = take_full_year(reader)
    if year is None:
        return None
    reader.take_sign(",:-/")
    token = reader.peek()
    if token is None or token.new_line:
        return None
    found = take_within_year(reader)
    if found is None or any(not each.last.lacks_year for each in found):
        return None
    if reader.sees_sign(",/-") and reader.sees_number(1):
        return None
    return [_in_year(stretch, year, begin) for stretch in found]


def _in_year(stretch: Stretch, year: int, begin: int) -> Stretch:
    first = replace(stretch.first, year=year, begin=begin)
    if not stretch.is_range:
        return Stretch(first, first)
    return replace(stretch, first=first, last=replace(stretch.last, year=year))


def take_within_year(reader: Reader) -> Stretches | None:
    """A part of a year that is named, numbered or lettered; not a date in digits."""
    for take in (
        take_numbered,
        take_unit_first,
        take_lettered_season,
        take_school_year,
        take_month,
        take_season,
        take_named,
    ):
        found = take(reader)
        if found is not None:
            return found
    return None


def take_point(reader: Reader) -> Stretches | None:
    """Any point of the calendar that needs no knowledge of the plan."""
    for take in (take_iso_date, take_numeric_date, take_within_year, take_numeric_month):
        found = take(reader)
        if found is not None:
            return found
    return take_year_first(reader) or take_iso_month(reader) or take_iso_week(reader) or take_year(reader)
