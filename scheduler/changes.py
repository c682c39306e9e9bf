"""What a change of a measure means for what is being asked about it."""

from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.answers import close_requests, open_requests
from scheduler.planning import plan_occurrences
from scheduler.settings import PlanSettings
from storage import replies
from storage.ids import id_of
from storage.tables import Measure, Occurrence, Plan, Round, StatusRequest


async def measure_changed(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    """Bring due dates and open requests up to date after a measure was added, changed or archived."""
    plan = await session.get(Plan, measure.plan_id)
    assert plan is not None
    today = hours.local_date(at)
    await plan_occurrences(session, plan, PlanSettings.of(plan.settings), today, hours.calendar)
    if measure.archived_at is not None:
        await close_requests(session, id_of(measure), at, "measure_closed")


async def owner_changed(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    """The new owner is asked from now on: what was open is closed, and what is due is asked again.

    The next pass of the scheduler takes it up, within the day's one message.
    """
    measure_id, today = id_of(measure), hours.local_date(at)
    pending = {request.occurrence_id for request in await open_requests(session, measure_id)}
    await close_requests(session, measure_id, at, "owner_changed")
    if measure.owner_id is None:
        return
    occurrences = await session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure_id, col(Occurrence.closed_at).is_(None))
    )
    for occurrence in occurrences:
        if occurrence.id in pending:
            occurrence.next_on = today
    await _ask_in_open_round(session, measure, at, today)
    await session.flush()


async def _ask_in_open_round(session: AsyncSession, measure: Measure, at: datetime, today: date) -> None:
    rows = await session.exec(select(Round).where(Round.plan_id == measure.plan_id, Round.state == "open"))
    row = rows.first()
    if row is None or measure.id in await replies.closed_measures(session, measure.plan_id):
        return
    if await _is_answered(session, row, id_of(measure)):
        return
    assert measure.owner_id is not None
    exists = await session.exec(
        select(StatusRequest).where(
            StatusRequest.round_id == row.id,
            StatusRequest.measure_id == measure.id,
            StatusRequest.unit_id == measure.owner_id,
        )
    )
    request = exists.first() or StatusRequest(
        measure_id=id_of(measure),
        unit_id=measure.owner_id,
        reason="round",
        round_id=row.id,
        anchor_on=row.reply_by,
        opened_at=at,
    )
    request.closed_at, request.closed_because = None, None
    request.next_on = today
    session.add(request)


async def _is_answered(session: AsyncSession, row: Round, measure_id: int) -> bool:
    return any(reply.round_id == row.id for reply in await replies.of_measure(session, measure_id))
