"""The one clock. Nothing else reads the time of the machine.

The simulated clock is an offset to real time, so that time still flows in it and whatever waits a second is let go a
second later. Its offset is kept in the database: a restart resumes it, and a second process sees every move.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from storage import state
from storage.database import Database
from tiltaksvakt.settings import Settings

STATE_KEY = "simulated_clock"


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


class SystemClock:
    """The time of the machine."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class SimulatedClock:
    """A clock that started at a moment of its own choosing and can be moved forward."""

    def __init__(self, started_from: datetime, offset: timedelta, real: Clock) -> None:
        self.started_from = started_from
        self._offset = offset
        self._real = real

    def now(self) -> datetime:
        """The present moment of the simulation, in UTC."""
        return self._real.now() + self._offset

    async def move_to(self, database: Database, at: datetime) -> bool:
        """Move forward to a moment, for every process on this database. False where it has passed: time never
        goes back.
        """
        async with database.write() as session:
            stored = await state.get(session, STATE_KEY)
            self._resume(stored)
            distance = at - self.now()
            if distance <= timedelta():
                return False
            self._offset += distance
            await state.put(session, STATE_KEY, self._as_stored())
        return True

    async def refresh(self, database: Database) -> None:
        """Take over a move that another process has made."""
        async with database.read() as session:
            self._resume(await state.get(session, STATE_KEY))

    def _resume(self, stored: dict[str, object] | None) -> None:
        if stored is not None and stored["started_from"] == self.started_from.isoformat():
            self._offset = timedelta(seconds=float(str(stored["offset_seconds"])))

    def _as_stored(self) -> dict[str, object]:
        return {"started_from": self.started_from.isoformat(), "offset_seconds": self._offset.total_seconds()}

    @classmethod
    async def open(cls, database: Database, started_from: datetime, real: Clock) -> "SimulatedClock":
        """The clock that started from a moment: resumed where the database knows it, else started now."""
        clock = cls(started_from.astimezone(UTC), started_from - real.now(), real)
        async with database.write() as session:
            clock._resume(await state.get(session, STATE_KEY))
            await state.put(session, STATE_KEY, clock._as_stored())
        return clock


async def open_clock(settings: Settings, database: Database) -> Clock:
    """The clock of the settings: the simulated one where they start one, else the machine's."""
    if settings.clock is None:
        return SystemClock()
    return await SimulatedClock.open(database, settings.clock, SystemClock())
