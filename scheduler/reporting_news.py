"""What of reporting days is new to somebody who keeps them: each step is said once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.reporting_days import Basis
from scheduler.reporting_keepers import keeps
from scheduler.settings import PlanSettings
from scheduler.steps import Step
from storage import reporting_days, told
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Plan, ReportingDay
from storage.told import Marks


@dataclass(frozen=True)
class DayToKeep:
    """A reporting day as somebody hears of it; `step` is the kind of the step: lead, due or nag.

    `text` is the plan's own, empty where the plan's end or an election is the reason (`basis`). `promised_on` is the
    day by the plan's words or the law, and `ends_on` the plan's last day where that is a reason beside an election.
    `by_unit`: it is kept by a unit, and not by those who see the whole plan.
    """

    day_id: int
    plan_id: int
    plan: str
    kind: str
    promised_on: date
    due_on: date
    basis: str
    text: str
    step: str
    ends_on: date | None = None
    by_unit: bool = False

    @property
    def budget_year(self) -> int:
        """The first year of the economic plan that the input is for."""
        return self.due_on.year + 1

    @property
    def election_year(self) -> int:
        """The year of the election that is the reason."""
        return self.promised_on.year - 1

    @property
    def is_moved(self) -> bool:
        """Whether somebody has set another day."""
        return self.due_on != self.promised_on


async def days_to_keep(
    session: AsyncSession,
    person_id: int,
    people: Directory,
    settings: Mapping[int, PlanSettings],
    today: date,
    up_to: Marks,
    *,
    is_staff: bool,
) -> tuple[DayToKeep, ...]:
    """The days of which a step was taken since the person's last daily message of another day, and up to a mark."""
    last = await told.last(session, person_id, not_on=today)
    rows = await reporting_days.told_since(session, last, up_to)
    return tuple(
        DayToKeep(
            day_id=id_of(row),
            plan_id=row.plan_id,
            plan=plan.title,
            kind=row.kind,
            promised_on=row.promised_on,
            due_on=row.due_on,
            basis=row.basis,
            text=row.text,
            step=Step(step, row.due_on).kind,
            ends_on=_ends_on(row, plan),
            by_unit=not is_staff,
        )
        for row, plan, step in rows
        if keeps(people, settings[row.plan_id], row, person_id)
    )


def _ends_on(row: ReportingDay, plan: Plan) -> date | None:
    if row.basis != Basis.ELECTION or plan.last_year != row.promised_on.year:
        return None
    return date(plan.last_year, 12, 31)
