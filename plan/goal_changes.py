"""What a document changes in the goals of a plan."""

from collections.abc import Iterable, Mapping

from plan.changes import Archived, Difference, FieldChange
from plan.difference import difference, lines_that_differ, same_text, stored_ref, with_archived
from plan.draft import Draft, Goal
from plan.matching import match


def compare_goals(before: Draft, after: Draft, archived: Archived) -> Difference[Goal]:
    """The goals added, changed, gone and back."""
    found = match(before.goals, after.goals, is_ours=lambda _goal: False)
    again = match(archived.goals, [after.goals[place] for place in found.new_left], is_ours=lambda _goal: False)
    whole = with_archived(found, again)
    refs = {whole.new[new].ref: whole.old[old].ref for new, old in whole.pairs.items()}
    return difference(whole, len(before.goals), lambda old, new: _goal_fields(old, new, refs))


def _goal_fields(old: Goal, new: Goal, refs: Mapping[str, str]) -> Iterable[FieldChange]:
    if old.ref != new.ref:
        yield FieldChange("ref", old.ref, new.ref)
    if not same_text(old.title, new.title):
        yield FieldChange("title", old.title, new.title)
    if old.parent_ref != stored_ref(new.parent_ref, refs):
        yield FieldChange("parent_ref", old.parent_ref, new.parent_ref)
    yield from lines_that_differ(
        "result_targets", old.result_targets, new.result_targets, lambda text: " ".join(text.split())
    )
