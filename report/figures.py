"""Every number of a report, derived from the snapshot in one place so that all documents add up alike.

An archived measure (taken out of the plan) is in no number: it is listed by itself.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from report.snapshot import Cost, CostKind, Goal, Measure, Snapshot, UnitsPart

UNANSWERED = "unanswered"
STATUS_ORDER = ("done", "in_progress", "delayed", "not_started", "dropped", UNANSWERED)
COST_KINDS: tuple[CostKind, ...] = get_args(CostKind)

Amounts = dict[CostKind, int | None]


class Part(NamedTuple):
    """A goal with the measures directly under it; `goal` is None for measures outside the goals.

    `depth` is 0 for a goal at the top and one more for each goal above; `is_parent` when goals lie under it.
    """

    goal: Goal | None
    depth: int
    is_parent: bool
    measures: tuple[Measure, ...]


def current(snapshot: Snapshot) -> tuple[Measure, ...]:
    """The measures that still belong to the plan."""
    return tuple(measure for measure in snapshot.measures if not measure.archived)


def archived(snapshot: Snapshot) -> tuple[Measure, ...]:
    """The measures that have been taken out of the plan."""
    return tuple(measure for measure in snapshot.measures if measure.archived)


def asked(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures somebody has been asked about."""
    return tuple(measure for measure in measures if measure.asked_on is not None)


def unanswered(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures without a status, asked about or not."""
    return tuple(measure for measure in measures if measure.status is None)


def missing_parts(measures: Iterable[Measure]) -> list[tuple[Measure, UnitsPart]]:
    """The parts that have not come, each with its measure; a measure that is itself unanswered is among them."""
    return [(measure, part) for measure in measures for part in measure.parts if part.status is None]


def status_code(measure: Measure) -> str:
    """The measure's status, or `UNANSWERED`."""
    return UNANSWERED if measure.status is None else measure.status.value


def told_earlier(measure: Measure) -> list[tuple[int, str]]:
    """The earlier years in which a unit was asked about a measure or told of it, with the status or `UNANSWERED`."""
    told = [(past.year, past.status.value) for past in measure.previous]
    return sorted([*told, *((year, UNANSWERED) for year in measure.silent)])


def status_in(measure: Measure, year: int) -> str | None:
    """The measure's status in the report of an earlier year, or `UNANSWERED`; None where it was not in it.

    What was done or had lapsed stayed so: nobody was asked about it again.
    """
    known = [past for past in measure.previous if past.year <= year]
    if known and (known[-1].year == year or (known[-1].status.closes and year not in measure.silent)):
        return known[-1].status.value
    return UNANSWERED if known or any(silent <= year for silent in measure.silent) else None


def count_statuses(measures: Iterable[Measure]) -> dict[str, int]:
    """How many measures have each status, in `STATUS_ORDER`, zeros included; the counts sum to the measures."""
    counts = dict.fromkeys(STATUS_ORDER, 0)
    for measure in measures:
        counts[status_code(measure)] += 1
    return counts


def costs(measures: Iterable[Measure]) -> list[Cost]:
    """All figures of the measures."""
    return [cost for measure in measures for cost in measure.costs]


def add_up(figures: Iterable[Cost]) -> Amounts:
    """The sum per kind in kroner; None where no figure of that kind has an amount (zero is an amount)."""
    sums: Amounts = dict.fromkeys(COST_KINDS)
    for cost in figures:
        if cost.amount_nok is not None:
            sums[cost.kind] = (sums[cost.kind] or 0) + cost.amount_nok
    return sums


def shown_kinds(figures: Iterable[Cost]) -> tuple[CostKind, ...]:
    """The kinds that any figure has an amount of."""
    return tuple(kind for kind, amount in add_up(figures).items() if amount is not None)


def has_amount(measure: Measure) -> bool:
    """Whether the plan gives the measure an amount of any kind; zero is an amount."""
    return any(cost.amount_nok is not None for cost in measure.costs)


def add_up_years(figures: Sequence[Cost]) -> dict[int | None, Amounts]:
    """The sums per year, years ascending, what has no year last; years without any amount are left out."""
    years = {cost.year for cost in figures if cost.amount_nok is not None}
    in_order = sorted(years, key=lambda year: (year is None, year or 0))
    return {year: add_up(cost for cost in figures if cost.year == year) for year in in_order}


def parts(snapshot: Snapshot) -> list[Part]:
    """The goals nested, each before the goals under it, with their current measures; then those outside the goals."""
    by_goal: dict[str | None, list[Measure]] = {}
    for measure in current(snapshot):
        by_goal.setdefault(measure.goal_ref, []).append(measure)
    children = _children(snapshot.goals)
    found = [
        Part(goal, depth, goal.ref in children, tuple(by_goal.get(goal.ref, ())))
        for goal, depth in _nested(children, parent=None, depth=0)
    ]
    if None in by_goal:
        found.append(Part(None, 0, False, tuple(by_goal[None])))
    return found


def _children(goals: Iterable[Goal]) -> dict[str | None, list[Goal]]:
    children: dict[str | None, list[Goal]] = {}
    for goal in goals:
        children.setdefault(goal.parent_ref, []).append(goal)
    return children


def _nested(children: dict[str | None, list[Goal]], parent: str | None, depth: int) -> Iterable[tuple[Goal, int]]:
    for goal in children.get(parent, ()):
        yield goal, depth
        yield from _nested(children, goal.ref, depth + 1)
