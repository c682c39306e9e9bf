"""Productions for time that only the plan's context places: its period, the election period, "next year"."""

from dataclasses import dataclass, replace
from datetime import date

from plan.deadline import words
from plan.deadline.joining import Stretches, single, take_plain_joiner
from plan.deadline.model import DeadlineWarning, Period
from plan.deadline.parts import take_ordinal
from plan.deadline.stretch import DAY, Edge, Part, Point, election_period_of, last_of_month
from plan.deadline.tokens import Reader, production
from plan.deadline.words import Lead
from plan.deadline.years import take_full_year, take_short_year


@production
def take_context_point(reader: Reader, which: Lead | None) -> Stretches | None:
    """A point that needs the context: `which` says whether "this" or "next" stood before it."""
    begin = reader.at
    for take in (
        _take_part_of_period,
        _take_midway,
        _take_plan_years,
        _take_plan_year,
        _take_plan_period,
        _take_election_period,
        _take_duration,
        _take_relative_year,
    ):
        point = take(reader, which)
        if point is not None:
            return single(replace(point, begin=begin, end=reader.at))
    return None


def plan_span(context_period: Period | None) -> Point:
    """The plan's whole period, or a point that says it is not known."""
    if context_period is None:
        return Point(Part.YEAR, warnings=(DeadlineWarning.PERIOD_MISSING,))
    return Point(Part.SPAN, span=(context_period.first, context_period.last))


@production
def _take_plan_period(reader: Reader, which: Lead | None) -> Point | None:
    token = reader.peek()
    if token is None or reader.take_word(words.PLAN_PERIODS | words.OTHER_PERIODS) is None:
        return None
    at_end = reader.take_word(("slutt", "utløp", "utgang", "ende")) is not None
    if token.text in words.OTHER_PERIODS or which is Lead.NEXT:
        return Point(Part.YEAR, warnings=(DeadlineWarning.PERIOD_MISSING,))
    return replace(plan_span(reader.context.period), edge=Edge.END if at_end else None)


@production
def _take_part_of_period(reader: Reader, _which: Lead | None) -> Point | None:
    """ "første halvdel av planperioden", "siste år i planperioden", "år 2 av perioden"."""
    counted = _take_counted_part(reader)
    if counted is None:
        return None
    number, is_half = counted
    is_half_year = reader.tokens[reader.at - 1].text.startswith("halvår")
    reader.take_word(("av", "i"))
    if reader.take_word(words.PLAN_PERIODS) is None:
        return None
    period = reader.context.period
    if period is None:
        return Point(Part.YEAR, warnings=(DeadlineWarning.PERIOD_MISSING,))
    if not is_half:
        return _year_of(period, number)
    half = _half_of(period, number)
    # "Første halvår i planperioden" may be its first half or the first half of its first year.
    warnings = (DeadlineWarning.APPROXIMATE,) if is_half_year else ()
    return None if half is None else replace(half, warnings=warnings)


@production
def _take_counted_part(reader: Reader) -> tuple[int, bool] | None:
    number = _take_ordinal_not_count(reader)
    if number is not None and reader.take_word(words.HALVES | {"del", "halve"}):
        return number, True
    if number is not None and reader.take_word(words.YEARS | {"året", "planår"}):
        return number, False
    return None


@production
def _take_ordinal_not_count(reader: Reader) -> int | None:
    """ "3." and "tredje", but not the "3" of "3 år"."""
    counts = reader.sees_number() and not reader.sees_sign(".", 1)
    return None if counts else take_ordinal(reader)


@production
def _take_midway(reader: Reader, _which: Lead | None) -> Point | None:
    """ "midtveis": in the plan's period, as nothing else is named."""
    if reader.take_word(("midtveis", "midtvegs")) is None:
        return None
    if reader.take_word(("i",)) and reader.take_word(words.PLAN_PERIODS) is None:
        return None
    span = plan_span(reader.context.period)
    return replace(span, edge=Edge.MIDDLE, warnings=(*span.warnings, DeadlineWarning.APPROXIMATE))


@production
def _take_plan_years(reader: Reader, _which: Lead | None) -> Point | None:
    """ "år 1-2", "år 2 og 3": most likely of the plan."""
    if reader.take_word(("år",)) is None:
        return None
    first = reader.take_number(1, 12)
    last = reader.take_number(1, 12) if first is not None and take_plain_joiner(reader) is not None else None
    if first is None or last is None or last <= first:
        return None
    period = reader.context.period
    if period is None:
        return Point(Part.YEAR, warnings=(DeadlineWarning.STARTING_POINT_MISSING,))
    if last > len(period.years):
        return None
    span = (date(period.years[first - 1], 1, 1), date(period.years[last - 1], 12, 31))
    warnings = () if _take_of_the_plan(reader) else (DeadlineWarning.COUNTED_FROM_PLAN_START,)
    return Point(Part.SPAN, span=span, warnings=warnings)


@production
def _take_of_the_plan(reader: Reader) -> str | None:
    return reader.take_word(words.PLAN_PERIODS) if reader.take_word(("i", "av")) is not None else None


