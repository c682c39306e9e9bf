"""What a new version of a plan means for rounds, due dates and open requests."""

from datetime import date, datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.annual import reporting_years
from plan.deadline import Period
from plan.draft import ReportingKind, YearlyRule
from plan.workday import SendingHours, WorkCalendar
from scheduler.changes import measure_changed, owner_changed
from scheduler.part_changes import parts_changed
from scheduler.planning import YEARS_AHEAD, period_of, plan_ahead
from storage.plan_changes import Applied
from storage.tables import Meeting, Plan, ReportingDate, Round


async def plan_changed(session: AsyncSession, plan: Plan, applied: Applied, at: datetime, hours: SendingHours) -> None:
    """Bring everything that is planned and asked up to date with what `storage.plan_changes.apply` has written."""
    today = hours.local_date(at)
    await _drop_unpromised_rounds(session, plan, today)
    await plan_ahead(session, plan, today, hours.calendar)
    for measure in (*applied.added, *applied.back, *applied.archived, *applied.other_deadline):
        await measure_changed(session, measure, at, hours)
    for measure in (*applied.added, *applied.back, *applied.other_owner):
        await owner_changed(session, measure, at, hours)
    await parts_changed(session, applied.other_units, at, hours)


async def promises_changed(session: AsyncSession, plan: Plan, today: date, calendar: WorkCalendar) -> None:
    """Plan ahead by what the plan promises now; a round that is open goes on as it is."""
    await _drop_unpromised_rounds(session, plan, today)
    await plan_ahead(session, plan, today, calendar)


async def _drop_unpromised_rounds(session: AsyncSession, plan: Plan, today: date) -> None:
    """Forget planned rounds that nothing in the plan asks for any more. Nobody has been asked in them."""
    planned = select(Round).where(Round.plan_id == plan.id, Round.state == "planned")
    rows = list(await session.exec(planned))
    horizon = period_of(plan) or Period.of_years(
        min((today.year, *(row.year for row in rows))), today.year + YEARS_AHEAD
    )
    meetings = await session.exec(select(Meeting).where(Meeting.plan_id == plan.id))
    years = {meeting.held_on.year for meeting in meetings}
    promised = await session.exec(
        select(ReportingDate).where(
            ReportingDate.plan_id == plan.id, ReportingDate.kind == ReportingKind.COUNCIL_REPORT
        )
    )
    for promise in promised:
        rule = YearlyRule.model_validate(promise.rule) if promise.rule else None
        if rule and rule.months:
            years.update(reporting_years(rule, horizon))
    for row in rows:
        if row.year not in years:
            await session.delete(row)
    await session.flush()
