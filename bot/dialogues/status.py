"""The dialogue for one status: five buttons, a comment, "uendret", correct, next.

A question is one message whose buttons carry the measure and the request, so that it can be answered tomorrow, and
every press is checked again: buttons live on in old messages.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace

from bot.answers import Keyboard
from bot.dialogues.asked import KIND, LOOSE, MOST_IN_A_SITTING, Asked
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of
from plan.deadline import Kind
from plan.status import Status
from scheduler import answers, digest, proposals
from storage import dialogues, directory, measures, people, replies, rounds
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Measure, StatusReply, StatusRequest

CODES = {
    "ns": Status.NOT_STARTED,
    "ip": Status.IN_PROGRESS,
    "de": Status.DELAYED,
    "do": Status.DONE,
    "dr": Status.DROPPED,
}
UNCHANGED = "un"
LATER = "la"
WITHOUT_COMMENT = "wo"
BACK = "ba"


async def start(turn: Turn, words: str = "") -> None:
    """Ask the most pressing open question of the person, past those that were put off in this sitting."""
    skipped, done = numbers(words, 2) or (0, 0)
    questions = await _questions(turn)
    if not questions:
        turn.say("status.nothing_open")
        return
    skipped = skipped if skipped < len(questions) else 0
    done = min(done, MOST_IN_A_SITTING)
    question = questions[skipped]
    asked = Asked(question.measure_id, question.request_id, done=done, skipped=skipped)
    await ask(turn, asked, total=done + len(questions))


async def _questions(turn: Turn) -> tuple[digest.Question, ...]:
    return await digest.questions_of(turn.session, turn.person_id)


async def ask(turn: Turn, asked: Asked, *, total: int = 0, edit: bool = False) -> None:
    """Put the question about one measure; "1 av 5" where it is one of several.

    A comment that was being written about another is not waited for any more: the next words are about this one, or
    loose.
    """
    measure = await measures.by_id(turn.session, asked.measure_id)
    assert measure is not None
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind != LOOSE:
        await dialogues.end(turn.session, turn.person_id)
    last = await _latest(turn, asked)
    asked = replace(asked, seen_id=id_of(last) if last else 0)
    request = await turn.session.get(StatusRequest, asked.request_id) if asked.request_id else None
    say = turn.edit if edit else turn.say
    say(
        "status.question",
        keyboard=_question_keyboard(turn, asked, measure, last),
        measure=measure,
        position=asked.done + asked.skipped + 1,
        total=total,
        reason=request.reason if request else None,
        by=request.anchor_on if request else None,
        today=turn.today,
        last=last,
        unit=await _unit_name(turn, measure) if asked.on_behalf else None,
        correcting=bool(asked.supersedes_id),
        words=await _loose_words_of(turn, asked),
    )


async def _latest(turn: Turn, asked: Asked) -> StatusReply | None:
    return next(iter(await replies.of_measure(turn.session, asked.measure_id)), None)


def _question_keyboard(turn: Turn, asked: Asked, measure: Measure, last: StatusReply | None) -> Keyboard:
    choices = [
        turn.button(f"status_{status.value}", asked.press(code))
        for code, status in CODES.items()
        if not _is_never(measure, status)
    ]
    more = []
    if last is not None and not asked.supersedes_id and not _is_never(measure, Status(last.status)):
        more.append(turn.button("unchanged", asked.press(UNCHANGED), status=last.status))
    more.append(turn.button("later", asked.press(LATER)))
    return (*rows_of(choices), *rows_of(more))


def _is_never(measure: Measure, status: Status) -> bool:
    """An ongoing measure is confirmed each round; it is never finished."""
    return status is Status.DONE and measure.deadline.get("kind") == Kind.ONGOING


async def pressed(turn: Turn, data: str) -> None:
    """A button of a question was pressed."""
    parsed = Asked.of_press(data)
    measure = await measures.by_id(turn.session, parsed[1].measure_id) if parsed else None
    if parsed is None or measure is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    code, asked = parsed
    if not await _may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
    elif not await _belongs_together(turn, asked):
        turn.toast("toast.unknown_button", alert=True)
    elif over := await _over(turn, measure, asked):
        _say_over(turn, measure, over)
    else:
        await _take_press(turn, measure, asked, code)


async def _take_press(turn: Turn, measure: Measure, asked: Asked, code: str) -> None:
    if code in CODES:
        await _take_status(turn, measure, asked, CODES[code])
    elif code in OTHER_PRESSES:
        await OTHER_PRESSES[code](turn, measure, asked)
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _may_answer(turn: Turn, measure: Measure, asked: Asked) -> bool:
    if asked.on_behalf:
        return turn.is_one_of(Role.OFFICE, Role.ADMIN)
    mine = {unit.id for unit in await people.units_of(turn.session, turn.person_id)}
    return measure.owner_id in mine


async def _belongs_together(turn: Turn, asked: Asked) -> bool:
    """Whether the request and the reply are about the measure: a forged button can name any."""
    if asked.request_id:
        request = await turn.session.get(StatusRequest, asked.request_id)
        if request is None or request.measure_id != asked.measure_id:
            return False
    if asked.supersedes_id:
        reply = await replies.by_id(turn.session, asked.supersedes_id)
        if reply is None or (reply.measure_id, reply.on_behalf) != (asked.measure_id, asked.on_behalf):
            return False
    return True


@dataclass(frozen=True)
class _Over:
    """Why a question cannot be answered any more: a sentence of `words/toast.j2`, and the answer that settled it."""

    sentence: str
    data: dict[str, object]
    mine: StatusReply | None = None


async def _over(turn: Turn, measure: Measure, asked: Asked) -> _Over | None:
    """Whether the question has been settled meanwhile, and how."""
    if measure.archived_at is not None:
        return _Over("toast.archived", {})
    if asked.supersedes_id:
        return await _correction_over(turn, asked)
    request = await turn.session.get(StatusRequest, asked.request_id) if asked.request_id else None
    if request is not None and request.closed_at is not None and request.closed_because != "answered":
        return _Over("toast.round_over", {})
    latest = await _latest(turn, asked)
    is_open = request is not None and request.closed_at is None
    if latest is None or is_open or (request is None and id_of(latest) <= asked.seen_id):
        return None
    if latest.author_id == turn.person_id:
        return _Over("toast.answered_by_you", {}, mine=latest)
    author = await people.by_id(turn.session, latest.author_id)
    assert author is not None
    return _Over("toast.answered_by", {"name": author.name, "on": latest.at})


async def _correction_over(turn: Turn, asked: Asked) -> _Over | None:
    if await replies.has_been_corrected(turn.session, asked.supersedes_id):
        return _Over("toast.already_corrected", {})
    reply = await replies.by_id(turn.session, asked.supersedes_id)
    row = await rounds.by_id(turn.session, reply.round_id) if reply and reply.round_id else None
    if row is not None and turn.today > row.papers_on and not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        return _Over("toast.papers_are_out", {"on": row.papers_on})
    return None


def _say_over(turn: Turn, measure: Measure, over: _Over) -> None:
    turn.toast(over.sentence, alert=True, **over.data)
    if over.mine is not None:
        keyboard = _fix_keyboard(turn, over.mine)
        turn.say("status.answered_by_you", measure=measure, reply=over.mine, keyboard=keyboard)


async def _put_off(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Senere": the question stays open, and the one after it is offered. Words that wait for a measure still do."""
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind == KIND:
        await dialogues.end(turn.session, turn.person_id)
    left = 0 if asked.on_behalf or asked.supersedes_id else len(await _questions(turn)) - asked.skipped - 1
    keyboard = ((turn.button("next", asked.next(answered=False), left=left),),) if left > 0 else ()
    waits = bool(asked.request_id) and not asked.on_behalf
    turn.edit("status.later", measure=measure, waits=waits, keyboard=keyboard)


