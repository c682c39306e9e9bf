"""Plans in layouts of our own, read from Word, PDF and Excel: every measure, and nothing but measures."""

import pytest

from plan.documents import read
from plan.draft import Draft
from tests.plan.documents.made import as_pdf, as_table_of, as_word
from tests.plan.documents.own_plans import OWN_PLANS, OwnPlan

_WRITERS = {"docx": as_word, "pdf": as_pdf, "xlsx": as_table_of}
_CASES = [(name, form) for name, plan in OWN_PLANS.items() for form in plan.formats]


def _read(plan: OwnPlan, form: str) -> Draft:
    return read(f"plan.{form}", _WRITERS[form](plan.made))


def _even(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize(("name", "form"), _CASES)
def test_every_measure_is_found_and_nothing_else(name: str, form: str) -> None:
    plan = OWN_PLANS[name]
    draft = _read(plan, form)
    assert [_even(measure.title) for measure in draft.measures] == [each.title for each in plan.measures]


@pytest.mark.parametrize(("name", "form"), _CASES)
def test_every_field_is_what_stands_in_the_plan(name: str, form: str) -> None:
    plan = OWN_PLANS[name]
    for measure, expected in zip(_read(plan, form).measures, plan.measures, strict=True):
        assert measure.ref_is_ours == (expected.ref is None) or name == "plain list"
        assert expected.ref in (None, measure.ref)
        assert _even(measure.responsible) == _even(expected.responsible)
        assert _even(measure.deadline.text) == _even(expected.deadline)
        assert measure.units == expected.units
        amounts = [(line.year, line.amount_nok) for line in measure.costs if line.amount_nok is not None]
        assert tuple(amounts) == expected.costs
        if expected.goal is not None:
            assert measure.goal_ref == expected.goal


@pytest.mark.parametrize(("name", "form"), [case for case in _CASES if case[1] != "xlsx"])
def test_the_cover_tells_whose_plan_it_is_and_for_when(name: str, form: str) -> None:
    plan = OWN_PLANS[name]
    draft = _read(plan, form)
    assert draft.municipality == plan.municipality
    assert draft.period == plan.period
