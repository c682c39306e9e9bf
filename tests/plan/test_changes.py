"""What a new document changes in a plan that is known."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.awaited import come_true
from plan.changes import Archived, DoubtCode, FieldChange, PlanChanges
from plan.comparison import compare
from plan.deadline import Period, parse
from plan.draft import (
    CostKind,
    CostLine,
    Draft,
    Funding,
    Goal,
    Measure,
    Meeting,
    ReportingDate,
    ReportingKind,
    Unit,
    YearlyRule,
)
from plan.matching import folded, out_of_order
from tests.plan.test_yaml_file import drafts


def plan(*measures: Measure, **values: Any) -> Draft:
    return Draft(**({"title": "Plan", "period": (2020, 2024), "measures": measures} | values))


def measure(ref: str, title: str, **values: Any) -> Measure:
    return Measure(ref=ref, title=title, **values)


def fields(changes: PlanChanges) -> dict[str, list[FieldChange]]:
    return {pair.after.ref: list(pair.fields) for pair in changes.measures.changed}


def refs(changes: PlanChanges) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The numbers of what is added and gone, and (before, after) of what is in both."""
    found = changes.measures
    return (
        [item.ref for item in found.added],
        [item.ref for item in found.gone],
        [(pair.before.ref, pair.after.ref) for pair in found.kept],
    )


KURS, MEET, RUS = measure("1.1", "Kurs for ansatte"), measure("1.2", "Åpne møter"), measure("1.3", "Rusfri skole")


@settings(max_examples=100, deadline=None)
@given(drafts())
def test_the_same_document_changes_nothing(draft: Draft) -> None:
    changes = compare(draft, draft)
    assert changes.is_empty
    assert changes.doubts == ()


@settings(max_examples=40, deadline=None)
@given(drafts(), drafts(), drafts())
def test_every_measure_is_accounted_for_once_and_no_number_is_given_twice(
    before: Draft, after: Draft, archived: Draft
) -> None:
    found = compare(before, after, Archived(archived.goals, archived.measures)).measures
    assert len(found.added) + len(found.kept) == len(after.measures)
    assert len(found.gone) + len(found.kept) - len(found.back) == len(before.measures)
    given_refs = [item.ref for item in found.added] + [pair.after.ref for pair in found.kept]
    assert len(set(map(folded, given_refs))) == len(given_refs)


def test_what_is_new_changed_and_gone_is_told_apart() -> None:
    changes = compare(
        plan(KURS, MEET), plan(KURS.model_copy(update={"category": "Opplæring"}), measure("2.1", "Natteravn"))
    )
    assert refs(changes) == (["2.1"], ["1.2"], [("1.1", "1.1")])
    assert fields(changes) == {"1.1": [FieldChange("category", None, "Opplæring")]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"description": "En gang i året"}, {"description": "To ganger i året"}),
        ({"responsible": "NAV"}, {"responsible": None}),
        ({"units": ("NAV",)}, {"units": ("NAV", "Helse")}),
        ({"deadline": parse("2022")}, {"deadline": parse("2023")}),
        ({"costs": (CostLine(kind=CostKind.OWN),)}, {"costs": ()}),
        ({"funding": Funding.PROJECT}, {"funding": Funding.FRAMEWORK}),
        ({"priority": 2}, {"priority": "Høy"}),
        ({"category": None}, {"category": "Kurs"}),
        ({"comment": None}, {"comment": "Utsatt"}),
        ({"also_affected": "Skolene"}, {"also_affected": None}),
    ],
)
def test_a_field_is_shown_as_it_was_and_as_it_is(old: dict[str, Any], new: dict[str, Any]) -> None:
    # An owner that stands, so that a new unit does not get the measure too.
    changes = compare(plan(measure("1", "Kurs", owner="Rådmann", **old)), plan(measure("1", "Kurs", **new)))
    (name,) = old
    assert fields(changes) == {"1": [FieldChange(name, old[name], new[name])]}


def test_line_breaks_and_spaces_are_no_change() -> None:
    old = measure("1", "Kurs for ansatte", description="Første ledd.\nAndre ledd.", deadline=parse("i løpet av 2022"))
    new = measure("1", "Kurs for  ansatte", description="Første ledd. Andre\nledd.", deadline=parse("i løpet\nav 2022"))
    assert compare(plan(old), plan(new)).is_empty


def test_a_deadline_that_means_another_day_in_a_new_period_is_changed() -> None:
    old, new = (
        measure("1", "Kurs", deadline=parse("i planperioden", period=Period.of_years(2020, last)))
        for last in (2024, 2025)
    )
    changes = compare(plan(old), plan(new, period=(2020, 2025)))
    assert [change.name for change in fields(changes)["1"]] == ["deadline"]
    assert changes.plan == (FieldChange("period", (2020, 2024), (2020, 2025)),)


