"""Rounds: the one that is open, one by its id or year, and the steps each has taken."""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import OSLO
from storage.tables import Round, RoundStep


async def by_id(session: AsyncSession, round_id: int) -> Round | None:
    """A round."""
    return await session.get(Round, round_id)


async def open_of_plan(session: AsyncSession, plan_id: int) -> Round | None:
    """The round of a plan that is open now."""
    rows = await session.exec(
        select(Round).where(Round.plan_id == plan_id, Round.state == "open").order_by(col(Round.year).desc())
    )
    return rows.first()


async def of_year(session: AsyncSession, plan_id: int, year: int) -> Round | None:
    """The round of a plan for a year."""
    return (await session.exec(select(Round).where(Round.plan_id == plan_id, Round.year == year))).first()


async def of_plan(session: AsyncSession, plan_id: int) -> list[Round]:
    """Every round of a plan, oldest first."""
    return list(await session.exec(select(Round).where(Round.plan_id == plan_id).order_by(col(Round.year))))


async def steps_taken(session: AsyncSession, round_ids: Collection[int]) -> dict[int, dict[str, date]]:
    """The steps of rounds that were taken, each with its day, by round."""
    if not round_ids:
        return {}
    rows = await session.exec(select(RoundStep).where(col(RoundStep.round_id).in_(round_ids)))
    found: dict[int, dict[str, date]] = {}
    for row in rows:
        found.setdefault(row.round_id, {})[row.step] = row.at.astimezone(OSLO).date()
    return found