async def _go_back(turn: Turn, _measure: Measure, asked: Asked) -> None:
    questions = await _questions(turn) if asked.request_id and not asked.on_behalf else ()
    await ask(turn, asked, total=asked.done + len(questions), edit=True)


async def _take_status(turn: Turn, measure: Measure, asked: Asked, status: Status) -> None:
    if _is_never(measure, status):
        turn.toast("toast.never_done", alert=True)
        return
    words = await _loose_words_of(turn, asked)
    if words is not None:
        await _store(turn, measure, asked, status, words)
        return
    chosen = replace(asked, status=status.value)
    await dialogues.begin(turn.session, turn.person_id, KIND, asdict(chosen), turn.at)
    buttons = [] if status.needs_reason else [turn.button("without_comment", asked.press(WITHOUT_COMMENT))]
    buttons.append(turn.button("back", asked.press(BACK)))
    turn.edit("status.comment", keyboard=rows_of(buttons), measure=measure, status=status.value)


async def _take_unchanged(turn: Turn, measure: Measure, asked: Asked) -> None:
    last = await _latest(turn, asked)
    if last is None:
        turn.toast("toast.unknown_button", alert=True)
    elif _is_never(measure, Status(last.status)):
        turn.toast("toast.never_done", alert=True)
    else:
        words = await _loose_words_of(turn, asked)
        await _store(turn, measure, asked, Status(last.status), words or last.comment)


async def _take_without_comment(turn: Turn, measure: Measure, asked: Asked) -> None:
    chosen = Asked.of_dialogue(await dialogues.of_person(turn.session, turn.person_id))
    if chosen is None or chosen.status is None or replace(chosen, status=None) != asked:
        await _go_back(turn, measure, asked)
    elif Status(chosen.status).needs_reason:
        turn.toast("toast.reason_needed", alert=True)
    else:
        await _store(turn, measure, chosen, Status(chosen.status), None)


