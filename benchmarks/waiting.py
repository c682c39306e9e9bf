"""Waiting for what another process does: it does not tell us, so we look."""

import asyncio
from collections.abc import Awaitable, Callable

LOOK_EVERY = 0.02
PATIENCE = 300.0


async def until(condition: Callable[[], Awaitable[bool]], look_every: float = LOOK_EVERY) -> None:
    """Look every so many seconds whether something is so. Raises TimeoutError where it is not within five minutes."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if await condition():
                return
            await asyncio.sleep(look_every)
