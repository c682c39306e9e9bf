"""When something falls every year, every other or once, in the few words of somebody who is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.draft import YearlyRule
from plan.yearly import rules_said


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("hver desember", [YearlyRule(months=(12,))]),
        ("kvar desember", [YearlyRule(months=(12,))]),
        ("desember", [YearlyRule(months=(12,))]),
        ("annethvert år i mai", [YearlyRule(months=(5,), n=2)]),
        ("annakvart år i mai", [YearlyRule(months=(5,), n=2)]),
        ("annenhver mai", [YearlyRule(months=(5,), n=2)]),
        ("andre kvartal", [YearlyRule(months=(4, 5, 6))]),
        ("hvert 4. år fra 2028", [YearlyRule(n=4, first_year=2028)]),
        ("fra og med 2027", [YearlyRule(first_year=2027)]),
        ("hvert år fra 2027 til 2029", [YearlyRule(first_year=2027, last_year=2029)]),
        ("2028", [YearlyRule(first_year=2028, last_year=2028)]),
        ("mai 2028", [YearlyRule(months=(5,), first_year=2028, last_year=2028)]),
        (
            "våren 2028 og 2030",
            [YearlyRule(months=(3, 4, 5), first_year=year, last_year=year) for year in (2028, 2030)],
        ),
        ("hvert år i mai i formannskapet", [YearlyRule(months=(5,), body="formannskapet")]),
        ("to ganger i året", [YearlyRule(months=(1, 2, 3, 4, 5, 6)), YearlyRule(months=(7, 8, 9, 10, 11, 12))]),
        ("snart", []),
        ("hver måned", []),
        ("fra 2030 til 2028", []),
        ("", []),
    ],
)
def test_what_somebody_means_by_a_few_words(words: str, rules: list[YearlyRule]) -> None:
    assert rules_said(words) == rules


@given(st.text(alphabet=st.sampled_from("hver annet år i mai 20283fra til . desember kvartal"), max_size=60))
def test_no_words_stop_the_reading(words: str) -> None:
    for rule in rules_said(words):
        assert YearlyRule.model_validate(rule.model_dump()) == rule
