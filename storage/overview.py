"""What somebody who looks after the service wants to see: plans, what they lack, and what went wrong on the way."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import directory, replies
from storage.ids import id_of
from storage.tables import InboxRow, Measure, OutboxRow, Person, Plan, Round, Unit

UNSENT = ("waiting", "claimed")


@dataclass(frozen=True)
class PlanRow:
    """A plan in a list; `period` is its first and last year."""

    slug: str
    title: str
    period: tuple[int, int] | None
    measures: int


@dataclass(frozen=True)
class MeasureRow:
    """A measure in a list: its owner's name, the deadline in the plan's words, and what was last said about it."""

    ref: str
    title: str
    owner: str | None
    deadline: str | None
    status: str | None


@dataclass(frozen=True)
class Readiness:
    """What a plan lacks before a round can open.

    `without_owner`: refs of measures nobody follows up, an external owner included. `without_people`: units that own a
    measure and have nobody the bot can write to. `provisional`: rounds whose meeting nobody has set.
    `undecided`: refs of measures about which something was put off when the plan was imported.
    """

    without_owner: tuple[str, ...]
    without_people: tuple[str, ...]
    provisional: tuple[Round, ...]
    has_rounds: bool
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Traffic:
    """Messages that could not be delivered, by their problem; how many wait; updates that were set aside."""

    failed: dict[str, int]
    waiting: int
    set_aside: int


async def plans(session: AsyncSession) -> list[PlanRow]:
    """The plans that are not archived, oldest first."""
    rows = await session.exec(select(Plan).where(col(Plan.archived_at).is_(None)).order_by(col(Plan.id)))
    counts = await session.exec(
        select(Measure.plan_id, func.count()).where(col(Measure.archived_at).is_(None)).group_by(col(Measure.plan_id))
    )
    measures_of = dict(counts.all())
    return [PlanRow(plan.slug, plan.title, _period(plan), measures_of.get(id_of(plan), 0)) for plan in rows]


async def measures(session: AsyncSession, plan: Plan) -> list[MeasureRow]:
    """The measures of a plan that are not archived, in its order."""
    rows = list(
        await session.exec(
            select(Measure)
            .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None))
            .order_by(col(Measure.position))
        )
    )
    units = {id_of(unit): unit for unit in await session.exec(select(Unit))}
    latest = await replies.latest(session, [id_of(measure) for measure in rows])
    return [
        MeasureRow(
            ref=measure.ref,
            title=measure.title,
            owner=units[measure.owner_id].name if measure.owner_id else None,
            deadline=measure.deadline_text,
            status=latest[id_of(measure)].status if id_of(measure) in latest else None,
        )
        for measure in rows
    ]


async def undecided(session: AsyncSession, plan: Plan) -> list[tuple[str, list[str]]]:
    """The numbers of the measures about which something was put off at the import, with codes of what it was."""
    rows = await session.exec(
        select(Measure)
        .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None), col(Measure.undecided).is_not(None))
        .order_by(col(Measure.position))
    )
    return [(measure.ref, measure.undecided or []) for measure in rows]


async def rounds(session: AsyncSession, plan: Plan) -> list[Round]:
    """The rounds of a plan, by year."""
    return list(await session.exec(select(Round).where(Round.plan_id == plan.id).order_by(col(Round.year))))


async def readiness(session: AsyncSession, plan: Plan) -> Readiness:
    """What a plan lacks before a round can open."""
    people = await directory.read(session)
    without_owner, without_people, undecided = [], [], []
    rows = await session.exec(
        select(Measure)
        .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    for measure in rows:
        if measure.undecided:
            undecided.append(measure.ref)
        owner = people.units.get(measure.owner_id) if measure.owner_id else None
        if owner is None or owner.external:
            without_owner.append(measure.ref)
        elif not people.asked(id_of(owner)):
            without_people.append(owner.name)
    planned = await rounds(session, plan)
    return Readiness(
        without_owner=tuple(without_owner),
        without_people=tuple(dict.fromkeys(without_people)),
        provisional=tuple(row for row in planned if row.provisional and row.state != "closed"),
        has_rounds=bool(planned),
        undecided=tuple(undecided),
    )


async def refs(session: AsyncSession, measure_ids: set[int]) -> dict[int, str]:
    """The refs of measures by id."""
    rows = await session.exec(select(Measure.id, Measure.ref).where(col(Measure.id).in_(measure_ids)))
    return {measure_id: ref for measure_id, ref in rows if measure_id is not None}


async def has_admin(session: AsyncSession) -> bool:
    """Whether anybody in the chat can manage plans, units and people."""
    found = await session.exec(
        select(Person.id).where(Person.is_admin, col(Person.chat_id).is_not(None), col(Person.gone_at).is_(None))
    )
    return found.first() is not None


async def traffic(session: AsyncSession) -> Traffic:
    """What has gone wrong, or waits, between us and Telegram."""
    failed = await session.exec(
        select(OutboxRow.problem, func.count()).where(OutboxRow.state == "failed").group_by(col(OutboxRow.problem))
    )
    waiting = select(func.count()).select_from(OutboxRow).where(col(OutboxRow.state).in_(UNSENT))
    set_aside = select(func.count()).select_from(InboxRow).where(InboxRow.state == "set_aside")
    return Traffic(
        failed={problem or "": count for problem, count in failed},
        waiting=(await session.exec(waiting)).one(),
        set_aside=(await session.exec(set_aside)).one(),
    )


def _period(plan: Plan) -> tuple[int, int] | None:
    return (plan.first_year, plan.last_year) if plan.first_year and plan.last_year else None
