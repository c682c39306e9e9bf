"""What was put off when a plan was imported: measure by measure, until somebody has decided it."""

from bot.answers import Button, Keyboard
from bot.press_data import number
from bot.turn import Turn, rows_of
from storage import directory, measures
from storage.ids import id_of
from storage.tables import Measure, Plan

GO, RIGHT = "go", "ok"


OWNER = frozenset({"owner", "responsible", "unit", "owner_not_named"})


def buttons(turn: Turn, measure: Measure) -> list[Button]:
    """What decides what is undecided about a measure: it is right as it stands, or a unit is chosen."""
    right = turn.button("right_as_it_is", f"ua:{RIGHT}:{id_of(measure)}")
    if OWNER.isdisjoint(measure.undecided or ()):
        return [right]
    return [right, turn.button("choose_owner", f"ow:{id_of(measure)}", ref=measure.ref)]


async def pressed(turn: Turn, data: str) -> None:
    """`go`: the measure after that of an id, of none the first. `ok`: what was undecided about a measure is right."""
    code, _, rest = data.partition(":")
    found = number(rest)
    if code not in {GO, RIGHT} or found is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    if code == RIGHT:
        measure = await measures.by_id(turn.session, found)
        if measure is None or measure.archived_at is not None:
            turn.toast("toast.archived", alert=True)
            return
        if measure.undecided:
            await measures.confirm(turn.session, measure, actor=turn.actor, at=turn.at)
    await _show(turn, found)


async def _show(turn: Turn, after: int) -> None:
    """The next measure about which something is undecided; from the last one goes on with the first."""
    rows = await measures.undecided(turn.session)
    if not rows:
        turn.show("undecided.all_decided")
        return
    before = await measures.by_id(turn.session, after) if after else None
    place = (before.plan_id, before.position) if before else (0, -1)
    measure, plan = next((row for row in rows if (row[0].plan_id, row[0].position) > place), rows[0])
    known = (await directory.read(turn.session)).units
    turn.show(
        "undecided.one",
        keyboard=_keyboard(turn, measure, len(rows)),
        measure=measure,
        plan=plan,
        owner=known[measure.owner_id].name if measure.owner_id else None,
        costs=await measures.costs_of(turn.session, id_of(measure)),
        slug=await _named_too(turn, measure, plan),
        left=len(rows),
    )


def _keyboard(turn: Turn, measure: Measure, left: int) -> Keyboard:
    on = ((turn.button("plan_next", f"ua:{GO}:{id_of(measure)}"),),) if left > 1 else ()
    return (*rows_of(buttons(turn, measure)), *on)


async def _named_too(turn: Turn, measure: Measure, plan: Plan) -> str | None:
    """The short name of the plan, where another has a measure of the same number."""
    return plan.slug if len(await measures.by_ref(turn.session, measure.ref)) > 1 else None
