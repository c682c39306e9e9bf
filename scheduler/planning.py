"""Looking ahead: the rounds of a plan and the due dates of its measures, with the day each next concerns us.

Called when a plan is stored or changed, so that a tick only has to look at what carries a day that has come.
"""

from dataclasses import dataclass
from datetime import date

from plan.occurrence import occurrences
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.annual import RoundDates, provisional_meeting, reporting_years, round_dates
from plan.deadline import Deadline, Period
from plan.draft import ReportingKind, YearlyRule
from plan.workday import WorkCalendar
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_deadline, of_round
from storage.ids import id_of
from storage.tables import Measure, Meeting, Occurrence, Plan, ReportingDate, Round, StatusRequest

COUNCIL = "Kommunestyret"
YEARS_AHEAD = 5


async def plan_ahead(session: AsyncSession, plan: Plan, today: date, calendar: WorkCalendar) -> None:
    """Write the rounds and due dates of a plan, or bring them up to date with what has changed.

    What has happened stays: an open round keeps its requests, an answered due date stays answered.
    """
    settings = PlanSettings.of(plan.settings)
    await plan_rounds(session, plan, settings, today, calendar)
    await plan_occurrences(session, plan, settings, today, calendar)


async def plan_rounds(
    session: AsyncSession, plan: Plan, settings: PlanSettings, today: date, calendar: WorkCalendar
) -> None:
    """One round a year: at its first real meeting, else at a provisional one from the plan's own words."""
    stored = {row.year: row for row in await session.exec(select(Round).where(Round.plan_id == plan.id))}
    for year, meeting in (await _meetings(session, plan, today, calendar)).items():
        dates = round_dates(meeting.on, settings.round, calendar)
        row = stored.get(year)
        if row is None:
            session.add(_new_round(plan, year, meeting, dates, prepare_on(dates.opens, settings, calendar)))
        elif row.state != "closed" and (row.meeting_on, row.body) != (meeting.on, meeting.body):
            await _move_round(session, row, meeting, dates, settings, calendar)
        elif row.state != "closed":
            row.provisional = meeting.provisional
    await session.flush()


async def plan_occurrences(
    session: AsyncSession, plan: Plan, settings: PlanSettings, today: date, calendar: WorkCalendar
) -> None:
    """The due dates of every measure that is not archived; new ones are added, those no longer meant are closed."""
    period = period_of(plan)
    window = (period.first, period.last) if period else (date(today.year, 1, 1), date(today.year + YEARS_AHEAD, 12, 31))
    measures = await session.exec(select(Measure).where(Measure.plan_id == plan.id))
    rows = await session.exec(
        select(Occurrence)
        .join(Measure, col(Measure.id) == col(Occurrence.measure_id))
        .where(Measure.plan_id == plan.id)
    )
    stored = {(row.measure_id, row.due_on): row for row in rows}
    for measure in measures:
        wanted = {} if measure.archived_at else _due_dates(measure, period, window)
        for due_on, label in wanted.items():
            row = stored.pop((id_of(measure), due_on), None)
            if row is None:
                first = of_deadline(due_on, settings, calendar)[0].on
                session.add(Occurrence(measure_id=id_of(measure), due_on=due_on, label=label, next_on=first))
    for row in stored.values():
        # A due date that the plan no longer has is not asked about; what was asked about it is kept.
        row.next_on = None
    await session.flush()


def period_of(plan: Plan) -> Period | None:
    """The plan's period, or None where the plan has none."""
    if plan.first_year is None or plan.last_year is None:
        return None
    return Period.of_years(plan.first_year, plan.last_year)


def round_steps(row: Round, settings: PlanSettings, calendar: WorkCalendar, *, reply_by: date) -> tuple[Step, ...]:
    """The steps of a round's requests that are to be answered by a day."""
    return of_round(row.opens_on, row.halfway_on, reply_by, settings, calendar)


def prepare_on(opens_on: date, settings: PlanSettings, calendar: WorkCalendar) -> date:
    """The day on which admins hear what a round lacks."""
    return calendar.add(opens_on, -settings.prepare_before)


async def _meetings(session: AsyncSession, plan: Plan, today: date, calendar: WorkCalendar) -> dict[int, "_Meeting"]:
    """The first meeting of every year that has a round."""
    found: dict[int, _Meeting] = {}
    period = period_of(plan) or Period.of_years(today.year, today.year + YEARS_AHEAD)
    promised = await session.exec(
        select(ReportingDate).where(
            ReportingDate.plan_id == plan.id, ReportingDate.kind == ReportingKind.COUNCIL_REPORT
        )
    )
    for row in promised:
        if row.rule is None:
            continue
        rule = YearlyRule.model_validate(row.rule)
        for year in reporting_years(rule, period):
            if (meeting_on := provisional_meeting(rule, year, calendar)) is not None:
                found.setdefault(year, _Meeting(rule.body or COUNCIL, meeting_on, provisional=True))
    meetings = await session.exec(
        select(Meeting).where(Meeting.plan_id == plan.id).order_by(col(Meeting.held_on).desc())
    )
    for meeting in meetings:
        found[meeting.held_on.year] = _Meeting(meeting.body, meeting.held_on, provisional=False)
    return found


@dataclass(frozen=True)
class _Meeting:
    """The meeting a round counts back from; provisional when only the plan's own words say when it is."""

    body: str
    on: date
    provisional: bool


def _new_round(plan: Plan, year: int, meeting: _Meeting, dates: RoundDates, next_on: date) -> Round:
    return Round(
        plan_id=id_of(plan),
        year=year,
        body=meeting.body,
        provisional=meeting.provisional,
        meeting_on=dates.meeting,
        opens_on=dates.opens,
        halfway_on=dates.halfway,
        reply_by=dates.reply_by,
        office_from=dates.office_from,
        papers_on=dates.papers,
        next_on=next_on,
    )


async def _move_round(
    session: AsyncSession,
    row: Round,
    meeting: _Meeting,
    dates: RoundDates,
    settings: PlanSettings,
    calendar: WorkCalendar,
) -> None:
    """Move what has not happened yet; the requests that are out count from the new reply-by date."""
    row.body, row.provisional, row.meeting_on = meeting.body, meeting.provisional, dates.meeting
    row.opens_on, row.halfway_on, row.reply_by = dates.opens, dates.halfway, dates.reply_by
    row.office_from, row.papers_on = dates.office_from, dates.papers
    if row.state == "planned":
        row.next_on = prepare_on(dates.opens, settings, calendar)
        return
    row.next_on = dates.office_from
    requests = await session.exec(
        select(StatusRequest).where(StatusRequest.round_id == row.id, col(StatusRequest.closed_at).is_(None))
    )
    steps = round_steps(row, settings, calendar, reply_by=dates.reply_by)
    for request in requests:
        request.anchor_on = dates.reply_by
        request.next_on = steps[request.steps_taken].on if request.steps_taken < len(steps) else None


def _due_dates(measure: Measure, period: Period | None, window: tuple[date, date]) -> dict[date, str | None]:
    deadline = Deadline.from_json(measure.deadline)
    if deadline.due and not deadline.milestones and deadline.every is None:
        # A single date counts even where it lies outside the plan's period: the plan says so.
        window = (min(window[0], deadline.due), max(window[1], deadline.due))
    return {found.due: found.label for found in occurrences(deadline, period=period, between=window)}
