import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plan.deadline import Deadline, DeadlineWarning, Every, Kind, Period, canonical, parse, words
from plan.deadline.stretch import easter_sunday, election_period_of
from plan.deadline.tokens import Reader, Token

PLAN = Period.of_years(2020, 2024)
ONE_YEAR = Period.of_years(2021, 2021)

VOCABULARY = sorted(words.VOCABULARY | words.CALENDAR)
PIECES = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(
        ["2021", "'21", "1.", "3", "31.12.22", "12", "53", "-", "–", "/", ",", ";", ".", ":", "(", ")", "\n", "→"]
    ),
    st.sampled_from(["og", "til", "innen", "fra", "hvert", "i", "ved", "etter", "eller", "før", "t.o.m.", "ganger"]),
)
JUMBLES = st.lists(PIECES, max_size=25).map(" ".join)
PERIODS = st.sampled_from([None, PLAN, ONE_YEAR])
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


# The contract ---------------------------------------------------------------------------------------


def test_the_json_is_the_contract() -> None:
    data = parse("Hvert 3.år\n2019\n2022").to_json()
    assert data == {
        "text": "Hvert 3.år\n2019\n2022",
        "kind": "recurring",
        "due": None,
        "start": None,
        "every": {"unit": "year", "n": 3, "times": 1, "months": []},
        "base_years": [2019, 2022],
        "condition": None,
        "milestones": [],
        "warnings": [],
    }


def test_milestones_are_deadlines_of_their_own_with_their_words() -> None:
    data = parse("Besøk på Sagatun i Hamar januar 2019\nAvklaring innen 1. halvår 2019").to_json()
    assert data["due"] == "2019-06-30"
    assert [(part["text"], part["kind"], part["due"]) for part in data["milestones"]] == [
        ("Besøk på Sagatun i Hamar januar 2019", "period", "2019-01-31"),
        ("Avklaring innen 1. halvår 2019", "period", "2019-06-30"),
    ]


def test_the_words_of_a_milestone_are_those_printed() -> None:
    parts = parse("Høring – VÅR 2021, vedtak høsten\n2021").milestones
    assert [part.text for part in parts] == ["Høring – VÅR 2021", "vedtak høsten 2021"]


@given(st.text() | JUMBLES, PERIODS)
def test_json_comes_back_as_it_went(text: str, period: Period | None) -> None:
    deadline = parse(text, period=period)
    assert Deadline.from_json(json.loads(json.dumps(deadline.to_json()))) == deadline


@pytest.mark.parametrize("change", [{"kind": "someday"}, {"due": "31.12.2022"}, {"warnings": ["odd"]}])
def test_json_that_is_no_deadline_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Deadline.from_json(parse("2021").to_json() | change)


def test_a_missing_phrase_is_not_given() -> None:
    assert parse(None) == Deadline("", Kind.NOT_GIVEN)


# Context ----------------------------------------------------------------------------------------------


def test_a_bare_day_and_month_takes_a_year_that_is_certain() -> None:
    assert parse("1. mai", year=2021).due == date(2021, 5, 1)
    assert parse("1. mai", period=ONE_YEAR).due == date(2021, 5, 1)
    assert parse("1. mai", period=ONE_YEAR).warnings == ()
    assert parse("1. mai", period=PLAN).due is None
    assert parse("innen utgangen av året", year=2021).due == date(2021, 12, 31)
    assert parse("neste år", year=2021).due == date(2022, 12, 31)
    assert parse("vår og høst", year=2021).due == date(2021, 11, 30)


def test_a_year_in_the_phrase_is_stronger_than_the_context() -> None:
    assert parse("mai 2022", year=2021).due == date(2022, 5, 31)


def test_a_weekday_is_checked_against_the_year_from_the_context() -> None:
    assert parse("lørdag 1. mai", year=2021).warnings == ()
    assert parse("mandag 1. mai", year=2021).warnings == (DeadlineWarning.WEEKDAY_MISMATCH,)


def test_without_a_period_the_plans_period_has_no_days() -> None:
    deadline = parse("innen utgangen av planperioden")
    assert (deadline.kind, deadline.due) == (Kind.PERIOD, None)
    assert deadline.warnings == (DeadlineWarning.PERIOD_MISSING,)


def test_two_years_from_nothing_have_no_days() -> None:
    assert parse("innen 2 år").warnings == (DeadlineWarning.STARTING_POINT_MISSING,)


def test_a_yearly_day_without_a_year_to_count_from_keeps_its_month_and_is_flagged() -> None:
    deadline = parse("1. mai hvert år")
    assert deadline.every == Every("year", 1, 1, (5,))
    assert deadline.warnings == (DeadlineWarning.DAY_OF_MONTH_UNPLACED,)


def test_the_election_period_is_the_one_most_of_the_plan_lies_in() -> None:
    deadline = parse("i valgperioden", period=Period.of_years(2023, 2027))
    assert (deadline.start, deadline.due) == (date(2023, 10, 1), date(2027, 10, 31))
    assert parse("i valgperioden", year=2021).warnings == ()


def test_a_date_outside_the_period_is_kept_and_flagged() -> None:
    deadline = parse("01.01.2025", period=PLAN)
    assert deadline.due == date(2025, 1, 1)
    assert deadline.warnings == (DeadlineWarning.OUTSIDE_PERIOD,)


# Any text at all --------------------------------------------------------------------------------------


