"""Whether result targets have been reached: storing what is said, and reading what stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.ids import id_of
from storage.tables import Attainment, Goal, Measure, Plan, ResultTarget, Round, TargetAsk, Unit


@dataclass(frozen=True)
class Target:
    """A result target, its goal, the unit that follows the goal up (None: the office), and what stands about it."""

    row: ResultTarget
    goal: Goal
    plan: Plan
    unit: Unit | None
    said: Attainment | None


async def standing(session: AsyncSession, goal_ids: Collection[int]) -> dict[tuple[int, str], Attainment]:
    """The last assessment of each target of some goals, by goal and the target's words."""
    newer = aliased(Attainment)
    rows = await session.exec(
        select(Attainment)
        .where(
            col(Attainment.goal_id).in_(goal_ids),
            ~select(newer.id).where(newer.supersedes_id == Attainment.id).exists(),
        )
        .order_by(col(Attainment.id))
    )
    return {(row.goal_id, row.target): row for row in rows}


async def targets(session: AsyncSession) -> list[Target]:
    """Every result target of the plans in use, in the order of the plans."""
    rows = list(
        await session.exec(
            select(ResultTarget, Goal, Plan)
            .join(Goal, col(Goal.id) == col(ResultTarget.goal_id))
            .join(Plan, col(Plan.id) == col(Goal.plan_id))
            .where(col(Goal.archived_at).is_(None), col(Plan.archived_at).is_(None))
            .order_by(col(Plan.id), col(Goal.position), col(ResultTarget.position))
        )
    )
    goal_ids = {id_of(goal) for _target, goal, _plan in rows}
    said = await standing(session, goal_ids)
    units = await followed_up_by(session, goal_ids)
    return [
        Target(row, goal, plan, units.get(id_of(goal)), said.get((id_of(goal), row.text))) for row, goal, plan in rows
    ]


async def to_assess(session: AsyncSession, plan_id: int | None = None) -> list[Target]:
    """What nobody has assessed of the plans whose units are asked now, in their last round or by themselves, or of one
    plan.
    """
    if plan_id is not None:
        plan_ids = {plan_id}
    else:
        last = select(Round.plan_id).join(Plan, col(Plan.id) == col(Round.plan_id))
        plan_ids = set(await session.exec(last.where(Round.state == "open", col(Round.year) >= col(Plan.last_year))))
        plan_ids.update(row.plan_id for row in await asks(session))
    if not plan_ids:
        return []
    return [found for found in await targets(session) if found.said is None and found.plan.id in plan_ids]


async def asks(session: AsyncSession) -> list[TargetAsk]:
    """The plans whose units are asked outside the last round, until that is over."""
    return list(await session.exec(select(TargetAsk).where(col(TargetAsk.closed_on).is_(None))))


async def ask_of(session: AsyncSession, plan_id: int) -> TargetAsk | None:
    """The last time the units of a plan were asked outside its last round, over or not."""
    return (await session.exec(select(TargetAsk).where(TargetAsk.plan_id == plan_id))).first()


async def in_last_round(session: AsyncSession, plan: Plan) -> bool:
    """Whether the last round of a plan is open."""
    rows = select(Round.id).where(Round.plan_id == plan.id, Round.state == "open", Round.year == plan.last_year)
    return (await session.exec(rows)).first() is not None


async def target(session: AsyncSession, target_id: int) -> Target | None:
    """One result target by its id; None for one the plan no longer has."""
    return next((found for found in await targets(session) if found.row.id == target_id), None)


async def followed_up_by(session: AsyncSession, goal_ids: Collection[int]) -> dict[int, Unit]:
    """The unit that follows up each goal: the one an admin has chosen, else that of most of its measures."""
    return await _by_measures(session, goal_ids) | await _chosen(session, goal_ids)


async def _by_measures(session: AsyncSession, goal_ids: Collection[int]) -> dict[int, Unit]:
    """The unit that follows up most of the measures under each goal; the first by name of several."""
    rows = await session.exec(
        select(Measure.goal_id, Unit)
        .join(Unit, col(Unit.id) == col(Measure.owner_id))
        .where(col(Measure.goal_id).in_(goal_ids), col(Measure.archived_at).is_(None), col(Unit.external).is_(False))
        .group_by(col(Measure.goal_id), col(Unit.id))
        .order_by(func.count(), col(Unit.key).desc())
    )
    return {goal_id: unit for goal_id, unit in rows if goal_id is not None}


async def _chosen(session: AsyncSession, goal_ids: Collection[int]) -> dict[int, Unit]:
    """The units that admins have chosen; one that has left the municipality, or is out of use, is asked no more."""
    rows = await session.exec(
        select(Goal.id, Unit)
        .join(Unit, col(Unit.id) == col(Goal.owner_id))
        .where(col(Goal.id).in_(goal_ids), col(Unit.external).is_(False), col(Unit.archived_at).is_(None))
    )
    return {goal_id: unit for goal_id, unit in rows if goal_id is not None}


async def carry(session: AsyncSession, before: tuple[int, str], after: tuple[int, str]) -> None:
    """What stands about a target (goal and words) stands about another from now on, unless that has its own.

    The row stays as it was, and is superseded by one that says the same of the other.
    """
    if before == after:
        return
    said = await standing(session, {before[0], after[0]})
    old = said.get(before)
    if old is None or after in said:
        return
    session.add(
        Attainment(
            goal_id=after[0],
            target=after[1],
            unit_id=old.unit_id,
            author_id=old.author_id,
            on_behalf=old.on_behalf,
            value=old.value,
            reason=old.reason,
            at=old.at,
            supersedes_id=old.id,
        )
    )
    await session.flush()


async def add(
    session: AsyncSession,
    found: Target,
    value: str,
    reason: str,
    *,
    author_id: int,
    on_behalf: bool,
    at: datetime,
    inbox_id: int | None,
) -> Attainment:
    """Store an assessment; the one that stood before is superseded, never changed."""
    row = Attainment(
        goal_id=id_of(found.goal),
        target=found.row.text,
        unit_id=found.unit.id if found.unit else None,
        author_id=author_id,
        on_behalf=on_behalf and found.unit is not None,
        value=value,
        reason=reason,
        at=at,
        supersedes_id=found.said.id if found.said else None,
        inbox_id=inbox_id,
    )
    session.add(row)
    await session.flush()
    before = {"value": found.said.value} if found.said else None
    after = {"value": value, "goal_id": row.goal_id}
    audit.record(
        session, audit.Actor.person(author_id), at, "assessed", "goal", row.goal_id, before=before, after=after
    )
    return row
