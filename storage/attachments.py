"""Attachments: files kept with an answer, or waiting for one; internal until the office releases them."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, replies
from storage.ids import id_of
from storage.insert import insert_new
from storage.tables import Attachment, AttachmentContent, Measure, Plan, StatusReply

MOST = 10
"""Files of one answer."""


async def add(
    session: AsyncSession,
    *,
    person_id: int,
    measure_id: int | None,
    reply_id: int | None,
    inbox_id: int,
    name: str,
    media_type: str,
    content: bytes,
    at: datetime,
) -> Attachment | None:
    """Keep a file. None where this update has one."""
    row = {
        "person_id": person_id,
        "measure_id": measure_id,
        "reply_id": reply_id,
        "inbox_id": inbox_id,
        "name": name,
        "media_type": media_type,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "at": at,
    }
    if not await insert_new(session, Attachment, [row]):
        return None
    found = await of_update(session, inbox_id)
    assert found is not None
    session.add(AttachmentContent(attachment_id=id_of(found), content=content))
    await session.flush()
    _record(session, found, "attached", person_id, at)
    return found


async def by_id(session: AsyncSession, attachment_id: int) -> Attachment | None:
    """An attachment, without its bytes."""
    return await session.get(Attachment, attachment_id)


async def of_update(session: AsyncSession, inbox_id: int) -> Attachment | None:
    """The attachment that an update brought."""
    return (await session.exec(select(Attachment).where(Attachment.inbox_id == inbox_id))).first()


async def content_of(session: AsyncSession, attachment_id: int) -> bytes | None:
    """The bytes of an attachment."""
    rows = await session.exec(select(AttachmentContent.content).where(AttachmentContent.attachment_id == attachment_id))
    return rows.first()


async def waiting_of(session: AsyncSession, person_id: int, measure_id: int | None) -> list[Attachment]:
    """What a person has sent for an answer about a measure that is not stored yet; None: about no measure yet."""
    about = col(Attachment.measure_id).is_(None) if measure_id is None else col(Attachment.measure_id) == measure_id
    rows = await session.exec(
        select(Attachment)
        .where(Attachment.person_id == person_id, col(Attachment.reply_id).is_(None), about)
        .order_by(col(Attachment.id))
    )
    return list(rows)


async def gathered(
    session: AsyncSession, person_id: int, measure_id: int | None, reply_id: int | None
) -> list[Attachment]:
    """What goes with a stored answer, or waits for the one in the making."""
    if reply_id is None:
        return await waiting_of(session, person_id, measure_id)
    return (await of_replies(session, [reply_id])).get(reply_id, [])


def holds(gathered: Collection[Attachment], content: bytes) -> bool:
    """Whether a file is among these already."""
    return sha256(content).hexdigest() in {each.digest for each in gathered}


async def of_replies(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """The attachments of answers, by answer and in the order in which they came."""
    rows = await session.exec(
        select(Attachment).where(col(Attachment.reply_id).in_(reply_ids)).order_by(col(Attachment.id))
    )
    found: dict[int, list[Attachment]] = {}
    for row in rows:
        assert row.reply_id is not None
        found.setdefault(row.reply_id, []).append(row)
    return found


async def of_measure(session: AsyncSession, measure_id: int) -> list[Attachment]:
    """Everything that goes with the answers about a measure, newest answer first."""
    rows = await session.exec(
        select(Attachment)
        .where(Attachment.measure_id == measure_id, col(Attachment.reply_id).is_not(None))
        .order_by(col(Attachment.reply_id).desc(), col(Attachment.id))
    )
    return list(rows)


async def adopt(session: AsyncSession, person_id: int, measure_id: int) -> None:
    """What a person has sent about no measure yet is about this one."""
    statement = update(Attachment).where(
        col(Attachment.person_id) == person_id,
        col(Attachment.reply_id).is_(None),
        col(Attachment.measure_id).is_(None),
    )
    await session.exec(statement.values(measure_id=measure_id))


async def attach(session: AsyncSession, reply: StatusReply) -> None:
    """An answer takes along what its author has sent for it, and what went with the answer it corrects."""
    waits = (
        (col(Attachment.person_id) == reply.author_id)
        & col(Attachment.reply_id).is_(None)
        & (col(Attachment.measure_id) == reply.measure_id)
    )
    mine = waits | (col(Attachment.reply_id) == reply.supersedes_id) if reply.supersedes_id else waits
    await session.exec(update(Attachment).where(mine).values(reply_id=id_of(reply)))


async def remove(session: AsyncSession, attachment: Attachment, *, by: int, at: datetime) -> None:
    """Delete a file, and its bytes with it."""
    _record(session, attachment, "removed", by, at)
    await session.exec(delete(Attachment).where(col(Attachment.id) == attachment.id))


async def drop_waiting(session: AsyncSession, person_id: int, at: datetime) -> int:
    """Delete what a person has sent for answers that are not stored; returns how many there were."""
    rows = await session.exec(
        select(Attachment).where(Attachment.person_id == person_id, col(Attachment.reply_id).is_(None))
    )
    found = list(rows)
    for row in found:
        await remove(session, row, by=person_id, at=at)
    return len(found)


async def unreleased(session: AsyncSession) -> list[tuple[Attachment, StatusReply, Measure]]:
    """What goes with the last answer about each measure and is not released, in the order of the plans."""
    rows = await session.exec(
        select(Attachment, StatusReply, Measure)
        .join(StatusReply, col(StatusReply.id) == col(Attachment.reply_id))
        .join(Measure, col(Measure.id) == col(Attachment.measure_id))
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(
            col(Attachment.released_at).is_(None), col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None)
        )
        .order_by(col(Plan.id), col(Measure.position), col(Attachment.id))
    )
    found = list(rows)
    latest = await replies.latest(session, {id_of(measure) for _attachment, _reply, measure in found})
    return [row for row in found if latest[id_of(row[2])].id == row[1].id]


async def release(session: AsyncSession, attachment: Attachment, *, by: int, at: datetime) -> bool:
    """Let the council see a file; False when it is released already, or gone."""
    statement = (
        update(Attachment)
        .where(
            col(Attachment.id) == attachment.id,
            col(Attachment.released_at).is_(None),
            col(Attachment.reply_id).is_not(None),
        )
        .values(released_at=at, released_by_id=by)
    )
    result = await session.exec(statement)
    if result.rowcount != 1:
        return False
    _record(session, attachment, "released", by, at)
    return True


def _record(session: AsyncSession, attachment: Attachment, action: str, by: int, at: datetime) -> None:
    """Size and digest say which file it was; its name may be somebody's, and is left out."""
    after = {"measure_id": attachment.measure_id, "size": attachment.size, "digest": attachment.digest}
    audit.record(session, audit.Actor.person(by), at, action, "attachment", id_of(attachment), after=after)
