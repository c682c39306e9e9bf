"""What it means for open requests when a unit is merged into another or taken out of use."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.changes import owner_changed
from scheduler.part_changes import unit_changed
from storage import directory, outbox
from storage.ids import id_of
from storage.tables import Escalation, Measure, Plan, StatusRequest, Unit


async def unit_merged(session: AsyncSession, source: Unit, target: Unit, at: datetime, hours: SendingHours) -> None:
    """What is open moves over as it stands, with its days; what the other is asked already is not asked twice."""
    rows = await session.exec(
        select(StatusRequest).where(StatusRequest.unit_id == source.id, col(StatusRequest.closed_at).is_(None))
    )
    to_ask_again = []
    for request in list(rows):
        same = await _same_of(session, request, target)
        if same is None:
            request.unit_id = id_of(target)
            continue
        request.closed_at, request.closed_because, request.next_on = at, "owner_changed", None
        if not request.part and (same.part or same.closed_because not in {None, "answered"}):
            to_ask_again.append(await session.get_one(Measure, request.measure_id))
    await session.flush()
    await _move_escalations(session, source, target)
    await _move_reporting_days(session, source, target)
    await owners_changed(session, to_ask_again, at, hours)
    await unit_changed(session, [id_of(target)], at, hours)
    asked = (await directory.read(session, hours.local_date(at))).asked(id_of(target))
    await outbox.write_daily(session, asked, at, hours)


async def _move_escalations(session: AsyncSession, source: Unit, target: Unit) -> None:
    """What has gone up to the one unit goes on with the other; what is closed stays as it was."""
    still_open = select(StatusRequest.id).where(col(StatusRequest.closed_at).is_(None))
    statement = update(Escalation).where(
        col(Escalation.unit_id) == source.id, col(Escalation.request_id).in_(still_open)
    )
    await session.exec(statement.values(unit_id=target.id).execution_options(synchronize_session=False))


async def _move_reporting_days(session: AsyncSession, source: Unit, target: Unit) -> None:
    """What the one unit was to hear of a plan's reporting days, the other hears."""
    for plan in await session.exec(select(Plan)):
        plan.settings = {
            name: value | {"unit": id_of(target)}
            if isinstance(value, dict) and value.get("unit") == source.id
            else value
            for name, value in plan.settings.items()
        }
    await session.flush()


async def _same_of(session: AsyncSession, request: StatusRequest, unit: Unit) -> StatusRequest | None:
    """The request that asks another unit the same for the same reason: there can be one."""
    rows = select(StatusRequest).where(
        StatusRequest.measure_id == request.measure_id,
        StatusRequest.unit_id == unit.id,
        StatusRequest.reason == request.reason,
    )
    if request.round_id is not None:
        rows = rows.where(StatusRequest.round_id == request.round_id)
    else:
        rows = rows.where(StatusRequest.occurrence_id == request.occurrence_id)
    return (await session.exec(rows)).first()


async def owners_changed(session: AsyncSession, measures: Iterable[Measure], at: datetime, hours: SendingHours) -> None:
    """Several measures got another owner, or none."""
    for measure in measures:
        await owner_changed(session, measure, at, hours)
