"""Plans: new ones, their titles and periods, and a plan taken out of use."""

import re
from typing import Any

from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.task import Answers, Step, Task, TaskRefused, text
from bot.turn import Turn
from plan.deadline import Deadline
from scheduler.changes import measure_changed
from scheduler.planning import period_of, plan_ahead
from storage import measures, plan_admin
from storage.ids import id_of
from storage.tables import Plan

FILE = "plan_admin"
MOST_TITLE = 1000


async def _plan_named(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"title": (await find.plan(turn, answers["plan"])).title}


async def _take_period(_turn: Turn, _answers: Answers, words: str) -> list[int]:
    years = re.fullmatch(r"\s*([0-9]{4})\s*(?:[-–]|til)\s*([0-9]{4})\s*", words)
    if years is None or not 1990 <= int(years.group(1)) <= int(years.group(2)) <= 2100:
        raise TaskRefused("plan_admin.not_period")
    return [int(years.group(1)), int(years.group(2))]


PLAN = Step("plan", "plan_admin.ask_plan", find.take_plan, find.plan_choices)
TITLE = Step("title", "plan_admin.ask_title", text(MOST_TITLE), data=_plan_named)
NEW_TITLE = Step("title", "plan_admin.ask_new_title", text(MOST_TITLE))
PERIOD = Step("period", "plan_admin.ask_period", _take_period)


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
        before = f"{plan.first_year}–{plan.last_year}" if plan.first_year else "–"
        name, after = "period", f"{first}–{last}"
        values = {"first_year": first, "last_year": last}
    await plan_admin.change(turn.session, plan, values, actor=turn.actor, at=turn.at)
    await plan_ahead(turn.session, plan, turn.today, turn.house.hours.calendar)
    early = await _before_plan(turn, plan) if name == "period" else []
    turn.show("plan_admin.changed", title=plan.title, field=name, before=before, after=after, early=early)


async def _before_plan(turn: Turn, plan: Plan) -> list[str]:
    """The numbers of the measures whose deadline is before the plan begins."""
    period = period_of(plan)
    return [
        measure.ref
        for measure in await measures.of_plan(turn.session, id_of(plan))
        if period is not None and Deadline.from_json(measure.deadline).is_before(period.first)
    ]


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


TASKS = (
    Task("plan_new", (NEW_TITLE, PERIOD), _new, fields={"periode": "period"}),
    Task("plan_title", (PLAN, TITLE), _change, fields={"tittel": "title"}, joint="til"),
    Task("plan_period", (PLAN, PERIOD), _change, fields={"periode": "period"}, joint="til"),
    Task("plan_archive", (PLAN,), _archive, _archive_sure),
)
