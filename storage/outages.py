"""When the service was away, as it is remembered: the last few times of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import state

KEY = "service_outage"
KEPT = 10
SAME = timedelta(hours=24)  # one that follows another so soon is the same to whoever has heard of neither


@dataclass(frozen=True)
class Outage:
    """From when to when the service was away, and why: "down", or "restored" from a backup made at `since`."""

    since: datetime
    until: datetime
    why: Literal["down", "restored"] = "down"


async def recent(session: AsyncSession) -> tuple[Outage, ...]:
    """The last outages there were, the newest last."""
    stored = await state.get(session, KEY)
    return tuple(
        Outage(datetime.fromisoformat(each["since"]), datetime.fromisoformat(each["until"]), each["why"])
        for each in (stored or {}).get("outages", ())
    )


async def add(session: AsyncSession, found: Outage) -> None:
    """Remember an outage; with one that ended a day before at the most, or lies over it, as one.

    One that ends on a day still to come was noted by a clock that was wrong, and stands by itself.
    """
    before = list(await recent(session))
    if before and found.since - SAME < before[-1].until < found.until + SAME and before[-1].since <= found.until:
        same = before.pop()
        why: Literal["down", "restored"] = "restored" if "restored" in (same.why, found.why) else "down"
        found = Outage(min(same.since, found.since), max(same.until, found.until), why)
    rows = [
        {"since": each.since.isoformat(), "until": each.until.isoformat(), "why": each.why}
        for each in (*before, found)[-KEPT:]
    ]
    await state.put(session, KEY, {"outages": rows})
