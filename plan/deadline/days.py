"""Productions for dates in digits: "2021-05-01", "31.12.2022", "31/12-22", "03.2021"."""

from dataclasses import replace

from plan.deadline import words
from plan.deadline.joining import Stretches, single
from plan.deadline.model import DeadlineWarning
from plan.deadline.stretch import Part, Point
from plan.deadline.tokens import Reader, production
from plan.deadline.years import FIRST_YEAR, LAST_YEAR, goes_on, of_two_digits, take_full_year, take_short_year


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
    if month is None or month > year % 100 or goes_on(reader):
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
