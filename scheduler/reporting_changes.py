"""What the office says about a reporting day: that it is done, that it is not after all, or that it is moved."""

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from plan.workday import SendingHours
from scheduler.reporting_planning import count_steps
from scheduler.settings import PlanSettings
from storage import audit, reporting_days
from storage.ids import id_of
from storage.tables import Plan, ReportingDay

LONGEST = timedelta(days=3 * 366)
SUBJECT = "plan"  # so that the log of the plan has it
DAY = timedelta(days=1)


class DayRefused(Refused):
    """A reporting day cannot be moved there. `code`: past, too_far or over (it is done, or promised no more)."""


async def done(session: AsyncSession, row: ReportingDay, *, by: int, at: datetime, hours: SendingHours) -> bool:
    """It has been done: nothing more is said of it. False when that has been said already."""
    if row.closed_on is not None:
        return False
    row.closed_on, row.closed_because, row.next_on, row.done_by_id = hours.local_date(at), "done", None, by
    await session.flush()
    audit.record(session, audit.Actor.person(by), at, "reporting_done", SUBJECT, row.plan_id, after=_logged(row))
    return True


async def undone(session: AsyncSession, row: ReportingDay, *, by: int, at: datetime, hours: SendingHours) -> bool:
    """It has not been done after all: it is followed up from its next step on. False where nobody had said so."""
    if row.closed_because != "done":
        return False
    row.closed_on = row.closed_because = row.done_by_id = None
    await _count_from_tomorrow(session, row, at, hours)
    audit.record(session, audit.Actor.person(by), at, "reporting_undone", SUBJECT, row.plan_id, after=_logged(row))
    return True


async def move(
    session: AsyncSession, row: ReportingDay, day: date, *, by: int, at: datetime, hours: SendingHours
) -> None:
    """Keep it on another day; notices of the new day that lie ahead are given. Raises `DayRefused`."""
    today = hours.local_date(at)
    if row.closed_on is not None:
        raise DayRefused("over")
    if day <= today:
        raise DayRefused("past")
    if day - today > LONGEST:
        raise DayRefused("too_far")
    before = _logged(row)
    row.due_on = day
    await _count_from_tomorrow(session, row, at, hours)
    audit.record(
        session, audit.Actor.person(by), at, "reporting_moved", SUBJECT, row.plan_id, before=before, after=_logged(row)
    )


async def _count_from_tomorrow(session: AsyncSession, row: ReportingDay, at: datetime, hours: SendingHours) -> None:
    """Whoever has just decided about it need not hear of it today."""
    row.counts_from = hours.local_date(at) + DAY
    settings = PlanSettings.usable((await session.get_one(Plan, row.plan_id)).settings)
    taken = await reporting_days.steps_of(session, [id_of(row)])
    count_steps(row, settings, hours.calendar, taken.get((id_of(row), row.due_on), set()))
    await session.flush()


def _logged(row: ReportingDay) -> dict[str, str]:
    return {"kind": row.kind, "due_on": row.due_on.isoformat()}
