"""What somebody hears of absences: for whom they stand in, and what was answered while they were away."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import OSLO
from storage import absences, replies
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Measure, Membership, Person, StatusReply


@dataclass(frozen=True)
class StandIn:
    """Somebody who is away to the last day, and for whose unit another is asked meanwhile."""

    name: str
    unit: str
    last_on: date


@dataclass(frozen=True)
class Answered:
    """A measure that was answered about while the person was away, and by whom."""

    ref: str
    title: str
    status: str
    by: str


@dataclass(frozen=True)
class Back:
    """The person has been away, and hears what was answered meanwhile."""

    first_on: date
    last_on: date
    answered: tuple[Answered, ...]


async def standing_in(session: AsyncSession, person_id: int, people: Directory, today: date) -> tuple[StandIn, ...]:
    """For whom a person is asked on a day, until when."""
    pairs = people.standing_in(person_id)
    if not pairs:
        return ()
    rows = await absences.last_days(session, {away for _unit, away in pairs}, today)
    return tuple(
        StandIn(people.people[away].name, people.units[unit].name, rows[away]) for unit, away in pairs if away in rows
    )


async def back_from_absence(session: AsyncSession, person_id: int, today: date) -> Back | None:
    """What was answered for a person's units while they were away; None where they were not, or have heard it."""
    over = await absences.not_welcomed(session, person_id, today)
    if not over:
        return None
    first_on = min(row.first_on for row in over)
    rows = await session.exec(
        replies.standing()
        .join(Membership, col(Membership.unit_id) == col(StatusReply.unit_id))
        .where(
            Membership.person_id == person_id,
            StatusReply.author_id != person_id,
            StatusReply.at >= datetime.combine(first_on, time.min, OSLO),
        )
        .order_by(col(StatusReply.id))
    )
    last = {reply.measure_id: reply for reply in rows}
    named = await session.exec(
        select(Measure, Person, StatusReply)
        .join(StatusReply, col(StatusReply.measure_id) == col(Measure.id))
        .join(Person, col(Person.id) == col(StatusReply.author_id))
        .where(col(StatusReply.id).in_([id_of(reply) for reply in last.values()]))
        .order_by(col(Measure.plan_id), col(Measure.position))
    )
    answered = tuple(Answered(measure.ref, measure.title, reply.status, by.name) for measure, by, reply in named)
    return Back(first_on, max(row.last_on for row in over), answered)
