"""Units: finding them by name, setting them, and the chain of superiors above them."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import MAX_UNIT
from plan.refusal import Refused
from storage import audit
from storage.ids import id_of
from storage.tables import Measure, Unit


class UnitRefused(Refused):
    """A unit cannot be set so. `code` names a sentence in `templates/cli/unit.j2`; `data` fills it."""


def key_of(name: str) -> str:
    """What makes two names the same unit: case and space do not count."""
    # "ß" is two letters without its case, so the key of the longest name may be longer than the name.
    return " ".join(name.split()).casefold()[:MAX_UNIT]


async def by_name(session: AsyncSession, name: str) -> Unit | None:
    """The unit of a name, or None. The name of one that was merged leads to the unit that took over."""
    found = await _stored(session, name)
    while found is not None and found.merged_into_id is not None:
        found = await session.get(Unit, found.merged_into_id)
    return None if found is None or found.archived_at is not None else found


async def _stored(session: AsyncSession, name: str) -> Unit | None:
    return (await session.exec(select(Unit).where(Unit.key == key_of(name)))).first()


async def by_id(session: AsyncSession, unit_id: int) -> Unit | None:
    """A unit, archived or not."""
    return await session.get(Unit, unit_id)


async def everyone(session: AsyncSession) -> list[Unit]:
    """All units that are not archived, by name."""
    return list(await session.exec(select(Unit).where(col(Unit.archived_at).is_(None)).order_by(col(Unit.key))))


async def by_every_name(session: AsyncSession) -> dict[str, Unit]:
    """The units that are not archived by key, those that others were merged into by their keys too."""
    known = {unit.id: unit for unit in await session.exec(select(Unit).order_by(col(Unit.key)))}
    found = {}
    for unit in known.values():
        heir = unit
        while heir.merged_into_id is not None:
            heir = known[heir.merged_into_id]
        if heir.archived_at is None:
            found[unit.key] = heir
    return found


async def set_unit(
    session: AsyncSession,
    name: str,
    *,
    superior: str | None = None,
    external: bool | None = None,
    actor: audit.Actor,
    at: datetime,
) -> Unit:
    """Make a unit, or change the one of this name; None leaves superior or kind as it is.

    One that was archived is back. Raises `UnitRefused` for an empty name, a superior that does not exist, a circle of
    superiors, and for a unit outside the municipality that follows up measures.
    """
    label = " ".join(name.split())
    if not label:
        raise UnitRefused("without_name")
    unit = await by_name(session, label) or await _stored(session, label)
    before = _as_logged(unit) if unit else None
    if unit is None:
        unit = Unit(name=label, key=key_of(label))
        session.add(unit)
    was_archived = unit.archived_at is not None
    unit.archived_at = None
    if external is not None:
        await _check_owns_nothing(session, unit, external)
        unit.external = external
    await session.flush()
    if superior is not None:
        unit.superior_id = await _superior_id(session, unit, superior)
    await session.flush()
    if was_archived:
        audit.record(session, actor, at, "restored", "unit", id_of(unit))
    if before != _as_logged(unit):
        audit.record(session, actor, at, "set", "unit", id_of(unit), before=before, after=_as_logged(unit))
    return unit


async def _check_owns_nothing(session: AsyncSession, unit: Unit, external: bool) -> None:
    """A unit outside the municipality is never asked, so it follows up nothing."""
    if external and unit.id is not None and (owned := await owned_by(session, unit)):
        raise UnitRefused("owns_measures", name=unit.name, refs=[measure.ref for measure in owned])


async def owned_by(session: AsyncSession, unit: Unit) -> list[Measure]:
    """The measures a unit follows up; archived ones are left out."""
    rows = await session.exec(
        select(Measure)
        .where(Measure.owner_id == unit.id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.plan_id), col(Measure.position))
    )
    return list(rows)


async def _superior_id(session: AsyncSession, unit: Unit, superior: str) -> int:
    above = await by_name(session, superior)
    if above is None:
        raise UnitRefused("unknown_superior", name=superior)
    await check_no_circle(session, unit, above)
    return id_of(above)


async def check_no_circle(session: AsyncSession, unit: Unit, above: Unit) -> None:
    """Raise `UnitRefused("circle")` where a unit is itself above the one it is to be placed under."""
    superiors = {row.id: row.superior_id for row in await everyone(session)}
    seen: set[int] = set()  # others may be in a circle: a database that was mended by hand, a backup that was put back
    step: int | None = above.id
    while step is not None and step not in seen:
        if step == unit.id:
            raise UnitRefused("circle", name=unit.name, superior=above.name)
        seen.add(step)
        step = superiors.get(step)


def _as_logged(unit: Unit) -> dict[str, object]:
    return {"name": unit.name, "superior_id": unit.superior_id, "external": unit.external}
