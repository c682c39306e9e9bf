"""The goals of a plan: new ones, their titles, places and follow-up, merged ones and those taken out of use."""

from typing import Any

from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.plans import MOST_TITLE, PLAN
from bot.tasks.task import Answers, Choice, Step, Task, text
from bot.turn import Turn
from storage import attainments, goals, measures, result_targets
from storage.ids import id_of
from storage.tables import Goal

FILE = "plan_admin"
NO_GOAL = "none"
NO_GOAL_WORDS = {NO_GOAL, "ingen", "inga", "-"}
AS_MEASURES = "measures"
AS_MEASURES_WORDS = {AS_MEASURES, "ingen", "inga", "-", "som tiltakene", "som tiltaka"}
MOST_REF = 40


async def named(turn: Turn, answers: Answers) -> dict[str, Any]:
    """The goal that has been chosen, as a question about it names it."""
    found = await chosen(turn, answers)
    return {"ref": found.ref, "title": found.title}


async def chosen(turn: Turn, answers: Answers) -> Goal:
    """The goal that has been chosen."""
    return await find.goal_of(turn, answers["plan"], f"#{answers['goal']}")


async def _goals(turn: Turn, answers: Answers) -> list[Choice]:
    known = await goals.of_plan(turn.session, answers["plan"])
    return [Choice(f"#{id_of(goal)}", f"{goal.ref} {goal.title}") for goal in known if goal.id != answers.get("goal")]


async def _goals_or_none(turn: Turn, answers: Answers) -> list[Choice]:
    return [*(await _goals(turn, answers)), Choice(NO_GOAL, turn.word("button.no_goal"))]


async def _above(turn: Turn, answers: Answers) -> list[Choice]:
    return [Choice(NO_GOAL, turn.word("button.no_superior")), *(await _goals(turn, answers))]


async def _take_goal(turn: Turn, answers: Answers, words: str) -> int:
    return id_of(await find.goal_of(turn, answers["plan"], words))


async def _take_goal_or_none(turn: Turn, answers: Answers, words: str) -> int | None:
    return None if words.strip().lower() in NO_GOAL_WORDS else await _take_goal(turn, answers, words)


async def _has_measures(turn: Turn, answers: Answers) -> bool:
    rows = await measures.of_plan(turn.session, answers["plan"])
    return any(row.goal_id == answers["goal"] for row in rows)


async def _has_goals(turn: Turn, answers: Answers) -> bool:
    return bool(await goals.of_plan(turn.session, answers["plan"]))


async def _take_owner(turn: Turn, answers: Answers, words: str) -> int | None:
    return None if words.strip().lower() in AS_MEASURES_WORDS else await find.take_internal(turn, answers, words)


async def _owners(turn: Turn, answers: Answers) -> list[Choice]:
    return [*(await find.internal_choices(turn, answers)), Choice(AS_MEASURES, turn.word("button.as_measures"))]


GOAL = Step("goal", "plan_admin.ask_goal", _take_goal, _goals)
REF = Step("ref", "plan_admin.ask_ref", text(MOST_REF))
TITLE = Step("title", "plan_admin.ask_goal_title", text(MOST_TITLE))
NEW_PARENT = Step("parent", "plan_admin.ask_new_parent", _take_goal_or_none, _goals, needed=_has_goals, optional=True)
PARENT = Step("parent", "plan_admin.ask_parent", _take_goal_or_none, _above, data=named)
OWNER = Step("owner", "plan_admin.ask_goal_owner", _take_owner, _owners, data=named)
INTO = Step("into", "plan_admin.ask_into", _take_goal, _goals, data=named)
HEIR = Step("heir", "plan_admin.ask_heir", _take_goal_or_none, _goals_or_none, data=named, needed=_has_measures)


async def _new(turn: Turn, answers: Answers) -> None:
    plan = await find.plan(turn, answers["plan"])
    parent = await _named_goal(turn, answers, answers.get("parent"))
    with said_in(FILE):
        goal = await goals.add(
            turn.session, id_of(plan), answers["ref"], answers["title"], parent, actor=turn.actor, at=turn.at
        )
    turn.say("plan_admin.goal_added", ref=goal.ref, title=goal.title, parent=_shown(parent))


