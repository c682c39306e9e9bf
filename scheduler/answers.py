"""What an answer does: it closes what was asked about the measure, and says when it next concerns us."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.status import Status
from plan.workday import SendingHours
from storage import question_backs
from storage.tables import Occurrence, StatusRequest


async def take_answer(
    session: AsyncSession, measure_id: int, status: Status, at: datetime, hours: SendingHours
) -> list[StatusRequest]:
    """Close the open requests about a measure, and its due dates as far as the answer settles them.

    Gjennomført and utgår settle every due date. Any other answer settles those that have come; one that still lies
    ahead is asked about again on its day. Returns the requests that were closed.
    """
    today = hours.local_date(at)
    requests = await open_requests(session, measure_id)
    for request in requests:
        request.closed_at = at
        request.closed_because = "answered"
        request.next_on = None
    occurrences = await session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure_id, col(Occurrence.closed_at).is_(None))
    )
    asked = {request.occurrence_id for request in requests}
    for occurrence in occurrences:
        # A due date that is no working day is asked about on the one before, and settled from then on.
        asked_on = hours.calendar.on_or_before(occurrence.due_on)
        if status.closes or asked_on <= today:
            occurrence.closed_at = at
            occurrence.next_on = None
        elif occurrence.id in asked:
            occurrence.next_on = asked_on
    await question_backs.answered(session, measure_id, at, hours)
    await session.flush()
    return requests


async def reopen_due_dates(session: AsyncSession, measure_id: int, at: datetime, hours: SendingHours) -> None:
    """After a correction away from gjennomført or utgår: due dates that lie ahead concern us again."""
    today = hours.local_date(at)
    rows = await session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure_id, col(Occurrence.due_on) > today)
    )
    for occurrence in rows:
        asked_on = hours.calendar.on_or_before(occurrence.due_on)
        if occurrence.closed_at is not None and asked_on > today:
            occurrence.closed_at = None
            occurrence.next_on = asked_on
    await session.flush()


async def open_requests(session: AsyncSession, measure_id: int) -> list[StatusRequest]:
    """What is being asked about a measure now."""
    rows = await session.exec(
        select(StatusRequest).where(StatusRequest.measure_id == measure_id, col(StatusRequest.closed_at).is_(None))
    )
    return list(rows)


async def close_requests(session: AsyncSession, measure_id: int, at: datetime, because: str) -> None:
    """Stop asking about a measure: it was archived, called off, or got another owner."""
    for request in await open_requests(session, measure_id):
        request.closed_at = at
        request.closed_because = because
        request.next_on = None
    await session.flush()
