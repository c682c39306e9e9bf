"""What SQLAlchemy awaits of a driver for SQLite, on Python's own `sqlite3`.

aiosqlite, which SQLAlchemy would take, goes to a thread and back for every call, and an update that is handled makes
about a hundred: to go there takes several times as long as most statements. Here only what may wait goes to a thread:
for another writer (`BEGIN IMMEDIATE`) or for the disk (a commit, and whatever is no plain statement). Reading never
waits in WAL mode (https://www.sqlite.org/wal.html), nor does a statement of a transaction that already writes.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Self, TypeVar

QUICK = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
WAITS_FOR_WRITERS = "BEGIN IMMEDIATE"
T = TypeVar("T")


class SqliteCursor:
    """A cursor whose statement has run when it is awaited."""

    def __init__(self, connection: "SqliteConnection", cursor: sqlite3.Cursor) -> None:
        self._of = connection
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of what was found; None after a statement that finds nothing."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted last."""
        return self._cursor.lastrowid

    async def execute(self, statement: str, parameters: Any = ()) -> None:
        """Run a statement."""
        if statement.startswith(QUICK) and statement != WAITS_FOR_WRITERS:
            await self._of.run(self._cursor.execute, statement, parameters)
        else:
            await self._of.run_apart(self._cursor.execute, statement, parameters)

    async def executemany(self, statement: str, parameters: Any) -> None:
        """Run a statement for each of several sets of parameters."""
        await self._of.run(self._cursor.executemany, statement, parameters)

    async def fetchall(self) -> list[Any]:
        """Every row that was found."""
        return await self._of.run(self._cursor.fetchall)

    async def close(self) -> None:
        """Give it back."""
        await self._of.run(self._cursor.close)


class SqliteConnection:
    """A connection that one task uses at a time. SQLAlchemy looks in `_connection` whether it is still open.

    `alone`: nobody else waits for this process meanwhile, and nothing goes to a thread. Each connection has a thread of
    its own: who holds a lock must not wait for one of those who wait for the lock.
    """

    def __init__(self, connection: sqlite3.Connection, *, alone: bool) -> None:
        self._connection: sqlite3.Connection | None = connection
        self._alone = alone
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._apart: asyncio.Future[Any] | None = None

    def cursor(self) -> SqliteCursor:
        """A new cursor."""
        return SqliteCursor(self, self._opened().cursor())

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        """Give SQL a function of Python's."""
        self._opened().create_function(*arguments, **options)

    async def commit(self) -> None:
        """Keep what was changed."""
        connection = self._opened()
        if connection.in_transaction:
            await self.run_apart(connection.commit)

    async def rollback(self) -> None:
        """Undo what was changed."""
        await self.run(self._opened().rollback)

    async def close(self) -> None:
        """Close it: the last one of a file puts the journal of what was written in its place."""
        if self._connection is not None:
            await self.run_apart(self._connection.close)
            self._connection = None
            self._thread.shutdown(wait=False)

    def stop(self) -> None:
        """Close it at once; what is in the thread is cut short first, since it must not lose what it works on."""
        connection, self._connection = self._connection, None
        self._thread.shutdown(wait=False)
        if connection is None:
            return
        if self._apart is None:
            connection.close()
        else:
            connection.interrupt()
            self._apart.add_done_callback(lambda _ended: connection.close())

    async def run(self, call: Callable[..., T], *arguments: Any) -> T:
        """Make a call that does not wait."""
        self._opened()
        await self._back()
        return call(*arguments)

    async def run_apart(self, call: Callable[..., T], *arguments: Any) -> T:
        """Make a call that may wait, in a thread; one that is cancelled meanwhile is ended before the next begins."""
        if self._alone:
            return await self.run(call, *arguments)
        self._opened()
        await self._back()
        going = self._apart = asyncio.get_running_loop().run_in_executor(self._thread, call, *arguments)
        try:
            return await asyncio.shield(going)
        finally:
            if going.done():
                self._apart = None

    async def _back(self) -> None:
        """Wait for what somebody who was cancelled left in the thread. How it ended is nobody's any more."""
        if self._apart is not None:
            await asyncio.wait([self._apart])
            self._apart.exception()
            self._apart = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("Connection closed")
        return self._connection


async def connect(file: str, *, alone: bool = False, **options: Any) -> SqliteConnection:
    """Open a file, with the arguments of `sqlite3.connect`."""
    options["check_same_thread"] = False
    opening = partial(sqlite3.connect, file, **options)
    return SqliteConnection(opening() if alone else await asyncio.to_thread(opening), alone=alone)
