"""Productions for what recurs: "årlig", "hvert 3. år", "to ganger pr. år", "hver høst"."""

from dataclasses import dataclass, replace

from plan.deadline import words
from plan.deadline.model import DeadlineWarning, Every
from plan.deadline.parts import take_ordinal
from plan.deadline.points import take_point
from plan.deadline.tokens import Reader, production


@dataclass(frozen=True)
class Repeat:
    """How often; the times of the year in it are read by themselves ("hver høst" has a season).

    `parity` is 0 for even years and 1 for odd ones, where the phrase tells them apart.
    """

    every: Every
    warnings: tuple[DeadlineWarning, ...]
    begin: int
    end: int
    parity: int | None = None


@production
def take_repeat(reader: Reader) -> Repeat | None:
    """Any way of saying that something happens again and again."""
    begin = reader.at
    parity = _take_parity(reader)
    if parity is not None:
        return Repeat(Every("year", 2), (), begin, reader.at, parity)
    for take in (_take_weekday_of_month, _take_times_per, _take_each, _take_adverb, _take_per):
        found = take(reader)
        if found is not None:
            every, warnings = found
            return Repeat(every, warnings, begin, reader.at)
    return None


@production
def _take_parity(reader: Reader) -> int | None:
    """ "partallsår", "hvert oddetallsår", "annethvert år i partallsår", "annethvert år (partallsår)"."""
    if reader.take_word(words.EACH_SECOND) or _take_other_each(reader):
        if _take_unit(reader) != Every("year"):
            return None
        reader.take_sign("(,-")
    else:
        reader.take_word(words.EACH)
    reader.take_word(("i", "på"))
    return reader.take_one_of(words.PARITIES)


Found = tuple[Every, tuple[DeadlineWarning, ...]]


@production
def _take_weekday_of_month(reader: Reader) -> Found | None:
    """ "siste fredag i måneden", "første mandag hver måned": monthly, and a day that is not the month's last."""
    if reader.take_word(words.LAST) is None and take_ordinal(reader) is None:
        return None
    if reader.take_one_of(words.WEEKDAYS) is None:
        return None
    if reader.take_word(("i", "av")) is None and not reader.sees_word(words.EACH):
        return None
    reader.take_word(words.EACH)
    return (Every("month"), (DeadlineWarning.APPROXIMATE,)) if _take_unit(reader) == Every("month") else None


@production
def _take_times_per(reader: Reader) -> Found | None:
    """ "3 ganger i året", "2-3 ganger pr. år", "én gang hvert 2. år", "to ganger årlig", "4 x pr år"."""
    counted = _take_times(reader)
    if counted is None:
        return None
    times, warnings = counted
    found = (
        _take_each(reader)
        or _take_adverb(reader)
        or _take_per_unit(reader, words.PER_AFTER_COUNT)
        or (_take_per_plan_period(reader) if times > 1 else None)
    )
    if found is None:
        return None
    every, more = found
    # "To ganger per skoleår" leaves open when: not both at its end.
    months = every.months if times == 1 else ()
    return replace(every, times=times * every.times, months=months), (*warnings, *more)


@production
def _take_times(reader: Reader) -> tuple[int, tuple[DeadlineWarning, ...]] | None:
    warnings: tuple[DeadlineWarning, ...] = ()
    times = _take_count(reader)
    if times is None and reader.take_phrase(words.A_FEW):
        times, warnings = 2, (DeadlineWarning.TIMES_UNCERTAIN,)
    if times is None:
        return None
    if reader.take_sign("-/") is not None or reader.take_word(("til", "eller")):
        if _take_count(reader) is None:
            return None
        warnings = (DeadlineWarning.TIMES_UNCERTAIN,)
    counts = reader.take_one_of(dict.fromkeys(words.TIMES, True)) or reader.sees_sign("/") or _take_counted_noun(reader)
    if not counts:
        return None
    return times, warnings


def _take_count(reader: Reader) -> int | None:
    number = reader.take_number(1, 60)
    return number if number is not None else reader.take_one_of(words.NUMBERS)