@production
def _take_plan_year(reader: Reader, _which: Lead | None) -> Point | None:
    """ "år 1", "første år": most likely of the plan."""
    if reader.take_word(("år",)) is not None:
        number = reader.take_number(1, 12)
    else:
        number = _take_ordinal_not_count(reader)
        if reader.take_word(("år", "året", "planår", "planåret")) is None or reader.sees_number():
            return None
    if number is None:
        return None
    period = reader.context.period
    if period is None:
        return Point(Part.YEAR, warnings=(DeadlineWarning.STARTING_POINT_MISSING,))
    year = _year_of(period, number)
    return None if year is None else replace(year, warnings=(DeadlineWarning.COUNTED_FROM_PLAN_START,))


def _half_of(period: Period, number: int) -> Point | None:
    if number not in (1, 2, -1):
        return None
    months = len(period.years) * 6
    middle_month = period.first.month - 1 + months
    middle = date(period.first.year + middle_month // 12, middle_month % 12 + 1, 1)
    span = (period.first, middle - DAY) if number == 1 else (middle, period.last)
    return Point(Part.SPAN, span=span)


def _year_of(period: Period, number: int) -> Point | None:
    years = period.years
    if number > len(years):
        return None
    return Point(Part.YEAR, year=years[number - 1] if number > 0 else years[-1])


@production
def _take_election_period(reader: Reader, which: Lead | None) -> Point | None:
    if reader.take_word(words.ELECTION_PERIODS) is None:
        return None
    at_end = reader.take_word(("slutt", "utløp", "utgang")) is not None
    edge = Edge.END if at_end else None
    end = _take_end_year(reader)
    if end is not None:
        return Point(Part.ELECTION_PERIOD, year=end, edge=edge)
    period = reader.context.period
    anchor = _anchor(period, reader.context.year)
    if anchor is None:
        return Point(Part.ELECTION_PERIOD, edge=edge)
    first, last = election_period_of(anchor)
    if which is Lead.NEXT:
        first, last = election_period_of(last + DAY)
    certain = period is None or election_period_of(period.first) == election_period_of(period.last)
    warnings = () if certain and which is None else (DeadlineWarning.ELECTION_PERIOD_ASSUMED,)
    return Point(Part.SPAN, span=(first, last), edge=edge, warnings=warnings)


@production
def _take_end_year(reader: Reader) -> int | None:
    first = take_full_year(reader)
    if first is None or take_plain_joiner(reader) is None:
        return None
    last = take_full_year(reader)
    if last is None:
        digits = take_short_year(reader)
        last = None if digits is None else 2000 + digits
    return last


def _anchor(period: Period | None, year: int | None) -> date | None:
    if period is not None:
        # The election period that most of the plan lies in.
        return period.first + (period.last - period.first) / 2
    return None if year is None else date(year, 1, 1)


@production
def _take_relative_year(reader: Reader, which: Lead | None) -> Point | None:
    """ "i år", "innen utgangen av året", "neste år"."""
    if reader.sees_number(1) or reader.take_word(words.YEARS) is None:
        return None
    year = reader.context.certain_year
    if year is None:
        return Point(Part.YEAR)
    return Point(Part.YEAR, year=year + 1 if which is Lead.NEXT else year)


@production
def _take_duration(reader: Reader, _which: Lead | None) -> Point | None:
    """ "2 år", "ett år", "6 måneder", "14 dager": counted from the plan's first day, if that is known."""
    duration = take_duration(reader)
    if duration is None:
        return None
    period = reader.context.period
    if period is None:
        return Point(Part.YEAR, warnings=(DeadlineWarning.STARTING_POINT_MISSING,))
    warnings = (DeadlineWarning.COUNTED_FROM_PLAN_START,)
    return Point(Part.SPAN, span=(period.first, duration.last_day_from(period.first)), warnings=warnings)


@dataclass(frozen=True)
class Duration:
    """A length of time in whole months and days."""

    months: int = 0
    days: int = 0

    def last_day_from(self, first: date) -> date:
        """The last day of it, the first included."""
        month = first.month - 1 + self.months
        year, month = first.year + month // 12, month % 12 + 1
        end = date(year, month, min(first.day, last_of_month(year, month).day))
        return end + (self.days - 1) * DAY


_HALF_YEARS = words.Phrases(words.HALF_YEARS)
_DURATIONS = {
    **dict.fromkeys(("år", "års", "åra"), Duration(months=12)),
    **dict.fromkeys((*words.MONTH_NOUNS, "måneder", "månader"), Duration(months=1)),
    **dict.fromkeys(("uke", "uker", "veke", "veker"), Duration(days=7)),
    **dict.fromkeys(("dag", "dager", "dagar"), Duration(days=1)),
}


@production
def take_duration(reader: Reader) -> Duration | None:
    """How long a duration lasts; of a range ("1-2 år") the longer."""
    months = reader.take_phrase(_HALF_YEARS)
    if months is not None:
        return Duration(months, 0)
    count = _take_count(reader)
    if count is None:
        return None
    if reader.take_sign("-") is not None or reader.take_word(("til", "eller")):
        count = _take_count(reader)
    unit = reader.take_one_of(_DURATIONS)
    if count is None or unit is None:
        return None
    return Duration(unit.months * count, unit.days * count)


def _take_count(reader: Reader) -> int | None:
    number = reader.take_number(1, 60)
    return number if number is not None else reader.take_one_of(words.NUMBERS)
