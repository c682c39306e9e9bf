"""Invitations: a link works once and for a while, and only its hash is stored."""

import asyncio
import hashlib
from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select

from storage import invitations, people
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.people import Role
from storage.tables import AuditEntry, Invitation, Person
from tests.storage.rows import AT, add_unit


async def _issue(database: Database, role: Role = Role.OFFICE, unit_id: int | None = None) -> invitations.Issued:
    async with database.write() as session:
        return await invitations.issue(
            session, role=role, name="Testperson", unit_id=unit_id, created_by=None, actor=COMMAND_LINE, at=AT
        )


async def _accept(database: Database, token: str, chat_id: int = 1, at: datetime = AT) -> Person:
    async with database.write() as session:
        return await invitations.accept(session, token, chat_id, "nb", at)


async def _refusal(database: Database, token: str, chat_id: int = 1, at: datetime = AT) -> str:
    with pytest.raises(invitations.InvitationRefused) as refused:
        await _accept(database, token, chat_id, at)
    return refused.value.code


async def test_a_link_lets_its_holder_in_with_the_role_it_names(database: Database) -> None:
    async with database.write() as session:
        unit_id = id_of(await add_unit(session, "NAV"))
    person = await _accept(database, (await _issue(database, Role.LEADER, unit_id)).token)
    async with database.read() as session:
        assert await people.roles_of(session, person, AT.date()) == {Role.LEADER}
        assert [unit.name for unit in await people.units_of(session, id_of(person))] == ["NAV"]


async def test_a_link_works_once(database: Database) -> None:
    issued = await _issue(database)
    await _accept(database, issued.token)
    assert await _refusal(database, issued.token, chat_id=2) == "used"
    async with database.read() as session:
        assert await invitations.used_by_chat(session, issued.token, 1)
        assert not await invitations.used_by_chat(session, issued.token, 2)


async def test_a_link_works_until_it_expires(database: Database) -> None:
    issued = await _issue(database)
    assert await _refusal(database, issued.token, at=issued.expires_at) == "expired"
    assert await _accept(database, issued.token, at=issued.expires_at - timedelta(seconds=1))


async def test_a_made_up_link_is_unknown(database: Database) -> None:
    assert await _refusal(database, "made-up") == "unknown"


async def test_the_token_itself_is_stored_nowhere(database: Database) -> None:
    issued = await _issue(database)
    async with database.read() as session:
        row = (await session.exec(select(Invitation))).one()
        entry = (await session.exec(select(AuditEntry))).one()
    assert row.token_hash == hashlib.sha256(issued.token.encode()).hexdigest()
    assert issued.token not in repr(row)
    assert issued.token not in repr(entry)
    assert len(issued.token) <= 64, "what Telegram takes as a start parameter"


async def test_of_two_who_use_a_link_at_once_one_gets_in(database: Database) -> None:
    issued = await _issue(database)

    async def use(chat_id: int) -> str:
        # As in a handler: the refusal is answered, and what the transaction did until then is committed.
        async with database.write() as session:
            try:
                await invitations.accept(session, issued.token, chat_id, "nb", AT)
            except invitations.InvitationRefused as refused:
                return refused.code
            await asyncio.sleep(0.05)
            return "in"

    assert sorted(await asyncio.gather(use(1), use(2))) == ["in", "used"]
    async with database.read() as session:
        assert (await session.exec(select(func.count()).select_from(Person))).one() == 1


async def test_who_is_in_already_gets_the_new_role_as_well(database: Database) -> None:
    first = await _accept(database, (await _issue(database, Role.OFFICE)).token)
    second = await _accept(database, (await _issue(database, Role.ADMIN)).token)
    assert first.id == second.id
    async with database.read() as session:
        assert await people.roles_of(session, second, AT.date()) == {Role.OFFICE, Role.ADMIN}


async def test_who_had_blocked_the_bot_is_back_by_a_new_link(database: Database) -> None:
    person = await _accept(database, (await _issue(database)).token)
    async with database.write() as session:
        await people.blocked(session, id_of(person), AT)
    again = await _accept(database, (await _issue(database)).token)
    assert (again.id, again.blocked_at) == (person.id, None)
