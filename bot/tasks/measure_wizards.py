"""Adding, changing and archiving a measure question by question."""

from typing import Any

from bot.tasks import find, measure_fields
from bot.tasks.find import said_in
from bot.tasks.measure_fields import FIELDS, TAUGHT
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused
from bot.turn import Turn, shorten
from scheduler import changes
from storage import goals, measures, plans
from storage.ids import id_of
from storage.tables import Measure, Plan

FILE = "measure_admin"
EMPTY = "none"
NEVER_EMPTY = {"ref", "title"}
CHANGED = [FIELDS[word] for word in TAUGHT if FIELDS[word] != "plan"]


async def _measure(turn: Turn, answers: Answers) -> tuple[Measure, Plan]:
    measure = await find.measure(turn, answers["measure"])
    return measure, await find.plan(turn, measure.plan_id)


async def _field_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    return [Choice(name, turn.word(f"field.{name}")) for name in CHANGED]


async def _take_field(_turn: Turn, _answers: Answers, words: str) -> str:
    wanted = words.strip().lower()
    name = wanted if wanted in CHANGED else FIELDS.get(wanted)
    if name not in CHANGED:
        raise TaskRefused("measure_admin.unknown_field", field=shorten(words), known=[w for w in TAUGHT if w != "plan"])
    return name


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    measure, _plan = await _measure(turn, answers)
    return {"ref": measure.ref, "title": measure.title}


async def _about(turn: Turn, answers: Answers) -> dict[str, Any]:
    measure, _plan = await _measure(turn, answers)
    now = (await measure_fields.shown(turn, measure))[answers["field"]]
    return {"ref": measure.ref, "title": measure.title, "field": answers["field"], "now": now}


async def _value_choices(turn: Turn, answers: Answers) -> list[Choice]:
    """The units or goals there are, and a way to leave the field empty."""
    measure, plan = await _measure(turn, answers)
    found: list[Choice] = []
    if answers["field"] == "owner":
        found = await find.internal_choices(turn, answers)
    elif answers["field"] == "goal":
        found = await _goal_choices(turn, plan)
    is_empty = (await measure_fields.shown(turn, measure))[answers["field"]] is None
    if answers["field"] in NEVER_EMPTY or is_empty:
        return found
    return [*found, Choice(EMPTY, turn.word("button.empty_field"))]


async def _goal_choices(turn: Turn, plan: Plan) -> list[Choice]:
    known = await goals.of_plan(turn.session, id_of(plan))
    return [Choice(f"#{id_of(goal)}", f"{goal.ref} {goal.title}") for goal in known]


async def _take_value(turn: Turn, answers: Answers, words: str) -> str:
    """The words of the new value; empty for none. What cannot be understood is refused here already."""
    _measure_row, plan = await _measure(turn, answers)
    return await _understood(turn, plan, answers["field"], "" if words == EMPTY else words.strip())


async def _understood(turn: Turn, plan: Plan, name: str, words: str) -> str:
    if words.startswith("#") and name == "owner":
        words = (await find.unit(turn, await find.take_internal(turn, {}, words))).name
    elif words.startswith("#") and name == "goal":
        words = (await find.goal_of(turn, id_of(plan), words)).ref
    with said_in(FILE):
        if name == "amount":
            measure_fields.amount(words)
        else:
            await measure_fields.values(turn, plan, {name: words})
    return words


async def _change_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    measure, plan = await _measure(turn, answers)
    name, words = answers["field"], answers["value"]
    before = (await measure_fields.shown(turn, measure))[name]
    after: str | None = words
    if name == "goal" and words:
        goal = await measures.goal_by_ref(turn.session, id_of(plan), words)
        after = f"{goal.ref} {goal.title}" if goal else words
    elif name == "amount":
        after = measure_fields.amount_shown(measure_fields.amount(words))
    deadline = measure_fields.deadline(plan, words) if name == "deadline" and words else None
    return "measure_admin.change_sure", {
        "measure": measure,
        "fields": [(name, before, after or None)],
        "deadline": deadline,
        "doubts": measure_fields.doubts(plan, deadline) if deadline else (),
        "first": plan.first_year,
    }


