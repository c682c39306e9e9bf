"""Days and periods as people write them: what each means on Wednesday 10 March 2021."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.said_days import LONGEST, MONTHS, NotUnderstood, parse_day, parse_period

WEDNESDAY = date(2021, 3, 10)
NAMES = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)

PERIODS = {
    "i dag": ("2021-03-10", "2021-03-10"),
    "i morgen": ("2021-03-11", "2021-03-11"),
    "i morgon til fredag": ("2021-03-11", "2021-03-12"),
    "fra i morgen til 14.3.": ("2021-03-11", "2021-03-14"),
    "til fredag": ("2021-03-10", "2021-03-12"),
    "t.o.m. fredag": ("2021-03-10", "2021-03-12"),
    "ut uken": ("2021-03-10", "2021-03-14"),
    "neste uke": ("2021-03-15", "2021-03-21"),
    "mandag": ("2021-03-15", "2021-03-15"),
    "Fra mandag til fredag.": ("2021-03-15", "2021-03-19"),
    "frå måndag til fredag": ("2021-03-15", "2021-03-19"),
    "fra og med mandag til og med onsdag": ("2021-03-15", "2021-03-17"),
    "fra mandag til 24. mars": ("2021-03-15", "2021-03-24"),
    "mandag 15. mars – fredag 19. mars": ("2021-03-15", "2021-03-19"),
    "uke 28": ("2021-07-12", "2021-07-18"),
    "veke 28": ("2021-07-12", "2021-07-18"),
    "uke 28–30": ("2021-07-12", "2021-08-01"),
    "uke 28 og 29": ("2021-07-12", "2021-07-25"),
    "fra uke 28 til uke 30": ("2021-07-12", "2021-08-01"),
    "uke 1 2022": ("2022-01-03", "2022-01-09"),
    "1.–20. juli": ("2021-07-01", "2021-07-20"),
    "1-20 juli": ("2021-07-01", "2021-07-20"),
    "1.-20.7": ("2021-07-01", "2021-07-20"),
    "28.6-4.7": ("2021-06-28", "2021-07-04"),
    "14.3.2021–16.3.2021": ("2021-03-14", "2021-03-16"),
    "2021-07-01 - 2021-07-20": ("2021-07-01", "2021-07-20"),
    "20. desember til 5. januar": ("2021-12-20", "2022-01-05"),
    "28. desember – 3. januar 2022": ("2021-12-28", "2022-01-03"),
    "hele juli": ("2021-07-01", "2021-07-31"),
    "ut juli": ("2021-03-10", "2021-07-31"),
    "i to uker": ("2021-03-10", "2021-03-23"),
    "3 dager": ("2021-03-10", "2021-03-12"),
    "fra mandag i to uker": ("2021-03-15", "2021-03-28"),
    # One that has begun already.
    "1.–20. mars": ("2021-03-01", "2021-03-20"),
    "fra 8. mars til 14. mars": ("2021-03-08", "2021-03-14"),
}

REFUSED = {
    "fra mandag": "endless",
    "inntil videre": "endless",
    "fra i morgen på ubestemt tid": "endless",
    "1.–5. mars": "past",
    "1.1.2020 til 5.1.2020": "past",
    "20.–1. juli": "reversed",
    "20.7.2021 til 1.7.2021": "reversed",
    "1.7.2021–1.9.2022": "too_long",
    "påske": "not_understood",
    "31. februar": "not_understood",
    "uke 54": "not_understood",
    "": "not_understood",
}

DAYS = {
    "i morgen": "2021-03-11",
    "fredag": "2021-03-12",
    "neste mandag": "2021-03-15",
    "om en uke": "2021-03-17",
    "om 3 dager": "2021-03-13",
    "12.3": "2021-03-12",
    "10. mars": "2021-03-10",
    "uke 12": "2021-03-22",
    "1. februar": "2022-02-01",
    "tull": None,
    "32. mars": None,
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_as_people_write_it(text: str) -> None:
    found = parse_period(text, WEDNESDAY)
    assert (found.first.isoformat(), found.last.isoformat()) == PERIODS[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_period_is_refused_for_its_reason(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_period(text, WEDNESDAY)
    assert refused.value.code == REFUSED[text]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_as_people_write_it(text: str) -> None:
    found = parse_day(text, WEDNESDAY)
    assert (found.isoformat() if found else None) == DAYS[text]


@given(
    today=st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    ahead=st.integers(0, 150),
    length=st.integers(0, 150),
    dash=st.sampled_from((" – ", "-", " til ", " til og med ")),
    form=st.sampled_from(("{0.day}. {1}", "{0.day}.{0.month}.", "{0.day}. {1} {0.year}", "{0.day}/{0.month} {0.year}")),
)
def test_two_days_with_a_dash_are_those_days(today: date, ahead: int, length: int, dash: str, form: str) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)
    text = dash.join(form.format(day, NAMES[day.month - 1]) for day in (first, last))
    if (found := parse_period(text, today)) is not None:
        assert (found.first, found.last) == (first, last), text


WORDS = (
    "fra",
    "til",
    "-",
    "uke",
    "i",
    "og",
    "om",
    "to",
    "dager",
    "mandag",
    "neste",
    "28",
    "1.",
    "20.7",
    "2022",
    *MONTHS,
)


@given(words=st.lists(st.sampled_from(WORDS), max_size=7), today=st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_whatever_is_written_is_a_period_of_at_most_a_year_that_is_not_over_or_refused(
    words: list[str], today: date
) -> None:
    try:
        found = parse_period(" ".join(words), today)
    except NotUnderstood:
        return
    assert found.last >= today
    assert found.last - found.first < LONGEST


@given(text=st.text(max_size=60), today=st.dates())
def test_no_text_is_too_odd(text: str, today: date) -> None:
    parse_day(text, today)
    with suppress(NotUnderstood):
        parse_period(text, today)
