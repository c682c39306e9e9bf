"""A server on a clock of its own, one person who has pressed start, and the real client against it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot, Update

from emulator import BotApiServer, Person


@dataclass
class MovableClock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def server(clock: MovableClock) -> AsyncIterator[BotApiServer]:
    async with BotApiServer.running(now=clock.now, rate_limit=False) as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as client:
        yield client


@pytest.fixture
async def person(server: BotApiServer, bot: Bot) -> Person:
    """A person whose start has been read and confirmed."""
    someone = server.person(1001)
    await someone.start()
    await drain(bot)
    return someone


async def raw(server: BotApiServer, method: str, parameters: dict[str, Any], **request: Any) -> tuple[int, Any]:
    """The status and body of a call that the client would not make; `request` goes to httpx instead of a JSON body."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{server.url}/bot{server.token}/{method}", **(request or {"json": parameters}))
    return answer.status_code, answer.json()


async def drain(bot: Bot) -> list[Update]:
    """Everything that waits, confirmed."""
    updates = list(await bot.get_updates())
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates
