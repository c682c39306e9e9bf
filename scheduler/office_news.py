"""What the office and admins hear of rounds and due dates: what they lack, and how the answers come in."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import WorkCalendar
from scheduler.planning import MISSED_FOR, prepare_on, short_until
from scheduler.settings import PlanSettings
from storage import rounds
from storage.directory import Directory
from storage.ids import id_of
from storage.requests import outcome_of_round
from storage.tables import Measure, Occurrence, Plan, Round

NEAR = timedelta(days=60)
# A round nobody was asked in lacks a meeting that lies ahead, and nothing else.
MISSED: dict[str, Any] = {
    "missed": True,
    "provisional": True,
    "without_owner": (),
    "without_people": (),
    "owners_missing": (),
    "people_missing": (),
    "undecided": (),
}


@dataclass(frozen=True)
class Upcoming:
    """A round that is near or running, and what it lacks; `provisional` when nobody has set the real meeting.

    `round_id` is the round; `owners_missing` and `people_missing` are the same measures and units, with their ids.
    `short_until`: it opened too late for its dates, and the units have until that day. `missed`: its meeting was before
    anybody could be asked.
    """

    plan_id: int
    round_id: int
    plan: str
    slug: str
    year: int
    opens_on: date
    body: str
    meeting_on: date
    provisional: bool
    without_owner: tuple[str, ...]
    without_people: tuple[str, ...]
    owners_missing: tuple[tuple[str, int], ...] = ()
    people_missing: tuple[tuple[str, int], ...] = ()
    undecided: tuple[str, ...] = ()
    short_until: date | None = None
    missed: bool = False


@dataclass(frozen=True)
class OfficeWeek:
    """A round whose answers are being gathered: how many were asked for, how many came, when papers are due."""

    plan_id: int
    plan: str
    slug: str
    year: int
    asked: int
    answered: int
    papers_on: date


@dataclass(frozen=True)
class Orphan:
    """A measure whose due date is near or past, and that nobody follows up."""

    ref: str
    title: str
    due_on: date
    plan_id: int
    measure_id: int


async def orphans(session: AsyncSession, today: date) -> tuple[Orphan, ...]:
    """Due dates that a pass has come to and found nobody to ask about, or will before long."""
    rows = await session.exec(
        select(Measure, col(Occurrence.due_on))
        .join(Occurrence, col(Occurrence.measure_id) == col(Measure.id))
        .where(
            col(Measure.owner_id).is_(None),
            col(Measure.archived_at).is_(None),
            col(Occurrence.next_on).is_not(None),
            col(Occurrence.due_on) <= today + NEAR,
        )
        .order_by(col(Occurrence.due_on), col(Measure.position))
    )
    return tuple(
        Orphan(measure.ref, measure.title, due_on, measure.plan_id, id_of(measure)) for measure, due_on in rows
    )


async def to_prepare(
    session: AsyncSession, people: Directory, today: date, calendar: WorkCalendar
) -> tuple[Upcoming, ...]:
    """Rounds that open soon or are open, and lack an owner, a decision, somebody to ask, a real meeting or time."""
    rows = await session.exec(
        select(Round, Plan)
        .join(Plan, col(Plan.id) == col(Round.plan_id))
        .where(col(Round.called_off_at).is_(None), col(Round.meeting_on) >= today - MISSED_FOR)
        .order_by(col(Round.meeting_on))
    )
    near = [
        (row, plan)
        for row, plan in rows
        if prepare_on(row.opens_on, PlanSettings.usable(plan.settings), calendar) <= today
    ]
    taken = await rounds.steps_taken(session, [id_of(row) for row, _plan in near])
    found = []
    for row, plan in near:
        steps = taken.get(id_of(row), {})
        if row.state == "closed":
            if "open" not in steps and "closed" in steps:
                found.append(replace(await _upcoming(session, people, row, plan), **MISSED))
            continue
        if row.meeting_on < today:
            continue
        upcoming = await _upcoming(session, people, row, plan)
        if "open" in steps:
            upcoming = replace(upcoming, short_until=short_until(row, steps["open"], calendar))
        lacks = upcoming.without_owner or upcoming.without_people or upcoming.undecided
        if lacks or upcoming.provisional or upcoming.short_until:
            found.append(upcoming)
    return tuple(found)


async def _upcoming(session: AsyncSession, people: Directory, row: Round, plan: Plan) -> Upcoming:
    measures = await session.exec(
        select(Measure.id, Measure.ref, Measure.owner_id, Measure.undecided)
        .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    without_owner, without_people, undecided = [], [], []
    owners_missing, people_missing = [], []
    for measure_id, ref, owner_id, is_undecided in measures:
        if is_undecided:
            undecided.append(ref)
        if owner_id is None:
            assert measure_id is not None
            without_owner.append(ref)
            owners_missing.append((ref, measure_id))
        elif not people.asked(owner_id):
            without_people.append(people.units[owner_id].name)
            people_missing.append((people.units[owner_id].name, owner_id))
    return Upcoming(
        plan_id=id_of(plan),
        round_id=id_of(row),
        plan=plan.title,
        slug=plan.slug,
        year=row.year,
        opens_on=row.opens_on,
        body=row.body,
        meeting_on=row.meeting_on,
        provisional=row.provisional,
        without_owner=tuple(without_owner),
        without_people=tuple(dict.fromkeys(without_people)),
        owners_missing=tuple(owners_missing),
        people_missing=tuple(dict.fromkeys(people_missing)),
        undecided=tuple(undecided),
    )


async def office_weeks(session: AsyncSession, today: date) -> tuple[OfficeWeek, ...]:
    """The rounds of which the answers are being gathered."""
    rows = await session.exec(
        select(Round, Plan)
        .join(Plan, col(Plan.id) == col(Round.plan_id))
        .where(Round.state == "open", col(Round.office_from) <= today, col(Round.meeting_on) >= today)
        .order_by(col(Round.meeting_on))
    )
    found = []
    for row, plan in rows:
        outcome = await outcome_of_round(session, id_of(row))
        found.append(
            OfficeWeek(
                plan_id=id_of(plan),
                plan=plan.title,
                slug=plan.slug,
                year=row.year,
                asked=outcome.asked,
                answered=outcome.answered,
                papers_on=row.papers_on,
            )
        )
    return tuple(found)
