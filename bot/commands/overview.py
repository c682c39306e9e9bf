"""/oversikt: how a plan stands, as a picture and in words."""

from typing import Any

from bot.answers import Button
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from report import glance
from storage import plans
from storage.ids import id_of
from storage.requests import missing_parts_of_round
from storage.tables import Plan

ALL_PLANS = 0


async def overview(turn: Turn, words: str) -> None:
    """`/oversikt [plan]`: how many measures have which status, and how many of those asked have answered."""
    found = await plans.everyone(turn.session)
    slug = words.strip().lower()
    meant = [plan for plan in found if plan.slug.startswith(slug)]
    if not found:
        turn.say("overview.no_plan")
    elif not meant:
        turn.say("overview.unknown_plan", slug=shorten(slug), slugs=[plan.slug for plan in found])
    elif len(meant) == 1:
        await _show(turn, meant[0])
    else:
        buttons = [Button(shorten(plan.title), f"ov:{plan.id}") for plan in meant]
        everything = [turn.button("all_plans", f"ov:{ALL_PLANS}"), turn.button("plans_together", "os:all")]
        everything = everything if meant == found else []
        turn.say("overview.which_plan", keyboard=rows_of([*buttons, *everything], 1))


async def chosen(turn: Turn, data: str) -> None:
    """One of several plans was chosen, or all of them."""
    plan_id = number(data)
    found = [plan for plan in await plans.everyone(turn.session) if plan_id in {ALL_PLANS, plan.id}]
    if not found:
        turn.toast("toast.unknown_button", alert=True)
    for plan in found:
        await _show(turn, plan)


async def together(turn: Turn, _data: str) -> None:
    """All plans in one document."""
    if await plans.everyone(turn.session):
        turn.send_together()
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _show(turn: Turn, plan: Plan) -> None:
    seen = await glance.read(turn.session, plan)
    data: dict[str, Any] = {
        "plan": plan,
        "counts": seen.counts,
        "total": len(seen.measures),
        "late": seen.late(turn.today),
        "round": seen.round,
        "asked": seen.outcome.asked,
        "answered": seen.outcome.answered,
        "parts": await missing_parts_of_round(turn.session, id_of(seen.round)) if seen.round else 0,
    }
    if seen.measures:
        turn.send_overview(id_of(plan), "overview.plan", **data)
    else:
        turn.say("overview.plan", **data)
