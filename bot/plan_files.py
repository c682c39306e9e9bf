"""Plan documents that people send: fetched from Telegram and read beside the event loop, with a limit on both."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot import redaction
from bot.answers import Answer
from bot.telegram_errors import TransportError
from plan import documents
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.draft import Draft

log = logging.getLogger(__name__)

READING_LIMIT = timedelta(seconds=60)
AT_ONCE = 2


@dataclass(frozen=True)
class NotRead:
    """A document that gave no draft. `code` is a sentence of `templates/chat/plan_import.j2`.

    refused: because of its `problems`. too_slow: it took longer than the limit. not_fetched: Telegram does not give it
    to us. unreadable: our reader failed. holds_identity_number: it must not be stored.
    """

    code: str
    problems: tuple[Problem, ...] = ()


def too_large() -> NotRead:
    """What is said of a file that Telegram gives no bot, and the readers would not take either."""
    return NotRead("refused", (Problem(Code.TOO_LARGE, data={"limit_mb": documents.MAX_BYTES // 1_000_000}),))


class PlanFiles:
    """Fetches (`fetch`, a file's id to its bytes) and reads documents, at most `AT_ONCE` at a time.

    A thread cannot be stopped: a reading that took too long keeps its place until it ends, so that no more than
    `AT_ONCE` documents are ever in memory.
    """

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[bytes]],
        read: Callable[[str, bytes], Draft] = documents.read,
        limit: timedelta = READING_LIMIT,
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._limit = limit
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, answer: Answer) -> Draft | NotRead:
        """The draft in the file of an answer. Raises `TransportError` when it could not be fetched."""
        try:
            async with asyncio.timeout(self._limit.total_seconds()):
                await self._places.acquire()
        except TimeoutError:
            return NotRead("too_slow")
        reading: asyncio.Future[Draft] | None = None
        try:
            content = await self._content(answer)
            if isinstance(content, NotRead):
                return content
            reading = asyncio.ensure_future(asyncio.to_thread(self._read, answer.file_name or "", content))
            return await self._outcome(reading)
        finally:
            if reading is None or reading.done():
                self._places.release()
            else:
                reading.add_done_callback(self._ended_late)

    async def _content(self, answer: Answer) -> bytes | NotRead:
        assert answer.file_id is not None
        try:
            return await self._fetch(answer.file_id)
        except TransportError as error:
            if error.too_big:
                return too_large()
            raise

    async def _outcome(self, reading: asyncio.Future[Draft]) -> Draft | NotRead:
        done, _running = await asyncio.wait([reading], timeout=self._limit.total_seconds())
        if not done:
            return NotRead("too_slow")
        try:
            draft = reading.result()
        except DocumentRefused as refused:
            return NotRead("refused", refused.problems)
        except Exception as error:
            _log_failure(error)
            return NotRead("unreadable")
        return NotRead("holds_identity_number") if redaction.is_in(draft.to_json()) else draft

    def _ended_late(self, reading: asyncio.Future[Draft]) -> None:
        self._places.release()
        if not reading.cancelled():
            reading.exception()


def _log_failure(error: Exception) -> None:
    """The kind of an error and where it arose; its message may hold what stands in the document."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("a document could not be read: %s\n%s", type(error).__name__, where, extra={"action": "failed"})