async def _change(turn: Turn, answers: Answers) -> None:
    measure, plan = await _measure(turn, answers)
    with said_in(FILE):
        said = await measure_fields.change(turn, measure, plan, {answers["field"]: answers["value"]})
    turn.show("measure_admin.changed", **said)


async def _several_plans(turn: Turn, _answers: Answers) -> bool:
    return len(await plans.everyone(turn.session)) > 1


async def _plan(turn: Turn, answers: Answers) -> Plan:
    known = await plans.everyone(turn.session)
    if "plan" not in answers and len(known) == 1:
        return known[0]
    return await find.plan(turn, answers.get("plan", 0))


async def _take_ref(turn: Turn, answers: Answers, words: str) -> str:
    with said_in(FILE):
        return await measure_fields.free_ref(turn, await _plan(turn, answers), words.strip())


def _taking(name: str) -> Any:
    async def take(turn: Turn, answers: Answers, words: str) -> str:
        return await _understood(turn, await _plan(turn, answers), name, words.strip())

    return take


async def _goals_of_plan(turn: Turn, answers: Answers) -> list[Choice]:
    return await _goal_choices(turn, await _plan(turn, answers))


async def _has_goals(turn: Turn, answers: Answers) -> bool:
    return bool(await _goals_of_plan(turn, answers))


async def _new_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    plan = await _plan(turn, answers)
    goal = await measures.goal_by_ref(turn.session, id_of(plan), answers["goal"]) if answers.get("goal") else None
    deadline = measure_fields.deadline(plan, answers["deadline"] or "")
    return "measure_admin.new_sure", {
        "plan": plan,
        "ref": answers["ref"],
        "title": answers["title"],
        "goal": f"{goal.ref} {goal.title}" if goal else None,
        "owner": answers["owner"],
        "deadline": deadline,
        "doubts": measure_fields.doubts(plan, deadline),
    }


async def _new(turn: Turn, answers: Answers) -> None:
    wanted = {name: answers[name] for name in ("goal", "owner", "deadline") if answers.get(name)}
    with said_in(FILE):
        said = await measure_fields.add(turn, await _plan(turn, answers), answers["ref"], answers["title"], wanted)
    turn.show("measure_admin.added", **said)


async def _archive_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    measure, plan = await _measure(turn, answers)
    return "measure_admin.archive_sure", {"measure": measure, "plan": plan}


async def _archive(turn: Turn, answers: Answers) -> None:
    measure, _plan_row = await _measure(turn, answers)
    await measures.archive(turn.session, measure, actor=turn.actor, at=turn.at)
    await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
    turn.show("measure_admin.archived", measure=measure)


WHICH = Step("measure", "measure_admin.ask_measure", find.take_measure, find.measure_choices)
FIELD = Step("field", "measure_admin.ask_field", _take_field, _field_choices, _named)
VALUE = Step("value", "measure_admin.ask_value", _take_value, _value_choices, _about)
PLAN = Step("plan", "plan_admin.ask_plan", find.take_plan, find.plan_choices, needed=_several_plans)
REF = Step("ref", "measure_admin.ask_ref", _take_ref)
TITLE = Step("title", "measure_admin.ask_title", _taking("title"))
GOAL = Step("goal", "measure_admin.ask_new_goal", _taking("goal"), _goals_of_plan, needed=_has_goals, optional=True)
OWNER = Step("owner", "measure_admin.ask_new_owner", _taking("owner"), find.internal_choices, optional=True)
DEADLINE = Step("deadline", "measure_admin.ask_deadline", _taking("deadline"), optional=True)

TASKS = (
    Task("measure_new", (PLAN, REF, TITLE, GOAL, OWNER, DEADLINE), _new, _new_sure),
    Task("measure_change", (WHICH, FIELD, VALUE), _change, _change_sure),
    Task("measure_archive", (WHICH,), _archive, _archive_sure),
)
