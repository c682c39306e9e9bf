"""Merging two plans, as when one was imported under two names: the same measures become one, the rest moves over."""

from dataclasses import dataclass
from typing import Any

from bot.dialogues import draft as drafts
from bot.tasks import find, plan_move
from bot.tasks.find import said_in
from bot.tasks.plans import PLAN
from bot.tasks.task import Answers, Choice, Step, Task
from bot.turn import Turn
from scheduler import changes
from scheduler.planning import plan_ahead
from storage import goals, measure_changes, measures, plan_admin, plan_merge, plan_moves, plans
from storage.ids import id_of
from storage.tables import Goal, Measure, Plan

FILE = "plan_admin"


async def _plan_named(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"title": (await find.plan(turn, answers["plan"])).title}


async def _others(turn: Turn, answers: Answers) -> list[Choice]:
    known = await plans.everyone(turn.session)
    return [Choice(f"#{id_of(plan)}", f"{plan.title} ({plan.slug})") for plan in known if plan.id != answers["plan"]]


async def _take_into(turn: Turn, answers: Answers, words: str) -> int:
    found = await find.take_plan(turn, answers, words)
    await _pair(turn, answers | {"into": found})
    return found


async def _pair(turn: Turn, answers: Answers) -> tuple[Plan, Plan]:
    source, target = await find.plan(turn, answers["plan"]), await find.plan(turn, answers["into"])
    with said_in(FILE):
        await plan_merge.check(turn.session, source, target)
    return source, target


@dataclass(frozen=True)
class Merging:
    """What becomes of each measure: the same in both, and those that move, with the number each gets there."""

    same: list[tuple[Measure, Measure]]
    moved: list[tuple[Measure, str]]


async def _merging(turn: Turn, source: Plan, target: Plan) -> Merging:
    same = await plan_merge.pairs_of_measures(turn.session, source, target)
    merged = {measure.id for measure, _other in same}
    moved = []
    taken = await plan_moves.refs_of(turn.session, id_of(target))
    for measure in await measures.of_plan(turn.session, id_of(source)):
        if measure.id not in merged:
            ref = plan_moves.free_among(measure.ref, taken)
            taken.add(ref.lower())
            moved.append((measure, ref))
    return Merging(same, moved)


async def _sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    source, target = await _pair(turn, answers)
    found = await _merging(turn, source, target)
    return "plan_admin.merge_sure", {
        "plan": source,
        "into": target,
        "same": [(measure.ref, other.ref) for measure, other in found.same],
        "moved": [(measure.ref, ref) for measure, ref in found.moved],
        "goals": len(await goals.of_plan(turn.session, id_of(source))),
    }


async def _merge(turn: Turn, answers: Answers) -> None:
    source, target = await _pair(turn, answers)
    found = await _merging(turn, source, target)
    goals_now = await plan_merge.merge_goals(turn.session, source, target, actor=turn.actor, at=turn.at)
    await plan_merge.merge_promises(turn.session, source, target)
    await plan_ahead(turn.session, target, turn.today, turn.house.hours.calendar)
    for measure, other in found.same:
        await _one_of_two(turn, measure, other)
    for measure, ref in found.moved:
        goal: Goal | None = goals_now.get(measure.goal_id or 0)
        await plan_move.to_plan(turn, measure, target, ref, goal)
    await plan_admin.archive(turn.session, source, into=target, actor=turn.actor, at=turn.at)
    turn.show("plan_admin.merged", plan=source, into=target, same=len(found.same), moved=len(found.moved))


async def _one_of_two(turn: Turn, measure: Measure, other: Measure) -> None:
    """The measure of the plan that stays takes over; it gets costs where it has none."""
    has_costs = bool(await measures.costs_of(turn.session, id_of(other)))
    got = await measure_changes.merge(
        turn.session, measure, other, with_costs=not has_costs, across=True, actor=turn.actor, at=turn.at
    )
    await drafts.move(turn, id_of(measure), id_of(other))
    await changes.measures_merged(turn.session, measure, other, got, turn.at, turn.house.hours)


INTO = Step("into", "plan_admin.ask_plan_into", _take_into, _others, data=_plan_named)
TASK = Task("plan_merge", (PLAN, INTO), _merge, _sure, joint="med")
