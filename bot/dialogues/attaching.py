"""Files and photos that are sent: which answer they go with, and what is said when they are kept.

What is sent while an answer is being made waits for it, and is stored with it. It is fetched after the commit.
"""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from telegram import Message

from bot.answers import Answer
from bot.commands import plan_import
from bot.dialogues import draft as drafts
from bot.dialogues import loose_words, question, reading_back, summary
from bot.dialogues.asked import Asked
from bot.dialogues.draft import NO_MEASURE, Draft, HeldFile, Part
from bot.dialogues.still_open import may_answer, why_over, why_settled
from bot.files.checking import MAX_BYTES, Checked, Problem
from bot.files.drafts import is_named_as_ours
from bot.files.fetching import NotKept
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from storage import attachments, inbox, measures, replies
from storage.ids import id_of
from storage.people import Role
from storage.tables import Attachment, Measure

MAX_FILE_NAME = 255
PLAN_ENDINGS = {".docx", ".pdf", ".xlsx", ".csv"}
ONLY_PLANS = {".yaml", ".yml"}
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class _Target:
    """What a file goes with: a stored answer, or the one in the making about a measure (`asked`).

    `is_said`: the person has said so, by replying or by pressing "Legg ved", or there is nothing else it can be.
    `is_new`: the question has not been put yet.
    """

    asked: Asked
    reply_id: int | None = None
    is_said: bool = False
    is_new: bool = False


async def received(turn: Turn, _words: str) -> None:
    """A photo or a document.

    A Word draft of a report is read back, unless it was sent for an answer. Another document of an admin's outside an
    answer is a plan to import; where it may be either, we ask.
    """
    file = _sent(turn.message)
    target = await _target(turn)
    if reading_back.may_be_draft(turn, file) and _is_for_no_answer(file, target):
        reading_back.begin(turn, file)
    elif not _may_be_plan(turn):
        await _begin(turn, file, target)
    elif target is None or PurePosixPath(file.name).suffix.lower() in ONLY_PLANS:
        await plan_import.received(turn, "")
    elif target.is_said or PurePosixPath(file.name).suffix.lower() not in PLAN_ENDINGS:
        await _begin(turn, file, target)
    else:
        await _ask_what_it_is(turn, file, target)


def _is_for_no_answer(file: HeldFile, target: _Target | None) -> bool:
    """Whether nobody said that a document goes with an answer, and no answer is being made that it could be for."""
    return target is None or (is_named_as_ours(file.name) and not (target.is_said and not target.is_new))


def _may_be_plan(turn: Turn) -> bool:
    return turn.message.document is not None and turn.is_one_of(Role.ADMIN)


def _sent(message: Message) -> HeldFile:
    """The file of a message. Of a photo Telegram keeps several sizes, the largest last; it has no name."""
    caption = (message.caption or "").strip()
    if message.document is not None:
        name = (message.document.file_name or "")[-MAX_FILE_NAME:]
        size = message.document.file_size or 0
        return HeldFile(message.document.file_id, name, size, message.message_id, caption, message.media_group_id)
    photo = message.photo[-1]
    return HeldFile(photo.file_id, "", photo.file_size or 0, message.message_id, caption, message.media_group_id)


async def _target(turn: Turn) -> _Target | None:
    pointed = _pointed_at(turn.message.reply_to_message)
    if pointed is not None and (target := await _pointed_target(turn, *pointed)):
        return target
    draft = await drafts.current(turn)
    if draft is None:
        return await _only_question(turn)
    if draft.files_to:
        return await _stored_target(turn, draft.files_to)
    return _Target(draft.asked) if draft.asked.measure_id else None


async def _only_question(turn: Turn) -> _Target | None:
    """The one open question is what a file is about; an admin's document only in reply to the message that asks it."""
    questions = await question.questions_of(turn)
    if len(questions) != 1 or (_may_be_plan(turn) and not _asks(turn.message.reply_to_message)):
        return None
    return _Target(Asked.of_question(questions[0]), is_said=True, is_new=True)


def _asks(message: Message | None) -> bool:
    """Whether a message of ours has the button that begins answering."""
    rows = message.reply_markup.inline_keyboard if message and message.reply_markup else ()
    return any(str(button.callback_data or "").startswith("nx:") for row in rows for button in row)


