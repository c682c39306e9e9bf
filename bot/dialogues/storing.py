"""Storing an answer: what it closes, and what is said about it."""

from datetime import datetime
from itertools import takewhile

from bot.answers import Keyboard
from bot.dialogues import draft as drafts
from bot.dialogues import new_deadline, origin, overtaken
from bot.dialogues.asked import Asked
from bot.dialogues.draft import Draft, Part
from bot.dialogues.question import lead_name, questions_of, unit_name
from bot.dialogues.still_open import fix_keyboard, standing
from bot.turn import Turn, rows_of
from plan.status import Status
from scheduler import answers, counting, proposals
from scheduler.part_changes import parts_changed
from storage import attachments, replies, reply_messages, rounds
from storage.ids import id_of
from storage.proposals import open_of_reply
from storage.tables import Measure, StatusReply


async def store(turn: Turn, measure: Measure, draft: Draft) -> None:
    """Store a draft that is complete, close what was asked, and say what was stored."""
    reply = await add(turn, measure, draft)
    await drafts.drop(turn, draft.asked)
    await overtaken.tell(turn, draft.asked, reply)
    turn.show(
        "status.stored",
        keyboard=await _keyboard(turn, draft, reply),
        measure=measure,
        reply=reply,
        said_on=await _said_on(turn, reply),
        unit=await unit_name(turn, measure, draft.asked) if draft.asked.on_behalf else None,
        lead=await lead_name(turn, measure, draft.asked),
        corrected=bool(draft.asked.supersedes_id),
        proposal=await open_of_reply(turn.session, reply),
    )


async def add(turn: Turn, measure: Measure, draft: Draft) -> StatusReply:
    """The answer as it is kept; nothing is said about it."""
    assert draft.status is not None
    asked = draft.asked
    unit_id = asked.part_id or measure.owner_id
    assert unit_id is not None
    row = await rounds.open_of_plan(turn.session, measure.plan_id)
    corrected = await replies.by_id(turn.session, asked.supersedes_id) if asked.supersedes_id else None
    reply = replies.add(
        turn.session,
        measure_id=asked.measure_id,
        unit_id=corrected.unit_id if corrected else unit_id,
        author_id=turn.person_id,
        status=draft.status,
        comment=draft.comment,
        at=turn.at,
        on_behalf=asked.on_behalf,
        part=bool(asked.part_id),
        round_id=corrected.round_id if corrected else (row.id if row else None),
        supersedes_id=asked.supersedes_id or None,
        inbox_id=turn.inbox_id,
    )
    await turn.session.flush()
    parts = [(part.message_id, len(part.text)) for part in draft.parts]
    await reply_messages.note(turn.session, id_of(reply), parts)
    await attachments.attach(turn.session, reply)
    await origin.store(turn, reply, draft)
    if asked.part_id:
        await answers.take_part(turn.session, asked.measure_id, asked.part_id, turn.at)
    else:
        await _take_answer(turn, measure, draft, reply, corrected)
    return reply


async def _take_answer(
    turn: Turn, measure: Measure, draft: Draft, reply: StatusReply, corrected: StatusReply | None
) -> None:
    """What an answer about the whole measure does to what is asked about it, and what it proposes."""
    status, hours = Status(reply.status), turn.house.hours
    if corrected is not None:
        await counting.recount(turn.session, await replies.corrected_by(turn.session, reply), status)
    reopens = corrected is not None and Status(corrected.status).closes and not status.closes
    if reopens:
        await answers.reopen_due_dates(turn.session, reply.measure_id, turn.at, hours)
    await answers.take_answer(turn.session, reply.measure_id, status, turn.at, hours)
    deadline = await new_deadline.proposed(turn, measure, draft)
    await proposals.take_reply(turn.session, reply, deadline, turn.at, hours)
    if reopens:
        await parts_changed(turn.session, [measure], turn.at, hours)


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
    earlier = [each for each in await standing(turn, Asked.of_reply(reply)) if each.id != reply.id]
    same = list(takewhile(lambda each: each.comment == reply.comment, earlier))
    return same[-1].at if same else None


async def parts_of(turn: Turn, reply: StatusReply) -> tuple[Part, ...]:
    """The comment of a stored answer as that of a draft: in the parts it was written in."""
    parts, rest = [], reply.comment or ""
    for row in await reply_messages.of_reply(turn.session, id_of(reply)):
        parts.append(Part(rest[: row.length], row.message_id))
        rest = rest[row.length + 1 :]
    return (*parts, Part(rest)) if rest else tuple(parts)
