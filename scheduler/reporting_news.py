"""What of reporting days is new to somebody who keeps them: each step is said once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import ReportingKind
from scheduler.settings import PlanSettings
from scheduler.steps import Step
from storage import outbox, reporting_days
from storage.directory import Directory
from storage.ids import id_of


@dataclass(frozen=True)
class DayToKeep:
    """A reporting day as somebody hears of it; `step` is the kind of the step: lead, due or nag.

    `text` is the plan's own, empty where the plan's end or an election is the reason (`basis`).
    """

    day_id: int
    plan_id: int
    plan: str
    kind: str
    due_on: date
    basis: str
    text: str
    step: str

    @property
    def budget_year(self) -> int:
        """The first year of the economic plan that the input is for."""
        return self.due_on.year + 1

    @property
    def election_year(self) -> int:
        """The year of the election that is the reason."""
        return self.due_on.year - 1


async def days_to_keep(
    session: AsyncSession, person_id: int, people: Directory, settings: Mapping[int, PlanSettings], today: date
) -> tuple[DayToKeep, ...]:
    """The days of which a step was taken since the person's last daily message of an earlier day."""
    last = await outbox.last_daily(session, person_id, before=today)
    rows = await reporting_days.told_since(session, last.sent_at if last else None)
    return tuple(
        DayToKeep(
            day_id=id_of(row),
            plan_id=row.plan_id,
            plan=plan.title,
            kind=row.kind,
            due_on=row.due_on,
            basis=row.basis,
            text=row.text,
            step=Step(step, row.due_on).kind,
        )
        for row, plan, step in rows
        if person_id in people.told(settings[row.plan_id].of_kind(ReportingKind(row.kind)).tell)
    )
