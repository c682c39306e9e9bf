"""The municipality's own quiet weeks and hours of sending, over what the service was started with."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import DateRange, SendingHours
from storage import audit, state

KEY = "working_hours"


@dataclass(frozen=True)
class WorkingHours:
    """What a municipality has set: ISO weeks that are quiet every year, ranges that are once, and hours.

    None is what the service was started with.
    """

    weeks: tuple[int, ...] = ()
    ranges: tuple[DateRange, ...] = ()
    opens: time | None = None
    closes: time | None = None

    def to_json(self) -> dict[str, Any]:
        """For the database and the log; what is not set is left out."""
        full = {
            "weeks": list(self.weeks),
            "ranges": [[span.first.isoformat(), span.last.isoformat()] for span in self.ranges],
            "opens": self.opens.isoformat("minutes") if self.opens else None,
            "closes": self.closes.isoformat("minutes") if self.closes else None,
        }
        return {name: value for name, value in full.items() if value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "WorkingHours":
        """The reverse of `to_json`."""
        ranges = [DateRange(*map(date.fromisoformat, span)) for span in stored.get("ranges", ())]
        opens, closes = stored.get("opens"), stored.get("closes")
        return cls(
            tuple(stored.get("weeks", ())),
            tuple(ranges),
            time.fromisoformat(opens) if opens else None,
            time.fromisoformat(closes) if closes else None,
        )

    def over(self, usual: SendingHours) -> SendingHours:
        """The hours of the service with what is set here in their place."""
        calendar = usual.calendar.also_quiet(self.ranges, self.weeks)
        return replace(usual, calendar=calendar, opens=self.opens or usual.opens, closes=self.closes or usual.closes)


async def get(session: AsyncSession) -> WorkingHours:
    """What the municipality has set."""
    return WorkingHours.from_json(await state.get(session, KEY) or {})


async def read(session: AsyncSession, usual: SendingHours) -> SendingHours:
    """The hours that hold now, where `usual` is what the service was started with."""
    stored = await state.get(session, KEY)
    return WorkingHours.from_json(stored).over(usual) if stored else usual


async def put(session: AsyncSession, wanted: WorkingHours, *, actor: audit.Actor, at: datetime) -> None:
    """Set quiet weeks and hours, in place of what was set."""
    before = await get(session)
    await state.put(session, KEY, wanted.to_json())
    audit.record(session, actor, at, "settings_set", "municipality", 0, before=before.to_json(), after=wanted.to_json())
