"""The service: one bot, one database, and the loops that take in, handle, schedule and deliver."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError
from telegram.error import Forbidden, InvalidToken, TelegramError

from bot import application as bot_application
from bot.delivery import Delivery
from bot.documents import Documents
from bot.intake import POLL_SECONDS, Intake
from bot.menu import set_menus, turn_menus
from bot.pace import TELEGRAM_PER_SECOND, Pace
from bot.postman import Postman
from bot.telegram_errors import TransportError
from bot.turn import House
from bot.worker import Worker
from scheduler import outage
from scheduler.tick import tick
from storage.database import Database, explain, open_database
from storage.schema_version import upgrade
from tiltaksvakt.bot_name import username_of
from tiltaksvakt.clock import Clock, SimulatedClock, open_clock
from tiltaksvakt.settings import Settings, SettingsRefused

log = logging.getLogger(__name__)

TICK_SECONDS = 60
DELIVERY_SECONDS = 5
IDLE_SECONDS = 1.0
PAUSE_AFTER_ERROR = 3.0
Result = TypeVar("Result")


class Service:
    """Everything that runs, and each of its steps to be called alone.

    A step returns whether it did something; `run` and `settle` only repeat steps.
    """

    def __init__(self, bot: bot_application.Bot, database: Database, clock: Clock, house: House, pace: Pace) -> None:
        self.application = bot
        self.database = database
        self.clock = clock
        self.house = house
        postman = Postman(bot.bot, pace, Documents(database, house.leader_title))
        self.intake = Intake(bot.bot, database, clock.now, house.hours)
        self.worker = Worker(bot, database, postman, house, clock.now)
        self.delivery = Delivery(database, postman, house, clock.now)
        self._arrived = asyncio.Event()
        self._menus_of: date | None = None
        self._noted_at: datetime | None = None
        self._in_hand: set[asyncio.Task[Any]] = set()
        self._is_stopping = False

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, settings: Settings, database: Database, clock: Clock, *, per_second: float | None = None
    ) -> AsyncIterator["Service"]:
        """The service of some settings, ready to run. `per_second` bounds its messages; None is no bound.

        Raises `tiltaksvakt.settings.SettingsRefused` when the token is missing or the logo cannot be used, when
        Telegram does not know the token, and when nobody answers.
        """
        brand = settings.brand()
        username = await username_of(settings, database)
        token = settings.token()
        bot = bot_application.build(token, settings.telegram_api)
        house = House(
            municipality=settings.municipality or "",
            leader_title=settings.leader_title,
            hours=settings.sending_hours(),
            bot_id=int(token.partition(":")[0]),
            bot_username=username,
            language=settings.language,
            report_dir=settings.approved_reports,
            brand=brand,
        )
        await _greet(bot, settings.telegram_api)
        try:
            yield cls(bot, database, clock, house, Pace(per_second))
        finally:
            await bot.shutdown()

    async def tick(self) -> bool:
        """One pass of the scheduler; whether it decided anything."""
        if isinstance(self.clock, SimulatedClock):
            await self.clock.refresh(self.database)
        async with self.database.write() as session:
            await self.house.refresh(session)
            at = self.clock.now()
            noted = self._noted_at
            if noted is None or not timedelta() <= at - noted < outage.NOTED_EVERY:
                await outage.note(session, at, self.house.hours, started=noted is None)
            notices = await tick(session, at, self.house.hours)
        if noted is None or not timedelta() <= at - noted < outage.NOTED_EVERY:
            self._noted_at = at
        if notices:
            log.info("%d notices", len(notices), extra={"action": "tick"})
        return bool(notices)

    async def deliver(self) -> bool:
        """Deliver everything that is due, or what can be before the service stops; whether there was anything."""
        did = False
        while not self._is_stopping and await self.delivery.deliver_one():
            did = True
        return did

    async def handle(self) -> bool:
        """Handle everything in the inbox and wait for the answers; whether there was anything."""
        did = False
        while await self.worker.step():
            did = True
        await self.worker.settle()
        return did

    async def take_in(self, wait_seconds: int) -> bool:
        """Ask Telegram once; whether there was anything new."""
        new = await self.intake.poll(wait_seconds)
        if new:
            self._arrived.set()
        return bool(new)

    async def settle(self) -> None:
        """Go round until nothing is left to take in, handle, decide or deliver. Menus are as they were set so far.

        Nothing new can have fallen due while the clock stands and nothing has been handled or delivered since the last
        pass of the scheduler: it is not asked again then.
        """
        self._menus_of = self._menus_of or self._today()
        passed_at, busy = None, True
        while busy:
            busy = await self.set_menus()
            busy = await self.take_in(0) or busy
            busy = await self.handle() or busy
            if busy or passed_at != self.clock.now():
                passed_at = self.clock.now()
                busy = await self.tick() or busy
                busy = await self.deliver() or busy

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set. What is in hand is finished; what is not is in the database."""
        jobs = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone="UTC"
        )
        jobs.add_job(self._guarded(self.tick), "interval", seconds=TICK_SECONDS, id="tick")
        jobs.add_job(self._guarded(self.deliver), "interval", seconds=DELIVERY_SECONDS, id="delivery")
        jobs.add_job(self._guarded(self.set_menus), "interval", seconds=TICK_SECONDS, id="menus")
        jobs.start()
        loops = [asyncio.create_task(self._take_in_for_ever()), asyncio.create_task(self._handle_for_ever())]
        first = asyncio.create_task(self._start())
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopped, *loops], return_when=asyncio.FIRST_COMPLETED)
            for loop in loops:
                if loop.done():
                    loop.result()
        finally:
            self._is_stopping = True
            jobs.shutdown(wait=False)
            await _cancel([*loops, first, stopped])
            await asyncio.gather(*self._in_hand, return_exceptions=True)
            await self.worker.settle()
            self._is_stopping = False

    async def _uncut(self, step: Coroutine[Any, Any, Result]) -> Result:
        """Make a step that goes on to its end when the service is told to stop in the midst of it.

        A message that has gone out would else not be written down as sent, and go out once more at the next start.
        """
        making = asyncio.create_task(step)
        self._in_hand.add(making)
        making.add_done_callback(self._in_hand.discard)
        return await asyncio.shield(making)

    async def _start(self) -> None:
        """What need not wait for its interval: the menus of commands, and what fell due while nobody ran."""
        await self._guarded(self.set_menus)()
        await self._guarded(self.tick)()
        await self._guarded(self.deliver)()

    async def set_menus(self) -> bool:
        """The menus of commands: everybody's at first, then those that the turn of a day changes; whether any did."""
        today = self._today()
        did = False
        if self._menus_of is None:
            await set_menus(self.application.bot, self.database, self.house.language, today)
            did = True
        elif self._menus_of != today:
            did = await turn_menus(self.application.bot, self.database, self._menus_of, today)
        self._menus_of = today
        return did

    def _today(self) -> date:
        return self.house.hours.local_date(self.clock.now())

    async def _take_in_for_ever(self) -> None:
        while True:
            try:
                await self.take_in(POLL_SECONDS)
            except TransportError as error:
                log.warning("cannot ask for updates: %s", error.reason, extra={"action": "intake"})
                await asyncio.sleep(error.wait.total_seconds() if error.wait else PAUSE_AFTER_ERROR)
            except DBAPIError as error:
                log.warning("cannot store updates: %s", explain(error).data, extra={"action": "intake"})
                await asyncio.sleep(PAUSE_AFTER_ERROR)

    async def _handle_for_ever(self) -> None:
        while True:
            try:
                if await self._uncut(self.worker.step()):
                    continue
            except DBAPIError as error:
                log.warning("cannot handle updates: %s", explain(error).data, extra={"action": "inbox"})
                await asyncio.sleep(PAUSE_AFTER_ERROR)
            self._arrived.clear()
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    await self._arrived.wait()
            except TimeoutError:
                pass

    def _guarded(self, step: Callable[[], Awaitable[bool]]) -> Callable[[], Awaitable[None]]:
        """A step whose failure is logged and tried again at its next turn, instead of ending the service."""

        async def guarded() -> None:
            try:
                await step()
            except (TransportError, DBAPIError) as error:
                log.warning("%s failed: %s", step.__name__, type(error).__name__, extra={"action": step.__name__})
            except Exception:
                log.exception("%s failed", step.__name__, extra={"action": step.__name__})

        async def uncut() -> None:
            await self._uncut(guarded())

        return uncut


async def _greet(bot: bot_application.Bot, api: str) -> None:
    """The library asks who the bot is before anything else: the first to notice a wrong token or a dead line."""
    try:
        await bot.initialize()
    except TelegramError as error:
        await bot.bot.shutdown()
        if isinstance(error, InvalidToken | Forbidden):
            raise SettingsRefused("rejected_token", api=api) from None  # the library's message holds the token
        raise SettingsRefused("unreachable", api=api, problem=type(error).__name__) from None


async def _cancel(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def serve(settings: Settings) -> None:
    """Run the service of these settings until the process is told to stop (SIGINT, SIGTERM)."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and the token is in them
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    database = open_database(settings.database_url)
    try:
        await upgrade(database)
        clock = await open_clock(settings, database)
        limit = TELEGRAM_PER_SECOND if settings.talks_to_telegram else None
        async with Service.opened(settings, database, clock, per_second=limit) as service:
            stop = asyncio.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
            await service.run(stop)
    finally:
        await database.close()
