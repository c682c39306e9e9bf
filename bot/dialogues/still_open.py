"""Whether a question can still be answered, and by whom: every press is checked, since buttons live on."""

from dataclasses import dataclass

from bot.answers import Keyboard
from bot.dialogues.asked import Asked
from bot.turn import Turn
from storage import measures, parts, people, replies, rounds
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, StatusReply, StatusRequest


async def answerable(turn: Turn, asked: Asked) -> Measure | None:
    """The measure that is asked about; None, and the person is told why, when they cannot answer about it now."""
    measure = await measures.by_id(turn.session, asked.measure_id)
    if measure is None:
        turn.toast("toast.unknown_button", alert=True)
    elif not await may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
    elif not await _belongs_together(turn, asked):
        turn.toast("toast.unknown_button", alert=True)
    elif over := await why_over(turn, measure, asked):
        await say_over(turn, measure, over)
    else:
        return measure
    return None


async def may_answer(turn: Turn, measure: Measure, asked: Asked) -> bool:
    """Whether the person may answer about the measure: a leader for their units, the office on behalf."""
    if asked.on_behalf:
        return turn.is_one_of(Role.OFFICE, Role.ADMIN)
    mine = {unit.id for unit in turn.answers_for}
    return (asked.part_id or measure.owner_id) in mine


async def _belongs_together(turn: Turn, asked: Asked) -> bool:
    """Whether the request and the reply are about the measure, or the part of it: a forged button can name any."""
    about = (asked.measure_id, asked.part_id)
    if asked.request_id:
        request = await turn.session.get(StatusRequest, asked.request_id)
        if request is None or _about(request) != about:
            return False
    if asked.supersedes_id:
        reply = await replies.by_id(turn.session, asked.supersedes_id)
        if reply is None or (_about(reply), reply.on_behalf) != (about, asked.on_behalf):
            return False
    if asked.part_id and not asked.request_id and not asked.supersedes_id:
        named = await parts.named(turn.session, [asked.measure_id])
        return asked.part_id in named.get(asked.measure_id, ())
    return True


def _about(row: StatusRequest | StatusReply) -> tuple[int, int]:
    return row.measure_id, row.unit_id if row.part else 0


@dataclass(frozen=True)
class Over:
    """Why a question cannot be answered any more: a sentence of `words/toast.j2`.

    `mine` is the person's own answer that settled it, `newer` the one that came after the one they would correct.
    """

    sentence: str
    data: dict[str, object]
    mine: StatusReply | None = None
    newer: StatusReply | None = None


async def why_over(turn: Turn, measure: Measure, asked: Asked) -> Over | None:
    """Whether the question has been settled meanwhile, and how."""
    if measure.archived_at is not None:
        return Over("toast.archived", {})
    if asked.supersedes_id:
        return await _newer_answer(turn, asked) or await why_settled(turn, measure, asked)
    request = await turn.session.get(StatusRequest, asked.request_id) if asked.request_id else None
    if request is not None and request.closed_at is not None and request.closed_because != "answered":
        return Over("toast.round_over", {})
    newest = await latest(turn, asked)
    is_open = request is not None and request.closed_at is None
    if newest is None or is_open or (request is None and id_of(newest) <= asked.seen_id):
        return None
    if newest.author_id == turn.person_id:
        return Over("toast.answered_by_you", {}, mine=newest)
    author = await people.by_id(turn.session, newest.author_id)
    assert author is not None
    return Over("toast.answered_by", {"name": author.name, "on": newest.at})


async def latest(turn: Turn, asked: Asked) -> StatusReply | None:
    """The newest answer about the measure that stands, or about the unit's part of it."""
    return next(iter(await standing(turn, asked)), None)


async def standing(turn: Turn, asked: Asked) -> list[StatusReply]:
    """The answers about the measure that stand, or about the unit's part of it, newest first."""
    if not asked.part_id:
        return await replies.of_measure(turn.session, asked.measure_id)
    return [row for row in await parts.of_measure(turn.session, asked.measure_id) if row.unit_id == asked.part_id]


async def why_settled(turn: Turn, measure: Measure, asked: Asked) -> Over | None:
    """Why nothing about a stored answer can be changed any more, be it the newest or not."""
    if measure.archived_at is not None:
        return Over("toast.archived", {})
    if await replies.has_been_corrected(turn.session, asked.supersedes_id):
        return Over("toast.already_corrected", {})
    reply = await replies.by_id(turn.session, asked.supersedes_id)
    row = await rounds.by_id(turn.session, reply.round_id) if reply and reply.round_id else None
    if row is not None and turn.today > row.papers_on and not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        return Over("toast.papers_are_out", {"on": row.papers_on})
    return None


async def _newer_answer(turn: Turn, asked: Asked) -> Over | None:
    """Only the newest answer is corrected: a correction of an older one would pass for the newest."""
    newest = await latest(turn, asked)
    if newest is None or newest.id == asked.supersedes_id:
        return None
    if await replies.has_been_corrected(turn.session, asked.supersedes_id):
        return Over("toast.already_corrected", {}, newer=newest)
    return Over("toast.newer_answer", {"on": newest.at}, newer=newest)


async def say_over(turn: Turn, measure: Measure, over: Over) -> None:
    """Say why a press comes too late, and show the answer that counts, with the button that corrects it."""
    turn.toast(over.sentence, alert=True, **over.data)
    await show_newer(turn, measure, over)
    if over.mine is not None:
        keyboard = fix_keyboard(turn, over.mine)
        turn.say("status.answered_by_you", measure=measure, reply=over.mine, keyboard=keyboard)


async def show_newer(turn: Turn, measure: Measure, over: Over) -> None:
    """Show the newest answer in place of an older one, with the button that corrects it for whoever may."""
    if over.newer is None:
        return
    newest = Asked.of_reply(over.newer)
    may_fix = await may_answer(turn, measure, newest) and await why_settled(turn, measure, newest) is None
    keyboard = fix_keyboard(turn, over.newer) if may_fix else ()
    turn.say("status.newer_answer", measure=measure, reply=over.newer, may_fix=may_fix, keyboard=keyboard)


def fix_keyboard(turn: Turn, reply: StatusReply) -> Keyboard:
    """The button that corrects a stored answer."""
    return ((turn.button("fix", f"fx:{id_of(reply)}"),),)
