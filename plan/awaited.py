"""What a measure waits for, by the plan's own words, and the deadline that counts from when it comes true.

"Når rusplanen er vedtatt" is asked about; "innen seks måneder etter at rusplanen er vedtatt" is due six months after.
"Ved behov" is no event that comes true once, and is not asked about.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from plan.deadline import Deadline, Kind
from plan.deadline.stretch import last_of_month
from plan.deadline.words import HALF_YEARS, NEED_STEMS, NUMBERS

_COUNTED = re.compile(
    r"(?:(?:innen|innan|inntil|senest|seinest|snarest|straks|ca\.?)\s+)*"
    rf"(?:(?P<half>{'|'.join(HALF_YEARS)})|"
    r"(?P<count>\d{1,3}|[a-zæøåé]+)\s+"
    r"(?P<unit>dag|dager|dagar|uke|uker|veke|veker|måned|måneder|månad|månader|månadar|mnd\.?|år))\s+"
    r"(?:etter|fra|frå)\b"
)
_DAYS = {"d": 1, "u": 7, "v": 7}  # by the first letter of the unit; months and years are counted by the calendar


def awaited(deadline: Deadline) -> str | None:
    """The condition that somebody can say has come true, as the plan has it; None where there is none."""
    if deadline.kind is not Kind.CONDITIONAL or not deadline.condition:
        return None
    words = deadline.condition.casefold().split()
    return None if any(word.startswith(NEED_STEMS) for word in words) else deadline.condition


def counted_from(condition: str, came_true_on: date) -> date | None:
    """The day that a condition such as "six months after …" is due, once it has come true.

    None where it counts nothing, or to a day the calendar does not have.
    """
    found = _COUNTED.match(" ".join(condition.casefold().split()))
    count, unit = _length(found) if found else (None, "")
    if not count:
        return None
    try:
        if unit in _DAYS:
            return came_true_on + timedelta(days=count * _DAYS[unit])
        months = came_true_on.year * 12 + came_true_on.month - 1 + count * (12 if unit == "å" else 1)
        last = last_of_month(months // 12, months % 12 + 1)
    except (ValueError, OverflowError):
        return None
    return last.replace(day=min(last.day, came_true_on.day))


def come_true(deadline: Deadline, on: date) -> Deadline:
    """The deadline once its condition has come true on a day: with the day that counts from then, if it counts."""
    condition = awaited(deadline)
    due = counted_from(condition, on) if condition and deadline.due is None else None
    return replace(deadline, due=due) if due else deadline


def waiting_again(deadline: Deadline, came_true_on: date) -> Deadline:
    """The deadline once its condition has not come true after all: without the day that counted from then."""
    condition = awaited(deadline)
    due = counted_from(condition, came_true_on) if condition else None
    return replace(deadline, due=None) if due is not None and due == deadline.due else deadline


def is_counted_from(stored: Deadline, printed: Deadline) -> bool:
    """Whether a stored deadline is what a document prints, with a day that has been counted since it came true."""
    is_same = replace(stored, due=None).meaning == printed.meaning
    return printed.due is None and _counts(awaited(printed)) and is_same


def _counts(condition: str | None) -> bool:
    return condition is not None and counted_from(condition, date(2000, 1, 1)) is not None


def _length(found: re.Match[str]) -> tuple[int | None, str]:
    """How many, and the first letter of the unit."""
    if found["half"]:
        return HALF_YEARS[found["half"]], "m"
    return _number(found["count"]), found["unit"][0]


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else NUMBERS.get(word)
