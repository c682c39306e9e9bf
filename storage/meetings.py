"""The meetings that treat a plan's report."""

from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import ReportingKind
from storage import audit
from storage.ids import id_of
from storage.tables import Meeting, Plan, ReportingDate


async def reporting_body(session: AsyncSession, plan: Plan) -> str | None:
    """The body the plan says it reports to, or None where it names none."""
    rows = await session.exec(
        select(ReportingDate.rule).where(
            ReportingDate.plan_id == plan.id, ReportingDate.kind == ReportingKind.COUNCIL_REPORT
        )
    )
    return next((str(rule["body"]) for rule in rows if rule and rule.get("body")), None)


async def set_meeting(
    session: AsyncSession, plan: Plan, body: str, held_on: date, *, actor: audit.Actor, at: datetime
) -> Meeting:
    """Write a body's meeting of a year, in place of any other of that body and year. Case does not tell bodies apart.

    The round is the scheduler's to plan again (`scheduler.planning`).
    """
    stored = await session.exec(
        select(Meeting).where(
            Meeting.plan_id == plan.id,
            col(Meeting.held_on).between(date(held_on.year, 1, 1), date(held_on.year, 12, 31)),
        )
    )
    before = [meeting for meeting in stored if meeting.body.casefold() == body.casefold()]
    for meeting in before:
        await session.delete(meeting)
    await session.flush()
    row = Meeting(plan_id=id_of(plan), body=before[0].body if before else body, held_on=held_on)
    session.add(row)
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "set",
        "meeting",
        id_of(row),
        before={"held_on": [meeting.held_on.isoformat() for meeting in before]} if before else None,
        after={"plan": plan.slug, "body": row.body, "held_on": held_on.isoformat()},
    )
    return row
