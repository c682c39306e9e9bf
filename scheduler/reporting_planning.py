"""Looking ahead to the days on which a plan is to be evaluated, reviewed, revised and the like."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Period
from plan.draft import ReportingKind
from plan.reporting_days import PromisedDay, promised_days
from plan.workday import WorkCalendar
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_reporting_day
from storage import reporting_days
from storage.ids import id_of
from storage.tables import Plan, ReportingDay

YEARS_AHEAD = 5
NOBODY = "nobody"


async def plan_reporting_days(
    session: AsyncSession, plan: Plan, settings: PlanSettings, today: date, calendar: WorkCalendar
) -> None:
    """Write the reporting days that lie ahead, or bring them up to date with the plan, its rules and its settings.

    What has happened stays: what was done stays done, what was moved stays moved, and no step is taken twice.
    """
    if plan.archived_at is not None:
        return
    stored = {(row.kind, row.promised_on): row for row in await reporting_days.of_plan(session, id_of(plan))}
    known = await promised(session, plan, today, [row.promised_on for row in stored.values()])
    wanted = {(each.kind.value, each.on): each for each in known}
    taken = await reporting_days.steps_of(session, [id_of(row) for row in stored.values()])
    for key, row in stored.items():
        if key in wanted:
            _keep(row, wanted[key])
        elif row.closed_because != "done":
            await _drop(session, row, today, told=any(day_id == row.id for day_id, _due_on in taken))
            continue
        if row.closed_on is None:
            count_steps(row, settings, calendar, taken.get((id_of(row), row.due_on), set()))
    for key, each in wanted.items():
        if key not in stored and each.on >= today:
            session.add(_new_day(plan, each, settings, today, calendar))
    await session.flush()


async def promised(session: AsyncSession, plan: Plan, today: date, known: Sequence[date] = ()) -> list[PromisedDay]:
    """Every reporting day of a plan; of one without a period those of some years, from the first that is known."""
    promises = await reporting_days.promises_of(session, id_of(plan))
    if plan.first_year is not None and plan.last_year is not None:
        return promised_days(promises, Period.of_years(plan.first_year, plan.last_year))
    first = min((today.year, *(day.year for day in known)))
    return promised_days(promises, Period.of_years(first, today.year + YEARS_AHEAD), ends=False)


def _keep(row: ReportingDay, each: PromisedDay) -> None:
    row.basis, row.text = each.basis, each.text
    if row.closed_because == "not_promised":  # it was taken out of the plan, and is back
        row.closed_on = row.closed_because = None


async def _drop(session: AsyncSession, row: ReportingDay, today: date, *, told: bool) -> None:
    """Nothing promises the day any more. One that nobody has heard of or touched leaves no trace."""
    if told or row.due_on != row.promised_on:
        row.closed_on, row.closed_because, row.next_on = row.closed_on or today, "not_promised", None
    else:
        await session.delete(row)


def _new_day(
    plan: Plan, each: PromisedDay, settings: PlanSettings, today: date, calendar: WorkCalendar
) -> ReportingDay:
    """A day that begins at the step of today: of the notices that lie behind only the last is given late."""
    row = ReportingDay(
        plan_id=id_of(plan),
        kind=each.kind,
        promised_on=each.on,
        due_on=each.on,
        basis=each.basis,
        text=each.text,
        counts_from=today,
    )
    row.counts_from = max((step.on for step in steps_of(row, settings, calendar) if step.on <= today), default=today)
    count_steps(row, settings, calendar, set())
    return row


def steps_of(row: ReportingDay, settings: PlanSettings, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The steps towards a reporting day, as it lies now."""
    return of_reporting_day(ReportingKind(row.kind), row.due_on, settings, calendar)


def count_steps(row: ReportingDay, settings: PlanSettings, calendar: WorkCalendar, taken: Collection[str]) -> None:
    """Set the next step: the one after those that were taken, and not one before the day that counting begins."""
    steps = steps_of(row, settings, calendar)
    behind = (n for n, step in enumerate(steps, 1) if step.name in taken or step.on < row.counts_from)
    row.steps_taken = max(behind, default=0)
    is_kept = settings.of_kind(ReportingKind(row.kind)).tell != NOBODY
    row.next_on = steps[row.steps_taken].on if is_kept and row.steps_taken < len(steps) else None
