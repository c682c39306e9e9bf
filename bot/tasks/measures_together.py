"""Several measures in one go: moved to a goal, or given to a unit. Shown before and after, and confirmed once."""

import re
from collections.abc import Sequence
from typing import Any

from bot.tasks import find, measures
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused
from bot.turn import Turn, shorten
from scheduler import changes
from storage import goals, measure_changes, units
from storage import measures as stored
from storage.ids import id_of
from storage.tables import Goal, Measure

TOGETHER = {"measure_move": "measures_move", "measure_owner": "measures_owner"}
"""The tasks about one measure, and those that do the same with several."""
MOST = 50
BETWEEN = re.compile(r"[\s,]+(?:og\s+)?")


def _words(text: str) -> list[str]:
    return [word for word in BETWEEN.split(text.strip()) if word]


async def named_by(turn: Turn, line: str) -> bool:
    """Whether a one-line command, without its verb, names several measures: "1.1 1.2 til 2"."""
    head = line.partition(";")[0]
    before, joint, _after = head.rpartition(" til ")
    known = {ref.lower() for ref in await stored.refs(turn.session)}
    return len({word.lower() for word in _words(before if joint else head)} & known) > 1


async def _take(turn: Turn, _answers: Answers, words: str) -> list[int]:
    """The ids of measures of one plan: their numbers, and the short name of the plan where several have them."""
    known = {ref.lower() for ref in await stored.refs(turn.session)}
    written = list(dict.fromkeys(_words(words)))
    refs = [word for word in written if word.lower() in known]
    (slug, *more) = [word for word in written if word not in refs] or [""]
    rows = {
        ref: [row for row in await stored.by_ref(turn.session, ref) if row[1].slug.startswith(slug.lower())]
        for ref in refs
    }
    if more or not all(rows.values()) or not rows:
        unknown = (
            slug if slug and (more or not any(rows.values())) else next(ref for ref, found in rows.items() if not found)
        )
        raise TaskRefused("measure_admin.unknown", ref=shorten(unknown))
    if len(refs) > MOST:
        raise TaskRefused("measures_together.too_many", most=MOST)
    plans = set.intersection(*({id_of(plan) for _measure, plan in found} for found in rows.values()))
    if len(plans) > 1:
        slugs = [plan.slug for _measure, plan in rows[refs[0]] if plan.id in plans]
        raise TaskRefused("measure_admin.several", ref=" ".join(refs), slugs=slugs)
    if not plans:
        raise TaskRefused("measures_together.several_plans")
    return [id_of(measure) for ref in refs for measure, plan in rows[ref] if plan.id in plans]


async def _measures(turn: Turn, answers: Answers) -> list[Measure]:
    return [await find.measure(turn, measure_id) for measure_id in answers["measures"]]


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"refs": [measure.ref for measure in await _measures(turn, answers)]}


async def _plan_id(turn: Turn, answers: Answers) -> int:
    return (await find.measure(turn, answers["measures"][0])).plan_id


async def _goal_choices(turn: Turn, answers: Answers) -> list[Choice]:
    found = await goals.of_plan(turn.session, await _plan_id(turn, answers))
    return [
        *(Choice(f"#{id_of(goal)}", f"{goal.ref} {goal.title}") for goal in found),
        Choice(measures.NO_GOAL, turn.word("button.no_goal")),
    ]


async def _take_goal(turn: Turn, answers: Answers, words: str) -> int | None:
    if words.strip().lower() in measures.NO_GOALS:
        return None
    return id_of(await find.goal_of(turn, await _plan_id(turn, answers), words))


Row = tuple[Measure, str | None]
"""A measure, and what the field was before: a goal or a unit."""


async def _to_move(turn: Turn, answers: Answers) -> tuple[list[Row], str | None]:
    """The measures that are not under the goal yet, each with the one it is under, and the goal."""
    goal = await find.goal_of(turn, await _plan_id(turn, answers), f"#{answers['goal']}") if answers["goal"] else None
    rows = [measure for measure in await _measures(turn, answers) if measure.goal_id != answers["goal"]]
    if not rows:
        raise TaskRefused("measures_together.already", field="goal", after=_goal_name(goal))
    return [(measure, _goal_name(await stored.goal_of(turn.session, measure))) for measure in rows], _goal_name(goal)


def _goal_name(goal: Goal | None) -> str | None:
    return f"{goal.ref} {goal.title}" if goal else None


async def _to_give(turn: Turn, answers: Answers) -> tuple[list[Row], str | None]:
    """The measures that the unit does not follow up yet, each with the one that does, and the unit."""
    unit = await find.unit(turn, answers["owner"])
    rows = [measure for measure in await _measures(turn, answers) if measure.owner_id != unit.id]
    if not rows:
        raise TaskRefused("measures_together.already", field="owner", after=unit.name)
    before = [await units.by_id(turn.session, row.owner_id) if row.owner_id else None for row in rows]
    return [(row, owner.name if owner else None) for row, owner in zip(rows, before, strict=True)], unit.name


def _told(field: str, rows: Sequence[Row], after: str | None) -> dict[str, Any]:
    return {"field": field, "rows": rows, "after": after}


async def _move_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    return "measures_together.sure", _told("goal", *await _to_move(turn, answers))


async def _give_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    return "measures_together.sure", _told("owner", *await _to_give(turn, answers))


async def _move(turn: Turn, answers: Answers) -> None:
    rows, after = await _to_move(turn, answers)
    for measure, _before in rows:
        await measure_changes.move(turn.session, measure, answers["goal"], actor=turn.actor, at=turn.at)
    turn.show("measures_together.changed", **_told("goal", rows, after))


async def _give(turn: Turn, answers: Answers) -> None:
    rows, after = await _to_give(turn, answers)
    for measure, _before in rows:
        await stored.change(turn.session, measure, {"owner_id": answers["owner"]}, actor=turn.actor, at=turn.at)
        await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
        await changes.owner_changed(turn.session, measure, turn.at, turn.house.hours)
    turn.show("measures_together.changed", **_told("owner", rows, after))


WHICH = Step("measures", "measures_together.ask", _take)
GOAL = Step("goal", "measures_together.ask_goal", _take_goal, _goal_choices, data=_named)
OWNER = Step("owner", "measures_together.ask_owner", find.take_internal, find.internal_choices, data=_named)

TASKS = (
    Task("measures_move", (WHICH, GOAL), _move, _move_sure, fields={"mål": "goal"}, joint="til"),
    Task("measures_owner", (WHICH, OWNER), _give, _give_sure, fields={"enhet": "owner"}, joint="til"),
)
