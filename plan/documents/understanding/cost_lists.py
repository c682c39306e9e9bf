"""Tables of money that name measures by their number alone: what the measures cost, told in a chapter of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence

from plan.documents.blocks import Table
from plan.documents.understanding.candidate import Amount, Candidate
from plan.documents.understanding.head import Column, Head, head_at
from plan.documents.understanding.measure_rows import amount_in
from plan.documents.understanding.numbering import bare_ref, is_ref
from plan.documents.understanding.outline import Placed
from plan.documents.understanding.vocabulary import Part

_OWN = (Part.RESPONSIBLE, Part.DEADLINE, Part.DESCRIPTION, Part.FOREIGN)


def take_costs(placed: Sequence[Placed], candidates: Sequence[Candidate]) -> None:
    """Give the measures without costs those that a table of money states for their numbers."""
    counts = Counter(candidate.ref for candidate in candidates if candidate.ref)
    by_ref = {candidate.ref: candidate for candidate in candidates if candidate.ref and counts[candidate.ref] == 1}
    for each in placed:
        if not isinstance(each.block, Table):
            continue
        costs = dict(_costs_in(each.block, each.around.unit))
        known = costs.keys() & by_ref.keys()
        # Numbers that are mostly not those of measures number something else.
        if len(known) * 2 <= len(costs):
            continue
        for ref in known:
            candidate = by_ref[ref]
            if not candidate.amounts and not candidate.cost_table and Part.COST not in candidate.texts:
                candidate.amounts = costs[ref]


def _costs_in(table: Table, unit: int) -> Iterator[tuple[str, list[Amount]]]:
    """The number and the amounts of each row, where a table has a column of numbers and else only money."""
    head = head_at(table, 0, unit) if table.rows else None
    number = _number_column(table, head) if head is not None else None
    if head is None or number is None:
        return
    money = [*head.having(Part.YEAR), *head.having(Part.COST)]
    for row in table.rows[head.end :]:
        amounts = [amount_in(column, row[column.index]) for column in money if row[column.index].text]
        if amounts and is_ref(row[number.index].text):
            yield bare_ref(row[number.index].text), amounts


def _number_column(table: Table, head: Head) -> Column | None:
    """The column of a table of money that holds the numbers of measures, and no other column tells of them."""
    if head.parts & set(_OWN) or not head.parts & {Part.YEAR, Part.COST}:
        return None
    columns = [*head.having(Part.REF), *head.having(Part.TITLE)]
    if len(columns) != 1:
        return None
    texts = [row[columns[0].index].text for row in table.rows[head.end :]]
    return columns[0] if sum(map(is_ref, texts)) * 10 >= len(texts) * 6 else None
