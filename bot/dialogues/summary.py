"""The answer in the making, shown to whoever makes it: what is still missing, what will be stored, and "Lagre".

Whatever else an answer can hold hangs on here: a field of the draft (`bot.dialogues.draft`), its button in
`further_buttons`, its line in `status.summary` of `templates/chat/status.j2`, its press in `bot.dialogues.status`.
"""

from dataclasses import replace

from bot.answers import Button
from bot.dialogues import draft as drafts
from bot.dialogues import new_deadline, numbers_of_others, origin, storing
from bot.dialogues.asked import Asked
from bot.dialogues.draft import Draft
from bot.dialogues.question import ask, go_on, is_never, lead_name, questions_of, unit_name
from bot.dialogues.still_open import may_answer, show_newer, why_over
from bot.turn import Turn, rows_of
from plan.status import Status
from storage import attachments, measures, replies
from storage.ids import id_of
from storage.tables import Measure

SAVE = "sa"
WITHOUT_COMMENT = "wo"
BACK = "ba"
ATTACH = "lv"


async def show(turn: Turn, draft: Draft, *, below: bool = False) -> None:
    """Show a draft in which a status is chosen: where the button was pressed, or below what was written."""
    assert draft.status is not None
    measure = await measures.by_id(turn.session, draft.asked.measure_id)
    assert measure is not None
    await drafts.keep(turn, replace(draft, files_to=0))
    waiting = await attachments.waiting_of(turn.session, turn.person_id, id_of(measure))
    say = turn.say if below else turn.show
    say(
        "status.summary",
        keyboard=rows_of([*_buttons(turn, draft), *further_buttons(turn, draft, files=len(waiting))]),
        measure=measure,
        status=draft.status.value,
        comment=draft.comment,
        carried=draft.carried,
        unit=await unit_name(turn, measure, draft.asked) if draft.asked.on_behalf else None,
        lead=await lead_name(turn, measure, draft.asked),
        correcting=bool(draft.asked.supersedes_id),
        behind=len(draft.behind),
        deadline=await new_deadline.proposed(turn, measure, draft),
        attachments=[each.name for each in waiting],
        how=draft.how,
        said_on=draft.said_on,
    )


def _buttons(turn: Turn, draft: Draft) -> list[Button]:
    """ "Lagre" where there is something to store, and the way back."""
    assert draft.status is not None
    asked = draft.asked
    if not draft.parts:
        save = [] if draft.status.needs_reason else [turn.button("without_comment", asked.press(WITHOUT_COMMENT))]
        return [*save, turn.button("back", asked.press(BACK))]
    without = draft.carried and not draft.status.needs_reason
    return [
        turn.button("save", asked.press(SAVE)),
        turn.button("fix", asked.press(BACK)),
        *([turn.button("without_comment", asked.press(WITHOUT_COMMENT))] if without else []),
    ]


def further_buttons(turn: Turn, draft: Draft, *, files: int) -> list[Button]:
    """What can be added to the answer before it is stored, and the files that have been."""
    attached = [turn.button("attachments", f"at:li:{draft.asked.measure_id}", count=files)] if files else []
    attach = [turn.button("attach", draft.asked.press(ATTACH))] if draft.parts else []
    return [*new_deadline.buttons(turn, draft), *attach, *attached, *origin.buttons(turn, draft)]


async def how_to_attach(turn: Turn, _measure: Measure, _asked: Asked) -> None:
    """ "Legg ved": what is sent now goes with the answer."""
    turn.toast("toast.how_to_attach", alert=True)


async def take_status(turn: Turn, measure: Measure, asked: Asked, status: Status) -> None:
    """A status was chosen: what will be stored is shown, and what is missing is asked for."""
    if is_never(measure, status):
        turn.toast("toast.never_done", alert=True)
        return
    draft = await _draft_with(turn, asked)
    if asked.supersedes_id and not draft.parts:
        draft = await _with_earlier_comment(turn, draft, status)
        draft = await new_deadline.with_earlier(turn, draft)
        draft = await origin.with_earlier(turn, draft)
    await show(turn, replace(draft, status=status))


