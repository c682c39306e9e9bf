"""The dialogue for one status: what a press of its buttons does, and what is written meanwhile.

A question is one message whose buttons carry the measure and the request, so that it can be answered tomorrow
(`question`); the answer in the making stands in the database (`draft`, `summary`) and is stored by "Lagre" (`storing`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.dialogues import draft as drafts
from bot.dialogues import new_deadline, origin, proposing, put_off, summary
from bot.dialogues.asked import Asked
from bot.dialogues.draft import Draft
from bot.dialogues.question import CODES, COME_TRUE, LATER, NOT_COME_TRUE, UNCHANGED, is_never
from bot.dialogues.still_open import answerable, latest
from bot.dialogues.storing import parts_of
from bot.turn import Turn
from plan.status import Status
from scheduler import conditions
from storage.tables import Measure


async def pressed(turn: Turn, data: str) -> None:
    """A button of a question or of an answer in the making was pressed."""
    parsed = Asked.of_press(data)
    if parsed is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    code, asked = parsed
    measure = await answerable(turn, asked)
    if measure is None:
        return
    if code in CODES:
        await summary.take_status(turn, measure, asked, CODES[code])
    elif code in OTHER_PRESSES:
        await OTHER_PRESSES[code](turn, measure, asked)
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _put_off(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Senere": the question stays open, and the one after it is put."""
    draft = await drafts.about(turn, asked)
    await drafts.drop(turn, asked)
    waits = bool(asked.request_id) and not asked.on_behalf
    keyboard = put_off.days(turn, asked.measure_id) if waits else ()
    turn.edit("status.later", measure=measure, waits=waits, words=draft.comment if draft else None, keyboard=keyboard)
    await summary.show_next(turn, asked, answered=False)


async def _take_unchanged(turn: Turn, measure: Measure, asked: Asked) -> None:
    last = await latest(turn, asked)
    if last is None:
        turn.toast("toast.unknown_button", alert=True)
    elif is_never(measure, Status(last.status)):
        turn.toast("toast.never_done", alert=True)
    else:
        draft = await drafts.about(turn, asked) or Draft(asked)
        await summary.finish(
            turn,
            measure,
            replace(draft, asked=asked, status=Status(last.status), parts=draft.parts or await parts_of(turn, last)),
        )


async def _come_true(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Det har skjedd": what the measure waits for has come true; the question stays, and says so."""
    if asked.part_id or asked.supersedes_id:
        turn.toast("toast.unknown_button", alert=True)
    elif await conditions.has_come_true(turn.session, measure, by=turn.person_id, at=turn.at, hours=turn.house.hours):
        turn.toast("toast.come_true", alert=True, due_on=measure.due_on)
        await summary.go_back(turn, measure, asked)
    else:
        turn.toast("toast.come_true_already", alert=True)


async def _not_come_true(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Angre": it has not come true after all."""
    if await conditions.not_after_all(turn.session, measure, by=turn.person_id, at=turn.at, hours=turn.house.hours):
        turn.toast("toast.not_come_true", alert=True)
        await summary.go_back(turn, measure, asked)
    else:
        turn.toast("toast.unknown_button", alert=True)


def _origin(code: str) -> Callable[[Turn, Measure, Asked], Awaitable[None]]:
    """How or when it was said was chosen: the answer in the making is shown with it."""

    async def take(turn: Turn, measure: Measure, asked: Asked) -> None:
        draft = await drafts.about(turn, asked)
        if draft is None or draft.status is None:
            await summary.go_back(turn, measure, asked)
        else:
            await summary.show(turn, origin.changed(draft, code, turn.today))

    return take


OTHER_PRESSES: dict[str, Callable[[Turn, Measure, Asked], Awaitable[None]]] = {
    UNCHANGED: _take_unchanged,
    LATER: _put_off,
    COME_TRUE: _come_true,
    NOT_COME_TRUE: _not_come_true,
    summary.SAVE: summary.save,
    summary.WITHOUT_COMMENT: summary.save_without_comment,
    summary.BACK: summary.go_back,
    summary.ATTACH: summary.how_to_attach,
    new_deadline.PROPOSE: proposing.ask,
    new_deadline.LEAVE: proposing.leave_out,
    **{code: _origin(code) for code in origin.CODES},
}


async def take_draft(turn: Turn, draft: Draft) -> None:
    """Something was written: show what the answer is now, unless the question was settled meanwhile."""
    if not await summary.is_settled(turn, draft):
        await drafts.keep(turn, draft)
        await summary.show_or_ask(turn, draft)
