"""Opening the database: SQLite by default, PostgreSQL by URL, and the two kinds of session.

SQLite is set so that nothing acknowledged is lost (`synchronous=FULL`) and writers queue instead of failing: every
writing transaction begins with `BEGIN IMMEDIATE` (https://www.sqlite.org/lang_transaction.html), so that it never
has to upgrade a read lock another writer waits for.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage import sqlite_driver

BUSY_TIMEOUT_MS = 15_000
WRITES = "tiltaksvakt_writes"
_READ = "tiltaksvakt_read"
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


class _Session(Session):
    """A session that reads a row by its key once: what it has read stays with it, though nobody else may hold it.

    SQLAlchemy forgets a row that nothing refers to, and the same few are asked for again and again while an update
    is handled.
    """


def _keep(session: Session, row: object) -> None:
    session.info.setdefault(_READ, []).append(row)


event.listen(_Session, "loaded_as_persistent", _keep)
event.listen(_Session, "pending_to_persistent", _keep)


class DatabaseRefused(Refused):
    """The database cannot be used. `code` names the sentence in `templates/cli/database.j2`; `data` fills it."""


class Database:
    """One municipality's database. `read()` and `write()` give sessions; `write()` commits when its block ends."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @property
    def dialect(self) -> str:
        """The database's kind: "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that changes nothing: what it has done is rolled back."""
        async with self._session() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One writing transaction: committed when the block ends, rolled back when it raises."""
        async with self._session() as session:
            await session.connection(execution_options={WRITES: True})
            yield session
            await session.commit()

    @asynccontextmanager
    async def rehearse(self) -> AsyncIterator[AsyncSession]:
        """A writing transaction that is rolled back whatever happens: what `write()` would do, and nothing done."""
        async with self._session() as session:
            await session.connection(execution_options={WRITES: True})
            yield session
            # What was made or read stays readable when it is gone from the database.
            session.expunge_all()
            await session.rollback()

    def _session(self) -> AsyncSession:
        return AsyncSession(self.engine, sync_session_class=_Session, expire_on_commit=False)

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


def open_database(url: str, *, alone: bool = False) -> Database:
    """Open a database by URL without touching it yet; `alone`: nothing else goes on meanwhile (SQLite alone).

    `sqlite:///file.db` and `postgresql://user@host/name` are enough: the driver is chosen here. A SQLite file's
    folder is made. Raises `DatabaseRefused` for a URL that is none, or of another kind of database; one in memory is
    none, since every connection would have its own.
    """
    parsed = _with_driver(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed)
        engine = create_async_engine(
            parsed,
            connect_args={
                "isolation_level": None,
                "timeout": BUSY_TIMEOUT_MS / 1000,
                "async_creator_fn": partial(sqlite_driver.connect, alone=alone),
            },
            pool_size=5,
            hide_parameters=True,  # an error's text must not carry what somebody wrote
        )
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    else:
        engine = create_async_engine(parsed, pool_size=5, pool_pre_ping=True, hide_parameters=True)
    return Database(engine)


def explain(error: DBAPIError | sqlite3.Error | OSError) -> DatabaseRefused:
    """What a driver's error means for the person who set the database up."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return DatabaseRefused("cannot_open", detail=str(cause).strip().splitlines()[0] if str(cause).strip() else "")


def _with_driver(url: str) -> URL:
    try:
        parsed = make_url(url)
        driver = DRIVERS.get(parsed.get_backend_name())
    except (ArgumentError, NoSuchModuleError, ValueError) as error:  # a port that is no number is a ValueError
        raise DatabaseRefused("not_a_url") from error
    if driver is None:
        raise DatabaseRefused("unknown_kind", kind=parsed.get_backend_name())
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise DatabaseRefused("not_a_url")
    return parsed.set(drivername=driver)


def _make_folder(url: URL) -> None:
    assert url.database is not None
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # a zero byte in a path is a ValueError
        raise DatabaseRefused("cannot_open", detail=str(error)) from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    try:
        _set_pragmas(connection)
    except Exception:
        # The pool forgets a connection that failed here, and its thread would wait for ever.
        connection.close()
        raise


def _set_pragmas(connection: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
