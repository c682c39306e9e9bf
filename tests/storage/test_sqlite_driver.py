"""The driver of SQLite: what waits holds up nobody, and what is cut off in the middle spoils nothing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import func, select

from storage import sqlite_driver
from storage.database import BUSY_TIMEOUT_MS, Database
from storage.sqlite_driver import SqliteConnection
from storage.tables import Person
from tests.storage.rows import add_person

PATIENCE = 0.5  # seconds a writer waits for another


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[SqliteConnection]:
    opened = await sqlite_driver.connect(str(tmp_path / "town.db"), isolation_level=None, timeout=PATIENCE)
    yield opened
    await opened.close()


def _held(path: Path) -> sqlite3.Connection:
    """Another process's connection that writes, and is not done."""
    other = sqlite3.connect(path / "town.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def _begun_to_wait(connection: SqliteConnection) -> asyncio.Task[None]:
    """Somebody's wish to write, while another does."""
    waiting = asyncio.create_task(connection.cursor().execute("BEGIN IMMEDIATE"))
    await asyncio.sleep(PATIENCE / 10)
    return waiting


async def test_a_writer_who_waits_for_another_holds_up_nobody(sqlite: Database) -> None:
    async with sqlite.write() as session:
        await add_person(session, 1)
        second = asyncio.create_task(_add_in_a_write_of_its_own(sqlite))
        turns = 0
        while turns < 50:
            await asyncio.sleep(0.001)
            turns += 1
        assert not second.done()
    await second


async def test_however_many_wait_whoever_writes_gets_done(sqlite: Database) -> None:
    """As many as the pool has connections: with threads they share, the last free one would be somebody's who waits."""
    started = asyncio.Event()

    async def write_first() -> None:
        async with sqlite.write() as session:
            await add_person(session, 1)
            started.set()
            await asyncio.sleep(0.1)

    async def write_after(number: int) -> None:
        await started.wait()
        async with sqlite.write() as session:
            await add_person(session, number)

    async with asyncio.timeout(BUSY_TIMEOUT_MS / 1000 / 2):
        await asyncio.gather(write_first(), *(write_after(number) for number in range(2, 16)))
    async with sqlite.read() as session:
        assert (await session.exec(select(func.count()).select_from(Person))).one() == 15


async def _add_in_a_write_of_its_own(database: Database) -> None:
    async with database.write() as session:
        await add_person(session, 2)


async def test_what_was_cancelled_while_it_waited_is_over_before_the_next_statement(
    connection: SqliteConnection, tmp_path: Path
) -> None:
    other = _held(tmp_path)
    waiting = await _begun_to_wait(connection)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    # It can go on only if the statement waits for it, and does not stop everybody until it has given up.
    asyncio.get_running_loop().call_soon(other.close)
    cursor = connection.cursor()
    await cursor.execute("SELECT 1")
    assert await cursor.fetchall() == [(1,)]
    with closing(sqlite3.connect(tmp_path / "town.db", timeout=0)) as another:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            another.execute("BEGIN IMMEDIATE")
        await connection.rollback()
        another.execute("BEGIN IMMEDIATE")


async def test_who_waits_longer_than_is_reasonable_is_told_that_the_database_is_locked(
    connection: SqliteConnection, tmp_path: Path
) -> None:
    with closing(_held(tmp_path)), pytest.raises(sqlite3.OperationalError, match="locked"):
        await connection.cursor().execute("BEGIN IMMEDIATE")
    await connection.cursor().execute("BEGIN IMMEDIATE")


async def test_a_connection_that_is_ended_while_it_waits_is_ended(connection: SqliteConnection, tmp_path: Path) -> None:
    with closing(_held(tmp_path)):
        waiting = await _begun_to_wait(connection)
        connection.stop()
        with pytest.raises(sqlite3.Error):
            await waiting
    with pytest.raises(ValueError, match="closed"):
        connection.cursor()


async def test_closing_twice_is_closing(connection: SqliteConnection) -> None:
    await connection.close()
    await connection.close()
    connection.stop()
    with pytest.raises(ValueError, match="closed"):
        await connection.commit()
