"""Report texts: what the council reads about an answer, once the office has released or edited its comment."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, replies
from storage.ids import id_of
from storage.tables import Measure, Plan, ReportText, StatusReply


async def of_replies(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, ReportText]:
    """The report texts of replies, by reply."""
    rows = await session.exec(select(ReportText).where(col(ReportText.reply_id).in_(reply_ids)))
    return {row.reply_id: row for row in rows}


async def waiting(session: AsyncSession) -> list[tuple[StatusReply, Measure]]:
    """The last answer about each measure whose comment the office has not released yet, in the order of the plans."""
    rows = await session.exec(
        select(Measure)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))
        .order_by(col(Plan.id), col(Measure.position))
    )
    measures = list(rows)
    latest = await replies.latest(session, [id_of(measure) for measure in measures])
    released = await of_replies(session, [id_of(reply) for reply in latest.values()])
    found = []
    for measure in measures:
        reply = latest.get(id_of(measure))
        if reply is not None and reply.comment and id_of(reply) not in released:
            found.append((reply, measure))
    return found


async def release(session: AsyncSession, reply: StatusReply, text: str, *, person_id: int, at: datetime) -> ReportText:
    """Let the council read a text about an answer, in place of the one it could read before."""
    row = (await of_replies(session, [id_of(reply)])).get(id_of(reply))
    if row is None:
        row = ReportText(reply_id=id_of(reply), text=text, released_by_id=person_id, released_at=at)
        session.add(row)
    else:
        row.text, row.released_by_id, row.released_at = text, person_id, at
    await session.flush()
    after = {"edited": text != reply.comment}
    audit.record(session, audit.Actor.person(person_id), at, "released", "status_reply", id_of(reply), after=after)
    return row
