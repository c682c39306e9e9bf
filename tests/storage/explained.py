"""How the database goes about a search: what it reads the whole of, and which indexes it looks in."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession


async def explained(session: AsyncSession, search: Callable[[], Awaitable[Any]]) -> str:
    """What the database says of the statements of a search, with the values they are run with.

    A table with few rows is read whole; PostgreSQL does so here only where no index will do.
    """
    connection = await session.connection()
    dialect = connection.dialect.name
    if dialect == "postgresql":
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        found.append((statement, parameters))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await search()
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if dialect == "sqlite" else "EXPLAIN"
    rows = [row for each, values in found for row in await connection.exec_driver_sql(f"{explain} {each}", values)]
    return "\n".join(str(row) for row in rows)
