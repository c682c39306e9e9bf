"""What a document changes in a plan that is already known: measures added, changed, gone, back and moved, and the rest.

What a document does not state is no change: the unit that follows up, superior units, real meeting dates, the
municipality and the period. White space is layout, not content.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from plan.deadline import Deadline, Period, parse
from plan.draft import MAX_REF, Draft, Goal, Measure, ReportingDate, Unit
from plan.matching import UNLIKE, Matching, TitledItem, folded, folded_title, likeness, match, out_of_order

Item = TypeVar("Item")

TEXTS = ("title", "description", "responsible", "category", "comment", "also_affected")


class DoubtCode(StrEnum):
    """What a person must look at before a change is made. Each names its sentence in `templates/`."""

    SAME_MEASURE = "same_measure"  # one is gone and one is new, and their titles are alike
    RETITLED = "retitled"  # the same number with quite another title
    SAME_TITLE = "same_title"  # several with this title, and not as many as before
    OWNER_NOT_NAMED = "owner_not_named"  # the unit that follows up is no longer among those responsible
    OWNER_PROPOSED = "owner_proposed"  # the first of several units was taken


@dataclass(frozen=True)
class Doubt:
    """A doubt about a measure of the document; `before` is the stored one it is about, if any."""

    code: DoubtCode
    after: Measure
    before: Measure | None = None
    unit: str | None = None


@dataclass(frozen=True)
class FieldChange:
    """One field, by its name in the draft, and its value before and after.

    Of costs and result targets only the lines that differ are there.
    """

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Kept(Generic[Item]):
    """What is in both versions. `fields` is empty where nothing has changed; `is_back` says that it was archived."""

    before: Item
    after: Item
    fields: tuple[FieldChange, ...] = ()
    has_moved: bool = False
    is_back: bool = False


@dataclass(frozen=True)
class Difference(Generic[Item]):
    """Two versions of a list. `current` is the new one; `kept` and `added` are in its order, `gone` in the old."""

    current: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()
    kept: tuple[Kept[Item], ...] = ()
    gone: tuple[Item, ...] = ()

    @property
    def changed(self) -> tuple[Kept[Item], ...]:
        """What was there and has other values now."""
        return tuple(pair for pair in self.kept if pair.fields and not pair.is_back)

    @property
    def back(self) -> tuple[Kept[Item], ...]:
        """What was archived and is in the plan again."""
        return tuple(pair for pair in self.kept if pair.is_back)

    @property
    def moved(self) -> tuple[Kept[Item], ...]:
        """What stands in another place among the others."""
        return tuple(pair for pair in self.kept if pair.has_moved)

    @property
    def is_empty(self) -> bool:
        """Whether both versions are the same."""
        return not (self.added or self.gone or self.changed or self.back or self.moved)


@dataclass(frozen=True)
class MeetingChange:
    """The meetings of a body in a year, where the document states others than are known."""

    body: str
    before: tuple[date, ...]
    after: tuple[date, ...]


@dataclass(frozen=True)
class PlanChanges:
    """Everything a document changes in a plan. `units` are new, and `superiors` had none and get one."""

    plan: tuple[FieldChange, ...] = ()
    units: tuple[Unit, ...] = ()
    superiors: tuple[Unit, ...] = ()
    goals: Difference[Goal] = Difference()
    measures: Difference[Measure] = Difference()
    reporting_dates: Difference[ReportingDate] = Difference()
    meetings: tuple[MeetingChange, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the document says what is known."""
        lists: tuple[Difference[Any], ...] = (self.goals, self.measures, self.reporting_dates)
        return not (self.plan or self.units or self.superiors or self.meetings) and all(each.is_empty for each in lists)


@dataclass(frozen=True)
class Archived:
    """What has been in the plan and was taken out of it."""

    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()


NOTHING_ARCHIVED = Archived()


