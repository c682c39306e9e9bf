"""The queue of updates of one bot, and who may read it.

Source: https://core.telegram.org/bots/api#getting-updates; the numbers that page does not give are those of Telegram's
own server (tdlib/telegram-bot-api, Client.cpp and td/db/TQueue.cpp). An update is kept until an offset above its id
confirms it, 24 hours at the most, a press of a button 150 seconds. One reader at a time: a second `getUpdates` ends the
first with a 409.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.answers import ApiError
from emulator.changes import Changes

KEPT = timedelta(hours=24)
PRESS_KEPT = timedelta(seconds=150)
# An offset further ahead than this is taken for one from before the ids were restarted, and confirms nothing.
OFFSET_AHEAD = 10
FIRST_ID = 500_000_001
LONGEST_POLL_SECONDS = 50
TERMINATED_BY_READER = "terminated by other getUpdates request; make sure that only one bot instance is running"
TERMINATED_BY_WEBHOOK = "terminated by setWebhook request"
# Telegram sends these only to a bot that asks for them.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its id, kind ("message", "callback_query" …), content and until when it is kept."""

    update_id: int
    kind: str
    content: dict[str, Any]
    kept_until: datetime

    def as_json(self) -> dict[str, Any]:
        """The Update object of the Bot API."""
        return {"update_id": self.update_id, self.kind: self.content}


class UpdateQueue:
    """Updates that no offset has confirmed yet, oldest first."""

    def __init__(self, now: Callable[[], datetime], changes: Changes) -> None:
        self._now = now
        self._changes = changes
        self._updates: deque[Update] = deque()
        # No later than the end of the update that is kept shortest, so that nothing is counted until then.
        self._first_to_go = _NEVER
        self._next_id = FIRST_ID
        self._allowed: frozenset[str] | None = None
        self._reader: asyncio.Future[str] | None = None

    def __len__(self) -> int:
        """How many updates wait for their confirmation."""
        self._forget_old()
        return len(self._updates)

    @property
    def next_id(self) -> int:
        """The id that the next update gets."""
        return self._next_id

    @property
    def allowed(self) -> list[str]:
        """The kinds of updates the bot asked for; empty means all that come by default."""
        return sorted(self._allowed or ())

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Takes an update in, unless the bot did not ask for its kind."""
        if kind in NOT_BY_DEFAULT if self._allowed is None else kind not in self._allowed:
            return
        kept_until = self._now() + (PRESS_KEPT if kind == "callback_query" else KEPT)
        self._first_to_go = min(self._first_to_go, kept_until)
        self._updates.append(Update(self._next_id, kind, content, kept_until))
        self._next_id += 1
        self._changes.announce()

    def allow(self, kinds: list[str]) -> None:
        """Sets the kinds wanted from now on (`allowed_updates`); an empty list restores the default."""
        self._allowed = frozenset(kinds) or None

    def clear(self) -> None:
        """Drops everything that waits (`drop_pending_updates`)."""
        self._updates.clear()
        self._changes.announce()

    def restart_ids(self, first: int) -> None:
        """Goes on counting from another id, as Telegram does after a week without updates.

        Raises RuntimeError while updates wait, since Telegram then goes on counting.
        """
        if self._updates:
            raise RuntimeError("update ids are restarted only when no update waits")
        self._next_id = first

    def oldest(self) -> Update | None:
        """The update that waits longest."""
        self._forget_old()
        return self._updates[0] if self._updates else None

    def confirm(self, offset: int) -> None:
        """Forgets every update below the offset; a negative one keeps only that many from the end.

        An offset too far ahead confirms nothing: the reader gets what there is from the oldest on.
        """
        before = len(self._updates)
        if offset < 0:
            while len(self._updates) > -offset:
                self._updates.popleft()
        elif offset <= self._next_id + OFFSET_AHEAD:
            while self._updates and self._updates[0].update_id < offset:
                self._updates.popleft()
        if len(self._updates) != before:
            self._changes.announce()

    async def read(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Confirms below the offset, then returns up to `limit` updates, waiting `seconds` for the first.

        Raises ApiError 409 when another reader takes over meanwhile.
        """
        self.end_reader(TERMINATED_BY_READER)
        self.confirm(offset)
        self._forget_old()
        if not self._updates and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL_SECONDS))
        return [self._updates[index] for index in range(min(limit, len(self._updates)))]

    def end_reader(self, reason: str) -> None:
        """Ends the long poll under way, if any, with a 409 that gives the reason."""
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(reason)
            self._changes.announce()

    async def _wait(self, seconds: float) -> None:
        ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._reader = ended
        try:
            await self._changes.wait_until(lambda: bool(self._updates) or ended.done(), seconds)
        finally:
            if self._reader is ended:
                self._reader = None
        if ended.done():
            raise ApiError(409, f"Conflict: {ended.result()}")

    def _forget_old(self) -> None:
        if not self._updates:
            return
        now = self._now()
        if now > self._first_to_go:
            self._updates = deque(update for update in self._updates if update.kept_until >= now)
            self._first_to_go = min((update.kept_until for update in self._updates), default=_NEVER)
            self._changes.announce()
