"""Telegram's limits on sending, as one simple rule.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: no more than one message per
second in a chat, short bursts tolerated; about 30 messages per second over all. Telegram does not publish the size of
the bursts, so ours are two buckets: 30 messages filled at 30 a second for the bot, and 20 (Telegram's number per minute
in a group) filled at one a second for each chat. Sending and editing take one from each; an empty one answers 429.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

PER_SECOND = 30.0
CHAT_PER_SECOND = 1.0
CHAT_BURST = 20.0


@dataclass(slots=True)
class Bucket:
    """Tokens that come back with time: `size` at most, `rate` a second. Times are seconds of any steady clock."""

    size: float
    rate: float
    tokens: float
    at: float

    def seconds_until_free(self, at: float) -> float:
        """How long until a token can be taken; zero when it can be now."""
        self.tokens = min(self.size, self.tokens + (at - self.at) * self.rate)
        self.at = at
        # A rounding error must not refuse a token that is there.
        return 0.0 if self.tokens >= 1 - 1e-9 else (1 - self.tokens) / self.rate


class SendLimits:
    """The buckets of one bot; `clock` gives steady seconds."""

    def __init__(self, clock: Callable[[], float], *, enabled: bool) -> None:
        self.enabled = enabled
        self._clock = clock
        self._bot = Bucket(PER_SECOND, PER_SECOND, PER_SECOND, clock())
        self._chats: dict[int, Bucket] = {}

    def retry_after(self, chat_id: int) -> int | None:
        """Takes a token for a message to a chat; whole seconds to wait (at least one) where there is none."""
        if not self.enabled:
            return None
        at = self._clock()
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = Bucket(CHAT_BURST, CHAT_PER_SECOND, CHAT_BURST, at)
        wait = max(self._bot.seconds_until_free(at), chat.seconds_until_free(at))
        if wait > 0:
            return math.ceil(wait)
        self._bot.tokens -= 1
        chat.tokens -= 1
        return None
