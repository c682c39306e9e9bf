"""The result targets of a goal: added, given other words, removed."""

from typing import Any

from bot.tasks import goals
from bot.tasks.find import said_in
from bot.tasks.plans import PLAN
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused, by_id, one_of, text
from bot.turn import Turn, shorten
from storage import attainments, result_targets
from storage.ids import id_of
from storage.tables import Attainment, ResultTarget

FILE = "target_admin"
MOST = 1000
HOLDS, ANEW = "holds", "anew"


async def _with_targets(turn: Turn, answers: Answers) -> list[Choice]:
    """The goals of the plan that have result targets."""
    found = [each for each in await attainments.targets(turn.session) if each.plan.id == answers["plan"]]
    by_goal = {id_of(each.goal): each.goal for each in found}
    return [Choice(f"#{goal_id}", f"{goal.ref} {goal.title}") for goal_id, goal in by_goal.items()]


async def _targets(turn: Turn, answers: Answers) -> list[Choice]:
    rows = await result_targets.of_goal(turn.session, answers["goal"])
    return [Choice(f"#{id_of(row)}", row.text) for row in rows]


async def _take_target(turn: Turn, answers: Answers, words: str) -> int:
    """The id of a target of the goal: by its button, its place in the list (1 is the first), or words it has."""
    rows = await result_targets.of_goal(turn.session, answers["goal"])
    target_id, wanted = by_id(words), " ".join(words.split()).casefold()
    if target_id:
        found = [row for row in rows if row.id == target_id]
    elif wanted.isdecimal():
        found = rows[int(wanted) - 1 : int(wanted)] if 0 < int(wanted) <= len(rows) else []
    else:
        found = [row for row in rows if row.text.casefold() == wanted] or [
            row for row in rows if wanted and wanted in row.text.casefold()
        ]
    if len(found) != 1:
        raise TaskRefused("target_admin.which", words=shorten(words), targets=[row.text for row in rows])
    return id_of(found[0])


async def _target(turn: Turn, answers: Answers) -> ResultTarget:
    found = await result_targets.by_id(turn.session, answers["target"])
    if found is None or found.goal_id != answers["goal"]:
        raise TaskRefused("target_admin.gone")
    return found


async def _said(turn: Turn, answers: Answers) -> Attainment | None:
    found = await _target(turn, answers)
    return (await attainments.standing(turn.session, {found.goal_id})).get((found.goal_id, found.text))


async def _is_assessed(turn: Turn, answers: Answers) -> bool:
    return await _said(turn, answers) is not None


async def _about(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"before": (await _target(turn, answers)).text}


async def _assessed(turn: Turn, answers: Answers) -> dict[str, Any]:
    said = await _said(turn, answers)
    return {"before": (await _target(turn, answers)).text, "after": answers["text"], "said": said}


async def _holds_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    return [Choice(HOLDS, turn.word("button.still_holds")), Choice(ANEW, turn.word("button.assess_anew"))]


GOAL = goals.GOAL
OF_GOAL = Step("goal", "plan_admin.ask_goal", GOAL.take, _with_targets)
NEW_TEXT = Step("text", "target_admin.ask_text", text(MOST), data=goals.named)
TARGET = Step("target", "target_admin.ask_target", _take_target, _targets, data=goals.named)
TEXT = Step("text", "target_admin.ask_new_text", text(MOST), data=_about)
STILL = Step(
    "still",
    "target_admin.ask_still",
    one_of({"gjelder": HOLDS, "på nytt": ANEW, "gjeld": HOLDS, HOLDS: HOLDS, ANEW: ANEW}),
    _holds_choices,
    _assessed,
    _is_assessed,
)


async def _add(turn: Turn, answers: Answers) -> None:
    goal = await goals.chosen(turn, answers)
    with said_in(FILE):
        await result_targets.add(turn.session, goal, answers["text"], actor=turn.actor, at=turn.at)
    turn.show(
        "target_admin.added",
        ref=goal.ref,
        title=goal.title,
        text=answers["text"],
        unit=await goals.owner_of(turn, goal),
    )


async def _change(turn: Turn, answers: Answers) -> None:
    goal, target = await goals.chosen(turn, answers), await _target(turn, answers)
    before, still = target.text, answers.get("still")
    with said_in(FILE):
        await result_targets.change(
            turn.session, target, answers["text"], still_holds=still == HOLDS, actor=turn.actor, at=turn.at
        )
    turn.show("target_admin.changed", ref=goal.ref, before=before, after=target.text, still=still)


async def _remove_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    goal, target = await goals.chosen(turn, answers), await _target(turn, answers)
    return "target_admin.remove_sure", {"ref": goal.ref, "text": target.text, "said": await _said(turn, answers)}


async def _remove(turn: Turn, answers: Answers) -> None:
    goal, target = await goals.chosen(turn, answers), await _target(turn, answers)
    words = target.text
    await result_targets.remove(turn.session, target, actor=turn.actor, at=turn.at)
    turn.show("target_admin.removed", ref=goal.ref, text=words)


TASKS = (
    Task("target_new", (PLAN, GOAL, NEW_TEXT), _add, fields={"mål": "goal", "tekst": "text"}),
    Task(
        "target_change",
        (PLAN, OF_GOAL, TARGET, TEXT, STILL),
        _change,
        fields={"mål": "goal", "resultatmål": "target", "tekst": "text", "vurdering": "still"},
    ),
    Task(
        "target_remove",
        (PLAN, OF_GOAL, TARGET),
        _remove,
        _remove_sure,
        fields={"mål": "goal", "resultatmål": "target"},
    ),
)
