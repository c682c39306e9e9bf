"""Reporting days whose time has come: who keeps them hears of it, until they are done or moved."""

from collections.abc import Sequence

from plan.draft import ReportingKind
from scheduler.reporting_keepers import keepers
from scheduler.reporting_planning import NOBODY, plan_reporting_days, steps_of
from scheduler.steps import take
from scheduler.work import Work
from storage.ids import id_of
from storage.insert import insert_all
from storage.tables import ReportingDay, ReportingStep


async def take_reporting_days(work: Work, days: Sequence[ReportingDay]) -> None:
    """Take the steps of these days whose time has come; those that were missed make one message."""
    steps_taken: list[ReportingStep] = []
    for row in days:
        kept = work.settings.of_kind(ReportingKind(row.kind))
        if row.closed_on is not None or kept.tell == NOBODY:
            row.next_on = None
            continue
        taken = take(steps_of(row, work.settings, work.calendar), row.steps_taken, work.today, work.calendar)
        row.steps_taken, row.next_on = taken.behind, taken.next_on
        steps_taken += [
            ReportingStep(reporting_day_id=id_of(row), due_on=row.due_on, step=step.name, at=work.at)
            for step in taken.steps
        ]
        if taken.steps:
            work.tell_of(keepers(work.directory, kept), row.kind, row.due_on)
    await work.session.flush()
    await insert_all(work.session, steps_taken)
    if days and work.plan.last_year is None:
        # Nothing ends such a plan: what it promises is planned on, some years ahead.
        await plan_reporting_days(work.session, work.plan, work.settings, work.today, work.calendar)
