"""When something falls every year, every other or once, as a plan or a person says it: "hvert annet år i mai"."""

import re

from plan.draft import YearlyRule

_NUMBERS = {
    "en": 1,
    "én": 1,
    "ein": 1,
    "éin": 1,
    "to": 2,
    "andre": 2,
    "tre": 3,
    "tredje": 3,
    "fire": 4,
    "fjerde": 4,
    "femte": 5,
    "annet": 2,
    "annethvert": 2,
}
_NUMBER = r"(\d{1,2}|én|en|éin|ein|to|tre|fire|andre|annet|tredje|fjerde|femte)"
_EVERY = re.compile(
    rf"\b(?:hver|kvar)[t]?\s+{_NUMBER}\.?\s*år\b|\b(?P<other>ann(?:et|en|a)[- ]?(?:hvert|hver|kvart))\s+år\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b{_NUMBER}\s+(?:gang\w*|gong\w*|kontroll\w*)\s+(?:pr\.?|per|i|om|for)\s+(?:år|året)\b|"
    r"\b(?P<half>halvårlig|halvårleg)\b|"
    r"\b(?P<third>tertialvis|(?:hvert|kvart) tertial|tertialrapport\w*)|"
    r"\b(?P<quarter>kvartalsvis|(?:hvert|kvart) kvartal)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\bårlig\w*|\bårleg\w*|\bårs(?:melding|rapport|beretning)\w*|"
    r"\b(?:hvert|kvart|per|pr\.?) (?:kalender)?år\b|\b(?:hver|kvar) (?:vår|høst|haust)\b",
    re.IGNORECASE,
)
_ELECTION = re.compile(
    r"\better\s+(?:(?:hvert|kvart|neste)\s+)?(?:kommune|kommunestyre|heradsstyre|bystyre|lokal)val(?:g|get|et)?\b|"
    r"\bplanstrategi",
    re.IGNORECASE,
)
# The planning strategy is to be adopted within a year of the council's constitution in October (plan- og bygningsloven
# § 10-1), and what a plan promises after an election comes with it: October of 2020, 2024 and so on.
_AFTER_ELECTION = YearlyRule(months=(10,), n=4, first_year=2020)
_FIRST = re.compile(
    r"(?:første gang|fyrste gong|første gong|fra og med|f\.o\.m\.?)\s+(?:\w+\s+)?(20\d\d)", re.IGNORECASE
)
_ONCE = re.compile(
    r"\b(?:(?:innen|innan|i løpet av|i|senest|seinast)\s+(?:[\w.]+ ){0,3}?|"
    r"(?:vår|høst|haust|sommar|sommer|vinter)(?:en)?\s+)(20\d\d)\b",
    re.IGNORECASE,
)
MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
_SEASON = r"\b(?:(?:hver|kvar|på|om|til|i)\s+{0}\w*|(?:{0})en)\b"
_WHEN = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\b|"
    r"\b(?P<quarter>[1-4]\.|første|fyrste|andre|tredje|fjerde|siste)\s*kvartal|"
    r"\b(?P<half>[12]\.|første|fyrste|andre)\s*halvår|"
    rf"(?P<spring>{_SEASON.format('(?:vår)')})|(?P<autumn>{_SEASON.format('(?:høst|haust)')})",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:fra|frå|mellom)\b", re.IGNORECASE)
_ORDER = {"første": 1, "fyrste": 1, "andre": 2, "tredje": 3, "fjerde": 4, "siste": 4}
_BODY = re.compile(
    r"\b(kommunestyret|kommunestyre|formannskapet|formannskap|heradsstyret|bystyret|hovedutvalget|hovudutvalet|[\w-]*utvalget|"
    r"[\w-]*utvalet)s?\b",
    re.IGNORECASE,
)
_COUNCIL = {"kommunestyre": "kommunestyret", "formannskap": "formannskapet"}


def is_regular(text: str) -> bool:
    """Whether a text says that something comes back: every year, every other, several times a year."""
    return any(pattern.search(text) for pattern in (_YEARLY, _EVERY, _TIMES))


def rules_said(text: str) -> list[YearlyRule]:
    """What somebody means who is asked when something falls, and answers in a few words.

    As `rules_of`, but a month, a quarter or a season alone is one of every year ("desember", "andre kvartal"), years
    alone are once each ("2028 og 2030", "mai 2028"), and "fra" and "til" bound it. Empty where there is no time in the
    words, or years in the wrong order.
    """
    words = " ".join(text.split())
    first, last = (
        re.search(rf"\b(?:{word})(?: og med)?(?: år)? (20\d\d)\b", words, re.IGNORECASE) for word in ("fra|frå", "til")
    )
    bare = re.sub(r"\b(?:fra|frå|til)(?: og med)?(?: år)? 20\d\d\b", "", words, flags=re.IGNORECASE).strip()
    bare = re.sub(r"\b(ann(?:en|an|a)[- ]?(?:hver|kvar))\s+(?!år\b)", "annethvert år i ", bare, flags=re.IGNORECASE)
    found = _rules_within(bare, is_bounded=bool(first or last))
    return [rule for rule in (_bounded(rule, first, last) for rule in found) if rule is not None]


