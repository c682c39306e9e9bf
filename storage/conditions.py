"""What measures wait for by the plan's own words, and whether it has come true as their units have said."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.awaited import awaited
from plan.deadline import Deadline
from storage.ids import id_of
from storage.insert import insert_new
from storage.tables import ConditionMet, Measure


def condition_of(measure: Measure) -> str | None:
    """What a measure waits for; None where it waits for nothing that comes true."""
    return awaited(Deadline.from_json(measure.deadline))


async def met_on(session: AsyncSession, measure: Measure) -> date | None:
    """The day on which somebody said that what a measure waits for now has come true."""
    return (await met(session, [measure])).get(id_of(measure))


async def met(session: AsyncSession, measures: Iterable[Measure]) -> dict[int, date]:
    """The same of several measures, by their ids, where it has come true."""
    waiting = {id_of(each): condition for each in measures if (condition := condition_of(each)) is not None}
    if not waiting:
        return {}
    rows = await session.exec(select(ConditionMet).where(col(ConditionMet.measure_id).in_(waiting)))
    return {row.measure_id: row.met_on for row in rows if waiting[row.measure_id] == row.condition}


async def add(session: AsyncSession, measure: Measure, on: date) -> bool:
    """Somebody says that it has come true; False where that is known already, or there is nothing to wait for."""
    condition = condition_of(measure)
    if condition is None:
        return False
    row = {"measure_id": id_of(measure), "condition": condition, "met_on": on}
    return bool(await insert_new(session, ConditionMet, [row]))


async def carry_over(session: AsyncSession, source: Measure, target: Measure) -> date | None:
    """What both measures wait for has come true for the one, and so for the other; the day, where that is news."""
    condition, same = condition_of(source), condition_of(target)
    if condition is None or same is None or condition.casefold() != same.casefold():
        return None
    said_on = await met_on(session, source)
    return said_on if said_on is not None and await add(session, target, said_on) else None


async def take_back(session: AsyncSession, measure: Measure) -> bool:
    """It has not come true after all; False where nobody had said so."""
    statement = delete(ConditionMet).where(
        col(ConditionMet.measure_id) == measure.id, col(ConditionMet.condition) == condition_of(measure)
    )
    found = await session.exec(statement.execution_options(synchronize_session=False))
    return bool(found.rowcount)
