"""Nags: the office reminds a unit itself, once a day for each thing that waits."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, outbox
from storage.insert import insert_new
from storage.tables import Nag, OutboxRow

NOTICE = "nag"
LONGEST_LATE = timedelta(days=366)  # so long after its day a message may go out, when the service was away


async def add(
    session: AsyncSession, day: date, *, person_id: int, at: datetime, request_id: int = 0, question_id: int = 0
) -> bool:
    """Note that the office nags about a request or a question back (0: not this) on a day; False where it has."""
    row = {
        "request_id": request_id or None,
        "question_id": question_id or None,
        "day": day,
        "by_id": person_id,
        "at": at,
    }
    if not await insert_new(session, Nag, [row]):
        return False
    subject = "status_request" if request_id else "question_back"
    after = {"day": day.isoformat()}
    actor = audit.Actor.person(person_id)
    audit.record(session, actor, at, "nagged", subject, request_id or question_id, after=after)
    return True


async def of_day(session: AsyncSession, day: date) -> tuple[set[int | None], set[int | None]]:
    """The requests and the questions back that the office nags about on a day."""
    rows = list(await session.exec(select(Nag.request_id, Nag.question_id).where(Nag.day == day)))
    return {request_id for request_id, _ in rows} - {None}, {question_id for _, question_id in rows} - {None}


async def last_told(session: AsyncSession, people: Collection[int], since: datetime) -> dict[int, datetime]:
    """When each of these people last got a message that lists what they have not answered, where that was since then.

    Messages of years are not looked through: one that is sent is of a day within a year before that.
    """
    lists = (col(OutboxRow.kind) == outbox.DAILY) | col(OutboxRow.kind).startswith(f"{NOTICE}:")
    rows = await session.exec(
        select(OutboxRow.person_id, func.max(OutboxRow.sent_at))
        .where(
            OutboxRow.state == "sent",
            lists,
            col(OutboxRow.person_id).in_(people),
            col(OutboxRow.day) >= since.date() - LONGEST_LATE,
            col(OutboxRow.sent_at) >= since,
        )
        .group_by(col(OutboxRow.person_id))
    )
    return {person_id: when for person_id, when in rows if when is not None}
