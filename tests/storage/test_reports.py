"""Versions of a report: numbered from 1, each number once."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import reports
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.tables import AuditEntry, Plan, Report
from tests.storage.rows import AT, add_plan


async def _add(session: AsyncSession, plan: Plan, year: int, version: int) -> Report:
    return await reports.add(session, id_of(plan), year, version, "{}", "0" * 64, actor=COMMAND_LINE, at=AT)


async def test_the_newest_version_of_a_year_is_the_one_with_the_highest_number(database: Database) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        assert await reports.newest(session, id_of(plan), 2021) is None
        for year, version in ((2021, 1), (2021, 2), (2022, 1)):
            await _add(session, plan, year, version)
        newest = await reports.newest(session, id_of(plan), 2021)
    assert newest is not None
    assert (newest.version, newest.state) == (2, "draft")


async def test_two_who_make_a_version_at_once_do_not_share_its_number(database: Database) -> None:
    async with database.write() as session:
        plan = await add_plan(session)
        await _add(session, plan, 2021, 1)
        with pytest.raises(IntegrityError):
            await _add(session, plan, 2021, 1)
        await session.rollback()


async def test_the_log_has_the_digest_of_every_version(database: Database) -> None:
    async with database.write() as session:
        await _add(session, await add_plan(session), 2021, 1)
    async with database.read() as session:
        entry = (await session.exec(select(AuditEntry))).one()
    assert entry.after == {"year": 2021, "version": 1, "digest": "0" * 64}
