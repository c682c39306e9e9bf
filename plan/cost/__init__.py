"""Money in plans: amounts in every usual writing, how a measure is paid for, tables of costs."""

from plan.cost.amount import FULL_KRONER_FROM, Amount, AmountWarning, parse_amount
from plan.cost.funding import funding, is_sum, row_kind
from plan.cost.named import named_amounts
from plan.cost.table import Cost, cost_of_cell, parse_cost_table, split_costs

__all__ = [
    "FULL_KRONER_FROM",
    "Amount",
    "AmountWarning",
    "Cost",
    "cost_of_cell",
    "funding",
    "is_sum",
    "named_amounts",
    "parse_amount",
    "parse_cost_table",
    "row_kind",
    "split_costs",
]
