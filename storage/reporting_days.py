"""The days on which a plan is to be evaluated, reviewed, revised and the like."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

import plan.draft as drafts
from storage import told
from storage.tables import OutboxRow, Plan, ReportingDate, ReportingDay, ReportingStep
from storage.told import Marks


async def by_id(session: AsyncSession, day_id: int) -> ReportingDay | None:
    """A reporting day of a plan in use."""
    rows = await session.exec(
        select(ReportingDay)
        .join(Plan, col(Plan.id) == col(ReportingDay.plan_id))
        .where(ReportingDay.id == day_id, col(Plan.archived_at).is_(None))
    )
    return rows.first()


async def of_plan(session: AsyncSession, plan_id: int) -> list[ReportingDay]:
    """Every reporting day that is stored of a plan, in the order they fall."""
    rows = await session.exec(
        select(ReportingDay).where(ReportingDay.plan_id == plan_id).order_by(col(ReportingDay.promised_on))
    )
    return list(rows)


async def promises_of(session: AsyncSession, plan_id: int) -> list[drafts.ReportingDate]:
    """What a plan promises, as a draft has it."""
    rows = await session.exec(
        select(ReportingDate).where(ReportingDate.plan_id == plan_id).order_by(col(ReportingDate.id))
    )
    return [drafts.ReportingDate(kind=drafts.ReportingKind(row.kind), text=row.text, rule=_rule(row)) for row in rows]


def _rule(row: ReportingDate) -> drafts.YearlyRule | None:
    return None if row.rule is None else drafts.YearlyRule.model_validate(row.rule)


async def steps_of(session: AsyncSession, day_ids: Collection[int]) -> dict[tuple[int, date], set[str]]:
    """The names of the steps that were taken, by reporting day and the day it was to be done by then."""
    found: dict[tuple[int, date], set[str]] = {}
    if day_ids:
        rows = await session.exec(
            select(col(ReportingStep.reporting_day_id), col(ReportingStep.due_on), col(ReportingStep.step)).where(
                col(ReportingStep.reporting_day_id).in_(day_ids)
            )
        )
        for day_id, due_on, step in rows:
            found.setdefault((day_id, due_on), set()).add(step)
    return found


async def told_since(
    session: AsyncSession, message: OutboxRow | None, up_to: Marks
) -> list[tuple[ReportingDay, Plan, str]]:
    """Days neither done nor moved towards which a step was taken since a message that went out, and up to a mark.

    Each with the last such step; without a message, every step is new.
    """
    steps = (
        select(ReportingDay, Plan, col(ReportingStep.step))
        .join(Plan, col(Plan.id) == col(ReportingDay.plan_id))
        .join(ReportingStep, col(ReportingStep.reporting_day_id) == col(ReportingDay.id))
        .where(
            col(ReportingDay.closed_on).is_(None),
            col(Plan.archived_at).is_(None),
            col(ReportingStep.due_on) == col(ReportingDay.due_on),
            col(ReportingStep.id) <= up_to.day_steps,
        )
        .order_by(col(ReportingDay.due_on), col(ReportingDay.id), col(ReportingStep.id))
    )
    if message is not None and (marks := told.marks_of(message)) is not None:
        steps = steps.where(col(ReportingStep.id) > marks.day_steps)
    elif message is not None:
        steps = steps.where(col(ReportingStep.at) > message.sent_at)
    last = {row.id: (row, plan, step) for row, plan, step in await session.exec(steps)}
    return list(last.values())


async def waiting(session: AsyncSession, plan_ids: Collection[int]) -> list[ReportingDay]:
    """Days that somebody has been told of and that are neither done nor moved since, the first to fall first."""
    told = select(ReportingStep.id).where(
        col(ReportingStep.reporting_day_id) == col(ReportingDay.id),
        col(ReportingStep.due_on) == col(ReportingDay.due_on),
    )
    rows = await session.exec(
        select(ReportingDay)
        .where(col(ReportingDay.plan_id).in_(plan_ids), col(ReportingDay.closed_on).is_(None), told.exists())
        .order_by(col(ReportingDay.due_on), col(ReportingDay.id))
    )
    return list(rows)


async def stop(session: AsyncSession, plan_id: int) -> None:
    """Nothing more is said of the days of a plan."""
    statement = update(ReportingDay).where(col(ReportingDay.plan_id) == plan_id).values(next_on=None)
    await session.exec(statement.execution_options(synchronize_session=False))
