"""A message that was edited in Telegram: the comment it was written as is corrected, and everything else explained."""

from dataclasses import replace

from bot.dialogues import draft as drafts
from bot.dialogues import loose_words, new_deadline, numbers_of_others, origin, status, storing
from bot.dialogues.asked import Asked
from bot.dialogues.draft import Draft, Part
from bot.dialogues.question import is_never
from bot.dialogues.still_open import fix_keyboard, may_answer, show_newer, why_over
from bot.turn import Turn
from plan import status_words
from plan.status import Status
from storage import measures, reply_messages
from storage.tables import Measure, StatusReply


async def take(turn: Turn, text: str) -> None:
    """Take an edited message for what it was: a part of an answer in the making, a stored comment, or neither."""
    written = turn.message.message_id
    making = [each for each in await drafts.everything(turn) if any(part.message_id == written for part in each.parts)]
    stored = await reply_messages.replies_with(turn.session, turn.person_id, written)
    about = {reply.measure_id for reply in stored} | {draft.asked.measure_id for draft in making}
    if len(about) > 1:
        turn.say("conversation.edited_several")
    elif making:
        await _edit_draft(turn, making[0], text)
    elif stored:
        await _correct(turn, stored[0], text)
    else:
        turn.say("conversation.edited")


async def _edit_draft(turn: Turn, draft: Draft, text: str) -> None:
    """An answer that is not stored yet is shown again, as it is now; those behind it stay there."""
    measure = await measures.by_id(turn.session, draft.asked.measure_id)
    changed = _with_edit(draft, measure, text, turn.message.message_id)
    everything = await drafts.everything(turn)
    if not draft.asked.measure_id:
        await drafts.keep(turn, replace(changed, behind=()).before([each for each in everything if each is not draft]))
        await (loose_words.ask_which(turn) if draft.is_loose else numbers_of_others.which_plan(turn, changed))
        return
    others = [each for each in everything if not each.asked.is_about_the_same(draft.asked)]
    await status.take_draft(turn, replace(changed, behind=()).before(others))


def _with_edit(draft: Draft, measure: Measure | None, text: str, written: int) -> Draft:
    """The draft with what the message says now; a status it names along with the measure counts as well."""
    (said, *more) = status_words.read(text, [measure.ref] if measure else [])
    named = said.ref is not None and not more
    words = said.comment if named else text
    parts = tuple(Part(words, written) if part.message_id == written else part for part in draft.parts)
    chosen = said.status if named and said.status is not None else draft.status
    if measure is not None and chosen is not None and is_never(measure, chosen):
        chosen = draft.status
    return replace(draft, status=chosen, parts=tuple(part for part in parts if part.text))


async def _correct(turn: Turn, reply: StatusReply, text: str) -> None:
    measure = await measures.by_id(turn.session, reply.measure_id)
    assert measure is not None
    asked = Asked.of_reply(reply)
    if not await may_answer(turn, measure, asked):
        turn.say("status.cannot_answer_any_more", text=None)
    elif over := await why_over(turn, measure, asked):
        turn.say("conversation.edit_too_late", why=turn.word(over.sentence, **over.data))
        await show_newer(turn, measure, over)
    else:
        before = Draft(asked, Status(reply.status), await storing.parts_of(turn, reply))
        changed = _with_edit(before, measure, text, turn.message.message_id)
        if (changed.comment, changed.status) != (before.comment, before.status):
            await _store(turn, measure, changed)


async def _with_earlier(turn: Turn, draft: Draft) -> Draft:
    return await origin.with_earlier(turn, await new_deadline.with_earlier(turn, draft))


async def _store(turn: Turn, measure: Measure, draft: Draft) -> None:
    if not draft.is_complete:
        turn.say("conversation.edit_without_reason")
        return
    corrected = await storing.add(turn, measure, await _with_earlier(turn, draft))
    turn.say("status.corrected_by_edit", measure=measure, reply=corrected, keyboard=fix_keyboard(turn, corrected))
