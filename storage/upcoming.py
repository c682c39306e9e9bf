"""The next day anything stored concerns us: every table that can fall due carries its next day in `next_on`."""

from datetime import date, datetime

from sqlalchemy import select as sql_select
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import OutboxRow


async def next_day(session: AsyncSession, after: date) -> date | None:
    """The first day after this one that something carries, or None: a pass of the scheduler then may find work."""
    firsts = (
        select(func.min(table.c.next_on)).where(table.c.next_on > after).scalar_subquery()
        for table in SQLModel.metadata.sorted_tables
        if "next_on" in table.c
    )
    found = (await (await session.connection()).execute(sql_select(*firsts))).one()
    return min((day for day in found if day is not None), default=None)


async def next_message_at(session: AsyncSession) -> datetime | None:
    """When the first of the messages that wait in the outbox may go out, or None."""
    first = select(func.min(OutboxRow.not_before)).where(col(OutboxRow.state) == "waiting")
    return (await session.exec(first)).one()
