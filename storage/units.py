"""Units: finding them by name, setting them, and the chain of superiors above them."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import MAX_UNIT
from plan.refusal import Refused
from storage import audit
from storage.tables import Unit


class UnitRefused(Refused):
    """A unit cannot be set so. `code` names a sentence in `templates/cli/unit.j2`; `data` fills it."""


def key_of(name: str) -> str:
    """What makes two names the same unit: case and space do not count."""
    # "ß" is two letters without its case, so the key of the longest name may be longer than the name.
    return " ".join(name.split()).casefold()[:MAX_UNIT]


async def by_name(session: AsyncSession, name: str) -> Unit | None:
    """The unit of a name, or None."""
    return (await session.exec(select(Unit).where(Unit.key == key_of(name)))).first()


async def everyone(session: AsyncSession) -> list[Unit]:
    """All units, by name."""
    return list(await session.exec(select(Unit).order_by(col(Unit.key))))


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

    Raises `UnitRefused` for an empty name, a superior that does not exist, and a circle of superiors.
    """
    label = " ".join(name.split())
    if not label:
        raise UnitRefused("without_name")
    unit = await by_name(session, label)
    before = _as_logged(unit) if unit else None
    if unit is None:
        unit = Unit(name=label, key=key_of(label))
        session.add(unit)
    if external is not None:
        unit.external = external
    await session.flush()
    if superior is not None:
        unit.superior_id = await _superior_id(session, unit, superior)
    await session.flush()
    if before != _as_logged(unit):
        assert unit.id is not None
        audit.record(session, actor, at, "set", "unit", unit.id, before=before, after=_as_logged(unit))
    return unit


async def _superior_id(session: AsyncSession, unit: Unit, superior: str) -> int:
    above = await by_name(session, superior)
    if above is None or above.id is None:
        raise UnitRefused("unknown_superior", name=superior)
    superiors = {row.id: row.superior_id for row in await everyone(session)}
    step: int | None = above.id
    while step is not None:
        if step == unit.id:
            raise UnitRefused("circle", name=unit.name, superior=above.name)
        step = superiors.get(step)
    return above.id


def _as_logged(unit: Unit) -> dict[str, object]:
    return {"name": unit.name, "superior_id": unit.superior_id, "external": unit.external}
