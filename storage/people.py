"""People: who a chat belongs to, what they may do, and the units they answer for."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, directory
from storage.ids import id_of
from storage.tables import Membership, Person, Unit


class Role(StrEnum):
    """What a person may be. A person can be several things at once."""

    ADMIN = "admin"
    OFFICE = "office"
    LEADER = "leader"


async def by_chat(session: AsyncSession, chat_id: int) -> Person | None:
    """The person who writes from a chat, or None for a stranger."""
    return (await session.exec(select(Person).where(Person.chat_id == chat_id, col(Person.gone_at).is_(None)))).first()


async def by_id(session: AsyncSession, person_id: int) -> Person | None:
    """A person, also one who has left."""
    return await session.get(Person, person_id)


async def by_name(session: AsyncSession, name: str) -> list[Person]:
    """Who can be written to and has a name, or where nobody has, a name with these words in it. Case does not count."""
    wanted = " ".join(name.split()).casefold()
    reachable = select(Person).where(col(Person.chat_id).is_not(None), col(Person.blocked_at).is_(None))
    everyone = list(await session.exec(reachable.order_by(col(Person.id))))
    exact = [person for person in everyone if person.name.casefold() == wanted]
    return exact or [person for person in everyone if wanted and wanted in person.name.casefold()]


async def everyone(session: AsyncSession) -> list[Person]:
    """Everybody who is in, by name."""
    rows = await session.exec(select(Person).where(col(Person.gone_at).is_(None)))
    return sorted(rows, key=lambda person: (person.name.casefold(), id_of(person)))


async def memberships(session: AsyncSession, person_id: int) -> list[Membership]:
    """The units a person answers for."""
    return list(await session.exec(select(Membership).where(Membership.person_id == person_id)))


async def units_of(session: AsyncSession, person_id: int) -> list[Unit]:
    """The units a person leads or deputises for, by name."""
    rows = await session.exec(
        select(Unit)
        .join(Membership, col(Membership.unit_id) == col(Unit.id))
        .where(Membership.person_id == person_id)
        .order_by(col(Unit.key))
    )
    return list(rows)


async def units_and_kinds(session: AsyncSession, person_id: int) -> list[tuple[Unit, str]]:
    """The units a person answers for, by name, and whether as leader or deputy."""
    rows = await session.exec(
        select(Unit, Membership.kind)
        .join(Membership, col(Membership.unit_id) == col(Unit.id))
        .where(Membership.person_id == person_id)
        .order_by(col(Unit.key))
    )
    return list(rows)


async def roles_of(session: AsyncSession, person: Person, on: date) -> frozenset[Role]:
    """Everything a person is on a day."""
    return roles(person, await directory.units_answered_by(session, id_of(person), on))


def roles(person: Person, units: Sequence[Unit]) -> frozenset[Role]:
    """Everything a person is who may answer for these units: admin and office by appointment, leader by having any.

    Whoever stands in for a leader who is away is one meanwhile.
    """
    found = set()
    if person.is_admin:
        found.add(Role.ADMIN)
    if person.is_office:
        found.add(Role.OFFICE)
    if units:
        found.add(Role.LEADER)
    return frozenset(found)


async def join(
    session: AsyncSession,
    chat_id: int,
    name: str,
    role: Role,
    unit_id: int | None,
    language: str,
    at: datetime,
    *,
    kind: str = "leader",
) -> Person:
    """Let somebody in who came by an invitation; a person who is already there gets the new role as well."""
    person = await by_chat(session, chat_id)
    if person is None:
        person = Person(name=name, chat_id=chat_id, language=language, joined_at=at)
        session.add(person)
    person.blocked_at = None
    person.is_admin = person.is_admin or role is Role.ADMIN
    person.is_office = person.is_office or role is Role.OFFICE
    await session.flush()
    person_id = id_of(person)
    if unit_id is not None:
        stored = await session.exec(
            select(Membership).where(Membership.person_id == person_id, Membership.unit_id == unit_id)
        )
        if stored.first() is None:
            session.add(Membership(person_id=person_id, unit_id=unit_id, kind=kind))
    after = {"role": role.value, "unit_id": unit_id}
    audit.record(session, audit.Actor.person(person_id), at, "joined", "person", person_id, after=after)
    await session.flush()
    return person


async def blocked(session: AsyncSession, person_id: int, at: datetime) -> None:
    """The person has blocked the bot: nothing can be sent until they write again."""
    person = await session.get(Person, person_id)
    if person is not None and person.blocked_at is None:
        person.blocked_at = at
        audit.record(session, audit.SCHEDULER, at, "blocked_the_bot", "person", person_id)


async def is_back(session: AsyncSession, person: Person, at: datetime) -> None:
    """Somebody who had blocked the bot writes to it again."""
    if person.blocked_at is not None:
        person.blocked_at = None
        audit.record(session, audit.Actor.person(id_of(person)), at, "unblocked_the_bot", "person", id_of(person))