async def _named_goal(turn: Turn, answers: Answers, goal_id: int | None) -> Goal | None:
    return await find.goal_of(turn, answers["plan"], f"#{goal_id}") if goal_id else None


def _shown(goal: Goal | None) -> str | None:
    return f"{goal.ref} {goal.title}" if goal else None


async def _rename(turn: Turn, answers: Answers) -> None:
    goal = await chosen(turn, answers)
    before = goal.title
    await goals.rename(turn.session, goal, answers["title"], actor=turn.actor, at=turn.at)
    _say_changed(turn, goal, "title", before, goal.title)


async def _place(turn: Turn, answers: Answers) -> None:
    goal = await chosen(turn, answers)
    before = await goals.by_id(turn.session, goal.parent_id) if goal.parent_id else None
    parent = await _named_goal(turn, answers, answers["parent"])
    with said_in(FILE):
        await goals.place(turn.session, goal, parent, actor=turn.actor, at=turn.at)
    _say_changed(turn, goal, "parent_ref", _shown(before), _shown(parent))


async def _set_owner(turn: Turn, answers: Answers) -> None:
    goal = await chosen(turn, answers)
    owner = await find.unit(turn, answers["owner"]) if answers["owner"] else None
    before = await owner_of(turn, goal)
    await goals.set_owner(turn.session, goal, owner.id if owner else None, actor=turn.actor, at=turn.at)
    _say_changed(turn, goal, "owner_id", before, await owner_of(turn, goal))


async def owner_of(turn: Turn, goal: Goal) -> str | None:
    """The name of the unit that follows up a goal: the one chosen, else that of most of its measures."""
    found = (await attainments.followed_up_by(turn.session, {id_of(goal)})).get(id_of(goal))
    return found.name if found else None


def _say_changed(turn: Turn, goal: Goal, field: str, before: str | None, after: str | None) -> None:
    turn.show("plan_admin.changed", title=f"{goal.ref} {goal.title}", field=field, before=before, after=after, early=())


async def _gone_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    goal = await chosen(turn, answers)
    heir_id = answers.get("into") or answers.get("heir")
    heir = await _named_goal(turn, answers, heir_id)
    rows = await measures.of_plan(turn.session, answers["plan"])
    return "plan_admin.goal_sure", {
        "ref": goal.ref,
        "title": goal.title,
        "refs": [row.ref for row in rows if row.goal_id == goal.id],
        "heir": heir and heir.ref,
        "targets": len(await result_targets.of_goal(turn.session, id_of(goal))),
        "merged": "into" in answers,
    }


async def _hand_over(turn: Turn, answers: Answers) -> None:
    goal = await chosen(turn, answers)
    heir = await _named_goal(turn, answers, answers.get("into") or answers.get("heir"))
    with said_in(FILE):
        await goals.hand_over(turn.session, goal, heir, merged="into" in answers, actor=turn.actor, at=turn.at)
    if heir and "into" in answers:
        turn.show("plan_admin.goal_merged", ref=goal.ref, title=goal.title, heir=_shown(heir))
    else:
        turn.show("plan_admin.goal_gone", ref=goal.ref, title=goal.title)


TASKS = (
    Task(
        "goal_new",
        (PLAN, REF, TITLE, NEW_PARENT),
        _new,
        fields={"nummer": "ref", "tittel": "title", "under": "parent"},
    ),
    Task("goal_title", (PLAN, GOAL, TITLE), _rename, fields={"mål": "goal", "tittel": "title"}),
    Task("goal_place", (PLAN, GOAL, PARENT), _place, fields={"mål": "goal", "under": "parent"}),
    Task(
        "goal_owner",
        (PLAN, GOAL, OWNER),
        _set_owner,
        fields={"mål": "goal", "enhet": "owner", "eining": "owner"},
    ),
    Task("goal_merge", (PLAN, GOAL, INTO), _hand_over, _gone_sure, fields={"mål": "goal", "med": "into"}),
    Task("goal_archive", (PLAN, GOAL, HEIR), _hand_over, _gone_sure, fields={"mål": "goal", "til": "heir"}),
)
