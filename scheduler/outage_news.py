"""Whether a message says that the service was away: to who should have heard something meanwhile."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import OSLO, WorkCalendar
from storage import outages, outbox
from storage.outages import Outage
from storage.requests import reminded_on

STALE = timedelta(days=60)  # longer than any holiday


async def late(
    session: AsyncSession, person_id: int, measures: Sequence[int], today: date, of_staff: WorkCalendar | None
) -> Outage | None:
    """An outage, where the person has had no daily message since and should have had one meanwhile.

    Of several it is the last, but a backup that was put back comes before all: after that everybody hears it. One that
    ends on a day to come is what a wrong clock made of it, and none.
    """
    told_at = await outbox.last_sent(session, person_id, today)
    untold = [
        found
        for found in await outages.recent(session)
        if timedelta() <= today - found.until.astimezone(OSLO).date() <= STALE
        and (told_at is None or told_at < found.until)
    ]
    for found in sorted(untold, key=lambda each: (each.why == "restored", each.until), reverse=True):
        if await _was_missed(session, found, told_at, measures, today, of_staff):
            return found
    return None


async def _was_missed(
    session: AsyncSession,
    found: Outage,
    told_at: datetime | None,
    measures: Sequence[int],
    today: date,
    of_staff: WorkCalendar | None,
) -> bool:
    """Whether a step of what is asked about these measures fell on a day of an outage, and was not said on that day.

    The office and admins hear of every outage that lasted into a working day.
    """
    since, until = (when.astimezone(OSLO).date() for when in (found.since, found.until))
    if found.why == "restored":
        return True
    days = [since + timedelta(days=n) for n in range(1, (until - since).days + 1)]
    if of_staff is not None and any(of_staff.is_workday(day) for day in days):
        return True
    told_on = told_at.astimezone(OSLO).date() if told_at else date.min
    missed = max(since, told_on + timedelta(days=1))
    return await reminded_on(session, measures, missed, min(until, today - timedelta(days=1)))
