"""Status requests, counted: what was asked in a round, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import told
from storage.tables import OutboxRow, Reminder, StatusRequest


@dataclass(frozen=True)
class Outcome:
    """How many measures were asked about in a round, and about how many an answer came."""

    asked: int
    answered: int


async def outcome_of_round(session: AsyncSession, round_id: int) -> Outcome:
    """Count a round. A measure that got another owner is counted once; one that was called off is not.

    Parts are no measures: see `missing_parts_of_round`.
    """
    rows = await session.exec(
        select(StatusRequest.measure_id, StatusRequest.closed_because).where(
            StatusRequest.round_id == round_id, col(StatusRequest.part).is_(False)
        )
    )
    outcomes: dict[int, set[str | None]] = {}
    for measure_id, because in rows:
        outcomes.setdefault(measure_id, set()).add(because)
    counted = [found for found in outcomes.values() if found & {None, "answered", "round_closed"}]
    return Outcome(len(counted), sum("answered" in found for found in counted))


async def missing_parts_of_round(session: AsyncSession, round_id: int) -> int:
    """How many units have been asked for their part of a measure in a round, and have not answered."""
    rows = await session.exec(
        select(StatusRequest.id).where(
            StatusRequest.round_id == round_id, col(StatusRequest.part), col(StatusRequest.closed_at).is_(None)
        )
    )
    return len(rows.all())


async def reminded_since(session: AsyncSession, request_ids: Collection[int], message: OutboxRow) -> set[int]:
    """Those of these requests of which a step has been taken since a message that went out."""
    marks = told.marks_of(message)
    is_new = col(Reminder.at) > message.sent_at if marks is None else col(Reminder.id) > marks.reminders
    rows = await session.exec(select(Reminder.request_id).where(col(Reminder.request_id).in_(request_ids), is_new))
    return set(rows)


async def times_reminded(session: AsyncSession, request_ids: Collection[int]) -> dict[int, int]:
    """How often the unit of each request was told of it after it was asked; what came in one message is once."""
    if not request_ids:
        return {}
    rows = await session.exec(
        select(Reminder.request_id, func.count(func.distinct(Reminder.at)))
        .where(col(Reminder.request_id).in_(request_ids), col(Reminder.step).not_like("escalate%"))
        .group_by(col(Reminder.request_id))
    )
    return {request_id: count - 1 for request_id, count in rows}


async def reminded_on(session: AsyncSession, measure_ids: Collection[int], first: date, last: date) -> bool:
    """Whether a step of what is asked about one of these measures fell on one of these days, whenever it was taken."""
    rows = await session.exec(
        select(Reminder.id)
        .join(StatusRequest, col(StatusRequest.id) == col(Reminder.request_id))
        .where(
            col(StatusRequest.measure_id).in_(measure_ids),
            col(StatusRequest.closed_at).is_(None),
            col(Reminder.due_on).between(first, last),
        )
        .limit(1)
    )
    return rows.first() is not None
