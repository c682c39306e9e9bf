"""How plans number their measures and goals, as text: "2.10" is not 2.1."""

import re
from dataclasses import dataclass

_REF = r"(?:[A-ZÆØÅ]{1,4}[ .-]?)?\d{1,3}(?:[.-]\d{1,3}){0,3}[a-zæøå]?"
_WHOLE = re.compile(rf"(?:tiltak(?:\s*nr\.?)?\s*)?({_REF}|[A-ZÆØÅa-zæøå]|[IVX]{{1,5}})[.):]?", re.IGNORECASE)
_NUMBERED = re.compile(rf"({_REF})(?:[.):]+\s*|\s+[-–:]\s*|\s+)(?=\S)(.*)", re.DOTALL)
_LETTERED = re.compile(r"([A-ZÆØÅa-zæøå]|[ivx]{1,4})[.)]\s+(\S.*)", re.DOTALL)
_HEAD = re.compile(
    rf"(?:tiltak|aktivitet)\s*(?:nr\.?\s*|nummer\s*)?({_REF}|[A-ZÆØÅ])(?:\s*[:.)–-]+\s*|\s+|$)(.*)",
    re.DOTALL | re.IGNORECASE,
)
_MARKER = re.compile(r"^(?:[•\u25cf\u25aa\u25e6\uf0b7\uf0a7\u2023*·–—-]|[oO](?=\s))\s+(\S.*)", re.DOTALL)
BULLET = "•"


@dataclass(frozen=True)
class Numbered:
    """A number and the text after it."""

    ref: str
    rest: str


def is_ref(text: str) -> bool:
    """Whether a text is the number of a measure and nothing else."""
    return _WHOLE.fullmatch(text.strip()) is not None


def bare_ref(text: str) -> str:
    """The number without what may stand around it ("Tiltak 3:" is 3, "2.10." is 2.10)."""
    found = _WHOLE.fullmatch(text.strip())
    return found[1] if found else text.strip()


def head_of_measure(text: str) -> Numbered | None:
    """The number and title in "Tiltak 1.1 Vurdering" or "Tiltak 3: Vurdering"; the title may be empty."""
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        return None
    title = found[2].strip()
    if found[1].isalpha() and not re.match(r"\s*[:.)–-]", text.strip()[found.end(1) :]) and title:
        return None
    return Numbered(found[1], title)


def numbered(text: str) -> Numbered | None:
    """The number in front of a text: "2.1 Lage plan", "3) Lage plan". A year is no number, nor is an amount."""
    found = _NUMBERED.fullmatch(text.strip())
    if found is None or re.match(r"(?:19|20)\d\d\b", found[1]) or not re.match(r"[\W_]*[A-ZÆØÅ«\"“]", found[2]):
        return None
    return Numbered(found[1], found[2].strip())


def lettered(text: str) -> Numbered | None:
    """The letter in front of a text: "a) Lage plan"."""
    found = _LETTERED.fullmatch(text.strip())
    return Numbered(found[1], found[2].strip()) if found else None


def bulleted(text: str) -> str | None:
    """The text after a typed bullet; None where there is none."""
    found = _MARKER.match(text.strip())
    return found[1].strip() if found else None
