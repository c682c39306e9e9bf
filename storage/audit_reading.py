"""Reading the audit log: newest first, a page at a time, of everything or of one subject or person."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ids import id_of
from storage.tables import AuditEntry, Goal, Measure, Person, Plan, Unit


@dataclass(frozen=True)
class Of:
    """What the log is read about: everything, or one "measure", "plan", "unit" or "person" by id."""

    subject: str | None = None
    subject_id: int = 0


async def page(session: AsyncSession, of: Of, first: int, count: int) -> list[AuditEntry]:
    """Entries from the first-th newest on."""
    rows = select(AuditEntry).where(*_about(of)).order_by(col(AuditEntry.id).desc()).offset(first).limit(count)
    return list(await session.exec(rows))


async def total(session: AsyncSession, of: Of) -> int:
    """How many entries there are."""
    return (await session.exec(select(func.count()).select_from(AuditEntry).where(*_about(of)))).one()


def _about(of: Of) -> list[ColumnElement[bool]]:
    if of.subject is None:
        return []
    itself = (col(AuditEntry.subject) == of.subject) & (col(AuditEntry.subject_id) == of.subject_id)
    if of.subject == "person":
        return [or_(itself, col(AuditEntry.person_id) == of.subject_id)]
    if of.subject == "plan":
        measures = select(Measure.id).where(Measure.plan_id == of.subject_id)
        in_plan = (col(AuditEntry.subject) == "measure") & col(AuditEntry.subject_id).in_(measures)
        goals = select(Goal.id).where(Goal.plan_id == of.subject_id)
        of_goals = (col(AuditEntry.subject) == "goal") & col(AuditEntry.subject_id).in_(goals)
        return [or_(itself, in_plan, of_goals)]
    return [itself]


@dataclass(frozen=True)
class Names:
    """What things and people are called now, by id. Somebody who has been erased has no name."""

    people: dict[int, str]
    units: dict[int, str]
    plans: dict[int, str]
    measures: dict[int, str]
    goals: dict[int, str]

    def of(self, subject: str, subject_id: Any) -> str | None:
        """The name of a subject, or None."""
        return {
            "person": self.people,
            "unit": self.units,
            "plan": self.plans,
            "measure": self.measures,
            "goal": self.goals,
        }.get(subject, {}).get(subject_id)


async def names(session: AsyncSession) -> Names:
    """The names of everything the log speaks of."""
    measures = await session.exec(select(Measure.id, Measure.ref, Measure.title))
    goals = await session.exec(select(Goal.id, Goal.ref, Goal.title))
    return Names(
        {id_of(row): row.name for row in await session.exec(select(Person))},
        {id_of(row): row.name for row in await session.exec(select(Unit))},
        {id_of(row): row.title for row in await session.exec(select(Plan))},
        {found or 0: f"{ref} {title}" for found, ref, title in measures},
        {found or 0: f"{ref} {title}" for found, ref, title in goals},
    )
