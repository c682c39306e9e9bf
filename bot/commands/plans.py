"""/plan: the plans and their goals, with what can be changed."""

from bot.answers import Button
from bot.commands.lists import split_verb
from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import find, reporting
from bot.turn import Turn, rows_of, shorten
from plan.refusal import Refused
from storage import attainments, goals, measures, plans, reporting_dates
from storage.ids import id_of
from storage.tables import Goal

VERBS = {
    "ny": "plan_new",
    "endre tittel": "plan_title",
    "endre periode": "plan_period",
    "arkiver": "plan_archive",
    "slå sammen": "plan_merge",
    "slå saman": "plan_merge",
    "mål ny": "goal_new",
    "mål nytt": "goal_new",
    "mål endre": "goal_title",
    "mål flytt": "goal_place",
    "mål oppfølging": "goal_owner",
    "mål oppfølgjing": "goal_owner",
    "mål slå sammen": "goal_merge",
    "mål slå saman": "goal_merge",
    "mål arkiver": "goal_archive",
    "resultatmål ny": "target_new",
    "resultatmål nytt": "target_new",
    "resultatmål endre": "target_change",
    "resultatmål fjern": "target_remove",
    "rapportering ny": "reporting_new",
    "rapportering endre": "reporting_change",
    "rapportering fjern": "reporting_remove",
}
# What can be begun by a button under a plan, by the code in its data, and the view it stands under.
VIEWS = {"vg": "plan_goals", "vt": "plan_targets", "vr": "plan_reporting"}
OF_PLAN = {"pt": "plan_title", "pp": "plan_period", "pm": "plan_merge", "pa": "plan_archive"}
OF_VIEW = {
    "vg": {
        "gn": "goal_new",
        "gt": "goal_title",
        "gp": "goal_place",
        "go": "goal_owner",
        "gm": "goal_merge",
        "ga": "goal_archive",
    },
    "vt": {"tn": "target_new", "tc": "target_change", "tr": "target_remove"},
    "vr": {"rn": "reporting_new", "rc": "reporting_change", "rr": "reporting_remove"},
}
BUTTONS = OF_PLAN | {code: task for tasks in OF_VIEW.values() for code, task in tasks.items()}


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
    """pl:s:<plan> shows one and pl:v…:<plan> a part of it; pl:n:0 begins a new one, pl:<code>:<plan> a change."""
    code, _, rest = data.partition(":")
    found = number(rest)
    if found is None or code not in {"s", "n", *VIEWS, *BUTTONS}:
        turn.toast("toast.unknown_button", alert=True)
        return
    try:
        if code == "s":
            await _show(turn, found)
        elif code in VIEWS:
            await _view(turn, code, found)
        elif code == "n":
            await wizard.begin(turn, "plan_new")
        else:
            await find.plan(turn, found)
            await wizard.begin(turn, BUTTONS[code], {"plan": found})
    except Refused:
        turn.toast("toast.unknown_button", alert=True)


async def _show(turn: Turn, plan_id: int) -> None:
    plan = await find.plan(turn, plan_id)
    views = [turn.button(label, f"pl:{code}:{plan_id}") for code, label in VIEWS.items()]
    buttons = [turn.button(label, f"pl:{code}:{plan_id}") for code, label in OF_PLAN.items()]
    turn.show(
        "plan_admin.card",
        plan=plan,
        goals=await goals.of_plan(turn.session, plan_id),
        count=len(await measures.of_plan(turn.session, plan_id)),
        dates=reporting.shown(turn, await reporting_dates.of_plan(turn.session, plan_id)),
        keyboard=(*rows_of([*views, *buttons]), (turn.button("plan_new", "pl:n:0"),)),
    )


async def _view(turn: Turn, view: str, plan_id: int) -> None:
    """The goals, the result targets or the reporting dates of a plan, with what can be done about them."""
    plan = await find.plan(turn, plan_id)
    buttons = [turn.button(label, f"pl:{code}:{plan_id}") for code, label in OF_VIEW[view].items()]
    keyboard = (*rows_of(buttons), (turn.button("back", f"pl:s:{plan_id}"),))
    if view == "vr":
        rows = reporting.shown(turn, await reporting_dates.of_plan(turn.session, plan_id))
        turn.show("reporting_admin.list", plan=plan, rows=rows, keyboard=keyboard)
    elif view == "vt":
        found = [each for each in await attainments.targets(turn.session) if each.plan.id == plan_id]
        turn.show("target_admin.list", plan=plan, targets=found, keyboard=keyboard)
    else:
        known = await goals.of_plan(turn.session, plan_id)
        owners = await attainments.followed_up_by(turn.session, {id_of(goal) for goal in known})
        rows_shown = [(goal, _level(goal, known), owners.get(id_of(goal))) for goal in known]
        turn.show("plan_admin.goals", plan=plan, rows=rows_shown, keyboard=keyboard)


def _level(goal: Goal, known: list[Goal]) -> int:
    """How many goals lie above one."""
    by_id = {row.id: row for row in known}
    level, above = 0, by_id.get(goal.parent_id)
    while above is not None and level < len(known):
        level, above = level + 1, by_id.get(above.parent_id)
    return level
