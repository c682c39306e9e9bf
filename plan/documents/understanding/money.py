"""What the cells about money come to: cost lines, how the measure is paid for, and what could not be read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plan.cost import (
    FULL_KRONER_FROM,
    AmountWarning,
    Cost,
    cost_of_cell,
    funding,
    named_amounts,
    parse_amount,
    parse_cost_table,
    row_kind,
    split_costs,
)
from plan.deadline import Deadline
from plan.documents.understanding.candidate import Amount, Candidate, Group
from plan.documents.understanding.vocabulary import Part
from plan.draft import CostKind, CostLine, Funding

_SPLIT = re.compile(r"\b[EK]\s*[=:]|^\s*[EK]\s*$")
_NO_COST = re.compile(
    r"ikke innebærer (?:økte? |nye |ekstra )?kostnad|ikkje inneber (?:auka |nye )?kostnad|uten (?:økte? |nye |ekstra )?"
    r"kostnad|utan (?:auka |nye )?kostnad|kostnadsfri|kostnadsnøytral|uten økonomiske konsekvenser",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"innenfor (?:\w+ )?(?:eksisterende |dagens |egne? )?(?:\w+)?ramme|innanfor (?:\w+ )?ramme", re.IGNORECASE
)
_YEAR = re.compile(r"(?:\bi |\()?\b(20[1-9]\d)\b\)?:?")
_ONE_YEAR = re.compile(r"(?<!fra og med)(?<!fra)(?<!frå) i 20[1-9]\d$", re.IGNORECASE)
_BARE = re.compile(r"[\d\s]+(?:[.,]\d+)?")
_EVERY_YEAR = re.compile(r"\b(?:pr|per)\.?\s*år\b|\bårlig|\bårleg|\b(?:hvert|kvart) år\b|/ ?år\b", re.IGNORECASE)
MAX_YEARS = 20
_INVESTMENT = re.compile(r"invester", re.IGNORECASE)


def is_split(group: Group) -> bool:
    """Whether the table marks who pays ("E= 410 K= 208"): then a bare number is the municipality's own."""
    return any(
        _SPLIT.search(amount.text)
        for candidate in group.candidates
        for amount in candidate.amounts
        if amount.year is not None
    )


def costs_of(candidate: Candidate, split: bool) -> tuple[tuple[CostLine, ...], tuple[str, ...]]:
    """The cost lines of a measure, and the codes of what is doubtful about them."""
    lines: list[Cost] = []
    doubts: list[str] = []
    if candidate.cost_table:
        if candidate.cost_unit == 1_000_000:
            candidate.cost_table = _in_millions(candidate.cost_table)
        lines = parse_cost_table(candidate.cost_table, thousands=candidate.cost_unit == 1_000)
        doubts += _doubts(cell for row in candidate.cost_table[1:] for cell in row[1:])
    for amount in candidate.amounts:
        lines += _lines(amount, split)
        is_read = amount.value is not None or bool(_stated(amount.text))
        doubts += _doubts([amount.text] if not is_read else [], thousands=amount.unit == 1_000)
        if amount.value is not None and amount.unit == 1_000 and abs(amount.value) >= FULL_KRONER_FROM:
            doubts.append(AmountWarning.FULL_KRONER_ASSUMED.value)
    lines = _without_total(lines)
    text = candidate.texts.get(Part.COST)
    if text:
        lines += [each for each in split_labels(text) if each.amount_nok is not None or not lines]
        doubts += _doubts([text] if not _stated(text) else [])
    made = tuple(
        CostLine(year=line.year, kind=line.kind, amount_nok=line.amount_nok, text=line.text[:2_000] or None)
        for line in lines
    )
    return made, tuple(dict.fromkeys(doubts))


def spread(candidate: Candidate, costs: tuple[CostLine, ...], deadline: Deadline) -> tuple[CostLine, ...]:
    """A cost that is said to be one of every year as a line for each, where the deadline names the first and last."""
    texts = [*(amount.text for amount in candidate.amounts), candidate.texts.get(Part.COST) or ""]
    filled = [text for text in texts if re.search(r"\d", text)]
    is_yearly = len(filled) == 1 and _EVERY_YEAR.search(filled[0]) is not None
    if not is_yearly or len(costs) != 1 or costs[0].year is not None or not costs[0].amount_nok:
        return costs
    first, last = deadline.start, deadline.due
    if first is None or last is None or not 0 < last.year - first.year <= MAX_YEARS:
        return costs
    return tuple(costs[0].model_copy(update={"year": year}) for year in range(first.year, last.year + 1))


