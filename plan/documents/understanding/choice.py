"""Which of the groups found are the plan's measures, where the plan lists them more than once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from plan.documents.understanding.candidate import Candidate, Doubt, Group, Left, Shape, parts_of
from plan.documents.understanding.sections import Verdict, nearest_verdict
from plan.documents.understanding.vocabulary import Part

SAME_TITLE = 88
SAME_REF_TITLE = 50
MIN_WITHIN = 16
_REPEATS = 0.3
_PLAN_WORDS = (
    "tiltaksplan",
    "handlingsplan",
    "handlingsdel",
    "handlingsprogram",
    "tiltaksdel",
    "prioritert",
    "tiltaksliste",
)
_FILLED = (
    Part.PRIORITY,
    Part.RESPONSIBLE,
    Part.DEADLINE,
    Part.DESCRIPTION,
    Part.CATEGORY,
    Part.ALSO_AFFECTED,
    Part.COMMENT,
    Part.FUNDING,
)


@dataclass
class Choice:
    """The groups that hold the measures, in the document's order, and doubts about what was left out."""

    groups: list[Group] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[tuple[Doubt, Left]] = field(default_factory=list)

    def leave_out(self, doubt: Doubt, left: Iterable[Left]) -> None:
        """Remember what was left out, and the doubt if it was anything."""
        found = [(doubt, each) for each in left]
        self.left_out += found
        self.doubts += [doubt] * bool(found)

    @property
    def candidates(self) -> list[Candidate]:
        """All measures, in the document's order."""
        return [candidate for group in self.groups for candidate in group.candidates]


@dataclass
class _Cluster:
    """The groups of one chapter that are written alike: one list of measures."""

    groups: list[Group]

    @property
    def candidates(self) -> list[Candidate]:
        return [candidate for group in self.groups for candidate in group.candidates]

    @property
    def parts(self) -> frozenset[Part]:
        return parts_of(self.groups)

    def rank(self) -> tuple[bool, bool, int, int]:
        """How much it is the list that the plan decides: ranked, called a plan of measures, full."""
        headings = " ".join(heading.casefold() for group in self.groups for heading in group.headings)
        is_plan = any(word in headings for word in _PLAN_WORDS)
        full = len(self.parts & {Part.RESPONSIBLE, Part.DEADLINE, Part.REF, Part.YEAR, Part.COST})
        return (Part.PRIORITY in self.parts, is_plan, full, len(self.candidates))


def chosen(groups: Iterable[Group]) -> Choice:
    """The measures of the plan among the groups, with what the other lists add to them."""
    every = list(groups)
    found = [group for group in every if group.candidates]
    choice = Choice()
    for group in every:
        choice.leave_out(Doubt.ROWS_LEFT_OUT if group.candidates else Doubt.TABLE_LEFT_OUT, group.left_out)
    items = [group for group in found if group.shape is Shape.ITEMS and not _is_owned(group)]
    clusters = _clusters([group for group in found if not group.is_list_of_others and group not in items])
    lists = [_Cluster([group]) for group in found if group.is_list_of_others]
    if not clusters:
        # With nothing better, a ranked list is the plan; with no table at all, a plain list is.
        clusters, lists = (lists[:], []) if lists and not items else (_clusters(items), lists)
        items = []
    kept, repeats = _without_repeats(clusters)
    own = [other for other in lists if _is_of_its_own(other, kept)]
    kept, lists = [*kept, *own], [other for other in lists if other not in own]
    for other in [*repeats, *lists]:
        choice.leave_out(Doubt.LIST_LEFT_OUT, map(_left, _fill(kept, other)))
    known = [candidate for cluster in kept for candidate in cluster.candidates]
    for group in items:
        others = _fill(kept, _Cluster([group]))
        choice.leave_out(Doubt.LIST_LEFT_OUT, map(_left, others))
    if known:
        for group in every:
            unknown = [left for left in group.unsure if _named_as(left.text, known) is None]
            choice.leave_out(Doubt.TABLE_UNSURE, unknown)
    choice.groups = [group for cluster in kept for group in cluster.groups]
    choice.groups.sort(key=every.index)
    choice.doubts = list(dict.fromkeys(choice.doubts))
    return choice


