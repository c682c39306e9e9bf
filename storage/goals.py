"""Goals of a plan: found, added, renamed, placed under another, merged and archived."""

from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage import audit, measures, result_targets
from storage.ids import id_of
from storage.tables import Goal, Measure


class GoalRefused(Refused):
    """A goal cannot be changed so: "ref_taken", "same", "under_itself", "circle"."""


async def by_id(session: AsyncSession, goal_id: int) -> Goal | None:
    """A goal, archived or not."""
    return await session.get(Goal, goal_id)


async def of_plan(session: AsyncSession, plan_id: int) -> list[Goal]:
    """The goals of a plan in its own order; archived ones are left out."""
    rows = select(Goal).where(Goal.plan_id == plan_id, col(Goal.archived_at).is_(None))
    return list(await session.exec(rows.order_by(col(Goal.position), col(Goal.id))))


async def add(
    session: AsyncSession,
    plan_id: int,
    ref: str,
    title: str,
    parent: Goal | None = None,
    *,
    actor: audit.Actor,
    at: datetime,
) -> Goal:
    """A new goal at the end of a plan, under another or under none.

    Raises `GoalRefused("ref_taken")`: a number is not used twice.
    """
    taken = select(Goal.id).where(Goal.plan_id == plan_id, func.lower(Goal.ref) == ref.lower())
    if (await session.exec(taken)).first() is not None:
        raise GoalRefused("ref_taken", ref=ref)
    last = (await session.exec(select(func.max(Goal.position)).where(Goal.plan_id == plan_id))).one()
    goal = Goal(plan_id=plan_id, position=(last or 0) + 1, ref=ref, title=title)
    goal.parent_id = parent.id if parent else None
    session.add(goal)
    await session.flush()
    after = {"ref": ref, "title": title, "parent_ref": parent.ref if parent else None}
    audit.record(session, actor, at, "added", "goal", id_of(goal), after=after)
    return goal


async def place(session: AsyncSession, goal: Goal, parent: Goal | None, *, actor: audit.Actor, at: datetime) -> None:
    """Put a goal under another, or under none. Raises `GoalRefused`: "under_itself", "circle"."""
    if parent is not None and parent.id == goal.id:
        raise GoalRefused("under_itself", ref=goal.ref)
    if parent is not None and await _is_below(session, parent, goal):
        raise GoalRefused("circle", ref=goal.ref)
    above = await by_id(session, goal.parent_id) if goal.parent_id else None
    goal.parent_id = parent.id if parent else None
    await session.flush()
    before, after = {"parent_ref": above.ref if above else None}, {"parent_ref": parent.ref if parent else None}
    audit.record(session, actor, at, "moved", "goal", id_of(goal), before=before, after=after)


async def _is_below(session: AsyncSession, goal: Goal, above: Goal) -> bool:
    step: Goal | None = goal
    while step is not None and step.parent_id is not None:
        if step.parent_id == above.id:
            return True
        step = await by_id(session, step.parent_id)
    return False


async def set_owner(
    session: AsyncSession, goal: Goal, owner_id: int | None, *, actor: audit.Actor, at: datetime
) -> None:
    """Choose the unit that follows up a goal; None: the unit that follows up most of its measures."""
    before, goal.owner_id = goal.owner_id, owner_id
    await session.flush()
    after = {"owner_id": owner_id}
    audit.record(session, actor, at, "changed", "goal", id_of(goal), before={"owner_id": before}, after=after)


async def rename(session: AsyncSession, goal: Goal, title: str, *, actor: audit.Actor, at: datetime) -> None:
    """Give a goal another title."""
    before, goal.title = goal.title, title
    await session.flush()
    audit.record(session, actor, at, "changed", "goal", id_of(goal), before={"title": before}, after={"title": title})


async def hand_over(
    session: AsyncSession, goal: Goal, heir: Goal | None, *, merged: bool, actor: audit.Actor, at: datetime
) -> int:
    """Take a goal out of use; its measures and the goals below it go to another, or to none. How many measures.

    Where the other takes over (`merged`), it gets the result targets too, with what has been said about them.
    Raises `GoalRefused("same")`, and "circle" where the other is below it.
    """
    if heir is not None and heir.id == goal.id:
        raise GoalRefused("same", ref=goal.ref)
    if heir is not None and await _is_below(session, heir, goal):
        raise GoalRefused("circle", ref=goal.ref)
    rows = list(await session.exec(select(Measure).where(Measure.goal_id == goal.id)))
    for measure in rows:
        await measures.change(session, measure, {"goal_id": heir.id if heir else None}, actor=actor, at=at)
    for below in await session.exec(select(Goal).where(Goal.parent_id == goal.id)):
        below.parent_id = heir.id if heir else goal.parent_id
    if merged and heir is not None:
        await result_targets.hand_over(session, goal, heir)
    goal.archived_at = at
    await session.flush()
    after = {"goal_id": heir.id if heir else None, "measures": len(rows)}
    audit.record(session, actor, at, "merged" if merged else "archived", "goal", id_of(goal), after=after)
    return len(rows)