def _take_counted_noun(reader: Reader) -> bool:
    """ "3 møter pr. år": what is counted stands between; a unit of time does not ("2 år")."""
    start = reader.at
    while reader.at < start + 2:
        token = reader.peek()
        if token is None or token.kind != "word" or token.text in words.NOT_COUNTED:
            break
        reader.at += 1
    return reader.at > start


@production
def _take_each(reader: Reader) -> Found | None:
    if reader.take_word(words.EACH_SECOND) or _take_other_each(reader):
        unit = _take_unit(reader)
        return None if unit is None else (_spread(unit, 2), ())
    if reader.take_word(words.EACH) is None:
        return None
    if _is_first_quarter(reader):
        return Every("year"), (DeadlineWarning.TIMES_UNCERTAIN,)
    return _take_each_nth(reader) or _take_each_unit(reader) or _take_each_time_of_year(reader)


@production
def _take_other_each(reader: Reader) -> bool | None:
    """ "annet hvert år", written apart."""
    return (reader.take_one_of(words.ORDINALS) == 2 and reader.take_word(words.EACH) is not None) or None


def _is_first_quarter(reader: Reader) -> bool:
    """ "Hvert 1. kvartal": the first of each year, left for the time to read."""
    start = reader.at
    found = take_ordinal(reader) == 1 and reader.sees_word(words.QUARTERS)
    reader.at = start
    return found


@production
def _take_each_nth(reader: Reader) -> Found | None:
    """ "hvert 3. år", "kvart anna år", "hvert 3.-4. år", "hver 14. dag"."""
    n = take_ordinal(reader)
    if n is None or n < 1:
        return None
    warnings: tuple[DeadlineWarning, ...] = ()
    if reader.take_sign("-/") is not None or reader.take_word(("til", "eller")):
        if take_ordinal(reader) is None:
            return None
        warnings = (DeadlineWarning.TIMES_UNCERTAIN,)
    if n == 14 and reader.take_word(("dag", "dagen")):
        return Every("week", 2), warnings
    at_quarter = reader.sees_word(words.QUARTERS)
    unit = _take_unit(reader)
    if unit is not None:
        if at_quarter:
            # "Hvert 2. kvartal": every other quarter, or the second of each year?
            warnings = (*warnings, DeadlineWarning.TIMES_UNCERTAIN)
        return _spread(unit, n), warnings
    return (Every("week", n), warnings) if reader.take_one_of(words.WEEKDAYS) is not None else None


def _take_each_unit(reader: Reader) -> Found | None:
    unit = _take_unit(reader)
    if unit is not None:
        return unit, ()
    return (Every("week"), ()) if reader.take_one_of(words.WEEKDAYS) is not None else None


def _take_each_time_of_year(reader: Reader) -> Found | None:
    """ "hver høst": the season is left for the time to read."""
    start = reader.at
    found = take_point(reader)
    reader.at = start
    if found is None or not found[0].last.lacks_year:
        return None
    return Every("year"), ()


def _take_adverb(reader: Reader) -> Found | None:
    every = reader.take_phrase(words.ADVERBS)
    return None if every is None else (every, ())


def _take_per(reader: Reader) -> Found | None:
    return _take_per_unit(reader, words.PER)


@production
def _take_per_unit(reader: Reader, per: words.Phrases[bool]) -> Found | None:
    """ "pr. år", "i året", "/år", "i halvåret"."""
    if reader.take_sign("/") is None and reader.take_phrase(per) is None:
        return None
    reader.take_word(("hver", "hvert", "kvar", "kvart", "et", "ett", "en", "eit"))
    unit = _take_unit(reader)
    return None if unit is None else (unit, ())


@production
def _take_per_plan_period(reader: Reader) -> Found | None:
    """ "to ganger i planperioden"; once in it is no recurrence but a period."""
    reader.take_phrase(words.PER_AFTER_COUNT)
    period = reader.context.period
    if reader.take_word(words.PLAN_PERIODS) is None or period is None:
        return None
    return Every("year", len(period.years)), ()


def _take_unit(reader: Reader) -> Every | None:
    return reader.take_phrase(words.UNITS)


def _spread(every: Every, n: int) -> Every:
    return replace(every, n=every.n * n)
