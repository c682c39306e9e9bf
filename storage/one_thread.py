"""SQLite in the thread that asks, for work that nobody else waits for.

The usual connection has a thread of its own, so that a slow disk holds up nobody: to go there and back takes several
times as long as most statements. Where a whole database is one piece of work, as the copy that years are lived through
in, there is nobody to hold up. What SQLAlchemy awaits of a driver is here, and has happened when it is awaited.
"""

import sqlite3
from typing import Any, Self


class OneThreadCursor:
    """A cursor without a thread: a statement has run when it is awaited."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
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
        self._cursor.execute(statement, parameters)

    async def executemany(self, statement: str, parameters: Any) -> None:
        """Run a statement for each of several sets of parameters."""
        self._cursor.executemany(statement, parameters)

    async def fetchall(self) -> list[Any]:
        """Every row that was found."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Give it back."""
        self._cursor.close()


class OneThreadConnection:
    """A connection without a thread. SQLAlchemy looks in `_connection` whether it is still open."""

    def __init__(self, file: str) -> None:
        # The transactions are the engine's.
        self._connection: sqlite3.Connection | None = sqlite3.connect(file, isolation_level=None)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("Connection closed")
        return self._connection

    def cursor(self) -> OneThreadCursor:
        """A new cursor."""
        return OneThreadCursor(self._opened().cursor())

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        """Give SQL a function of Python's."""
        self._opened().create_function(*arguments, **options)

    async def commit(self) -> None:
        """Keep what was changed."""
        self._opened().commit()

    async def rollback(self) -> None:
        """Undo what was changed."""
        self._opened().rollback()

    async def close(self) -> None:
        """Close it."""
        self.stop()

    def stop(self) -> None:
        """Close it at once; there is no thread to stop."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


async def connect(file: str) -> OneThreadConnection:
    """Open a file."""
    return OneThreadConnection(file)
