"""Engines for tests: statements are compiled once for all those of a process, and SQLite does not wait for the disk.

Every test has an engine, and all say the same to it. What waiting for the disk is for, a machine that loses its power,
no test can bring about: the kills are of processes of their own, which wait.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

STATEMENTS = 5000
_first: dict[str, Engine] = {}


def share(engine: AsyncEngine) -> None:
    """Let the engines that are made from now on use what this one, which has been connected, compiles."""
    _first.setdefault(engine.dialect.name, engine.sync_engine)


def make_engine(*arguments: Any, **options: Any) -> AsyncEngine:
    """In place of `create_async_engine`: the dialect is the first one's, since compiled statements are kept by it."""
    engine = create_async_engine(*arguments, query_cache_size=STATEMENTS, **options)
    first = _first.get(engine.dialect.name)
    if first is not None:
        engine.sync_engine.dialect = first.dialect
        engine.sync_engine._compiled_cache = first._compiled_cache
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "engine_connect", _wait_for_no_disk)
    return engine


def _wait_for_no_disk(connection: Connection) -> None:
    if connection.info.setdefault("waits", True):
        connection.info["waits"] = False
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()
