"""Who answers for which unit, read whole: units and people are few, and whatever is decided in bulk needs them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ids import id_of
from storage.tables import Membership, Person, Unit


@dataclass(frozen=True)
class Directory:
    """Units by id, reachable people by id, and who leads or deputises where. Only people the bot can write to."""

    units: dict[int, Unit]
    people: dict[int, Person]
    leaders: dict[int, tuple[int, ...]] = field(default_factory=dict)
    deputies: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def asked(self, unit_id: int) -> tuple[int, ...]:
        """The people who are asked when a unit is: its leaders, else its deputies, else nobody."""
        return self.leaders.get(unit_id) or self.deputies.get(unit_id) or ()

    def units_of(self, person_id: int) -> frozenset[int]:
        """The units for which a person is asked."""
        return frozenset(unit_id for unit_id in self.units if person_id in self.asked(unit_id))

    def above(self, unit_id: int) -> Iterator[int]:
        """The units above one, nearest first. Ends at the top, and in a circle where it began."""
        seen = {unit_id}
        superior = self.units[unit_id].superior_id
        while superior is not None and superior not in seen:
            yield superior
            seen.add(superior)
            superior = self.units[superior].superior_id

    @property
    def office(self) -> tuple[int, ...]:
        """The people of the office."""
        return tuple(person_id for person_id, person in self.people.items() if person.is_office)

    @property
    def admins(self) -> tuple[int, ...]:
        """The people who manage plans, units and people."""
        return tuple(person_id for person_id, person in self.people.items() if person.is_admin)


async def read(session: AsyncSession) -> Directory:
    """The directory as it is now: three statements, whatever the size."""
    return await _read(session, true(), true(), true())


async def around(session: AsyncSession, person_id: int) -> Directory:
    """What the directory holds of one person's units, and of everybody in them: as small as they are.

    It answers which units the person is asked for, and by what name; the units above are not in it.
    """
    mine = select(Membership.unit_id).where(Membership.person_id == person_id)
    of_mine = col(Membership.unit_id).in_(mine)
    colleagues = select(Membership.person_id).where(of_mine)
    return await _read(session, col(Unit.id).in_(mine), col(Person.id).in_(colleagues), of_mine)


async def _read(
    session: AsyncSession,
    of_units: ColumnElement[bool],
    of_people: ColumnElement[bool],
    of_memberships: ColumnElement[bool],
) -> Directory:
    units = {id_of(unit): unit for unit in await session.exec(select(Unit).where(of_units))}
    reachable = select(Person).where(
        of_people, col(Person.chat_id).is_not(None), col(Person.gone_at).is_(None), col(Person.blocked_at).is_(None)
    )
    people = {id_of(person): person for person in await session.exec(reachable.order_by(col(Person.id)))}
    memberships = [
        membership
        for membership in await session.exec(select(Membership).where(of_memberships).order_by(col(Membership.id)))
        if membership.person_id in people
    ]
    return Directory(units, people, _by_unit(memberships, "leader"), _by_unit(memberships, "deputy"))


def _by_unit(memberships: Iterable[Membership], kind: str) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for membership in memberships:
        if membership.kind == kind:
            found.setdefault(membership.unit_id, []).append(membership.person_id)
    return {unit_id: tuple(people) for unit_id, people in found.items()}
