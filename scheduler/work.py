"""What one pass of the scheduler works with: read once, used by every part of the pass."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import WorkCalendar
from scheduler.notices import Notice
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_deadline
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Measure, Occurrence, Plan, Round, StatusRequest

RETRY_WITHOUT_OWNER = timedelta(days=7)


@dataclass
class Work:
    """One pass: the moment, the day, who is who, and each plan's settings. `notices` collects what is decided."""

    session: AsyncSession
    at: datetime
    today: date
    calendar: WorkCalendar
    directory: Directory
    settings: dict[int, PlanSettings]
    notices: list[Notice] = field(default_factory=list)

    def tell(self, people: tuple[int, ...], kind: str, request: StatusRequest) -> None:
        """Tell people something about a request; with nobody to tell, the notice says so."""
        for person_id in people or (None,):
            self.notices.append(
                Notice(
                    person_id=person_id,
                    kind=kind,
                    due=request.about_on,
                    unit_id=request.unit_id,
                    measure_id=request.measure_id,
                    reason=request.reason,
                )
            )

    def tell_of(self, people: tuple[int, ...], kind: str, due: date, measure: Measure | None = None) -> None:
        """Tell people something about a day, of a round or of a measure; with nobody to tell, the notice says so."""
        for person_id in people or (None,):
            measure_id = measure.id if measure else None
            self.notices.append(Notice(person_id=person_id, kind=kind, due=due, measure_id=measure_id))


@dataclass(frozen=True)
class Due:
    """What carries a day that has come: rounds, due dates and open requests."""

    rounds: list[Round]
    occurrences: list[Occurrence]
    requests: list[StatusRequest]

    def __bool__(self) -> bool:
        return bool(self.rounds or self.occurrences or self.requests)


async def find_due(session: AsyncSession, today: date) -> Due:
    """Three indexed look-ups, each as large as what is due."""
    rounds = await session.exec(select(Round).where(col(Round.next_on) <= today).order_by(col(Round.id)))
    occurrences = await session.exec(
        select(Occurrence).where(col(Occurrence.next_on) <= today).order_by(col(Occurrence.id))
    )
    requests = await session.exec(
        select(StatusRequest).where(col(StatusRequest.next_on) <= today).order_by(col(StatusRequest.id))
    )
    return Due(list(rounds), list(occurrences), list(requests))


async def plan_settings(session: AsyncSession) -> dict[int, PlanSettings]:
    """Every plan's settings by its id."""
    return {id_of(plan): PlanSettings.of(plan.settings) for plan in await session.exec(select(Plan))}


def deadline_steps(request: StatusRequest, settings: PlanSettings, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The steps of a request about a due date; one that was first asked on the day itself has no lead reminders."""
    steps = of_deadline(request.anchor_on, settings, calendar)
    return steps if request.reason == "lead" else tuple(step for step in steps if step.kind != "lead")
