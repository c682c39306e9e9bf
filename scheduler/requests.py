"""The steps of requests: reminders to the unit that was asked, and escalations past it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plan.workday import WorkCalendar
from scheduler.planning import round_steps
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_deadline, of_part, or_put_off, resume_on, take
from scheduler.work import Work
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Escalation, Round, StatusRequest


async def take_requests(work: Work, requests: Iterable[tuple[StatusRequest, Round | None]]) -> None:
    """Take what is due of the steps of open requests, each with the round it belongs to, if any."""
    still_open = [(request, row) for request, row in requests if request.closed_at is None]
    at_office = await _told_the_office(work, [request for request, _row in still_open])
    for request, row in still_open:
        _take(work, request, _steps(work, request, row), office_told=request.id in at_office)


async def _told_the_office(work: Work, requests: Sequence[StatusRequest]) -> set[int | None]:
    """Those of the requests that have gone up to the office."""
    ids = [id_of(request) for request in requests if request.level > 0]
    if not ids:
        return set()
    rows = await work.session.exec(
        select(Escalation.request_id).where(col(Escalation.request_id).in_(ids), col(Escalation.unit_id).is_(None))
    )
    return set(rows)


async def resume_requests(work: Work, requests: Iterable[tuple[StatusRequest, Round | None]]) -> None:
    """Ask again what was asked before and then taken back: the steps go on where they were.

    The unit is told at once, whatever day it had put the question off to, and nobody above it in the two working days
    after.
    """
    for request, row in requests:
        request.closed_at, request.closed_because, request.put_off_until = None, None, None
        steps = _steps(work, request, row)
        rest = steps[request.steps_taken :]
        if rest and rest[0].on <= work.today and not rest[0].escalates:
            _take(work, request, steps, office_told=False)  # a reminder
        else:
            request.next_on = resume_on(steps, request.steps_taken, work.today, work.calendar)
            _tell_unit(work, request, "opened" if request.reason == "round" else request.reason)


def is_part_asked_again(request: StatusRequest) -> bool:
    """Whether a unit that was asked before is asked for its part now.

    What it has said stands, and what the office has called off stays so.
    """
    return request.closed_because in {"owner_changed", "measure_closed"}


def _steps(work: Work, request: StatusRequest, row: Round | None) -> tuple[Step, ...]:
    """The steps of a request; most of what comes up on a day has its day in common with much else."""
    settings = work.settings_of(request.measure_id)
    key = (request.round_id, request.anchor_on, request.reason, request.part, tuple(settings.lead_days))
    steps = work.steps.get(key)
    if steps is None:
        steps = work.steps[key] = steps_of(request, row, settings, work.calendar)
    return steps


def steps_of(
    request: StatusRequest, row: Round | None, settings: PlanSettings, calendar: WorkCalendar
) -> tuple[Step, ...]:
    """The steps of a request, with the round it belongs to, if any."""
    if row is not None:
        steps = round_steps(row, settings, calendar, reply_by=request.anchor_on)
    else:
        steps = of_deadline(request.anchor_on, settings, calendar)
        if request.reason != "lead":
            # One that was first asked on the day itself has no lead reminders.
            steps = tuple(step for step in steps if step.kind != "lead")
    return of_part(steps) if request.part else steps


def _take(work: Work, request: StatusRequest, steps: tuple[Step, ...], *, office_told: bool) -> None:
    taken = take(steps, request.steps_taken, work.today, work.calendar)
    request.steps_taken = taken.behind
    is_silent, is_again = _take_put_off(work, request, taken.next_on)
    for step in taken.steps:
        work.reminders.append({"request_id": id_of(request), "step": step.name, "due_on": step.on, "at": work.at})
    if is_again:
        _tell_unit(work, request, "again")
    if not taken.steps:
        return
    first, last = taken.steps[0], taken.steps[-1]
    if last.escalates:
        level = next_level(
            work.directory, request.unit_id, request.level, final=taken.next_on is None, office_told=office_told
        )
        if level is not None:
            _escalate(work, request, level)
    elif not is_silent and not is_again:
        # Whoever hears of a round for the first time hears that it has opened, however late it is.
        _tell_unit(work, request, first.kind if first.kind == "opened" else last.kind)


def _take_put_off(work: Work, request: StatusRequest, next_on: date | None) -> tuple[bool, bool]:
    """Set the next day of a request, be it that of its steps or the one it was put off to.

    Returns whether its unit is to hear nothing yet, and whether it is to hear of it again today.
    """
    until, request.next_on = request.put_off_until, next_on
    if until is None:
        return False, False
    if until <= work.today:
        request.put_off_until = None
        return False, True
    request.next_on = or_put_off(next_on, until)
    return True, False


def _tell_unit(work: Work, request: StatusRequest, kind: str) -> None:
    people = work.directory.asked(request.unit_id)
    work.tell(people, kind, request)
    if not people and (staff := work.directory.told(work.settings.tell_nobody)):
        work.tell(staff, "nobody_joined", request)


def _escalate(work: Work, request: StatusRequest, level: "Level") -> None:
    request.level = level.number
    work.escalations.append(
        {"request_id": id_of(request), "level": level.number, "unit_id": level.unit_id, "at": work.at}
    )
    work.tell(level.people, "escalate", request)


@dataclass(frozen=True)
class Level:
    """A level above a unit: its number from 1, the unit that holds it (None: the office), and whom to tell."""

    number: int
    unit_id: int | None
    people: tuple[int, ...]


def next_level(
    directory: Directory, unit_id: int, reached: int, *, final: bool, office_told: bool = False
) -> Level | None:
    """The next level that has somebody to tell who has not been told; the office is the highest.

    A level held by the same person is skipped. With `final` it goes straight to the office. None when there is
    nobody left.
    """
    if office_told:
        return None
    above = list(directory.above(unit_id))
    told = set(directory.asked(unit_id)).union(*(directory.asked(unit) for unit in above[:reached]))
    if not final:
        for number, superior in enumerate(above, 1):
            people = tuple(person for person in directory.asked(superior) if person not in told)
            if number > reached and people:
                return Level(number, superior, people)
    people = tuple(person for person in directory.office if person not in told)
    # Units above may have been taken away since the last level: numbers rise all the same.
    return Level(max(len(above), reached) + 1, None, people) if people else None