def test_a_day_that_counts_from_when_a_condition_came_true_stays_while_the_document_says_the_same() -> None:
    printed = parse("innen seks måneder etter at rusplanen er vedtatt")
    counted = come_true(printed, date(2021, 3, 1))
    found = compare(plan(measure("1.1", "Kurs", deadline=counted)), plan(measure("1.1", "Kurs", deadline=printed)))
    assert found.is_empty
    other = parse("innen ett år etter at rusplanen er vedtatt")
    found = compare(plan(measure("1.1", "Kurs", deadline=counted)), plan(measure("1.1", "Kurs", deadline=other)))
    assert [change.name for change in fields(found)["1.1"]] == ["deadline"]


def test_a_document_without_a_period_is_understood_within_the_plans() -> None:
    old = measure("1", "Kurs", deadline=parse("i planperioden", period=Period.of_years(2020, 2024)))
    new = measure("1", "Kurs", deadline=parse("i planperioden"))
    assert old.deadline.due != new.deadline.due
    assert compare(plan(old), plan(new, period=None)).is_empty


def test_only_the_cost_lines_that_differ_are_shown_and_their_order_is_no_change() -> None:
    own, spent, more = (CostLine(kind=CostKind.OWN, amount_nok=amount) for amount in (1, 2, 3))
    old = measure("1", "Kurs", costs=(own, own, spent))
    assert compare(plan(old), plan(measure("1", "Kurs", costs=(spent, own, own)))).is_empty
    changes = compare(plan(old), plan(measure("1", "Kurs", costs=(more, own, spent))))
    assert fields(changes) == {"1": [FieldChange("costs", (own,), (more,))]}


# Matching


def test_a_measure_put_in_front_does_not_give_its_history_to_its_neighbour() -> None:
    renumbered = (measure("1.1", "Ny lov"), measure("1.2", KURS.title), measure("1.3", MEET.title))
    changes = compare(plan(KURS, MEET), plan(*renumbered))
    assert refs(changes) == (["1.1"], [], [("1.1", "1.2"), ("1.2", "1.3")])
    assert fields(changes)["1.2"] == [FieldChange("ref", "1.1", "1.2")]


def test_a_new_title_under_the_same_number_is_the_same_measure() -> None:
    changes = compare(plan(KURS), plan(measure("1.1", "Kurs for ansatte og ledere")))
    assert refs(changes) == ([], [], [("1.1", "1.1")])
    assert changes.doubts == ()


def test_quite_another_title_under_the_same_number_is_a_doubt() -> None:
    changes = compare(plan(KURS), plan(measure("1.1", "Bygge kunstgressbane")))
    assert [(doubt.code, doubt.after.ref) for doubt in changes.doubts] == [(DoubtCode.RETITLED, "1.1")]


def test_a_number_of_ours_means_nothing_beside_another_title() -> None:
    old = [measure(str(n), title, ref_is_ours=True) for n, title in enumerate(("Kurs", "Møter", "Natteravn"), 1)]
    new = [measure(str(n), title, ref_is_ours=True) for n, title in enumerate(("Møter", "Gatelys", "Kurs"), 1)]
    changes = compare(plan(*old), plan(*new))
    assert refs(changes) == (["4"], ["3"], [("2", "2"), ("1", "1")])
    assert [pair.after.title for pair in changes.measures.moved] == ["Møter"]
    assert changes.measures.changed == ()


def test_a_number_of_ours_gives_way_to_the_plans_own() -> None:
    old = measure("1", "Kurs", ref_is_ours=True)
    changes = compare(plan(old), plan(measure("1", "Gatelys"), measure("2", "Kurs", ref_is_ours=True)))
    assert refs(changes) == (["1"], [], [("1", "2")])


@pytest.mark.parametrize(
    ("ref", "other"), [("1", "2"), ("A-1", "A-1-2"), ("{", "{-2"), ("9" * 40, "9" * 34 + "-2"), ("²", "²-2")]
)
def test_a_number_of_ours_that_is_taken_becomes_one_that_is_free(ref: str, other: str) -> None:
    archived = Archived(measures=(measure(ref, "Natteravn"),))
    changes = compare(plan(), plan(measure(ref, "Kurs", ref_is_ours=True)), archived)
    assert refs(changes)[0] == [other]


def test_a_number_of_ours_is_not_taken_from_what_is_archived() -> None:
    archived = Archived(measures=(measure("1", "Natteravn", ref_is_ours=True),))
    changes = compare(plan(), plan(measure("1", "Kurs", ref_is_ours=True)), archived)
    assert refs(changes) == (["2"], [], [])


