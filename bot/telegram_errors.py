"""What an error from Telegram means for us: one type, whatever the library raised.

Classified once, here at the border (https://core.telegram.org/bots/api#making-requests). In python-telegram-bot
`BadRequest` and `TimedOut` are kinds of `NetworkError`, and `Forbidden` and `RetryAfter` are not.
"""

import os
from dataclasses import dataclass
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

# The library's own switch: without it every 429 warns that its pause will be a timedelta one day.
os.environ.setdefault("PTB_TIMEDELTA", "true")

NEVER_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
TOO_BIG = "file is too big"
# The library takes every 404 for a wrong token; a Bot API server of an older version says this.
UNKNOWN_METHOD = "method not found"
GONE = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid")


@dataclass
class TransportError(Exception):
    """A message did not get through, or may not have.

    `permanent`: trying again will not help. `gone`: because the person cannot be reached at all. `wait`: Telegram
    asks for this pause. `maybe_delivered`: the message may have arrived although no answer did.
    """

    reason: str
    permanent: bool = False
    gone: bool = False
    wait: timedelta | None = None
    maybe_delivered: bool = False

    def __str__(self) -> str:
        return self.reason

    @property
    def too_big(self) -> bool:
        """Whether a file is larger than Telegram gives a bot (`getFile`)."""
        return TOO_BIG in self.reason.lower()


def classify(error: TelegramError) -> TransportError:
    """What the library's error means."""
    if isinstance(error, RetryAfter):
        pause = error.retry_after if isinstance(error.retry_after, timedelta) else timedelta(seconds=error.retry_after)
        return TransportError("flood control", wait=pause)
    if isinstance(error, Forbidden):
        return TransportError(error.message, permanent=True, gone=True)
    if isinstance(error, BadRequest | ChatMigrated):
        gone = any(words in error.message.lower() for words in GONE)
        return TransportError(error.message, permanent=True, gone=gone)
    if UNKNOWN_METHOD in error.message.lower():
        return TransportError(error.message, permanent=True)
    if isinstance(error, InvalidToken | Conflict):
        return TransportError(error.message)
    never_reached = isinstance(error.__cause__, NEVER_REACHED)
    lost_answer = isinstance(error, TimedOut) or isinstance(error.__cause__, httpx.HTTPError)
    return TransportError(error.message, maybe_delivered=lost_answer and not never_reached)
