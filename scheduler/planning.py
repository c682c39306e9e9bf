"""Looking ahead: the rounds of a plan and the due dates of its measures, with the day each next concerns us.

Called when a plan is stored or changed, so that a tick only has to look at what carries a day that has come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.annual import RoundDates, provisional_meeting, reporting_years, round_dates
from plan.case_route import COUNCIL
from plan.deadline import Deadline, Period
from plan.draft import ReportingKind, YearlyRule
from plan.occurrence import Occurrence as DueDay
from plan.occurrence import occurrences
from plan.workday import WorkCalendar
from scheduler.reporting_planning import plan_reporting_days
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_deadline, of_part, of_round, resume_on
from storage.ids import id_of
from storage.tables import Measure, Meeting, Occurrence, Plan, ReportingDate, Round, RoundStep, StatusRequest

YEARS_AHEAD = 5
LATE_REPLY_DAYS = 3
MISSED_FOR = timedelta(days=30)  # so long after its meeting admins hear of a round nobody could be asked in


async def plan_ahead(session: AsyncSession, plan: Plan, today: date, calendar: WorkCalendar) -> None:
    """Write the rounds, due dates and reporting days of a plan, or bring them up to date with what has changed.

    What has happened stays: an open round keeps its requests, an answered due date stays answered.
    """
    settings = PlanSettings.usable(plan.settings)
    await plan_rounds(session, plan, settings, today, calendar)
    await plan_occurrences(session, plan, settings, today, calendar)
    await plan_reporting_days(session, plan, settings, today, calendar)


async def plan_rounds(
    session: AsyncSession, plan: Plan, settings: PlanSettings, today: date, calendar: WorkCalendar
) -> None:
    """One round a year: at its first real meeting, else at a provisional one from the plan's own words."""
    stored = {row.year: row for row in await session.exec(select(Round).where(Round.plan_id == plan.id))}
    horizon = period_of(plan) or Period.of_years(min((today.year, *stored)), today.year + YEARS_AHEAD)
    for year, meeting in (await _meetings(session, plan, horizon, calendar)).items():
        dates = round_dates(meeting.on, settings.round, calendar, meeting.own_papers_on)
        row = stored.get(year)
        if row is None:
            session.add(_new_round(plan, year, meeting, dates, prepare_on(dates.opens, settings, calendar)))
        elif row.called_off_at is None and (row.state != "closed" or await _never_opened(session, row, meeting, today)):
            dates = _as_set(row, dates, calendar)
            row.provisional = meeting.provisional
            if _days_of(row) != dates or row.body != meeting.body:
                await _move_round(session, row, meeting, dates, settings, today, calendar)
    await session.flush()


async def plan_occurrences(
    session: AsyncSession,
    plan: Plan,
    settings: PlanSettings,
    today: date,
    calendar: WorkCalendar,
    measures: Iterable[Measure] | None = None,
) -> set[int]:
    """The due dates of some measures, or of all in the plan: new ones are added, archived measures have none.

    What was to begin before the plan came here is asked about in rounds alone. Returns the ids of due dates that the
    measures no longer have. They are not asked about any more; what was asked
    about them is kept.
    """
    period, window = period_of(plan), _window(plan, today)
    some = None if measures is None else list(measures)
    found = list(await session.exec(select(Measure).where(Measure.plan_id == plan.id))) if some is None else some
    stored = await _stored_occurrences(session, plan, some)
    asked = await _asked_occurrences(session, plan, some)
    unwanted: set[int] = set()
    for measure in found:
        rows = stored.get(id_of(measure), {})
        wanted = {} if measure.archived_at else due_dates(measure, period, _stretched(window, rows))
        for due_on, found_day in wanted.items():
            first = of_deadline(due_on, settings.leading(measure.lead_days, starts=found_day.starts), calendar)[0].on
            if due_on in rows:
                rows[due_on].starts = found_day.starts
            elif _is_within(due_on, measure, window) and not (found_day.starts and due_on < today):
                session.add(_new_occurrence(measure, found_day, first))
            if due_on in rows and _is_forgotten(rows[due_on], asked):
                rows[due_on].next_on = first
        for due_on in rows.keys() - wanted.keys():
            rows[due_on].next_on = None
            unwanted.add(id_of(rows[due_on]))
    await session.flush()
    return unwanted


