"""The steps of requests: reminders to the unit that was asked, and escalations past it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from scheduler.planning import round_steps
from scheduler.steps import Step, take
from scheduler.work import Work, deadline_steps
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Escalation, Measure, Reminder, Round, StatusRequest


async def take_due_requests(work: Work, requests: Sequence[StatusRequest]) -> None:
    """Take the steps of open requests whose day has come."""
    round_ids = {request.round_id for request in requests if request.round_id is not None}
    rounds: dict[int, Round] = {}
    if round_ids:
        rows = await work.session.exec(select(Round).where(col(Round.id).in_(round_ids)))
        rounds = {id_of(row): row for row in rows}
    await take_steps(work, requests, rounds)


async def take_steps(work: Work, requests: Sequence[StatusRequest], rounds: Mapping[int, Round]) -> None:
    """Take what is due of these requests' steps; `rounds` has the rounds they belong to, by id."""
    plan_ids = await _plan_ids(work, [request for request in requests if request.round_id is None])
    for request in requests:
        if request.round_id is not None:
            row = rounds[request.round_id]
            settings = work.settings[row.plan_id]
            steps = round_steps(row, settings, work.calendar, reply_by=request.anchor_on)
        else:
            settings = work.settings[plan_ids[request.measure_id]]
            steps = deadline_steps(request, settings, work.calendar)
        _take(work, request, steps)
    await work.session.flush()


def _take(work: Work, request: StatusRequest, steps: tuple[Step, ...]) -> None:
    taken = take(steps, request.steps_taken, work.today, work.calendar)
    request.steps_taken = taken.behind
    request.next_on = taken.next_on
    for step in taken.steps:
        work.session.add(Reminder(request_id=id_of(request), step=step.name, due_on=step.on, at=work.at))
    if not taken.steps:
        return
    last = taken.steps[-1]
    if last.escalates:
        _escalate(work, request, final=request.next_on is None)
        return
    people = work.directory.asked(request.unit_id)
    work.tell(people, last.kind, request)
    if not people and work.directory.office:
        work.tell(work.directory.office, "nobody_joined", request)


def _escalate(work: Work, request: StatusRequest, *, final: bool) -> None:
    level = next_level(work.directory, request.unit_id, request.level, final=final)
    if level is None:
        return
    request.level = level.number
    work.session.add(Escalation(request_id=id_of(request), level=level.number, unit_id=level.unit_id, at=work.at))
    work.tell(level.people, "escalate", request)


@dataclass(frozen=True)
class Level:
    """A level above a unit: its number from 1, the unit that holds it (None: the office), and whom to tell."""

    number: int
    unit_id: int | None
    people: tuple[int, ...]


def next_level(directory: Directory, unit_id: int, reached: int, *, final: bool) -> Level | None:
    """The next level that has somebody to tell who has not been told; the office is the highest.

    A level held by the same person is skipped. With `final` it goes straight to the office. None when there is
    nobody left.
    """
    above = list(directory.above(unit_id))
    told = set(directory.asked(unit_id)).union(*(directory.asked(unit) for unit in above[:reached]))
    if not final:
        for number, superior in enumerate(above, 1):
            people = tuple(person for person in directory.asked(superior) if person not in told)
            if number > reached and people:
                return Level(number, superior, people)
    people = tuple(person for person in directory.office if person not in told)
    return Level(len(above) + 1, None, people) if people and reached <= len(above) else None


async def _plan_ids(work: Work, requests: Sequence[StatusRequest]) -> dict[int, int]:
    measure_ids = {request.measure_id for request in requests}
    if not measure_ids:
        return {}
    rows = await work.session.exec(select(Measure.id, Measure.plan_id).where(col(Measure.id).in_(measure_ids)))
    return {measure_id: plan_id for measure_id, plan_id in rows if measure_id is not None}
