"""Insert-or-ignore that works alike on SQLite and PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

ROWS_AT_ONCE = 500


async def insert_new(session: AsyncSession, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose unique keys are not taken; returns how many were inserted."""
    dialect = (await session.connection()).dialect.name
    insert_into = postgresql.insert if dialect == "postgresql" else sqlite.insert
    inserted = 0
    for start in range(0, len(rows), ROWS_AT_ONCE):
        statement = insert_into(table).values(rows[start : start + ROWS_AT_ONCE]).on_conflict_do_nothing()
        # The count of inserted rows is not kept unless it is asked for.
        result = await session.exec(statement.execution_options(preserve_rowcount=True))
        inserted += result.rowcount
    return inserted


async def insert_all(session: AsyncSession, rows: Sequence[SQLModel]) -> None:
    """Insert rows of one table in one statement; their ids are not read back.

    SQLite cannot tell which id went to which row, so that a session inserts one row at a time there.
    """
    if rows:
        await session.exec(insert(type(rows[0])), params=[row.model_dump(exclude={"id"}) for row in rows])
