"""A whole copy of the database in a SQLite file of its own, and such a file put in place of all there is.

The copy is one moment of the database, whoever writes meanwhile: of SQLite by `VACUUM INTO`, which unlike a copy of the
pages leaves out what has been erased (https://www.sqlite.org/lang_vacuum.html), of PostgreSQL by one repeatable read.
A copy of either can be put into either.
"""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage.database import BUSY_TIMEOUT_MS, Database, explain, open_database
from storage.schema_version import upgrade

ROWS_AT_ONCE = 500
GROWS_ONLY = "audit_log"  # by trigger


async def copy_out(database: Database, file: Path) -> None:
    """Write what the database holds now to a SQLite file that is not there yet. Raises `DatabaseRefused`."""
    url = database.engine.url
    try:
        if database.dialect == "sqlite":
            with closing(sqlite3.connect(_path(url), timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
                connection.execute("VACUUM INTO ?", (str(file),))
            return
        copy = open_database(f"sqlite:///{file}")
        try:
            await upgrade(copy)
        finally:
            await copy.close()
        with _engine(url) as source, _engine(copy.engine.url) as target:
            _copy_rows(source, target)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise explain(error) from error


@asynccontextmanager
async def thrown_away(database: Database) -> AsyncIterator[Database]:
    """A copy to try things in; it is gone when the block ends. Raises `DatabaseRefused`."""
    with TemporaryDirectory(prefix="tiltaksvakt-") as folder:
        file = Path(folder) / "copy.db"
        await copy_out(database, file)
        copy = open_database(f"sqlite:///{file}", alone=True)
        event.listen(copy.engine.sync_engine, "connect", _without_waiting)
        try:
            yield copy
        finally:
            await copy.close()


def _without_waiting(connection: Any, _record: Any) -> None:
    """What is thrown away need not outlive a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


async def put_back(file: Path, database: Database) -> None:
    """Put what such a file holds in place of everything in the database: all of it, or nothing.

    The file has the schema of this version of the program. Raises `DatabaseRefused`.
    """
    url = database.engine.url
    try:
        if database.dialect == "sqlite":
            with (
                closing(sqlite3.connect(file)) as source,
                closing(sqlite3.connect(_path(url), timeout=BUSY_TIMEOUT_MS / 1000)) as target,
            ):
                source.backup(target)
            return
        with (
            _engine(make_url(f"sqlite:///{file}")) as there,
            _engine(url) as here,
            there.connect() as reading,
            here.begin() as writing,
        ):
            _replace_rows(reading, writing)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise explain(error) from error


def _path(url: URL) -> str:
    assert url.database is not None
    return url.database


@contextmanager
def _engine(url: URL) -> Iterator[Engine]:
    """An engine for plain, blocking work: nothing else goes on in the process of a copy."""
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(url.set(drivername="sqlite" if is_sqlite else "postgresql+psycopg"), hide_parameters=True)
    if is_sqlite:
        event.listen(engine, "connect", _in_any_order)
    try:
        yield engine
    finally:
        engine.dispose()


def _in_any_order(connection: Any, _record: Any) -> None:
    """Rows that name each other come as they were stored; whether all are there is looked at in the end."""
    connection.execute("PRAGMA foreign_keys=OFF")


def _copy_rows(source: Engine, target: Engine) -> None:
    with source.connect().execution_options(isolation_level="REPEATABLE READ") as reading, target.begin() as writing:
        for table in SQLModel.metadata.sorted_tables:
            for rows in _rows(reading, table):
                writing.execute(table.insert(), rows)
        broken = writing.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
        assert broken is None, f"a row of {broken[0]} names one that is not there"


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, some at a time."""
    streaming = connection.execution_options(yield_per=ROWS_AT_ONCE)
    for rows in streaming.execute(select(table)).mappings().partitions():
        yield [dict(row) for row in rows]


def _replace_rows(reading: Connection, writing: Connection) -> None:
    """On PostgreSQL: empty every table and fill it, in one transaction that nobody reads into."""
    tables = SQLModel.metadata.sorted_tables
    names = ", ".join(f'"{table.name}"' for table in tables)
    writing.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
    writing.execute(text(f"ALTER TABLE {GROWS_ONLY} DISABLE TRIGGER USER"))
    for table in reversed(tables):
        writing.execute(table.delete())
    writing.execute(text(f"ALTER TABLE {GROWS_ONLY} ENABLE TRIGGER USER"))
    for table in tables:
        _fill(reading, writing, table)
        _set_counter(writing, table)


def _own(table: Table) -> list[str]:
    """The columns that name another row of the same table."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _fill(reading: Connection, writing: Connection, table: Table) -> None:
    """A row may name one that comes after it in its table: that is written when all are there."""
    own = _own(table)
    named: list[dict[str, Any]] = []
    for rows in _rows(reading, table):
        named += [row for row in rows if any(row[column] is not None for column in own)]
        writing.execute(table.insert(), [row | dict.fromkeys(own) for row in rows])
    for row in named:
        writing.execute(update(table).where(table.c.id == row["id"]).values({column: row[column] for column in own}))


def _set_counter(writing: Connection, table: Table) -> None:
    """The next row gets a number of its own."""
    if "id" not in table.c:
        return
    named = {"name": f'"{table.name}"'}
    counter = writing.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), named).scalar()
    if counter:
        last = writing.execute(select(func.max(table.c.id))).scalar()
        counted = {"counter": counter, "last": last or 1, "used": last is not None}
        writing.execute(text("SELECT setval(:counter, :last, :used)"), counted)
