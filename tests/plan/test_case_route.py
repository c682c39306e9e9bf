"""The case route: which bodies treat a report, in which order, and what is provisional about it."""

from datetime import date

import pytest

from plan.case_route import Stop, decides_last, same_body, with_promised
from plan.workday import WorkCalendar

NORWAY = WorkCalendar()
EXECUTIVE = Stop("Formannskapet", date(2027, 5, 12), date(2027, 4, 27))


def test_the_council_a_plan_reports_to_is_planned_for_in_its_month_until_its_meeting_is_known() -> None:
    [stop] = with_promised((), "Kommunestyret", date(2027, 5, 3), 10, NORWAY)
    assert stop == Stop("Kommunestyret", date(2027, 5, 3), date(2027, 4, 19), provisional=True)


def test_the_council_is_never_planned_for_before_a_body_whose_meeting_is_known() -> None:
    first, last = with_promised((EXECUTIVE,), "Kommunestyret", date(2027, 5, 3), 10, NORWAY)
    assert first == EXECUTIVE
    assert (last.meets_on, last.provisional) == (date(2027, 5, 13), True)


def test_over_whitsun_the_next_working_day_is_the_tuesday() -> None:
    before = Stop("Formannskapet", date(2027, 5, 14), date(2027, 4, 29))
    assert with_promised((before,), "Kommunestyret", date(2027, 5, 3), 10, NORWAY)[-1].meets_on == date(2027, 5, 18)


@pytest.mark.parametrize("known", ["Kommunestyret", "kommunestyre", "KOMMUNESTYRET", "Heradsstyret"])
def test_a_council_whose_meeting_is_known_is_there_once(known: str) -> None:
    stops = (Stop(known, date(2027, 5, 26), date(2027, 5, 10)),)
    assert with_promised(stops, "Kommunestyret", date(2027, 5, 3), 10, NORWAY) == stops


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Formannskapet", "formannskap", True),
        ("Hovedutvalget", "hovedutvalg", True),
        ("Bystyret", "bystyre", True),
        ("Kommunestyret", "Formannskapet", False),
        ("Utvalget", "Hovedutvalget", False),
    ],
)
def test_a_body_is_the_same_with_and_without_its_article(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same_body(other, one) is same


def test_only_the_council_decides_last() -> None:
    assert all(decides_last(body) for body in ("Kommunestyret", "kommunestyre", "Bystyret", "heradsstyret"))
    assert not any(decides_last(body) for body in ("Formannskapet", "Hovedutvalget", "Kommunestyrets utvalg"))
