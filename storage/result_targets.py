"""The result targets of a goal: found, added, changed, removed, and handed over to another goal."""

from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage import attainments, audit
from storage.ids import id_of
from storage.tables import Goal, ResultTarget


class TargetRefused(Refused):
    """A result target cannot be added or changed so: "already"."""


async def by_id(session: AsyncSession, target_id: int) -> ResultTarget | None:
    """A result target."""
    return await session.get(ResultTarget, target_id)


async def of_goal(session: AsyncSession, goal_id: int) -> list[ResultTarget]:
    """The result targets of a goal, in its own order."""
    rows = select(ResultTarget).where(ResultTarget.goal_id == goal_id)
    return list(await session.exec(rows.order_by(col(ResultTarget.position))))


async def add(session: AsyncSession, goal: Goal, text: str, *, actor: audit.Actor, at: datetime) -> ResultTarget:
    """A new result target, last of its goal. Raises `TargetRefused("already")`."""
    await _check_new(session, goal, text)
    target = await _append(session, goal, text)
    audit.record(session, actor, at, "changed", "goal", id_of(goal), after={"result_targets": text})
    return target


async def change(
    session: AsyncSession,
    target: ResultTarget,
    text: str,
    *,
    still_holds: bool,
    actor: audit.Actor,
    at: datetime,
) -> None:
    """Give a result target other words. Raises `TargetRefused("already")`.

    `still_holds`: what has been said about it is true of the new words too. Else somebody has to assess it anew, and
    the old assessment stays with the old words.
    """
    goal = await session.get_one(Goal, target.goal_id)
    if text.casefold() != target.text.casefold():
        await _check_new(session, goal, text)
    before, target.text = target.text, text
    await session.flush()
    if still_holds:
        await attainments.carry(session, (target.goal_id, before), (target.goal_id, text))
    audit.record(
        session,
        actor,
        at,
        "changed",
        "goal",
        target.goal_id,
        before={"result_targets": before},
        after={"result_targets": text},
    )


async def remove(session: AsyncSession, target: ResultTarget, *, actor: audit.Actor, at: datetime) -> None:
    """Take a result target out of its goal. What was said about it is kept; reports that are made have it."""
    await session.delete(target)
    await session.flush()
    audit.record(session, actor, at, "changed", "goal", target.goal_id, before={"result_targets": target.text})


async def hand_over(session: AsyncSession, goal: Goal, heir: Goal) -> None:
    """Another goal takes over the result targets of one, with what has been said; those it has already are one."""
    there = {target.text.casefold(): target for target in await of_goal(session, id_of(heir))}
    for target in await of_goal(session, id_of(goal)):
        same = there.get(target.text.casefold())
        if same is None:
            await _append(session, heir, target.text)
        words = same.text if same else target.text
        await attainments.carry(session, (id_of(goal), target.text), (id_of(heir), words))
        await session.delete(target)
    await session.flush()


async def _check_new(session: AsyncSession, goal: Goal, text: str) -> None:
    if any(target.text.casefold() == text.casefold() for target in await of_goal(session, id_of(goal))):
        raise TargetRefused("already", ref=goal.ref)


async def _append(session: AsyncSession, goal: Goal, text: str) -> ResultTarget:
    last = (await session.exec(select(func.max(ResultTarget.position)).where(ResultTarget.goal_id == goal.id))).one()
    target = ResultTarget(goal_id=id_of(goal), position=0 if last is None else last + 1, text=text)
    session.add(target)
    await session.flush()
    return target
