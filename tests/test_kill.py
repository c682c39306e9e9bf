"""Killing the service, as a machine that loses its power would: nothing is lost, and nobody is asked twice."""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlmodel import select

from plan.workday import SendingHours, WorkCalendar
from storage import inbox, replies, rounds
from storage.database import Database
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, OutboxRow, StatusReply
from templates import words
from tests.town import TOKEN, Town, town
from tiltaksvakt.clock import SimulatedClock, SystemClock
from tiltaksvakt.demo.cast import Actor, Script
from tiltaksvakt.demo.stage import ANSWERS_FILE

OSLO = ZoneInfo("Europe/Oslo")
BUSIEST_DAY = datetime(2021, 3, 15, 8, 5, tzinfo=OSLO)
THE_DAY_BEFORE = BUSIEST_DAY - timedelta(hours=20)  # a Sunday: nothing goes out
KILLED_AFTER = (0, 2, 4, 7)  # so many answers are stored when the power goes
LEASE = timedelta(minutes=3)
PATIENCE = 40.0


class Process:
    """The service as a process of its own, against a Bot API server and a database."""

    def __init__(self, api: str, database_url: str, folder: Path) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TILTAKSVAKT_")},
            "TILTAKSVAKT_DATABASE_URL": database_url,
            "TILTAKSVAKT_DATA_DIR": str(folder),
            "TILTAKSVAKT_TELEGRAM_TOKEN": TOKEN,
            "TILTAKSVAKT_TELEGRAM_API": api,
            "TILTAKSVAKT_BOT_USERNAME": "tiltaksvakt_bot",
            "TILTAKSVAKT_MUNICIPALITY": "Vefsn kommune",
            "TILTAKSVAKT_LEADER_TITLE": "rådmann",
            "TILTAKSVAKT_CLOCK": BUSIEST_DAY.isoformat(),
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and do not wait."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tiltaksvakt", "run", env=self._environment
        )

    async def kill(self) -> None:
        """End it without a word, by its id."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> int:
        """Ask it to end; returns its exit code."""
        assert self._process is not None
        self._process.terminate()
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()


@asynccontextmanager
async def _process(api: str, database_url: str, folder: Path) -> AsyncIterator[Process]:
    """The service, running; whatever happens, it is gone afterwards."""
    process = Process(api, database_url, folder)
    await process.start()
    try:
        yield process
    finally:
        await process.kill()


@asynccontextmanager
async def _prepared(database: Database) -> AsyncIterator[tuple[Town, dict[str, Actor]]]:
    """The plan imported and four leaders joined, before the round opens; the service is not running."""
    script = Script.of(yaml.safe_load(ANSWERS_FILE.read_text(encoding="utf-8")))
    async with town(database, THE_DAY_BEFORE) as prepared:
        await prepared.import_plan()
        actors = {}
        for unit in ("Rådmannen", "SLT-koordinator", "NAV", "Kommunalsjef omsorg"):
            person = await prepared.join(Role.LEADER, f"Leder for {unit}", unit)
            answers = Script({**script.answers, "3.3": script.answers["1.5"]}, {}, {})
            actors[unit] = Actor(person, answers, lambda: _settled(prepared))
        yield prepared, actors


async def _settled(prepared: Town) -> None:
    """Wait until the running service has handled and answered everything there is."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if prepared.server.pending_updates == 0:
                async with prepared.database.read() as session:
                    if not await inbox.has_open(session):
                        return
            await asyncio.sleep(0.03)


async def test_killing_the_service_on_its_busiest_day_loses_no_answer_and_asks_nobody_twice(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    async with AsyncExitStack() as processes, _prepared(database) as (prepared, actors):
        seen = {unit: len(actor.chat.messages) for unit, actor in actors.items()}
        process = await processes.enter_async_context(_process(prepared.server.url, database_url, tmp_path))
        answering = [asyncio.create_task(_answer_when_asked(actor)) for actor in actors.values()]
        chance = random.Random(2021)
        for stored in KILLED_AFTER:
            await _until(prepared, stored, answering)
            await asyncio.sleep(chance.random() / 20)
            await process.kill()
            clock = await SimulatedClock.open(database, BUSIEST_DAY, SystemClock())
            await clock.move_to(database, clock.now() + LEASE)
            await process.start()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*answering)
        assert await process.stop() == 0
        await _nothing_is_lost(prepared, actors)
        for unit, actor in actors.items():
            since = actor.chat.messages[seen[unit] :]
            digests = [message for message in since if message.from_bot and "Jeg trenger status" in message.text]
            unmarked = [message for message in digests if "kan du ha fått før" not in message.text]
            assert len(unmarked) == 1, actor.chat.transcript()
            assert len(digests) - len(unmarked) <= len(KILLED_AFTER)


async def _until(prepared: Town, stored: int, answering: Sequence[asyncio.Task[None]]) -> None:
    """Wait until somebody has been asked and so many answers are stored; fails as soon as an actor has failed."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with prepared.database.read() as session:
                asked = len(list(await session.exec(select(OutboxRow.id))))
                answers = len(list(await session.exec(select(StatusReply.id))))
            if asked and answers >= stored:
                return
            if all(task.done() for task in answering):
                await asyncio.gather(*answering)
                pytest.fail(f"everybody is done after {answers} answers\n{prepared.server.transcript()}")
            await asyncio.sleep(0.005)


async def _answer_when_asked(actor: Actor) -> None:
    await actor.chat.wait_for(lambda: actor.is_asked, timeout=PATIENCE)
    await actor.answer_all()


async def _nothing_is_lost(prepared: Town, actors: dict[str, Actor]) -> None:
    """Every answer is stored once, as it was given, and nothing is left open."""
    async with prepared.database.read() as session:
        assert not await inbox.has_open(session)
        measures = {measure.id: measure for measure in await session.exec(select(Measure))}
        stored = list(await session.exec(select(StatusReply)))
        row = await rounds.of_year(session, next(iter(measures.values())).plan_id, 2021)
        latest = await replies.latest(session, [id_of(measure) for measure in measures.values()])
    assert row is not None
    assert row.state == "open"
    script = next(iter(actors.values())).script
    asked = {measure.ref for measure in measures.values() if measure.owner_id is not None}
    said = {measures[measure_id].ref: reply for measure_id, reply in latest.items()}
    assert said.keys() == asked
    assert max(Counter(reply.measure_id for reply in stored).values()) == 1
    for ref, reply in said.items():
        assert words.say(f"status.{reply.status}") == script.answers[ref]["status"]
        assert reply.comment == script.answers[ref]["kommentar"]


def test_the_busiest_day_is_a_working_day_on_which_messages_go_out() -> None:
    assert SendingHours(WorkCalendar()).is_open(BUSIEST_DAY)
