"""Whether a result target is reached, in one line: "2.1 delvis: vi nådde 60 %". Bokmål and nynorsk."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Assessed:
    """What one line says: the goal's number, the assessment (None: not understood, or not said) and the reason.

    `value` is one of `storage.tables.attainments.ATTAINMENTS`.
    """

    ref: str
    value: str | None
    reason: str


_REACHED = r"(?:opp)?nådd|oppfylt|innfridd|i mål"
_VALUES = (
    ("not_attained", rf"(?:ikke|ikkje)(?:\s+(?:{_REACHED}))?|nei"),
    ("partly_attained", rf"(?:delvis|dels)(?:\s+(?:{_REACHED}))?"),
    ("attained", rf"{_REACHED}|ja"),
)


def read(words: str) -> Assessed:
    """The line as it was meant; what stands after the assessment is the reason for it."""
    ref, _, rest = words.strip().partition(" ")
    rest = rest.strip()
    for value, pattern in _VALUES:
        found = re.match(rf"(?:er\s+)?(?:{pattern})(?!\w)\s*[:;,.–-]?\s*", rest, re.IGNORECASE)
        if found:
            return Assessed(ref, value, rest[found.end() :].strip())
    return Assessed(ref, None, rest)
