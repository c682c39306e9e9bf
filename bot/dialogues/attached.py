"""The attachments of a measure: listed, fetched again, taken away; and the button that adds one to a stored answer."""

from dataclasses import replace

from bot.answers import Button
from bot.dialogues import attaching
from bot.dialogues import draft as drafts
from bot.dialogues.asked import Asked
from bot.dialogues.asked_now import asked_now
from bot.dialogues.draft import NO_MEASURE, Draft
from bot.dialogues.still_open import answerable, may_answer, say_over, why_settled
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from storage import attachments, measures, replies
from storage.ids import id_of
from storage.people import Role
from storage.tables import Attachment, Measure

ADD, LIST, GET, REMOVE, AS_PLAN, AS_ATTACHMENT = "se", "li", "ge", "rm", "pl", "va"


async def pressed(turn: Turn, data: str) -> None:
    """Add to a stored answer, list, fetch, remove, or say what a document was meant as."""
    code, _, rest = data.partition(":")
    found = number(rest)
    if found is None or code not in {ADD, LIST, GET, REMOVE, AS_PLAN, AS_ATTACHMENT}:
        turn.toast("toast.unknown_button", alert=True)
    elif code in {AS_PLAN, AS_ATTACHMENT}:
        await attaching.take_held(turn, as_plan=code == AS_PLAN)
    elif code == ADD:
        await _add(turn, found)
    elif code == LIST:
        await _list(turn, found)
    else:
        await _pressed_about(turn, code, found)


async def _add(turn: Turn, reply_id: int) -> None:
    """ "Legg ved" under a stored answer: the files that are sent next go with it."""
    reply = await replies.by_id(turn.session, reply_id)
    if reply is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    asked = Asked.of_reply(reply)
    measure = await answerable(turn, asked)
    if measure is not None:
        draft = await drafts.current(turn) or Draft(NO_MEASURE)
        await drafts.keep(turn, replace(draft, files_to=reply_id))
        turn.say("attachments.send_now", measure=measure)


async def _list(turn: Turn, measure_id: int) -> None:
    measure = await measures.by_id(turn.session, measure_id)
    if measure is None:
        turn.toast("toast.unknown_button", alert=True)
    elif not await may_see(turn, measure):
        turn.toast("toast.not_yours", alert=True)
    else:
        await _show(turn, measure)


async def _show(turn: Turn, measure: Measure) -> None:
    waiting = await attachments.waiting_of(turn.session, turn.person_id, id_of(measure))
    stored = await attachments.of_measure(turn.session, id_of(measure))
    buttons = [_row(turn, each) for each in (*waiting, *stored)]
    turn.say(
        "attachments.list",
        measure=measure,
        waiting=waiting,
        stored=stored,
        keyboard=rows_of([button for row in buttons for button in row]),
    )


def _row(turn: Turn, attachment: Attachment) -> tuple[Button, Button]:
    name = shorten(attachment.name, 24)
    return (
        turn.button("get_file", f"at:{GET}:{id_of(attachment)}", file=name),
        turn.button("remove_file", f"at:{REMOVE}:{id_of(attachment)}", file=name),
    )


async def may_see(turn: Turn, measure: Measure) -> bool:
    """Whether a person may see a measure and what goes with it: the office, admins, and its units."""
    return turn.is_one_of(Role.ADMIN, Role.OFFICE) or await asked_now(turn, measure) is not None


async def _pressed_about(turn: Turn, code: str, attachment_id: int) -> None:
    attachment = await attachments.by_id(turn.session, attachment_id)
    if attachment is None:
        turn.toast("toast.file_is_gone", alert=True)
    elif not await _may_have(turn, attachment):
        turn.toast("toast.not_yours", alert=True)
    elif code == GET:
        turn.send_attachment(attachment_id, attachment.name.rpartition(".")[2])
    else:
        await _remove(turn, attachment)


async def _may_have(turn: Turn, attachment: Attachment) -> bool:
    """What waits for an answer is its sender's; what goes with one is for those who may see the measure."""
    if attachment.reply_id is None or attachment.measure_id is None:
        return attachment.person_id == turn.person_id
    measure = await measures.by_id(turn.session, attachment.measure_id)
    return measure is not None and await may_see(turn, measure)


async def _remove(turn: Turn, attachment: Attachment) -> None:
    """Those who may correct the answer may take a file away, until the papers are out."""
    measure = await measures.by_id(turn.session, attachment.measure_id) if attachment.measure_id else None
    reply = await replies.by_id(turn.session, attachment.reply_id) if attachment.reply_id else None
    if reply is not None and measure is not None:
        asked = Asked.of_reply(reply)
        if not await may_answer(turn, measure, asked):
            turn.toast("toast.not_yours", alert=True)
            return
        if over := await why_settled(turn, measure, asked):
            await say_over(turn, measure, over)
            return
    await attachments.remove(turn.session, attachment, by=turn.person_id, at=turn.at)
    turn.edit("attachments.removed", file=attachment.name)
