"""What a command works with: the settings, the migrated database, the clock."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from plan.workday import SendingHours
    from storage.database import Database
    from tiltaksvakt.clock import Clock
    from tiltaksvakt.settings import Settings

Result = TypeVar("Result")


@dataclass(frozen=True)
class Workspace:
    """Settings, database and clock, opened for one command."""

    settings: "Settings"
    database: "Database"
    clock: "Clock"
    hours: "SendingHours"

    def say(self, name: str, /, **data: Any) -> str:
        """A sentence of the command line in the language of the settings."""
        return say(self.settings, name, **data)

    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    def today(self) -> date:
        """The date people have now."""
        return self.hours.local_date(self.now())


def say(settings: "Settings", name: str, /, **data: Any) -> str:
    """A sentence of the command line in the language of the settings."""
    from templates import cli

    return cli.say(name, language=settings.language, **data)


@asynccontextmanager
async def opened(settings: "Settings | None" = None) -> AsyncIterator[Workspace]:
    """Read the settings unless they are given, open the database and migrate it if needed. Raises `Refused`."""
    from storage import working_hours
    from storage.database import open_database
    from storage.schema_version import upgrade
    from tiltaksvakt.clock import open_clock
    from tiltaksvakt.settings import Settings

    settings = settings or Settings.load()
    _make_private_folder(settings)
    database = open_database(settings.database_url)
    try:
        await upgrade(database)
        async with database.read() as session:
            hours = await working_hours.read(session, settings.sending_hours())
        yield Workspace(settings, database, await open_clock(settings, database), hours)
    finally:
        await database.close()


def _make_private_folder(settings: "Settings") -> None:
    """The folder of a SQLite file holds what people write: it is made for its owner alone."""
    if settings.database_url.startswith("sqlite"):
        with suppress(OSError):  # opening the database says what is wrong
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)


def in_workspace(work: Callable[[Workspace], Awaitable[Result]], settings: "Settings | None" = None) -> Result:
    """Do one piece of work in an opened workspace, and return what it returns."""

    import asyncio

    async def do() -> Result:
        async with opened(settings) as workspace:
            return await work(workspace)

    return asyncio.run(do())