def _rules_within(words: str, *, is_bounded: bool) -> list[YearlyRule]:
    years = re.findall(r"\b20\d\d\b", words)
    if years and not is_regular(words) and not _FIRST.search(words):
        months = _months(words)
        return [
            YearlyRule(months=months, first_year=int(year), last_year=int(year), body=_body(words)) for year in years
        ]
    found = rules_of(words)
    if not found and (_months(words) or is_bounded):
        found = rules_of(f"hvert år, {words}")
    return found


def _bounded(rule: YearlyRule, first: re.Match[str] | None, last: re.Match[str] | None) -> YearlyRule | None:
    """The rule from one year to another; None where the years are in the wrong order."""
    first_year = int(first[1]) if first else rule.first_year
    last_year = int(last[1]) if last else rule.last_year
    if first_year and last_year and first_year > last_year:
        return None
    return YearlyRule(months=rule.months, n=rule.n, first_year=first_year, last_year=last_year, body=rule.body)


def rules_of(text: str) -> list[YearlyRule]:
    """When: once in each rule. Several times a year are as many rules; a text without a time has none."""
    body = _body(text)
    first = _FIRST.search(text)
    first_year = int(first[1]) if first else None
    several = _TIMES.search(text)
    if several:
        parts = _parts_of_year(several, text)
        return [YearlyRule(months=months, first_year=first_year, body=body) for months in parts]
    every = _EVERY.search(text)
    n = 0 if every is None else 2 if every["other"] else _count(every[1])
    if _ELECTION.search(text) and n in (0, 4):
        return [_AFTER_ELECTION.model_copy(update={"body": body})]
    groups = _groups_of_months(text) or [()]
    if n or _YEARLY.search(text):
        return [YearlyRule(months=months, n=n or 1, first_year=first_year, body=body) for months in groups]
    once = _ONCE.search(text)
    if once:
        return [YearlyRule(months=groups[0], first_year=int(once[1]), last_year=int(once[1]), body=body)]
    return []


def _parts_of_year(several: re.Match[str], text: str) -> list[tuple[int, ...]]:
    """The months of each of several times a year: those the text names, else equal parts of the year."""
    named = {"half": 2, "third": 3, "quarter": 4}.get(several.lastgroup or "")
    times = named or _count(several[1])
    if times not in (1, 2, 3, 4, 6):
        return []
    dated = _groups_of_months(text)
    if times == 1 or len(dated) > 1:
        # "En gang i året, innen utgangen av mars"; "i tertialrapportene per 30. april og 31. august".
        return dated or [()]
    span = 12 // times
    return [tuple(range(1 + span * part, 1 + span * (part + 1))) for part in range(times)]


def _body(text: str) -> str | None:
    found = _BODY.search(text)
    body = found[1].casefold() if found else None
    return _COUNCIL.get(body or "", body)


def _count(text: str) -> int:
    return int(text) if text.isdigit() and 0 < int(text) <= 20 else _NUMBERS.get(text.casefold(), 0)


def _months(text: str) -> tuple[int, ...]:
    """The first months a text names; none where it names none."""
    return next(iter(_groups_of_months(text)), ())


def _groups_of_months(text: str) -> list[tuple[int, ...]]:
    """The months a text names, a group for each time of the year: "i mai og november" are two, "mai/juni" is one."""
    groups: list[tuple[int, ...]] = []
    for months in map(_months_of, _WHEN.finditer(text)):
        if groups and _RANGE.search(text):
            return [tuple(range(groups[0][0], months[-1] + 1))] if groups[0][0] <= months[-1] else groups[:1]
        if groups and months == (groups[-1][-1] + 1,):
            groups[-1] = (*groups[-1], *months)
        elif months not in groups:
            groups.append(months)
    return groups


def _months_of(match: re.Match[str]) -> tuple[int, ...]:
    """The months of a month, a quarter, a half year or a season."""
    if match["month"]:
        return (MONTHS.index(match["month"].casefold()) + 1,)
    if match["quarter"]:
        number = _ordinal(match["quarter"])
        return tuple(range(number * 3 - 2, number * 3 + 1))
    if match["half"]:
        number = _ordinal(match["half"])
        return tuple(range(number * 6 - 5, number * 6 + 1))
    return (3, 4, 5) if match["spring"] else (9, 10, 11)


def _ordinal(text: str) -> int:
    return int(text[0]) if text[0].isdigit() else _ORDER[text.casefold()]
