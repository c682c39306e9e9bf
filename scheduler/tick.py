"""One pass of the scheduler: what is due as of a moment becomes requests, reminders and outbox rows."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.due_dates import take_due_dates
from scheduler.notices import Notice
from scheduler.requests import take_due_requests
from scheduler.rounds import take_rounds
from scheduler.work import Work, find_due, plan_settings
from storage import directory, outbox

PASS_LOCK = 7_483_115


async def tick(session: AsyncSession, at: datetime, hours: SendingHours) -> list[Notice]:
    """Take up everything that is due at `at`, in the writing transaction of `session`; returns what it decided.

    Run twice, started twice or run after a week of downtime, each due thing is taken up once: what is stored
    carries the day it next concerns us, and a pass moves that day before anything is said. Who is told gets one
    outbox row for the day; its text is made at delivery from what is still open.
    """
    if not await _is_alone(session):
        return []
    today = hours.local_date(at)
    due = await find_due(session, today)
    if not due:
        return []
    work = Work(
        session=session,
        at=at,
        today=today,
        calendar=hours.calendar,
        directory=await directory.read(session),
        settings=await plan_settings(session),
    )
    await take_due_requests(work, due.requests)
    await take_due_dates(work, due.occurrences)
    await take_rounds(work, due.rounds)
    people = {notice.person_id for notice in work.notices if notice.person_id is not None}
    await outbox.write_daily(session, people, at, hours)
    return work.notices


async def _is_alone(session: AsyncSession) -> bool:
    """Whether no other pass is running. SQLite has one writer at a time; PostgreSQL is asked for a lock."""
    connection = await session.connection()
    if connection.dialect.name != "postgresql":
        return True
    return bool((await connection.execute(text(f"SELECT pg_try_advisory_xact_lock({PASS_LOCK})"))).scalar())
