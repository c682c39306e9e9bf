"""Dates as a calendar file (RFC 5545) that Outlook, Google and the rest can read or subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

PRODUCT = "-//Tiltaksvakt//Tiltaksvakt//NO"
DOMAIN = "tiltaksvakt"


@dataclass(frozen=True)
class Day:
    """A whole day in a calendar. `key` stays the same when the day is moved, so that a calendar moves it too."""

    key: str
    on: date
    summary: str
    description: str
    provisional: bool = False


def render(name: str, days: Iterable[Day], at: datetime, language: str = "nb") -> bytes:
    """The calendar of some days, as of a moment. The same days and moment give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for day in days:
        calendar.add_component(_event(day, at, language))
    return bytes(calendar.to_ical())


def _event(day: Day, at: datetime, language: str) -> Event:
    event = Event()
    event.add("uid", f"{sha256(day.key.encode()).hexdigest()[:32]}@{DOMAIN}")
    event.add("dtstamp", at)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.summary, parameters={"language": language})
    event.add("description", day.description, parameters={"language": language})
    event.add("status", "TENTATIVE" if day.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a date to know of, not an hour that is taken
    return event
