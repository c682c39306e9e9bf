"""What single letters in a plan's columns stand for, where the plan explains them ("T = Teknisk, O = Oppvekst")."""

import re
from collections.abc import Iterable

from plan.documents.blocks import Block, Paragraph

_PAIR = re.compile(
    r"(?:^|(?<=[\s,;.(|]))([A-ZÆØÅ])\s*[=:]\s*([A-ZÆØÅ][^=:;\n|]{1,60}?)"
    r"(?=[,;.|]?\s+(?:og\s+)?[A-ZÆØÅ]\s*[=:]|\s*[;\n|]|[.)]?\s*$)"
)
_LONGEST = 1_000


def legend_of(blocks: Iterable[Block]) -> dict[str, str]:
    """The names by their letters, from lines that explain two or more. Longer short forms ("HO") are names in use."""
    found: dict[str, str] = {}
    for block in blocks:
        pairs = _PAIR.findall(block.text[:_LONGEST]) if isinstance(block, Paragraph) else []
        if len(pairs) > 1:
            found |= {letter: name.strip(" ,.") for letter, name in pairs}
    return found
