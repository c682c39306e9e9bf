"""Versions of a year's report: the frozen snapshot and its digest."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.ids import id_of
from storage.tables import Report


async def by_id(session: AsyncSession, report_id: int) -> Report | None:
    """A stored version."""
    return await session.get(Report, report_id)


async def by_digest(session: AsyncSession, digest: str) -> Report | None:
    """The version a document was made from, by the digest that stands in it."""
    return (await session.exec(select(Report).where(Report.digest == digest).order_by(col(Report.id).desc()))).first()


async def newest(session: AsyncSession, plan_id: int, year: int) -> Report | None:
    """The newest version of a year's report, if there is one."""
    rows = await session.exec(
        select(Report).where(Report.plan_id == plan_id, Report.year == year).order_by(col(Report.version).desc())
    )
    return rows.first()


async def of_year(session: AsyncSession, plan_id: int, year: int) -> list[Report]:
    """Every version of a year's report, newest first."""
    rows = select(Report).where(Report.plan_id == plan_id, Report.year == year)
    return list(await session.exec(rows.order_by(col(Report.version).desc())))


async def add(
    session: AsyncSession,
    plan_id: int,
    year: int,
    version: int,
    snapshot: str,
    digest: str,
    *,
    actor: audit.Actor,
    at: datetime,
) -> Report:
    """Store a version; the versions of a year count from 1 without a gap."""
    row = Report(plan_id=plan_id, year=year, version=version, snapshot=snapshot, digest=digest, made_at=at)
    session.add(row)
    await session.flush()
    after = {"year": year, "version": version, "digest": digest}
    audit.record(session, actor, at, "made", "report", id_of(row), after=after)
    return row
