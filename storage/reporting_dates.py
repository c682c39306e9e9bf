"""The dates a plan promises to report, evaluate or revise on: found, added, changed and removed by hand."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import ReportingKind, YearlyRule
from plan.refusal import Refused
from storage import audit
from storage.ids import id_of
from storage.tables import Plan, ReportingDate


class ReportingDateRefused(Refused):
    """A reporting date cannot be added or changed so: "already"."""


async def by_id(session: AsyncSession, date_id: int) -> ReportingDate | None:
    """A reporting date."""
    return await session.get(ReportingDate, date_id)


async def of_plan(session: AsyncSession, plan_id: int) -> list[ReportingDate]:
    """The reporting dates of a plan, in the order they were written."""
    rows = select(ReportingDate).where(ReportingDate.plan_id == plan_id)
    return list(await session.exec(rows.order_by(col(ReportingDate.id))))


async def add(
    session: AsyncSession,
    plan: Plan,
    kind: ReportingKind,
    text: str,
    rules: Sequence[YearlyRule],
    *,
    actor: audit.Actor,
    at: datetime,
) -> list[ReportingDate]:
    """One reporting date for each rule, all with the same words. Raises `ReportingDateRefused("already")`."""
    there = [(row.kind, row.rule) for row in await of_plan(session, id_of(plan))]
    rows = [
        ReportingDate(plan_id=id_of(plan), kind=kind.value, text=text, rule=rule.model_dump(mode="json"))
        for rule in rules
    ]
    if any((row.kind, row.rule) in there for row in rows):
        raise ReportingDateRefused("already")
    session.add_all(rows)
    await session.flush()
    after = {"kind": kind.value, "reporting_date": text}
    audit.record(session, actor, at, "changed", "plan", id_of(plan), after=after)
    return rows


async def remove(session: AsyncSession, row: ReportingDate, *, actor: audit.Actor, at: datetime) -> None:
    """Take a reporting date out of its plan."""
    await session.delete(row)
    await session.flush()
    before = {"kind": row.kind, "reporting_date": row.text}
    audit.record(session, actor, at, "changed", "plan", row.plan_id, before=before)


async def change(
    session: AsyncSession,
    row: ReportingDate,
    text: str,
    rules: Sequence[YearlyRule],
    *,
    actor: audit.Actor,
    at: datetime,
) -> None:
    """Set when a reporting date falls; with several rules the rest are new ones. Raises "already"."""
    dumped = [rule.model_dump(mode="json") for rule in rules]
    for other in await of_plan(session, row.plan_id):
        if other.id != row.id and other.kind == row.kind and other.rule in dumped:
            raise ReportingDateRefused("already")
    before, row.text, row.rule = row.text, text, dumped[0]
    session.add_all(ReportingDate(plan_id=row.plan_id, kind=row.kind, text=text, rule=rule) for rule in dumped[1:])
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "changed",
        "plan",
        row.plan_id,
        before={"kind": row.kind, "reporting_date": before},
        after={"kind": row.kind, "reporting_date": text},
    )
