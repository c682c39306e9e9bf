"""Who and when, where running text says it: "Ansvarlig er Kultur og fritid, og fristen er 1.6.2025."."""

import re
from collections.abc import Iterator

from plan.documents.understanding.head import is_deadline
from plan.documents.understanding.vocabulary import Part
from plan.units import looks_like_unit

_LONGEST = 2_000
_FOR = r"(?: for (?:tiltaket|gjennomføringen|gjennomføringa|oppfølgingen|oppfølginga))?"
_END = r"(?=,? og frist|,? med frist|,? og (?:skal|tiltaket)|[.;]\s|[.;]$|$)"
_OWNER = re.compile(rf"\bAnsvarl[ei]g{_FOR} er ([A-ZÆØÅ][^.;\n]{{1,80}}?){_END}")
_OWNED_BY = re.compile(rf"(?:^|[.] )([A-ZÆØÅ][\w -]{{1,60}}?) (?:er ansvarl[ei]g|har ansvaret){_FOR}(?=[.,;]|$)")
_DUE = re.compile(r"\b[Ff]rist(?:en)?(?: er|:)? ([^;\n]{2,40}?)(?=[.;]\s|[.;]?$)")


def said_in(text: str) -> Iterator[tuple[Part, str]]:
    """The owner and the deadline that sentences of a text name in so many words."""
    text = text[:_LONGEST]
    owner = _OWNER.search(text) or _OWNED_BY.search(text)
    if owner is not None and looks_like_unit(owner[1]):
        yield Part.RESPONSIBLE, owner[1]
    due = _DUE.search(text)
    if due is not None and is_deadline(due[1]):
        yield Part.DEADLINE, due[1]
