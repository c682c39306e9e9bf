"""Word drafts of reports that come back: fetched from Telegram and read beside the event loop."""

import asyncio
import re
from collections.abc import Awaitable, Callable

from bot import redaction
from bot.answers import Answer
from bot.telegram_errors import TransportError
from report import read_back
from report.read_back import Draft, ReadBackRefused

AT_ONCE = 2
ENDING = ".docx"
_OURS = re.compile(r"-\d{4}-v\d+\D.*docx$", re.IGNORECASE | re.DOTALL)


def is_named_as_ours(name: str) -> bool:
    """Whether a file has the name we give a report in Word; what was added to it may stand behind."""
    return _OURS.search(name) is not None


class DraftFiles:
    """Fetches (`fetch`, a file's id to its bytes) and reads drafts, at most `AT_ONCE` at a time."""

    def __init__(self, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        self._fetch = fetch
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, answer: Answer) -> Draft | ReadBackRefused:
        """The draft in the file of an answer, or why there is none. Raises `TransportError` if it was not fetched."""
        assert answer.file_id is not None
        async with self._places:
            try:
                content = await self._fetch(answer.file_id)
            except TransportError as error:
                if error.too_big:
                    return too_large()
                raise
            try:
                draft = await asyncio.to_thread(read_back.read, content)
            except ReadBackRefused as refused:
                return refused
        if any(redaction.find(text) for text in draft.texts.values() if text):
            return ReadBackRefused("read_back.holds_identity_number")
        return draft


def too_large(size: int | None = None) -> ReadBackRefused:
    """What is said of a file that is too large to be read; Telegram does not give us one to measure."""
    return ReadBackRefused("read_back.too_large", size=size, most=read_back.MOST_BYTES)
