"""The one clock: real, or simulated and kept in the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tiltaksvakt.clock import SimulatedClock, SystemClock, open_clock
from tiltaksvakt.settings import Settings

START = datetime(2021, 2, 1, 7, tzinfo=UTC)
DAY = timedelta(days=1)


class HandMovedClock:
    """Stands in for the machine's time: it moves when the test says so."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 3, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


async def test_time_flows_in_the_simulation(database: Database) -> None:
    real = HandMovedClock()
    clock = await SimulatedClock.open(database, START, real)
    assert clock.now() == START
    real.at += timedelta(seconds=2)
    assert clock.now() == START + timedelta(seconds=2)


async def test_a_restart_resumes_the_simulation(database: Database) -> None:
    real = HandMovedClock()
    clock = await SimulatedClock.open(database, START, real)
    assert await clock.move_to(database, START + 30 * DAY)
    resumed = await SimulatedClock.open(database, START, real)
    assert resumed.now() == START + 30 * DAY


async def test_another_setting_starts_the_simulation_anew(database: Database) -> None:
    real = HandMovedClock()
    clock = await SimulatedClock.open(database, START, real)
    await clock.move_to(database, START + 30 * DAY)
    other = await SimulatedClock.open(database, START + DAY, real)
    assert other.now() == START + DAY


async def test_the_same_moment_in_another_zone_is_the_same_setting(database: Database) -> None:
    real = HandMovedClock()
    clock = await SimulatedClock.open(database, START, real)
    await clock.move_to(database, START + DAY)
    resumed = await SimulatedClock.open(database, datetime.fromisoformat("2021-02-01T08:00:00+01:00"), real)
    assert resumed.now() == START + DAY


async def test_time_never_goes_back(database: Database) -> None:
    clock = await SimulatedClock.open(database, START, HandMovedClock())
    assert not await clock.move_to(database, START - DAY)
    assert not await clock.move_to(database, START)
    assert clock.now() == START


async def test_another_process_sees_a_move_when_it_looks(database: Database) -> None:
    real = HandMovedClock()
    mine = await SimulatedClock.open(database, START, real)
    theirs = await SimulatedClock.open(database, START, real)
    await theirs.move_to(database, START + DAY)
    assert mine.now() == START
    await mine.refresh(database)
    assert mine.now() == START + DAY


async def test_a_move_counts_from_where_another_process_has_come(database: Database) -> None:
    real = HandMovedClock()
    mine = await SimulatedClock.open(database, START, real)
    theirs = await SimulatedClock.open(database, START, real)
    await theirs.move_to(database, START + 5 * DAY)
    assert not await mine.move_to(database, START + 2 * DAY)
    assert mine.now() == START + 5 * DAY


async def test_without_a_setting_the_clock_is_the_machines(database: Database) -> None:
    assert isinstance(await open_clock(Settings(), database), SystemClock)


async def test_with_a_setting_the_clock_is_simulated(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILTAKSVAKT_CLOCK", START.isoformat())
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", "http://127.0.0.1:8081")
    clock = await open_clock(Settings(), database)
    assert timedelta() <= clock.now() - START < timedelta(minutes=1)


def test_the_machines_time_is_aware() -> None:
    assert SystemClock().now().utcoffset() == timedelta()


def test_no_other_module_reads_the_time() -> None:
    """The one clock is the one place (in-process timers of the event loop are no calendar time)."""
    root = Path(__file__).parents[2]
    rooms = ("tiltaksvakt", "bot", "scheduler", "report", "storage", "plan", "templates")
    readers = ("datetime.now(", "utcnow(", "date.today(", "datetime.today(", "time.time(")
    found = {
        str(file.relative_to(root))
        for room in rooms
        for file in (root / room).rglob("*.py")
        if any(reader in file.read_text("utf-8") for reader in readers)
    }
    assert found == {"tiltaksvakt/clock.py"}
