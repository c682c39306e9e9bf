"""A document compared with the plan as it is stored.

What a document does not state is no change: the unit that follows up, superior units, real meeting dates, the
municipality and the period. White space is layout, not content.
"""

from collections.abc import Iterable, Mapping

from plan.changes import NOTHING_ARCHIVED, Archived, FieldChange, PlanChanges
from plan.deadline import Period, parse
from plan.difference import same_text
from plan.draft import Draft, Unit, named_units
from plan.goal_changes import compare_goals
from plan.matching import folded
from plan.measure_changes import MeasureChanges
from plan.promise_changes import compare_meetings, compare_reporting_dates


def compare(
    before: Draft,
    after: Draft,
    archived: Archived = NOTHING_ARCHIVED,
    settled: Mapping[str, str | None] | None = None,
    overtaken: Mapping[str, str | None] | None = None,
) -> PlanChanges:
    """What `after`, as it was read from a document, changes in `before`, as it is stored.

    `settled` says which numbers of the document a person has found to be which stored ones, or none (None).
    `overtaken` are the plan's own words for deadlines that have been moved since, by stored number: a document that
    still says them changes nothing. The measures in the result have the numbers they are to have: one that we made
    stays as it is stored and gives way to the plan's own.
    """
    after = _within(after, before.period)
    goals = compare_goals(before, after, archived)
    goal_refs = {pair.after.ref: pair.before.ref for pair in goals.kept}
    measures, doubts = MeasureChanges(before, after, archived, goal_refs, overtaken or {}).compared(settled or {})
    units = _known_units(before)
    return PlanChanges(
        plan=tuple(_plan(before, after)),
        units=tuple(unit for unit in named_units(after) if folded(unit.name) not in units),
        superiors=tuple(_superiors(units, after)),
        goals=goals,
        measures=measures,
        reporting_dates=compare_reporting_dates(before.reporting_dates, after.reporting_dates),
        meetings=tuple(compare_meetings(before, after)),
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


def _known_units(draft: Draft) -> dict[str, Unit]:
    return {folded(unit.name): unit for unit in named_units(draft)}


def _plan(before: Draft, after: Draft) -> Iterable[FieldChange]:
    for name in ("title", "municipality"):
        old, new = getattr(before, name), getattr(after, name)
        if new is not None and not same_text(old, new):
            yield FieldChange(name, old, new)
    if after.period is not None and after.period != before.period:
        yield FieldChange("period", before.period, after.period)


def _superiors(known: Mapping[str, Unit], after: Draft) -> Iterable[Unit]:
    for unit in after.units:
        stored = known.get(folded(unit.name))
        if stored is not None and unit.superior and stored.superior is None:
            yield unit
