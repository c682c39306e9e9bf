"""What people write for a report itself: the office's summary, assessment and decision, and a unit's own paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.ids import id_of
from storage.tables import Unit, WrittenText

SUMMARY, ASSESSMENT, DECISION, UNIT = "summary", "assessment", "decision", "unit"
OFFICE_KINDS = (SUMMARY, ASSESSMENT, DECISION)
SUMMARY_LINES = 5
"""The council reads no longer summary."""


@dataclass(frozen=True)
class Standing:
    """A unit's paragraph: the newest, and the one the office has released, which may be an earlier one."""

    unit: Unit
    newest: WrittenText
    released: WrittenText | None


async def by_id(session: AsyncSession, text_id: int) -> WrittenText | None:
    """A text, whatever came after it."""
    return await session.get(WrittenText, text_id)


async def write(
    session: AsyncSession,
    plan_id: int,
    year: int,
    kind: str,
    text: str | None,
    *,
    unit_id: int | None = None,
    person_id: int,
    inbox_id: int | None,
    at: datetime,
    released: bool = False,
) -> WrittenText:
    """Write a text in place of the one before it, which is kept; None takes it back."""
    row = WrittenText(
        plan_id=plan_id,
        year=year,
        kind=kind,
        unit_id=unit_id,
        text=text,
        author_id=person_id,
        at=at,
        inbox_id=inbox_id,
        released_by_id=person_id if released else None,
        released_at=at if released else None,
    )
    session.add(row)
    await session.flush()
    after = {"year": year, "kind": kind} | ({"unit_id": unit_id} if unit_id else {})
    action = "withdrawn" if text is None else "written"
    audit.record(session, audit.Actor.person(person_id), at, action, "written_text", id_of(row), after=after)
    return row


async def release(session: AsyncSession, row: WrittenText, *, person_id: int, at: datetime) -> None:
    """Let the council read a unit's paragraph."""
    row.released_by_id, row.released_at = person_id, at
    await session.flush()
    audit.record(session, audit.Actor.person(person_id), at, "released", "written_text", id_of(row))


async def of_office(session: AsyncSession, plan_id: int, year: int) -> dict[str, WrittenText]:
    """The office's texts that stand, by kind."""
    rows = await _of_year(session, plan_id, year)
    found = {row.kind: row for row in rows if row.kind != UNIT}
    return {kind: row for kind, row in found.items() if row.text is not None}


async def of_unit(session: AsyncSession, plan_id: int, year: int, unit_id: int) -> WrittenText | None:
    """The newest paragraph of a unit; None where it has none, or has taken it back."""
    rows = [row for row in await _of_year(session, plan_id, year) if row.unit_id == unit_id]
    return rows[-1] if rows and rows[-1].text is not None else None


async def of_units(session: AsyncSession, plan_id: int, year: int) -> list[Standing]:
    """The paragraphs of units that stand, by the units' names."""
    rows = [row for row in await _of_year(session, plan_id, year) if row.kind == UNIT]
    units = {
        id_of(unit): unit
        for unit in await session.exec(select(Unit).where(col(Unit.id).in_({row.unit_id for row in rows})))
    }
    found = [_standing(units[unit_id], rows) for unit_id in {row.unit_id for row in rows if row.unit_id is not None}]
    return sorted((each for each in found if each.newest.text is not None), key=lambda each: each.unit.name.casefold())


def _standing(unit: Unit, rows: Sequence[WrittenText]) -> Standing:
    of_it = [row for row in rows if row.unit_id == unit.id]
    released = [row for row in of_it if row.released_at is not None]
    return Standing(unit, of_it[-1], released[-1] if released else None)


async def _of_year(session: AsyncSession, plan_id: int, year: int) -> list[WrittenText]:
    """Every text of a year's report, in the order they were written."""
    rows = await session.exec(
        select(WrittenText)
        .where(WrittenText.plan_id == plan_id, WrittenText.year == year)
        .order_by(col(WrittenText.id))
    )
    return list(rows)