def _pointed_at(message: Message | None) -> tuple[str, str] | None:
    """The kind and data of the first button that tells what a message of ours was about."""
    if message is None or message.reply_markup is None:
        return None
    for row in message.reply_markup.inline_keyboard:
        for button in row:
            kind, _, data = str(button.callback_data or "").partition(":")
            if kind in {"st", "fx"}:
                return kind, data
    return None


async def _pointed_target(turn: Turn, kind: str, data: str) -> _Target | None:
    if kind == "fx":
        reply_id = number(data)
        return await _stored_target(turn, reply_id) if reply_id else None
    parsed = Asked.of_press(data)
    return _Target(parsed[1], is_said=True) if parsed else None


async def _stored_target(turn: Turn, reply_id: int) -> _Target | None:
    """The answer, or the newest correction of it."""
    reply = await replies.by_id(turn.session, reply_id)
    while reply is not None and (correction := await replies.correction_of(turn.session, id_of(reply))):
        reply = correction
    if reply is None:
        return None
    asked = Asked.of_reply(reply)
    return _Target(asked, reply_id=id_of(reply), is_said=True)


async def _ask_what_it_is(turn: Turn, file: HeldFile, target: _Target) -> None:
    measure = await measures.by_id(turn.session, target.asked.measure_id)
    draft = await drafts.current(turn)
    assert measure is not None
    assert draft is not None
    await drafts.keep(turn, replace(draft, held=file))
    buttons = [turn.button("is_attachment", "at:va:0"), turn.button("is_plan", "at:pl:0")]
    turn.say("attachments.plan_or_not", file=shorten(file.name), measure=measure, keyboard=rows_of(buttons))


async def take_held(turn: Turn, *, as_plan: bool) -> None:
    """What a document was meant as."""
    draft = await drafts.current(turn)
    if draft is None or draft.held is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    file = draft.held
    await drafts.keep(turn, replace(draft, held=None))
    if not as_plan:
        turn.edit("attachments.fetching", file=shorten(file.name))
        await _begin(turn, file, _Target(draft.asked))
    elif turn.is_one_of(Role.ADMIN):
        turn.edit("attachments.is_a_plan", file=shorten(file.name))
        await plan_import.take(turn, file.file_id, file.name, file.size, file.message_id)
    else:
        turn.toast("toast.not_yours", alert=True)


async def _begin(turn: Turn, file: HeldFile, target: _Target | None) -> None:
    """Keep what was written under a file, and have it fetched; or say why it cannot go with an answer."""
    if target is None:
        await _begin_without_measure(turn, file)
        return
    measure = await measures.by_id(turn.session, target.asked.measure_id)
    if measure is None or not await may_answer(turn, measure, target.asked):
        turn.say("status.cannot_answer_any_more", text=file.caption)
    elif over := await (why_settled if target.reply_id else why_over)(turn, measure, target.asked):
        turn.say("attachments.not_kept", why=turn.word(over.sentence, **over.data), file=_named(turn, file.name))
    elif await _is_possible(turn, file, target.asked.measure_id, target.reply_id):
        if file.caption and target.reply_id is None:
            await _keep_words(turn, target.asked, file)
        elif target.is_new:
            await question.ask(turn, target.asked)
        _fetch(turn, file, target.asked.measure_id, target.reply_id)
        if file.caption and target.reply_id is not None:
            turn.say("attachments.caption_not_kept")


async def _begin_without_measure(turn: Turn, file: HeldFile) -> None:
    if not await question.questions_of(turn):
        turn.say("attachments.nothing_to_answer" if turn.is_one_of(Role.LEADER) else "conversation.not_text")
        return
    if await _is_possible(turn, file, None, None):
        waiting = await drafts.everything(turn)
        mine = next((each for each in waiting if each.is_loose), Draft(NO_MEASURE))
        if file.caption:
            mine = mine.with_words(Part(file.caption, file.message_id))
        await drafts.keep(turn, mine.before([each for each in waiting if not each.is_loose]))
        _fetch(turn, file, None, None)


async def _keep_words(turn: Turn, asked: Asked, file: HeldFile) -> None:
    """What is written under a file is a part of the comment."""
    draft = await drafts.about(turn, asked) or Draft(asked)
    await drafts.keep(turn, replace(draft.with_words(Part(file.caption, file.message_id)), asks_deadline=False))


