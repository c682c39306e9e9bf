"""The tables of the case document in the workbook: what has changed, what is not as planned, money, what is attached.

Each function gives the rows of one table from the snapshot; none where the report has no such table.
"""

from collections.abc import Iterator, Sequence

from report import figures
from report.case_parts import Say, shown_ref
from report.content import Content
from report.sheets import Row
from report.snapshot import CostKind, Measure, Snapshot
from templates import words

CHANGE_COLUMNS = ("ref", "measure", "year", "before", "now")
DEVIATION_COLUMNS = (
    "ref",
    "measure",
    "deviation",
    "deadline",
    "due",
    "plan_deadline",
    "changed_on",
    "proposed_deadline",
)
ATTACHMENT_COLUMNS = ("ref", "measure", "file", "bytes", "digest")
HISTORY_COLUMNS = ("ref", "measure", "year", "status")


def changes(snapshot: Snapshot, content: Content) -> list[Row]:
    """Measures with another status than when they were last reported on."""
    changed = {row.ref for row in content.changes.measures}
    return [
        (
            measure.ref,
            measure.title,
            measure.previous[-1].year,
            words.say(f"status.{measure.previous[-1].status}", language=snapshot.language),
            words.say(f"status.{figures.status_code(measure)}", language=snapshot.language),
        )
        for measure in figures.current(snapshot)
        if shown_ref(measure) in changed
    ]


def deviations(snapshot: Snapshot, content: Content) -> list[Row]:
    """Measures that do not go as planned, and why."""
    reasons = {row.ref: "; ".join(row.reasons) for row in content.deviations.measures}
    return [
        (
            measure.ref,
            measure.title,
            reasons[shown_ref(measure)],
            measure.deadline_text,
            measure.due_on,
            measure.plan_deadline_text if measure.deadline_changed_on else None,
            measure.deadline_changed_on,
            measure.proposed_deadline_text,
        )
        for measure in figures.current(snapshot)
        if shown_ref(measure) in reasons
    ]


def history(snapshot: Snapshot) -> list[Row]:
    """What was reported about each measure in earlier years and in this one, a row for each."""
    return [
        row
        for measure in figures.current(snapshot)
        if figures.told_earlier(measure)
        for row in _history(snapshot, measure)
    ]


def _history(snapshot: Snapshot, measure: Measure) -> Iterator[Row]:
    for year, code in [*figures.told_earlier(measure), (snapshot.year, figures.status_code(measure))]:
        yield measure.ref, measure.title, year, words.say(f"status.{code}", language=snapshot.language)


def of_kinds(sums: figures.Amounts, kinds: Sequence[CostKind]) -> tuple[int | None, ...]:
    """The sums of those kinds, in their order."""
    return tuple(sums[kind] for kind in kinds)


def money_of_years(snapshot: Snapshot, say: Say, kinds: Sequence[CostKind]) -> list[Row]:
    """What the plan says things cost each year: a column for each of the kinds."""
    years = figures.add_up_years(figures.costs(figures.current(snapshot)))
    return [(say("without_year") if year is None else year, *of_kinds(sums, kinds)) for year, sums in years.items()]


def money_of_measures(snapshot: Snapshot, say: Say, kinds: Sequence[CostKind]) -> list[Row]:
    """What the plan says each measure with an amount costs over all years: a column for each of the kinds."""
    found = [measure for measure in figures.current(snapshot) if figures.has_amount(measure)]
    return [
        (
            measure.ref,
            measure.title,
            say("funding", code=measure.funding),
            *of_kinds(figures.add_up(measure.costs), kinds),
        )
        for measure in found
    ]


def attachments(snapshot: Snapshot) -> list[Row]:
    """The files the office has released, with their sizes in bytes."""
    return [
        (measure.ref, measure.title, file.name, file.size, file.digest)
        for measure in figures.current(snapshot)
        for file in (*measure.attachments, *(file for part in measure.parts for file in part.attachments))
    ]
