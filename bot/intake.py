"""Taking updates in: each is in the inbox before Telegram is told that we have it.

An update is confirmed by asking for those after it (https://core.telegram.org/bots/api#getupdates), so the next
question waits for the commit. The library's own updater confirms before handlers have run, and is not used.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.redaction import redact
from bot.telegram_errors import classify
from plan.workday import SendingHours
from scheduler import open_questions
from storage import directory, inbox, outbox, state, working_hours
from storage.database import Database
from storage.inbox import Received

KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
AT_ONCE = 100
POLL_SECONDS = 25
HEARD = "intake_heard"
NOTED_EVERY = timedelta(hours=1)
KEPT_BY_TELEGRAM = timedelta(hours=24)  # https://core.telegram.org/bots/api#getting-updates


class Intake:
    """Polls one bot's updates into the inbox. `poll()` is one step; a loop only repeats it.

    The offset is never taken from the largest stored number: Telegram may start its numbers afresh after a quiet
    week. A new process asks for everything that is unconfirmed, and what it has already is left alone.
    """

    def __init__(self, bot: Bot, database: Database, now: Callable[[], datetime], hours: SendingHours) -> None:
        self.bot = bot
        self.database = database
        self.now = now
        self.hours = hours
        self._offset: int | None = None
        self._noted_at: datetime | None = None

    async def poll(self, wait_seconds: int = POLL_SECONDS) -> int:
        """Ask once, for at most `wait_seconds`; returns how many updates were new. Raises `TransportError`."""
        try:
            updates = await self.bot.get_updates(
                offset=self._offset, limit=AT_ONCE, timeout=wait_seconds, allowed_updates=KINDS
            )
        except TelegramError as error:
            self._noted_at = None
            raise classify(error) from error
        new = await self.take([update.to_dict() for update in updates]) if updates else 0
        await self._note_heard()
        if updates:
            self._offset = updates[-1].update_id + 1
        return new

    async def take(self, updates: Sequence[dict[str, Any]]) -> int:
        """Write updates down; returns how many were new. Personal identity numbers are gone before that."""
        received = [Received(update["update_id"], _chat_id(update), redact(update)) for update in updates]
        async with self.database.write() as session:
            return await inbox.store(session, self.bot.id, received, self.now())

    async def _note_heard(self) -> None:
        """Remember, once an hour, that Telegram was heard; after a silence longer than it keeps updates, say so."""
        at = self.now()
        since = self._noted_at
        if since is not None and timedelta() <= at - since < NOTED_EVERY:
            return
        async with self.database.write() as session:
            stored = await state.get(session, HEARD)
            # While we kept asking nothing was lost, however far a simulated clock has leapt.
            # A clock that was set back so far says nothing of how long it was.
            if since is None and stored and abs(at - datetime.fromisoformat(stored["at"])) >= KEPT_BY_TELEGRAM:
                await self._tell_of_gap(session, at)
            await state.put(session, HEARD, {"at": at.isoformat()})
        self._noted_at = at

    async def _tell_of_gap(self, session: AsyncSession, at: datetime) -> None:
        """Everyone with an open question hears that what they wrote may not have arrived."""
        hours = await working_hours.read(session, self.hours)
        people = await directory.read(session)
        for person_id in people.people:
            if await open_questions.questions_of(session, person_id, self.hours.local_date(at)):
                await outbox.write_notice(session, person_id, "intake_gap", {}, at, hours)


def _chat_id(update: dict[str, Any]) -> int | None:
    """The chat an update belongs to: updates of one chat are handled in their order."""
    for part in (*(update.get(kind) for kind in KINDS), (update.get(Update.CALLBACK_QUERY) or {}).get("message")):
        if part and (chat := part.get("chat")):
            chat_id = chat["id"]
            assert isinstance(chat_id, int)
            return chat_id
    return None
