"""Moving a measure to another plan: the number and the goal there, and what becomes of deadline and questions."""

from typing import Any

from bot.dialogues import draft as drafts
from bot.tasks import find, measure_fields
from bot.tasks.find import said_in
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused
from bot.turn import Turn
from plan.deadline import Deadline, parse
from scheduler import changes
from scheduler.answers import open_requests
from scheduler.planning import period_of
from storage import goals, plan_moves, plans, replies
from storage.ids import id_of
from storage.tables import Goal, Measure, Plan

FILE = "measure_admin"
NO_GOAL = "none"


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    found = await find.measure(turn, answers["measure"])
    return {"ref": found.ref, "title": found.title}


async def _other_plans(turn: Turn, answers: Answers) -> list[Choice]:
    here = (await find.measure(turn, answers["measure"])).plan_id
    return [Choice(f"#{id_of(plan)}", plan.title) for plan in await plans.everyone(turn.session) if plan.id != here]


async def _take_plan(turn: Turn, answers: Answers, words: str) -> int:
    await _has_other(turn, answers)
    plan_id = await find.take_plan(turn, answers, words)
    measure = await find.measure(turn, answers["measure"])
    if plan_id == measure.plan_id:
        raise TaskRefused("measure_admin.same_plan", ref=measure.ref, plan=await find.plan(turn, plan_id))
    return plan_id


async def _has_other(turn: Turn, _answers: Answers) -> bool:
    if len(await plans.everyone(turn.session)) < 2:
        raise TaskRefused("measure_admin.only_plan")
    return True


async def _is_taken(turn: Turn, answers: Answers) -> bool:
    measure = await find.measure(turn, answers["measure"])
    return await plan_moves.is_ref_used(turn.session, answers["plan"], measure.ref)


async def _take_ref(turn: Turn, answers: Answers, words: str) -> str:
    with said_in(FILE):
        return await measure_fields.free_ref(turn, await find.plan(turn, answers["plan"]), words.strip())


async def _about_ref(turn: Turn, answers: Answers) -> dict[str, Any]:
    plan = await find.plan(turn, answers["plan"])
    measure = await find.measure(turn, answers["measure"])
    return {"ref": measure.ref, "plan": plan, "free": await plan_moves.free_ref(turn.session, id_of(plan), measure.ref)}


async def _ref_choices(turn: Turn, answers: Answers) -> list[Choice]:
    free = (await _about_ref(turn, answers))["free"]
    return [Choice(free, free)]


async def _goal_choices(turn: Turn, answers: Answers) -> list[Choice]:
    known = await goals.of_plan(turn.session, answers["plan"])
    found = [Choice(f"#{id_of(goal)}", f"{goal.ref} {goal.title}") for goal in known]
    return [*found, Choice(NO_GOAL, turn.word("button.no_goal"))]


async def _take_goal(turn: Turn, answers: Answers, words: str) -> int | None:
    if words.strip().lower() in {NO_GOAL, "ingen", "inga", "-"}:
        return None
    return id_of(await find.goal_of(turn, answers["plan"], words))


async def _has_goals(turn: Turn, answers: Answers) -> bool:
    return bool(await goals.of_plan(turn.session, answers["plan"]))


WHICH = Step("measure", "measure_admin.ask_measure", find.take_measure, find.measure_choices, needed=_has_other)
PLAN = Step("plan", "measure_admin.ask_plan", _take_plan, _other_plans, data=_named)
REF = Step("ref", "measure_admin.ask_ref_there", _take_ref, _ref_choices, _about_ref, _is_taken)
GOAL = Step("goal", "measure_admin.ask_goal_there", _take_goal, _goal_choices, data=_named, needed=_has_goals)


def deadline_there(measure: Measure, here: Plan, there: Plan) -> Deadline:
    """What the phrase of a measure means within the period of another plan; what a person has set stays."""
    stored = Deadline.from_json(measure.deadline)
    if not measure.deadline_text or parse(measure.deadline_text, period=period_of(here)) != stored:
        return stored
    return parse(measure.deadline_text, period=period_of(there))


async def to_plan(turn: Turn, measure: Measure, plan: Plan, ref: str, goal: Goal | None) -> None:
    """Move a measure to another plan; what is asked about it, or being answered, goes along."""
    here = await turn.session.get_one(Plan, measure.plan_id)
    deadline = deadline_there(measure, here, plan)
    await plan_moves.move(turn.session, measure, plan, ref, goal, deadline, actor=turn.actor, at=turn.at)
    await drafts.move(turn, id_of(measure), id_of(measure))
    await changes.plan_of_measure_changed(turn.session, measure, turn.at, turn.house.hours)


async def _sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    measure, plan = await find.measure(turn, answers["measure"]), await find.plan(turn, answers["plan"])
    here = await find.plan(turn, measure.plan_id)
    goal = await goals.by_id(turn.session, answers["goal"]) if answers.get("goal") else None
    deadline = deadline_there(measure, here, plan)
    return "measure_admin.plan_sure", {
        "measure": measure,
        "before": here,
        "plan": plan,
        "ref": answers.get("ref", measure.ref),
        "goal": f"{goal.ref} {goal.title}" if goal else None,
        "deadline": deadline if deadline.due != measure.due_on else None,
        "count": len(await replies.of_measure(turn.session, id_of(measure))),
        "asked": len(await open_requests(turn.session, id_of(measure))),
    }


async def _move(turn: Turn, answers: Answers) -> None:
    measure, plan = await find.measure(turn, answers["measure"]), await find.plan(turn, answers["plan"])
    goal = await find.goal_of(turn, id_of(plan), f"#{answers['goal']}") if answers.get("goal") else None
    ref = answers.get("ref", measure.ref)
    if measure.plan_id == plan.id:
        raise TaskRefused("measure_admin.same_plan", ref=measure.ref, plan=plan)
    if await plan_moves.is_ref_used(turn.session, id_of(plan), ref):
        raise TaskRefused("measure_admin.ref_taken", ref=ref)
    before = measure.ref
    await to_plan(turn, measure, plan, ref, goal)
    turn.show("measure_admin.plan_changed", measure=measure, plan=plan, before=before)


TASK = Task(
    "measure_plan",
    (WHICH, PLAN, REF, GOAL),
    _move,
    _sure,
    fields={"nummer": "ref", "mål": "goal"},
    joint="til",
)
