"""Numbers derived from a snapshot add up, whatever the plan."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plan.status import Status
from report import figures
from report.snapshot import Cost, Goal, Measure, Snapshot
from tests.report import samples

COSTS = st.builds(
    Cost,
    year=st.none() | st.integers(2019, 2026),
    kind=st.sampled_from(figures.COST_KINDS),
    amount_nok=st.none() | st.integers(-1_000_000, 100_000_000),
)
PARTIAL = st.fixed_dictionaries(
    {
        "status": st.none() | st.sampled_from(Status),
        "asked_on": st.none() | st.just(date(2022, 3, 1)),
        "archived": st.booleans(),
        "goal_ref": st.none() | st.sampled_from(["a", "b", "c"]),
        "costs": st.lists(COSTS, max_size=5).map(tuple),
    }
)
GOALS = (
    Goal(ref="c", parent_ref="b", title="c"),
    Goal(ref="a", title="a"),
    Goal(ref="b", parent_ref="a", title="b"),
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Plans with nested goals and measures of every kind."""
    drawn: list[dict[str, Any]] = draw(st.lists(PARTIAL, max_size=12))
    measures = tuple(Measure(ref=str(n), title=f"Tiltak {n}", **fields) for n, fields in enumerate(drawn))
    return samples.vefsn(goals=GOALS, measures=measures)


@given(snapshots())
def test_the_status_counts_sum_to_the_measures(snapshot: Snapshot) -> None:
    counts = figures.count_statuses(figures.current(snapshot))
    assert sum(counts.values()) == len(figures.current(snapshot))
    assert counts[figures.UNANSWERED] == len(figures.unanswered(figures.current(snapshot)))


@given(snapshots())
def test_every_current_measure_stands_in_exactly_one_part(snapshot: Snapshot) -> None:
    listed = [measure.ref for part in figures.parts(snapshot) for measure in part.measures]
    assert sorted(listed) == sorted(measure.ref for measure in figures.current(snapshot))


@given(snapshots())
def test_the_parts_counts_sum_to_the_whole(snapshot: Snapshot) -> None:
    whole = figures.count_statuses(figures.current(snapshot))
    by_part = [figures.count_statuses(part.measures) for part in figures.parts(snapshot)]
    assert {code: sum(counts[code] for counts in by_part) for code in whole} == whole


@given(snapshots())
def test_the_years_and_the_measures_give_the_same_sums(snapshot: Snapshot) -> None:
    measures = figures.current(snapshot)
    every = figures.costs(measures)
    total = figures.add_up(every)
    years = figures.add_up_years(every).values()
    for kind in figures.COST_KINDS:
        assert sum(sums[kind] or 0 for sums in years) == (total[kind] or 0)
        assert sum(figures.add_up(measure.costs)[kind] or 0 for measure in measures) == (total[kind] or 0)


def test_goals_come_before_the_goals_under_them() -> None:
    snapshot = samples.vefsn(goals=GOALS, measures=())
    assert [(part.goal and part.goal.ref, part.depth) for part in figures.parts(snapshot)] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
    ]


def test_zero_is_an_amount_and_nothing_is_not() -> None:
    zero = Cost(year=2021, kind="spending", amount_nok=0)
    unknown = Cost(year=2022, kind="own", amount_nok=None)
    assert figures.add_up([zero, unknown])["spending"] == 0
    assert figures.add_up([zero, unknown])["own"] is None
    assert list(figures.add_up_years([zero, unknown])) == [2021]


def test_what_has_no_year_comes_last() -> None:
    found = [Cost(year=None, kind="own", amount_nok=1), Cost(year=2022, kind="own", amount_nok=2)]
    assert list(figures.add_up_years(found)) == [2022, None]


def test_the_sums_of_vefsn_are_those_of_the_plan() -> None:
    sums = figures.add_up(figures.costs(samples.MEASURES))
    assert sums == {
        "spending": 21_650_000,
        "income": 2_450_000,
        "own": 4_050_000,
        "investment": 20_000_000,
        "external": None,
    }
