"""/rapport: the report of the year as documents in the chat."""

import re

from bot.answers import Button
from bot.press_data import numbers
from bot.turn import Turn, rows_of, shorten
from report.compile import Masthead, make_version
from storage import plans, report_texts, rounds
from storage.ids import id_of
from storage.tables import Plan

YEAR = re.compile("[0-9]{4}")
FORMATS = ("docx", "pdf", "html")
YEARS_AFTER = 1  # the last year is reported on in the year after it
FIRST_YEAR, LAST_YEAR = 2000, 2099


async def report(turn: Turn, words: str) -> None:
    """`/rapport [plan] [year]`: without a plan the only one, or a choice; without a year that of the running round."""
    slug, year = _slug_and_year(words)
    found = await plans.everyone(turn.session)
    if slug:
        found = [plan for plan in found if plan.slug.startswith(slug.lower())]
    if not found:
        turn.say("report.unknown_plan", slug=shorten(slug)) if slug else turn.say("report.no_plan")
    elif len(found) == 1:
        await _make(turn, found[0], year)
    else:
        buttons = [Button(shorten(plan.title), f"rp:{plan.id}:{year or 0}") for plan in found]
        turn.say("report.which_plan", keyboard=rows_of(buttons, 1))


async def chosen(turn: Turn, data: str) -> None:
    """One of several plans was chosen."""
    found = numbers(data, 2)
    plan = await turn.session.get(Plan, found[0]) if found else None
    if found is None or plan is None or plan.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await _make(turn, plan, found[1] or None)


async def _make(turn: Turn, plan: Plan, year: int | None) -> None:
    row = await rounds.open_of_plan(turn.session, id_of(plan))
    masthead = Masthead(turn.house.leader_title, turn.house.language)
    of_year = year or (row.year if row else turn.today.year)
    first, last = plan.first_year or FIRST_YEAR, plan.last_year or LAST_YEAR
    if not first <= of_year <= last + YEARS_AFTER:
        turn.say("report.outside_period", year=of_year, first=first, last=last)
        return
    made = await make_version(turn.session, plan, of_year, turn.at, turn.house.hours, masthead, turn.actor)
    waiting = [measure for _reply, measure in await report_texts.waiting(turn.session) if measure.plan_id == plan.id]
    turn.say("report.made", plan=plan, year=of_year, version=made.version, waiting=len(waiting))
    for form in FORMATS:
        turn.send_report(id_of(made), form)


def _slug_and_year(words: str) -> tuple[str, int | None]:
    parts = words.split()
    years = [int(part) for part in parts if YEAR.fullmatch(part)]
    slugs = [part for part in parts if not YEAR.fullmatch(part)]
    return (slugs[0] if slugs else ""), (years[0] if years else None)
