"""Small tables of money: years as columns, or as rows, with sections and sums."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plan.cost.amount import parse_amount
from plan.cost.funding import funding, is_sum, row_kind
from plan.draft import CostKind, Funding

Rows = Sequence[Sequence[str]]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_THOUSANDS = re.compile(r"1\s?000\s?kr|1\.000\s?kr|i tusen|\btkr\b|\bt\.kr|\bhele tusen|\bheile tusen|kr 1\s?000\b")
_NOTHING = frozenset({"", "-", "–", "—", "−", "--", "----"})


@dataclass(frozen=True)
class Cost:
    """One amount of one kind in one year, in whole kroner.

    `amount_nok` is None where none is stated or it cannot be read. `text` is what the plan calls the
    line, or the cell verbatim where no amount was read.
    """

    year: int | None
    kind: CostKind
    amount_nok: int | None
    text: str

    def to_json(self) -> dict[str, Any]:
        """The object of the `plan read --json` contract."""
        return {"year": self.year, "kind": self.kind.value, "amount_nok": self.amount_nok, "text": self.text}


def parse_cost_table(rows: Rows, *, thousands: bool = False) -> list[Cost]:
    """The lines of a table with a label in the first column and a year over each of the others.

    A row with a label and no amounts opens a section ("Utgifter", "Inntekter") and gives its kind to
    the rows under it. Sums are left out unless nothing else is stated. A row that no word explains is
    spending. Years in the first column and kinds over the others work too.
    """
    upright = _upright(rows)
    columns, body = _year_columns(upright)
    in_thousands = thousands or any(_THOUSANDS.search(cell.lower()) for row in upright for cell in row)
    lines: list[Cost] = []
    sums: list[Cost] = []
    section: CostKind | None = None
    for row in body:
        label = row[0] if row else ""
        cells = {year: row[column].strip() for column, year in columns.items() if column < len(row)}
        if all(cell in _NOTHING for cell in cells.values()):
            section = row_kind(label) or section
            continue
        kind = _kind(label, section)
        target = sums if is_sum(label) else lines
        for year, cell in cells.items():
            if cell not in _NOTHING:
                target.append(cost_of_cell(cell, year, kind, label, thousands=in_thousands))
    return lines or sums


def cost_of_cell(cell: str, year: int | None, kind: CostKind, label: str, *, thousands: bool = False) -> Cost:
    """One cell of a row: an amount of the row's kind, or words that say who pays."""
    amount = parse_amount(cell, thousands=thousands).amount_nok
    if amount is not None:
        return Cost(year, kind, amount, _collapsed(label))
    if funding(cell) in (Funding.EXTERNAL, Funding.PROJECT):
        kind = CostKind.EXTERNAL
    return Cost(year, kind, None, _collapsed(cell))


def split_costs(cell: str, year: int | None, *, thousands: bool = False) -> list[Cost]:
    """A cell of a table that marks who pays: "E= 410 K= 208" is spending, income and own money.

    "E" alone is external money of an unstated amount, and a bare number the municipality's own.
    """
    amount = parse_amount(cell, thousands=thousands)
    text = _collapsed(cell)
    if text in _NOTHING:
        return []
    if amount.amount_nok is None:
        kind = CostKind.EXTERNAL if funding(cell) in (Funding.EXTERNAL, Funding.PROJECT) else CostKind.SPENDING
        return [Cost(year, kind, None, text)]
    own = amount.own_nok if amount.is_split else amount.amount_nok
    costs = [Cost(year, CostKind.SPENDING, amount.amount_nok, text)]
    if amount.external_nok is not None:
        costs.append(Cost(year, CostKind.INCOME, amount.external_nok, text))
    if own is not None:
        costs.append(Cost(year, CostKind.OWN, own, text))
    return costs


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _kind(label: str, section: CostKind | None) -> CostKind:
    own = row_kind(label)
    if section is CostKind.SPENDING:
        # "Tilskudd til lag" among the expenses is money given, not received.
        return CostKind.INVESTMENT if own is CostKind.INVESTMENT else CostKind.SPENDING
    if section is CostKind.INVESTMENT and own in (None, CostKind.SPENDING):
        return CostKind.INVESTMENT
    if section is CostKind.INCOME and own in (None, CostKind.SPENDING):
        return CostKind.INCOME
    return own or section or CostKind.SPENDING


def _upright(rows: Rows) -> list[list[str]]:
    """The table with its years in a row: turned if they stand in the first column instead."""
    table = [[cell or "" for cell in row] for row in rows]
    years_down = sum(1 for row in table if row and _only_year(row[0]))
    years_across = max((sum(1 for cell in row[1:] if _only_year(cell)) for row in table), default=0)
    if not years_down or years_across:
        return table
    width = max(len(row) for row in table)
    return [[row[column] if column < len(row) else "" for row in table] for column in range(width)]


def _only_year(cell: str) -> int | None:
    """The year a heading is about, if it names exactly one."""
    years = set(_YEAR.findall(cell))
    return int(years.pop()) if len(years) == 1 and len(cell.strip()) <= 30 else None


def _year_columns(table: list[list[str]]) -> tuple[dict[int, int | None], list[list[str]]]:
    """Which column is which year, and the rows below; without years two columns are label and amount."""
    for place, row in enumerate(table):
        years = {column: _only_year(cell) for column, cell in enumerate(row) if column and _only_year(cell)}
        if years:
            first_of: dict[int | None, int] = {}
            for column, year in years.items():
                first_of.setdefault(year, column)
            return {column: year for year, column in first_of.items()}, table[place + 1 :]
    return ({1: None} if table and max(map(len, table)) == 2 else {}), table
