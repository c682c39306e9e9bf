"""Storing an answer: what it closes, and what is said about it."""

from datetime import datetime
from itertools import takewhile

from bot.answers import Keyboard
from bot.dialogues import draft as drafts
from bot.dialogues import new_deadline, origin
from bot.dialogues.draft import Draft, Part
from bot.dialogues.question import questions_of, unit_name
from bot.dialogues.still_open import fix_keyboard
from bot.turn import Turn, rows_of
from plan.status import Status
from scheduler import answers, proposals
from storage import attachments, replies, reply_messages, rounds
from storage.ids import id_of
from storage.proposals import open_of_reply
from storage.tables import Measure, StatusReply


async def store(turn: Turn, measure: Measure, draft: Draft) -> None:
    """Store a draft that is complete, close what was asked, and say what was stored."""
    reply = await add(turn, measure, draft)
    await drafts.drop(turn, draft.asked)
    turn.show(
        "status.stored",
        keyboard=await _keyboard(turn, draft, reply),
        measure=measure,
        reply=reply,
        said_on=await _said_on(turn, reply),
        unit=await unit_name(turn, measure) if draft.asked.on_behalf else None,
        corrected=bool(draft.asked.supersedes_id),
        proposal=await open_of_reply(turn.session, reply),
    )


async def add(turn: Turn, measure: Measure, draft: Draft) -> StatusReply:
    """The answer as it is kept; nothing is said about it."""
    assert draft.status is not None
    assert measure.owner_id is not None
    asked = draft.asked
    row = await rounds.open_of_plan(turn.session, measure.plan_id)
    corrected = await replies.by_id(turn.session, asked.supersedes_id) if asked.supersedes_id else None
    reply = replies.add(
        turn.session,
        measure_id=asked.measure_id,
        unit_id=corrected.unit_id if corrected else measure.owner_id,
        author_id=turn.person_id,
        status=draft.status,
        comment=draft.comment,
        at=turn.at,
        on_behalf=asked.on_behalf,
        round_id=corrected.round_id if corrected else (row.id if row else None),
        supersedes_id=asked.supersedes_id or None,
        inbox_id=turn.inbox_id,
    )
    await turn.session.flush()
    parts = [(part.message_id, len(part.text)) for part in draft.parts]
    await reply_messages.note(turn.session, id_of(reply), parts)
    if corrected and Status(corrected.status).closes and not draft.status.closes:
        await answers.reopen_due_dates(turn.session, asked.measure_id, turn.at, turn.house.hours)
    await answers.take_answer(turn.session, asked.measure_id, draft.status, turn.at, turn.house.hours)
    await attachments.attach(turn.session, reply)
    await origin.store(turn, reply, draft)
    deadline = await new_deadline.proposed(turn, measure, draft)
    await proposals.take_reply(turn.session, reply, deadline, turn.at, turn.house.hours)
    return reply


async def _keyboard(turn: Turn, draft: Draft, reply: StatusReply) -> Keyboard:
    """ "Rett"; after a correction also the way to what still waits, since nothing follows it by itself."""
    files = (await attachments.of_replies(turn.session, [id_of(reply)])).get(id_of(reply), [])
    attached = [turn.button("attachments", f"at:li:{reply.measure_id}", count=len(files))] if files else []
    attach = turn.button("attach", f"at:se:{id_of(reply)}")
    keyboard = rows_of([*(button for row in fix_keyboard(turn, reply) for button in row), attach, *attached])
    if not draft.asked.supersedes_id or draft.asked.on_behalf or draft.behind:
        return keyboard
    left = len(await questions_of(turn))
    return (*keyboard, (turn.button("answer_now", "nx:0:0", count=left),)) if left else keyboard


async def _said_on(turn: Turn, reply: StatusReply) -> datetime | None:
    """When the comment of an answer was first given, where it is carried on from earlier ones."""
    if not reply.comment or reply.supersedes_id:
        return None
    earlier = [each for each in await replies.of_measure(turn.session, reply.measure_id) if each.id != reply.id]
    same = list(takewhile(lambda each: each.comment == reply.comment, earlier))
    return same[-1].at if same else None


async def parts_of(turn: Turn, reply: StatusReply) -> tuple[Part, ...]:
    """The comment of a stored answer as that of a draft: in the parts it was written in."""
    parts, rest = [], reply.comment or ""
    for row in await reply_messages.of_reply(turn.session, id_of(reply)):
        parts.append(Part(rest[: row.length], row.message_id))
        rest = rest[row.length + 1 :]
    return (*parts, Part(rest)) if rest else tuple(parts)
