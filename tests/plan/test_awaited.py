"""What a measure waits for by the plan's own words, and the deadline that counts from when it comes true."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.awaited import awaited, come_true, counted_from, is_counted_from, waiting_again
from plan.deadline import parse

AUGUST_31 = date(2023, 8, 31)


@pytest.mark.parametrize(
    ("phrase", "condition"),
    [
        ("når kommunens rusplan er vedtatt", "når kommunens rusplan er vedtatt"),
        ("innen 1. mai 2022 dersom det gis tilskudd", "dersom det gis tilskudd"),
        ("ved innvilgning av ekstern støtte", "ved innvilgning av ekstern støtte"),
        ("ved behov", None),
        ("2021 ved behov", None),
        ("løpende", None),
        ("1. mai 2022", None),
    ],
)
def test_what_comes_true_once_is_waited_for_and_a_need_is_not(phrase: str, condition: str | None) -> None:
    assert awaited(parse(phrase)) == condition


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("innen seks måneder etter at rusplanen er vedtatt", date(2024, 2, 29)),
        ("senest ett år etter at rusplanen er vedtatt", date(2024, 8, 31)),
        ("14 dager etter at tilskuddet er gitt", date(2023, 9, 14)),
        ("innan tre veker frå vedtak", date(2023, 9, 21)),
        ("3 mnd. etter vedtak", date(2023, 11, 30)),
        ("innen et halvt år etter at rusplanen er vedtatt", date(2024, 2, 29)),
        ("innan eit halvt år etter at planen er vedteken", date(2024, 2, 29)),
        ("senest et halvår etter vedtak", date(2024, 2, 29)),
        ("halvannet år etter vedtak", date(2025, 2, 28)),
        ("når rusplanen er vedtatt", None),
        ("0 dager etter vedtak", None),
    ],
)
def test_a_deadline_counts_from_the_day_on_which_its_condition_has_come_true(phrase: str, due: date | None) -> None:
    deadline = parse(phrase)
    now = come_true(deadline, AUGUST_31)
    assert now.due == due
    assert is_counted_from(now, deadline) == (due is not None)
    assert waiting_again(now, AUGUST_31) == deadline


def test_a_day_that_the_plan_itself_names_stands() -> None:
    deadline = parse("innen 1. mai 2024 dersom det gis tilskudd")
    assert come_true(deadline, AUGUST_31) == deadline == waiting_again(deadline, AUGUST_31)
    assert not is_counted_from(deadline, parse("dersom det gis tilskudd"))


@given(
    st.text(max_size=40) | st.builds("{} {} etter vedtak".format, st.integers(), st.sampled_from(["år", "uker"])),
    st.dates(),
)
def test_no_words_and_no_day_fail(words: str, day: date) -> None:
    due = counted_from(words, day)
    assert due is None or due > day
