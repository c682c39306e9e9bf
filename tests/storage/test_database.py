"""Opening a database: what is refused, and what its sessions promise."""

import asyncio
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import select

from storage import database as databases
from storage import state
from storage.database import Database, DatabaseRefused, open_database
from storage.schema_version import upgrade
from storage.tables import Person, Plan
from tests.storage.rows import AT, add_person, add_plan


@pytest.mark.parametrize(
    "url", ["", "tiltaksvakt.db", "sqlite://", "sqlite:///:memory:", "postgresql://bruker@vert:port/navn"]
)
def test_an_address_that_leads_to_no_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        open_database(url)
    assert refused.value.code == "not_a_url"


def test_another_kind_of_database_is_refused_by_its_name() -> None:
    with pytest.raises(DatabaseRefused) as refused:
        open_database("mysql://bruker@vert/navn")
    assert (refused.value.code, refused.value.data) == ("unknown_kind", {"kind": "mysql"})


async def _why_refused(url: str) -> str:
    database = open_database(url)
    try:
        with pytest.raises(DatabaseRefused) as refused:
            await upgrade(database)
    finally:
        await database.close()
    assert refused.value.code == "cannot_open"
    detail = refused.value.data["detail"]
    assert isinstance(detail, str)
    return detail


async def test_a_file_that_is_something_else_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Kjære kommunestyre. " * 200)
    assert "not a database" in await _why_refused(f"sqlite:///{file}")
    assert file.read_text() == "Kjære kommunestyre. " * 200


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "unable to open" in await _why_refused(f"sqlite:///{tmp_path}")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DatabaseRefused) as refused:
        open_database(f"sqlite:///{tmp_path / 'data' / 'tiltaksvakt.db'}")
    assert refused.value.code == "cannot_open"


async def test_a_server_that_is_down_is_refused() -> None:
    assert "refused" in await _why_refused("postgresql://postgres@127.0.0.1:1/navn")


async def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'ny' / 'mappe' / 'tiltaksvakt.db'}")
    await upgrade(database)
    await database.close()
    assert (tmp_path / "ny" / "mappe" / "tiltaksvakt.db").exists()


async def test_sqlite_keeps_foreign_keys_and_loses_nothing_that_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "create_async_engine", create_async_engine)  # tests have another one, which hurries
    database = open_database(f"sqlite:///{tmp_path / 'tiltaksvakt.db'}")
    async with database.read() as session:
        found = [
            (await (await session.connection()).execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        ]
    await database.close()
    assert found == [1, "wal", 2, 15_000]


async def test_a_write_is_there_when_its_block_has_ended(database: Database) -> None:
    async with database.write() as session:
        await add_plan(session)
    async with database.read() as session:
        assert (await session.exec(select(Plan.slug))).all() == ["plan"]


async def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.write() as session:
            await add_plan(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    async with database.read() as session:
        assert (await session.exec(select(Plan))).all() == []


async def test_a_rehearsal_leaves_nothing_and_what_it_made_stays_readable(database: Database) -> None:
    async with database.rehearse() as session:
        plan = await add_plan(session, "prøve")
    async with database.read() as session:
        assert (await session.exec(select(Plan))).all() == []
    assert plan.slug == "prøve"


async def test_a_reader_changes_nothing(database: Database) -> None:
    async with database.read() as session:
        await add_plan(session)
    async with database.read() as session:
        assert (await session.exec(select(Plan))).all() == []


async def test_two_tasks_that_count_at_once_lose_no_count(database: Database) -> None:
    async with database.write() as session:
        await state.put(session, "count", {"n": 0})

    async def count(times: int) -> None:
        for _ in range(times):
            async with database.write() as session:
                # PostgreSQL lets both read, so that the row is locked there; SQLite has one writer at a time.
                locked = " FOR UPDATE" if database.dialect == "postgresql" else ""
                connection = await session.connection()
                await connection.execute(text(f"SELECT key FROM state WHERE key = 'count'{locked}"))
                value = await state.get(session, "count")
                assert value is not None
                await asyncio.sleep(0)
                await state.put(session, "count", {"n": value["n"] + 1})

    await asyncio.gather(count(20), count(20))
    async with database.read() as session:
        assert await state.get(session, "count") == {"n": 40}


async def test_a_savepoint_does_not_survive_the_rollback_around_it(database: Database) -> None:
    async def fail_after_a_savepoint() -> None:
        async with database.write() as session:
            async with session.begin_nested():
                await add_plan(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_after_a_savepoint()
    async with database.read() as session:
        assert (await session.exec(select(Plan))).all() == []


async def test_a_time_without_a_zone_is_not_stored(database: Database) -> None:
    async with database.write() as session:
        session.add(Person(name="Testperson", joined_at=datetime(2021, 3, 1, 9, 0)))  # noqa: DTZ001
        with pytest.raises(StatementError):
            await session.flush()
        await session.rollback()


async def test_a_time_of_another_zone_is_the_same_moment_when_it_is_read(database: Database) -> None:
    at = AT.astimezone(timezone(timedelta(hours=2)))
    async with database.write() as session:
        person = await add_person(session, 1)
        person.blocked_at = at
    async with database.read() as session:
        stored = (await session.exec(select(Person.blocked_at))).one()
    assert stored is not None
    assert (stored, stored.utcoffset()) == (AT, timedelta(0))


async def test_a_database_nobody_else_waits_for_works_in_the_thread_that_asks(sqlite: Database) -> None:
    alone = open_database(sqlite.engine.url.render_as_string(hide_password=False), alone=True)
    try:
        before = threading.active_count()
        async with alone.write() as session:
            await add_person(session, 1)
        async with alone.rehearse() as session:
            await add_person(session, 2)
        async with alone.read() as session:
            assert [person.chat_id for person in await session.exec(select(Person))] == [1]
        assert threading.active_count() == before
    finally:
        await alone.close()
