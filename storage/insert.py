"""Insert-or-ignore that works alike on SQLite and PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def insert_new(session: AsyncSession, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose unique keys are not taken; returns how many were inserted."""
    if not rows:
        return 0
    await session.flush()
    connection = await session.connection()
    insert_into = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    # The count of inserted rows is not kept unless it is asked for.
    statement = insert_into(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return (await connection.execute(statement, rows)).rowcount


async def insert_all(session: AsyncSession, rows: Sequence[SQLModel]) -> None:
    """Insert rows of one table in one statement; their ids are not read back.

    SQLite cannot tell which id went to which row, so that a session inserts one row at a time there.
    """
    if rows:
        await insert_values(session, type(rows[0]), [row.model_dump(exclude={"id"}) for row in rows])


async def insert_values(session: AsyncSession, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """The same of rows nobody needs but the database: of each its values by column, all of them."""
    if rows:
        await session.exec(insert(table), params=rows)