def compare(
    before: Draft, after: Draft, archived: Archived = NOTHING_ARCHIVED, settled: Mapping[str, str | None] | None = None
) -> PlanChanges:
    """What `after`, as it was read from a document, changes in `before`, as it is stored.

    `settled` says which numbers of the document a person has found to be which stored ones, or none (None).
    The measures in the
    result have the numbers they are to have: one that we made stays as it is stored and gives way to the plan's own.
    """
    after = _within(after, before.period)
    goals = _goals(before, after, archived)
    goal_refs = {pair.after.ref: pair.before.ref for pair in goals.kept}
    measures, doubts = _Measures(before, after, archived, goal_refs).compared(settled or {})
    units = _known_units(before)
    return PlanChanges(
        plan=tuple(_plan(before, after)),
        units=tuple(unit for unit in named_units(after) if folded(unit.name) not in units),
        superiors=tuple(_superiors(units, after)),
        goals=goals,
        measures=measures,
        reporting_dates=_reporting_dates(before.reporting_dates, after.reporting_dates),
        meetings=tuple(_meetings(before, after)),
        doubts=doubts,
    )


def _within(draft: Draft, years: tuple[int, int] | None) -> Draft:
    """The draft with its deadlines understood within the plan's period, where the document does not state one."""
    if draft.period is not None or years is None:
        return draft
    period = Period.of_years(*years)
    measures = [
        measure.model_copy(update={"deadline": parse(measure.deadline.text, period=period)})
        if measure.deadline.text
        else measure
        for measure in draft.measures
    ]
    return draft.model_copy(update={"measures": tuple(measures)})


def named_units(draft: Draft) -> list[Unit]:
    """Every unit a draft lists or names, each once."""
    found = {folded(unit.name): unit for unit in reversed(draft.units)}
    found = dict(reversed(found.items()))
    for measure in draft.measures:
        for name in (*measure.units, *([measure.owner] if measure.owner else [])):
            found.setdefault(folded(name), Unit(name=name))
    return list(found.values())


def _known_units(draft: Draft) -> dict[str, Unit]:
    return {folded(unit.name): unit for unit in named_units(draft)}


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


def _plan(before: Draft, after: Draft) -> Iterable[FieldChange]:
    for name in ("title", "municipality"):
        old, new = getattr(before, name), getattr(after, name)
        if new is not None and not _same_text(old, new):
            yield FieldChange(name, old, new)
    if after.period is not None and after.period != before.period:
        yield FieldChange("period", before.period, after.period)


def _superiors(known: Mapping[str, Unit], after: Draft) -> Iterable[Unit]:
    for unit in after.units:
        stored = known.get(folded(unit.name))
        if stored is not None and unit.superior and stored.superior is None:
            yield unit


