"""What is to be done several times a year: how many are done, how many remain, and whether the pace will do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from plan.deadline import Deadline, Kind
from plan.workday import WorkCalendar

_CALENDAR = WorkCalendar()


class Pace(StrEnum):
    """How a count stands on a day."""

    COMPLETE = "complete"  # nothing remains
    ON_TIME = "on_time"
    BEHIND = "behind"  # fewer are done than days that have passed
    NO_ROOM = "no_room"  # more remain than there are working days left of the year
    OVER = "over"  # the year is over, and some were not done


@dataclass(frozen=True)
class Tally:
    """A year of a counted duty: the days on which one is due, and how many have been done."""

    year: int
    days: tuple[date, ...]
    done: int

    @property
    def wanted(self) -> int:
        """How many the year is to have."""
        return len(self.days)

    @property
    def remaining(self) -> int:
        """How many are not done."""
        return self.wanted - self.done

    def passed(self, today: date) -> int:
        """How many should have been done before a day."""
        return sum(day < today for day in self.days)

    def pace(self, today: date) -> Pace:
        """How it stands on a day; what is due on the day itself is not late."""
        last = date(self.year, 12, 31)
        if not self.remaining:
            return Pace.COMPLETE
        if today > last:
            return Pace.OVER
        # One a working day is the most anybody can be asked for. Only the last weeks can be too short.
        if (last - today).days <= 2 * self.remaining + 14 and len(_CALENDAR.between(today, last)) < self.remaining:
            return Pace.NO_ROOM
        return Pace.BEHIND if self.done < self.passed(today) else Pace.ON_TIME


def is_counted(deadline: dict[str, Any]) -> bool:
    """Whether a deadline, as it is stored, says how many times a year: "tre kontroller i året"."""
    if deadline["kind"] != Kind.RECURRING:
        return False
    every = Deadline.from_json(deadline).every
    return every is not None and every.unit == "year" and every.n == 1 and max(every.times, len(every.months)) > 1
