"""What people type: names, dates, moments, years. Each is read into a value or refused in a sentence."""

import re
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from tiltaksvakt.cli.outcome import CommandRefused

if TYPE_CHECKING:
    from plan.deadline import Period

FIRST_YEAR, LAST_YEAR = 1990, 2200


def name(typed: str, limit: int = 200) -> str:
    """A name of at most `limit` characters, without outer space and invisible characters."""
    from plan.draft import clean

    cleaned = " ".join(str(clean(typed)).split())
    if not cleaned:
        raise CommandRefused("usage.empty_name")
    if len(cleaned) > limit:
        raise CommandRefused("usage.long_name", limit=limit)
    return cleaned


def day(typed: str) -> date:
    """A date: 2021-05-12 or 12.05.2021."""
    found = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", typed.strip())
    try:
        value = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed.strip())
    except ValueError:
        raise CommandRefused("usage.bad_date", value=typed) from None
    return date(_within_reach(value.year), value.month, value.day)


def moment(typed: str, zone: tzinfo) -> datetime:
    """An ISO moment. One without an offset is in `zone`, and a date alone is its first minute there."""
    try:
        value = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise CommandRefused("usage.bad_moment", value=typed) from None
    _within_reach(value.year)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def year(typed: str) -> int:
    """A year in four digits."""
    if not re.fullmatch(r"\d{4}", typed.strip()):
        raise CommandRefused("usage.bad_year", value=typed)
    return _within_reach(int(typed))


def period(typed: str) -> "Period":
    """A plan's period: 2020-2024, or a single year."""
    from plan.deadline import Period

    try:
        return Period.parse(typed)
    except ValueError:
        raise CommandRefused("usage.bad_period", value=typed) from None


def one_of(typed: str, known: tuple[str, ...], option: str) -> str:
    """One of the known words, whatever its case."""
    word = typed.strip().lower()
    if word not in known:
        raise CommandRefused("usage.unknown_word", option=option, value=typed, known=", ".join(known))
    return word


def _within_reach(value: int) -> int:
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise CommandRefused("usage.year_out_of_reach", year=value, first=FIRST_YEAR, last=LAST_YEAR)
    return value
