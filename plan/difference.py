"""Two versions of a list as the difference between them."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from plan.changes import Difference, FieldChange, Kept
from plan.matching import Matching, TitledItem, out_of_order

Item = TypeVar("Item")


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts say the same; white space is layout."""
    return " ".join((one or "").split()) == " ".join((other or "").split())


def difference(
    found: Matching[Any], archived_from: int, fields: Callable[[Any, Any], Iterable[FieldChange]]
) -> Difference[Any]:
    """The difference that a matching means; from `archived_from` on, the old list holds what was archived."""
    places = [found.pairs[place] for place in sorted(found.pairs)]
    current = [place for place in places if place < archived_from]
    moved = {current[position] for position in out_of_order(current)}
    return Difference(
        current=tuple(found.new),
        added=tuple(found.new[place] for place in found.new_left),
        kept=tuple(
            Kept(
                found.old[old],
                found.new[new],
                tuple(fields(found.old[old], found.new[new])),
                has_moved=old in moved,
                is_back=old >= archived_from,
            )
            for new, old in sorted(found.pairs.items())
        ),
        gone=tuple(found.old[place] for place in found.old_left if place < archived_from),
    )


def with_archived(found: Matching[TitledItem], again: Matching[TitledItem]) -> Matching[TitledItem]:
    """A matching of what is current, and one of what is left with what was archived, as one."""
    places = found.new_left
    pairs = {places[new]: len(found.old) + old for new, old in again.pairs.items()}
    return Matching([*found.old, *again.old], found.new, found.pairs | pairs, found.ambiguous)


def stored_ref(ref: str | None, refs: Mapping[str, str]) -> str | None:
    """The stored number of a goal in the document; one that is new is marked so that it equals none."""
    return None if ref is None else refs.get(ref, f"\0{ref}")


def lines_that_differ(
    name: str, old: Sequence[Item], new: Sequence[Item], key: Callable[[Item], Hashable]
) -> Iterable[FieldChange]:
    """The lines that only one version has; their order is no content."""
    gone, added = _without(old, new, key), _without(new, old, key)
    if gone or added:
        yield FieldChange(name, gone, added)


def _without(lines: Sequence[Item], others: Iterable[Item], key: Callable[[Item], Hashable]) -> tuple[Item, ...]:
    counts = Counter(key(other) for other in others)
    left = []
    for line in lines:
        if counts[key(line)] > 0:
            counts[key(line)] -= 1
        else:
            left.append(line)
    return tuple(left)
