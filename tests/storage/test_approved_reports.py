"""An approved report is frozen: the database itself refuses to change it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import reports
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.tables import Report
from tests.storage.rows import AT, add_person, add_plan


async def _approved(session: AsyncSession) -> Report:
    plan = await add_plan(session)
    person = await add_person(session, 1, is_office=True)
    row = await reports.add(session, id_of(plan), 2021, 1, "{}", "0" * 64, actor=COMMAND_LINE, at=AT)
    documents = {"pdf": b"%PDF", "html": b"<html>"}
    await reports.approve(session, row, '{"a":1}', "1" * 64, documents, person_id=id_of(person), at=AT)
    return row


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report SET snapshot = '{}'",
        "UPDATE report SET state = 'draft', approved_at = NULL, approved_by_id = NULL",
        "UPDATE report_document SET digest = 'x'",
    ],
)
async def test_nothing_changes_what_was_approved(database: Database, statement: str) -> None:
    async with database.write() as session:
        await _approved(session)
    with pytest.raises(DBAPIError, match="frozen"):
        async with database.write() as session:
            await (await session.connection()).execute(text(statement))


async def test_an_approved_report_has_somebody_who_approved_it(database: Database) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        await reports.add(session, id_of(plan), 2021, 1, "{}", "0" * 64, actor=COMMAND_LINE, at=AT)
    with pytest.raises(DBAPIError):
        async with database.write() as session:
            await (await session.connection()).execute(text("UPDATE report SET state = 'approved'"))


async def test_the_newest_approved_version_is_found_under_later_drafts(database: Database) -> None:
    async with database.write() as session:
        row = await _approved(session)
        assert await reports.newest_approved(session, row.plan_id, 2022) is None
        await reports.add(session, row.plan_id, 2021, 2, "{}", "2" * 64, actor=COMMAND_LINE, at=AT)
        found = await reports.newest_approved(session, row.plan_id, 2021)
        assert found is not None
        assert (found.version, found.digest) == (1, "1" * 64)
        assert await reports.document(session, id_of(row), "pdf") == b"%PDF"
        assert await reports.document(session, id_of(row), "docx") is None
