"""SQLite in the thread that asks, for work that nobody else waits for.

The usual connection has a thread of its own, so that a slow disk holds up nobody: to go there and back takes several
times as long as most statements. Where a whole database is one piece of work, as the copy that years are lived through
in, there is nobody to hold up.
"""

import sqlite3
from collections.abc import Callable, Generator
from typing import Any

import aiosqlite


class OneThreadConnection(aiosqlite.Connection):
    """A connection without a thread: a statement has run when it is awaited."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        return self._connect().__await__()

    async def _connect(self) -> aiosqlite.Connection:
        self._connection = self._connector()
        return self

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is None:
            raise ValueError("Connection closed")
        return fn(*args, **kwargs)

    def stop(self) -> None:
        """Close it; there is no thread to stop."""
        self._running = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None


async def connect(file: str) -> aiosqlite.Connection:
    """Open a file; the transactions are the engine's."""
    return await OneThreadConnection(lambda: sqlite3.connect(file, isolation_level=None))
