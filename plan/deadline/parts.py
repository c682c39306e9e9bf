"""Productions for parts of a year: numbered, lettered and named; still without a year where none is said."""

from collections.abc import Callable
from dataclasses import replace

from plan.deadline import words
from plan.deadline.joining import Joiner, Stretches, join, single, take_plain_joiner
from plan.deadline.model import DeadlineWarning
from plan.deadline.stretch import APPROXIMATE_NAMES, Edge, Named, Part, Point, Season
from plan.deadline.tokens import Reader, production
from plan.deadline.years import of_two_digits, take_full_year, take_short_year, with_tail_year

# Numbered and lettered ----------------------------------------------------------------------------


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


# Named ----------------------------------------------------------------------------------------------


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
    if season is Season.WINTER and point.year is None:
        point = _with_short_pair(reader, point) or point
    elif season is Season.WINTER and point.year is not None:
        point = replace(point, year=_second_year(reader, point.year) or point.year, end=reader.at)
    return single(point)


@production
def _with_short_pair(reader: Reader, point: Point) -> Point | None:
    """ "vinteren 20/21": the year of its February."""
    first = reader.take_number(0, 98, digits=(2,))
    if first is None or reader.take_sign("/-") is None or reader.take_number(first + 1, first + 1) is None:
        return None
    return replace(point, year=of_two_digits(first + 1)[0], end=reader.at)


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
    if named in (Named.SCHOOL_START, Named.SEMESTER_START) and reader.take_one_of(words.SEASONS) is Season.SPRING:
        return single(with_tail_year(reader, Point(Part.MONTH, 1, begin=begin, end=reader.at)))
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
