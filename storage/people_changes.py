"""What people are: roles given and taken, units moved between. The log has ids and codes, never names."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage import audit
from storage.ids import id_of
from storage.people import Role
from storage.tables import Membership, Person, Unit


class PeopleRefused(Refused):
    """A person cannot be changed so: "last_admin", "no_member", "already"."""


async def rename(session: AsyncSession, person: Person, name: str, *, actor: audit.Actor, at: datetime) -> None:
    """Call a person by another name. The log says that it was changed, and not to what."""
    person.name = name
    await session.flush()
    audit.record(session, actor, at, "renamed", "person", id_of(person))


async def give_role(session: AsyncSession, person: Person, role: Role, *, actor: audit.Actor, at: datetime) -> None:
    """Make a person an admin or one of the office. Raises `PeopleRefused("already")`."""
    await _set_role(session, person, role, True, actor, at)


async def take_role(session: AsyncSession, person: Person, role: Role, *, actor: audit.Actor, at: datetime) -> None:
    """Take a role from a person. Raises `PeopleRefused`: "already", and "last_admin"."""
    if role is Role.ADMIN and person.is_admin:
        await check_not_last_admin(session, person)
    await _set_role(session, person, role, False, actor, at)


async def _set_role(
    session: AsyncSession, person: Person, role: Role, wanted: bool, actor: audit.Actor, at: datetime
) -> None:
    column = "is_admin" if role is Role.ADMIN else "is_office"
    if getattr(person, column) == wanted:
        raise PeopleRefused("already", name=person.name)
    setattr(person, column, wanted)
    await session.flush()
    action = "role_given" if wanted else "role_taken"
    audit.record(session, actor, at, action, "person", id_of(person), after={"role": role.value})


async def check_not_last_admin(session: AsyncSession, person: Person) -> None:
    """Raise `PeopleRefused("last_admin")` for the only admin. Locked: of two who remove each other, one stays."""
    admins = await session.exec(
        select(Person.id).where(col(Person.is_admin).is_(True), col(Person.gone_at).is_(None)).with_for_update()
    )
    if set(admins) == {person.id}:
        raise PeopleRefused("last_admin")


async def put_in_unit(
    session: AsyncSession, person: Person, unit: Unit, kind: str, *, actor: audit.Actor, at: datetime
) -> None:
    """Let a person answer for a unit, as its leader or deputy. Raises `PeopleRefused("already")`."""
    row = await _membership(session, person, unit)
    before = row.kind if row else None
    if before == kind:
        raise PeopleRefused("already", name=person.name)
    if row is None:
        session.add(Membership(person_id=id_of(person), unit_id=id_of(unit), kind=kind))
    else:
        row.kind = kind
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "unit_given",
        "person",
        id_of(person),
        before={"unit_id": unit.id, "kind": before} if before else None,
        after={"unit_id": unit.id, "kind": kind},
    )


async def take_from_unit(session: AsyncSession, person: Person, unit: Unit, *, actor: audit.Actor, at: datetime) -> str:
    """A person answers for a unit no more; returns what they were there. Raises `PeopleRefused("no_member")`."""
    row = await _membership(session, person, unit)
    if row is None:
        raise PeopleRefused("no_member", name=person.name, unit=unit.name)
    kind = row.kind
    await session.delete(row)
    await session.flush()
    before = {"unit_id": unit.id, "kind": kind}
    audit.record(session, actor, at, "unit_taken", "person", id_of(person), before=before)
    return kind


async def _membership(session: AsyncSession, person: Person, unit: Unit) -> Membership | None:
    rows = await session.exec(
        select(Membership).where(Membership.person_id == person.id, Membership.unit_id == unit.id)
    )
    return rows.first()
