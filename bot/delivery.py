"""Delivery of the outbox: claim a row, look once more whether it is still wanted, send it, write down what happened.

No transaction is open while Telegram is spoken to. A worker that dies between sending and writing it down leaves a
claim; another takes it over once, and the person is told that the message may have come before.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from bot import outgoing
from bot.answers import Keyboard
from bot.long_text import split
from bot.notices import REST, compose
from bot.postman import Postman
from bot.telegram_errors import TransportError
from bot.turn import House
from report import approval
from report.compile import Masthead
from scheduler import digest
from storage import absences, outbox, people, report_texts, reports, rounds, told
from storage.audit import SCHEDULER
from storage.database import Database
from storage.ids import id_of
from storage.tables import OutboxRow, Plan

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class _Message:
    """What a row says as of `made_at`: where to, in which parts, and the buttons under the last.

    `welcomes`: it tells somebody who was away what happened meanwhile. `edited`: the report texts it tells of.
    `told`: what is to be kept of what it tells (`storage.told`). `report_id`: the report that goes with it.
    `goes_on`: parts of it have gone out already.
    """

    chat_id: int
    parts: list[str]
    made_at: datetime
    keyboard: Keyboard = ()
    welcomes: bool = False
    edited: tuple[int, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)
    report_id: int | None = None
    goes_on: bool = False

    def rest(self, number: int, day: date) -> dict[str, Any]:
        """What is kept of it on a day when the parts from a number on have not gone out."""
        begun = _Begun(day, self.made_at, self.parts[number:], self.welcomes, self.edited, self.report_id)
        return self.told | {REST: begun.as_data()}


@dataclass(frozen=True)
class _Begun:
    """A message of which parts have gone out: the others, and what all of them tell.

    The others go out on the same day alone. On another day the message is made anew, and whole: by then there may be
    more to say, and what is no longer true is not said.
    """

    day: date
    made_at: datetime
    parts: list[str]
    welcomes: bool
    edited: tuple[int, ...]
    report_id: int | None

    @classmethod
    def of(cls, row: OutboxRow) -> "_Begun | None":
        """What is kept of a message; None for one of which nothing has gone out."""
        kept = row.data.get(REST)
        if kept is None:
            return None
        if isinstance(kept, list):  # from before more than the parts was kept
            return cls(row.day, row.written_at, kept, welcomes=False, edited=(), report_id=None)
        made_at = datetime.fromisoformat(kept["made_at"])
        day, edited = date.fromisoformat(kept["day"]), tuple(kept["edited"])
        return cls(day, made_at, kept["parts"], kept["welcomes"], edited, kept["report_id"])

    def as_data(self) -> dict[str, Any]:
        return asdict(self) | {"day": self.day.isoformat(), "made_at": self.made_at.isoformat()}

    def message(self, chat_id: int, keyboard: Keyboard, told: dict[str, Any]) -> _Message:
        """The parts that are left."""
        return _Message(
            chat_id, self.parts, self.made_at, keyboard, self.welcomes, self.edited, told, self.report_id, goes_on=True
        )


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
            await self.house.refresh(session)
            row = await outbox.claim(session, at, self.house.hours)
        if row is None:
            return True
        if not self.house.hours.is_open(at):
            await self._postpone(row, self.house.hours.next_open(at), "outside hours")
            return True
        try:
            await self._deliver(row, at)
        except DBAPIError:
            raise
        except Exception as error:
            # A message that cannot be made is given up in the end, instead of being claimed for ever.
            log.error("not made: %s", type(error).__name__, extra={"action": "not_made", "row": row.id})
            await self._not_sent(row, TransportError(type(error).__name__))
        return True

    async def _deliver(self, row: OutboxRow, at: datetime) -> None:
        today = self.house.hours.local_date(at)
        if row.kind.partition(":")[0] == reports.NOTICE:
            await self._make_draft(row, at)
        async with self.database.read() as session:
            back_on = await absences.back_on(session, row.person_id, today, self.house.hours.calendar)
            message = await self._compose(session, row, at) if back_on is None else None
        if back_on is not None and row.kind != outbox.DAILY:
            # Of the daily message nothing is lost: what is open is in the one that welcomes the person back.
            opens = datetime.combine(back_on, self.house.hours.opens, self.house.hours.zone)
            await self._postpone(row, self.house.hours.next_open(opens), "away")
            return
        if message is None:
            async with self.database.write() as session:
                await outbox.dropped(session, id_of(row), "not wanted any more")
            return
        await self._send(row, message)

    async def _make_draft(self, row: OutboxRow, at: datetime) -> None:
        """The draft of a round's report as of now, before it is told of; nothing where one is approved already."""
        masthead = Masthead(self.house.leader_title, self.house.language, self.house.brand)
        async with self.database.write() as session:
            found = await rounds.by_id(session, int(row.kind.partition(":")[2]))
            plan = await session.get(Plan, found.plan_id) if found else None
            if found is not None and plan is not None:
                await approval.current(session, plan, found.year, at, self.house.hours, masthead, SCHEDULER)

    async def _compose(self, session: AsyncSession, row: OutboxRow, at: datetime) -> _Message | None:
        """What a row says as of now; None when there is nothing left to say, or nobody to say it to."""
        person = await people.by_id(session, row.person_id)
        if person is None or person.chat_id is None or person.gone_at is not None or person.blocked_at is not None:
            return None
        keyboard: Keyboard = ()
        welcomes = False
        edited: tuple[int, ...] = ()
        keep: dict[str, Any] = {}
        report_id = None
        if row.kind == outbox.DAILY:
            today = self.house.hours.local_date(at)
            found = await digest.of_person(session, row.person_id, today, self.house.hours.calendar)
            if not found:
                return None
            text, keyboard = outgoing.daily(person, found, today, full=False)
            welcomes = found.back is not None
            edited = tuple(each.text_id for each in found.edited)
            keep = found.told
        else:
            notice = await compose(session, row, person, self.house.hours.local_date(at), full=False)
            if notice is None:
                return None
            text, keyboard, report_id = notice.text, notice.keyboard, notice.report_id
        begun = _Begun.of(row)
        if begun is not None and begun.day == self.house.hours.local_date(at):
            return begun.message(person.chat_id, keyboard, told.of(row))
        if row.resent or begun is not None:
            text = f"{templates.chat.say('notice.resent', language=person.language)}\n\n{text}"
        return _Message(person.chat_id, split(text), at, keyboard, welcomes, edited, keep, report_id)

    async def _send(self, row: OutboxRow, message: _Message) -> None:
        last = len(message.parts) - 1
        message_id = 0
        for number, part in enumerate(message.parts):
            try:
                if number == last and message.report_id is not None:
                    message_id = await self.postman.report(message.chat_id, message.report_id, part, message.keyboard)
                    continue
                message_id = await self.postman.message(
                    message.chat_id, part, message.keyboard if number == last else ()
                )
            except TransportError as error:
                rest = message.rest(number, self.house.hours.local_date(self.now())) if number else None
                await self._not_sent(row, error, rest=rest)
                return
        at = self.now()
        async with self.database.write() as session:
            # Of a message that has gone out no words are kept.
            kept = message.told or ({name: value for name, value in row.data.items() if name != REST})
            await outbox.sent(session, id_of(row), at, message_id, kept)
            if row.kind == outbox.DAILY and message.goes_on:
                # What has come since its first part is in none of its parts.
                await outbox.write_daily(session, [row.person_id], at, self.house.hours)
            if message.edited:
                await report_texts.told(session, message.edited, message.made_at, at)
            if message.welcomes:
                await absences.welcomed(session, row.person_id, self.house.hours.local_date(at), at)

    async def _not_sent(self, row: OutboxRow, error: TransportError, rest: dict[str, Any] | None = None) -> None:
        """Try later where that can help, else give up and let a person see it. `rest`: the parts still to be sent, and
        what all of them tell.
        """
        log.warning("not delivered: %s", error.reason, extra={"action": "not_delivered", "row": row.id})
        at = self.now()
        given_up = error.wait is None and row.attempts >= outbox.MAX_ATTEMPTS
        if error.permanent or given_up:
            async with self.database.write() as session:
                await outbox.failed(session, id_of(row), error.reason)
                if error.gone:
                    await people.blocked(session, row.person_id, at)
                await outbox.tell_office(session, row, at, self.house.hours)
            return
        pause = error.wait or min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 10), LONGEST_PAUSE)
        await self._postpone(row, at + pause, error.reason, resent=error.maybe_delivered, rest=rest)

    async def _postpone(
        self, row: OutboxRow, until: datetime, why: str, *, resent: bool = False, rest: dict[str, Any] | None = None
    ) -> None:
        async with self.database.write() as session:
            await outbox.postponed(session, id_of(row), until, why, resent=resent or row.resent)
            if rest is not None:
                # What has been seen is not sent again: the next attempt goes on where this one stopped.
                stored = await session.get(OutboxRow, row.id)
                if stored is not None:  # whoever has been erased meanwhile has no messages
                    stored.data = row.data | rest
