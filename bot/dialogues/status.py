"""The dialogue for one status: five buttons, a comment, "uendret", correct, next.

A question is one message whose buttons carry the measure and the request, so that it can be answered tomorrow, and
every press is checked again: buttons live on in old messages.
"""

from dataclasses import asdict, dataclass
from typing import Any

from bot.answers import Button, Keyboard
from bot.turn import Turn, rows_of, shorten
from plan.deadline import Kind
from plan.status import Status
from scheduler import answers, digest
from storage import dialogues, directory, measures, people, replies, rounds
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Measure, StatusReply, StatusRequest

KIND = "status"
LOOSE = "loose_words"
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


@dataclass(frozen=True)
class Asked:
    """What a dialogue is about: a measure, the request it answers (0: none), the reply it corrects (0: none).

    `done` and `skipped` count the questions of this sitting that were answered and put off: "2 av 5".
    """

    measure_id: int
    request_id: int = 0
    supersedes_id: int = 0
    on_behalf: bool = False
    done: int = 0
    skipped: int = 0
    status: str | None = None
    comment: str | None = None

    def press(self, code: str) -> str:
        """The data of a button: at most 51 bytes with ids of ten digits and counts of three."""
        numbers = (self.measure_id, self.request_id, self.supersedes_id, int(self.on_behalf), self.done, self.skipped)
        return f"st:{code}:{':'.join(map(str, numbers))}"

    @classmethod
    def of_press(cls, data: str) -> tuple[str, "Asked"]:
        """The code and what it is about, from a button's data. Raises `ValueError` for data we did not make."""
        code, *numbers = data.split(":")
        measure_id, request_id, supersedes_id, on_behalf, done, skipped = map(int, numbers)
        return code, cls(measure_id, request_id, supersedes_id, on_behalf == 1, done, skipped)

    def next(self, *, answered: bool) -> str:
        """The data of the button that leads on from here."""
        return f"nx:{self.skipped + (not answered)}:{self.done + answered}"


async def start(turn: Turn, words: str = "") -> None:
    """Ask the most pressing open question of the person, past those that were put off in this sitting."""
    skipped, _, done = words.partition(":")
    behind = int(skipped) if skipped.isdecimal() else 0
    answered = int(done) if done.isdecimal() else 0
    questions = await digest.questions_of(turn.session, turn.person_id, await directory.read(turn.session))
    if not questions:
        turn.say("status.nothing_open")
        return
    behind = behind if behind < len(questions) else 0
    question = questions[behind]
    asked = Asked(question.measure_id, question.request_id, done=answered, skipped=behind)
    await ask(turn, asked, total=answered + len(questions))


async def ask(turn: Turn, asked: Asked, *, total: int = 0, edit: bool = False) -> None:
    """Put the question about one measure; "1 av 5" where it is one of several."""
    measure = await measures.by_id(turn.session, asked.measure_id)
    assert measure is not None
    last = next(iter(await replies.of_measure(turn.session, asked.measure_id)), None)
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
        words=asked.comment,
    )


def _question_keyboard(turn: Turn, asked: Asked, measure: Measure, last: StatusReply | None) -> Keyboard:
    ongoing = measure.deadline.get("kind") == Kind.ONGOING
    choices = [
        turn.button(f"status_{status.value}", asked.press(code))
        for code, status in CODES.items()
        # An ongoing measure is confirmed each round; it is never finished.
        if not (ongoing and status is Status.DONE)
    ]
    more = []
    if last is not None and not asked.supersedes_id:
        more.append(turn.button("unchanged", asked.press(UNCHANGED), status=last.status))
    more.append(turn.button("later", asked.press(LATER)))
    return (*rows_of(choices), *rows_of(more))


