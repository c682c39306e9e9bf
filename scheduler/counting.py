"""Counting a duty that comes several times a year: one more is done, or was not after all."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.status import Status
from plan.tally import is_counted
from plan.workday import SendingHours
from storage import audit
from storage.tables import Measure, Occurrence, StatusReply, StatusRequest


async def next_of(session: AsyncSession, measure: Measure, year: int) -> Occurrence | None:
    """The due date of a year that one more done counts for: the first that is asked about, else the first not done."""
    if not is_counted(measure.deadline):
        return None
    rows = await session.exec(
        select(Occurrence, StatusRequest.id)
        .join(
            StatusRequest,
            (col(StatusRequest.occurrence_id) == col(Occurrence.id)) & col(StatusRequest.closed_at).is_(None),
            isouter=True,
        )
        .where(
            Occurrence.measure_id == measure.id,
            col(Occurrence.due_on).between(date(year, 1, 1), date(year, 12, 31)),
            col(Occurrence.done_at).is_(None),
        )
    )
    found = [
        (request_id is None, row.due_on, row)
        for row, request_id in rows
        if request_id is not None or row.next_on is not None or row.closed_at is not None
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


async def year_of(session: AsyncSession, measure: Measure, today: date) -> int:
    """The year that is counted: that of the last due date that is asked about, else this one."""
    asked = await session.exec(
        select(StatusRequest)
        .where(
            StatusRequest.measure_id == measure.id,
            col(StatusRequest.closed_at).is_(None),
            col(StatusRequest.part).is_(False),
            col(StatusRequest.due_on).is_not(None),
        )
        .order_by(col(StatusRequest.due_on).desc())
    )
    last = asked.first()
    return last.due_on.year if last is not None and last.due_on is not None else today.year


async def one_done(session: AsyncSession, row: Occurrence, *, by: int, at: datetime) -> bool:
    """One more is done: what was asked about its due date is answered. False where that has been counted already.

    Two who press at the same time count once: whoever comes second changes no row.
    """
    counted = await session.exec(
        update(Occurrence)
        .where(col(Occurrence.id) == row.id, col(Occurrence.done_at).is_(None))
        .values(done_at=at)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount == 0:
        return False
    await session.refresh(row)
    if row.closed_at is None:
        row.closed_at, row.next_on = at, None
    for request in await session.exec(
        select(StatusRequest).where(
            StatusRequest.occurrence_id == row.id,
            col(StatusRequest.closed_at).is_(None),
            col(StatusRequest.part).is_(False),
        )
    ):
        request.closed_at, request.closed_because, request.next_on = at, "answered", None
    await session.flush()
    _log(session, "one_done", row, by, at)
    return True


async def one_undone(session: AsyncSession, row: Occurrence, *, by: int, at: datetime, hours: SendingHours) -> bool:
    """It was not done after all: its day is asked about as before. False where nobody had said it was."""
    if row.done_at is None:
        return False
    if row.closed_at == row.done_at:
        asked_on = hours.calendar.on_or_before(row.due_on)
        row.closed_at, row.next_on = None, max(asked_on, hours.calendar.add(hours.local_date(at), 1))
    row.done_at = None
    await session.flush()
    _log(session, "one_undone", row, by, at)
    return True


async def recount(session: AsyncSession, corrected: Collection[StatusReply], status: Status) -> None:
    """A correction of answers about one measure: what they settled is done now, or is not, as the new one says."""
    times = {reply.at for reply in corrected}
    rows = list(
        await session.exec(
            select(Occurrence)
            .where(
                Occurrence.measure_id == next(iter(corrected)).measure_id,
                col(Occurrence.closed_at).in_(times),
            )
            .order_by(col(Occurrence.due_on))
        )
    )
    counted = [row for row in rows if row.done_at is not None and row.done_at == row.closed_at]
    if status is not Status.DONE:
        for row in counted:
            row.done_at = None
    elif rows and not counted:
        first = next(row for row in rows if row.due_on.year == rows[-1].due_on.year)
        first.done_at = first.closed_at
    await session.flush()


def _log(session: AsyncSession, what: str, row: Occurrence, by: int, at: datetime) -> None:
    after = {"due_on": row.due_on.isoformat()}
    audit.record(session, audit.Actor.person(by), at, what, "measure", row.measure_id, after=after)
