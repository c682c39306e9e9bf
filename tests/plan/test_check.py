from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plan.deadline import Deadline, Kind
from plan.documents.check import check, nearest, with_doubts
from plan.documents.problem import Code, Path
from plan.draft import Draft, Goal, Measure, Meeting, Unit


def found_in(draft: Draft) -> list[tuple[Code, Path]]:
    return [(problem.code, problem.path) for problem in check(draft)]


def measure(ref: str, **values: object) -> Measure:
    return Measure.model_validate({"ref": ref, "title": "Tiltak"} | values)


def due(day: date) -> Deadline:
    return Deadline(text=day.isoformat(), kind=Kind.DATE, due=day)


def test_a_sound_draft_has_no_problems() -> None:
    draft = Draft(
        title="Plan",
        period=(2020, 2024),
        goals=(Goal(ref="H", title="Hovedmål"), Goal(ref="1", title="Delmål", parent_ref="H")),
        units=(Unit(name="Rådmannen"), Unit(name="NAV", superior="Rådmannen"), Unit(name="Politiet", external=True)),
        measures=(
            measure("1.1", goal_ref="1", units=("NAV", "Politiet"), owner="NAV", deadline=due(date(2020, 1, 1))),
            measure("1.10"),
        ),
    )
    assert found_in(draft) == []


def test_a_period_that_ends_before_it_begins() -> None:
    assert found_in(Draft(title="Plan", period=(2024, 2020))) == [(Code.PERIOD_REVERSED, ("period",))]


def test_the_second_of_two_equal_numbers_is_the_wrong_one() -> None:
    draft = Draft(title="Plan", measures=(measure("1.1a"), measure("2"), measure("1.1A")))
    assert found_in(draft) == [(Code.DUPLICATE_MEASURE, ("measures", 2, "ref"))]


def test_two_units_may_not_differ_by_case_and_spaces_alone() -> None:
    draft = Draft(title="Plan", units=(Unit(name="Helse og omsorg"), Unit(name="Helse og  Omsorg")))
    assert found_in(draft) == [(Code.DUPLICATE_UNIT, ("units", 1, "name"))]


def test_two_goals_with_one_number() -> None:
    draft = Draft(title="Plan", goals=(Goal(ref="1", title="A"), Goal(ref="1", title="B")))
    assert found_in(draft) == [(Code.DUPLICATE_GOAL, ("goals", 1, "ref"))]


def test_a_goal_that_is_not_there() -> None:
    draft = Draft(
        title="Plan", goals=(Goal(ref="1", title="A", parent_ref="H"),), measures=(measure("1", goal_ref="2"),)
    )
    assert found_in(draft) == [
        (Code.UNKNOWN_GOAL, ("goals", 0, "parent_ref")),
        (Code.UNKNOWN_GOAL, ("measures", 0, "goal_ref")),
    ]


def test_goals_above_each_other_are_all_named_but_not_those_below_them() -> None:
    goals = [("1", "2"), ("2", "3"), ("3", "1"), ("4", "3"), ("5", "5")]
    draft = Draft(title="Plan", goals=tuple(Goal(ref=ref, title="Mål", parent_ref=parent) for ref, parent in goals))
    assert found_in(draft) == [(Code.GOAL_CYCLE, ("goals", number, "parent_ref")) for number in (0, 1, 2, 4)]


def test_units_above_each_other() -> None:
    draft = Draft(title="Plan", units=(Unit(name="A", superior="B"), Unit(name="B", superior="A"), Unit(name="C")))
    assert found_in(draft) == [(Code.SUPERIOR_CYCLE, ("units", number, "superior")) for number in (0, 1)]


def test_a_unit_that_is_not_in_the_list_comes_with_a_proposal() -> None:
    draft = Draft(
        title="Plan",
        units=(Unit(name="NAV", superior="Rådmanen"), Unit(name="Rådmannen")),
        measures=(measure("1", units=("NAV", "Radmannen"), owner="nav"),),
    )
    problems = list(check(draft))
    assert [(problem.code, problem.path) for problem in problems] == [
        (Code.UNKNOWN_UNIT, ("units", 0, "superior")),
        (Code.UNKNOWN_UNIT, ("measures", 0, "units", 1)),
        (Code.UNKNOWN_UNIT, ("measures", 0, "owner")),
    ]
    assert [problem.data["nearest"] for problem in problems] == ["Rådmannen", "Rådmannen", "NAV"]


def test_units_are_not_compared_where_the_document_has_no_list_of_them() -> None:
    assert found_in(Draft(title="Plan", measures=(measure("1", units=("NAV",), owner="Rådmannen"),))) == []


def test_an_external_unit_is_never_asked() -> None:
    draft = Draft(
        title="Plan", units=(Unit(name="Politiet", external=True),), measures=(measure("1", owner="Politiet"),)
    )
    assert found_in(draft) == [(Code.EXTERNAL_OWNER, ("measures", 0, "owner"))]


def test_a_deadline_before_the_plan_is_a_doubt_that_stays_with_its_measure() -> None:
    early = Deadline(text="flere", kind=Kind.MILESTONES, milestones=(due(date(2019, 12, 31)), due(date(2021, 1, 1))))
    draft = Draft(
        title="Plan",
        period=(2020, 2024),
        measures=(measure("1", deadline=due(date(2020, 1, 1))), measure("2", deadline=early, warnings=("other",))),
    )
    (problem,) = check(draft)
    assert (problem.code, problem.doubt, problem.path) == (Code.DEADLINE_BEFORE_PLAN, True, ("measures", 1, "deadline"))
    assert [found.warnings for found in with_doubts(draft, [problem]).measures] == [
        (),
        ("other", "deadline_before_plan"),
    ]


def test_two_bodies_on_a_day_are_refused_and_one_that_is_named_twice_is_not() -> None:
    day = date(2021, 5, 12)
    meetings = (
        Meeting(body="Kommunestyret", held_on=day),
        Meeting(body="Kommunestyre", held_on=day),
        Meeting(body="Formannskapet", held_on=day),
        Meeting(body="Formannskapet", held_on=date(2021, 5, 5)),
    )
    (problem,) = check(Draft(title="Plan", meetings=meetings))
    assert (problem.code, problem.path, problem.doubt) == (Code.TWO_MEETINGS, ("meetings", 2, "held_on"), False)
    assert dict(problem.data) == {"body": "Formannskapet", "other": "Kommunestyret", "day": "2021-05-12"}


def test_nothing_near_is_no_proposal() -> None:
    assert nearest("frist", ["kostnader", "merknad"]) is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh") | st.none()))
def test_a_goal_is_in_a_cycle_exactly_when_it_is_above_itself(parents: dict[str, str | None]) -> None:
    def is_above_itself(ref: str) -> bool:
        step = parents[ref]
        for _ in parents:
            if step is None or step == ref:
                return step == ref
            step = parents.get(step)
        return False

    goals = tuple(Goal(ref=ref, title="Mål", parent_ref=parent) for ref, parent in parents.items())
    found = {
        problem.data["goal"] for problem in check(Draft(title="Plan", goals=goals)) if problem.code == "goal_cycle"
    }
    assert found == {ref for ref in parents if is_above_itself(ref)}
