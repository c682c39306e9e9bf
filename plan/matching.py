"""Which measure or goal of a new version of a plan is which of the old one: by number and title, never by a guess.

A number alone is not enough: where a measure is put in, those after it get new numbers, and each would inherit its
neighbour's history. So the same title comes before the same number, and what is merely alike is proposed to a person.
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

ALIKE = 75
UNLIKE = 50
"""Likeness of titles in per cent: from the first on they may be the same, below the second they hardly are."""


class Titled(Protocol):
    """A measure or a goal."""

    @property
    def ref(self) -> str:
        """Its number."""

    @property
    def title(self) -> str:
        """Its title."""


TitledItem = TypeVar("TitledItem", bound=Titled)
Key = Callable[[TitledItem], Hashable | None]


def folded(text: str) -> str:
    """A number or name as it is compared: without case and with single spaces."""
    return " ".join(text.casefold().split())


def folded_title(text: str) -> str:
    """A title as it is compared: its words alone, without case and signs."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(words) or folded(text)


def likeness(one: str, other: str) -> float:
    """How alike two titles are, in per cent."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(folded_title(one), folded_title(other))


@dataclass
class Matching(Generic[TitledItem]):
    """The pairs found so far, as places in the old list and the new, and what is left of each."""

    old: Sequence[TitledItem]
    new: Sequence[TitledItem]
    pairs: dict[int, int] = field(default_factory=dict)
    ambiguous: list[int] = field(default_factory=list)
    """Places in the new list of what had several of the same title to choose from."""
    apart: set[int] = field(default_factory=set)
    """Places in the new list of what a person has said is none of the old ones."""

    @property
    def old_left(self) -> list[int]:
        """Places in the old list that have no partner."""
        taken = set(self.pairs.values())
        return [place for place in range(len(self.old)) if place not in taken]

    @property
    def new_left(self) -> list[int]:
        """Places in the new list that have no partner."""
        return [place for place in range(len(self.new)) if place not in self.pairs]

    @property
    def _waiting(self) -> list[int]:
        return [place for place in self.new_left if place not in self.apart]

    def pair_by(self, key: Key[TitledItem]) -> None:
        """Pair what has the same key (None: no key), in order where several have it."""
        waiting = _by_key(self.old, self.old_left, key)
        for place in self._waiting:
            partners = waiting.get(key(self.new[place]))
            if partners:
                self.pairs[place] = partners.pop(0)

    def pair_titles(self) -> None:
        """Pair what has the same title; where several have it and not equally many, that is remembered as a doubt."""
        old = _by_key(self.old, self.old_left, _title)
        new = _by_key(self.new, self._waiting, _title)
        for title, places in new.items():
            partners = old.get(title, [])
            if partners and len(partners) != len(places):
                self.ambiguous += places[: len(partners)]
            self.pairs.update(zip(places, partners, strict=False))

    def pair_settled(self, settled: Mapping[str, str | None]) -> None:
        """Pair what a person has said is the same: numbers of the new list to numbers of the old one."""
        self.apart |= {place for place in self.new_left if settled.get(self.new[place].ref, "") is None}
        old = {self.old[place].ref: place for place in self.old_left}
        for place in self.new_left:
            partner = old.pop(settled.get(self.new[place].ref) or "", None)
            if partner is not None:
                self.pairs[place] = partner

    def alike(self) -> list[tuple[int, int]]:
        """What is left and might be the same, as (place in the old list, place in the new one); each at most once."""
        from rapidfuzz import fuzz, process

        titles = {place: folded_title(self.old[place].title) for place in self.old_left}
        found = []
        for place in self._waiting:
            wanted = folded_title(self.new[place].title)
            best = process.extractOne(wanted, titles, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
            if best is not None:
                found.append((best[2], place))
                del titles[best[2]]
        return found


def match(
    old: Sequence[TitledItem],
    new: Sequence[TitledItem],
    *,
    is_ours: Callable[[TitledItem], bool],
    settled: Mapping[str, str | None] | None = None,
) -> Matching[TitledItem]:
    """Pair two lists. `is_ours` says which numbers were made by us: they mean nothing beside another title.

    `settled` is what a person has said: numbers of the new list to those of the old one, None for what is none of it.
    """
    found = Matching(old, new)
    found.pair_settled(settled or {})
    found.pair_by(lambda item: (folded(item.ref), _title(item)))
    found.pair_titles()
    found.pair_by(lambda item: None if is_ours(item) else folded(item.ref))
    return found


def out_of_order(places: Sequence[int]) -> set[int]:
    """Which positions of a sequence of different numbers to take away, as few as can be, so that the rest ascends."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for position, place in enumerate(places):
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if places[ends[middle]] < place else (low, middle)
        before[position] = ends[low - 1] if low else None
        ends[low : low + 1] = [position]
    stays: set[int] = set()
    step: int | None = ends[-1] if ends else None
    while step is not None:
        stays.add(step)
        step = before[step]
    return set(range(len(places))) - stays


def _title(item: Titled) -> str:
    return folded_title(item.title)


def _by_key(items: Sequence[TitledItem], places: Iterable[int], key: Key[TitledItem]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for place in places:
        value = key(items[place])
        if value is not None:
            found.setdefault(value, []).append(place)
    return found
