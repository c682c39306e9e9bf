"""What a document changes in the measures of a plan, and what is doubtful about it."""

import re
from collections.abc import Iterable, Mapping

from plan.awaited import is_counted_from
from plan.changes import Archived, Difference, Doubt, DoubtCode, FieldChange, Kept
from plan.deadline import Deadline
from plan.difference import difference, lines_that_differ, same_text, stored_ref, with_archived
from plan.draft import MAX_REF, Draft, Measure
from plan.matching import UNLIKE, Matching, folded, likeness, match

TEXTS = ("title", "description", "responsible", "category", "comment", "also_affected")


class MeasureChanges:
    """Compares the measures of two versions."""

    def __init__(
        self,
        before: Draft,
        after: Draft,
        archived: Archived,
        goal_refs: Mapping[str, str],
        overtaken: Mapping[str, str | None],
    ) -> None:
        self._before, self._after, self._archived = before, after, archived
        self._goal_refs, self._overtaken = goal_refs, overtaken
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
        whole = with_archived(found, again)
        doubts = [Doubt(DoubtCode.SAME_TITLE, whole.new[new], whole.old[whole.pairs[new]]) for new in found.ambiguous]
        unsettled = [place for place in whole.new_left if settled.get(whole.new[place].ref, "") is not None]
        not_back = Matching(found.old, [whole.new[place] for place in unsettled])
        not_back.old = [found.old[place] for place in found.old_left]
        doubts += [Doubt(DoubtCode.SAME_MEASURE, not_back.new[new], not_back.old[old]) for old, new in not_back.alike()]
        whole.new = self._numbered(whole)
        changed_measures = difference(whole, len(self._before.measures), self._fields)
        same = {folded(ref) for ref, stored in settled.items() if stored is not None}
        doubts += [
            doubt
            for pair in changed_measures.kept
            for doubt in self._doubts(pair)
            if doubt.code is not DoubtCode.RETITLED or folded(pair.after.ref) not in same
        ]
        doubts += [
            Doubt(DoubtCode.OWNER_PROPOSED, measure, unit=self._proposed(measure))
            for measure in changed_measures.added
            if len(self._internal(measure)) > 1 and measure.owner is None
        ]
        return changed_measures, tuple(doubts)

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
            if not same_text(getattr(old, name), getattr(new, name)):
                yield FieldChange(name, getattr(old, name), getattr(new, name))
        if old.goal_ref != stored_ref(new.goal_ref, self._goal_refs):
            yield FieldChange("goal_ref", old.goal_ref, new.goal_ref)
        if _keys(old.units) != _keys(new.units):
            yield FieldChange("units", old.units, tuple(dict.fromkeys(new.units)))
        if not _same_deadline(old.deadline, new.deadline) and not self._is_overtaken(old, new):
            yield FieldChange("deadline", old.deadline, new.deadline)
        yield from lines_that_differ(
            "costs",
            old.costs,
            new.costs,
            lambda cost: (cost.year, cost.kind, cost.amount_nok, " ".join((cost.text or "").split())),
        )
        owner = self._owner(old, new)
        if folded(owner or "") != folded(old.owner or ""):
            yield FieldChange("owner", old.owner, owner)

    def _is_overtaken(self, old: Measure, new: Measure) -> bool:
        """Whether the document says what was moved since it was last read."""
        return old.ref in self._overtaken and same_text(self._overtaken[old.ref], new.deadline.text)

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
    return same_text(old.text, new.text) and (old.meaning == new.meaning or is_counted_from(old, new))


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
