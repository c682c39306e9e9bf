"""ÉN ER GJENNOMFØRT: one press counts one more of a duty that comes several times a year, and one takes it back."""

from dataclasses import dataclass

from bot.answers import Button
from bot.dialogues import draft as drafts
from bot.dialogues.asked import Asked
from bot.dialogues.asked_now import asked_now
from bot.press_data import numbers
from bot.turn import Turn
from plan.tally import Tally, is_counted
from scheduler import counting
from storage import measures, occurrences, tallies
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, Occurrence

ONE, UNDO = "d", "u"


@dataclass(frozen=True)
class Counted:
    """How a counted duty stands, and the button that counts one more; None where all are done."""

    tally: Tally
    button: Button | None


async def of_measure(turn: Turn, measure: Measure) -> Counted | None:
    """The count of a measure in the year that is asked about, else in this one; None for what is not counted."""
    if not is_counted(measure.deadline):
        return None
    year = await counting.year_of(turn.session, measure, turn.today)
    tally = await _tally(turn, measure, year)
    if tally is None:
        return None
    row = await counting.next_of(turn.session, measure, year)
    return Counted(tally, turn.button("one_done", f"du:{ONE}:{id_of(row)}") if row else None)


async def _tally(turn: Turn, measure: Measure, year: int) -> Tally | None:
    return (await tallies.of_measures(turn.session, [(id_of(measure), year)])).get((id_of(measure), year))


async def pressed(turn: Turn, data: str) -> None:
    """One more is done, or was not after all: du:<what>:<the due date it counts for>."""
    code, _, rest = data.partition(":")
    found = numbers(rest, 1) if code in {ONE, UNDO} else None
    row = await occurrences.by_id(turn.session, found[0]) if found else None
    measure = await measures.by_id(turn.session, row.measure_id) if row else None
    if row is None or measure is None or measure.archived_at is not None or not is_counted(measure.deadline):
        turn.toast("toast.unknown_button", alert=True)
    elif not await _may(turn, measure):
        turn.toast("toast.not_yours", alert=True)
    elif code == ONE:
        await _count(turn, measure, row)
    else:
        await _undo(turn, measure, row)


async def _may(turn: Turn, measure: Measure) -> bool:
    """Whoever answers for the whole measure, and the office for them."""
    asked = await asked_now(turn, measure)
    return turn.is_one_of(Role.ADMIN, Role.OFFICE) or (asked is not None and not asked.part_id)


async def _count(turn: Turn, measure: Measure, row: Occurrence) -> None:
    if not await counting.one_done(turn.session, row, by=turn.person_id, at=turn.at):
        turn.toast("toast.already_counted", alert=True)
        return
    await _drop_empty_draft(turn, measure)
    tally = await _tally(turn, measure, row.due_on.year)
    more = await of_measure(turn, measure)
    buttons = [turn.button("day_undone", f"du:{UNDO}:{id_of(row)}")]
    if more is not None and more.button is not None and more.tally.year == row.due_on.year:
        buttons.insert(0, more.button)
    turn.say("counting.one_done", measure=measure, tally=tally, today=turn.today, keyboard=(tuple(buttons),))


async def _undo(turn: Turn, measure: Measure, row: Occurrence) -> None:
    if not await counting.one_undone(turn.session, row, by=turn.person_id, at=turn.at, hours=turn.house.hours):
        turn.toast("toast.unknown_button", alert=True)
        return
    tally = await _tally(turn, measure, row.due_on.year)
    turn.edit("counting.one_undone", measure=measure, tally=tally, today=turn.today)


async def _drop_empty_draft(turn: Turn, measure: Measure) -> None:
    """Nothing more is asked for here; but what somebody has written is kept for the answer they began."""
    draft = await drafts.about(turn, Asked(id_of(measure)))
    if draft is not None and not draft.parts and draft.status is None:
        await drafts.drop(turn, draft.asked)
