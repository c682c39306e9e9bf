"""One pass of the scheduler: what is due as of a moment becomes requests, reminders and outbox rows."""

import logging
from datetime import date, datetime, timedelta

from sqlalchemy import text, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.absences import take_absences
from scheduler.due_dates import take_due_dates
from scheduler.notices import Notice
from scheduler.reporting_days import take_reporting_days
from scheduler.requests import take_requests
from scheduler.rounds import take_rounds
from scheduler.settings import PlanSettings, SettingsRefused
from scheduler.targets import take_asks
from scheduler.work import Due, Row, Work, find_due
from storage import absences, directory, measures, outbox
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Plan

log = logging.getLogger(__name__)

PASS_LOCK = 7_483_115
STOPPED = "plan_stopped"


async def tick(
    session: AsyncSession, at: datetime, hours: SendingHours, people: Directory | None = None
) -> list[Notice]:
    """Take up everything that is due at `at`, in the writing transaction of `session`; returns what it decided.

    Run twice, started twice or run after a week of downtime, each due thing is taken up once: what is stored
    carries the day it next concerns us, and a pass moves that day before anything is said. Who is told gets one
    outbox row for the day; its text is made at delivery from what is still open.

    `people` are those of the day, where they have been read already.

    Each plan is taken up on its own: one that cannot be is tried again the next day, the admins hear of it, and the
    others are not held up.
    """
    if not await _is_alone(session):
        return []
    today = hours.local_date(at)
    due = await find_due(session, today)
    due_absences = await absences.due(session, today)
    if not due and not due_absences:
        return []
    people = people or await directory.read(session, today)
    notices = await take_absences(session, due_absences, today, hours.calendar, people)
    for of_plan in due:
        rows = of_plan.ids()
        try:
            notices += await _take_plan(session, of_plan, at, today, hours, people)
        except (OperationalError, InterfaceError):
            raise  # the database, and no fault of the plan
        except Exception as error:
            _log(of_plan.plan, error)
            await _try_tomorrow(session, rows, today)
            notices += await _tell_admins(session, of_plan.plan, error, at, hours, people)
    told = {notice.person_id for notice in notices if notice.person_id is not None and notice.kind != STOPPED}
    await outbox.write_daily(session, told, at, hours)
    return notices


async def _take_plan(
    session: AsyncSession, due: Due, at: datetime, today: date, hours: SendingHours, people: Directory
) -> list[Notice]:
    """Take up what is due of one plan: all of it, or nothing where it raises.

    Rounds come first: what a meeting has ended is not asked about once more.
    """
    settings = PlanSettings.of(due.plan.settings)
    own_leads = await measures.own_lead_days(session, id_of(due.plan))
    work = Work(session, at, today, hours, people, due.plan, settings, own_leads=own_leads)
    async with session.begin_nested():
        await take_rounds(work, due.rounds)
        await take_requests(work, due.requests)
        await take_due_dates(work, due.occurrences)
        await take_reporting_days(work, due.days)
        await take_asks(work, due.asks)
        await work.finish()
    return work.notices


def _log(plan: Plan, error: Exception) -> None:
    fields = {"action": STOPPED, "plan": plan.slug}
    if isinstance(error, SettingsRefused):
        log.warning("the settings of a plan cannot be used: %s", error.data, extra=fields)
    else:
        log.error("a plan could not be followed up", exc_info=error, extra=fields)


async def _try_tomorrow(session: AsyncSession, rows: dict[type[Row], list[int]], today: date) -> None:
    """Move the day of what was due: it neither holds up the others nor is tried again each minute."""
    for table, ids in rows.items():
        statement = update(table).where(col(table.id).in_(ids)).values(next_on=today + timedelta(days=1))
        await session.exec(statement.execution_options(synchronize_session=False))


async def _tell_admins(
    session: AsyncSession, plan: Plan, error: Exception, at: datetime, hours: SendingHours, people: Directory
) -> list[Notice]:
    setting = error.data["field"] if isinstance(error, SettingsRefused) else None
    for person_id in people.admins:
        data = {"plan": plan.title, "setting": setting}
        await outbox.write_notice(session, person_id, f"{STOPPED}:{plan.id}", data, at, hours)
    today = hours.local_date(at)
    return [
        Notice(person_id=person_id, kind=STOPPED, due=today, plan_id=plan.id) for person_id in people.admins or (None,)
    ]


async def _is_alone(session: AsyncSession) -> bool:
    """Whether no other pass is running. SQLite has one writer at a time; PostgreSQL is asked for a lock."""
    connection = await session.connection()
    if connection.dialect.name != "postgresql":
        return True
    return bool((await connection.execute(text(f"SELECT pg_try_advisory_xact_lock({PASS_LOCK})"))).scalar())
