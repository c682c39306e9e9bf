"""/plan: the plans and their goals, with what can be changed."""

from bot.answers import Button
from bot.commands.lists import split_verb
from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import find
from bot.turn import Turn, rows_of, shorten
from plan.refusal import Refused
from storage import goals, measures, plans

VERBS = {
    "ny": "plan_new",
    "endre tittel": "plan_title",
    "endre periode": "plan_period",
    "arkiver": "plan_archive",
    "mål ny": "goal_new",
    "mål nytt": "goal_new",
    "mål endre": "goal_title",
    "mål slå sammen": "goal_merge",
    "mål arkiver": "goal_archive",
}
# What can be begun by a button under a plan, by the code in its data.
BUTTONS = {
    "pt": "plan_title",
    "pp": "plan_period",
    "pa": "plan_archive",
    "gn": "goal_new",
    "gt": "goal_title",
    "gm": "goal_merge",
    "ga": "goal_archive",
}


async def command(turn: Turn, words: str) -> None:
    """`/plan`, `/plan rus`, `/plan endre tittel rus til …`, `/plan mål ny rus; nummer: 4; tittel: …`."""
    verb, rest = split_verb(words, VERBS)
    if verb:
        await wizard.by_line(turn, VERBS[verb], rest)
        return
    known = await plans.everyone(turn.session)
    if not words and len(known) != 1:
        buttons = [Button(shorten(plan.title), f"pl:s:{plan.id}") for plan in known]
        turn.say(
            "plan_admin.list", count=len(known), keyboard=rows_of([*buttons, turn.button("plan_new", "pl:n:0")], 1)
        )
        return
    try:
        await _show(turn, await find.take_plan(turn, {}, words) if words else known[0].id or 0)
    except Refused as refusal:
        turn.say(refusal.code, **refusal.data)


async def pressed(turn: Turn, data: str) -> None:
    """pl:s:<plan> shows one, pl:n:0 begins a new one, pl:<code>:<plan> begins a change of one."""
    code, _, rest = data.partition(":")
    found = number(rest)
    if found is None or code not in {"s", "n", *BUTTONS}:
        turn.toast("toast.unknown_button", alert=True)
        return
    try:
        if code == "s":
            await _show(turn, found)
        elif code == "n":
            await wizard.begin(turn, "plan_new")
        else:
            await find.plan(turn, found)
            await wizard.begin(turn, BUTTONS[code], {"plan": found})
    except Refused:
        turn.toast("toast.unknown_button", alert=True)


async def _show(turn: Turn, plan_id: int) -> None:
    plan = await find.plan(turn, plan_id)
    rows = await measures.of_plan(turn.session, plan_id)
    known = await goals.of_plan(turn.session, plan_id)
    buttons = [turn.button(label, f"pl:{code}:{plan_id}") for code, label in BUTTONS.items()]
    keyboard = (*rows_of(buttons), (turn.button("plan_new", "pl:n:0"),))
    turn.show("plan_admin.card", plan=plan, goals=known, count=len(rows), keyboard=keyboard)
