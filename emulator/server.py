"""The server as others start it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from emulator.chats import Chat
from emulator.clock import system_clock
from emulator.faults import Faults
from emulator.keeping import load, save
from emulator.people import NotSeenError, Person, holds
from emulator.world import Call, World


class BotApiServer:
    """A Bot API server for one bot, listening on loopback while `running` is open."""

    def __init__(self, world: World, url: str) -> None:
        self._world = world
        self._people = {chat_id: Person(world, chat) for chat_id, chat in world.chats.items()}
        self.url = url

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        token: str = "123456:TEST",
        *,
        port: int = 0,
        bot_username: str = "tiltaksvakt_bot",
        now: Callable[[], datetime] = system_clock,
        rate_limit: bool = True,
        folder: Path | None = None,
        control: bool = True,
    ) -> AsyncIterator[Self]:
        """Runs a server in the event loop of the caller.

        `port` 0 takes a free one. `now` gives the aware time messages carry; `rate_limit` switches Telegram's limits on
        sending. `folder`: the chats that `save` has kept there go on. Without `control` nobody drives the people over
        HTTP. Raises OSError when the port is taken and ValueError for a token without a bot id.
        """
        # uvicorn takes longer to import than all the rest, and most who import this package start no server.
        from emulator.asgi import HttpFace
        from emulator.control import Control
        from emulator.listener import HOST, Listener

        world = World(token, bot_username, now, asyncio.get_running_loop().time, rate_limit=rate_limit)
        if folder is not None:
            load(world, folder)
        server = cls(world, "")
        listener = Listener(HttpFace(world, Control(server) if control else None), port)
        server.url = f"http://{HOST}:{listener.port}"
        await listener.start()
        try:
            yield server
        finally:
            await world.webhook.stop()
            await listener.stop()

    @property
    def token(self) -> str:
        """The token of the bot."""
        return self._world.token

    @property
    def faults(self) -> Faults:
        """Where faults are ordered."""
        return self._world.faults

    @property
    def calls(self) -> list[Call]:
        """Every call of the bot that has been answered or cut off, oldest first."""
        return self._world.calls

    @property
    def people(self) -> list[Person]:
        """Everyone there is, in the order they were named."""
        return list(self._people.values())

    @property
    def pending_updates(self) -> int:
        """How many updates no offset has confirmed yet."""
        return len(self._world.updates)

    def person(
        self,
        user_id: int,
        *,
        first_name: str = "Testperson",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "nb",
    ) -> Person:
        """The Telegram user with an id, made at the first mention; the other arguments count only then."""
        if user_id not in self._people:
            user = {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code}
            user |= {"last_name": last_name} if last_name else {}
            user |= {"username": username} if username else {}
            chat = self._world.chats[user_id] = Chat(user, self._world.bot)
            self._people[user_id] = Person(self._world, chat)
        return self._people[user_id]

    def save(self, folder: Path) -> None:
        """Keeps all chats and files in a folder, for `running` to go on with. Raises OSError."""
        save(self._world, folder)

    def restart_update_ids(self, first: int = 1) -> None:
        """Counts updates from another id, as Telegram may after a week without any; not while some wait."""
        self._world.updates.restart_ids(first)

    async def wait_for(
        self,
        condition: Callable[[], object],
        timeout: float = 5.0,  # noqa: ASYNC109
    ) -> None:
        """Waits until the condition is true, looked at again whenever anything happens; NotSeenError if it does not."""
        if not await self._world.changes.wait_until(lambda: holds(condition), timeout):
            raise NotSeenError(f"not within {timeout:g} seconds\n{self.transcript()}")

    async def quiet(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Waits until every update is confirmed; raises NotSeenError when some still wait after `timeout` seconds."""
        if not await self._world.changes.wait_until(lambda: self.pending_updates == 0, timeout):
            raise NotSeenError(
                f"{self.pending_updates} updates still wait after {timeout:g} seconds\n{self.transcript()}"
            )

    def transcript(self) -> str:
        """All conversations, one after the other."""
        return "\n\n".join(f"--- {person.name} ({person.id})\n{person.transcript()}" for person in self.people)
