"""Delivery of the outbox: claim a row, look once more whether it is still wanted, send it, write down what happened.

No transaction is open while Telegram is spoken to. A worker that dies between sending and writing it down leaves a
claim; another takes it over once, and the person is told that the message may have come before.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from bot.answers import Button, Keyboard, split
from bot.postman import Postman
from bot.telegram_errors import TransportError
from bot.turn import House
from scheduler import digest
from storage import outbox, people
from storage.database import Database
from storage.ids import id_of
from storage.tables import OutboxRow, Person

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


class Delivery:
    """Sends what is due in the outbox. `deliver_one()` is one step; a loop only repeats it."""

    def __init__(self, database: Database, postman: Postman, house: House, now: Callable[[], datetime]) -> None:
        self.database = database
        self.postman = postman
        self.house = house
        self.now = now

    async def deliver_one(self) -> bool:
        """Deliver, drop or postpone one message; False when nothing is due."""
        at = self.now()
        async with self.database.read() as session:
            if not await outbox.has_due(session, at):
                return False
        async with self.database.write() as session:
            row = await outbox.claim(session, at)
        if row is None:
            return True
        if not self.house.hours.is_open(at):
            await self._postpone(row, self.house.hours.next_open(at), "outside hours")
            return True
        async with self.database.read() as session:
            person = await people.by_id(session, row.person_id)
            text, keyboard = await self._compose(session, row, person, at) if _is_there(person) else ("", ())
        if not text or person is None or person.chat_id is None:
            async with self.database.write() as session:
                await outbox.dropped(session, id_of(row), "not wanted any more")
            return True
        await self._send(row, person, text, keyboard)
        return True

    async def _compose(
        self, session: AsyncSession, row: OutboxRow, person: Person | None, at: datetime
    ) -> tuple[str, Keyboard]:
        """The text of a row as of now, empty when there is nothing left to say."""
        assert person is not None
        if row.kind != outbox.DAILY:
            return templates.chat.say(f"notice.{row.kind.split(':')[0]}", language=person.language, **row.data), ()
        today = self.house.hours.local_date(at)
        found = await digest.of_person(session, row.person_id, today, self.house.hours.calendar)
        if not found:
            return "", ()
        text = templates.chat.say(
            "daily.message", language=person.language, name=person.name, digest=found, today=today, resent=row.resent
        )
        return text, _keyboard(person, len(found.questions))

    async def _send(self, row: OutboxRow, person: Person, text: str, keyboard: Keyboard) -> None:
        assert person.chat_id is not None
        *first, last = split(text)
        try:
            for part in first:
                await self.postman.message(person.chat_id, part)
            message_id = await self.postman.message(person.chat_id, last, keyboard)
        except TransportError as error:
            await self._not_sent(row, error)
            return
        async with self.database.write() as session:
            await outbox.sent(session, id_of(row), self.now(), message_id)

    async def _not_sent(self, row: OutboxRow, error: TransportError) -> None:
        """Try later where that can help, else give up and let a person see it."""
        log.warning("not delivered: %s", error.reason, extra={"action": "not_delivered", "row": row.id})
        at = self.now()
        if error.permanent or row.attempts >= outbox.MAX_ATTEMPTS:
            async with self.database.write() as session:
                await outbox.failed(session, id_of(row), error.reason)
                if error.gone:
                    await people.blocked(session, row.person_id, at)
                await outbox.tell_office(session, row, at, self.house.hours)
            return
        pause = error.wait or min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
        await self._postpone(row, at + pause, error.reason, resent=error.maybe_delivered)

    async def _postpone(self, row: OutboxRow, until: datetime, why: str, *, resent: bool = False) -> None:
        async with self.database.write() as session:
            await outbox.postponed(session, id_of(row), until, why, resent=resent or row.resent)


def _is_there(person: Person | None) -> bool:
    return person is not None and person.gone_at is None and person.blocked_at is None and person.chat_id is not None


def _keyboard(person: Person, questions: int) -> Keyboard:
    if not questions:
        return ()
    label = templates.words.say("button.answer_now", language=person.language, count=questions)
    return ((Button(label, "nx:0"),),)
