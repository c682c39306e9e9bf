"""/eksport: a plan as a workbook, to work on and import again."""

from bot.answers import Button
from bot.press_data import numbers
from bot.turn import Turn, rows_of, shorten
from storage import plans
from storage.tables import Plan

TEMPLATE = "ex:0"
"""The data of a button that asks for an empty workbook."""


async def export(turn: Turn, words: str) -> None:
    """`/eksport [plan]`: without a plan the only one, or a choice; `/eksport mal` is an empty workbook."""
    slug = words.strip().lower()
    found = [plan for plan in await plans.everyone(turn.session) if plan.slug.startswith(slug)]
    template = turn.button("plan_template", TEMPLATE)
    if slug == "mal":
        _send_template(turn)
    elif not found and slug:
        turn.say("export.unknown_plan", slug=shorten(slug))
    elif not found:
        turn.say("export.no_plan", keyboard=((template,),))
    elif len(found) == 1:
        _send(turn, found[0])
    else:
        buttons = [Button(shorten(plan.title), f"ex:{plan.id}") for plan in found]
        turn.say("export.which_plan", keyboard=rows_of([*buttons, template], 1))


async def chosen(turn: Turn, data: str) -> None:
    """One of several plans was chosen, or the empty workbook."""
    found = numbers(data, 1)
    plan = await turn.session.get(Plan, found[0]) if found else None
    if found == (0,):
        _send_template(turn)
    elif plan is None or plan.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        _send(turn, plan)


def _send(turn: Turn, plan: Plan) -> None:
    turn.say("export.plan", plan=plan)
    turn.send_workbook(plan.id)


def _send_template(turn: Turn) -> None:
    turn.say("export.template")
    turn.send_workbook(None)
