"""Plans as other municipalities make them, in Word, PDF, Excel and CSV: what a careful person finds, and no more."""

from functools import cache

import pytest

from plan.documents import read
from plan.draft import Draft, Measure
from tests.plan.documents.towns.more_office_plans import MORE_OFFICE_PLANS
from tests.plan.documents.towns.office_plans import OFFICE_PLANS
from tests.plan.documents.towns.own_words import OWN_WORDS
from tests.plan.documents.towns.owners import OWNERS
from tests.plan.documents.towns.pdf_plans import PDF_PLANS
from tests.plan.documents.towns.sheet_plans import SHEET_PLANS
from tests.plan.documents.towns.traps import TRAPS
from tests.plan.documents.towns.truth import M
from tests.plan.documents.towns.turned_plans import TURNED_PLANS
from tests.plan.documents.towns.word_plans import WORD_PLANS

TOWNS = (
    WORD_PLANS | PDF_PLANS | SHEET_PLANS | TRAPS | OWNERS | OFFICE_PLANS | MORE_OFFICE_PLANS | TURNED_PLANS | OWN_WORDS
)


@cache
def _draft(name: str) -> Draft:
    return read(TOWNS[name].file_name, TOWNS[name].data())


def _even(text: object) -> str:
    return " ".join(str(text).split()) if text is not None else ""


def _due(measure: Measure) -> str | None:
    last = (measure.deadline.milestones or (measure.deadline,))[-1]
    return last.due.isoformat() if last.due else None


def _expected(each: M) -> tuple[object, ...]:
    return (
        each.ref,
        each.title,
        _even(each.responsible),
        each.unit_names,
        each.due or _even(each.deadline),
        each.costs,
        each.goal,
        each.priority,
    )


def _found(measure: Measure, expected: M, goals: dict[str, str]) -> tuple[object, ...]:
    return (
        None if measure.ref_is_ours else measure.ref,
        _even(measure.title),
        _even(measure.responsible),
        tuple(map(_even, measure.units)),
        _due(measure) if expected.due else _even(measure.deadline.text),
        tuple((line.year, line.amount_nok) for line in measure.costs if line.amount_nok is not None),
        goals.get(measure.goal_ref or ""),
        measure.priority,
    )


@pytest.mark.parametrize("name", TOWNS)
def test_every_measure_is_found_with_all_that_the_plan_says_of_it_and_nothing_else(name: str) -> None:
    draft, town = _draft(name), TOWNS[name]
    assert [_even(measure.title) for measure in draft.measures] == [each.title for each in town.measures]
    goals = {goal.ref: goal.title for goal in draft.goals}
    for measure, expected in zip(draft.measures, town.measures, strict=True):
        assert _found(measure, expected, goals) == _expected(expected)


@pytest.mark.parametrize("name", TOWNS)
def test_the_plan_says_what_it_is_and_what_it_promises(name: str) -> None:
    draft, town = _draft(name), TOWNS[name]
    assert town.title in (None, draft.title)
    assert (draft.municipality, draft.period) == (town.municipality, town.period)
    promised = sorted((each.kind.value, each.rule.months if each.rule else ()) for each in draft.reporting_dates)
    assert promised == sorted(town.reporting)


def test_what_was_only_inferred_is_marked_as_a_doubt() -> None:
    assert {"several_in_cell"} <= set(_draft("housing").measures[0].warnings)
    assert {"deadline_from_banner"} <= set(_draft("yearly").measures[0].warnings)
    assert {"deadline_from_columns"} <= set(_draft("competence").measures[0].warnings)
    assert "period_from_name" in _draft("semicolons").warnings
    assert "period_from_heading" in _draft("roads").warnings
