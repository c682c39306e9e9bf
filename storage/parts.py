"""Parts of a measure: the units a plan names beside the one that answers for the whole, and what they have said."""

from collections.abc import Collection

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import replies
from storage.tables import Measure, MeasureUnit, Plan, Round, StatusReply, StatusRequest, Unit

_SEVERAL = select(MeasureUnit.measure_id).group_by(col(MeasureUnit.measure_id)).having(func.count() > 1)
"""The measures for which the plan names several units."""


async def named(session: AsyncSession, measure_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The units inside the municipality that have a part in measures, in the plan's order, by measure.

    The follow-up owner is none of them; a measure without one has no parts. Where the plan names but one unit, and
    another follows the measure up, that one has taken over the whole.
    """
    if not measure_ids:
        return {}
    rows = await session.exec(
        select(MeasureUnit.measure_id, MeasureUnit.unit_id)
        .join(Measure, col(Measure.id) == col(MeasureUnit.measure_id))
        .join(Unit, col(Unit.id) == col(MeasureUnit.unit_id))
        .where(
            col(MeasureUnit.measure_id).in_(measure_ids),
            col(MeasureUnit.unit_id) != col(Measure.owner_id),
            col(Unit.external).is_(False),
            col(Unit.archived_at).is_(None),
            col(MeasureUnit.measure_id).in_(_SEVERAL),
        )
        .order_by(col(MeasureUnit.measure_id), col(MeasureUnit.position))
    )
    found: dict[int, tuple[int, ...]] = {}
    for measure_id, unit_id in rows:
        found[measure_id] = (*found.get(measure_id, ()), unit_id)
    return found


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> list[tuple[Measure, Plan]]:
    """The measures in which units have a part and others answer for the whole, by plan and in its order."""
    mine = select(MeasureUnit.measure_id).where(col(MeasureUnit.unit_id).in_(unit_ids))
    rows = await session.exec(
        select(Measure, Plan)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(
            col(Measure.id).in_(mine),
            col(Measure.id).in_(_SEVERAL),
            col(Measure.owner_id).is_not(None),
            col(Measure.owner_id).not_in(unit_ids),
            col(Measure.archived_at).is_(None),
            col(Plan.archived_at).is_(None),
        )
        .order_by(col(Plan.id), col(Measure.position), col(Measure.id))
    )
    return list(rows)


async def of_measure(session: AsyncSession, measure_id: int) -> list[StatusReply]:
    """What units have said about their part of a measure and nobody has corrected, newest first."""
    rows = await session.exec(
        replies.uncorrected()
        .where(StatusReply.measure_id == measure_id, col(StatusReply.part))
        .order_by(col(StatusReply.id).desc())
    )
    return list(rows)


async def latest(session: AsyncSession, measure_ids: Collection[int]) -> dict[tuple[int, int], StatusReply]:
    """The last thing each unit has said about its part of each of these measures: by measure and unit."""
    each = col(StatusReply.measure_id), col(StatusReply.unit_id)
    wanted = each[0].in_(measure_ids), col(StatusReply.part).is_(True)
    rows = await session.exec(replies.last_of_each(*each, among=wanted))
    return {(row.measure_id, row.unit_id): row for row in rows}


async def open_of_measure(session: AsyncSession, measure_id: int) -> list[StatusRequest]:
    """The parts of a measure that are being asked for now, in the order they were."""
    rows = await session.exec(
        select(StatusRequest)
        .where(StatusRequest.measure_id == measure_id, col(StatusRequest.part), col(StatusRequest.closed_at).is_(None))
        .order_by(col(StatusRequest.id))
    )
    return list(rows)


async def asked(session: AsyncSession, measure_ids: Collection[int]) -> list[tuple[StatusRequest, Round | None]]:
    """Every request about these measures that is open, or of a round that is, with the round.

    With those that are open about a due date come all that were ever made about it.
    """
    is_open = col(StatusRequest.closed_at).is_(None)
    due_now = select(StatusRequest.occurrence_id).where(
        col(StatusRequest.measure_id).in_(measure_ids), is_open, col(StatusRequest.occurrence_id).is_not(None)
    )
    rows = await session.exec(
        select(StatusRequest, Round)
        .join(Round, col(Round.id) == col(StatusRequest.round_id), isouter=True)
        .where(
            col(StatusRequest.measure_id).in_(measure_ids),
            is_open | (col(Round.state) == "open") | col(StatusRequest.occurrence_id).in_(due_now),
        )
        .order_by(col(StatusRequest.id))
    )
    return list(rows)


async def concerning(session: AsyncSession, unit_ids: Collection[int]) -> list[Measure]:
    """The measures in which units have a part, or are asked for one; archived ones are left out."""
    has_a_part = select(MeasureUnit.measure_id).where(col(MeasureUnit.unit_id).in_(unit_ids))
    is_asked = select(StatusRequest.measure_id).where(
        col(StatusRequest.unit_id).in_(unit_ids), col(StatusRequest.part), col(StatusRequest.closed_at).is_(None)
    )
    rows = await session.exec(
        select(Measure)
        .where(col(Measure.id).in_(has_a_part) | col(Measure.id).in_(is_asked), col(Measure.archived_at).is_(None))
        .order_by(col(Measure.plan_id), col(Measure.position))
    )
    return list(rows)
