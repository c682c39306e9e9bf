"""The audit log: written with the change it tells of, and never changed after."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from storage import audit, measures
from storage.database import Database
from storage.ids import id_of
from storage.tables import AuditEntry, Measure
from tests.storage.rows import AT, add_measure, add_person, add_plan


async def _entries(database: Database) -> list[AuditEntry]:
    async with database.read() as session:
        return list(await session.exec(select(AuditEntry)))


async def test_an_entry_says_who_did_what_when_and_to_what(database: Database) -> None:
    async with database.write() as session:
        person = await add_person(session, 1)
        audit.record(
            session,
            audit.Actor.person(id_of(person)),
            AT,
            "changed",
            "measure",
            7,
            before={"ref": "1"},
            after={"ref": "2"},
        )
    (entry,) = await _entries(database)
    assert (entry.actor, entry.person_id, entry.at) == ("person", person.id, AT)
    assert (entry.action, entry.subject, entry.subject_id) == ("changed", "measure", 7)
    assert (entry.before, entry.after) == ({"ref": "1"}, {"ref": "2"})


async def test_a_change_that_is_rolled_back_is_not_in_the_log(database: Database) -> None:
    async with database.rehearse() as session:
        measure = await add_measure(session, await add_plan(session))
        await measures.archive(session, measure, actor=audit.COMMAND_LINE, at=AT)
    assert await _entries(database) == []


async def test_a_changed_measure_is_logged_as_it_was_and_as_it_is(database: Database) -> None:
    async with database.write() as session:
        measure = await add_measure(session, await add_plan(session))
        await measures.change(session, measure, {"title": "Ny tittel"}, actor=audit.COMMAND_LINE, at=AT)
    (entry,) = await _entries(database)
    assert (entry.before, entry.after) == ({"title": "Tiltak 1.1"}, {"title": "Ny tittel"})
    async with database.read() as session:
        assert (await session.exec(select(Measure.title))).one() == "Ny tittel"


STATEMENTS = {
    "changed": "UPDATE audit_log SET action = 'nothing'",
    "deleted": "DELETE FROM audit_log",
    "replaced": "INSERT OR REPLACE INTO audit_log (id, at, actor, action, subject, subject_id) "
    "SELECT id, at, actor, 'nothing', subject, subject_id FROM audit_log",
    "emptied": "TRUNCATE audit_log",
}
ONLY_ON = {"replaced": "sqlite", "emptied": "postgresql"}


@pytest.mark.parametrize("how", STATEMENTS)
async def test_the_log_cannot_be(database: Database, how: str) -> None:
    if ONLY_ON.get(how, database.dialect) != database.dialect:
        return
    async with database.write() as session:
        audit.record(session, audit.COMMAND_LINE, AT, "archived", "measure", 1)
    async with database.write() as session:
        connection = await session.connection()
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(text(STATEMENTS[how]))
        await session.rollback()
    assert [entry.action for entry in await _entries(database)] == ["archived"]
