"""The due dates of measures."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Occurrence


async def by_id(session: AsyncSession, occurrence_id: int) -> Occurrence | None:
    """A due date."""
    return await session.get(Occurrence, occurrence_id)


async def of_measure(session: AsyncSession, measure_id: int) -> list[Occurrence]:
    """Every due date there is or was of a measure, in order."""
    rows = select(Occurrence).where(Occurrence.measure_id == measure_id).order_by(col(Occurrence.due_on))
    return list(await session.exec(rows))