async def without_unwanted(
    session: AsyncSession, measure: Measure, rows: Iterable[Occurrence], today: date
) -> list[Occurrence]:
    """Of the due dates that are stored of a measure those that its deadline still has; the others are history."""
    plan, stored = await session.get_one(Plan, measure.plan_id), list(rows)
    window = _stretched(_window(plan, today), [row.due_on for row in stored])
    wanted = {} if measure.archived_at else due_dates(measure, period_of(plan), window)
    return [row for row in stored if row.due_on in wanted]


def _window(plan: Plan, today: date) -> tuple[date, date]:
    """The days for which due dates are planned."""
    period = period_of(plan)
    return (period.first, period.last) if period else (date(today.year, 1, 1), date(today.year + YEARS_AHEAD, 12, 31))


def _new_occurrence(measure: Measure, day: DueDay, first: date) -> Occurrence:
    return Occurrence(
        measure_id=id_of(measure), due_on=day.due, label=day.label or None, starts=day.starts, next_on=first
    )


async def _stored_occurrences(
    session: AsyncSession, plan: Plan, measures: Sequence[Measure] | None
) -> dict[int, dict[date, Occurrence]]:
    """The due dates that are stored, by measure and day."""
    rows = select(Occurrence).join(Measure, col(Measure.id) == col(Occurrence.measure_id))
    found: dict[int, dict[date, Occurrence]] = {}
    for row in await session.exec(rows.where(_is_of(plan, measures))):
        found.setdefault(row.measure_id, {})[row.due_on] = row
    return found


async def _asked_occurrences(session: AsyncSession, plan: Plan, measures: Sequence[Measure] | None) -> set[int | None]:
    """The due dates that are being asked about now."""
    rows = select(StatusRequest.occurrence_id).join(Measure, col(Measure.id) == col(StatusRequest.measure_id))
    return set(await session.exec(rows.where(_is_of(plan, measures), col(StatusRequest.closed_at).is_(None))))


def _is_of(plan: Plan, measures: Sequence[Measure] | None) -> ColumnElement[bool]:
    if measures is None:
        return col(Measure.plan_id) == plan.id
    return col(Measure.id).in_([id_of(measure) for measure in measures])


def _stretched(window: tuple[date, date], stored: Iterable[date]) -> tuple[date, date]:
    """The window and everything that is stored: a date outside it may still be meant."""
    days = [*window, *stored]
    return min(days), max(days)


def _is_within(due_on: date, measure: Measure, window: tuple[date, date]) -> bool:
    return window[0] <= due_on <= window[1] or due_on == measure.due_on


def _is_forgotten(row: Occurrence, asked: set[int | None]) -> bool:
    """Whether nothing would ever come of a due date: it was taken out of the plan, and is back."""
    return row.closed_at is None and row.next_on is None and row.id not in asked


def period_of(plan: Plan) -> Period | None:
    """The plan's period, or None where the plan has none."""
    if plan.first_year is None or plan.last_year is None:
        return None
    return Period.of_years(plan.first_year, plan.last_year)


def round_steps(row: Round, settings: PlanSettings, calendar: WorkCalendar, *, reply_by: date) -> tuple[Step, ...]:
    """The steps of a round's requests that are to be answered by a day."""
    return of_round(row.opens_on, row.halfway_on, reply_by, settings, calendar)


def fair_reply_by(row: Round, today: date, calendar: WorkCalendar) -> date:
    """The day to reply by when the question is put today: the round's, but never less than a few working days."""
    return max(row.reply_by, min(calendar.add(today, LATE_REPLY_DAYS), row.meeting_on))


def short_until(row: Round, opened_on: date, calendar: WorkCalendar) -> date | None:
    """The day the units have until where a round opened too late for its own dates; None where it did not."""
    until = fair_reply_by(row, opened_on, calendar)
    return until if until > row.reply_by else None


def prepare_on(opens_on: date, settings: PlanSettings, calendar: WorkCalendar) -> date:
    """The day on which admins hear what a round lacks."""
    return calendar.add(opens_on, -settings.prepare_before)


