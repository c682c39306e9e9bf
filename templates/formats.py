"""Dates, times and amounts the way they are written in Norway (Språkrådet's rules of writing)."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

OSLO = ZoneInfo("Europe/Oslo")
NO_BREAK_SPACE = "\u00a0"


def day(value: date, language: str = "nb") -> str:
    """31. mai 2027: the long form, for sentences."""
    return format_date(value, "d. MMMM y" if language != "en" else "d MMMM y", locale=language)


def iso_day(value: str, language: str = "nb") -> str:
    """31. mai 2027, from "2027-05-31": a day as data holds it that is kept as JSON."""
    return day(date.fromisoformat(value), language)


def short_day(value: date, language: str = "nb") -> str:
    """31.05.2027: the short form, for tables."""
    return format_date(value, "dd.MM.y", locale=language)


def stored_day(value: str, language: str = "nb") -> str:
    """The long form of a day that was stored as ISO 8601: "2027-05-31" is 31. mai 2027."""
    return day(date.fromisoformat(value), language)


def weekday(value: date, language: str = "nb") -> str:
    """mandag 31. mai: when the year is clear."""
    return format_date(value, "EEEE d. MMMM" if language != "en" else "EEEE d MMMM", locale=language)


def moment(value: datetime, language: str = "nb", timezone: tzinfo = OSLO) -> str:
    """31.05.2027 kl. 14.05, in local time; 31 May 2027, 14:05 in English."""
    pattern = "dd.MM.y 'kl.' HH.mm" if language != "en" else "d MMMM y, HH:mm"
    return format_datetime(value.astimezone(timezone), pattern, locale=language)


def month(value: date, language: str = "nb") -> str:
    """mai 2027."""
    return format_date(value, "MMMM y", locale=language)


def month_name(value: int, language: str = "nb") -> str:
    """mai: a month by its number."""
    return format_date(date(2000, value, 1), "LLLL", locale=language)


def local_day(value: datetime, language: str = "nb", timezone: tzinfo = OSLO) -> str:
    """31. mai 2027: the day a moment falls on where people live."""
    return day(value.astimezone(timezone).date(), language)


@lru_cache(maxsize=4096)  # a report says the same amounts in tables, sums and words
def number(value: float, language: str = "nb") -> str:
    """1 800 000 with spaces that do not break, as all Norwegian text has them."""
    return format_decimal(value, locale=language).replace(" ", NO_BREAK_SPACE)


def money(value: int, language: str = "nb") -> str:
    """1 800 000 kr, whole kroner; NOK 1,800,000 in English."""
    if language == "en":
        return f"NOK{NO_BREAK_SPACE}{number(value, language)}"
    return f"{number(value, language)}{NO_BREAK_SPACE}kr"


def thousands(value: int, language: str = "nb") -> str:
    """1 800: kroner in thousands, for tables whose heading says so; halves round to even."""
    return number(round(value / 1000), language)


def file_size(value: int, language: str = "nb") -> str:
    """240 kB or 1,4 MB: how much room a file takes, from bytes."""
    if value < 1_000_000:
        return f"{number(max(value // 1000, 1), language)}{NO_BREAK_SPACE}kB"
    return f"{number(round(value / 1_000_000, 1), language)}{NO_BREAK_SPACE}MB"


def capitalised(text: str) -> str:
    """A name or a date that begins a sentence: its first letter is large, the rest as it is written."""
    return text[:1].upper() + text[1:]


def filters(language: str) -> dict[str, Callable[..., str]]:
    """The formats as Jinja filters bound to a language."""
    formats: dict[str, Callable[..., str]] = {
        "day": day,
        "iso_day": iso_day,
        "short_day": short_day,
        "stored_day": stored_day,
        "weekday": weekday,
        "moment": moment,
        "local_day": local_day,
        "month": month,
        "month_name": month_name,
        "number": number,
        "money": money,
        "thousands": thousands,
        "file_size": file_size,
    }
    return {name: _bound(function, language) for name, function in formats.items()} | {"capitalised": capitalised}


def _bound(function: Callable[..., str], language: str) -> Callable[..., str]:
    return lambda value: function(value, language)
