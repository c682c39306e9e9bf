"""Merging two measures: what becomes of costs, deadline, owner, open questions and answers in the making."""

from typing import Any

from bot.dialogues import draft as drafts
from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.task import Answers, Choice, Step, Task, one_of
from bot.turn import Turn
from scheduler import changes
from scheduler.answers import open_requests
from storage import measure_changes, measures, replies, units
from storage.ids import id_of
from storage.tables import Measure

FILE = "measure_admin"
ADD, LEAVE = "add", "leave"


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    found = await find.measure(turn, answers["measure"])
    return {"ref": found.ref, "title": found.title}


async def _others(turn: Turn, answers: Answers) -> list[Choice]:
    plan_id = (await find.measure(turn, answers["measure"])).plan_id
    rows = await measures.of_plan(turn.session, plan_id)
    return [Choice(f"#{id_of(row)}", f"{row.ref} {row.title}") for row in rows if row.id != answers["measure"]]


async def _has_costs(turn: Turn, answers: Answers) -> bool:
    return bool(await measures.costs_of(turn.session, answers["measure"]))


async def _cost_choices(turn: Turn, _answers: Answers) -> list[Choice]:
    return [Choice(ADD, turn.word("button.costs_add")), Choice(LEAVE, turn.word("button.costs_leave"))]


async def _both_costs(turn: Turn, answers: Answers) -> dict[str, Any]:
    source, target = await _pair(turn, answers)
    return {
        "measure": source,
        "into": target,
        "costs": await measures.costs_of(turn.session, id_of(source)),
        "own": await measures.costs_of(turn.session, id_of(target)),
    }


async def _pair(turn: Turn, answers: Answers) -> tuple[Measure, Measure]:
    source, target = await find.measure(turn, answers["measure"]), await find.measure(turn, answers["into"])
    with said_in(FILE):
        await measure_changes.check_mergeable(turn.session, source, target)
    return source, target


async def _take_into(turn: Turn, answers: Answers, words: str) -> int:
    found = await find.take_measure(turn, answers, words)
    await _pair(turn, answers | {"into": found})
    return found


WHICH = Step("measure", "measure_admin.ask_measure", find.take_measure, find.measure_choices)
INTO = Step("into", "measure_admin.ask_into", _take_into, _others, data=_named)
COSTS = Step(
    "costs",
    "measure_admin.ask_costs",
    one_of({"legg til": ADD, "la stå": LEAVE, ADD: ADD, LEAVE: LEAVE}),
    _cost_choices,
    _both_costs,
    _has_costs,
)


async def _sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    source, target = await _pair(turn, answers)
    got = measure_changes.lacking(source, target)
    owner = await units.by_id(turn.session, source.owner_id) if got.owner and source.owner_id else None
    return "measure_admin.merge_sure", {
        "measure": source,
        "into": target,
        "count": len(await replies.of_measure(turn.session, id_of(source))),
        "costs": answers.get("costs"),
        "owner": owner.name if owner else None,
        "deadline": source.deadline_text if got.deadline else None,
        "dropped": None if got.deadline else source.deadline_text,
        "asked": len(await open_requests(turn.session, id_of(source))),
        "begun": len(await drafts.of_measure(turn, id_of(source))),
    }


async def _merge(turn: Turn, answers: Answers) -> None:
    source, target = await _pair(turn, answers)
    with said_in(FILE):
        got = await measure_changes.merge(
            turn.session, source, target, with_costs=answers.get("costs") == ADD, actor=turn.actor, at=turn.at
        )
    await drafts.move(turn, id_of(source), id_of(target))
    await changes.measures_merged(turn.session, source, target, got, turn.at, turn.house.hours)
    turn.show("measure_admin.merged", measure=source, into=target)


TASK = Task("measure_merge", (WHICH, INTO, COSTS), _merge, _sure, fields={"kostnader": "costs"}, joint="med")
