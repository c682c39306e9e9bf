"""What a change of a measure means for what is being asked about it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.answers import close_parts, close_requests
from scheduler.due_dates import take_due_dates
from scheduler.part_changes import ask_parts, parts_changed, tell, work_of
from scheduler.planning import plan_occurrences, without_unwanted
from scheduler.requests import resume_requests, take_requests
from scheduler.rounds import round_request
from scheduler.settings import PlanSettings
from scheduler.steps import of_deadline
from scheduler.work import Work
from storage import replies
from storage.ids import id_of
from storage.measure_changes import Merged
from storage.tables import Measure, Occurrence, Plan, Round, StatusRequest


async def measure_changed(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    """Bring due dates and open requests up to date after a measure was added, changed or archived."""
    plan = await session.get_one(Plan, measure.plan_id)
    settings = PlanSettings.usable(plan.settings)
    unwanted = await plan_occurrences(session, plan, settings, hours.local_date(at), hours.calendar, [measure])
    if measure.archived_at is not None:
        await close_requests(session, id_of(measure), at, "measure_closed")
        await close_parts(session, id_of(measure), at)
    else:
        await _call_off(session, unwanted, at)


async def _call_off(session: AsyncSession, occurrence_ids: Collection[int], at: datetime) -> None:
    """The deadline was moved: nobody is asked about the old one any more."""
    rows = await session.exec(
        select(StatusRequest).where(
            col(StatusRequest.occurrence_id).in_(occurrence_ids), col(StatusRequest.closed_at).is_(None)
        )
    )
    for request in rows:
        request.closed_at, request.closed_because, request.next_on = at, "called_off", None
    await session.flush()


async def counts_from_now(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    """The day of the new deadline concerns us from its next reminder on, not from those that lie behind."""
    plan = await session.get_one(Plan, measure.plan_id)
    settings = PlanSettings.usable(plan.settings)
    today = hours.local_date(at)
    rows = await session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure.id, Occurrence.due_on == measure.due_on)
    )
    for occurrence in rows:
        counted = settings.leading(measure.lead_days, starts=occurrence.starts)
        steps = of_deadline(occurrence.due_on, counted, hours.calendar)
        occurrence.closed_at = None
        occurrence.next_on = next((step.on for step in steps if step.on > today), occurrence.due_on)
    await session.flush()


async def measures_merged(
    session: AsyncSession, source: Measure, target: Measure, got: Merged, at: datetime, hours: SendingHours
) -> None:
    """One measure took over for another: what that one was asked ends, and this one is asked about what it got."""
    await measure_changed(session, source, at, hours)
    if got.deadline or got.come_true:
        await measure_changed(session, target, at, hours)
    if got.come_true:
        await counts_from_now(session, target, at, hours)
    if got.owner or got.deadline:
        await owner_changed(session, target, at, hours)
    else:
        await parts_changed(session, [target], at, hours)


async def owner_changed(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    """The new owner is asked from now on: what was open is closed, and what is due is asked again.

    The new owner's people hear of it within the day's one message; so do those whose part is asked for now.
    """
    await close_requests(session, id_of(measure), at, "owner_changed")
    work = await work_of(session, await session.get_one(Plan, measure.plan_id), at, hours)
    await _ask_about_due_dates(work, measure)
    await _ask_in_open_rounds(work, measure)
    await ask_parts(work, [measure])
    await tell(work, hours)


async def plan_of_measure_changed(session: AsyncSession, measure: Measure, at: datetime, hours: SendingHours) -> None:
    """A measure was moved to another plan: it is asked about by that plan's rounds and settings from now on.

    What the plan it was in asked in its rounds is closed; what is due is asked again, and the unit hears of it within
    the day's one message.
    """
    await measure_changed(session, measure, at, hours)
    elsewhere = select(Round.id).where(Round.plan_id != measure.plan_id)
    rows = await session.exec(
        select(StatusRequest).where(
            StatusRequest.measure_id == measure.id,
            col(StatusRequest.round_id).in_(elsewhere),
            col(StatusRequest.closed_at).is_(None),
        )
    )
    for request in rows:
        request.closed_at, request.closed_because, request.next_on = at, "measure_closed", None
    await session.flush()
    await owner_changed(session, measure, at, hours)


async def _ask_about_due_dates(work: Work, measure: Measure) -> None:
    """Ask about what is due now; what is not gets its day, whatever became of it under other owners."""
    open_rows = await work.session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure.id, col(Occurrence.closed_at).is_(None))
    )
    occurrences = await without_unwanted(work.session, measure, open_rows, work.today)
    answered = await _answered_occurrences(work, measure)
    for occurrence in occurrences:
        if occurrence.id in answered:
            occurrence.next_on = work.calendar.on_or_before(occurrence.due_on)
        else:
            settings = work.settings.leading(measure.lead_days, starts=occurrence.starts)
            occurrence.next_on = of_deadline(occurrence.due_on, settings, work.calendar)[0].on
    due = [row for row in occurrences if row.next_on is not None and row.next_on <= work.today]
    await take_due_dates(work, [(occurrence, measure) for occurrence in due])


async def _answered_occurrences(work: Work, measure: Measure) -> set[int | None]:
    rows = await work.session.exec(
        select(StatusRequest.occurrence_id).where(
            StatusRequest.measure_id == measure.id,
            StatusRequest.closed_because == "answered",
            col(StatusRequest.part).is_(False),
        )
    )
    return set(rows)


async def _ask_in_open_rounds(work: Work, measure: Measure) -> None:
    rounds = await work.session.exec(select(Round).where(Round.plan_id == measure.plan_id, Round.state == "open"))
    for row in rounds:
        await ask_in_round(work, row, measure)


async def ask_in_round(work: Work, row: Round, measure: Measure) -> None:
    """Ask about a measure in a round, once more where that was taken back; not where it is closed or answered."""
    if measure.id in await replies.closed_measures(work.session, measure.plan_id, {id_of(measure)}):
        return
    wanted = round_request(work, row, measure)
    if wanted is not None and not await _is_answered(work, row, measure):
        await _ask_in_round(work, row, wanted)


async def _ask_in_round(work: Work, row: Round, wanted: StatusRequest) -> None:
    rows = await work.session.exec(
        select(StatusRequest).where(
            StatusRequest.round_id == row.id,
            StatusRequest.measure_id == wanted.measure_id,
            StatusRequest.unit_id == wanted.unit_id,
        )
    )
    before = rows.first()
    if before is not None:
        before.part = False
        await resume_requests(work, [(before, row)])
        return
    work.session.add(wanted)
    await work.session.flush()
    await take_requests(work, [(wanted, row)])


async def _is_answered(work: Work, row: Round, measure: Measure) -> bool:
    """Whether the measure has been answered about in a round, by whichever unit."""
    if any(reply.round_id == row.id for reply in await replies.of_measure(work.session, id_of(measure))):
        return True
    rows = await work.session.exec(
        select(StatusRequest.closed_because).where(
            StatusRequest.round_id == row.id,
            StatusRequest.measure_id == measure.id,
            col(StatusRequest.part).is_(False),
        )
    )
    return "answered" in set(rows)