async def _is_possible(turn: Turn, file: HeldFile, measure_id: int | None, reply_id: int | None) -> bool:
    if file.size > MAX_BYTES:
        turn.say(f"attachments.{Problem.TOO_LARGE.value}", file=_named(turn, file.name), most=MAX_BYTES // MEGABYTE)
        return False
    if len(await attachments.gathered(turn.session, turn.person_id, measure_id, reply_id)) >= attachments.MOST:
        _say_too_many(turn, file.name)
        return False
    return True


def _say_too_many(turn: Turn, name: str) -> None:
    turn.say("attachments.too_many", file=_named(turn, name), most=attachments.MOST)


def _named(turn: Turn, name: str) -> str:
    """A file as it is spoken of: a photo has no name."""
    return shorten(name) or turn.word("file.photo_alone")


def _fetch(turn: Turn, file: HeldFile, measure_id: int | None, reply_id: int | None) -> None:
    turn.answers.append(
        Answer(
            "attach",
            file_id=file.file_id,
            file_name=file.name,
            message_id=file.message_id,
            measure_id=measure_id,
            reply_id=reply_id,
            group=file.group,
        )
    )


async def has_been_fetched(turn: Turn, answer: Answer, found: Checked | NotKept) -> None:
    """Keep a file and say what it goes with; one that this update has brought already is not kept twice."""
    if turn.person is None or await attachments.of_update(turn.session, turn.inbox_id) is not None:
        return
    if isinstance(found, NotKept):
        _say_not_kept(turn, answer, found)
        return
    gathered = await attachments.gathered(turn.session, turn.person_id, answer.measure_id, answer.reply_id)
    number_of = len(gathered) + 1
    name = found.name or f"{turn.word('file.photo', number=number_of)}.{_ending(found)}"
    if number_of > attachments.MOST:
        _say_too_many(turn, name)
    elif attachments.holds(gathered, found.content):
        turn.say("attachments.twice", file=shorten(name))
    elif answer.reply_id and await replies.has_been_corrected(turn.session, answer.reply_id):
        turn.say("attachments.not_kept", why=turn.word("toast.already_corrected"), file=shorten(name))
    else:
        kept = await attachments.add(
            turn.session,
            person_id=turn.person_id,
            measure_id=answer.measure_id,
            reply_id=answer.reply_id,
            inbox_id=turn.inbox_id,
            name=name,
            media_type=found.media_type,
            content=found.content,
            at=turn.at,
        )
        assert kept is not None
        if found.may_tell_place:
            turn.say("attachments.may_tell_place", file=shorten(name))
    if not (answer.group and await inbox.more_of_group(turn.session, turn.inbox_id, answer.group)):
        await _say_where(turn, answer)


def _ending(found: Checked) -> str:
    return {"image/jpeg": "jpg", "image/png": "png", "image/heic": "heic"}.get(
        found.media_type, found.media_type.rpartition("/")[2]
    )


def _say_not_kept(turn: Turn, answer: Answer, found: NotKept) -> None:
    if found.code == Problem.HOLDS_IDENTITY_NUMBER:
        turn.answers.append(Answer("delete", message_id=answer.message_id))
    turn.say(f"attachments.{found.code}", file=_named(turn, answer.file_name or ""), most=MAX_BYTES // MEGABYTE)


async def _say_where(turn: Turn, answer: Answer) -> None:
    """What the files go with: a stored answer, the one in the making, which is shown again, or none yet."""
    if answer.measure_id is None:
        await loose_words.ask_which(turn)
        return
    measure = await measures.by_id(turn.session, answer.measure_id)
    assert measure is not None
    gathered = await attachments.gathered(turn.session, turn.person_id, answer.measure_id, answer.reply_id)
    draft = await drafts.current(turn)
    about_it = draft if draft and draft.asked.measure_id == answer.measure_id and not answer.reply_id else None
    if about_it is not None and about_it.status is not None:
        await summary.show(turn, about_it, below=True)
    else:
        _say_kept(turn, measure, gathered, stored=answer.reply_id is not None)
        if about_it is not None and about_it.parts:
            await question.ask(turn, about_it.asked)


def _say_kept(turn: Turn, measure: Measure, gathered: list[Attachment], *, stored: bool) -> None:
    keyboard = ((turn.button("attachments", f"at:li:{id_of(measure)}", count=len(gathered)),),)
    turn.say(
        "attachments.kept", measure=measure, names=[each.name for each in gathered], stored=stored, keyboard=keyboard
    )