@given(st.text(), PERIODS)
def test_no_text_crashes_the_parser(text: str, period: Period | None) -> None:
    assert parse(text, period=period).text == text


@given(JUMBLES, PERIODS, st.none() | st.integers(1, 9999))
@example("hvert 2021 og 53", None, 9999)
@example("årsskiftet", PLAN, 1)
@example("kommunestyreperiode", None, 1)
@example("neste valgperiode", Period(date.min, date.max), None)
def test_no_jumble_of_time_words_crashes_the_parser(text: str, period: Period | None, year: int | None) -> None:
    deadline = parse(text, period=period, year=year)
    assert deadline.kind in Kind


@given(JUMBLES, PERIODS)
def test_what_is_not_understood_or_lacks_its_date_says_why(text: str, period: Period | None) -> None:
    deadline = parse(text, period=period)
    if deadline.kind in (Kind.NOT_UNDERSTOOD, Kind.DATE, Kind.PERIOD) and deadline.due is None:
        assert deadline.warnings


@given(st.text() | JUMBLES, PERIODS)
@example("Oppstart 2020 eller 2021", None)
def test_what_was_understood_is_written_and_read_back(text: str, period: Period | None) -> None:
    deadline = parse(text, period=period)
    assert parse(canonical(deadline), period=period).meaning == deadline.meaning


def test_a_text_too_long_for_a_deadline_is_not_read() -> None:
    junk = "hvert 3. år " * 10_000
    assert parse(junk) == Deadline(junk, Kind.NOT_UNDERSTOOD, warnings=(DeadlineWarning.TOO_LONG,))


REPEATED = ["i ", "1-", "1.", "ved ", "etter a, ", "mars/", "1 og ", "(", "innen ", "hvert ", "2021 og ", "3 ganger "]


@pytest.mark.parametrize("piece", REPEATED)
def test_the_longest_phrase_of_one_thing_over_and_over_is_read_in_bounded_work(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    peek = Reader.peek

    def counting(self: Reader, ahead: int = 0) -> Token | None:
        nonlocal looks
        looks += 1
        return peek(self, ahead)

    monkeypatch.setattr(Reader, "peek", counting)
    parse((piece * 500)[:500])
    assert looks < 500_000


# The calendar -----------------------------------------------------------------------------------------


@given(DAYS)
def test_every_day_is_read_in_every_writing(day: date) -> None:
    months = "januar februar mars april mai juni juli august september oktober november desember".split()  # noqa: SIM905
    writings = [
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}.{day.month:02}. {day.year}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day}. {months[day.month - 1]} {day.year}",
        f"innen {day.day}.{months[day.month - 1][:3]} {day.year}",
    ]
    assert {parse(writing).due for writing in writings} == {day}


@given(DAYS, DAYS)
def test_a_range_of_days_begins_and_ends(a: date, b: date) -> None:
    first, last = sorted((a, b))
    deadline = parse(f"{first:%d.%m.%Y} – {last:%d.%m.%Y}")
    assert (deadline.kind, deadline.start, deadline.due) == (Kind.PERIOD, first, last)


@given(st.integers(2000, 2060), st.integers(1, 53))
def test_a_week_is_due_on_its_friday_or_does_not_exist(year: int, week: int) -> None:
    deadline = parse(f"uke {week} {year}")
    if deadline.due is None:
        assert (week, deadline.warnings) == (53, (DeadlineWarning.DATE_IMPOSSIBLE,))
    else:
        assert deadline.due.isocalendar() == (year, week, 5)


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2019, date(2019, 4, 21)), (2021, date(2021, 4, 4)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))],
)
def test_easter_falls_on(year: int, easter: date) -> None:
    assert easter_sunday(year) == easter


def test_an_election_period_turns_in_october() -> None:
    assert election_period_of(date(2023, 9, 30)) == (date(2019, 10, 1), date(2023, 10, 31))
    assert election_period_of(date(2023, 10, 1)) == (date(2023, 10, 1), date(2027, 10, 31))
    assert election_period_of(date(2024, 1, 1)) == (date(2023, 10, 1), date(2027, 10, 31))


# Period and Every ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2020-2024", "2020–2024", " 2020 - 2024 ", "2020/2024"])
def test_a_period_of_years_is_read(text: str) -> None:
    assert Period.parse(text) == Period(date(2020, 1, 1), date(2024, 12, 31))


def test_a_single_year_is_a_period_too() -> None:
    assert Period.parse("2022") == Period.of_years(2022, 2022)
    assert Period.parse("2022").only_year == 2022
    assert PLAN.only_year is None


@pytest.mark.parametrize("text", ["", "2024-2020", "20-24", "2020-2024-2028", "planperioden", "0000"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.parse(text)


def test_a_period_knows_its_days_and_years() -> None:
    assert date(2024, 12, 31) in PLAN
    assert date(2025, 1, 1) not in PLAN
    assert list(PLAN.years) == [2020, 2021, 2022, 2023, 2024]
    assert str(PLAN) == "2020-2024"


@pytest.mark.parametrize(("n", "times", "months"), [(0, 1, ()), (-1, 1, ()), (1, 0, ()), (1, 1, (13,)), (1, 1, (0,))])
def test_a_recurrence_that_makes_no_sense_is_refused(n: int, times: int, months: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"recur|months"):
        Every("year", n, times, months)


def test_a_recurrence_in_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="unit"):
        Every.from_json({"unit": "day", "n": 1, "times": 1, "months": []})
