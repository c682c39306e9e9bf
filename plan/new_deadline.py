"""A new deadline as a unit proposes it: a phrase that says one certain day, which lies ahead and within the plan."""

from datetime import date
from enum import StrEnum

from plan.deadline import Deadline, DeadlineWarning, Kind, Period, parse

LONGEST = 200  # characters: a phrase, and no story


class Doubt(StrEnum):
    """Why a phrase cannot be a new deadline."""

    TOO_LONG = "too_long"
    NOT_UNDERSTOOD = "not_understood"
    YEAR_MISSING = "year_missing"  # a time of the year, but of which?
    IMPOSSIBLE = "impossible"  # 31 February
    NO_DAY = "no_day"  # ongoing, each year, as needed, from a day on: nothing by which it is done
    DOUBTFUL = "doubtful"  # a day was found, and may be meant otherwise
    PAST = "past"
    AFTER_PLAN = "after_plan"
    SAME = "same"  # the deadline it has already


_BY_WARNING = {
    DeadlineWarning.TOO_LONG: Doubt.TOO_LONG,
    DeadlineWarning.NOT_UNDERSTOOD: Doubt.NOT_UNDERSTOOD,
    DeadlineWarning.YEAR_MISSING: Doubt.YEAR_MISSING,
    DeadlineWarning.DATE_IMPOSSIBLE: Doubt.IMPOSSIBLE,
}


def read(phrase: str, today: date, period: Period | None, current: date | None) -> Deadline | Doubt:
    """What a phrase means as a new deadline, or why it cannot be one.

    `period` is the plan's; `current` is the day the measure is due on now.
    """
    text = " ".join(phrase.split())
    if len(text) > LONGEST:
        return Doubt.TOO_LONG
    deadline = parse(text, period=period)
    return _doubt(deadline, today, period, current) or deadline


def _doubt(deadline: Deadline, today: date, period: Period | None, current: date | None) -> Doubt | None:
    for warning, doubt in _BY_WARNING.items():
        if warning in deadline.warnings:
            return doubt
    if deadline.kind not in {Kind.DATE, Kind.PERIOD} or deadline.due is None:
        return Doubt.NO_DAY
    if deadline.due <= today:
        return Doubt.PAST
    if period is not None and deadline.due > period.last:
        return Doubt.AFTER_PLAN
    if deadline.warnings:
        return Doubt.DOUBTFUL
    return Doubt.SAME if deadline.due == current else None
