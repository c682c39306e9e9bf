"""The Bot API server in a process of its own, so that its work is not counted as the bot's, and its people.

`python -m benchmarks.bot_api` is that process: it prints its address, then answers each line of JSON with one.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot

from emulator import BotApiServer

TOKEN = "123456:TEST"
LONGEST_LINE = 64 * 1024 * 1024

Deed = tuple[str, int, str]
"""What somebody does: "say" or "press", the person's id, and the words or the button's data."""


class BotApi:
    """A running server. People are Telegram users by their ids."""

    def __init__(self, url: str, process: asyncio.subprocess.Process) -> None:
        self.url = url
        self._process = process

    @classmethod
    @asynccontextmanager
    async def running(cls, *, rate_limit: bool = False) -> AsyncIterator["BotApi"]:
        """A server on a free port, ended when the block is."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.bot_api", *(["--rate-limit"] if rate_limit else [])),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        try:
            assert process.stdout is not None
            yield cls((await process.stdout.readline()).decode().strip(), process)
        finally:
            process.kill()
            await process.wait()

    async def open_chats(self, people: Iterable[int]) -> None:
        """Let people write to the bot, so that it may write to them; what they wrote is dropped."""
        await self.act([("say", person, "hei") for person in people])
        async with Bot(TOKEN, base_url=f"{self.url}/bot") as bot:
            await bot.delete_webhook(drop_pending_updates=True)

    async def act(self, deeds: Sequence[Deed]) -> None:
        """Let people write and press, all at once; nobody waits for an answer."""
        await self._ask("act", deeds)

    async def last_messages(self, people: Sequence[int]) -> list[dict[str, Any]]:
        """The bot's newest message to each of these people: its `html` and its `buttons` as rows of label and data."""
        found: list[dict[str, Any]] = await self._ask("last_messages", people)
        return found

    async def answer_codes(self, method: str) -> list[int]:
        """The codes with which the calls of a method were answered, in their order; 200 is well."""
        found: list[int] = await self._ask("answer_codes", method)
        return found

    async def _ask(self, what: str, about: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, about]).encode() + b"\n")
        await self._process.stdin.drain()
        return json.loads(await self._process.stdout.readline())


async def _serve(*, rate_limit: bool) -> None:
    async with BotApiServer.running(TOKEN, rate_limit=rate_limit) as server:
        print(server.url, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            what, about = json.loads(line)
            print(json.dumps(await _ANSWERS[what](server, about)), flush=True)


async def _act(server: BotApiServer, deeds: list[Deed]) -> None:
    for do, person_id, words in deeds:
        person = server.person(person_id)
        if do == "say":
            await person.send(words)
        else:
            await person.press(data=words, timeout=0)


async def _last_messages(server: BotApiServer, people: list[int]) -> list[dict[str, Any]]:
    seen = [server.person(person_id).last for person_id in people]
    return [
        {"html": each.html, "buttons": [[(button.text, button.data) for button in row] for row in each.buttons]}
        for each in seen
    ]


async def _answer_codes(server: BotApiServer, method: str) -> list[int]:
    return [call.answer_code for call in server.calls if call.method.lower() == method.lower()]


_ANSWERS: dict[str, Callable[[BotApiServer, Any], Awaitable[object]]] = {
    "act": _act,
    "last_messages": _last_messages,
    "answer_codes": _answer_codes,
}

if __name__ == "__main__":
    asyncio.run(_serve(rate_limit="--rate-limit" in sys.argv))
