"""Merging two plans: what becomes of the goals, the promises and the meetings of the one that is taken out of use.

Its measures are the bot's to move (`bot.tasks.plan_merge`): what is asked about them follows. Reports that are made
stay with the plan they are about.
"""

from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.plan_merge import same_in_both
from plan.refusal import Refused
from storage import audit, goals, measures, proposals, question_backs, result_targets
from storage.ids import id_of
from storage.plan_moves import free_among
from storage.tables import Goal, Measure, Meeting, Plan, ReportingDate


class PlanMergeRefused(Refused):
    """Two plans cannot be merged: "same_plan", "undecided" (something waits about measures that are in both)."""


async def check(session: AsyncSession, source: Plan, target: Plan) -> None:
    """Raise `PlanMergeRefused` where two plans cannot be merged yet."""
    if source.id == target.id:
        raise PlanMergeRefused("same_plan", title=source.title)
    waiting = [
        measure.ref
        for measure, _same in await pairs_of_measures(session, source, target)
        if await proposals.open_of_measure(session, id_of(measure))
        or await question_backs.open_of_measure(session, id_of(measure))
    ]
    if waiting:
        raise PlanMergeRefused("undecided", refs=waiting)


async def pairs_of_measures(session: AsyncSession, source: Plan, target: Plan) -> list[tuple[Measure, Measure]]:
    """The measures that are the same in both plans, as (of the source, of the target)."""
    there = await measures.of_plan(session, id_of(target))
    return same_in_both(there, await measures.of_plan(session, id_of(source)))


async def merge_goals(
    session: AsyncSession, source: Plan, target: Plan, *, actor: audit.Actor, at: datetime
) -> dict[int, Goal]:
    """Move the goals of one plan to another, or into those that are the same there; by id, what each is now."""
    here, there = await goals.of_plan(session, id_of(source)), await goals.of_plan(session, id_of(target))
    now = {id_of(goal): same for goal, same in same_in_both(there, here)}
    taken = {ref.lower() for ref in await session.exec(select(Goal.ref).where(Goal.plan_id == target.id))}
    last = (await session.exec(select(func.max(Goal.position)).where(Goal.plan_id == target.id))).one() or 0
    for goal in here:
        same = now.get(id_of(goal))
        if same is not None:
            await result_targets.hand_over(session, goal, same)
            same.owner_id = same.owner_id or goal.owner_id
            goal.archived_at = at
            audit.record(session, actor, at, "merged", "goal", id_of(goal), after={"goal_id": same.id})
            continue
        before = {"plan": source.slug, "ref": goal.ref}
        goal.ref = free_among(goal.ref, taken)
        last += 1
        goal.plan_id, goal.position = id_of(target), last
        taken.add(goal.ref.lower())
        now[id_of(goal)] = goal
        after = {"plan": target.slug, "ref": goal.ref}
        audit.record(session, actor, at, "moved", "goal", id_of(goal), before=before, after=after)
    for goal in here:
        if goal.archived_at is None and goal.parent_id is not None:
            above = now.get(goal.parent_id)
            goal.parent_id = above.id if above is not None and above.id != goal.id else None
    await session.flush()
    return now


async def merge_promises(session: AsyncSession, source: Plan, target: Plan) -> int:
    """Move the reporting dates and meetings that the other plan does not have; how many."""
    moved = 0
    promised = [
        (row.kind, row.rule)
        for row in await session.exec(select(ReportingDate).where(ReportingDate.plan_id == target.id))
    ]
    for row in list(await session.exec(select(ReportingDate).where(ReportingDate.plan_id == source.id))):
        if (row.kind, row.rule) not in promised:
            row.plan_id = id_of(target)
            moved += 1
    held = {
        (row.body.casefold(), row.held_on)
        for row in await session.exec(select(Meeting).where(Meeting.plan_id == target.id))
    }
    for meeting in list(await session.exec(select(Meeting).where(col(Meeting.plan_id) == source.id))):
        if (meeting.body.casefold(), meeting.held_on) not in held:
            meeting.plan_id = id_of(target)
            moved += 1
    await session.flush()
    return moved
