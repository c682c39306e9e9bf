"""The production for any point of the calendar that needs no knowledge of the plan.

It gives the stretches it read, one or several ("1. og 3. kvartal" are two), still without a year
where the phrase has not said it yet.
"""

from dataclasses import replace

from plan.deadline import words
from plan.deadline.days import take_iso_date, take_iso_month, take_iso_week, take_numeric_date, take_numeric_month
from plan.deadline.joining import Stretches
from plan.deadline.parts import take_within_year
from plan.deadline.stretch import Stretch
from plan.deadline.tokens import Reader, production
from plan.deadline.years import take_full_year, take_shortened_years, take_year


def take_point(reader: Reader) -> Stretches | None:
    """Any point of the calendar that needs no knowledge of the plan."""
    for take in (take_shortened_years, take_iso_date, take_numeric_date, take_within_year, take_numeric_month):
        found = take(reader)
        if found is not None:
            return found
    return take_year_first(reader) or take_iso_month(reader) or take_iso_week(reader) or take_year(reader)


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
