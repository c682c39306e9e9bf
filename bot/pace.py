"""Telegram's limit on how fast a bot may write: about 30 messages a second over all.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio

TELEGRAM_PER_SECOND = 30


class Pace:
    """Lets a message through when its turn has come; without a limit, at once."""

    def __init__(self, per_second: float | None = TELEGRAM_PER_SECOND) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for the next free place. Places are handed out in the order they are asked for."""
        if not self._gap:
            return
        now = asyncio.get_running_loop().time()
        mine = max(self._next, now)
        self._next = mine + self._gap
        if mine > now:
            await asyncio.sleep(mine - now)
