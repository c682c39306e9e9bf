"""Plans and their goals: titles, periods, new goals, merged and archived ones, and a plan taken out of use."""

import re
from typing import Any

from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused, text
from bot.turn import Turn
from scheduler.changes import measure_changed
from scheduler.planning import plan_ahead
from storage import goals, measures, plan_admin
from storage.ids import id_of
from storage.tables import Goal

FILE = "plan_admin"
NO_GOAL = "none"
MOST_TITLE, MOST_REF = 1000, 40


async def _plan_named(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"title": (await find.plan(turn, answers["plan"])).title}


async def _goal_named(turn: Turn, answers: Answers) -> dict[str, Any]:
    found = await _goal(turn, answers)
    return {"ref": found.ref, "title": found.title}


async def _goal(turn: Turn, answers: Answers) -> Goal:
    return await find.goal_of(turn, answers["plan"], f"#{answers['goal']}")


async def _goals(turn: Turn, answers: Answers) -> list[Choice]:
    known = await goals.of_plan(turn.session, answers["plan"])
    return [Choice(f"#{id_of(goal)}", f"{goal.ref} {goal.title}") for goal in known if goal.id != answers.get("goal")]


async def _goals_or_none(turn: Turn, answers: Answers) -> list[Choice]:
    return [*(await _goals(turn, answers)), Choice(NO_GOAL, turn.word("button.no_goal"))]


async def _take_goal(turn: Turn, answers: Answers, words: str) -> int:
    return id_of(await find.goal_of(turn, answers["plan"], words))


async def _take_heir(turn: Turn, answers: Answers, words: str) -> int | None:
    return None if words.strip().lower() in {NO_GOAL, "ingen"} else await _take_goal(turn, answers, words)


async def _has_measures(turn: Turn, answers: Answers) -> bool:
    rows = await measures.of_plan(turn.session, answers["plan"])
    return any(row.goal_id == answers["goal"] for row in rows)


async def _take_period(_turn: Turn, _answers: Answers, words: str) -> list[int]:
    years = re.fullmatch(r"\s*([0-9]{4})\s*(?:[-–]|til)\s*([0-9]{4})\s*", words)
    if years is None or not 1990 <= int(years.group(1)) <= int(years.group(2)) <= 2100:
        raise TaskRefused("plan_admin.not_period")
    return [int(years.group(1)), int(years.group(2))]


PLAN = Step("plan", "plan_admin.ask_plan", find.take_plan, find.plan_choices)
TITLE = Step("title", "plan_admin.ask_title", text(MOST_TITLE), data=_plan_named)
NEW_TITLE = Step("title", "plan_admin.ask_new_title", text(MOST_TITLE))
PERIOD = Step("period", "plan_admin.ask_period", _take_period)
GOAL = Step("goal", "plan_admin.ask_goal", _take_goal, _goals)
REF = Step("ref", "plan_admin.ask_ref", text(MOST_REF))
GOAL_TITLE = Step("title", "plan_admin.ask_goal_title", text(MOST_TITLE))
INTO = Step("into", "plan_admin.ask_into", _take_goal, _goals, data=_goal_named)
HEIR = Step("heir", "plan_admin.ask_heir", _take_heir, _goals_or_none, data=_goal_named, needed=_has_measures)


async def _new(turn: Turn, answers: Answers) -> None:
    first, last = answers["period"]
    with said_in(FILE):
        plan = await plan_admin.add(
            turn.session,
            answers["title"],
            (first, last),
            municipality=turn.house.municipality,
            actor=turn.actor,
            at=turn.at,
        )
    turn.say("plan_admin.added", title=plan.title, slug=plan.slug)