async def _meetings(session: AsyncSession, plan: Plan, period: Period, calendar: WorkCalendar) -> dict[int, "_Meeting"]:
    """The first meeting of every year that has a round."""
    found: dict[int, _Meeting] = {}
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
        found[meeting.held_on.year] = _Meeting(
            meeting.body, meeting.held_on, provisional=False, own_papers_on=meeting.own_papers_on
        )
    return found


@dataclass(frozen=True)
class _Meeting:
    """The meeting a round counts back from; provisional when only the plan's own words say when it is."""

    body: str
    on: date
    provisional: bool
    own_papers_on: date | None = None


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


def _as_set(row: Round, dates: RoundDates, calendar: WorkCalendar) -> RoundDates:
    """The days with those that somebody has set: a reply-by date as long as its meeting stands, an opening for good."""
    if row.state == "open" and row.opens_on < min(dates.opens, dates.reply_by):
        dates = replace(dates, opens=row.opens_on)
    own = row.own_reply_by
    if own is None or dates.meeting != row.meeting_on or not dates.opens < own < dates.papers:
        row.own_reply_by = None
        return dates
    halfway = calendar.add(dates.opens, len(calendar.between(dates.opens, own)) // 2)
    return replace(dates, reply_by=own, office_from=calendar.add(own, 1), halfway=min(halfway, own))


def _days_of(row: Round) -> RoundDates:
    return RoundDates(row.opens_on, row.halfway_on, row.reply_by, row.office_from, row.papers_on, row.meeting_on)


async def _never_opened(session: AsyncSession, row: Round, meeting: _Meeting, today: date) -> bool:
    """Whether a round was closed before anybody was asked, and now has a real meeting that lies ahead.

    Its provisional meeting passed before it could open: the plan was imported late, or nobody was there.
    """
    if meeting.provisional or meeting.on < today:
        return False
    steps = await session.exec(select(RoundStep.step).where(RoundStep.round_id == row.id))
    if "open" in set(steps):
        return False
    row.state = "planned"
    return True


async def _move_round(
    session: AsyncSession,
    row: Round,
    meeting: _Meeting,
    dates: RoundDates,
    settings: PlanSettings,
    today: date,
    calendar: WorkCalendar,
) -> None:
    """Move what has not happened yet; the requests that are out count from the new reply-by date."""
    row.body, row.meeting_on = meeting.body, dates.meeting
    row.opens_on, row.halfway_on, row.reply_by = dates.opens, dates.halfway, dates.reply_by
    row.office_from, row.papers_on = dates.office_from, dates.papers
    row.next_on = today
    await session.flush()
    await _take_back_steps(session, row, settings, today, calendar)
    requests = await session.exec(
        select(StatusRequest).where(StatusRequest.round_id == row.id, col(StatusRequest.closed_at).is_(None))
    )
    reply_by = fair_reply_by(row, today, calendar)
    steps = round_steps(row, settings, calendar, reply_by=reply_by)
    for request in requests:
        request.anchor_on = reply_by
        own = of_part(steps) if request.part else steps
        request.next_on = resume_on(own, request.steps_taken, today, calendar, request.put_off_until)


async def _take_back_steps(
    session: AsyncSession, row: Round, settings: PlanSettings, today: date, calendar: WorkCalendar
) -> None:
    """Steps that were taken and now lie ahead again are taken again on their new day."""
    ahead = {"closed"}
    if prepare_on(row.opens_on, settings, calendar) > today:
        ahead.add("prepare")
    if row.office_from > today:
        ahead.add("office_week")
    if row.papers_on > today:
        ahead.add("papers")
    statement = delete(RoundStep).where(col(RoundStep.round_id) == row.id, col(RoundStep.step).in_(ahead))
    await session.exec(statement.execution_options(synchronize_session=False))


def due_dates(measure: Measure, period: Period | None, window: tuple[date, date]) -> dict[date, DueDay]:
    """The days in a window on which a measure falls due or begins; a lone date wherever it is."""
    deadline = Deadline.from_json(measure.deadline)
    if deadline.due and not deadline.milestones and deadline.every is None:
        # A single date counts even where it lies outside the plan's period: the plan says so.
        window = (min(window[0], deadline.due), max(window[1], deadline.due))
    return {found.due: found for found in occurrences(deadline, period=period, between=window)}
