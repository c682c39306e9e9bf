"""What another setting of a plan, or other working days, mean for what is planned and asked: from now on, at once."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.part_changes import parts_changed
from scheduler.planning import plan_ahead
from scheduler.requests import steps_of
from scheduler.settings import PlanSettings
from scheduler.steps import of_deadline, resume_on
from storage import measures
from storage.ids import id_of
from storage.tables import Measure, Occurrence, Plan, Reminder, Round, StatusRequest


async def settings_changed(session: AsyncSession, plan: Plan, at: datetime, hours: SendingHours) -> None:
    """Plan rounds, due dates and the next steps of open requests anew. What has happened stays.

    A step that was taken is not taken again, whichever day it would have now.
    """
    today = hours.local_date(at)
    await plan_ahead(session, plan, today, hours.calendar)
    rounds = {
        id_of(row): row
        for row in await session.exec(select(Round).where(Round.plan_id == plan.id, col(Round.state) != "closed"))
    }
    for row in rounds.values():
        row.next_on = today  # the next pass finds the day of the next step
    settings = PlanSettings.usable(plan.settings)
    requests = list(
        await session.exec(
            select(StatusRequest)
            .join(Measure, col(Measure.id) == col(StatusRequest.measure_id))
            .where(Measure.plan_id == plan.id, col(StatusRequest.closed_at).is_(None))
        )
    )
    taken = await _taken(session, requests)
    own_leads = await measures.own_lead_days(session, id_of(plan))
    for request in requests:
        row_of_request = rounds.get(request.round_id) if request.round_id else None
        if request.round_id and row_of_request is None:
            continue  # of a round that is closed
        steps = steps_of(request, row_of_request, settings.leading(own_leads.get(request.measure_id)), hours.calendar)
        behind = [number for number, step in enumerate(steps, 1) if step.name in taken.get(id_of(request), set())]
        request.steps_taken = max(behind, default=0)
        request.next_on = resume_on(steps, request.steps_taken, today, hours.calendar, request.put_off_until)
    await _plan_due_dates(session, plan, settings, hours)
    await session.flush()
    await parts_changed(session, await measures.of_plan(session, id_of(plan)), at, hours)


async def _taken(session: AsyncSession, requests: list[StatusRequest]) -> dict[int, set[str]]:
    """The names of the steps that were taken, by request."""
    rows = await session.exec(
        select(Reminder.request_id, Reminder.step).where(
            col(Reminder.request_id).in_([id_of(request) for request in requests])
        )
    )
    found: dict[int, set[str]] = {}
    for request_id, step in rows:
        found.setdefault(request_id, set()).add(step)
    return found


async def _plan_due_dates(session: AsyncSession, plan: Plan, settings: PlanSettings, hours: SendingHours) -> None:
    """The day on which each due date that nobody was asked about concerns us first."""
    asked = select(StatusRequest.occurrence_id).where(col(StatusRequest.occurrence_id).is_not(None))
    rows = await session.exec(
        select(Occurrence, col(Measure.lead_days))
        .join(Measure, col(Measure.id) == col(Occurrence.measure_id))
        .where(
            Measure.plan_id == plan.id,
            col(Measure.owner_id).is_not(None),
            col(Occurrence.next_on).is_not(None),
            col(Occurrence.closed_at).is_(None),
            col(Occurrence.id).not_in(asked),
        )
    )
    for row, own in rows:
        row.next_on = of_deadline(row.due_on, settings.leading(own, starts=row.starts), hours.calendar)[0].on
