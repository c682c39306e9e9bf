"""Fetching a file that somebody attached, and checking it beside the event loop."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.answers import Answer
from bot.files.checking import Checked, Problem, check
from bot.telegram_errors import TransportError

AT_ONCE = 2


@dataclass(frozen=True)
class NotKept:
    """A file that is not kept. `code` is a `Problem`, or "not_fetched": Telegram does not give it to us."""

    code: str


class AttachedFiles:
    """Fetches (`fetch`, a file's id to its bytes) and checks files, at most `AT_ONCE` at a time."""

    def __init__(self, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        self._fetch = fetch
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, answer: Answer) -> Checked | NotKept:
        """The file of an answer. Raises `TransportError` when it could not be fetched."""
        assert answer.file_id is not None
        async with self._places:
            try:
                content = await self._fetch(answer.file_id)
            except TransportError as error:
                if error.too_big:
                    return NotKept(Problem.TOO_LARGE)
                raise
            found = await asyncio.to_thread(check, answer.file_name or "", content)
        return found if isinstance(found, Checked) else NotKept(found)
