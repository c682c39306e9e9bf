"""When the service was away, as it is remembered: the last time of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import state

KEY = "service_outage"
SAME = timedelta(hours=24)  # one that follows another so soon is the same to whoever has heard of neither


@dataclass(frozen=True)
class Outage:
    """From when to when the service was away, and why: "down", or "restored" from a backup made at `since`."""

    since: datetime
    until: datetime
    why: Literal["down", "restored"] = "down"


async def last(session: AsyncSession) -> Outage | None:
    """The last outage there was."""
    stored = await state.get(session, KEY)
    if stored is None:
        return None
    since, until = (datetime.fromisoformat(stored[end]) for end in ("since", "until"))
    return Outage(since, until, stored["why"])


async def add(session: AsyncSession, found: Outage) -> None:
    """Remember an outage; with one that ended a day before at the most, as one."""
    before = await last(session)
    if before is not None and timedelta() <= found.since - before.until < SAME:
        was_restored = "restored" in (before.why, found.why)
        found = Outage(before.since, found.until, "restored" if was_restored else "down")
    since, until = found.since.isoformat(), found.until.isoformat()
    await state.put(session, KEY, {"since": since, "until": until, "why": found.why})
