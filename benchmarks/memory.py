"""The memory of the service at rest, and after a year of work.

At rest: `tiltaksvakt run` as a process of its own, on a database full of measures, when it has set its menus, looked
for what is due and asked for updates; against a python-telegram-bot application that polls and does nothing else. The
second line, which has no goal, is the same process after a day on which all those measures were asked about.
A year: ticks, deliveries and answers of a year on a clock in the hand, against what was resident a year before.
Memory is the resident set as Linux reports it, shared libraries included.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import select

from benchmarks.bot_api import TOKEN, BotApi
from benchmarks.databases import KINDS, fresh_url, is_there
from benchmarks.municipality import FIRST_DAY, PHRASES, Municipality, at_ten, founded
from benchmarks.pairs import Pairs, in_turn
from benchmarks.resident import STATUS, resident_bytes
from benchmarks.scale import Scale
from benchmarks.table import Line, at_most, skipped
from benchmarks.waiting import until
from storage.database import open_database
from storage.tables import OutboxRow

GOAL = at_most(2.2)
NO_GROWTH = at_most(1.02)
HAS_PROC = Path(STATUS.format("self")).exists()


async def run(scale: Scale) -> AsyncIterator[Line]:
    """Three lines for each kind of database."""
    for kind in scale.kinds:
        name = KINDS[kind]
        rest = f"memory at rest, {scale.idle_measures:,} measures ({name})"
        worked = f"memory after asking about them all ({name})"
        year = f"memory after {scale.year_days} days, against as long before ({name})"
        if not is_there(kind) or not HAS_PROC:
            why = "no server" if not is_there(kind) else "only on Linux"
            for what in (rest, worked, year):
                yield skipped(what, why)
            continue
        async with fresh_url(kind) as url:
            place = await _founded(url, scale.people, scale.idle_measures)
            yield (await _at_rest(scale, scale.idle_runs, url, place, at_ten(FIRST_DAY))).line(rest, megabytes, GOAL)
            yield (await _at_rest(scale, 1, url, place, place.round_opens)).line(worked, megabytes)
        async with fresh_url(kind) as url:
            place = await _founded(url, scale.year_people, scale.year_measures, PHRASES)
            yield (await _year(url, place, scale.year_days)).line(year, megabytes, NO_GROWTH)


async def _founded(url: str, people: int, measures: int, phrases: tuple[str | None, ...] = (None,)) -> Municipality:
    database = open_database(url)
    try:
        return await founded(database, people, measures, phrases)
    finally:
        await database.close()


async def _at_rest(scale: Scale, runs: int, url: str, place: Municipality, at: datetime) -> Pairs:
    """The service from a moment on, and a bare bot."""

    async def ours() -> float:
        async with BotApi.running() as api:
            await api.open_chats(place.chats)

            async def is_ready() -> bool:
                menus = len(await api.answer_codes("setMyCommands"))
                return menus > len(place.chats) and await _all_said(url, expected=at == place.round_opens)

            with tempfile.TemporaryDirectory(prefix="tiltaksvakt-bench-") as folder:
                settings = {**_settings(url, api, at), "TILTAKSVAKT_DATA_DIR": folder}
                return await _resident(["-m", "tiltaksvakt", "run"], settings, is_ready, scale.idle_seconds)

    async def bare() -> float:
        async with BotApi.running() as api:

            async def is_ready() -> bool:
                return bool(await api.answer_codes("deleteWebhook"))

            return await _resident(["-m", "benchmarks.bare_bot", api.url, TOKEN], {}, is_ready, scale.idle_seconds)

    return await in_turn(runs, ours, bare)


def _settings(url: str, api: BotApi, at: datetime) -> dict[str, str]:
    return {
        "TILTAKSVAKT_DATABASE_URL": url,
        "TILTAKSVAKT_TELEGRAM_TOKEN": TOKEN,
        "TILTAKSVAKT_TELEGRAM_API": api.url,
        "TILTAKSVAKT_BOT_USERNAME": "tiltaksvakt_bot",
        "TILTAKSVAKT_MUNICIPALITY": "Prøve kommune",
        "TILTAKSVAKT_CLOCK": at.isoformat(),
    }


async def _all_said(url: str, *, expected: bool) -> bool:
    """Whether nothing waits to be delivered; where messages are expected, that there were some."""
    database = open_database(url)
    try:
        async with database.read() as session:
            states = set(await session.exec(select(OutboxRow.state).distinct()))
    finally:
        await database.close()
    return not states & {"waiting", "claimed"} and (not expected or "sent" in states)


async def _resident(
    arguments: list[str],
    settings: Mapping[str, str],
    is_ready: Callable[[], Awaitable[bool]],
    idle_seconds: float,
) -> float:
    """What a Python process has resident when it is ready and has idled for a while."""
    async with _process(arguments, settings) as process:

        async def is_ready_or_gone() -> bool:
            assert process.returncode is None, f"{arguments[1]} ended with {process.returncode}"
            return await is_ready()

        await until(is_ready_or_gone)
        await asyncio.sleep(idle_seconds)
        return resident_bytes(process.pid)


@asynccontextmanager
async def _process(arguments: list[str], settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("TILTAKSVAKT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={**own, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _year(url: str, place: Municipality, days: int) -> Pairs:
    async with BotApi.running() as api:
        await api.open_chats(place.chats)
        async with _process(["-m", "benchmarks.year", url, api.url, str(days)], {}) as process:
            assert process.stdout is not None
            printed = [await process.stdout.readline() for _ in range(2)]
            assert all(printed), "benchmarks.year ended early"
            before, after = map(float, printed)
    return Pairs((after,), (before,))


def megabytes(number: float) -> str:
    """A number of bytes as it is shown."""
    return f"{number / 1024**2:.1f} MiB"