async def _change(turn: Turn, answers: Answers) -> None:
    plan = await find.plan(turn, answers["plan"])
    if "title" in answers:
        name, before, after = "title", plan.title, answers["title"]
        values: dict[str, Any] = {"title": after}
    else:
        first, last = answers["period"]
        name, before, after = "period", f"{plan.first_year}–{plan.last_year}", f"{first}–{last}"
        values = {"first_year": first, "last_year": last}
    await plan_admin.change(turn.session, plan, values, actor=turn.actor, at=turn.at)
    await plan_ahead(turn.session, plan, turn.today, turn.house.hours.calendar)
    turn.show("plan_admin.changed", title=plan.title, field=name, before=before, after=after)


async def _archive_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    plan = await find.plan(turn, answers["plan"])
    return "plan_admin.archive_sure", {
        "title": plan.title,
        "count": len(await measures.of_plan(turn.session, id_of(plan))),
    }


async def _archive(turn: Turn, answers: Answers) -> None:
    """Its measures are archived with it: nobody is asked about them any more."""
    plan = await find.plan(turn, answers["plan"])
    for measure in await measures.of_plan(turn.session, id_of(plan)):
        await measures.archive(turn.session, measure, actor=turn.actor, at=turn.at)
        await measure_changed(turn.session, measure, turn.at, turn.house.hours)
    await plan_admin.archive(turn.session, plan, actor=turn.actor, at=turn.at)
    turn.show("plan_admin.archived", title=plan.title)


async def _new_goal(turn: Turn, answers: Answers) -> None:
    with said_in(FILE):
        goal = await goals.add(
            turn.session, answers["plan"], answers["ref"], answers["title"], actor=turn.actor, at=turn.at
        )
    turn.say("plan_admin.goal_added", ref=goal.ref, title=goal.title)


async def _rename_goal(turn: Turn, answers: Answers) -> None:
    goal = await _goal(turn, answers)
    before = goal.title
    await goals.rename(turn.session, goal, answers["title"], actor=turn.actor, at=turn.at)
    turn.say("plan_admin.changed", title=f"{goal.ref} {goal.title}", field="title", before=before, after=goal.title)


async def _goal_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    goal = await _goal(turn, answers)
    heir_id = answers.get("into") or answers.get("heir")
    heir = await find.goal_of(turn, answers["plan"], f"#{heir_id}") if heir_id else None
    rows = await measures.of_plan(turn.session, answers["plan"])
    refs = [row.ref for row in rows if row.goal_id == goal.id]
    return "plan_admin.goal_sure", {"ref": goal.ref, "title": goal.title, "refs": refs, "heir": heir and heir.ref}


async def _hand_over(turn: Turn, answers: Answers) -> None:
    goal = await _goal(turn, answers)
    heir_id = answers.get("into") or answers.get("heir")
    heir = await find.goal_of(turn, answers["plan"], f"#{heir_id}") if heir_id else None
    with said_in(FILE):
        await goals.hand_over(turn.session, goal, heir, merged="into" in answers, actor=turn.actor, at=turn.at)
    turn.show("plan_admin.goal_gone", ref=goal.ref, title=goal.title)


TASKS = (
    Task("plan_new", (NEW_TITLE, PERIOD), _new, fields={"periode": "period"}),
    Task("plan_title", (PLAN, TITLE), _change, fields={"tittel": "title"}, joint="til"),
    Task("plan_period", (PLAN, PERIOD), _change, fields={"periode": "period"}, joint="til"),
    Task("plan_archive", (PLAN,), _archive, _archive_sure),
    Task("goal_new", (PLAN, REF, GOAL_TITLE), _new_goal, fields={"nummer": "ref", "tittel": "title"}),
    Task("goal_title", (PLAN, GOAL, GOAL_TITLE), _rename_goal, fields={"mål": "goal", "tittel": "title"}),
    Task("goal_merge", (PLAN, GOAL, INTO), _hand_over, _goal_sure, fields={"mål": "goal", "med": "into"}),
    Task("goal_archive", (PLAN, GOAL, HEIR), _hand_over, _goal_sure, fields={"mål": "goal", "til": "heir"}),
)
