"""When the service was away: what was not said then is said once, in one message, with the reason.

The service notes that it runs; a longer silence is an outage when it is back. So is what happened between a backup and
the hour in which it was put back: nobody knows what was said and answered then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler import digest
from storage import directory, outbox, state

RUNNING, OUTAGE = "service_running", "service_outage"
NOTED_EVERY = timedelta(hours=1)
NOTICEABLE = timedelta(hours=2)  # a note may be an hour old when the service stops
SAME = timedelta(hours=24)  # one that follows another so soon is the same to whoever has heard of neither


@dataclass(frozen=True)
class Outage:
    """From when to when the service was away, and why: "down", or "restored" from a backup made at `since`."""

    since: datetime
    until: datetime
    why: Literal["down", "restored"] = "down"

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"since": self.since.isoformat(), "until": self.until.isoformat(), "why": self.why}


async def note(session: AsyncSession, at: datetime, hours: SendingHours) -> None:
    """Note that the service runs at a moment; what it finds out about the time before is noted with it.

    A clock that was set back lets nothing wait for the moment it showed before.
    """
    stored = await state.get(session, RUNNING)
    await state.put(session, RUNNING, {"at": at.isoformat()})
    if stored is None:
        return
    before = datetime.fromisoformat(stored["at"])
    if at - before > NOTICEABLE:
        await _put(session, Outage(before, at))
    elif before - at > NOTICEABLE:
        await outbox.bring_forward(session, at, hours)


async def last(session: AsyncSession) -> Outage | None:
    """The last outage there was."""
    stored = await state.get(session, OUTAGE)
    if stored is None:
        return None
    since, until = (datetime.fromisoformat(stored[end]) for end in ("since", "until"))
    return Outage(since, until, stored["why"])


async def restored(session: AsyncSession, made_at: datetime, at: datetime, hours: SendingHours) -> None:
    """A backup made at a moment has been put back: whoever is asked something hears it, in one message.

    What was said after the backup cannot be known. What waits in the outbox may have come before, and says so.
    """
    await outbox.may_have_come(session)
    await state.put(session, RUNNING, {"at": at.isoformat()})
    await _put(session, Outage(min(made_at, at), at, "restored"))
    today = hours.local_date(at)
    people = await directory.read(session, today)
    asked = [person for person in people.people if await digest.questions_of(session, person, today)]
    await outbox.write_daily(session, asked, at, hours)


async def _put(session: AsyncSession, found: Outage) -> None:
    before = await last(session)
    if before is not None and timedelta() <= found.since - before.until < SAME:
        was_restored = "restored" in (before.why, found.why)
        found = Outage(before.since, found.until, "restored" if was_restored else "down")
    await state.put(session, OUTAGE, found.to_json())