def test_titles_that_are_merely_alike_are_proposed_and_never_taken() -> None:
    old = measure("3", "Foreldremøter om rus på alle skoler", ref_is_ours=True)
    new = measure("7", "Foreldremøter om rus ved alle skolene", ref_is_ours=True)
    changes = compare(plan(old), plan(new))
    assert refs(changes) == (["7"], ["3"], [])
    assert [(doubt.code, doubt.before) for doubt in changes.doubts] == [(DoubtCode.SAME_MEASURE, old)]
    settled = compare(plan(old), plan(new), settled={"7": "3"})
    assert refs(settled) == ([], [], [("3", "3")])
    assert settled.doubts == ()


def test_several_measures_of_one_title_are_paired_in_order_and_doubted_when_one_is_missing() -> None:
    old = [measure(str(n), "Kurs", ref_is_ours=True, category=str(n)) for n in (1, 2)]
    assert compare(plan(*old), plan(*old)).doubts == ()
    new = measure("5", "Kurs", ref_is_ours=True, category="2")
    changes = compare(plan(*old), plan(new))
    assert [doubt.code for doubt in changes.doubts if doubt.code is DoubtCode.SAME_TITLE] == [DoubtCode.SAME_TITLE]


def test_an_archived_measure_comes_back_by_its_number_or_title() -> None:
    archived = Archived(measures=(KURS, MEET))
    changes = compare(plan(), plan(KURS, measure("2.2", MEET.title)), archived)
    assert [(pair.before.ref, pair.after.ref) for pair in changes.measures.back] == [("1.1", "1.1"), ("1.2", "2.2")]
    assert changes.measures.added == ()
    assert not changes.is_empty


def test_what_is_in_the_plan_comes_before_what_is_archived() -> None:
    changes = compare(plan(KURS), plan(KURS), Archived(measures=(measure("9", KURS.title),)))
    assert changes.is_empty


def test_the_fewest_measures_are_said_to_have_moved() -> None:
    changes = compare(plan(KURS, MEET, RUS), plan(RUS, KURS, MEET))
    assert [pair.after.ref for pair in changes.measures.moved] == ["1.3"]
    assert not changes.is_empty


@given(st.permutations(range(8)))
def test_what_is_left_when_the_moved_are_taken_away_is_in_order(places: list[int]) -> None:
    moved = out_of_order(places)
    rest = [place for position, place in enumerate(places) if position not in moved]
    assert rest == sorted(rest)
    assert bool(moved) == (places != sorted(places))


# What a document does not say


UNITS = (Unit(name="Rådmannen"), Unit(name="NAV", superior="Rådmannen"), Unit(name="Politi", external=True))


def test_an_owner_that_a_document_does_not_state_stands() -> None:
    old = measure("1", "Kurs", units=("NAV",), owner="Rådmannen")
    assert compare(plan(old, units=UNITS), plan(measure("1", "Kurs", units=("nav",)))).is_empty


def test_an_owner_that_a_document_states_is_a_change() -> None:
    old = measure("1", "Kurs", units=("NAV",), owner="Rådmannen")
    changes = compare(plan(old, units=UNITS), plan(measure("1", "Kurs", units=("NAV",), owner="NAV")))
    assert fields(changes) == {"1": [FieldChange("owner", "Rådmannen", "NAV")]}


def test_an_owner_outside_the_municipality_is_never_taken() -> None:
    old, new = measure("1", "Kurs"), measure("1", "Kurs", owner="politi")
    assert compare(plan(old, units=UNITS), plan(new)).is_empty
    assert fields(compare(plan(old, units=UNITS), plan(measure("1", "Kurs", units=("politi", "NAV")))))["1"][-1] == (
        FieldChange("owner", None, "NAV")
    )


def test_an_owner_who_is_no_longer_responsible_stays_and_is_doubted() -> None:
    old = measure("1", "Kurs", units=("NAV",), owner="NAV")
    changes = compare(plan(old, units=UNITS), plan(measure("1", "Kurs", units=("Rådmannen",))))
    assert [change.name for change in fields(changes)["1"]] == ["units"]
    assert [(doubt.code, doubt.unit) for doubt in changes.doubts] == [(DoubtCode.OWNER_NOT_NAMED, "NAV")]


def test_the_first_of_several_units_is_a_proposal() -> None:
    new = measure("1", "Kurs", units=("NAV", "Rådmannen"))
    for before in (plan(units=UNITS), plan(measure("1", "Kurs"), units=UNITS)):
        doubts = compare(before, plan(new)).doubts
        assert [(doubt.code, doubt.unit) for doubt in doubts] == [(DoubtCode.OWNER_PROPOSED, "NAV")]
    # Nobody was chosen, and the units are as they were: somebody has decided so.
    assert compare(plan(new, units=UNITS), plan(new)).is_empty


