"""Moving a measure to another plan. Its answers, files, open questions and proposals go with it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Deadline
from storage import audit
from storage.ids import id_of
from storage.tables import Goal, Measure, Plan


async def is_ref_used(session: AsyncSession, plan_id: int, ref: str) -> bool:
    """Whether a plan has or had a measure of a number."""
    rows = await session.exec(
        select(Measure.id).where(Measure.plan_id == plan_id, func.lower(Measure.ref) == ref.lower())
    )
    return rows.first() is not None


async def move(
    session: AsyncSession,
    measure: Measure,
    plan: Plan,
    ref: str,
    goal: Goal | None,
    deadline: Deadline,
    *,
    actor: audit.Actor,
    at: datetime,
) -> None:
    """Put a measure into another plan, last there, under a number that is free.

    `deadline` is what its phrase means within the period of that plan. What the scheduler does about it is
    `scheduler.changes.plan_of_measure_changed`.
    """
    before = await session.get_one(Plan, measure.plan_id)
    was = {"plan": before.slug, "ref": measure.ref, "goal_id": measure.goal_id}
    last = (await session.exec(select(func.max(Measure.position)).where(Measure.plan_id == plan.id))).one()
    measure.plan_id, measure.ref, measure.position = id_of(plan), ref, (last or 0) + 1
    measure.goal_id = goal.id if goal else None
    measure.deadline, measure.due_on = deadline.to_json(), deadline.due
    await session.flush()
    after = {"plan": plan.slug, "ref": ref, "goal_id": measure.goal_id}
    audit.record(session, actor, at, "moved", "measure", id_of(measure), before=was, after=after)


async def refs_of(session: AsyncSession, plan_id: int) -> set[str]:
    """The numbers that measures of a plan have or had, in small letters."""
    return {ref.lower() for ref in await session.exec(select(Measure.ref).where(col(Measure.plan_id) == plan_id))}


async def free_ref(session: AsyncSession, plan_id: int, ref: str) -> str:
    """The number, or the first of "1.4-2", "1.4-3" … that no measure of a plan has or had."""
    return free_among(ref, await refs_of(session, plan_id))


def free_among(ref: str, taken: Collection[str]) -> str:
    """The number, or the first of "1.4-2", "1.4-3" … that is not among some, which are in small letters."""
    candidates = (ref if count == 1 else f"{ref[:34]}-{count}" for count in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate.lower() not in taken)
