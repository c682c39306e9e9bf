"""What a row of the outbox says where its text is made of what is true when it goes out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from bot.answers import Button, Keyboard
from bot.dialogues.plan_buttons import DROP, SUMMARY, data_of
from bot.turn import shorten
from scheduler import digest, round_changes
from storage import nags, plan_imports, question_backs, replies
from storage.tables import Measure, OutboxRow, Person, Plan, Round, StatusReply, Unit


@dataclass(frozen=True)
class Notice:
    """A text in Telegram's HTML and the buttons under it."""

    text: str
    keyboard: Keyboard = ()


Compose = Callable[[AsyncSession, OutboxRow, Person, date], Awaitable[Notice | None]]


async def nag(session: AsyncSession, row: OutboxRow, person: Person, today: date) -> Notice | None:
    """The office asks for an answer; of what it named, only what is still open and the person's to answer."""
    questions = tuple(
        question
        for question in await digest.questions_of(session, row.person_id, today)
        if question.request_id in row.data["requests"] or question.question_id in row.data["questions"]
    )
    if not questions:
        return None
    text = templates.chat.say("from_office.nag", language=person.language, questions=questions, today=today)
    label = templates.words.say("button.answer_now", language=person.language, count=len(questions))
    return Notice(text, ((Button(label, "nx:0:0"),),))


async def question_back(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """What the office asks about an answer, while it still waits."""
    asked = await question_backs.by_id(session, int(row.kind.partition(":")[2]))
    if asked is None or asked.closed_at is not None:
        return None
    measure = await session.get_one(Measure, asked.measure_id)
    text = templates.chat.say(
        "from_office.question_back",
        language=person.language,
        measure=measure,
        reply=await session.get_one(StatusReply, asked.reply_id),
        text=asked.text,
    )
    label = templates.words.say("button.answer_back", language=person.language)
    return Notice(text, ((Button(label, f"an:{asked.measure_id}"),),))


async def answered_back(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The answer to what somebody of the office asked; not to whoever wrote it down themselves."""
    asked = await question_backs.by_id(session, int(row.kind.partition(":")[2]))
    reply = next(iter(await replies.of_measure(session, asked.measure_id)), None) if asked else None
    if asked is None or reply is None or reply.author_id == row.person_id:
        return None
    measure = await session.get_one(Measure, asked.measure_id)
    unit = await session.get_one(Unit, reply.unit_id)
    text = templates.chat.say(
        "from_office.answered_back",
        language=person.language,
        measure=measure,
        unit=unit.name,
        reply=reply,
        text=asked.text,
    )
    ask_back = Button(templates.words.say("button.ask_back", language=person.language), f"sb:{reply.id}")
    return Notice(text, ((ask_back,),))


async def round_moved(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The new days of a round; nothing where they have moved again since, or it is over."""
    _, round_id, reply_by, meeting_on, _time = row.kind.split(":")
    found = await session.get(Round, int(round_id))
    if found is None or found.state != "open":
        return None
    if (found.reply_by.isoformat(), found.meeting_on.isoformat()) != (reply_by, meeting_on):
        return None
    plan = await session.get_one(Plan, found.plan_id)
    return Notice(templates.chat.say("from_office.round_moved", language=person.language, plan=plan, round=found))


async def round_over(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The office has ended a round in which the person had something to answer."""
    found = await session.get(Round, int(row.kind.partition(":")[2]))
    if found is None:
        return None
    plan = await session.get_one(Plan, found.plan_id)
    return Notice(templates.chat.say("from_office.round_over", language=person.language, plan=plan, round=found))


async def plan_waiting(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """A review of a plan document that was left open, while it still is."""
    found = await plan_imports.by_id(session, int(row.kind.partition(":")[2]))
    if found is None or found.state != "open" or not person.is_admin:
        return None
    left = len((await plan_imports.review_of(session, found)).undecided)
    text = templates.chat.say(
        "notice.plan_waiting", language=person.language, file=shorten(found.file_name), at=found.begun_at, left=left
    )
    labels = (("plan_go_on", SUMMARY), ("plan_drop", DROP))
    return Notice(
        text,
        (
            tuple(
                Button(templates.words.say(f"button.{label}", language=person.language), data_of(code, found))
                for label, code in labels
            ),
        ),
    )


COMPOSED: dict[str, Compose] = {
    nags.NOTICE: nag,
    question_backs.NOTICE: question_back,
    question_backs.ANSWERED: answered_back,
    round_changes.MOVED: round_moved,
    round_changes.OVER: round_over,
    plan_imports.NOTICE: plan_waiting,
}
"""By the part of a row's kind before the colon; every other kind is a sentence of `templates/chat/notice.j2`."""