OTHER_PRESSES: dict[str, Callable[[Turn, Measure, Asked], Awaitable[None]]] = {
    UNCHANGED: _take_unchanged,
    LATER: _put_off,
    WITHOUT_COMMENT: _take_without_comment,
    BACK: _go_back,
}


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A comment was written: it completes the answer, unless the question was settled meanwhile."""
    asked = Asked.of_dialogue(dialogue)
    assert asked is not None
    assert asked.status is not None
    measure = await measures.by_id(turn.session, asked.measure_id)
    if measure is None or not await _may_answer(turn, measure, asked):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("status.cannot_answer_any_more")
    elif over := await _over(turn, measure, asked):
        await dialogues.end(turn.session, turn.person_id)
        command = "registrer" if asked.on_behalf else "status"
        turn.say("status.not_stored", why=turn.word(over.sentence, **over.data), command=command, ref=measure.ref)
    else:
        await _store(turn, measure, asked, Status(asked.status), text)


async def _store(turn: Turn, measure: Measure, asked: Asked, status: Status, comment: str | None) -> None:
    """Store the answer, close what was asked, and say what was stored and what comes next."""
    assert measure.owner_id is not None
    row = await rounds.open_of_plan(turn.session, measure.plan_id)
    corrected = await replies.by_id(turn.session, asked.supersedes_id) if asked.supersedes_id else None
    reply = replies.add(
        turn.session,
        measure_id=asked.measure_id,
        unit_id=corrected.unit_id if corrected else measure.owner_id,
        author_id=turn.person_id,
        status=status,
        comment=comment,
        at=turn.at,
        on_behalf=asked.on_behalf,
        round_id=corrected.round_id if corrected else (row.id if row else None),
        supersedes_id=asked.supersedes_id or None,
        inbox_id=turn.inbox_id,
    )
    await turn.session.flush()
    if corrected and Status(corrected.status).closes and not status.closes:
        await answers.reopen_due_dates(turn.session, asked.measure_id, turn.at, turn.house.hours)
    await answers.take_answer(turn.session, asked.measure_id, status, turn.at, turn.house.hours)
    await proposals.take_reply(turn.session, reply, None, turn.at, turn.house.hours)
    await dialogues.end(turn.session, turn.person_id)
    await _confirm(turn, measure, reply, asked)


async def _confirm(turn: Turn, measure: Measure, reply: StatusReply, asked: Asked) -> None:
    questions = () if asked.on_behalf else await _questions(turn)
    keyboard = _fix_keyboard(turn, reply)
    left = len(questions) - asked.skipped
    if left > 0:
        keyboard = (*keyboard, (turn.button("next", asked.next(answered=True), left=left),))
    turn.show(
        "status.stored",
        keyboard=keyboard,
        measure=measure,
        reply=reply,
        unit=await _unit_name(turn, measure) if asked.on_behalf else None,
        corrected=bool(asked.supersedes_id),
    )
    if not questions and not asked.on_behalf and not asked.supersedes_id:
        await _say_done(turn, measure)


async def _say_done(turn: Turn, measure: Measure) -> None:
    """After the last answer: that it was the last, until when it can be corrected, and what happens next."""
    row = await rounds.open_of_plan(turn.session, measure.plan_id)
    turn.say("status.all_done", round=row, leader_title=turn.house.leader_title, today=turn.today)


def _fix_keyboard(turn: Turn, reply: StatusReply) -> Keyboard:
    return ((turn.button("fix", f"fx:{id_of(reply)}"),),)


async def fix(turn: Turn, data: str) -> None:
    """ "Rett" under a stored answer: the question again; what is answered then supersedes."""
    reply_id = number(data)
    reply = await replies.by_id(turn.session, reply_id) if reply_id else None
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    if reply is None or measure is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    asked = Asked(reply.measure_id, supersedes_id=id_of(reply), on_behalf=reply.on_behalf)
    if not await _may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
    elif over := await _over(turn, measure, asked):
        _say_over(turn, measure, over)
    else:
        await ask(turn, asked)


async def ask_about_words(turn: Turn, dialogue: Dialogue, asked: Asked) -> None:
    """The question about the measure that loose words are about, in place of the choice of measures."""
    measure = await measures.by_id(turn.session, asked.measure_id)
    if measure is None or not await _belongs_together(turn, asked):
        turn.toast("toast.unknown_button", alert=True)
    elif not await _may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
    elif over := await _over(turn, measure, asked):
        _say_over(turn, measure, over)
    else:
        dialogue.data = {**dialogue.data, "measure_id": asked.measure_id}
        await ask(turn, asked, edit=True)


async def _loose_words_of(turn: Turn, asked: Asked) -> str | None:
    """Words that wait for a status: those that are about this measure, or about none yet."""
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is None or dialogue.kind != LOOSE:
        return None
    if dialogue.data.get("measure_id") not in {None, asked.measure_id}:
        return None
    text = dialogue.data["text"]
    assert isinstance(text, str)
    return text


async def _unit_name(turn: Turn, measure: Measure) -> str | None:
    units = (await directory.read(turn.session)).units
    return units[measure.owner_id].name if measure.owner_id else None
