"""A town to test in: a database, a Bot API server on loopback, the service between them, and a clock in our hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator import BotApiServer, Person
from plan import documents
from plan.workday import SendingHours, WorkCalendar
from scheduler.planning import plan_ahead
from storage import audit, invitations, plans, units
from storage.database import Database
from storage.ids import id_of
from storage.people import Role
from storage.tables import Plan
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings

TOKEN = "123456:TEST"
VEFSN = Path(__file__).parent.parent / "examples" / "vefsn.yaml"
HOURS = SendingHours(WorkCalendar())
FIRST_USER = 700_000_000_000  # as long as no number that stands somewhere by chance


class HandClock:
    """A clock that stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at


class Town:
    """One municipality under test. People are Telegram users; `settle` runs the service until nothing is left."""

    def __init__(
        self, database: Database, server: BotApiServer, service: Service, clock: HandClock, settings: Settings
    ) -> None:
        self.settings = settings
        self.database = database
        self.server = server
        self.service = service
        self.clock = clock
        self._next_user = FIRST_USER + len(server.people)

    async def settle(self) -> None:
        """Take in, handle, decide and deliver until nothing is left."""
        await self.service.settle()

    async def go_to(self, at: datetime) -> None:
        """Set the clock and let everything happen that is due."""
        await self.server.quiet()
        self.clock.at = at
        await self.settle()

    async def import_plan(self, path: Path = VEFSN) -> Plan:
        """Read a plan file into the database and plan its rounds and due dates."""
        content = await asyncio.to_thread(path.read_bytes)
        draft = documents.read(path.name, content)
        async with self.database.write() as session:
            plan = await plans.store(
                session, draft, municipality="Vefsn", actor=audit.COMMAND_LINE, at=self.clock.now()
            )
            await plan_ahead(session, plan, HOURS.local_date(self.clock.now()), HOURS.calendar)
        return plan

    async def join(self, role: Role, name: str, unit: str | None = None) -> Person:
        """Invite somebody and let them open the link."""
        async with self.database.write() as session:
            found = await units.by_name(session, unit) if unit else None
            assert found is not None or unit is None
            issued = await invitations.issue(
                session,
                role=role,
                name=name,
                unit_id=id_of(found) if found else None,
                created_by=None,
                actor=audit.COMMAND_LINE,
                at=self.clock.now(),
            )
        person = self.stranger()
        await person.start(issued.token)
        await self.settle()
        return person

    def stranger(self) -> Person:
        """A Telegram user nobody has invited."""
        self._next_user += 1
        return self.server.person(self._next_user)


@asynccontextmanager
async def town(
    database: Database, at: datetime | None = None, language: str = "nb", chats: Path | None = None
) -> AsyncIterator[Town]:
    """A town that begins at a moment: by default a Monday morning in January 2021. `chats`: those it goes on with."""
    clock = HandClock(at or datetime(2021, 1, 4, 8, 0, tzinfo=UTC))
    with TemporaryDirectory() as folder:
        async with BotApiServer.running(token=TOKEN, now=clock.now, rate_limit=False, folder=chats) as server:
            settings = Settings.load(
                env_file=None,
                data_dir=folder,
                telegram_token=TOKEN,
                telegram_api=server.url,
                bot_username="tiltaksvakt_bot",
                municipality="Vefsn kommune",
                leader_title="rådmann",
                language=language,
            )
            async with Service.opened(settings, database, clock) as service:
                yield Town(database, server, service, clock, settings)
