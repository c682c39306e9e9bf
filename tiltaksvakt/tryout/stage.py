"""The municipality of the page: its database, its Bot API server, the service between them, and the clock."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

from bot.menu import set_menus
from emulator import BotApiServer, CallbackAnswer, Person, Seen
from plan import documents
from plan.refusal import Refused
from plan.workday import OSLO, SendingHours
from report.compile import EXAMPLE
from scheduler.planning import plan_ahead
from storage import audit, invitations, plans, state, upcoming
from storage.database import Database, open_database
from storage.schema_version import upgrade
from storage.tables import Unit
from tiltaksvakt.clock import SimulatedClock, SystemClock
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings
from tiltaksvakt.tryout.cast import ROLES, Seat, chat_of, first_to_lead, name_of, units_to_lead

PLAN_FILE = Path(__file__).parent.parent.parent / "examples" / "vefsn.yaml"
FIRST_DAY = date(2021, 1, 4)
EARLY = time(8, 5)
BOT_ID = 123456
STATE_KEY = "tryout"
DATABASE, CHATS, SECRET = "try.db", "chats", "token"
MOST_MOVES = 400  # a day of a municipality seldom passes in silence; this many in a row is the end of its plans
LONGEST_LEAP = timedelta(days=731)


class TryoutRefused(Refused):
    """It cannot be tried so. `code` names the sentence in `templates/cli/tryout.j2`; `data` fills it."""


class StandingClock:
    """A clock that stands still: the simulated one on top of it moves only when it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The moment it stands at, in UTC."""
        return self._at


@dataclass(frozen=True)
class Moved:
    """What came of moving the clock: whether it was moved, and how many messages each person got, by name."""

    moved: bool
    news: dict[str, int] = field(default_factory=dict)


@dataclass
class Stage:
    """Everything that runs. One thing happens at a time, and what it sets off is done when it returns."""

    folder: Path
    database: Database
    clock: SimulatedClock
    server: BotApiServer
    service: Service
    unit_id: int | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    @asynccontextmanager
    async def opened(cls, folder: Path, *, empty: bool = False) -> AsyncIterator[Self]:
        """The municipality that is kept in a folder; a new one where there is none, with the example plan or without.

        Raises `TryoutRefused` when the folder cannot be used and when the example plan is not there.
        """
        token = _token(folder)
        url = f"sqlite:///{folder / DATABASE}"
        database = open_database(url)
        try:
            await upgrade(database)
            starts = await _starts(database, SystemClock().now() if empty else None)
            clock = await SimulatedClock.open(database, starts, StandingClock(starts))
            async with _server(token, clock, folder) as server:
                settings = _settings(server.url, token, url, folder, starts)
                async with Service.opened(settings, database, clock) as service:
                    stage = cls(folder, database, clock, server, service)
                    await stage._begin(empty=empty)
                    yield stage
        finally:
            await database.close()

    @property
    def hours(self) -> SendingHours:
        """When the bot may write."""
        return self.service.house.hours

    @property
    def language(self) -> str:
        """The language of the municipality."""
        return self.service.house.language

    @property
    def today(self) -> date:
        """The day it is."""
        return self.hours.local_date(self.clock.now())

    def person(self, seat: Seat) -> Person | None:
        """Who sits in a window; nobody in the leader's where there is no unit to lead."""
        if seat is Seat.LEADER and self.unit_id is None:
            return None
        return self.server.person(chat_of(seat, self.unit_id))

    async def units(self) -> list[Unit]:
        """The units whose leader one can be."""
        async with self.database.read() as session:
            return await units_to_lead(session)

    async def send(self, person: Person, text: str, reply_to: Seen | None = None) -> None:
        """Write a message, and let the bot answer."""
        async with self._busy:
            await person.send(text, reply_to=reply_to)
            await self._settle()

    async def send_file(
        self, person: Person, name: str, content: bytes, mime_type: str, caption: str, reply_to: Seen | None = None
    ) -> None:
        """Send a file, as a photo where Telegram's clients would."""
        async with self._busy:
            if mime_type in {"image/png", "image/jpeg", "image/gif"}:
                await person.send_photo(content, caption, reply_to=reply_to)
            else:
                await person.send_document(name, content, caption, mime_type, reply_to=reply_to)
            await self._settle()

    async def edit(self, person: Person, message: Seen, text: str) -> None:
        """Edit a message of one's own."""
        async with self._busy:
            await person.edit(message, text)
            await self._settle()

    async def press(self, person: Person, message: Seen, data: str) -> CallbackAnswer | None:
        """Press a button; what the bot says to the press, if anything."""
        async with self._busy:
            pressing = asyncio.create_task(person.press(data=data, message=message))
            await asyncio.sleep(0)
            await self._settle()
            return await pressing

    async def sit_down(self, unit_id: int) -> bool:
        """Be the leader of another unit; False for one that does not exist."""
        async with self._busy:
            known = unit_id in {unit.id for unit in await self.units()}
            if known:
                await self._lead(unit_id)
            return known

    async def to_next_event(self) -> Moved:
        """Move the clock to the next moment at which the bot says something, however far that is."""
        async with self._busy:
            start = self._newest()
            for _ in range(MOST_MOVES):
                moment = await self._next_moment()
                if moment is None:
                    break
                await self._move(moment)
                if news := self._news_since(start):
                    return Moved(True, news)
            return Moved(False)

    async def to_day(self, day: date) -> Moved:
        """Move the clock to the morning of a day, through everything that happens before it.

        Not moved when the day has come already, or is more than two years away.
        """
        target = datetime.combine(day, EARLY, self.hours.zone)
        async with self._busy:
            if not self.clock.now() < target <= self.clock.now() + LONGEST_LEAP:
                return Moved(False)
            start = self._newest()
            while (moment := await self._next_moment()) is not None and moment < target:
                await self._move(moment)
            await self._move(target)
            return Moved(True, self._news_since(start))

    async def finish(self) -> None:
        """Wait until what is under way is done."""
        async with self._busy:
            pass

    async def _begin(self, *, empty: bool) -> None:
        async with self.database.read() as session:
            kept = await state.get(session, STATE_KEY)
        if kept is None:
            await self._set_up(empty=empty)
        else:
            self.unit_id = kept["unit_id"]
            self._open_chats()
            await set_menus(self.service.application.bot, self.database, self.language, self.today)
        await self._settle()

    def _open_chats(self) -> None:
        """Whoever is in has written to the bot once, even where the chats were lost."""
        for seat in Seat:
            if (person := self.person(seat)) is not None:
                person.chat.opened = True

    async def _set_up(self, *, empty: bool) -> None:
        async with self.database.write() as session:
            if not empty and not await plans.everyone(session):
                await state.put(session, EXAMPLE, {"on": True})
                draft = documents.read(PLAN_FILE.name, _example())
                at = self.clock.now()
                plan = await plans.store(session, draft, municipality="", actor=audit.COMMAND_LINE, at=at)
                await plan_ahead(session, plan, self.today, self.hours.calendar)
            unit_id = await first_to_lead(session)
        for seat in (Seat.ADMIN, Seat.OFFICE):
            await self._come_in(seat, None)
        if unit_id is None:
            await self._keep_unit(None)
        else:
            await self._lead(unit_id)

    async def _lead(self, unit_id: int) -> None:
        """Sit down as the leader of a unit, who comes in when one does so for the first time."""
        unit = next(unit for unit in await self.units() if unit.id == unit_id)
        name = name_of(Seat.LEADER, unit.name, self.language)
        person = self.server.person(chat_of(Seat.LEADER, unit_id), first_name=name)
        if not person.chat.opened:
            await self._come_in(Seat.LEADER, unit)
        self.unit_id = unit_id
        await self._keep_unit(unit_id)

    async def _keep_unit(self, unit_id: int | None) -> None:
        starts = self.clock.started_from.isoformat()
        async with self.database.write() as session:
            await state.put(session, STATE_KEY, {"unit_id": unit_id, "starts": starts})

    async def _come_in(self, seat: Seat, unit: Unit | None) -> None:
        """Be invited, and open the link."""
        name = name_of(seat, unit.name if unit else None, self.language)
        async with self.database.write() as session:
            issued = await invitations.issue(
                session,
                role=ROLES[seat],
                name=name,
                unit_id=unit.id if unit else None,
                created_by=None,
                actor=audit.COMMAND_LINE,
                at=self.clock.now(),
            )
        person = self.server.person(chat_of(seat, unit.id if unit else None), first_name=name)
        await person.start(issued.token)
        await self._settle()

    async def _settle(self) -> None:
        """Let everything happen that is due now, and keep it."""
        await self.service.settle()
        await asyncio.to_thread(self.server.save, self.folder / CHATS)

    async def _next_moment(self) -> datetime | None:
        """When the next message may go out, or the scheduler may find work: the first hour of that day's."""
        async with self.database.read() as session:
            day = await upcoming.next_day(session, self.today)
            message_at = await upcoming.next_message_at(session)
        opens = self.hours.next_open(datetime.combine(day, time(), self.hours.zone)) if day else None
        now = self.clock.now()
        return min((moment for moment in (opens, message_at) if moment is not None and moment > now), default=None)

    async def _move(self, at: datetime) -> None:
        await self.server.quiet()
        await self.clock.move_to(self.database, at)
        await self._settle()

    def _newest(self) -> int:
        """The id of the newest message in any chat: ids grow, whoever writes."""
        return max((message.message_id for person in self.server.people for message in person.history), default=0)

    def _news_since(self, message_id: int) -> dict[str, int]:
        """How many messages each person has got from the bot after that one."""
        many = {
            person.name: sum(each.from_bot and each.message_id > message_id for each in person.messages)
            for person in self.server.people
        }
        return {name: count for name, count in many.items() if count}


