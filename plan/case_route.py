"""The case route (*saksgang*): the bodies that treat a report on its way, each with a meeting and a day for its papers.

Pure: what is stored and what the plan promises come in, the stops in the order of their meetings come out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plan.workday import WorkCalendar

COUNCIL = "Kommunestyret"
_COUNCILS = ("kommunestyre", "heradsstyre", "bystyre")


@dataclass(frozen=True)
class Stop:
    """A body's meeting and the day its papers go out.

    `own_papers`: somebody has set that day, else it is counted back from the meeting. `provisional`: the plan only
    names months, and this is the day to plan for.
    """

    body: str
    meets_on: date
    papers_on: date
    provisional: bool = False
    own_papers: bool = False


def same_body(one: str, other: str) -> bool:
    """Whether two names are of one body: case, and the article at the end, do not tell bodies apart."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return long in {short, f"{short}t", f"{short}et"}


def decides_last(body: str) -> bool:
    """Whether a body is the municipality's council: nobody treats a report after it has."""
    return any(same_body(council, body) for council in _COUNCILS)


def with_promised(
    stops: Sequence[Stop], body: str, first_on: date, papers: int, calendar: WorkCalendar
) -> tuple[Stop, ...]:
    """The stops with the body the plan reports to, provisionally, where its meeting is not known yet.

    Its meeting is planned for on `first_on`, and never before those that are known. `papers`: working days from its
    papers to it. A route on which the council decides needs nobody after it. Raises `plan.workday.NoWorkdayError`.
    """
    if any(same_body(stop.body, body) or decides_last(stop.body) for stop in stops):
        return tuple(stops)
    last = max((stop.meets_on for stop in stops), default=None)
    on = first_on if last is None else max(first_on, calendar.add(last, 1))
    return (*stops, Stop(body, on, calendar.add(on, -papers), provisional=True))
