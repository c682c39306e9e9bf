"""Days and periods as people write them in a chat: "i morgen", "uke 28", "1.–20. juli", "fra mandag til 14. mars".

Bokmål and nynorsk. A day without a year is the next one; what can be meant in two ways is never guessed far ahead:
whoever writes it is shown the dates. Pure: today is an argument.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from plan.refusal import Refused
from plan.workday import DateRange

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LONGEST = timedelta(days=366)
FAR_AHEAD = timedelta(days=300)  # a day without a year that far ahead has most likely passed
REVERSED_FROM = timedelta(days=200)  # an end without a year that far after the beginning stands before it

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar feb",
            "mars mar",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "desember des",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mandag måndag man",
            "tirsdag tysdag tirs tir",
            "onsdag ons",
            "torsdag tors tor",
            "fredag fre",
            "lørdag laurdag lør",
            "søndag sundag søn",
        )
    )
    for name in names.split()
}
NUMBERS = {
    name: number
    for number, names in enumerate(
        ("en ei én ett eit eitt", "to", "tre", "fire", "fem", "seks", "sju syv", "åtte", "ni", "ti"), 1
    )
    for name in names.split()
}
ENDLESS = re.compile(r"inntil videre|inntil vidare|ubestemt tid|ubestemd tid|uten slutt|til jeg er tilbake")

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_NUMBER = "|".join((r"[0-9]{1,3}", *NUMBERS))
_YEAR = r"(?:\s+(?P<year>[0-9]{4}))?"
_ON = r"(?:(?:på|den|neste|førstkommende|komande|kommende)\s+)*"
_SPAN = re.compile(rf"(?P<from>.*?)\b(?:i\s+)?(?P<n>{_NUMBER})\s+(?P<unit>dag(?:er|ar)?|uke(?:r|n)?|veke(?:r|ne)?)")


class NotUnderstood(Refused):
    """What was written is no period, or none that can be used.

    `code`: not_understood, endless (no last day), past, reversed, too_long.
    """


@dataclass(frozen=True)
class _Point:
    """One end of a period: from the first to the last day of what was named ("uke 28", "juli", "fredag")."""

    first: date
    last: date
    has_year: bool = True


def parse_day(text: str, today: date) -> date | None:
    """The one day that was written: the first of a week; None for what is no day."""
    point = _point(_clean(text), today)
    return point.first if point else None


def parse_period(text: str, today: date) -> DateRange:
    """The days that were written, first and last included. Raises `NotUnderstood`."""
    words = _clean(text)
    if ENDLESS.search(words):
        raise NotUnderstood("endless")
    first, last = _ends(words, today)
    if last.last < first.first:
        raise NotUnderstood("reversed")
    if not last.has_year and last.last - first.first > REVERSED_FROM:
        raise NotUnderstood("reversed")
    if last.last < today or (not first.has_year and first.first - today > FAR_AHEAD):
        raise NotUnderstood("past")
    if last.last - first.first >= LONGEST:
        raise NotUnderstood("too_long")
    return DateRange(first.first, last.last)


def _clean(text: str) -> str:
    words = " ".join(text.lower().replace("–", "-").replace("—", "-").replace("−", "-").split())
    words = re.sub(r"\b(?:t\.?o\.?m\.?|til og med|til og|fram til|frem til|ut)\s+", "til ", words)
    words = re.sub(r"\bfrå\b|\bf\.?o\.?m\.?(?=\s)|\bfra og med\b", "fra", words)
    words = words.replace("fra og med ", "fra ").replace("morgon", "morgen").replace("dagen i dag", "i dag")
    return words.strip(" .,!?;")


def _ends(words: str, today: date) -> tuple[_Point, _Point]:
    """The two ends of what was written. Raises `NotUnderstood`."""
    if (point := _point(words, today)) is not None:
        return point, point
    if (span := _span(words, today)) is not None:
        return span, span
    if words.startswith("til "):
        begin = _Point(today, today)
        end = _point(words[4:], today)
        if end is not None:
            return begin, end
    for cut in re.finditer(r"\s+til\s+|\s*-\s*|\s+og\s+", words):
        if (found := _cut(words[: cut.start()], words[cut.end() :], today)) is not None:
            return found
    if words.startswith("fra ") and _point(words[4:], today) is not None:
        raise NotUnderstood("endless")
    raise NotUnderstood("not_understood")


def _span(words: str, today: date) -> _Point | None:
    """ "i to uker", "fra mandag i tre dager": so many days, counted from a day, or from today."""
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    begins = match["from"].strip().removeprefix("fra ").strip()
    begin = _point(begins, today) if begins else _Point(today, today)
    count = int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"]]
    if begin is None or count == 0:
        return None
    days = count if match["unit"].startswith("dag") else 7 * count
    try:
        return _Point(begin.first, begin.first + (days - 1) * DAY, begin.has_year)
    except OverflowError:
        return None


def _cut(before: str, after: str, today: date) -> tuple[_Point, _Point] | None:
    """The two sides of "til" or a dash. A side that lacks its month, year or "uke" has it from the other."""
    before = before.removeprefix("fra ").strip()
    before = _completed(before, after)
    if before.startswith("uke ") and re.fullmatch(r"[0-9]{1,2}( [0-9]{4})?", after):
        after = f"uke {after}"
    begin = _point(before, today)
    if begin is None:
        return None
    end = _point(after, begin.first)
    if end is None:
        return None
    if not begin.has_year and end.has_year and re.search(r"[0-9]{4}", after):
        begin = _in_year_of(before, begin, end)
    elif not begin.has_year and not end.has_year and begin.first > today:
        begin, end = _already_begun(before, after, begin, end, today)
    return begin, end


def _completed(before: str, after: str) -> str:
    """ "1." before "20. juli" is 1. juli; "1" before "20.7" is 1.7."""
    if not re.fullmatch(r"(?:den )?[0-9]{1,2}\.?", before):
        return before
    day = re.sub(r"[^0-9]", "", before)
    if match := re.search(rf"\b({_MONTH})\b(\s+[0-9]{{4}})?", after):
        return f"{day}. {match[0]}"
    if match := re.fullmatch(r"[0-9]{1,2}([./][0-9]{1,2}\.?(?:[0-9]{4})?)", after):
        return f"{day}{match[1]}"
    return before


def _in_year_of(before: str, begin: _Point, end: _Point) -> _Point:
    """The beginning has no year and the end has: it is the last such day before the end."""
    for year in (end.last.year, end.last.year - 1):
        found = _point(f"{before} {year}", date(year, 1, 1)) or begin
        if found.first <= end.last:
            return found
    return begin


def _already_begun(before: str, after: str, begin: _Point, end: _Point, today: date) -> tuple[_Point, _Point]:
    """ "1.–20. juli" on 10 July began nine days ago: the beginning is then the one that has passed."""
    year_ago = date(today.year - 1, today.month, min(today.day, 28)) + DAY
    for since in (year_ago, date(today.year, 1, 1)):
        earlier = _point(before, since)
        if earlier is None or earlier.has_year or earlier.first > today:
            continue
        until = _point(after, earlier.first)
        if (
            until is not None
            and not until.has_year
            and today <= until.last
            and until.last - earlier.first < REVERSED_FROM
        ):
            return earlier, until
    return begin, end


def _point(words: str, since: date) -> _Point | None:
    """What is named as a day, a week or a month, the next from a day on; None where it is none of these."""
    words = words.strip(" .,")
    for pattern, make in POINTS:
        match = pattern.fullmatch(words)
        if match is not None:
            try:
                return make(match, since)
            except (ValueError, OverflowError):
                return None
    return None


def _near(match: re.Match[str], since: date) -> _Point:
    day = since + {"i dag": 0, "i morgen": 1, "i overmorgen": 2}[match[0]] * DAY
    return _Point(day, day)


def _this_week(match: re.Match[str], since: date) -> _Point:
    monday = since - since.weekday() * DAY
    if match[0].startswith("neste"):
        return _Point(monday + WEEK, monday + 2 * WEEK - DAY)
    return _Point(since, monday + WEEK - DAY)


def _later(match: re.Match[str], since: date) -> _Point:
    count = int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"]]
    day = since + count * (DAY if match["unit"].startswith("dag") else WEEK)
    return _Point(day, day)


def _weekday(match: re.Match[str], since: date) -> _Point:
    day = since + (WEEKDAYS[match["weekday"]] - since.weekday()) % 7 * DAY
    return _Point(day, day)


def _week(match: re.Match[str], since: date) -> _Point:
    week = int(match["week"])
    if match["year"]:
        found = DateRange.of_week(int(match["year"]), week)
        return _Point(found.first, found.last)
    for year in range(since.isocalendar().year, since.year + 8):
        try:
            found = DateRange.of_week(year, week)
        except ValueError:
            continue
        if found.last >= since:
            return _Point(found.first, found.last, has_year=False)
    raise ValueError(week)


def _of_month(match: re.Match[str], since: date) -> _Point:
    day, month = int(match["day"]), MONTHS[match["month"]]
    return _dated(day, month, match["year"], since)


def _of_numbers(match: re.Match[str], since: date) -> _Point:
    return _dated(int(match["day"]), int(match["month"]), match["year"], since)


def _iso(match: re.Match[str], since: date) -> _Point:
    day = date.fromisoformat(match[0])
    return _Point(day, day)


def _whole_month(match: re.Match[str], since: date) -> _Point:
    month = MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else since.year + (month < since.month)
    following = date(year + month // 12, month % 12 + 1, 1)
    return _Point(date(year, month, 1), following - DAY, has_year=bool(match["year"]))


def _dated(day: int, month: int, year: str | None, since: date) -> _Point:
    if year is not None:
        found = date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return _Point(found, found)
    for candidate in range(since.year, since.year + 9):  # 29 February comes within eight years
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= since:
            return _Point(found, found, has_year=False)
    raise ValueError(day, month)


Make = Callable[[re.Match[str], date], _Point]
POINTS: tuple[tuple[re.Pattern[str], Make], ...] = (
    (re.compile("i dag|i morgen|i overmorgen"), _near),
    (re.compile(r"(?:denne|neste) (?:uken|uka|uke|veka|veke)|(?:uken|uka|veka)"), _this_week),
    (re.compile(rf"om (?P<n>{_NUMBER}) (?P<unit>dag(?:er|ar)?|uke(?:r)?|veke(?:r)?)"), _later),
    (re.compile(rf"{_ON}(?P<weekday>{_WEEKDAY})"), _weekday),
    (re.compile(rf"(?:hele |heile |i )?(?:uke|veke) (?P<week>[0-9]{{1,2}}){_YEAR}"), _week),
    (
        re.compile(
            rf"{_ON}(?:(?:{_WEEKDAY}),?\s+(?:den\s+)?)?(?P<day>[0-9]{{1,2}})\.?\s*(?P<month>{_MONTH})\.?{_YEAR}"
        ),
        _of_month,
    ),
    (
        re.compile(
            rf"{_ON}(?:(?:{_WEEKDAY}),?\s+)?(?P<day>[0-9]{{1,2}})[./]\s?(?P<month>[0-9]{{1,2}})"
            r"(?:\.?\s?/?(?P<year>[0-9]{4}|(?<=[./])[0-9]{2}))?"
        ),
        _of_numbers,
    ),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), _iso),
    (re.compile(rf"(?:hele |heile |i |måneden )?(?P<month>{_MONTH}){_YEAR}"), _whole_month),
)
