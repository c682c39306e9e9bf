"""Finding national identity numbers in what people write, and removing them before anything is stored.

An ordinary number (fødselsnummer) is DDMMYYIIIKK. A D-number has 40 added to the day, an FH-number begins with 8 or
9, synthetic numbers have 40, 65 or 80 added to the month, and from 2032 the first check digit may be any of four
(Skatteetaten, "Nytt fødselsnummer"; Folkeregisterforskriften § 2-2-1). The last check digit always stands.
"""

import re
from copy import deepcopy
from typing import Any

REDACTED = "redacted_identity_number"
PLACEHOLDER = "█" * 11
TEXTS = ("text", "caption", "file_name", "title", "first_name", "last_name")
CANDIDATE = re.compile(r"(?<![0-9])[0-9]{6}[ \u00a0.\u2009-]?[0-9]{5}(?![0-9])")
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
LAST_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
FIRST_REMAINDERS = (0, 1, 2, 3)
MONTH_ADDITIONS = (0, 40, 65, 80)


def redact(update: dict[str, Any]) -> dict[str, Any]:
    """A copy of an update (Bot API `Update` as JSON) without identity numbers.

    A message that held one carries the mark `redacted_identity_number`, so that its handler can refuse it.
    """
    clean = deepcopy(update)
    for part in list(clean.values()):
        if isinstance(part, dict) and _redact_within(part):
            part[REDACTED] = True
    return clean


def find(text: str) -> list[str]:
    """The identity numbers in a text, as they are written there."""
    return [found.group() for found in CANDIDATE.finditer(text) if _is_identity_number(found.group())]


def _redact_within(part: dict[str, Any]) -> bool:
    """Replace identity numbers in every text of a part, at any depth; True if there was one."""
    hit = False
    for name, value in part.items():
        if isinstance(value, str) and name in TEXTS:
            for number in find(value):
                part[name] = part[name].replace(number, PLACEHOLDER[: len(number)])
                hit = True
        elif isinstance(value, dict):
            hit = _redact_within(value) or hit
        elif isinstance(value, list):
            hits = [_redact_within(item) for item in value if isinstance(item, dict)]
            hit = hit or any(hits)
    return hit


def _is_identity_number(written: str) -> bool:
    digits = [int(character) for character in written if character in "0123456789"]
    return len(digits) == 11 and _has_check_digits(digits) and (_has_birth_date(digits) or digits[0] in {8, 9})


def _has_check_digits(digits: list[int]) -> bool:
    first = sum(weight * digit for weight, digit in zip(FIRST_WEIGHTS, digits, strict=False)) % 11
    last = sum(weight * digit for weight, digit in zip(LAST_WEIGHTS, digits, strict=True)) % 11
    return first in FIRST_REMAINDERS and last == 0


def _has_birth_date(digits: list[int]) -> bool:
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    return 1 <= (day - 40 if day > 40 else day) <= 31 and any(
        1 <= month - addition <= 12 for addition in MONTH_ADDITIONS
    )
