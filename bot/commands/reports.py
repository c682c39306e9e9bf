"""/rapport: the report of the year as documents in the chat."""

from bot.answers import Button
from bot.turn import Turn, rows_of, shorten
from report.compile import Masthead, make_version
from storage import plans, report_texts, rounds
from storage.ids import id_of
from storage.tables import Plan

FORMATS = ("docx", "pdf", "html")


async def report(turn: Turn, words: str) -> None:
    """`/rapport [plan] [year]`: without a plan the only one, or a choice; without a year that of the running round."""
    slug, year = _slug_and_year(words)
    found = await plans.everyone(turn.session)
    if slug:
        found = [plan for plan in found if plan.slug.startswith(slug.lower())]
    if not found:
        turn.say("report.no_plan" if not slug else "report.unknown_plan", slug=slug)
    elif len(found) == 1:
        await _make(turn, found[0], year)
    else:
        buttons = [Button(shorten(plan.title), f"rp:{plan.id}:{year or 0}") for plan in found]
        turn.say("report.which_plan", keyboard=rows_of(buttons, 1))


async def chosen(turn: Turn, data: str) -> None:
    """One of several plans was chosen."""
    plan_id, _, year = data.partition(":")
    plan = await turn.session.get(Plan, int(plan_id)) if plan_id.isdigit() and year.isdigit() else None
    if plan is None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await _make(turn, plan, int(year) or None)


async def _make(turn: Turn, plan: Plan, year: int | None) -> None:
    row = await rounds.open_of_plan(turn.session, id_of(plan))
    masthead = Masthead(turn.house.leader_title, turn.house.language)
    of_year = year or (row.year if row else turn.today.year)
    made = await make_version(turn.session, plan, of_year, turn.at, turn.house.hours, masthead, turn.actor)
    waiting = [measure for _reply, measure in await report_texts.waiting(turn.session) if measure.plan_id == plan.id]
    turn.say("report.made", plan=plan, year=of_year, version=made.version, waiting=len(waiting))
    for form in FORMATS:
        turn.send_report(id_of(made), form)


def _slug_and_year(words: str) -> tuple[str, int | None]:
    parts = words.split()
    years = [int(part) for part in parts if part.isdigit() and len(part) == 4]
    slugs = [part for part in parts if not (part.isdigit() and len(part) == 4)]
    return (slugs[0] if slugs else ""), (years[0] if years else None)
