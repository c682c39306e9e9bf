"""The queue of updates of one bot, and who may read it.

Source: https://core.telegram.org/bots/api#getting-updates. An update is kept until an offset above its id confirms it,
24 hours at the most. One reader at a time: a second `getUpdates` ends the first with a 409.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from emulator.answers import ApiError
from emulator.changes import Changes

KEPT = timedelta(hours=24)
FIRST_ID = 500_000_001
LONGEST_POLL_SECONDS = 50
# Telegram sends these only to a bot that asks for them.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its id, kind ("message", "callback_query" …), content and when it came."""

    update_id: int
    kind: str
    content: dict[str, Any]
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """The Update object of the Bot API."""
        return {"update_id": self.update_id, self.kind: self.content}


class UpdateQueue:
    """Updates that no offset has confirmed yet, oldest first."""

    def __init__(self, now: Callable[[], datetime], changes: Changes) -> None:
        self._now = now
        self._changes = changes
        self._updates: deque[Update] = deque()
        self._next_id = FIRST_ID
        self._allowed: frozenset[str] | None = None
        self._reader: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        """How many updates wait for their confirmation."""
        self._forget_old()
        return len(self._updates)

    @property
    def allowed(self) -> list[str]:
        """The kinds of updates the bot asked for; empty means all that come by default."""
        return sorted(self._allowed or ())

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Takes an update in, unless the bot did not ask for its kind."""
        if kind in NOT_BY_DEFAULT if self._allowed is None else kind not in self._allowed:
            return
        self._updates.append(Update(self._next_id, kind, content, self._now()))
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
        """Goes on counting from another id, as Telegram does after a week without updates."""
        self._next_id = first

    def oldest(self) -> Update | None:
        """The update that waits longest."""
        self._forget_old()
        return self._updates[0] if self._updates else None

    def confirm(self, offset: int) -> None:
        """Forgets every update below the offset; a negative one keeps only that many from the end."""
        before = len(self._updates)
        if offset < 0:
            while len(self._updates) > -offset:
                self._updates.popleft()
        else:
            while self._updates and self._updates[0].update_id < offset:
                self._updates.popleft()
        if len(self._updates) != before:
            self._changes.announce()

    async def read(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Confirms below the offset, then returns up to `limit` updates, waiting `seconds` for the first.

        Raises ApiError 409 when another reader takes over meanwhile.
        """
        self.end_reader()
        self.confirm(offset)
        self._forget_old()
        if not self._updates and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL_SECONDS))
        return [self._updates[index] for index in range(min(limit, len(self._updates)))]

    def end_reader(self) -> None:
        """Ends the long poll under way, if any, with a 409."""
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
            self._changes.announce()

    async def _wait(self, seconds: float) -> None:
        replaced: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = replaced
        try:
            await self._changes.wait_until(lambda: bool(self._updates) or replaced.done(), seconds)
        finally:
            if self._reader is replaced:
                self._reader = None
        if replaced.done():
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )

    def _forget_old(self) -> None:
        if self._updates and (limit := self._now() - KEPT) and self._updates[0].at < limit:
            while self._updates and self._updates[0].at < limit:
                self._updates.popleft()
            self._changes.announce()