def _token(folder: Path) -> str:
    """The bot's token, which only this folder knows: nobody else on the machine can be the bot."""
    path = folder / SECRET
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(f"{BOT_ID}:{secrets.token_urlsafe(24)}", encoding="ascii")
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise TryoutRefused("tryout.folder", path=str(folder)) from error


async def _starts(database: Database, at: datetime | None) -> datetime:
    """When the clock was started: what is kept, else this moment's morning, else that of the example."""
    async with database.read() as session:
        kept = await state.get(session, STATE_KEY)
    if kept is not None:
        return datetime.fromisoformat(kept["starts"])
    return datetime.combine(at.astimezone(OSLO).date() if at else FIRST_DAY, EARLY, OSLO)


@asynccontextmanager
async def _server(token: str, clock: SimulatedClock, folder: Path) -> AsyncIterator[BotApiServer]:
    running = BotApiServer.running(token, now=clock.now, rate_limit=False, folder=folder / CHATS, control=False)
    async with AsyncExitStack() as stack:
        try:
            server = await stack.enter_async_context(running)
        except (OSError, ValueError, KeyError) as error:
            raise TryoutRefused("tryout.broken", path=str(folder)) from error
        yield server


def _settings(api: str, token: str, url: str, folder: Path, starts: datetime) -> Settings:
    """Settings of its own: nothing of the environment may reach a real bot or a real database."""
    given: dict[str, Any] = {
        "data_dir": folder,
        "database_url": url,
        "telegram_token": token,
        "telegram_token_file": None,
        "telegram_api": api,
        "bot_username": "tiltaksvakt_bot",
        "municipality": "Vefsn kommune",
        "leader_title": "rådmann",
        "language": "nb",
        "timezone": "Europe/Oslo",
        "clock": starts,
        "logo": None,
        "colour": None,
    }
    return Settings.load(env_file=None, **given)


def _example() -> bytes:
    try:
        return PLAN_FILE.read_bytes()
    except OSError as error:
        raise TryoutRefused("tryout.no_example", path=str(PLAN_FILE)) from error


def forget(folder: Path) -> None:
    """Remove what an earlier try left in a folder, and nothing else. Raises `TryoutRefused`."""
    try:
        for left in [*folder.glob(f"{DATABASE}*"), *(folder / CHATS).glob("*"), folder / SECRET]:
            left.unlink(missing_ok=True)
    except OSError as error:
        raise TryoutRefused("tryout.folder", path=str(folder)) from error
