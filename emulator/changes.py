"""Waiting for something to have happened, without asking in a loop."""

import asyncio
from collections.abc import Callable


class Changes:
    """A bell: whoever changes the world rings it, whoever waits looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def announce(self) -> None:
        """Wakes everyone who waits."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Waits until the condition holds, at most so many seconds; returns whether it does."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._next()
        except TimeoutError:
            return condition()
        return True

    async def _next(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
