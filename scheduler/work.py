"""What one pass of the scheduler works with: read once, used by every part of the pass over a plan."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours, WorkCalendar
from scheduler.notices import Notice
from scheduler.settings import PlanSettings
from scheduler.steps import Step
from storage.directory import Directory
from storage.ids import id_of
from storage.insert import insert_values
from storage.tables import (
    Escalation,
    Measure,
    Occurrence,
    Plan,
    Reminder,
    ReportingDay,
    Round,
    StatusRequest,
    TargetAsk,
)

Row = Round | Occurrence | StatusRequest | ReportingDay | TargetAsk
TABLES: tuple[type[Row], ...] = (Round, Occurrence, StatusRequest, ReportingDay, TargetAsk)


@dataclass
class Work:
    """One pass over one plan: the moment, the day, who is who.

    `own_leads` are the lead days of measures that have their own, `steps` those of requests that have been worked out.
    `notices` collects what is decided; `reminders` and `escalations` are the values of rows, stored together by
    `finish`.
    """

    session: AsyncSession
    at: datetime
    today: date
    hours: SendingHours
    directory: Directory
    plan: Plan
    settings: PlanSettings
    notices: list[Notice] = field(default_factory=list)
    reminders: list[dict[str, Any]] = field(default_factory=list)
    escalations: list[dict[str, Any]] = field(default_factory=list)
    own_leads: dict[int, list[int]] = field(default_factory=dict)
    steps: dict[tuple[object, ...], tuple[Step, ...]] = field(default_factory=dict)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days."""
        return self.hours.calendar

    def settings_of(self, measure_id: int) -> PlanSettings:
        """The plan's settings with the measure's own lead days."""
        return self.settings.leading(self.own_leads.get(measure_id))

    async def finish(self) -> None:
        """Store what the pass has taken up."""
        await self.session.flush()
        await insert_values(self.session, Reminder, self.reminders)
        await insert_values(self.session, Escalation, self.escalations)

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
                    plan_id=self.plan.id,
                )
            )

    def tell_of(self, people: tuple[int, ...], kind: str, due: date, measure: Measure | None = None) -> None:
        """Tell people something about a day, of a round or of a measure; with nobody to tell, the notice says so."""
        for person_id in people or (None,):
            measure_id = measure.id if measure else None
            self.notices.append(
                Notice(person_id=person_id, kind=kind, due=due, measure_id=measure_id, plan_id=self.plan.id)
            )

    def owner_of(self, measure: Measure) -> int | None:
        """The unit to ask about a measure; None where nobody follows it up, or only somebody outside."""
        unit = self.directory.units.get(measure.owner_id) if measure.owner_id else None
        return None if unit is None or unit.external else id_of(unit)


@dataclass
class Due:
    """What carries a day that has come, in a plan: rounds, due dates with measures, requests with rounds, days,
    and plans whose units were asked about result targets.
    """

    plan: Plan
    rounds: list[Round] = field(default_factory=list)
    occurrences: list[tuple[Occurrence, Measure]] = field(default_factory=list)
    requests: list[tuple[StatusRequest, Round | None]] = field(default_factory=list)
    days: list[ReportingDay] = field(default_factory=list)
    asks: list[TargetAsk] = field(default_factory=list)

    def ids(self) -> dict[type[Row], list[int]]:
        """The ids of everything that is due, by table."""
        return {
            Round: [id_of(row) for row in self.rounds],
            Occurrence: [id_of(occurrence) for occurrence, _measure in self.occurrences],
            StatusRequest: [id_of(request) for request, _round in self.requests],
            ReportingDay: [id_of(row) for row in self.days],
            TargetAsk: [id_of(row) for row in self.asks],
        }


async def find_due(session: AsyncSession, today: date) -> list[Due]:
    """What is due, by plan: one indexed look whether there is anything, and what there is.

    The rows are locked until the transaction ends: an answer that comes meanwhile waits for the pass, or the pass
    for the answer.
    """
    tables = await _tables_with_something_due(session, today)
    rounds = await _rounds(session, today) if Round in tables else []
    occurrences = await _occurrences(session, today) if Occurrence in tables else []
    requests = await _requests(session, today) if StatusRequest in tables else []
    days = await _reporting_days(session, today) if ReportingDay in tables else []
    asks = await _target_asks(session, today) if TargetAsk in tables else []
    due = await _plans(
        session,
        [
            *(row.plan_id for row in rounds),
            *(day.plan_id for day in days),
            *(ask.plan_id for ask in asks),
            *(measure.plan_id for _, measure in occurrences),
            *(plan_id for _, plan_id, _ in requests),
        ],
    )
    for row in rounds:
        due[row.plan_id].rounds.append(row)
    for occurrence, measure in occurrences:
        due[measure.plan_id].occurrences.append((occurrence, measure))
    for request, plan_id, request_round in requests:
        due[plan_id].requests.append((request, request_round))
    for day in days:
        due[day.plan_id].days.append(day)
    for ask in asks:
        due[ask.plan_id].asks.append(ask)
    return list(due.values())


async def _tables_with_something_due(session: AsyncSession, today: date) -> set[type[Row]]:
    looks = (select(table.id).where(col(table.next_on) <= today).exists() for table in TABLES)
    connection = await session.connection()
    found = (await connection.execute(sql_select(*looks))).one()
    return {table for table, is_there in zip(TABLES, found, strict=True) if is_there}


async def _rounds(session: AsyncSession, today: date) -> list[Round]:
    rows = select(Round).where(col(Round.next_on) <= today).order_by(col(Round.meeting_on)).with_for_update()
    return list(await session.exec(rows))


async def _occurrences(session: AsyncSession, today: date) -> list[tuple[Occurrence, Measure]]:
    rows = (
        select(Occurrence, Measure)
        .join(Measure, col(Measure.id) == col(Occurrence.measure_id))
        .where(col(Occurrence.next_on) <= today)
        .order_by(col(Measure.position), col(Occurrence.due_on))
        .with_for_update(of=Occurrence)
    )
    return list(await session.exec(rows))


async def _requests(session: AsyncSession, today: date) -> list[tuple[StatusRequest, int, Round | None]]:
    rows = (
        select(StatusRequest, Measure.plan_id, Round)
        .join(Measure, col(Measure.id) == col(StatusRequest.measure_id))
        .join(Round, col(Round.id) == col(StatusRequest.round_id), isouter=True)
        .where(col(StatusRequest.next_on) <= today)
        .order_by(col(Measure.position), col(StatusRequest.id))
        .with_for_update(of=StatusRequest)
    )
    return list(await session.exec(rows))


async def _reporting_days(session: AsyncSession, today: date) -> list[ReportingDay]:
    rows = select(ReportingDay).where(col(ReportingDay.next_on) <= today).order_by(col(ReportingDay.due_on))
    return list(await session.exec(rows.with_for_update()))


async def _target_asks(session: AsyncSession, today: date) -> list[TargetAsk]:
    rows = select(TargetAsk).where(col(TargetAsk.next_on) <= today).order_by(col(TargetAsk.next_on))
    return list(await session.exec(rows.with_for_update()))


async def _plans(session: AsyncSession, plan_ids: Iterable[int]) -> dict[int, Due]:
    wanted = set(plan_ids)
    if not wanted:
        return {}
    rows = await session.exec(select(Plan).where(col(Plan.id).in_(wanted)).order_by(col(Plan.id)))
    return {id_of(plan): Due(plan) for plan in rows}
