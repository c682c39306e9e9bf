"""Finding national identity numbers in what people write, and removing them before anything is stored.

An ordinary number (fødselsnummer) is DDMMYYIIIKK. A D-number has 40 added to the day, an FH-number begins with 8 or
9, synthetic numbers have 40, 65 or 80 added to the month, and from 2032 the first check digit may be any of four
(Skatteetaten, "Nytt fødselsnummer"; Folkeregisterforskriften § 2-2-1). The last check digit always stands.
"""

import re
import unicodedata
from copy import deepcopy
from typing import Any

REDACTED = "redacted_identity_number"
BLOCK = "█"
# Written by Telegram and never by a person: names of files in its store, of presses and of kinds.
TELEGRAMS_OWN = {"id", "file_id", "file_unique_id", "chat_instance", "custom_emoji_id", "type", "language_code"}
# What somebody else has written, or the person before: cleaned, and no fault of this message.
QUOTED = {"reply_to_message", "external_reply", "quote"}
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
LAST_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
FIRST_REMAINDERS = (0, 1, 2, 3)
MONTH_ADDITIONS = (0, 40, 65, 80)
# What people put between the groups: spaces, dots, dashes, slashes, and marks that are not seen.
_BETWEEN = r"[\s.\-/:\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\ufeff]{0,3}"
_GROUPS = _BETWEEN.join(("[0-9]{2}", "[0-9]{2}", "[0-9]{2}", "[0-9]{3}", "[0-9]{2}"))
# A look-ahead, since a candidate that is none may begin inside the number before it.
_CANDIDATE = re.compile(rf"(?<![0-9])(?=({_GROUPS})(?![0-9]))")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def redact(update: dict[str, Any]) -> dict[str, Any]:
    """A copy of an update (Bot API `Update` as JSON) without identity numbers, and without what no database stores.

    A message that held one carries the mark `redacted_identity_number`, so that its handler can refuse it.
    """
    clean = deepcopy(update)
    for part in list(clean.values()):
        if isinstance(part, dict) and _redact_within(part):
            part[REDACTED] = True
    return clean


def find(text: str) -> list[str]:
    """The identity numbers in a text, as they are written there."""
    return [text[start:end] for start, end in _spans(text)]


def is_in(value: Any) -> bool:
    """Whether any text of a value of JSON holds an identity number."""
    if isinstance(value, str):
        return bool(find(value))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(is_in, inner))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the identity numbers of a text are. Digits of every script count."""
    plain = text if text.isascii() else "".join(map(_plain_digit, text))
    return [match.span(1) for match in _CANDIDATE.finditer(plain) if _is_identity_number(match.group(1))]


def _plain_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _redact_within(part: dict[str, Any]) -> bool:
    """Replace identity numbers in every text of a part, at any depth; True if there was one outside of quotes."""
    hit = False
    for name, value in part.items():
        if name not in TELEGRAMS_OWN:
            part[name], found = _redacted(value)
            hit = hit or (found and name not in QUOTED)
    return hit


def _redacted(value: Any) -> tuple[Any, bool]:
    """A value without identity numbers, and whether there was one."""
    if isinstance(value, str):
        return _redacted_text(value)
    if isinstance(value, dict):
        return value, _redact_within(value)
    if isinstance(value, list):
        items = [_redacted(item) for item in value]
        return [item for item, _hit in items], any(hit for _item, hit in items)
    return value, False


def _redacted_text(text: str) -> tuple[str, bool]:
    """Blocks in place of digits; the length stays, so that Telegram's offsets still fit."""
    text = _UNSTORABLE.sub("\ufffd", text)
    spans = _spans(text)
    for start, end in spans:
        text = text[:start] + BLOCK * (end - start) + text[end:]
    return text, bool(spans)


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
