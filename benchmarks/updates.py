"""Updates handled a second, with what they change committed, against an echo bot of python-telegram-bot alone.

Ours: the service as it runs, while leaders answer in chat: each answer a press of a status, a comment, and a press of
"next". Bare: an echo bot that runs as python-telegram-bot runs by itself (`start_polling`); for each message it commits
one row through the same engine and sends the text back. Both get the same number of updates from the same server, all
at once; what is measured is until the last answer has gone out, and of ours, until that is written down.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import SQLModel, col, func, select
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.bot_api import TOKEN, BotApi, Deed
from benchmarks.databases import KINDS, fresh, is_there
from benchmarks.municipality import HandClock, founded, serving
from benchmarks.pairs import in_turn, per_second, seconds
from benchmarks.scale import Scale
from benchmarks.table import Line, at_least, skipped
from benchmarks.waiting import until
from bot.dialogues.asked import Asked
from storage.database import Database
from storage.tables import InboxRow, Membership, Person, StatusReply, StatusRequest
from tiltaksvakt.service import Service

WHAT = "updates handled, effects committed"
GOAL = at_least(0.5)
COMMENT = "Arbeidet følger planen."
UPDATES_PER_STATUS = 3
IN_PROGRESS = "ip"
SAVE = "sa"
ECHO = sa.Table(
    "bench_echo",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)


async def run(scale: Scale) -> AsyncIterator[Line]:
    """A line for each kind of database."""
    for kind in scale.kinds:
        name = KINDS[kind]
        what = f"{WHAT} ({name})"
        yield await _line(scale, kind, what) if is_there(kind) else skipped(what, "no server")


async def _line(scale: Scale, kind: str, what: str) -> Line:
    at_once = scale.people * scale.statuses
    async with fresh(kind) as database, BotApi.running() as api:
        place = await founded(database, scale.people, at_once * (scale.repeats + 1))
        await api.open_chats(place.chats)
        async with serving(database, api.url, HandClock(place.round_opens)) as service:
            await service.tick()
            await service.deliver()
            ours = _Ours(service, api, await _questions(database), at_once, scale.settle_seconds)
            bare = await _Echo.prepared(database, api, place.chats, at_once * UPDATES_PER_STATUS, scale.settle_seconds)
            for warm_up in (ours.rate, bare.rate):
                await warm_up()
            return (await in_turn(scale.repeats, ours.rate, bare.rate)).line(what, per_second, GOAL)


async def _questions(database: Database) -> list[tuple[int, Asked]]:
    """Every open question with the chat of whom it is put to, one for each person before the second for anybody."""
    async with database.read() as session:
        rows = await session.exec(
            select(Person.chat_id, StatusRequest.measure_id, StatusRequest.id)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .join(StatusRequest, col(StatusRequest.unit_id) == col(Membership.unit_id))
            .order_by(col(StatusRequest.measure_id))
        )
        return [(chat_id or 0, Asked(measure_id, request_id or 0)) for chat_id, measure_id, request_id in rows]


@dataclass
class _Ours:
    """The service, and the questions nobody has answered yet."""

    service: Service
    api: BotApi
    questions: list[tuple[int, Asked]]
    at_once: int
    settle_seconds: float
    answered: int = 0

    async def rate(self) -> float:
        """Updates a second, while the next so many questions are answered."""
        asked = self.questions[self.answered : self.answered + self.at_once]
        self.answered += len(asked)
        deeds: list[Deed] = []
        for chat, question in asked:
            deeds += [
                ("press", chat, question.press(IN_PROGRESS)),
                ("say", chat, COMMENT),
                ("press", chat, question.press(SAVE)),
            ]
        async with self._running():
            await self.api.act(deeds)
            taken = await seconds(lambda: self._until_done(self.answered * UPDATES_PER_STATUS))
        assert await self._count(StatusReply) == self.answered, "every answer is stored"
        return len(deeds) / taken

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        """The service, running, and done with what it does when it starts; menus are set at its first start alone."""
        stop = asyncio.Event()
        running = asyncio.create_task(self.service.run(stop))
        people = len({chat for chat, _ in self.questions})

        async def has_started() -> bool:
            return len(await self.api.answer_codes("setMyCommands")) > people

        await until(has_started)
        await asyncio.sleep(self.settle_seconds)
        try:
            yield
        finally:
            stop.set()
            await running

    async def _until_done(self, count: int) -> None:
        async def is_done() -> bool:
            return await self._count(InboxRow, InboxRow.state == "done") >= count

        # To look takes of the time that is measured: of ten seconds, a tenth of one is little to be wrong by.
        await until(is_done, look_every=0.1)

    async def _count(self, table: type[SQLModel], *conditions: bool) -> int:
        async with self.service.database.read() as session:
            return (await session.exec(select(func.count()).select_from(table).where(*conditions))).one()


@dataclass
class _Echo:
    """The echo bot, and how much it is to echo."""

    database: Database
    api: BotApi
    chats: Sequence[int]
    at_once: int
    settle_seconds: float

    @classmethod
    async def prepared(
        cls, database: Database, api: BotApi, chats: Sequence[int], at_once: int, settle_seconds: float
    ) -> "_Echo":
        """An echo bot with a table for its rows."""
        async with database.write() as session:
            await (await session.connection()).execute(sa.schema.CreateTable(ECHO))
        return cls(database, api, chats, at_once, settle_seconds)

    async def rate(self) -> float:
        """Updates a second, while so many messages are echoed."""
        application = Application.builder().token(TOKEN).base_url(f"{self.api.url}/bot").build()
        done = asyncio.Event()
        echoed = 0

        async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            nonlocal echoed
            assert update.message is not None
            async with self.database.write() as session:
                row = {"chat_id": update.message.chat_id, "text": update.message.text}
                await (await session.connection()).execute(ECHO.insert().values(row))
            await update.message.reply_text(update.message.text or "")
            echoed += 1
            if echoed == self.at_once:
                done.set()

        application.add_handler(MessageHandler(filters.TEXT, echo))
        assert application.updater is not None
        async with application:
            await application.start()
            await application.updater.start_polling(poll_interval=0)
            await asyncio.sleep(self.settle_seconds)
            await self.api.act(
                [("say", self.chats[number % len(self.chats)], COMMENT) for number in range(self.at_once)]
            )
            taken = await seconds(done.wait)
            await application.updater.stop()
            await application.stop()
        return self.at_once / taken