async def pressed(turn: Turn, data: str) -> None:
    """A button of a question was pressed."""
    try:
        code, asked = Asked.of_press(data)
    except ValueError:
        turn.toast("toast.unknown_button", alert=True)
        return
    measure = await measures.by_id(turn.session, asked.measure_id)
    if measure is None or not await _may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
        return
    if await _is_over(turn, measure, asked):
        return
    if code == LATER:
        await _put_off(turn, measure, asked)
    elif code == BACK:
        await ask(turn, asked, edit=True)
    elif code == UNCHANGED:
        await _take_unchanged(turn, measure, asked)
    elif code == WITHOUT_COMMENT:
        await _take_without_comment(turn, measure, asked)
    elif code in CODES:
        await _take_status(turn, measure, asked, CODES[code])
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _put_off(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Senere": the question stays open, and the one after it is offered."""
    await dialogues.end(turn.session, turn.person_id)
    questions = await digest.questions_of(turn.session, turn.person_id, await directory.read(turn.session))
    left = 0 if asked.on_behalf or asked.supersedes_id else len(questions) - asked.skipped - 1
    keyboard = ((turn.button("next", asked.next(answered=False), left=left),),) if left > 0 else ()
    turn.edit("status.later", measure=measure, keyboard=keyboard)


async def _may_answer(turn: Turn, measure: Measure, asked: Asked) -> bool:
    if asked.on_behalf:
        return turn.is_one_of(Role.OFFICE, Role.ADMIN)
    mine = {unit.id for unit in await people.units_of(turn.session, turn.person_id)}
    return measure.owner_id in mine


async def _is_over(turn: Turn, measure: Measure, asked: Asked) -> bool:
    """Whether the question has been settled meanwhile; if so, the press is answered with who did, or what happened."""
    if measure.archived_at is not None:
        turn.toast("toast.archived", alert=True)
        return True
    if asked.supersedes_id:
        return await _correction_is_over(turn, asked)
    request = await turn.session.get(StatusRequest, asked.request_id) if asked.request_id else None
    if request is None or request.closed_at is None:
        return False
    if request.closed_because != "answered":
        turn.toast("toast.round_over", alert=True)
        return True
    latest = (await replies.of_measure(turn.session, asked.measure_id))[0]
    if latest.author_id == turn.person_id:
        turn.toast("toast.answered_by_you", alert=True)
        turn.say("status.answered_by_you", measure=measure, reply=latest, keyboard=_fix_keyboard(turn, latest))
    else:
        author = await people.by_id(turn.session, latest.author_id)
        assert author is not None
        turn.toast("toast.answered_by", alert=True, name=author.name, on=latest.at)
    return True


async def _correction_is_over(turn: Turn, asked: Asked) -> bool:
    if await replies.has_been_corrected(turn.session, asked.supersedes_id):
        turn.toast("toast.already_corrected", alert=True)
        return True
    reply = await replies.by_id(turn.session, asked.supersedes_id)
    row = await rounds.by_id(turn.session, reply.round_id) if reply and reply.round_id else None
    if row is not None and turn.today > row.papers_on and not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.toast("toast.papers_are_out", alert=True, on=row.papers_on)
        return True
    return False


async def _take_status(turn: Turn, measure: Measure, asked: Asked, status: Status) -> None:
    words = await _loose_words_of(turn, asked)
    if words is not None:
        await _store(turn, measure, asked, status, words)
        return
    chosen = Asked(**{**asdict(asked), "status": status.value})
    await dialogues.begin(turn.session, turn.person_id, KIND, asdict(chosen), turn.at)
    buttons = [] if status.needs_reason else [turn.button("without_comment", asked.press(WITHOUT_COMMENT))]
    buttons.append(turn.button("back", asked.press(BACK)))
    turn.edit("status.comment", keyboard=rows_of(buttons), measure=measure, status=status.value)


async def _take_unchanged(turn: Turn, measure: Measure, asked: Asked) -> None:
    last = next(iter(await replies.of_measure(turn.session, asked.measure_id)), None)
    if last is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    await _store(turn, measure, asked, Status(last.status), last.comment)


async def _take_without_comment(turn: Turn, measure: Measure, asked: Asked) -> None:
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    chosen = _asked_of(dialogue)
    if chosen is None or chosen.measure_id != asked.measure_id or chosen.status is None:
        await ask(turn, asked, edit=True)
    elif Status(chosen.status).needs_reason:
        turn.toast("toast.reason_needed", alert=True)
    else:
        await _store(turn, measure, chosen, Status(chosen.status), None)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A comment was written: it completes the answer."""
    asked = _asked_of(dialogue)
    assert asked is not None
    assert asked.status is not None
    measure = await measures.by_id(turn.session, asked.measure_id)
    if measure is None or not await _may_answer(turn, measure, asked) or measure.archived_at is not None:
        await dialogues.end(turn.session, turn.person_id)
        turn.say("status.cannot_answer_any_more")
        return
    if asked.supersedes_id and await replies.has_been_corrected(turn.session, asked.supersedes_id):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("status.cannot_answer_any_more")
        return
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
    await dialogues.end(turn.session, turn.person_id)
    await _confirm(turn, measure, reply, asked)


async def _confirm(turn: Turn, measure: Measure, reply: StatusReply, asked: Asked) -> None:
    questions: tuple[digest.Question, ...] = ()
    if not asked.on_behalf:
        questions = await digest.questions_of(turn.session, turn.person_id, await directory.read(turn.session))
    keyboard = _fix_keyboard(turn, reply)
    left = len(questions) - asked.skipped
    if left > 0:
        keyboard = (*keyboard, (turn.button("next", asked.next(answered=True), left=left),))
    say = turn.edit if turn.update.callback_query is not None else turn.say
    say(
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
    turn.say("status.all_done", round=row, leader_title=turn.house.leader_title)


def _fix_keyboard(turn: Turn, reply: StatusReply) -> Keyboard:
    return ((turn.button("fix", f"fx:{id_of(reply)}"),),)


async def fix(turn: Turn, data: str) -> None:
    """ "Rett" under a stored answer: the question again; what is answered then supersedes."""
    reply = await replies.by_id(turn.session, int(data)) if data.isdigit() else None
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    if reply is None or measure is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    asked = Asked(reply.measure_id, supersedes_id=id_of(reply), on_behalf=reply.on_behalf)
    if not await _may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
    elif not await _is_over(turn, measure, asked):
        await ask(turn, asked)


async def loose_words(turn: Turn, text: str) -> None:
    """Words outside a dialogue: asked which open measure they are about, so that no answer is lost."""
    questions = await digest.questions_of(turn.session, turn.person_id, await directory.read(turn.session))
    if not questions:
        turn.say("conversation.nothing_to_answer")
        return
    await dialogues.begin(turn.session, turn.person_id, LOOSE, {"text": text}, turn.at)
    buttons = [
        Button(shorten(f"{question.ref} {question.title}"), f"lo:{question.measure_id}:{question.request_id}")
        for question in questions[:20]
    ]
    turn.say("status.which_measure", keyboard=rows_of(buttons, 1))


async def loose_chosen(turn: Turn, data: str) -> None:
    """The measure that loose words are about was chosen: ask for its status; the words become the comment."""
    measure_id, _, request_id = data.partition(":")
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    measure = await measures.by_id(turn.session, int(measure_id)) if measure_id.isdigit() else None
    if measure is None or not request_id.isdigit() or dialogue is None or dialogue.kind != LOOSE:
        turn.toast("toast.unknown_button", alert=True)
        return
    asked = Asked(id_of(measure), int(request_id), comment=dialogue.data["text"])
    if not await _may_answer(turn, measure, asked):
        turn.toast("toast.not_yours", alert=True)
    elif not await _is_over(turn, measure, asked):
        dialogue.data = {**dialogue.data, "measure_id": asked.measure_id}
        await ask(turn, asked, edit=True)


async def _loose_words_of(turn: Turn, asked: Asked) -> str | None:
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is None or dialogue.kind != LOOSE or dialogue.data.get("measure_id") != asked.measure_id:
        return None
    text = dialogue.data["text"]
    assert isinstance(text, str)
    return text


def _asked_of(dialogue: Dialogue | None) -> Asked | None:
    if dialogue is None or dialogue.kind != KIND:
        return None
    data: dict[str, Any] = dialogue.data
    return Asked(**data)


async def _unit_name(turn: Turn, measure: Measure) -> str | None:
    units = (await directory.read(turn.session)).units
    return units[measure.owner_id].name if measure.owner_id else None
