"""The messages the comment of a reply was written in."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import ReplyMessage, StatusReply


async def note(session: AsyncSession, reply_id: int, parts: Sequence[tuple[int, int]]) -> None:
    """Remember what a comment is made of: for each of its parts the message (0: none) and its length."""
    for position, (message_id, length) in enumerate(parts):
        session.add(ReplyMessage(reply_id=reply_id, position=position, message_id=message_id, length=length))
    await session.flush()


async def of_reply(session: AsyncSession, reply_id: int) -> list[ReplyMessage]:
    """What the comment of a reply is made of, in its order."""
    rows = await session.exec(
        select(ReplyMessage).where(ReplyMessage.reply_id == reply_id).order_by(col(ReplyMessage.position))
    )
    return list(rows)


async def replies_with(session: AsyncSession, author_id: int, message_id: int) -> list[StatusReply]:
    """The replies of a person whose comment came from one of their messages, newest first."""
    rows = await session.exec(
        select(StatusReply)
        .join(ReplyMessage, col(ReplyMessage.reply_id) == col(StatusReply.id))
        .where(ReplyMessage.message_id == message_id, StatusReply.author_id == author_id)
        .order_by(col(StatusReply.id).desc())
    )
    return list(rows)
