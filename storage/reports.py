"""Versions of a year's report: the frozen snapshot and its digest, and what an approved one was printed as."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.ids import id_of
from storage.insert import insert_new
from storage.tables import OutboxRow, Report, ReportDocument

DRAFT, APPROVED = "draft", "approved"
NOTICE = "report_draft"


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


async def newest_approved(session: AsyncSession, plan_id: int, year: int) -> Report | None:
    """The newest version of a year's report that was approved, if there is one."""
    rows = await session.exec(
        select(Report)
        .where(Report.plan_id == plan_id, Report.year == year, Report.state == APPROVED)
        .order_by(col(Report.version).desc())
    )
    return rows.first()


async def approved(session: AsyncSession, plan_id: int) -> list[Report]:
    """The newest approved version of each year of a plan, the newest year first."""
    rows = select(Report).where(Report.plan_id == plan_id, Report.state == APPROVED)
    newest = {row.year: row for row in await session.exec(rows.order_by(col(Report.version)))}
    return [newest[year] for year in sorted(newest, reverse=True)]


async def all_approved(session: AsyncSession) -> list[Report]:
    """Every approved version of every report, the newest first."""
    return list(await session.exec(select(Report).where(Report.state == APPROVED).order_by(col(Report.id).desc())))


async def of_year(session: AsyncSession, plan_id: int, year: int) -> list[Report]:
    """Every version of a year's report, newest first."""
    rows = select(Report).where(Report.plan_id == plan_id, Report.year == year)
    return list(await session.exec(rows.order_by(col(Report.version).desc())))


async def everyone(session: AsyncSession) -> list[Report]:
    """Every version of every report, in the order they were made."""
    return list(await session.exec(select(Report).order_by(col(Report.id))))


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


async def approve(
    session: AsyncSession,
    row: Report,
    snapshot: str,
    digest: str,
    documents: Mapping[str, bytes],
    *,
    person_id: int,
    at: datetime,
) -> None:
    """Freeze a draft as a person of the office approved it, with what it was printed as, by format.

    Nothing changes the row after this: the database refuses it.
    """
    before = {"digest": row.digest}
    row.snapshot, row.digest = snapshot, digest
    row.state, row.approved_at, row.approved_by_id = APPROVED, at, person_id
    for form, content in documents.items():
        found = hashlib.sha256(content).hexdigest()
        session.add(ReportDocument(report_id=id_of(row), format=form, content=content, digest=found))
    await session.flush()
    after = {"year": row.year, "version": row.version, "digest": digest}
    audit.record(
        session, audit.Actor.person(person_id), at, "approved", "report", id_of(row), before=before, after=after
    )


async def announce(session: AsyncSession, round_id: int, people: Collection[int], day: date, at: datetime) -> None:
    """The draft of a round's report comes to these people by itself: once for each, when messages may go out."""
    kind = f"{NOTICE}:{round_id}"
    said = await session.exec(select(OutboxRow.person_id).where(OutboxRow.kind == kind))
    rows = [
        {"person_id": person_id, "day": day, "kind": kind, "data": {}, "written_at": at, "not_before": at}
        for person_id in sorted(set(people) - set(said))
    ]
    await insert_new(session, OutboxRow, rows)


async def document(session: AsyncSession, report_id: int, form: str) -> bytes | None:
    """What an approved version was printed as in a format, byte for byte; None where that is not kept."""
    rows = await session.exec(
        select(ReportDocument.content).where(ReportDocument.report_id == report_id, ReportDocument.format == form)
    )
    return rows.first()


async def kept(session: AsyncSession, report_id: int) -> list[ReportDocument]:
    """Everything a version is kept as."""
    rows = select(ReportDocument).where(ReportDocument.report_id == report_id).order_by(col(ReportDocument.format))
    return list(await session.exec(rows))
