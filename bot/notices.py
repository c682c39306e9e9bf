"""What a row of the outbox says where its text is made of what is true when it goes out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from bot.answers import Button, Keyboard
from scheduler import digest
from storage import nags
from storage.tables import OutboxRow, Person


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
    text = templates.chat.say(
        "from_office.nag", language=person.language, name=person.name, questions=questions, today=today
    )
    label = templates.words.say("button.answer_now", language=person.language, count=len(questions))
    return Notice(text, ((Button(label, "nx:0:0"),),))


COMPOSED: dict[str, Compose] = {nags.NOTICE: nag}
"""By the part of a row's kind before the colon; every other kind is a sentence of `templates/chat/notice.j2`."""
