"""What a daily message told of, kept with it: it is known by the order in which things were stored, whatever hour a
clock showed then.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import OSLO
from storage.ids import id_of
from storage.outbox import DAILY
from storage.tables import OutboxRow, Reminder, ReportingStep

UNJOINED, REMINDERS, DAY_STEPS = "unjoined", "reminders", "day_steps"  # in the data of a daily message
RECENT = 10  # more than can wait for a person at once: the last that went out is among so many


@dataclass(frozen=True)
class Marks:
    """How far a message has told of the steps that were taken: the last reminder and the last step of a day, by id."""

    reminders: int
    day_steps: int


async def marks(session: AsyncSession) -> Marks:
    """How far steps have been taken."""
    connection = await session.connection()
    last = (select(func.coalesce(func.max(key), 0)).scalar_subquery() for key in (Reminder.id, ReportingStep.id))
    return Marks(*(await connection.execute(sql_select(*last))).one())


def as_data(told_to: Marks | None, unjoined: Collection[int]) -> dict[str, Any]:
    """What is kept with a message; `unjoined` are the requests to units outside the chat that it tells of."""
    data: dict[str, Any] = {UNJOINED: sorted(unjoined)} if unjoined else {}
    return data if told_to is None else data | {REMINDERS: told_to.reminders, DAY_STEPS: told_to.day_steps}


def of(row: OutboxRow) -> dict[str, Any]:
    """What is kept with a message."""
    return {name: value for name, value in row.data.items() if name in {UNJOINED, REMINDERS, DAY_STEPS}}


def marks_of(row: OutboxRow) -> Marks | None:
    """How far a message told; None for one that kept no account of it."""
    return Marks(row.data[REMINDERS], row.data[DAY_STEPS]) if DAY_STEPS in row.data else None


async def last(session: AsyncSession, person_id: int, *, not_on: date) -> OutboxRow | None:
    """The last daily message that went out to a person, but for those of one day in Oslo.

    A clock that has been put right since may have dated it ahead of that day.
    """
    rows = await session.exec(
        select(OutboxRow)
        .where(OutboxRow.kind == DAILY, OutboxRow.person_id == person_id, OutboxRow.state == "sent")
        .order_by(col(OutboxRow.id).desc())
        .limit(RECENT)
    )
    sent = [(row.sent_at.astimezone(OSLO), row) for row in rows if row.sent_at is not None]
    kept = [(marks_of(row), row) for at, row in sent if at.date() != not_on]
    accounted = [(found.day_steps, found.reminders, id_of(row), row) for found, row in kept if found is not None]
    if accounted:
        return max(accounted)[-1]
    earlier = [(at, id_of(row), row) for at, row in sent if at.date() < not_on]
    return max(earlier)[-1] if earlier else None