def _clusters(groups: Sequence[Group]) -> list[_Cluster]:
    by_key: dict[tuple[Shape, str], _Cluster] = {}
    for group in groups:
        by_key.setdefault((group.shape, group.chapter), _Cluster([])).groups.append(group)
    return list(by_key.values())


def _is_owned(group: Group) -> bool:
    """Whether most measures of a group say who or when, so that it is no mere list of words."""
    owned = sum(bool(each.texts.keys() & {Part.RESPONSIBLE, Part.DEADLINE}) for each in group.candidates)
    return owned * 2 > len(group.candidates)


def _is_of_its_own(other: _Cluster, kept: Sequence[_Cluster]) -> bool:
    """Whether a list with money, under a heading that calls it measures, tells of none of those that are kept."""
    group = other.groups[0]
    if nearest_verdict(group.headings) is not Verdict.MEASURES or not other.parts & {Part.YEAR, Part.COST}:
        return False
    return not any(matching(candidate, cluster.candidates) for candidate in other.candidates for cluster in kept)


def _without_repeats(clusters: list[_Cluster]) -> tuple[list[_Cluster], list[_Cluster]]:
    """The clusters that are lists of their own, and those that tell of the measures of another one."""
    kept: list[_Cluster] = []
    repeats: list[_Cluster] = []
    for cluster in sorted(clusters, key=_Cluster.rank, reverse=True):
        if any(_repeats(cluster, other) for other in kept):
            repeats.append(cluster)
        else:
            kept.append(cluster)
    return kept, repeats


def _repeats(one: _Cluster, other: _Cluster) -> bool:
    matched = sum(matching(candidate, other.candidates) is not None for candidate in one.candidates)
    smaller = min(len(one.candidates), len(other.candidates))
    return matched >= max(2, smaller * _REPEATS)


def _left(candidate: Candidate) -> Left:
    return Left(candidate.title, candidate.source)


def _fill(kept: Sequence[_Cluster], other: _Cluster) -> list[Candidate]:
    """Add what another list has and the kept ones have no place for; returns the rows that they do not have."""
    more: list[Candidate] = []
    for group in other.groups:
        for candidate in group.candidates:
            for cluster in kept:
                match = matching(candidate, cluster.candidates)
                if match is not None:
                    _add(match, candidate, cluster.parts)
                    match.also_under = match.also_under or group.headings
                    break
            else:
                more.append(candidate)
    return more


def _add(match: Candidate, other: Candidate, known: frozenset[Part]) -> None:
    for part in _FILLED:
        if part not in known and part in other.texts and part not in match.texts:
            match.texts[part] = other.texts[part]
    if not known & {Part.COST, Part.YEAR} and not match.amounts:
        match.amounts = other.amounts


def matching(candidate: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """The one of the others that is the same measure: by number if the titles do not deny it, else by title."""
    if candidate.ref is not None:
        same = [other for other in others if other.ref is not None and _folded(other.ref) == _folded(candidate.ref)]
        if len(same) == 1 and _ratio(candidate.title, same[0].title) >= SAME_REF_TITLE:
            return same[0]
    return _named_as(candidate.title, others)


def _named_as(title: str, others: Sequence[Candidate]) -> Candidate | None:
    """The one of the others whose title is the same."""
    titles = [_folded(other.title) for other in others]
    best = process.extractOne(_folded(title), titles, scorer=_ratio, score_cutoff=SAME_TITLE)
    return others[best[2]] if best else None


def _ratio(one: str, two: str, **_: object) -> float:
    """How alike two titles are; one that goes on where the other ends is the same."""
    alike = fuzz.token_sort_ratio(one, two)
    shorter, longer = sorted((_folded(one), _folded(two)), key=len)
    if len(shorter) >= 8 and longer.startswith(shorter):
        return max(alike, 90.0)
    # "Etablere tilbud om sinnemestring" is "Tilbud om sinnemestring" in the overview.
    if len(shorter) >= MIN_WITHIN and re.search(rf"(?<!\w){re.escape(shorter)}(?!\w)", longer):
        return max(alike, 90.0)
    return float(alike)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")
