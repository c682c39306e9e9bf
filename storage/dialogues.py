"""Where a person is in a conversation with the bot."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Dialogue


async def of_person(session: AsyncSession, person_id: int) -> Dialogue | None:
    """The conversation a person is in, or None."""
    return await session.get(Dialogue, person_id)


async def of_kind(session: AsyncSession, kind: str) -> list[Dialogue]:
    """Every conversation of a kind."""
    return list(await session.exec(select(Dialogue).where(Dialogue.kind == kind)))


async def begin(session: AsyncSession, person_id: int, kind: str, data: dict[str, Any], at: datetime) -> Dialogue:
    """Begin a conversation, in place of any other the person was in."""
    row = await session.get(Dialogue, person_id)
    if row is None:
        row = Dialogue(person_id=person_id, kind=kind, data=data, updated_at=at)
        session.add(row)
    else:
        row.kind, row.data, row.updated_at = kind, data, at
    await session.flush()
    return row


async def end(session: AsyncSession, person_id: int) -> None:
    """The conversation is over."""
    row = await session.get(Dialogue, person_id)
    if row is not None:
        await session.delete(row)
        await session.flush()
