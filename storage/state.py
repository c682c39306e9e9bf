"""The service's own small memory, by key."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.insert import insert_new
from storage.tables import State


async def get(session: AsyncSession, key: str) -> dict[str, Any] | None:
    """What is remembered under a key, or None."""
    row = await session.get(State, key)
    return row.value if row else None


async def put(session: AsyncSession, key: str, value: dict[str, Any]) -> None:
    """Remember a value under a key, in place of what was there."""
    row = await session.get(State, key)
    if row is None:
        # Two processes may begin to remember it at once.
        if await insert_new(session, State, [{"key": key, "value": value}]):
            return
        row = await session.get_one(State, key)
    row.value = value
    await session.flush()
