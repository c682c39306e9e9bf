"""The office goes through the comments: each is released as it is, edited into report text, or left internal."""

from bot.answers import Keyboard
from bot.turn import Turn, rows_of
from storage import dialogues, directory, measures, replies, report_texts
from storage.ids import id_of
from storage.tables import Dialogue, Measure, StatusReply

KIND = "release"


async def start(turn: Turn, _words: str = "") -> None:
    """Show the first comment that nobody has decided on."""
    waiting = await report_texts.waiting(turn.session)
    if not waiting:
        turn.say("release.nothing_waiting")
        return
    await _show(turn, *waiting[0], left=len(waiting))


async def _show(turn: Turn, reply: StatusReply, measure: Measure, *, left: int) -> None:
    units = (await directory.read(turn.session)).units
    turn.say(
        "release.one",
        keyboard=_keyboard(turn, reply, left),
        measure=measure,
        reply=reply,
        unit=units[reply.unit_id].name,
        left=left,
    )


def _keyboard(turn: Turn, reply: StatusReply, left: int) -> Keyboard:
    reply_id = id_of(reply)
    buttons = [
        turn.button("release", f"re:ok:{reply_id}"),
        turn.button("edit", f"re:ed:{reply_id}"),
    ]
    if left > 1:
        buttons.append(turn.button("release_all", "re:all:0", left=left))
    return rows_of(buttons)


async def pressed(turn: Turn, data: str) -> None:
    """Release, edit, or release all."""
    code, _, reply_id = data.partition(":")
    if code == "all":
        await _release_all(turn)
        return
    reply = await replies.by_id(turn.session, int(reply_id)) if reply_id.isdigit() else None
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    if reply is None or measure is None or not reply.comment:
        turn.toast("toast.unknown_button", alert=True)
    elif await replies.has_been_corrected(turn.session, id_of(reply)):
        turn.toast("toast.already_corrected", alert=True)
    elif code == "ok":
        await _release(turn, reply, measure, reply.comment)
    elif code == "ed":
        await dialogues.begin(turn.session, turn.person_id, KIND, {"reply_id": id_of(reply)}, turn.at)
        turn.edit("release.write", measure=measure, reply=reply)
    else:
        turn.toast("toast.unknown_button", alert=True)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The report text as the office wrote it."""
    await dialogues.end(turn.session, turn.person_id)
    reply = await replies.by_id(turn.session, dialogue.data["reply_id"])
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    assert reply is not None
    assert measure is not None
    await _release(turn, reply, measure, text)


async def _release(turn: Turn, reply: StatusReply, measure: Measure, text: str) -> None:
    await report_texts.release(turn.session, reply, text, person_id=turn.person_id, at=turn.at)
    show = turn.edit if turn.update.callback_query is not None else turn.say
    show("release.released", measure=measure, text=text, edited=text != reply.comment)
    waiting = await report_texts.waiting(turn.session)
    if waiting:
        await _show(turn, *waiting[0], left=len(waiting))
    else:
        turn.say("release.all_released")


async def _release_all(turn: Turn) -> None:
    waiting = await report_texts.waiting(turn.session)
    for reply, _measure in waiting:
        assert reply.comment is not None
        await report_texts.release(turn.session, reply, reply.comment, person_id=turn.person_id, at=turn.at)
    turn.edit("release.released_many", count=len(waiting))
