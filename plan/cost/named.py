"""Several amounts in one text that each say what they are: "Utgift 22 mill. kr, inntekt 18 mill. kr"."""

import re

from plan.cost.amount import AmountWarning, parse_amount
from plan.cost.funding import is_sum, row_kind
from plan.cost.table import Cost
from plan.draft import CostKind

_BETWEEN = re.compile(r"[;\n()]|,\s+|\.\s+(?=[A-ZÆØÅa-zæøå])|\s+(?:og|hvorav|herav|derav|minus)\s+", re.IGNORECASE)
_SIGNS = re.compile(r"[\d.,:'+-]+|\b(?:kr|kroner|nok|mill|millioner|mnok|tkr|tusen|fra|frå|i|til|på|ca|er)\b\.?")
_IN_DOUBT = {AmountWarning.SEVERAL, AmountWarning.RANGE, AmountWarning.AMBIGUOUS, AmountWarning.LOOKS_LIKE_YEAR}


def named_amounts(text: str, *, thousands: bool = False) -> list[Cost]:
    """The amounts of a text that has several of different kinds; none where anything about them is open.

    The first may be without a name: it is what the measure costs.
    """
    parts = [part.strip() for part in _BETWEEN.split(text) if re.search(r"\d", part)]
    lines: list[Cost] = []
    for part in parts:
        amount = parse_amount(part, thousands=thousands)
        kind = _kind(part)
        if amount.amount_nok is None or _IN_DOUBT & set(amount.warnings) or (kind is None and lines):
            return []
        lines.append(Cost(None, kind or CostKind.SPENDING, amount.amount_nok, part))
    kinds = {line.kind for line in lines}
    return lines if len(lines) == len(kinds) > 1 else []


def _kind(part: str) -> CostKind | None:
    words = " ".join(_SIGNS.sub(" ", part.lower()).split())
    return CostKind.SPENDING if is_sum(words) else row_kind(words)
