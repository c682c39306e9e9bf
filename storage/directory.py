"""Who answers for which unit, read whole: units and people are few, and whatever is decided in bulk needs them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import absences
from storage.ids import id_of
from storage.tables import Membership, Person, Unit


@dataclass(frozen=True)
class Directory:
    """Units by id, reachable people by id, and who leads or deputises where. Only people the bot can write to.

    `away`: who of them is away on the day it was read for, each with the deputy they have chosen, if any.
    """

    units: dict[int, Unit]
    people: dict[int, Person]
    leaders: dict[int, tuple[int, ...]] = field(default_factory=dict)
    deputies: dict[int, tuple[int, ...]] = field(default_factory=dict)
    away: dict[int, int | None] = field(default_factory=dict)
    # A pass asks the same of every question: what has been worked out is kept.
    _asked: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def asked(self, unit_id: int) -> tuple[int, ...]:
        """The people who are asked when a unit is: its leaders, else its deputies, else nobody.

        Who is away is stood in for. Where everybody of the unit is away and nobody stands in, it is the nearest unit
        above that has somebody.
        """
        found = self._asked.get(unit_id)
        if found is None:
            found = self._asked[unit_id] = self._who_is_asked(unit_id)
        return found

    def _who_is_asked(self, unit_id: int) -> tuple[int, ...]:
        own = self._there(unit_id)
        if own or not self.away or not self.members(unit_id):
            return own
        return next((found for above in self.above(unit_id) if (found := self._there(above))), ())

    def _there(self, unit_id: int) -> tuple[int, ...]:
        return self._present(self.leaders.get(unit_id, ())) or self._present(self.deputies.get(unit_id, ()))

    def _present(self, people: Iterable[int]) -> tuple[int, ...]:
        found = (self.stand_in(person_id) for person_id in people)
        return tuple(dict.fromkeys(person_id for person_id in found if person_id is not None))

    def members(self, unit_id: int) -> tuple[int, ...]:
        """Who leads a unit or deputises for its leader, away or not."""
        return (*self.leaders.get(unit_id, ()), *self.deputies.get(unit_id, ()))

    def stand_in(self, person_id: int) -> int | None:
        """Who gets what is meant for a person: they themselves, or where they are away their deputy.

        A deputy who is away as well has one in turn. None where that leads to nobody, or in a circle.
        """
        seen: set[int] = set()
        found: int | None = person_id
        while found in self.away and found not in seen:
            seen.add(found)
            found = self.away[found]
        return found if found in self.people and found not in seen else None

    def standing_in(self, person_id: int) -> tuple[tuple[int, int], ...]:
        """The units a person is asked for only since others are away, each with those who are: (unit, away)."""
        return tuple(
            (unit_id, member)
            for unit_id in sorted(self.units_of(person_id))
            if person_id not in self.members(unit_id)
            for member in self.members(unit_id)
            if member in self.away
        )

    def units_of(self, person_id: int) -> frozenset[int]:
        """The units for which a person is asked."""
        return self._units_by_person.get(person_id, frozenset())

    @cached_property
    def _units_by_person(self) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for unit_id in self.units:
            for person_id in self.asked(unit_id):
                found.setdefault(person_id, set()).add(unit_id)
        return {person_id: frozenset(units) for person_id, units in found.items()}

    def above(self, unit_id: int) -> Iterator[int]:
        """The units above one, nearest first. Ends at the top, and in a circle where it began."""
        seen = {unit_id}
        superior = self.units[unit_id].superior_id
        while superior is not None and superior not in seen:
            yield superior
            seen.add(superior)
            superior = self.units[superior].superior_id

    def circles(self) -> list[tuple[int, ...]]:
        """Units that are above each other, each circle once: what goes up from one of them never reaches the top."""
        found: dict[frozenset[int], tuple[int, ...]] = {}
        for unit_id in sorted(self.units):
            way = (unit_id, *self.above(unit_id))
            if self.units[way[-1]].superior_id == unit_id:
                found.setdefault(frozenset(way), way)
        return list(found.values())

    @cached_property
    def office(self) -> tuple[int, ...]:
        """The people of the office; who is away, is stood in for by whoever may see what the office sees.

        With all of them away it is all of them: they hear of it when they are back.
        """
        everyone = tuple(person_id for person_id, person in self.people.items() if person.is_office)
        return tuple(found for found in self._present(everyone) if self._is_staff(found)) or everyone

    def _is_staff(self, person_id: int) -> bool:
        return self.people[person_id].is_office or self.people[person_id].is_admin

    def told(self, audience: str) -> tuple[int, ...]:
        """The people of an audience: "admin", "office", "both" or "nobody"."""
        both = (*self.admins, *self.office)
        found = {"admin": self.admins, "office": self.office, "both": both, "nobody": ()}[audience]
        return tuple(dict.fromkeys(found))

    @cached_property
    def admins(self) -> tuple[int, ...]:
        """The people who manage plans, units and people, without those who are away; all of them, if all are."""
        everyone = tuple(person_id for person_id, person in self.people.items() if person.is_admin)
        return tuple(person_id for person_id in everyone if person_id not in self.away) or everyone


async def on_day(session: AsyncSession, people: Directory, on: date) -> Directory:
    """The same directory on another day: units and people as they were read, and who is away then."""
    away = await absences.away_on(session, on)
    return people if away == people.away else replace(people, away=away)


async def read(session: AsyncSession, on: date | None = None) -> Directory:
    """The directory as it is now: three statements, whatever the size; four with who is away on a day."""
    away = await absences.away_on(session, on) if on is not None else {}
    return await _read(session, true(), true(), true(), away)


async def around(session: AsyncSession, person_id: int, on: date) -> Directory:
    """What the directory holds of one person's units, and of everybody in them: as small as they are.

    It answers which units the person is asked for on a day, and by what name. While somebody is away anybody may be
    asked for any unit, and all is read. The person themselves is there: they have written, or are written to.
    """
    away = await absences.away_on(session, on)
    away.pop(person_id, None)
    if away:
        return await _read(session, true(), true(), true(), away)
    mine = select(Membership.unit_id).where(Membership.person_id == person_id)
    of_mine = col(Membership.unit_id).in_(mine)
    colleagues = select(Membership.person_id).where(of_mine)
    of_people = col(Person.id).in_(colleagues) | (col(Person.id) == person_id)
    return await _read(session, col(Unit.id).in_(mine), of_people, of_mine, {})


async def units_answered_by(session: AsyncSession, person_id: int, on: date) -> list[Unit]:
    """The units a person may answer for on a day, by name: as leader, as deputy, or for somebody who is away."""
    wanted: ColumnElement[bool] = col(Unit.id).in_(select(Membership.unit_id).where(Membership.person_id == person_id))
    if away := await absences.away_on(session, on):
        whole = await _read(session, true(), true(), true(), away)
        wanted |= col(Unit.id).in_(whole.units_of(person_id))
    return list(await session.exec(select(Unit).where(wanted).order_by(col(Unit.key))))


async def _read(
    session: AsyncSession,
    of_units: ColumnElement[bool],
    of_people: ColumnElement[bool],
    of_memberships: ColumnElement[bool],
    away: dict[int, int | None],
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
    return Directory(units, people, _by_unit(memberships, "leader"), _by_unit(memberships, "deputy"), away)


def _by_unit(memberships: Iterable[Membership], kind: str) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for membership in memberships:
        if membership.kind == kind:
            found.setdefault(membership.unit_id, []).append(membership.person_id)
    return {unit_id: tuple(people) for unit_id, people in found.items()}
