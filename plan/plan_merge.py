"""Which measures and goals of a plan are those of another one, when the two are to be one plan. Pure."""

from collections.abc import Sequence

from plan.matching import ALIKE, Matching, TitledItem, folded, folded_title, likeness


def same_in_both(into: Sequence[TitledItem], other: Sequence[TitledItem]) -> list[tuple[TitledItem, TitledItem]]:
    """Pairs of what is the same in both, as (of the other plan, of the one it is merged into).

    The same number with the same title, else the same title, else the same number with titles that are nearly the
    same. What has only its number in common is not the same: two plans number from the same beginning.
    """
    found = Matching(into, other)
    found.pair_by(lambda item: (folded(item.ref), folded_title(item.title)))
    found.pair_titles()
    for place in found.new_left:
        item = other[place]
        partner = next((old for old in found.old_left if folded(into[old].ref) == folded(item.ref)), None)
        if partner is not None and likeness(into[partner].title, item.title) >= ALIKE:
            found.pairs[place] = partner
    return [(other[place], into[partner]) for place, partner in sorted(found.pairs.items())]
