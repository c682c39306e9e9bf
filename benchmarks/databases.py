"""A migrated database of each kind, made for one benchmark and dropped after it; counting statements."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import event, text

from storage.database import Database, open_database
from storage.schema_version import upgrade

POSTGRES = os.environ.get("TILTAKSVAKT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def is_there(kind: str) -> bool:
    """Whether there is a server for databases of this kind; SQLite needs none."""
    if kind == "sqlite":
        return True
    try:
        _administer("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


@asynccontextmanager
async def fresh_url(kind: str) -> AsyncIterator[str]:
    """The URL of a migrated, empty database."""
    async with _empty(kind) as url:
        database = open_database(url)
        await upgrade(database)
        await database.close()
        yield url


@asynccontextmanager
async def fresh(kind: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    async with fresh_url(kind) as url:
        database = open_database(url)
        try:
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def _empty(kind: str) -> AsyncIterator[str]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="tiltaksvakt-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    name = f"tiltaksvakt_bench_{uuid4().hex[:8]}"
    await asyncio.to_thread(_administer, f'CREATE DATABASE "{name}"')
    try:
        yield f"{POSTGRES.rsplit('/', 1)[0]}/{name}"
    finally:
        await asyncio.to_thread(_administer, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())


async def described(kind: str) -> str:
    """The database's version, and the settings that say when a commit is on the disk."""
    async with fresh(kind) as database, database.read() as session:
        connection = await session.connection()

        async def ask(question: str) -> object:
            return (await connection.execute(text(question))).scalar()

        if kind == "sqlite":
            level = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[int(str(await ask("PRAGMA synchronous")))]
            journal = str(await ask("PRAGMA journal_mode")).upper()
            return f"SQLite {await ask('SELECT sqlite_version()')}, journal_mode {journal}, synchronous {level}"
        version, commit, fsync = [
            await ask(f"SHOW {name}") for name in ("server_version", "synchronous_commit", "fsync")
        ]
        return f"PostgreSQL {version}, synchronous_commit {commit}, fsync {fsync}"


@dataclass
class Statements:
    """How many statements were sent, and how many rows those that came in batches held.

    A batch (`executemany`) is one statement.
    """

    count: int = 0
    batched_rows: int = 0


@contextmanager
def counted(database: Database) -> Iterator[Statements]:
    """Counts what is sent to a database, the beginning of a transaction included."""
    found = Statements()

    def before(_c: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, executemany: bool) -> None:
        found.count += 1
        found.batched_rows += len(parameters) if executemany else 0

    event.listen(database.engine.sync_engine, "before_cursor_execute", before)
    try:
        yield found
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", before)