def _difference(
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


def _with_archived(found: Matching[TitledItem], again: Matching[TitledItem]) -> Matching[TitledItem]:
    """A matching of what is current, and one of what is left with what was archived, as one."""
    places = found.new_left
    pairs = {places[new]: len(found.old) + old for new, old in again.pairs.items()}
    return Matching([*found.old, *again.old], found.new, found.pairs | pairs, found.ambiguous)


# Goals


def _goals(before: Draft, after: Draft, archived: Archived) -> Difference[Goal]:
    found = match(before.goals, after.goals, is_ours=lambda _goal: False)
    again = match(archived.goals, [after.goals[place] for place in found.new_left], is_ours=lambda _goal: False)
    whole = _with_archived(found, again)
    refs = {whole.new[new].ref: whole.old[old].ref for new, old in whole.pairs.items()}
    return _difference(whole, len(before.goals), lambda old, new: _goal_fields(old, new, refs))


def _goal_fields(old: Goal, new: Goal, refs: Mapping[str, str]) -> Iterable[FieldChange]:
    if old.ref != new.ref:
        yield FieldChange("ref", old.ref, new.ref)
    if not _same_text(old.title, new.title):
        yield FieldChange("title", old.title, new.title)
    if old.parent_ref != _stored_ref(new.parent_ref, refs):
        yield FieldChange("parent_ref", old.parent_ref, new.parent_ref)
    yield from _lines("result_targets", old.result_targets, new.result_targets, lambda text: " ".join(text.split()))


def _stored_ref(ref: str | None, refs: Mapping[str, str]) -> str | None:
    """The stored number of a goal in the document; one that is new is marked so that it equals none."""
    return None if ref is None else refs.get(ref, f"\0{ref}")


def _lines(
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


# Measures


class _Measures:
    """Compares the measures of two versions."""

    def __init__(self, before: Draft, after: Draft, archived: Archived, goal_refs: Mapping[str, str]) -> None:
        self._before, self._after, self._archived = before, after, archived
        self._goal_refs = goal_refs
        self._external = {folded(unit.name) for unit in before.units if unit.external}
        # What the database knows of a unit counts, not what a document takes it for.
        known = {folded(unit.name) for unit in before.units}
        external = [unit for unit in after.units if unit.external and folded(unit.name) not in known]
        self._external |= {folded(unit.name) for unit in external}

    def compared(self, settled: Mapping[str, str | None]) -> tuple[Difference[Measure], tuple[Doubt, ...]]:
        """The difference, and what is doubtful about it."""
        found = match(self._before.measures, self._after.measures, is_ours=_is_ours, settled=settled)
        left = [self._after.measures[place] for place in found.new_left]
        again = match(self._archived.measures, left, is_ours=_is_ours, settled=settled)
        whole = _with_archived(found, again)
        doubts = [Doubt(DoubtCode.SAME_TITLE, whole.new[new], whole.old[whole.pairs[new]]) for new in found.ambiguous]
        unsettled = [place for place in whole.new_left if settled.get(whole.new[place].ref, "") is not None]
        not_back = Matching(found.old, [whole.new[place] for place in unsettled])
        not_back.old = [found.old[place] for place in found.old_left]
        doubts += [Doubt(DoubtCode.SAME_MEASURE, not_back.new[new], not_back.old[old]) for old, new in not_back.alike()]
        whole.new = self._numbered(whole)
        difference = _difference(whole, len(self._before.measures), self._fields)
        same = {folded(ref) for ref, stored in settled.items() if stored is not None}
        doubts += [
            doubt
            for pair in difference.kept
            for doubt in self._doubts(pair)
            if doubt.code is not DoubtCode.RETITLED or folded(pair.after.ref) not in same
        ]
        doubts += [
            Doubt(DoubtCode.OWNER_PROPOSED, measure, unit=self._proposed(measure))
            for measure in difference.added
            if len(self._internal(measure)) > 1 and measure.owner is None
        ]
        return difference, tuple(doubts)

    def _numbered(self, found: Matching[Measure]) -> list[Measure]:
        """The measures of the document with the numbers they are to have, no number twice."""
        taken = {measure.ref for measure in found.new if not measure.ref_is_ours}
        archived = {found.old[place].ref for place in found.old_left}
        archived |= {measure.ref for measure in self._archived.measures}
        numbered = list(found.new)
        ours = [place for place, measure in enumerate(found.new) if measure.ref_is_ours]
        for place in sorted(ours, key=lambda place: place not in found.pairs):
            measure = found.new[place]
            stored = found.old[found.pairs[place]] if place in found.pairs else None
            wanted = stored.ref if stored else measure.ref
            not_free = taken | (archived - {stored.ref} if stored else archived)
            ref = _free(wanted, not_free)
            is_ours = stored.ref_is_ours or ref != stored.ref if stored else True
            numbered[place] = measure.model_copy(update={"ref": ref, "ref_is_ours": is_ours})
            taken.add(ref)
        return numbered

    def _fields(self, old: Measure, new: Measure) -> Iterable[FieldChange]:
        for name in ("ref", "ref_is_ours", "funding", "priority"):
            if getattr(old, name) != getattr(new, name):
                yield FieldChange(name, getattr(old, name), getattr(new, name))
        for name in TEXTS:
            if not _same_text(getattr(old, name), getattr(new, name)):
                yield FieldChange(name, getattr(old, name), getattr(new, name))
        if old.goal_ref != _stored_ref(new.goal_ref, self._goal_refs):
            yield FieldChange("goal_ref", old.goal_ref, new.goal_ref)
        if _keys(old.units) != _keys(new.units):
            yield FieldChange("units", old.units, tuple(dict.fromkeys(new.units)))
        if not _same_deadline(old.deadline, new.deadline):
            yield FieldChange("deadline", old.deadline, new.deadline)
        yield from _lines(
            "costs",
            old.costs,
            new.costs,
            lambda cost: (cost.year, cost.kind, cost.amount_nok, " ".join((cost.text or "").split())),
        )
        owner = self._owner(old, new)
        if folded(owner or "") != folded(old.owner or ""):
            yield FieldChange("owner", old.owner, owner)

    def _owner(self, old: Measure, new: Measure) -> str | None:
        """The unit that follows up: what is stated, else what is stored, else one that is newly responsible."""
        if new.owner is not None and folded(new.owner) not in self._external:
            return new.owner
        if old.owner is None and _keys(old.units) != _keys(new.units):
            return self._proposed(new)
        return old.owner

    def _internal(self, measure: Measure) -> list[str]:
        names = {folded(name): name for name in reversed(measure.units)}
        return [name for name in reversed(names.values()) if folded(name) not in self._external]

    def _proposed(self, measure: Measure) -> str | None:
        return next(iter(self._internal(measure)), None)

    def _doubts(self, pair: Kept[Measure]) -> Iterable[Doubt]:
        old, new = pair.before, pair.after
        changed = {change.name: change for change in pair.fields}
        if "title" in changed and folded(old.ref) == folded(new.ref) and likeness(old.title, new.title) < UNLIKE:
            yield Doubt(DoubtCode.RETITLED, new, old)
        if "units" not in changed:
            return
        if "owner" in changed:
            if new.owner is None and len(self._internal(new)) > 1:
                yield Doubt(DoubtCode.OWNER_PROPOSED, new, old, unit=changed["owner"].after)
        elif old.owner and folded(old.owner) in _keys(old.units) and folded(old.owner) not in _keys(new.units):
            yield Doubt(DoubtCode.OWNER_NOT_NAMED, new, old, unit=old.owner)


def _is_ours(measure: Measure) -> bool:
    return measure.ref_is_ours


def _keys(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(folded(name) for name in names))


def _same_deadline(old: Deadline, new: Deadline) -> bool:
    return _same_text(old.text, new.text) and old.meaning == new.meaning


def _free(ref: str, taken: Iterable[str]) -> str:
    """A number that none of these is: the wanted one, else the next that is free."""
    known = {folded(other) for other in taken}
    if folded(ref) not in known:
        return ref
    is_number = re.fullmatch("[0-9]{1,6}", ref) is not None
    number, beginning = (int(ref) + 1, "") if is_number else (2, f"{ref[: MAX_REF - 6]}-")
    while folded(f"{beginning}{number}") in known:
        number += 1
    return f"{beginning}{number}"


# Promises and meetings


def _reporting_dates(old: Sequence[ReportingDate], new: Sequence[ReportingDate]) -> Difference[ReportingDate]:
    # Two promises may share a text and differ in their rule, so the nearest pairs are taken first.
    keys: tuple[Callable[[ReportingDate], Hashable], ...] = (
        lambda promise: (promise.kind, folded_title(promise.text), promise.rule),
        lambda promise: (promise.kind, folded_title(promise.text)),
        lambda promise: (promise.kind, promise.rule) if promise.rule else (promise.kind, promise.text),
    )
    old_left, new_left = list(range(len(old))), list(range(len(new)))
    pairs: dict[int, int] = {}
    for key in keys:
        for place in list(new_left):
            partner = next((other for other in old_left if key(old[other]) == key(new[place])), None)
            if partner is not None:
                pairs[place] = partner
                old_left.remove(partner)
                new_left.remove(place)
    return Difference(
        current=tuple(new),
        added=tuple(new[place] for place in new_left),
        kept=tuple(
            Kept(old[partner], new[place], tuple(_promise_fields(old[partner], new[place])))
            for place, partner in sorted(pairs.items())
        ),
        gone=tuple(old[place] for place in old_left),
    )


def _promise_fields(old: ReportingDate, new: ReportingDate) -> Iterable[FieldChange]:
    if not _same_text(old.text, new.text):
        yield FieldChange("text", old.text, new.text)
    if old.rule != new.rule:
        yield FieldChange("rule", old.rule, new.rule)


def _meetings(before: Draft, after: Draft) -> Iterable[MeetingChange]:
    known = _by_body_and_year(before)
    for key, (body, days) in _by_body_and_year(after).items():
        stored = known.get(key, (body, ()))[1]
        if stored != days:
            yield MeetingChange(known[key][0] if key in known else body, stored, days)


def _by_body_and_year(draft: Draft) -> dict[tuple[str, int], tuple[str, tuple[date, ...]]]:
    found: dict[tuple[str, int], tuple[str, tuple[date, ...]]] = {}
    for meeting in sorted(draft.meetings, key=lambda meeting: meeting.held_on):
        key = (folded(meeting.body), meeting.held_on.year)
        body, days = found.get(key, (meeting.body, ()))
        found[key] = (body, tuple(dict.fromkeys((*days, meeting.held_on))))
    return found
