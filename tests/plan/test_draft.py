from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from plan.deadline import Deadline, Kind
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
    Source,
    Unit,
    YearlyRule,
    clean,
)

DEADLINE = Deadline(text="2022", kind=Kind.PERIOD, due=date(2022, 12, 31), start=date(2022, 1, 1))


def test_the_json_has_exactly_the_keys_of_the_contract_and_then_ours() -> None:
    measure = Measure(ref="2.10", title="Ungdata", deadline=DEADLINE, costs=(CostLine(year=2022, kind=CostKind.OWN),))
    draft = Draft(
        title="Plan",
        goals=(Goal(ref="1", title="Mål"),),
        measures=(measure,),
        reporting_dates=(ReportingDate(kind=ReportingKind.COUNCIL_REPORT, text="I mai", rule=YearlyRule(months=(5,))),),
    )
    found = draft.to_json()
    contract = ["title", "municipality", "period", "goals", "measures", "reporting_dates", "warnings"]
    assert list(found) == [*contract, "units", "meetings", "left_out"]
    assert list(found["goals"][0]) == ["ref", "parent_ref", "title", "result_targets"]
    assert list(found["measures"][0]) == [
        *("ref", "ref_is_ours", "title", "description", "goal_ref", "responsible", "units", "deadline", "costs"),
        *("funding", "priority", "category", "comment", "source", "warnings"),
        *("owner", "also_affected"),
    ]
    assert list(found["measures"][0]["costs"][0]) == ["year", "kind", "amount_nok", "text"]
    assert list(found["measures"][0]["source"]) == ["page", "sheet", "heading", "table", "row"]
    assert list(found["reporting_dates"][0]) == ["kind", "text", "rule"]


def test_the_json_holds_plain_values() -> None:
    measure = Measure(
        ref="2.10", title="Ungdata", deadline=DEADLINE, funding=Funding.FRAMEWORK, source=Source(page=3, row=7)
    )
    meeting = Meeting(body="Kommunestyret", held_on=date(2021, 5, 12))
    found = Draft(title="Plan", period=(2020, 2024), measures=(measure,), meetings=(meeting,)).to_json()
    assert found["period"] == [2020, 2024]
    assert found["measures"][0]["ref"] == "2.10"
    assert found["measures"][0]["deadline"] == DEADLINE.to_json()
    assert found["measures"][0]["funding"] == "framework"
    assert found["measures"][0]["source"] == {"page": 3, "sheet": None, "heading": None, "table": None, "row": 7}
    assert found["meetings"] == [{"body": "Kommunestyret", "held_on": "2021-05-12", "papers_on": None}]


def test_a_measure_without_a_deadline_has_one_that_is_not_given() -> None:
    assert Measure(ref="1", title="Tiltak").deadline.kind is Kind.NOT_GIVEN


def test_a_number_too_large_for_a_year_is_refused() -> None:
    with pytest.raises(ValidationError):
        CostLine(year=20220, kind=CostKind.SPENDING)


@pytest.mark.parametrize(
    ("written", "priority"),
    [("9", 9), (9, 9), ("Høy", "Høy"), ("", None), (None, None), ("1-3", "1-3"), ("12345", "12345")],
)
def test_a_priority_is_a_number_or_the_words_of_the_plan(written: str | int | None, priority: str | int | None) -> None:
    assert Measure(ref="1", title="Tiltak", priority=written).priority == priority


def test_an_empty_text_is_a_missing_one() -> None:
    measure = Measure(ref="1", title="Tiltak", responsible=" \n", comment="", goal_ref="")
    assert (measure.responsible, measure.comment, measure.goal_ref) == (None, None, None)


def test_a_title_of_nothing_but_invisible_characters_is_refused() -> None:
    with pytest.raises(ValidationError):
        Measure(ref="1", title="\x00\x07 \ufeff")


def test_a_text_is_composed_and_loses_what_cannot_be_seen() -> None:
    assert clean(" A\u030angst\x00\r\nog uro\x0c ") == "Ångst\nog uro"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(exclude_categories=["L", "N", "P", "S", "Z", "M"])))
def test_a_clean_text_of_controls_can_be_stored_anywhere(text: str) -> None:
    cleaned = str(clean(text))
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned


def test_a_draft_cannot_be_changed() -> None:
    draft = Draft(title="Plan")
    with pytest.raises(ValidationError):
        draft.title = "En annen"  # type: ignore[misc]  # that it cannot be is what is tested


def test_months_of_a_rule_are_one_stretch_of_a_year() -> None:
    assert YearlyRule(months=(4, 5, 6)).months == (4, 5, 6)
    with pytest.raises(ValidationError):
        YearlyRule(months=(5, 11))


def test_a_rule_cannot_end_before_it_begins() -> None:
    assert YearlyRule(first_year=2022, last_year=2022).last_year == 2022
    with pytest.raises(ValidationError):
        YearlyRule(first_year=2022, last_year=2021)


UNITS = (Unit(name="NAV"), Unit(name="Rådmannen"), Unit(name="Politiet", external=True))


@pytest.mark.parametrize(
    ("units", "stated", "owner"),
    [
        (("NAV",), None, "NAV"),
        (("NAV", "Politiet"), None, "NAV"),
        (("NAV", "NAV"), None, "NAV"),
        (("NAV", "Rådmannen"), None, "NAV"),
        (("Politiet", "NAV"), None, "NAV"),
        (("NAV", "Rådmannen"), "Rådmannen", "Rådmannen"),
        (("Politiet",), None, None),
        ((), None, None),
    ],
)
def test_the_unit_to_ask_is_the_stated_one_or_the_first_internal_one(
    units: tuple[str, ...], stated: str | None, owner: str | None
) -> None:
    measure = Measure(ref="1", title="Tiltak", units=units, owner=stated)
    draft = Draft(title="Plan", units=UNITS)
    assert draft.owner_of(measure) == owner
    assert draft.owner_is_proposed(measure) == (stated is None and set(units) == {"NAV", "Rådmannen"})
