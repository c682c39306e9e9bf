"""The office goes through the comments: each is released as it is, edited into report text, or left internal."""

from bot.answers import Keyboard
from bot.dialogues import release_files
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from storage import dialogues, directory, measures, outbox, parts, replies, report_texts
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Measure, StatusReply

KIND = "release"
RELEASE, EDIT, SKIP, ALL, LIST, WITHDRAW = "ok", "ed", "sk", "all", "ls", "wd"
PER_PAGE = 5


async def start(turn: Turn, words: str = "") -> None:
    """Show the first comment that nobody has decided on; with a number, what the council reads about that measure."""
    if words:
        await _show_measures(turn, words)
        return
    waiting = await report_texts.waiting(turn.session)
    if not waiting:
        if not await release_files.start(turn):
            turn.say("release.nothing_waiting")
        return
    await _show(turn, waiting, 0)


async def _show_measures(turn: Turn, ref: str) -> None:
    """The last answer about each measure of a number and about each of its parts, and what was done to the texts."""
    found = await measures.by_ref(turn.session, ref)
    if not found:
        turn.say("measures.unknown", ref=shorten(ref))
    ids = [id_of(measure) for measure, _plan in found]
    latest = await replies.latest(turn.session, ids)
    of_parts = [reply for reply in (await parts.latest(turn.session, ids)).values() if reply.comment]
    done = await report_texts.history(turn.session, [id_of(reply) for reply in (*latest.values(), *of_parts)])
    units = (await directory.read(turn.session)).units if of_parts else {}
    for measure, _plan in found:
        _show_text(turn, measure, latest.get(id_of(measure)), done)
        for reply in of_parts:
            if reply.measure_id == measure.id:
                _show_text(turn, measure, reply, done, units[reply.unit_id].name)


def _show_text(
    turn: Turn,
    measure: Measure,
    reply: StatusReply | None,
    done: dict[int, list[report_texts.Edit]],
    unit: str | None = None,
) -> None:
    """An answer and its report text; `unit` is whose part of the measure it is about."""
    edits = done.get(id_of(reply), []) if reply else []
    keyboard = _keyboard_of_text(turn, reply, edits) if reply and reply.comment else ()
    turn.say("release.text_of", keyboard=keyboard, measure=measure, reply=reply, edits=edits, unit=unit)


def _keyboard_of_text(turn: Turn, reply: StatusReply, edits: list[report_texts.Edit]) -> Keyboard:
    reply_id = id_of(reply)
    is_released = bool(edits) and edits[-1].action != "withdrawn"
    buttons = [
        turn.button("withdraw", f"re:{WITHDRAW}:{reply_id}")
        if is_released
        else turn.button("release", f"re:{RELEASE}:{reply_id}"),
        turn.button("edit", f"re:{EDIT}:{reply_id}"),
    ]
    if not reply.part:
        buttons.append(turn.button("ask_back", f"sb:{reply_id}"))
    return rows_of(buttons)


async def _list(turn: Turn, page: int) -> None:
    """All that waits, some at a time; after the last page everything can be released as it is."""
    waiting = await report_texts.waiting(turn.session)
    if not waiting:
        turn.say("release.nothing_waiting")
        return
    pages = -(-len(waiting) // PER_PAGE)
    page = min(page, pages - 1)
    if page < pages - 1:
        buttons = [turn.button("page_after", f"re:{LIST}:{page + 1}")]
    else:
        # What comes in after this was shown is not released with it: nobody has read it.
        newest = max(id_of(reply) for reply, _measure in waiting)
        buttons = [turn.button("release_all", f"re:{ALL}:{newest}", left=len(waiting))]
    shown = waiting[page * PER_PAGE : (page + 1) * PER_PAGE]
    turn.say("release.page", keyboard=rows_of(buttons), rows=shown, page=page + 1, pages=pages, left=len(waiting))


async def _show(turn: Turn, waiting: list[tuple[StatusReply, Measure]], position: int) -> None:
    reply, measure = waiting[position]
    units = (await directory.read(turn.session)).units
    turn.say(
        "release.one",
        keyboard=_keyboard(turn, waiting, position),
        measure=measure,
        reply=reply,
        unit=units[reply.unit_id].name,
        left=len(waiting),
    )


def _keyboard(turn: Turn, waiting: list[tuple[StatusReply, Measure]], position: int) -> Keyboard:
    reply_id = id_of(waiting[position][0])
    buttons = [turn.button("release", f"re:{RELEASE}:{reply_id}"), turn.button("edit", f"re:{EDIT}:{reply_id}")]
    if len(waiting) > 1:
        buttons.append(turn.button("skip", f"re:{SKIP}:{reply_id}"))
        buttons.append(turn.button("see_all", f"re:{LIST}:0", left=len(waiting)))
    if not waiting[position][0].part:
        buttons.append(turn.button("ask_back", f"sb:{reply_id}"))
    return rows_of(buttons)


async def pressed(turn: Turn, data: str) -> None:
    """Release, edit, skip, or release all."""
    code, _, rest = data.partition(":")
    reply_id = number(rest)
    if reply_id is None or code not in {RELEASE, EDIT, SKIP, ALL, LIST, WITHDRAW}:
        turn.toast("toast.unknown_button", alert=True)
    elif code == LIST:
        await _list(turn, reply_id)
    elif code == ALL:
        await _release_all(turn, reply_id)
    else:
        await _pressed_about(turn, code, reply_id)


async def _pressed_about(turn: Turn, code: str, reply_id: int) -> None:
    reply = await replies.by_id(turn.session, reply_id)
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    if reply is None or measure is None or not reply.comment:
        turn.toast("toast.unknown_button", alert=True)
    elif code == SKIP:
        await _skip(turn, reply_id)
    elif code == WITHDRAW:
        await _withdraw(turn, reply, measure)
    elif await replies.has_been_corrected(turn.session, reply_id):
        turn.toast("toast.already_corrected", alert=True)
    elif code == EDIT:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"reply_id": reply_id}, turn.at)
        turn.edit("release.write", measure=measure, reply=reply)
    elif await report_texts.of_replies(turn.session, [reply_id]):
        turn.toast("toast.already_released", alert=True)
    else:
        await _release(turn, reply, measure, reply.comment)


