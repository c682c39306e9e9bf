"""Questions back: what the office asks a unit about its answer."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from storage import audit, outbox
from storage.ids import id_of
from storage.tables import Measure, QuestionBack, StatusReply, Unit

NOTICE = "question_back"
ANSWERED = "answered_back"


async def by_id(session: AsyncSession, question_id: int) -> QuestionBack | None:
    """A question back, open or not."""
    return await session.get(QuestionBack, question_id)


async def open_of_measure(session: AsyncSession, measure_id: int) -> QuestionBack | None:
    """The question back about a measure that waits for an answer."""
    rows = await session.exec(
        select(QuestionBack).where(QuestionBack.measure_id == measure_id, col(QuestionBack.closed_at).is_(None))
    )
    return rows.first()


async def open_of_units(session: AsyncSession, unit_ids: Collection[int]) -> list[tuple[QuestionBack, Measure, str]]:
    """What these units are asked back, oldest first, with the measures and the names of their follow-up owners."""
    rows = await session.exec(
        select(QuestionBack, Measure, Unit.name)
        .join(Measure, col(Measure.id) == col(QuestionBack.measure_id))
        .join(Unit, col(Unit.id) == col(Measure.owner_id))
        .where(col(QuestionBack.closed_at).is_(None), col(Measure.archived_at).is_(None), col(Unit.id).in_(unit_ids))
        .order_by(col(QuestionBack.at), col(QuestionBack.id))
    )
    return list(rows)


async def ask(session: AsyncSession, reply: StatusReply, text: str, *, person_id: int, at: datetime) -> QuestionBack:
    """Ask the unit about its answer. One question about a measure is open at a time: a new one takes its place."""
    before = await open_of_measure(session, reply.measure_id)
    if before is not None:
        await close(session, before, "called_off", at)
    row = QuestionBack(reply_id=id_of(reply), measure_id=reply.measure_id, text=text, asked_by_id=person_id, at=at)
    session.add(row)
    await session.flush()
    after = {"reply_id": id_of(reply), "measure_id": reply.measure_id}
    audit.record(session, audit.Actor.person(person_id), at, "asked", "question_back", id_of(row), after=after)
    return row


async def close(session: AsyncSession, row: QuestionBack, because: str, at: datetime) -> None:
    """The question does not wait any more: it was answered, or called off."""
    row.closed_at, row.closed_because = at, because
    await session.flush()


async def answered(session: AsyncSession, measure_ids: Collection[int], at: datetime, hours: SendingHours) -> None:
    """An answer about measures has come: what was asked back about them is answered, and whoever asked hears of it."""
    rows = await session.exec(
        select(QuestionBack).where(col(QuestionBack.measure_id).in_(measure_ids), col(QuestionBack.closed_at).is_(None))
    )
    for row in list(rows):
        await close(session, row, "answered", at)
        await outbox.write_notice(session, row.asked_by_id, f"{ANSWERED}:{row.id}", {}, at, hours)
