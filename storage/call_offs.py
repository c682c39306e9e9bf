"""Calling off: the office does not want an answer any more, and says why."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.tables import CallOff, StatusRequest


async def add(
    session: AsyncSession, reason: str, *, person_id: int, at: datetime, request_id: int = 0, question_id: int = 0
) -> None:
    """Note why a request or a question back (0: not this) was called off. The reason is not in the audit log."""
    session.add(
        CallOff(request_id=request_id or None, question_id=question_id or None, reason=reason, by_id=person_id, at=at)
    )
    await session.flush()
    subject = "status_request" if request_id else "question_back"
    audit.record(session, audit.Actor.person(person_id), at, "called_off", subject, request_id or question_id)


async def of_measures(session: AsyncSession, measure_ids: Collection[int]) -> dict[int, list[CallOff]]:
    """Why the requests about measures were called off, oldest first, by measure."""
    rows = await session.exec(
        select(StatusRequest.measure_id, CallOff)
        .join(StatusRequest, col(StatusRequest.id) == col(CallOff.request_id))
        .where(col(StatusRequest.measure_id).in_(measure_ids))
        .order_by(col(CallOff.at), col(CallOff.id))
    )
    found: dict[int, list[CallOff]] = {}
    for measure_id, row in rows:
        found.setdefault(measure_id, []).append(row)
    return found
