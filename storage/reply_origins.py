"""How and when a unit said what the office wrote down for it."""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ids import id_of
from storage.tables import ReplyOrigin, StatusReply


async def note(session: AsyncSession, reply: StatusReply, how: str, said_on: date) -> None:
    """Note how ("phone", "mail", "meeting") and on which day it was said."""
    session.add(ReplyOrigin(reply_id=id_of(reply), how=how, said_on=said_on))
    await session.flush()


async def of_replies(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, ReplyOrigin]:
    """How replies were said, by reply; those about which nothing is noted are left out."""
    rows = await session.exec(select(ReplyOrigin).where(col(ReplyOrigin.reply_id).in_(reply_ids)))
    return {row.reply_id: row for row in rows}
