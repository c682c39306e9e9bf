"""Renaming, placing, merging and archiving units. What a unit has answered stays under its own name.

What follows for open requests is the scheduler's (`scheduler.unit_changes`).
"""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, measures, units
from storage.ids import id_of
from storage.tables import Goal, Invitation, Measure, MeasureUnit, Membership, Person, Unit
from storage.units import UnitRefused


async def rename(session: AsyncSession, unit: Unit, name: str, *, actor: audit.Actor, at: datetime) -> None:
    """Give a unit another name. Raises `UnitRefused("taken")` where another has it, or had it and was archived."""
    label, key = " ".join(name.split()), units.key_of(name)
    if not label:
        raise UnitRefused("without_name")
    others = await session.exec(select(Unit).where(Unit.key == key, Unit.id != unit.id))
    if (other := others.first()) is not None:
        raise UnitRefused("taken", name=other.name)
    before, unit.name, unit.key = unit.name, label, key
    await session.flush()
    audit.record(session, actor, at, "renamed", "unit", id_of(unit), before={"name": before}, after={"name": label})


async def place(session: AsyncSession, unit: Unit, superior: Unit | None, *, actor: audit.Actor, at: datetime) -> None:
    """Put a unit under another, or under none. Raises `UnitRefused("circle")`."""
    if superior is not None:
        await units.check_no_circle(session, unit, superior)
    before, unit.superior_id = unit.superior_id, superior.id if superior else None
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "moved",
        "unit",
        id_of(unit),
        before={"superior_id": before},
        after={"superior_id": unit.superior_id},
    )


async def set_external(session: AsyncSession, unit: Unit, external: bool, *, actor: audit.Actor, at: datetime) -> None:
    """Say whether a unit is outside the municipality. Raises `UnitRefused("owns_measures")`."""
    await units.set_unit(session, unit.name, external=external, actor=actor, at=at)


async def merge(
    session: AsyncSession, source: Unit, target: Unit, *, actor: audit.Actor, at: datetime
) -> list[Measure]:
    """Let one unit take over for another: measures, people, invitations and the units below; returns the measures.

    Raises `UnitRefused`: "same", and "external_heir" where a unit outside the municipality would follow up measures.
    """
    if source.id == target.id:
        raise UnitRefused("same", name=source.name)
    moved = await _hand_over(session, source, target, actor, at)
    await _move_people(session, source, target)
    open_invitations = update(Invitation).where(col(Invitation.unit_id) == source.id, col(Invitation.used_at).is_(None))
    await session.exec(open_invitations.values(unit_id=target.id).execution_options(synchronize_session=False))
    if await _is_below(session, target, source):
        target.superior_id = source.superior_id
    await _move_units_below(session, source, target)
    source.archived_at, source.merged_into_id, source.superior_id = at, target.id, None
    await session.flush()
    after = {"unit_id": target.id, "measures": len(moved)}
    audit.record(session, actor, at, "merged", "unit", id_of(source), after=after)
    return moved


async def archive(
    session: AsyncSession, unit: Unit, heir: Unit | None, *, actor: audit.Actor, at: datetime
) -> list[Measure]:
    """Take a unit out of use; `heir` follows up its measures from now on, or nobody does. Returns the measures.

    Nobody answers for it any more, its open invitations are gone, and the units below it are placed above it.
    Raises `UnitRefused` as `merge` does.
    """
    if heir is not None and heir.id == unit.id:
        raise UnitRefused("same", name=unit.name)
    moved = await _hand_over(session, unit, heir, actor, at)
    await session.exec(delete(Membership).where(col(Membership.unit_id) == unit.id))
    await session.exec(delete(Invitation).where(col(Invitation.unit_id) == unit.id, col(Invitation.used_at).is_(None)))
    for below in await session.exec(select(Unit).where(Unit.superior_id == unit.id)):
        below.superior_id = unit.superior_id
    unit.archived_at = at
    await session.flush()
    after = {"unit_id": heir.id if heir else None, "measures": len(moved)}
    audit.record(session, actor, at, "archived", "unit", id_of(unit), after=after)
    return moved


async def people_of(session: AsyncSession, unit: Unit) -> list[int]:
    """The people who lead or deputise for a unit, by id."""
    return list(await session.exec(select(Membership.person_id).where(Membership.unit_id == unit.id)))


async def _hand_over(
    session: AsyncSession, source: Unit, target: Unit | None, actor: audit.Actor, at: datetime
) -> list[Measure]:
    """Give another unit what one follows up and is responsible for."""
    owned = await units.owned_by(session, source)
    if target is not None and target.external and owned:
        raise UnitRefused("external_heir", name=target.name)
    for measure in owned:
        await measures.change(session, measure, {"owner_id": target.id if target else None}, actor=actor, at=at)
    heir_id = target.id if target is not None and not target.external else None
    goals = update(Goal).where(col(Goal.owner_id) == source.id).values(owner_id=heir_id)
    await session.exec(goals.execution_options(synchronize_session="fetch"))
    if target is not None:
        named = select(MeasureUnit.measure_id).where(MeasureUnit.unit_id == target.id)
        for row in await session.exec(
            select(MeasureUnit).where(MeasureUnit.unit_id == source.id, col(MeasureUnit.measure_id).not_in(named))
        ):
            row.unit_id = id_of(target)
        await session.flush()
        await session.exec(delete(MeasureUnit).where(col(MeasureUnit.unit_id) == source.id))
    return owned


async def _move_people(session: AsyncSession, source: Unit, target: Unit) -> None:
    """Whoever answered for the one answers for the other; who leads either, leads."""
    there = {
        row.person_id: row for row in await session.exec(select(Membership).where(Membership.unit_id == target.id))
    }
    for row in list(await session.exec(select(Membership).where(Membership.unit_id == source.id))):
        same = there.get(row.person_id)
        if same is None:
            row.unit_id = id_of(target)
            continue
        if row.kind == "leader":
            same.kind = "leader"
        await session.delete(row)
    await session.flush()


async def _is_below(session: AsyncSession, unit: Unit, other: Unit) -> bool:
    try:
        await units.check_no_circle(session, other, unit)
    except UnitRefused:
        return True
    return False


async def _move_units_below(session: AsyncSession, source: Unit, target: Unit) -> None:
    for below in await session.exec(select(Unit).where(Unit.superior_id == source.id, Unit.id != target.id)):
        below.superior_id = target.id
    await session.flush()


async def answering(session: AsyncSession, unit_id: int) -> list[tuple[str, str]]:
    """Who answers for a unit: names with what they are there, leaders first."""
    rows = await session.exec(
        select(Person.name, Membership.kind)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.unit_id == unit_id)
        .order_by(col(Membership.kind).desc(), col(Membership.id))
    )
    return list(rows)
