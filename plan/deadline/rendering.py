"""A deadline as a phrase of its own that the parser reads back to the same meaning.

This is data, not a sentence for people: it goes where a phrase is expected (a plan file, a workbook)
and only the meaning is at hand. What people read is the plan's own text, or comes from templates.
"""

from datetime import date

from plan.deadline.model import Deadline, Every, Kind, Unit
from plan.deadline.understanding import parse

_MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()  # noqa: SIM905
_UNITS: dict[Unit, tuple[str, str]] = {"year": ("hvert", "år"), "month": ("hver", "måned"), "week": ("hver", "uke")}


def canonical(deadline: Deadline) -> str:
    """A phrase with the same meaning; where the meaning has no day to write, the text itself."""
    phrase = _rendered(deadline)
    if deadline.condition is not None and parse(phrase).meaning != deadline.meaning:
        # A condition is free text, and beside other words it may be read otherwise.
        return deadline.text
    return phrase


def _rendered(deadline: Deadline) -> str:
    match deadline.kind:
        case Kind.NOT_GIVEN:
            return "ikke fastsatt"
        case Kind.AS_NEEDED:
            return "ved behov"
        case Kind.NOT_UNDERSTOOD:
            return deadline.text
        case Kind.RECURRING:
            return _conditioned(_recurring(deadline), deadline)
        case Kind.MILESTONES:
            return _milestones(deadline)
        case _:
            return _one(deadline)


def _milestones(deadline: Deadline) -> str:
    parts = deadline.milestones
    if not all(part.kind is Kind.ONGOING or _days(part) for part in parts):
        return deadline.text
    return _conditioned("; ".join(_rendered(part) for part in parts), deadline)


def _one(deadline: Deadline) -> str:
    days = _days(deadline)
    if deadline.kind is Kind.ONGOING:
        return _conditioned(f"løpende {days}".strip(), deadline)
    if deadline.kind is Kind.START and not days:
        return "straks"
    return _conditioned(days, deadline) if days else deadline.text


def _conditioned(phrase: str, deadline: Deadline) -> str:
    return f"{phrase}, {deadline.condition}" if deadline.condition else phrase


def _days(deadline: Deadline) -> str:
    start, due = deadline.start, deadline.due
    if start is not None and due is not None:
        return f"{_day(start)}–{_day(due)}"
    if start is not None:
        return f"fra {_day(start)}"
    if due is None:
        return ""
    # "Frem til" a day is the end of a stretch, "innen" it a day.
    return _day(due) if deadline.kind in (Kind.DATE, Kind.CONDITIONAL) else f"frem til {_day(due)}"


def _day(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year}"


def _recurring(deadline: Deadline) -> str:
    every = deadline.every or Every("year")
    pieces = [_every(every)]
    if every.months:
        pieces.append("i " + " og ".join(_MONTHS[month - 1] for month in every.months))
    if deadline.base_years:
        # In a sentence of their own, or the months would lend their year.
        pieces.append("(" + ", ".join(str(year) for year in deadline.base_years) + ")")
    if deadline.start is not None or deadline.due is not None:
        pieces.append(f"({_bounds(deadline)})")
    return " ".join(pieces)


def _bounds(deadline: Deadline) -> str:
    if deadline.start is None and deadline.due is not None:
        return f"frem til {_day(deadline.due)}"
    return _days(deadline)


def _every(every: Every) -> str:
    each, unit = _UNITS[every.unit]
    times = f"{every.times} ganger " if every.times > 1 else ""
    return f"{times}{each} {every.n}. {unit}" if every.n > 1 else f"{times}{each} {unit}"
