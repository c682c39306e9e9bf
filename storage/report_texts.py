"""Report texts: what the council reads about an answer, once the office has released or edited its comment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, parts, replies
from storage.ids import id_of
from storage.tables import Measure, Person, Plan, ReportText, ReportTextEdit, StatusReply


async def of_replies(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, ReportText]:
    """The report texts of replies, by reply."""
    rows = await session.exec(select(ReportText).where(col(ReportText.reply_id).in_(reply_ids)))
    return {row.reply_id: row for row in rows}


async def waiting(session: AsyncSession) -> list[tuple[StatusReply, Measure]]:
    """The last answer about each measure, and about each part of it, whose comment the office has not released yet.

    They are in the order of the plans, parts after the whole.
    """
    rows = await session.exec(
        select(Measure)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))
        .order_by(col(Plan.id), col(Measure.position))
    )
    measures = list(rows)
    ids = [id_of(measure) for measure in measures]
    said = [*(await replies.latest(session, ids)).values(), *(await parts.latest(session, ids)).values()]
    released = await of_replies(session, [id_of(reply) for reply in said])
    by_measure: dict[int, list[StatusReply]] = {}
    for reply in said:
        if reply.comment and id_of(reply) not in released:
            by_measure.setdefault(reply.measure_id, []).append(reply)
    return [(reply, measure) for measure in measures for reply in by_measure.get(id_of(measure), ())]


async def release(session: AsyncSession, reply: StatusReply, text: str, *, person_id: int, at: datetime) -> ReportText:
    """Let the council read a text about an answer, in place of the one it could read before.

    Whoever gave the answer is to hear of it where somebody else put it in other words.
    """
    row = (await of_replies(session, [id_of(reply)])).get(id_of(reply))
    if row is None:
        row = ReportText(reply_id=id_of(reply), text=text, released_by_id=person_id, released_at=at)
        session.add(row)
    else:
        row.text, row.released_by_id, row.released_at = text, person_id, at
    edited = text != reply.comment
    row.told_at = None if edited and reply.author_id != person_id else at
    action = "edited" if edited else "released"
    session.add(ReportTextEdit(reply_id=id_of(reply), action=action, text=text, person_id=person_id, at=at))
    await session.flush()
    after = {"edited": edited}
    audit.record(session, audit.Actor.person(person_id), at, "released", "status_reply", id_of(reply), after=after)
    return row


async def withdraw(session: AsyncSession, reply: StatusReply, *, person_id: int, at: datetime) -> bool:
    """Take back what the council could read about an answer; False where there is nothing to take back."""
    row = (await of_replies(session, [id_of(reply)])).get(id_of(reply))
    if row is None:
        return False
    await session.delete(row)
    session.add(ReportTextEdit(reply_id=id_of(reply), action="withdrawn", person_id=person_id, at=at))
    await session.flush()
    audit.record(session, audit.Actor.person(person_id), at, "withdrawn", "status_reply", id_of(reply))
    return True


@dataclass(frozen=True)
class Edit:
    """One thing that was done to a report text: "released", "edited" or "withdrawn", by whom and when."""

    action: str
    text: str | None
    by: str
    at: datetime


async def history(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, list[Edit]]:
    """Everything that was done to the report texts of replies, oldest first, by reply."""
    rows = await session.exec(
        select(ReportTextEdit, Person.name)
        .join(Person, col(Person.id) == col(ReportTextEdit.person_id))
        .where(col(ReportTextEdit.reply_id).in_(reply_ids))
        .order_by(col(ReportTextEdit.id))
    )
    found: dict[int, list[Edit]] = {}
    for row, name in rows:
        found.setdefault(row.reply_id, []).append(Edit(row.action, row.text, name, row.at))
    return found


async def not_told(session: AsyncSession, author_id: int) -> list[tuple[ReportText, Measure, str]]:
    """Texts about a person's answers that the office put in its words, with the measures and who did it."""
    rows = await session.exec(
        select(ReportText, Measure, Person.name)
        .join(StatusReply, col(StatusReply.id) == col(ReportText.reply_id))
        .join(Measure, col(Measure.id) == col(StatusReply.measure_id))
        .join(Person, col(Person.id) == col(ReportText.released_by_id))
        .where(StatusReply.author_id == author_id, col(ReportText.told_at).is_(None))
        .order_by(col(ReportText.released_at), col(ReportText.id))
    )
    return list(rows)


async def told(session: AsyncSession, text_ids: Collection[int], until: datetime, at: datetime) -> None:
    """Whoever gave these answers has been told of the texts, as they were at `until`."""
    statement = update(ReportText).where(col(ReportText.id).in_(text_ids), col(ReportText.released_at) <= until)
    await session.exec(statement.values(told_at=at).execution_options(synchronize_session=False))