async def _withdraw(turn: Turn, reply: StatusReply, measure: Measure) -> None:
    if await report_texts.withdraw(turn.session, reply, person_id=turn.person_id, at=turn.at):
        keyboard = ((turn.button("release", f"re:{RELEASE}:{id_of(reply)}"),),)
        turn.edit("release.withdrawn", measure=measure, keyboard=keyboard)
    else:
        turn.toast("toast.not_released", alert=True)


async def _skip(turn: Turn, reply_id: int) -> None:
    """Leave a comment internal, and show the one after it in the order of the plans."""
    waiting = await report_texts.waiting(turn.session)
    ids = [id_of(reply) for reply, _measure in waiting]
    following = ids.index(reply_id) + 1 if reply_id in ids else 0
    if following < len(ids):
        await _show(turn, waiting, following)
    elif ids:
        turn.say("release.left_internal", count=len(ids))
        await release_files.start(turn)
    elif not await release_files.start(turn):
        turn.say("release.all_released")


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The report text as the office wrote it."""
    await dialogues.end(turn.session, turn.person_id)
    reply = await replies.by_id(turn.session, dialogue.data["reply_id"])
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    assert reply is not None
    assert measure is not None
    if not turn.is_one_of(Role.OFFICE):
        turn.say("conversation.not_understood")
    elif await replies.has_been_corrected(turn.session, id_of(reply)):
        turn.say("release.corrected_meanwhile")
    else:
        await _release(turn, reply, measure, text)


async def _release(turn: Turn, reply: StatusReply, measure: Measure, text: str) -> None:
    before = await report_texts.waiting(turn.session)
    row = await report_texts.release(turn.session, reply, text, person_id=turn.person_id, at=turn.at)
    if row.told_at is None:
        await outbox.write_next_daily(turn.session, reply.author_id, turn.at, turn.house.hours)
    buttons = [
        turn.button("edit", f"re:{EDIT}:{id_of(reply)}"),
        turn.button("withdraw", f"re:{WITHDRAW}:{id_of(reply)}"),
    ]
    turn.show(
        "release.released",
        keyboard=rows_of(buttons),
        measure=measure,
        text=text,
        edited=text != reply.comment,
    )
    await _show_following(turn, before, id_of(reply))


async def _show_following(turn: Turn, before: list[tuple[StatusReply, Measure]], reply_id: int) -> None:
    """The comment after the one that was released; at the end, those that were skipped are counted."""
    ids = [id_of(reply) for reply, _measure in before]
    if reply_id not in ids:
        return
    position = ids.index(reply_id)
    waiting = [row for row in before if id_of(row[0]) != reply_id]
    if position < len(waiting):
        await _show(turn, waiting, position)
    elif waiting:
        turn.say("release.left_internal", count=len(waiting))
        await release_files.start(turn)
    elif not await release_files.start(turn):
        turn.say("release.all_released")


async def _release_all(turn: Turn, newest: int) -> None:
    """Release everything that waited when the button was made."""
    waiting = [row for row in await report_texts.waiting(turn.session) if id_of(row[0]) <= newest]
    if not waiting:
        turn.toast("toast.already_released", alert=True)
        return
    for reply, _measure in waiting:
        assert reply.comment is not None
        await report_texts.release(turn.session, reply, reply.comment, person_id=turn.person_id, at=turn.at)
    turn.edit("release.released_many", count=len(waiting))
    await release_files.start(turn)