def _without_total(lines: list[Cost]) -> list[Cost]:
    """The lines without one that only sums up those of the years; it also tells when they are in thousands."""
    dated = [line for line in lines if line.year is not None and line.amount_nok]
    totals = [line for line in lines if line.year is None and line.amount_nok and line.kind is CostKind.SPENDING]
    years = sum(line.amount_nok or 0 for line in dated)
    if len(totals) != 1 or not dated or any(line.kind is not CostKind.SPENDING for line in dated):
        return lines
    if totals[0].amount_nok == years:
        return [line for line in lines if line is not totals[0]]
    if totals[0].amount_nok == years * 1_000:
        thousands = [replace(line, amount_nok=line.amount_nok * 1_000) for line in dated if line.amount_nok]
        return [line for line in lines if line is not totals[0] and line not in dated] + thousands
    return lines


def funding_of(candidate: Candidate, costs: Sequence[CostLine], headings: Iterable[str]) -> Funding:
    """How a measure is paid for: an amount if one is stated, else what the words say, else what the heading says."""
    if any(line.amount_nok for line in costs):
        return Funding.AMOUNT
    words = " ".join(filter(None, (candidate.texts.get(Part.COST), candidate.texts.get(Part.FUNDING))))
    said = funding(words) if words else Funding.UNKNOWN
    if any(line.kind is CostKind.EXTERNAL and line.amount_nok is None for line in costs):
        return Funding.EXTERNAL
    if said not in (Funding.UNKNOWN, Funding.AMOUNT):
        return said
    if costs and all(line.amount_nok == 0 for line in costs):
        return Funding.NONE
    for line in costs:
        by_line = funding(line.text or "")
        if by_line not in (Funding.UNKNOWN, Funding.AMOUNT):
            return by_line
    return _by_headings(headings)


def _by_headings(headings: Iterable[str]) -> Funding:
    for heading in headings:
        if _NO_COST.search(heading):
            return Funding.NONE
        if _FRAME.search(heading):
            return Funding.FRAMEWORK
    return Funding.UNKNOWN


def split_labels(text: str) -> list[Cost]:
    """A text about cost without a year. Each line of it is read alone if that gives more amounts."""
    if stated := _stated(text):
        return stated
    whole = [cost_of_cell(text, None, CostKind.SPENDING, text)]
    by_line = [cost_of_cell(line, None, CostKind.SPENDING, line) for line in text.split("\n") if line.strip()]
    return by_line if whole[0].amount_nok is None and any(line.amount_nok is not None for line in by_line) else whole


def _stated(text: str, year: int | None = None, *, thousands: bool = False) -> list[Cost]:
    """The amounts of a text that says of each what year or what kind it is; none where it says neither.

    `year` is the one that stands beside the text, and then those within it are no years of amounts.
    """
    dated = _by_year(text, thousands=thousands) if year is None else []
    return dated or [replace(cost, year=year) for cost in named_amounts(text, thousands=thousands)]


def _by_year(text: str, *, thousands: bool = False) -> list[Cost]:
    """The amounts of a text that gives one for each of several years ("2024: 100 000, 2025: 150 000"); else none."""
    found: list[Cost] = []
    for part in re.split(r"[;\n]|,\s+|\s+og\s+|\s+(?=20\d\d\s*[:=])", text.strip(" .")):
        years = _YEAR.findall(part)
        amount = parse_amount(_YEAR.sub(" ", part), thousands=thousands)
        if len(years) != 1 or amount.amount_nok is None or amount.warnings:
            return []
        found.append(Cost(int(years[0]), CostKind.SPENDING, amount.amount_nok, part.strip()))
    is_one = len(found) == 1 and _ONE_YEAR.search(text.strip(" .")) is not None
    return found if is_one or len({cost.year for cost in found}) == len(found) > 1 else []


def _in_millions(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """A table of costs below its head with the unit in each cell that has none."""
    head, *body = rows
    said = [(row[0], *(f"{cell} mill" if _BARE.fullmatch(cell) else cell for cell in row[1:])) for row in body]
    return (tuple(head), *said)


def _lines(amount: Amount, split: bool) -> list[Cost]:
    thousands = amount.unit == 1_000
    if split and amount.year is not None:
        return split_costs(amount.text, amount.year, thousands=thousands)
    if not re.search(r"\w", amount.text):
        return []
    if stated := _stated(amount.text, amount.year, thousands=thousands):
        return stated
    kind = row_kind(amount.head) or CostKind.SPENDING
    if _INVESTMENT.search(amount.text):
        kind = CostKind.INVESTMENT
    if amount.value is not None:
        unit = 1 if thousands and abs(amount.value) >= FULL_KRONER_FROM else amount.unit
        return [Cost(amount.year, kind, round(amount.value * unit), amount.head)]
    text = f"{amount.text} mill" if amount.unit == 1_000_000 and _BARE.fullmatch(amount.text) else amount.text
    return [cost_of_cell(text, amount.year, kind, amount.head, thousands=thousands)]


def _doubts(cells: Iterable[str], *, thousands: bool = False) -> list[str]:
    found = [parse_amount(cell, thousands=thousands) for cell in cells if re.search(r"\d", cell)]
    return [warning.value for amount in found for warning in amount.warnings]
