"""Dates, times and amounts as they are written in Norway, and in English."""

from datetime import UTC, date, datetime

import pytest

from templates import formats

DAY = date(2027, 5, 31)
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (formats.day(DAY), "31. mai 2027"),
        (formats.day(DAY, "nn"), "31. mai 2027"),
        (formats.day(DAY, "en"), "31 May 2027"),
        (formats.short_day(DAY), "31.05.2027"),
        (formats.weekday(DAY), "mandag 31. mai"),
        (formats.weekday(DAY, "en"), "Monday 31 May"),
        (formats.moment(datetime(2027, 5, 31, 12, 5, tzinfo=UTC)), "31.05.2027 kl. 14.05"),
        (formats.moment(datetime(2027, 1, 31, 23, 30, tzinfo=UTC)), "01.02.2027 kl. 00.30"),
        (formats.local_day(datetime(2027, 1, 31, 23, 30, tzinfo=UTC)), "1. februar 2027"),
        (formats.number(1_800_000), f"1{SPACE}800{SPACE}000"),
        (formats.number(-12_345), f"-12{SPACE}345"),
        (formats.number(999), "999"),
        (formats.number(1_234.5, "en"), "1,234.5"),
        (formats.money(1_800_000), f"1{SPACE}800{SPACE}000{SPACE}kr"),
        (formats.money(0), f"0{SPACE}kr"),
        (formats.money(1_800_000, "en"), f"NOK{SPACE}1,800,000"),
        (formats.moment(datetime(2027, 3, 8, 9, 15, tzinfo=UTC), "en"), "8 March 2027, 10:15"),
        (formats.thousands(1_800_000), f"1{SPACE}800"),
    ],
)
def test_a_format(shown: str, expected: str) -> None:
    assert shown == expected
