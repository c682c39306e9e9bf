"""Moving a measure to another goal or plan, and merging two. Nothing about a measure is deleted."""

from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage import audit, measures
from storage.ids import id_of
from storage.tables import Measure, MeasureUnit


class MeasureRefused(Refused):
    """A measure cannot be changed so: "same", "other_plan"."""


async def merge(session: AsyncSession, source: Measure, target: Measure, *, actor: audit.Actor, at: datetime) -> None:
    """Let one measure take over for another, which is archived and points to it; its answers stay with it.

    The units that were responsible for the one are responsible for the other too. Raises `MeasureRefused`.
    """
    if source.id == target.id:
        raise MeasureRefused("same", ref=source.ref)
    if source.plan_id != target.plan_id:
        raise MeasureRefused("other_plan", ref=source.ref, into=target.ref)
    there = set(await session.exec(select(MeasureUnit.unit_id).where(MeasureUnit.measure_id == target.id)))
    rows = select(MeasureUnit).where(MeasureUnit.measure_id == source.id).order_by(col(MeasureUnit.position))
    new = [row.unit_id for row in await session.exec(rows) if row.unit_id not in there]
    for number, unit_id in enumerate(new, len(there)):
        session.add(MeasureUnit(measure_id=id_of(target), unit_id=unit_id, position=number))
    source.archived_at, source.merged_into_id = at, target.id
    await session.flush()
    audit.record(session, actor, at, "merged", "measure", id_of(source), after={"measure_id": target.id})


async def merged_into(session: AsyncSession, measure: Measure) -> list[Measure]:
    """The measures that were merged into one."""
    return list(await session.exec(select(Measure).where(Measure.merged_into_id == measure.id).order_by(Measure.ref)))


async def move(
    session: AsyncSession, measure: Measure, goal_id: int | None, *, actor: audit.Actor, at: datetime
) -> None:
    """Put a measure under another goal of its plan, last among its measures."""
    last = (await session.exec(select(func.max(Measure.position)).where(Measure.plan_id == measure.plan_id))).one()
    values = {"goal_id": goal_id, "position": (last or 0) + 1}
    await measures.change(session, measure, values, actor=actor, at=at)
