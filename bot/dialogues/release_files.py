"""The office goes through the files of the answers: each is released into the report, or stays internal."""

from bot.press_data import number
from bot.turn import Turn, rows_of
from storage import attachments, directory
from storage.ids import id_of
from storage.tables import Attachment, Measure, StatusReply

RELEASE, SKIP, ALL, SEE = "ok", "sk", "all", "se"
Waiting = list[tuple[Attachment, StatusReply, Measure]]


async def start(turn: Turn) -> bool:
    """Show the first file that nobody has decided on; False when there is none."""
    waiting = await attachments.unreleased(turn.session)
    if waiting:
        await _show(turn, waiting, 0)
    return bool(waiting)


async def _show(turn: Turn, waiting: Waiting, position: int) -> None:
    attachment, reply, measure = waiting[position]
    units = (await directory.read(turn.session)).units
    attachment_id = id_of(attachment)
    buttons = [
        turn.button("see_file", f"rf:{SEE}:{attachment_id}"),
        turn.button("release", f"rf:{RELEASE}:{attachment_id}"),
    ]
    if len(waiting) > 1:
        # What comes in after this was shown is not released with it: nobody has seen it.
        newest = max(id_of(each) for each, _reply, _measure in waiting)
        buttons.append(turn.button("skip", f"rf:{SKIP}:{attachment_id}"))
        buttons.append(turn.button("release_all", f"rf:{ALL}:{newest}", left=len(waiting)))
    turn.say(
        "attachments.release",
        keyboard=rows_of(buttons),
        measure=measure,
        attachment=attachment,
        reply=reply,
        unit=units[reply.unit_id].name,
        left=len(waiting),
    )


async def pressed(turn: Turn, data: str) -> None:
    """See, release, skip, or release all."""
    code, _, rest = data.partition(":")
    found = number(rest)
    attachment = await attachments.by_id(turn.session, found) if found and code != ALL else None
    if found is None or code not in {RELEASE, SKIP, ALL, SEE}:
        turn.toast("toast.unknown_button", alert=True)
    elif code == ALL:
        await _release_all(turn, found)
    elif attachment is None or attachment.reply_id is None:
        turn.toast("toast.file_is_gone", alert=True)
    elif code == SEE:
        turn.send_attachment(found, attachment.name.rpartition(".")[2])
    elif code == SKIP:
        await _show_following(turn, await attachments.unreleased(turn.session), found)
    else:
        await _release(turn, attachment)


async def _release(turn: Turn, attachment: Attachment) -> None:
    before = await attachments.unreleased(turn.session)
    if not await attachments.release(turn.session, attachment, by=turn.person_id, at=turn.at):
        turn.toast("toast.file_is_released", alert=True)
        return
    turn.edit("attachments.released", attachment=attachment)
    await _show_following(turn, before, id_of(attachment), taken=True)


async def _show_following(turn: Turn, waiting: Waiting, attachment_id: int, *, taken: bool = False) -> None:
    """The file after one; at the end, those that were skipped are counted."""
    ids = [id_of(each) for each, _reply, _measure in waiting]
    position = ids.index(attachment_id) + 1 if attachment_id in ids else 0
    if position < len(waiting):
        left = [row for row in waiting if not (taken and id_of(row[0]) == attachment_id)]
        await _show(turn, left, position - taken)
    elif skipped := len(ids) - taken:
        turn.say("attachments.left_internal", count=skipped)
    else:
        turn.say("release.all_released")


async def _release_all(turn: Turn, newest: int) -> None:
    """Release everything that waited when the button was made."""
    count = 0
    for attachment, _reply, _measure in await attachments.unreleased(turn.session):
        if id_of(attachment) <= newest:
            count += await attachments.release(turn.session, attachment, by=turn.person_id, at=turn.at)
    if count:
        turn.edit("attachments.released_many", count=count)
    else:
        turn.toast("toast.file_is_released", alert=True)
