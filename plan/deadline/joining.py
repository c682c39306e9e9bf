"""How points stand together: the ends of a range, or some of a list."""

from enum import Enum, auto

from plan.deadline.stretch import Point, Stretch
from plan.deadline.tokens import Reader

Stretches = list[Stretch]


class Joiner(Enum):
    """What stands between two points: they are the ends of a range, or two of a list."""

    RANGE = auto()
    SLASH = auto()
    LIST = auto()
    OR = auto()


def single(point: Point) -> Stretches:
    """A point as the only stretch."""
    return [Stretch(point, point)]


def take_plain_joiner(reader: Reader) -> Joiner | None:
    """A joiner between numbers: "1.-3.", "1. og 3.", "1./2."."""
    if reader.take_sign("/") is not None:
        return Joiner.SLASH
    if reader.take_sign(",&+") is not None:
        reader.take_word(("og",))
        return Joiner.LIST
    if reader.take_sign("-") is not None:
        return Joiner.LIST if reader.take_word(("og",)) else Joiner.RANGE
    if reader.take_word(("til", "tom")):
        return Joiner.RANGE
    if reader.take_word(("og", "samt")):
        return Joiner.LIST
    return Joiner.OR if reader.take_word(("eller",)) else None


def join(found: Stretches, joiner: Joiner, more: Stretches) -> None:
    """Add stretches to those found before, the first of them perhaps as the end of a range."""
    if joiner in (Joiner.RANGE, Joiner.SLASH):
        found[-1] = Stretch(found[-1].first, more[0].last, slashed=joiner is Joiner.SLASH)
        more = more[1:]
    found.extend(more)
