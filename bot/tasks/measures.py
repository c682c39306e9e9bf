"""Measures step by step: who follows one up, and moving it to another goal."""

from typing import Any

from bot.tasks import find, measure_merge
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused
from bot.turn import Turn
from scheduler import changes
from storage import goals, measure_changes, measures, units
from storage.ids import id_of
from storage.tables import Goal

NO_GOAL = "none"
NO_GOALS = {NO_GOAL, "ingen", "inga", "-"}


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    found = await find.measure(turn, answers["measure"])
    return {"ref": found.ref, "title": found.title}


async def _goals(turn: Turn, answers: Answers) -> list[Choice]:
    plan_id = (await find.measure(turn, answers["measure"])).plan_id
    found = [
        Choice(f"#{id_of(goal)}", f"{goal.ref} {goal.title}") for goal in await goals.of_plan(turn.session, plan_id)
    ]
    return [*found, Choice(NO_GOAL, turn.word("button.no_goal"))]


async def _take_goal(turn: Turn, answers: Answers, words: str) -> int | None:
    plan_id = (await find.measure(turn, answers["measure"])).plan_id
    if words.strip().lower() in NO_GOALS:
        return None
    return id_of(await find.goal_of(turn, plan_id, words))


WHICH = Step("measure", "measure_admin.ask_measure", find.take_measure, find.measure_choices)
OWNER = Step("owner", "measure_admin.ask_owner", find.take_internal, find.internal_choices, data=_named)
GOAL = Step("goal", "measure_admin.ask_goal", _take_goal, _goals, data=_named)


async def _set_owner(turn: Turn, answers: Answers) -> None:
    measure = await find.measure(turn, answers["measure"])
    before = await units.by_id(turn.session, measure.owner_id) if measure.owner_id else None
    after = await find.unit(turn, answers["owner"])
    if after.external:
        raise TaskRefused("unit_admin.never_asked", name=after.name)
    await measures.change(turn.session, measure, {"owner_id": after.id}, actor=turn.actor, at=turn.at)
    await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
    await changes.owner_changed(turn.session, measure, turn.at, turn.house.hours)
    fields = [("owner", before.name if before else None, after.name)]
    turn.show("measure_admin.changed", measure=measure, fields=fields, deadline=None, doubts=(), first=None)


async def _move(turn: Turn, answers: Answers) -> None:
    measure = await find.measure(turn, answers["measure"])
    before = await measures.goal_of(turn.session, measure)
    await measure_changes.move(turn.session, measure, answers["goal"], actor=turn.actor, at=turn.at)
    after = await measures.goal_of(turn.session, measure)
    fields = [("goal", _goal_name(before), _goal_name(after))]
    turn.show("measure_admin.changed", measure=measure, fields=fields, deadline=None, doubts=(), first=None)


def _goal_name(goal: Goal | None) -> str | None:
    return f"{goal.ref} {goal.title}" if goal else None


TASKS = (
    Task("measure_owner", (WHICH, OWNER), _set_owner, fields={"enhet": "owner"}, joint="til"),
    Task("measure_move", (WHICH, GOAL), _move, fields={"mål": "goal"}, joint="til"),
    measure_merge.TASK,
)