async def _draft_with(turn: Turn, asked: Asked) -> Draft:
    """The draft about a question, with words that have waited for a measure; the rest waits behind it."""
    waiting = await drafts.everything(turn)
    mine = next((each for each in waiting if each.asked.is_about_the_same(asked)), None)
    if mine is None:
        mine = next((each for each in waiting if each.is_loose), None)
    begun = replace(mine, asked=asked, meant=None, behind=()) if mine else Draft(asked)
    return begun.before([each for each in waiting if each is not mine])


async def _with_earlier_comment(turn: Turn, draft: Draft, status: Status) -> Draft:
    """A correction keeps the comment until another is written; a reason is asked for where there was none."""
    reply = await replies.by_id(turn.session, draft.asked.supersedes_id)
    if reply is None or not reply.comment or (status.needs_reason and not Status(reply.status).needs_reason):
        return draft
    return replace(draft, parts=await storing.parts_of(turn, reply), carried=True)


async def save(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Lagre": store what is shown. Where it is gone, or not whole, the question is put again."""
    draft = await drafts.about(turn, asked)
    if draft is None or draft.status is None:
        await go_back(turn, measure, asked)
    elif not draft.is_complete:
        turn.toast("toast.reason_needed", alert=True)
    else:
        await finish(turn, measure, draft)


async def save_without_comment(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Uten kommentar": of words that were written meanwhile nothing is lost, they are shown."""
    draft = await drafts.about(turn, asked)
    if draft is None or draft.status is None:
        await go_back(turn, measure, asked)
    elif draft.status.needs_reason:
        turn.toast("toast.reason_needed", alert=True)
    elif draft.parts and not draft.carried:
        await show(turn, draft)
    else:
        await finish(turn, measure, replace(draft, parts=()))


async def finish(turn: Turn, measure: Measure, draft: Draft) -> None:
    """Store a draft, and go on by itself: to what waits behind it, else to the next question."""
    if await new_deadline.is_stale(turn, measure, draft):
        turn.toast("toast.deadline_stale", alert=True)
        await show(turn, draft.with_deadline(None))
        return
    await storing.store(turn, measure, draft)
    await show_next(turn, draft.asked, answered=True)


async def show_next(turn: Turn, asked: Asked, *, answered: bool) -> None:
    """What has waited behind the answer to a question that is dealt with now, else the question after it."""
    following = await drafts.current(turn)
    while following is not None and following.asked.measure_id and await is_settled(turn, following):
        following = await drafts.current(turn)
    if following is None:
        await go_on(turn, asked, answered=answered)
    elif following.named is not None:
        await numbers_of_others.which_plan(turn, following)
    elif not following.asked.measure_id:
        turn.say("status.still_waiting", text=following.comment or turn.word(f"status.{following.meant}"))
    else:
        await show_or_ask(turn, following)


async def is_settled(turn: Turn, draft: Draft) -> bool:
    """Whether a draft can be stored no more; it is forgotten then, and what was written is given back."""
    asked = draft.asked
    measure = await measures.by_id(turn.session, asked.measure_id)
    if measure is None or not await may_answer(turn, measure, asked):
        turn.say("status.cannot_answer_any_more", text=draft.comment)
    elif over := await why_over(turn, measure, asked):
        command = "registrer" if asked.on_behalf else "status"
        why = turn.word(over.sentence, **over.data)
        turn.say("status.not_stored", why=why, command=command, ref=measure.ref, text=draft.comment)
        await show_newer(turn, measure, over)
    else:
        return False
    await drafts.drop(turn, asked)
    return True


async def show_or_ask(turn: Turn, draft: Draft) -> None:
    """Below what there is: what will be stored, or the question where no status is chosen."""
    if draft.status is None:
        await ask(turn, draft.asked)
    else:
        await show(turn, draft, below=True)


async def go_back(turn: Turn, _measure: Measure, asked: Asked) -> None:
    """ "Rett": the question again; what was written stays until something else is."""
    questions = await questions_of(turn) if asked.request_id and not asked.on_behalf else ()
    await ask(turn, asked, total=asked.done + len(questions) if questions else 0, edit=True)