def test_units_and_what_is_above_them_stand_and_what_is_missing_is_filled_in() -> None:
    stated = (Unit(name="nav", superior="Helse"), Unit(name="Rådmannen", superior="Helse"), Unit(name="Helse"))
    changes = compare(plan(KURS, units=UNITS), plan(KURS, units=stated))
    assert [unit.name for unit in changes.units] == ["Helse"]
    assert [(unit.name, unit.superior) for unit in changes.superiors] == [("Rådmannen", "Helse")]


def test_municipality_period_and_meetings_that_are_not_stated_stand() -> None:
    met = (Meeting(body="Kommunestyret", held_on=date(2021, 5, 12)),)
    before = plan(KURS, municipality="Vefsn", meetings=met)
    assert compare(before, plan(KURS, period=None)).is_empty


def test_a_meeting_that_is_stated_replaces_the_bodys_meeting_of_the_year() -> None:
    met = tuple(Meeting(body="Kommunestyret", held_on=date(year, 5, 12)) for year in (2021, 2022))
    stated = (Meeting(body="kommunestyret", held_on=date(2021, 6, 2)), Meeting(body="Utvalg", held_on=date(2021, 4, 1)))
    (new, moved) = compare(plan(KURS, meetings=met), plan(KURS, meetings=stated)).meetings
    assert (moved.body, moved.before, moved.after) == ("Kommunestyret", (date(2021, 5, 12),), (date(2021, 6, 2),))
    assert (new.body, new.before, new.after) == ("Utvalg", (), (date(2021, 4, 1),))


# Goals and promises


def test_goals_and_their_targets_are_compared_field_by_field() -> None:
    old = (Goal(ref="H", title="Færre skader"), Goal(ref="1", title="Tryggere uteliv", result_targets=("a", "b")))
    new = (
        Goal(ref="H", title="Færre skader"),
        Goal(ref="1", title="Tryggere uteliv", parent_ref="H", result_targets=("b", "c")),
        Goal(ref="2", title="Bedre boforhold"),
    )
    changes = compare(plan(goals=old), plan(goals=new)).goals
    assert [goal.ref for goal in changes.added] == ["2"]
    (pair,) = changes.changed
    assert pair.fields == (FieldChange("parent_ref", None, "H"), FieldChange("result_targets", ("a",), ("c",)))


def test_a_goal_with_a_new_number_does_not_change_what_is_under_it() -> None:
    old = plan(measure("1", "Kurs", goal_ref="1"), goals=(Goal(ref="1", title="Skole"), Goal(ref="2", title="Fritid")))
    new = plan(measure("1", "Kurs", goal_ref="2"), goals=(Goal(ref="1", title="Fritid"), Goal(ref="2", title="Skole")))
    changes = compare(old, new)
    assert [pair.fields for pair in changes.goals.changed] == [
        (FieldChange("ref", "2", "1"),),
        (FieldChange("ref", "1", "2"),),
    ]
    assert changes.measures.changed == ()
    moved = compare(old, new.model_copy(update={"measures": (measure("1", "Kurs", goal_ref="1"),)}))
    assert [change.name for change in fields(moved)["1"]] == ["goal_ref"]


def promise(text: str, *months: int, **values: Any) -> ReportingDate:
    rule = YearlyRule(months=months, **values) if months else None
    return ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text=text, rule=rule)


def test_promises_of_one_text_are_told_apart_by_their_rule() -> None:
    old = (promise("Rapport", 5), promise("Rapport", 11))
    assert compare(plan(reporting_dates=old), plan(reporting_dates=old[::-1])).is_empty
    changes = compare(plan(reporting_dates=old), plan(reporting_dates=(promise("Rapport", 11), promise("Rapport", 6))))
    (pair,) = changes.reporting_dates.changed
    assert pair.fields == (FieldChange("rule", YearlyRule(months=(5,)), YearlyRule(months=(6,))),)


def test_promises_come_and_go() -> None:
    changes = compare(plan(reporting_dates=(promise("Rapport", 5),)), plan(reporting_dates=(promise("Evaluering"),)))
    assert [item.text for item in changes.reporting_dates.added] == ["Evaluering"]
    assert [item.text for item in changes.reporting_dates.gone] == ["Rapport"]


def test_a_day_for_papers_that_is_stated_is_a_change_and_one_that_is_not_stands() -> None:
    day, own, other = date(2021, 5, 12), date(2021, 4, 28), date(2021, 4, 30)
    stored = plan(KURS, meetings=(Meeting(body="Formannskapet", held_on=day, papers_on=own),))
    unsaid = plan(KURS, meetings=(Meeting(body="Formannskapet", held_on=day),))
    moved = plan(KURS, meetings=(Meeting(body="Formannskapet", held_on=day, papers_on=other),))
    assert compare(stored, unsaid).is_empty
    assert compare(stored, stored).is_empty
    assert [each.papers for each in compare(stored, moved).meetings] == [((day, own, other),)]
    assert [each.papers for each in compare(unsaid, moved).meetings] == [((day, None, other),)]
