"""Absences: registering, changing and cancelling one, and who is away on a day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import DateRange, WorkCalendar
from storage import audit
from storage.ids import id_of
from storage.tables import Absence, Person

DAY = timedelta(days=1)


def _on(day: date) -> ColumnElement[bool]:
    """Absences that a day lies in."""
    return (col(Absence.first_on) <= day) & (col(Absence.last_on) >= day) & col(Absence.cancelled_at).is_(None)


async def away_on(session: AsyncSession, day: date) -> dict[int, int | None]:
    """Who is away on a day, each with the deputy they have chosen, if any."""
    rows = await session.exec(select(Absence).where(_on(day)).order_by(col(Absence.id)))
    return {row.person_id: row.deputy_id for row in rows}


async def last_days(session: AsyncSession, people: Collection[int], day: date) -> dict[int, date]:
    """The last day of those of some people who are away on a day."""
    rows = await session.exec(select(Absence).where(_on(day), col(Absence.person_id).in_(people)))
    return {row.person_id: row.last_on for row in rows}


async def back_on(session: AsyncSession, person_id: int, day: date, calendar: WorkCalendar) -> date | None:
    """The working day on which somebody who is away on a day is back; None for somebody who is there."""
    back = None
    while (found := await _of_day(session, person_id, back or day)) is not None:
        back = calendar.on_or_after(found.last_on + DAY)
    return back


async def _of_day(session: AsyncSession, person_id: int, day: date) -> Absence | None:
    return (await session.exec(select(Absence).where(Absence.person_id == person_id, _on(day)))).first()


async def by_id(session: AsyncSession, absence_id: int) -> Absence | None:
    """An absence, over or cancelled or not."""
    return await session.get(Absence, absence_id)


async def of_person(session: AsyncSession, person_id: int, today: date) -> list[Absence]:
    """The absences of a person that are not over, the first first."""
    rows = await session.exec(
        select(Absence)
        .where(Absence.person_id == person_id, col(Absence.last_on) >= today, col(Absence.cancelled_at).is_(None))
        .order_by(col(Absence.first_on))
    )
    return list(rows)


async def overlapping(session: AsyncSession, person_id: int, days: DateRange) -> list[Absence]:
    """The absences of a person that have a day in common with a period."""
    rows = await session.exec(
        select(Absence)
        .where(
            Absence.person_id == person_id,
            col(Absence.first_on) <= days.last,
            col(Absence.last_on) >= days.first,
            col(Absence.cancelled_at).is_(None),
        )
        .order_by(col(Absence.first_on))
    )
    return list(rows)


async def register(
    session: AsyncSession,
    person_id: int,
    days: DateRange,
    deputy_id: int | None,
    today: date,
    *,
    actor: audit.Actor,
    at: datetime,
) -> Absence:
    """Somebody will be away, or is. What it overlaps with becomes this one, and keeps the day it began on.

    The person is locked: two that overlap are never stored by two at once.
    """
    assert actor.person_id is not None
    await session.exec(select(Person.id).where(Person.id == person_id).with_for_update())
    stored = await overlapping(session, person_id, days)
    for row in stored[1:]:
        await _cancel(session, row, actor, at)
    if not stored:
        row = Absence(
            person_id=person_id,
            first_on=days.first,
            last_on=days.last,
            deputy_id=deputy_id,
            created_by_id=actor.person_id,
            created_at=at,
            next_on=max(days.first, today),
        )
        session.add(row)
        await session.flush()
        audit.record(session, actor, at, "registered", "absence", id_of(row), after=_as_logged(row))
        return row
    first = stored[0]
    before = _as_logged(first)
    first.first_on = min(first.first_on, days.first) if first.first_on <= today else days.first
    first.last_on, first.deputy_id = days.last, deputy_id
    first.next_on, first.welcomed_at = max(first.first_on, today), None
    await session.flush()
    audit.record(session, actor, at, "changed", "absence", id_of(first), before=before, after=_as_logged(first))
    return first


async def end(session: AsyncSession, row: Absence, today: date, *, actor: audit.Actor, at: datetime) -> None:
    """The person is back today, or will not be away after all. What happened meanwhile is told by whoever calls."""
    if row.first_on >= today:
        await _cancel(session, row, actor, at)
        return
    before = _as_logged(row)
    row.last_on, row.next_on = today - DAY, today
    await session.flush()
    audit.record(session, actor, at, "ended", "absence", id_of(row), before=before, after=_as_logged(row))


async def _cancel(session: AsyncSession, row: Absence, actor: audit.Actor, at: datetime) -> None:
    row.cancelled_at, row.next_on = at, None
    await session.flush()
    audit.record(session, actor, at, "cancelled", "absence", id_of(row), before=_as_logged(row))


def _as_logged(row: Absence) -> dict[str, object]:
    return {
        "person_id": row.person_id,
        "first_on": row.first_on.isoformat(),
        "last_on": row.last_on.isoformat(),
        "deputy_id": row.deputy_id,
    }


async def due(session: AsyncSession, today: date) -> Sequence[Absence]:
    """The absences that begin or are over, and that the scheduler has not taken up."""
    rows = await session.exec(
        select(Absence).where(col(Absence.next_on) <= today).order_by(col(Absence.id)).with_for_update()
    )
    return rows.all()


async def not_welcomed(session: AsyncSession, person_id: int, today: date) -> list[Absence]:
    """The absences that are over, and after which the person has heard nothing yet, the first first."""
    rows = await session.exec(
        select(Absence)
        .where(
            Absence.person_id == person_id,
            col(Absence.last_on) < today,
            col(Absence.cancelled_at).is_(None),
            col(Absence.welcomed_at).is_(None),
        )
        .order_by(col(Absence.first_on))
    )
    return list(rows)


async def welcomed(session: AsyncSession, person_id: int, today: date, at: datetime) -> None:
    """The person has been told what happened meanwhile."""
    statement = (
        update(Absence)
        .where(
            col(Absence.person_id) == person_id,
            col(Absence.last_on) < today,
            col(Absence.cancelled_at).is_(None),
            col(Absence.welcomed_at).is_(None),
        )
        .values(welcomed_at=at, next_on=None)
    )
    await session.exec(statement.execution_options(synchronize_session=False))
