"""A calendar file that calendar programs read: whole days, and the same entry when a day is moved."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from report.calendar_file import Day, render

AT = datetime(2021, 1, 4, 8, tzinfo=UTC)
MEETING = Day("plan-2021-meeting", date(2021, 5, 3), "Møte; «æøå», 100 %\nog mer", "Om møtet", provisional=True)
PAPERS = Day("plan-2021-papers", date(2021, 12, 31), "Papirer " + "langt " * 40, "")


def events_of(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_every_day_is_a_whole_day_that_takes_no_time() -> None:
    content = render("Plan", [MEETING, PAPERS], AT)
    first, second = events_of(content)
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2021, 5, 3), date(2021, 5, 4))
    assert (first["summary"], first["status"], first["transp"]) == (MEETING.summary, "TENTATIVE", "TRANSPARENT")
    assert (second["dtend"].dt, second["status"]) == (date(2022, 1, 1), "CONFIRMED")
    assert second["summary"] == PAPERS.summary
    assert b"X-WR-CALNAME:Plan\r\n" in content


def test_a_day_that_is_moved_is_the_same_entry() -> None:
    moved = replace(MEETING, on=MEETING.on + timedelta(days=9))
    before, after = (events_of(render("Plan", [day], AT))[0] for day in (MEETING, moved))
    assert before["uid"] == after["uid"]
    assert before["uid"] != events_of(render("Plan", [PAPERS], AT))[0]["uid"]


def test_the_same_days_and_moment_give_the_same_bytes_with_lines_as_the_standard_has_them() -> None:
    content = render("Plan", [MEETING, PAPERS], AT)
    assert content == render("Plan", [MEETING, PAPERS], AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
