"""Kroner as plans write them: "250. 000,-", "1,4 mil", "kr 4 000", "500'", "E= 410 K= 208"."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

LARGEST_NOK = 10**10  # more than any measure of any plan: then two amounts were read as one
LONGEST = 500  # characters; a longer cell is prose
FULL_KRONER_FROM = 100_000  # nobody fills "400.000" into a column of thousands and means 400 million


class AmountWarning(StrEnum):
    """A doubt about an amount; whoever shows it finds its sentence in the templates."""

    NOT_READ = "amount_not_read"  # there is text, and no single amount in it
    RANGE = "amount_range"  # from one amount to another
    SEVERAL = "several_amounts"  # more than one, and nothing says which counts
    APPROXIMATE = "amount_approximate"  # "ca.", "inntil"
    PER_YEAR = "amount_per_year"  # each year, or each time, and not in all
    AMBIGUOUS = "amount_ambiguous"  # "250,000": a thousand separator or decimals
    SCALE_MISSING = "amount_scale_missing"  # "1,4" of what?
    LOOKS_LIKE_YEAR = "amount_looks_like_year"  # a bare 2021
    FULL_KRONER_ASSUMED = "amount_full_kroner_assumed"  # whole kroner in a column of thousands


@dataclass(frozen=True)
class Amount:
    """An amount in whole kroner, or None with the reason; `text` is what was printed.

    Where the cell splits it ("E= 410 K= 208") `external_nok` and `own_nok` are its parts.
    """

    amount_nok: int | None
    text: str
    warnings: tuple[AmountWarning, ...] = ()
    external_nok: int | None = None
    own_nok: int | None = None

    @property
    def is_split(self) -> bool:
        """Whether the cell says who pays what."""
        return self.external_nok is not None or self.own_nok is not None


@dataclass(frozen=True)
class _Figure:
    """One number found in a text, in kroner as written.

    `marked` is whether it says that it is money, `bare` whether it is nothing but digits.
    """

    value: Decimal
    marked: bool
    bare: bool
    scaled: bool
    warnings: tuple[AmountWarning, ...]
    start: int
    end: int


_NUMBER = re.compile(
    r"""(?<!\d)(?<!\d[.,])(?<!§)(?<!§[ ])(?P<sign>(?<![\w)])-)?
        (?P<whole>\d{1,3}(?:[.'][ ]?\d{3}|[ ]\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+)
        (?P<decimals>[,.]\d{1,2}(?!\d))?""",
    re.VERBOSE,
)
_PREFIX = re.compile(r"(?P<scale>mnok|mill\.?|tnok|tkr\.?|t\.kr\.?)?[ ]*(?P<money>kr\.?|nok|kroner)?[ ]*:?[ ]*$")
_SUFFIX = re.compile(
    r"""[ ]?(?P<round>[.,][ ]?-+)?
        [ ]*(?P<scale>millioner|million|millionar|milliarder|milliard|mrd|mnok|mill|mil|mio|m|tusen|tkr|tnok|kkr|k|')?
        (?![^\W\d_])\.?[ ]*(?P<money>kroner|krone|kr|nok)?(?![^\W\d_])""",
    re.VERBOSE,
)
_SCALES = {
    **dict.fromkeys(("millioner", "million", "millionar", "mnok", "mill", "mil", "mio", "m"), 1_000_000),
    **dict.fromkeys(("tusen", "tkr", "t.kr", "tnok", "kkr", "k", "'"), 1_000),
    **dict.fromkeys(("milliarder", "milliard", "mrd"), 1_000_000_000),
}
_NOT_MONEY = re.compile(
    r"""[ ]*(?:%|prosent|årsverk|stillinger|stilling|stk|timer|time|personer|barn|unge|elever|dager|dagar|uker
        |år\b|års|mnd|måned|klasse|\.?[ ]?trinn|\.[ ]?kl|ganger|gonger|gang\b|gong\b|kvartal|halvår|plasser|ansatte)""",
    re.VERBOSE,
)
_SPLIT = re.compile(r"\b(?P<payer>[ek])\s*[=:]\s*(?P<amount>[^ek]*)")
_FRACTIONS = {"½": ",5", "¼": ",25", "¾": ",75"}
_RANGE_BETWEEN = re.compile(r"\s*(?:-|til|eller)\s*(?:kr\.?|nok)?\s*")
_ABOUT = re.compile(
    r"\b(?:ca|cirka|omtrent|omlag|om lag|rundt|inntil|minst|maks|min|anslagsvis|stipulert|anslått"
    r"|minimum|maksimum|maksimalt|opptil|opp til|(?:over|under) (?:kr\.? ?)?(?=\d[\d. ]*(?:\d{3}|mi)))\b"
    r"|[<>] ?(?:kr\.? ?)?\d|(?:\d|,-|kr) ?\+ ?(?!mva|moms)[^\W\d_]|[^\W\d_] ?\+ ?(?:kr\.? ?)?\d"
)
"""About, at least, at most, or an amount with something beside it that none is stated for ("200 000 + drift")."""
_THOUSANDS = re.compile(r"\((?:tall |beløp )?(?:i )?(?:hele )?(?:tusen|1[ .]?000)(?: ?kr\w*\.?)?\)")
_PER_YEAR = re.compile(
    r"\b(?:pr|per)\.?\s*(?:år|gang|gong|mnd|måned|stk|barn|elev|person|deltaker|deltakar|time|møte|samling|kurs"
    r"|innbygger|innbyggjar|hode|bruker|brukar|plass|enhet|eining)\b|årlig|årleg|\bi året\b|/ ?år\b"
)
_MULTIPLIED = re.compile(r"\d\s*[x×*]\s*(?:kr\.?\s*)?\d|\b[áàa]\s*(?:kr\.?\s*)?\d")


def parse_amount(text: str | None, *, thousands: bool = False) -> Amount:
    """Read the one amount in a text. `thousands` where its column or heading says 1000 kr.

    Without a single amount `amount_nok` is None: with a warning where there is something to read, and
    without one where there is nothing or only words.
    """
    source = text or ""
    if len(source) > LONGEST:
        return Amount(None, source, (AmountWarning.NOT_READ,))
    even = _even(source)
    thousands = thousands or _THOUSANDS.search(even) is not None
    even = _THOUSANDS.sub(" ", even)
    split = _split_amount(source, even, thousands)
    if split is not None:
        return split
    figures = _figures(even)
    money = _money_among(figures, even)
    doubt = _why_not_one(even, figures, money)
    if doubt is not None:
        return Amount(None, source, doubt)
    nok, warnings = _kroner(money[0], thousands)
    return Amount(nok, source, (*warnings, *_circumstances(even)))


def _even(text: str) -> str:
    for fraction, decimals in _FRACTIONS.items():
        text = re.sub(rf"(?<=\d)\s*{fraction}", decimals, text).replace(fraction, f"0{decimals}")
    even = unicodedata.normalize("NFKC", text).lower()
    even = re.sub(r"[‐‑‒–—−]", "-", even)
    even = re.sub(r"[’‘´`′]", "'", even)
    even = re.sub(r"(?<=\d) 1[/⁄]2(?=\s*mi)", ",5", even)
    even = re.sub(r"(?<![\d/])1[/⁄]2(?=\s*mi)", "0,5", even)
    return " ".join(even.split())


def _split_amount(source: str, even: str, thousands: bool) -> Amount | None:
    """ "E= 410 K= 208": external and the municipality's own; None where the cell does not split."""
    parts: dict[str, int] = {}
    for found in _SPLIT.finditer(even):
        amount = parse_amount(found["amount"].strip(" ,;+"), thousands=thousands)
        if amount.amount_nok is None or found["payer"] in parts:
            return None
        parts[found["payer"]] = amount.amount_nok
    if not parts:
        return None
    return Amount(sum(parts.values()), source, external_nok=parts.get("e"), own_nok=parts.get("k"))


def _figures(even: str) -> list[_Figure]:
    found: list[_Figure] = []
    for match in _NUMBER.finditer(even):
        suffix = _SUFFIX.match(even, match.end())
        prefix = _PREFIX.search(even, 0, match.start())
        if _NOT_MONEY.match(even, match.end()) or suffix is None or prefix is None:
            continue
        found.append(_figure(match, prefix, suffix))
    return found


def _figure(match: re.Match[str], prefix: re.Match[str], suffix: re.Match[str]) -> _Figure:
    scale = suffix["scale"] or (prefix["scale"] or "").rstrip(".") or None
    whole, decimals, ambiguous = _whole_and_decimals(match, scale)
    value = Decimal(f"{whole}.{decimals or 0}") * _SCALES.get(scale or "", 1)
    money = bool(scale or prefix["money"] or suffix["money"] or suffix["round"])
    warnings = (AmountWarning.AMBIGUOUS,) if ambiguous else ()
    value = -value if match["sign"] else value
    return _Figure(value, money, match[0].isdigit(), scale is not None, warnings, match.start(), suffix.end())


def _whole_and_decimals(match: re.Match[str], scale: str | None) -> tuple[str, str, bool]:
    """The digits before and after the decimal sign, and whether that could be read otherwise."""
    whole, decimals = match["whole"], (match["decimals"] or "")[1:]
    groups = re.findall(r"\d+", whole)
    if "," in whole and len(groups) == 2:
        if scale is not None and not decimals:
            return groups[0], groups[1], False
        return "".join(groups), decimals, True
    return "".join(groups), decimals, False


def _money_among(figures: list[_Figure], even: str) -> list[_Figure]:
    """Those that say they are money or are large enough; else the one that is the whole text."""
    money = [figure for figure in figures if figure.marked or (abs(figure.value) >= 1000 and not _is_year(figure))]
    if money:
        return money
    words = re.sub(r"\W", "", _PER_YEAR.sub("", _ABOUT.sub("", even)))
    return figures if not re.search(r"[^\W\d_]", words) else []


def _is_year(figure: _Figure) -> bool:
    return figure.bare and not figure.marked and 1990 <= figure.value <= 2099 and figure.value != 2000


def _why_not_one(even: str, figures: list[_Figure], money: list[_Figure]) -> tuple[AmountWarning, ...] | None:
    """Why the text has no single amount, or None if it has one."""
    if not money:
        return (AmountWarning.NOT_READ,) if re.search(r"\d", even) else ()
    if any(_RANGE_BETWEEN.fullmatch(even, one.end, two.start) for one, two in pairwise(figures)):
        return (AmountWarning.RANGE,)
    if len(money) > 1 or _MULTIPLIED.search(even):
        return (AmountWarning.SEVERAL,)
    return None


def _kroner(figure: _Figure, thousands: bool) -> tuple[int | None, tuple[AmountWarning, ...]]:
    value, warnings = figure.value, figure.warnings
    if thousands and not figure.scaled:
        if figure.marked or abs(value) >= FULL_KRONER_FROM:
            warnings = (*warnings, AmountWarning.FULL_KRONER_ASSUMED)
        else:
            value *= 1000
    elif _is_year(figure):
        warnings = (*warnings, AmountWarning.LOOKS_LIKE_YEAR)
    if not figure.marked and value != value.to_integral_value() and abs(value) < 1_000:
        return None, (*warnings, AmountWarning.SCALE_MISSING)
    if abs(value) > LARGEST_NOK:
        return None, (*warnings, AmountWarning.NOT_READ)
    return int(value.to_integral_value(ROUND_HALF_UP)), warnings


def _circumstances(even: str) -> tuple[AmountWarning, ...]:
    about = (AmountWarning.APPROXIMATE,) if _ABOUT.search(even) else ()
    each = (AmountWarning.PER_YEAR,) if _PER_YEAR.search(even) else ()
    return about + each
