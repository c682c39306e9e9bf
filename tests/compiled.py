"""Statements compiled once for all the engines of a process: every test has an engine, and all say the same to it."""

from typing import Any

from sqlalchemy import Engine
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
    return engine
