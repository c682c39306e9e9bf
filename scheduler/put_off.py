"""Putting a question off: the unit hears nothing of it before a day; what goes up a level goes up as planned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from plan.workday import SendingHours
from scheduler.steps import or_put_off
from storage import audit
from storage.ids import id_of
from storage.tables import Round, StatusRequest

LONGEST = timedelta(days=366)


class PutOffRefused(Refused):
    """A question cannot be put off to a day. `code`: nothing_open, past, too_far, round_over (`on`: the meeting)."""


@dataclass(frozen=True)
class PutOff:
    """Until when, and the day by which the answer is due; `passes` when that day comes first."""

    until: date
    by: date

    @property
    def passes(self) -> bool:
        """Whether the day to answer by comes before the unit is asked again."""
        return self.by < self.until


async def put_off(
    session: AsyncSession,
    measure_id: int,
    unit_ids: Collection[int],
    day: date,
    *,
    actor: audit.Actor,
    at: datetime,
    hours: SendingHours,
) -> PutOff:
    """Ask these units about a measure again on a day, or on the first working day after it. Raises `PutOffRefused`."""
    today = hours.local_date(at)
    requests = await _open_requests(session, measure_id, unit_ids)
    if not requests:
        raise PutOffRefused("nothing_open")
    if day <= today:
        raise PutOffRefused("past")
    if day - today > LONGEST:
        raise PutOffRefused("too_far")
    until = hours.calendar.on_or_after(day)
    meetings = [row.meeting_on for _request, row in requests if row is not None]
    if meetings and until > min(meetings):
        raise PutOffRefused("round_over", on=min(meetings))
    for request, _row in requests:
        before = request.put_off_until
        request.put_off_until = until
        request.next_on = or_put_off(request.next_on, until)
        audit.record(
            session,
            actor,
            at,
            "put_off",
            "status_request",
            id_of(request),
            before={"until": before.isoformat() if before else None},
            after={"until": until.isoformat()},
        )
    await session.flush()
    return PutOff(until, min(request.anchor_on for request, _row in requests))


async def _open_requests(
    session: AsyncSession, measure_id: int, unit_ids: Collection[int]
) -> list[tuple[StatusRequest, Round | None]]:
    rows = await session.exec(
        select(StatusRequest, Round)
        .join(Round, col(Round.id) == col(StatusRequest.round_id), isouter=True)
        .where(
            StatusRequest.measure_id == measure_id,
            col(StatusRequest.unit_id).in_(unit_ids),
            col(StatusRequest.closed_at).is_(None),
        )
        .order_by(col(StatusRequest.anchor_on))
    )
    return list(rows)
