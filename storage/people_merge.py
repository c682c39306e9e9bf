"""Merging two people who are one: invited twice, or with a new phone. One stays, and the other is erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import DateRange
from storage import absences, audit, privacy
from storage.ids import id_of
from storage.people_changes import PeopleRefused
from storage.personal_data import FATES, Fate
from storage.tables import Absence, Dialogue, Membership, OutboxRow, Person, PlanImport

# The log says who did something at the time, and the name in an invitation goes with whoever used it.
LEFT = {"audit_log.person_id", "invitation.used_by_id"}


def takes_chat_of(source: Person, target: Person) -> bool:
    """Whether the one who stays is written to in the other's chat: their own is closed to the bot."""
    return source.chat_id is not None and source.blocked_at is None and target.blocked_at is not None


async def merge(
    session: AsyncSession, source: Person, target: Person, *, actor: audit.Actor, at: datetime
) -> int | None:
    """Give a person everything that another one is and has done, and erase that other; returns the chat that is left.

    Roles and units are added together, and who leads a unit in either, leads it. What was answered, decided and
    attached, absences, and what waits to be said to the other go along. The chat is that of the one who stays, unless
    they have blocked the bot. Raises `PeopleRefused`: "same_person", "yourself".
    """
    check_mergeable(source, target, actor)
    audit.record(session, actor, at, "merged", "person", id_of(source), after={"person_id": target.id})
    target.is_admin, target.is_office = target.is_admin or source.is_admin, target.is_office or source.is_office
    await session.flush()
    await _move_units(session, source, target)
    await _move_absences(session, source, target)
    await _move_what_was_done(session, source, target)
    await _move_what_is_under_way(session, source, target)
    left = await _one_chat(session, source, target)
    if source.name.casefold() == target.name.casefold():
        source.name = ""  # or the name would be sought, and taken from the one who stays
    await session.flush()
    await privacy.erase(session, source, actor=actor, at=at)
    return left


def check_mergeable(source: Person, target: Person, actor: audit.Actor) -> None:
    """Raise `PeopleRefused` for one person, and for an admin who would be the one to go."""
    if source.id == target.id:
        raise PeopleRefused("same_person", name=source.name)
    if source.id == actor.person_id:
        raise PeopleRefused("yourself", name=source.name, other=target.name)


async def _move_units(session: AsyncSession, source: Person, target: Person) -> None:
    there = {row.unit_id: row for row in await session.exec(_of(Membership, target))}
    for row in list(await session.exec(_of(Membership, source))):
        same = there.get(row.unit_id)
        if same is None:
            row.person_id = id_of(target)
            continue
        if row.kind == "leader":
            same.kind = "leader"
        await session.delete(row)
    await session.flush()


def _of(table: Any, person: Person) -> Any:
    return select(table).where(col(table.person_id) == person.id)


async def _move_absences(session: AsyncSession, source: Person, target: Person) -> None:
    """Those that do not overlap with the other's own; nobody is their own deputy."""
    for row in list(await session.exec(_of(Absence, source))):
        if row.cancelled_at is None and await absences.overlapping(
            session, id_of(target), DateRange(row.first_on, row.last_on)
        ):
            continue
        if row.deputy_id == target.id:
            row.deputy_id = None
        row.person_id = id_of(target)
        await session.flush()
    for row in list(await session.exec(select(Absence).where(Absence.deputy_id == source.id))):
        row.deputy_id = target.id if row.person_id != target.id else None
    await session.flush()


async def _move_what_was_done(session: AsyncSession, source: Person, target: Person) -> None:
    """Answers, decisions, files: whatever names the one by number names the other."""
    await session.flush()
    connection = await session.connection()
    for table, columns in privacy.tables_of_people():
        for column in columns:
            name = f"{table.name}.{column.name}"
            if FATES[name] is Fate.NUMBER_STAYS and name not in LEFT:
                await connection.execute(update(table).where(column == source.id).values({column: target.id}))


async def _move_what_is_under_way(session: AsyncSession, source: Person, target: Person) -> None:
    """What waits to be said, what is being said, and a plan that is being imported, unless the other has their own."""
    there = {(row.day, row.kind) for row in await session.exec(_of(OutboxRow, target))}
    waiting = _of(OutboxRow, source).where(OutboxRow.state == "waiting")
    for row in list(await session.exec(waiting)):
        if (row.day, row.kind) not in there:
            row.person_id = id_of(target)
    if await session.get(Dialogue, id_of(target)) is None:
        moved = update(Dialogue).where(col(Dialogue.person_id) == source.id).values(person_id=target.id)
        await session.exec(moved.execution_options(synchronize_session=False))
    begun = (await session.exec(_of(PlanImport, target).where(PlanImport.state == "open"))).first()
    for draft in list(await session.exec(_of(PlanImport, source))):
        if draft.state != "open" or begun is None:
            draft.person_id = id_of(target)
    await session.flush()


async def _one_chat(session: AsyncSession, source: Person, target: Person) -> int | None:
    if not takes_chat_of(source, target):
        left, source.chat_id = source.chat_id, None
    else:
        left, chat = target.chat_id, source.chat_id
        source.chat_id = target.chat_id = None
        await session.flush()
        target.chat_id, target.blocked_at = chat, None
    await session.flush()
    return left
