"""Looking ahead: the rounds of a plan and the due dates of its measures."""

from datetime import date

import pytest

from plan.status import Status
from scheduler.meeting_checks import RoundRefused, case_of, check_meeting
from scheduler.planning import YEARS_AHEAD
from tests.scheduler.desk import CALENDAR, MAY, Desk, at

JANUARY = date(2021, 1, 4)


async def test_vefsn_reports_to_the_councils_meeting_in_may_every_year_from_2021(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    found = []
    for row in await desk.rounds(plan):
        days = [str(day) for day in (row.opens_on, row.reply_by, row.papers_on, row.meeting_on)]
        found.append([row.year, row.body, row.provisional, *days])
    # The day of the meeting is not in the plan: the first working day of May, so that nothing is late.
    assert found == [
        [2021, "Kommunestyret", True, "2021-03-15", "2021-04-09", "2021-04-19", "2021-05-03"],
        [2022, "Kommunestyret", True, "2022-03-14", "2022-04-05", "2022-04-13", "2022-05-02"],
        [2023, "Kommunestyret", True, "2023-03-13", "2023-04-04", "2023-04-17", "2023-05-02"],
        [2024, "Kommunestyret", True, "2024-03-13", "2024-04-09", "2024-04-17", "2024-05-02"],
    ]


async def test_the_due_dates_of_vefsn_are_those_its_measures_state(desk: Desk) -> None:
    await desk.vefsn(JANUARY)
    due = {}
    for ref in ("0.1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.1", "3.1", "3.2", "3.3"):
        due[ref] = [str(row.due_on) for row in await desk.due_dates(ref)]
    assert due == {
        "0.1": [],  # ongoing
        "1.1": ["2022-12-31"],
        "1.2": ["2020-12-31"],
        "1.3": ["2023-01-01"],
        "1.4": ["2022-01-01"],
        "1.5": [],  # only a start
        "1.6": ["2024-01-01"],
        "1.7": ["2022-12-31"],
        "2.1": ["2020-12-31"],
        "3.1": ["2022-12-31"],
        "3.2": ["2021-12-31"],
        "3.3": ["2020-12-31"],
    }


async def test_a_measure_next_concerns_us_on_its_first_lead_reminder(desk: Desk) -> None:
    await desk.vefsn(JANUARY)
    (row,) = await desk.due_dates("1.1")
    # 60 days before New Year's Eve is 1 November 2022, a Tuesday.
    assert row.next_on == date(2022, 11, 1)


async def test_the_real_meeting_moves_the_round_and_is_no_longer_provisional(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    await desk.meeting(plan, date(2021, 5, 12), JANUARY)
    row = (await desk.rounds(plan))[0]
    assert (row.meeting_on, row.provisional, row.opens_on) == (date(2021, 5, 12), False, date(2021, 3, 24))
    assert [other.provisional for other in (await desk.rounds(plan))[1:]] == [True, True, True]


async def test_the_provisional_day_may_be_the_real_one(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    await desk.meeting(plan, date(2021, 5, 3), JANUARY)
    assert not (await desk.rounds(plan))[0].provisional


async def test_the_first_meeting_of_the_case_route_counts(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    await desk.meeting(plan, date(2021, 5, 12), JANUARY)
    await desk.meeting(plan, date(2021, 4, 28), JANUARY, body="Hovedutvalg")
    row = (await desk.rounds(plan))[0]
    assert (row.body, row.meeting_on) == ("Hovedutvalg", date(2021, 4, 28))


async def test_two_meetings_on_a_day_make_one_round(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    await desk.meeting(plan, date(2021, 5, 12), JANUARY)
    await desk.meeting(plan, date(2021, 5, 12), JANUARY, body="Formannskapet")
    assert [row.year for row in await desk.rounds(plan)] == [2021, 2022, 2023, 2024]


async def test_a_day_that_has_passed_is_answered_with_one_after_the_other_meetings_of_this_year(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.meeting(plan, date(2021, 5, 12), JANUARY, "Formannskapet")
    async with desk.database.read() as session:
        case = await case_of(session, plan, None, 2020, "Kommunestyret", today=JANUARY, calendar=CALENDAR)
    with pytest.raises(RoundRefused) as refused:
        check_meeting(case, 2020, "Kommunestyret", date(2020, 5, 12))
    assert refused.value.data["next_day"] == date(2021, 5, 14), "the 13th is Ascension Day"


async def test_a_meeting_in_a_year_without_a_promise_makes_a_round(desk: Desk) -> None:
    plan = await desk.plan(JANUARY)
    assert await desk.rounds(plan) == []
    await desk.meeting(plan, date(2023, 6, 14), JANUARY)
    assert [(row.year, row.provisional) for row in await desk.rounds(plan)] == [(2023, False)]


async def test_a_promise_without_a_month_waits_for_the_meeting(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, rule=MAY | {"months": []})
    assert await desk.rounds(plan) == []


async def test_planning_twice_changes_nothing(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    before = [await desk.rounds(plan), await desk.due_dates("1.1")]
    await desk.meeting(plan, date(2025, 1, 15), JANUARY)
    assert [(await desk.rounds(plan))[:4], await desk.due_dates("1.1")] == before


async def test_a_closed_round_stays_as_it_was(desk: Desk) -> None:
    plan = await desk.vefsn(JANUARY)
    await desk.days(date(2021, 3, 15), date(2021, 3, 16))
    await desk.day(date(2021, 5, 4))
    await desk.meeting(plan, date(2021, 6, 16), date(2021, 5, 4))
    row = (await desk.rounds(plan))[0]
    assert (row.state, row.meeting_on, row.next_on) == ("closed", date(2021, 5, 3), None)


async def test_a_round_that_was_over_before_anybody_was_asked_opens_for_a_meeting_that_lies_ahead(desk: Desk) -> None:
    june = date(2021, 6, 1)
    plan = await desk.vefsn(june)
    await desk.join("Rådmann", "Rådmannen")
    await desk.day(june)
    assert (await desk.rounds(plan))[0].state == "closed", "its provisional meeting was in May"
    await desk.meeting(plan, date(2021, 9, 22), june)
    row = (await desk.rounds(plan))[0]
    assert (row.state, row.meeting_on, row.opens_on) == ("planned", date(2021, 9, 22), date(2021, 8, 9))
    await desk.day(date(2021, 8, 9))
    assert (await desk.rounds(plan))[0].state == "open"


async def test_a_plan_whose_period_is_over_is_asked_about_once_and_has_no_more_rounds(desk: Desk) -> None:
    today = date(2026, 3, 2)
    plan = await desk.vefsn(today)
    await desk.unit("X")
    await desk.join("Rådmann", "Rådmannen")
    said = await desk.day(today)
    assert {line for line in said if line.startswith("Rådmann")} == {
        f"Rådmann: due {ref}" for ref in ("1.1", "1.2", "1.3", "2.1", "3.1")
    }
    assert [row.state for row in await desk.rounds(plan)] == ["closed"] * 4


async def test_a_plan_without_a_period_is_planned_some_years_ahead_for_as_long_as_it_lives(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, period=None, rule=MAY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "hvert år", JANUARY)
    assert [row.year for row in await desk.rounds(plan)] == [*range(2021, 2022 + YEARS_AHEAD)]
    day = JANUARY
    for year in range(2021, 2030):
        for day in (date(year, 3, 20), date(year, 6, 1), date(year, 12, 31)):
            await desk.day(day)
        await desk.answer("1", Status.IN_PROGRESS, at(day, 10))
    asked = [request.due_on.year for request in await desk.requests("1") if request.due_on and request.reason == "due"]
    assert asked == [*range(2021, 2030)]
    assert {row.year for row in await desk.rounds(plan)} == {*range(2021, 2030 + YEARS_AHEAD)}


async def test_a_deadline_outside_the_plans_period_stands(desk: Desk) -> None:
    plan = await desk.plan(JANUARY)
    await desk.measure(plan, "1", None, "31.12.2030", JANUARY)
    assert [row.due_on for row in await desk.due_dates("1")] == [date(2030, 12, 31)]


async def test_a_duty_every_third_year_falls_due_in_its_years(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, period=(2019, 2030))
    await desk.measure(plan, "1", None, "hvert 3. år fra 2019", JANUARY)
    assert [row.due_on.year for row in await desk.due_dates("1")] == [2019, 2022, 2025, 2028]


async def test_a_moved_deadline_is_asked_about_on_its_new_day_and_no_more_on_its_old(desk: Desk) -> None:
    plan = await desk.plan(JANUARY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "31.12.2021", JANUARY)
    assert await desk.day(date(2021, 11, 1)) == ["Leder: lead 1"]
    await desk.move("1", "31.12.2022", date(2021, 11, 5))
    assert [(r.closed_because, r.next_on) for r in await desk.requests("1")] == [("called_off", None)]
    said = await desk.days(date(2021, 11, 6), date(2023, 1, 2))
    assert list(said) == [date(2022, 11, 1), date(2022, 12, 16), date(2022, 12, 30)]


async def test_a_deadline_that_is_moved_back_is_asked_about_again(desk: Desk) -> None:
    plan = await desk.plan(JANUARY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "31.12.2021", JANUARY)
    await desk.move("1", "31.12.2022", date(2021, 2, 1))
    await desk.move("1", "31.12.2021", date(2021, 2, 2))
    assert list(await desk.days(date(2021, 2, 3), date(2021, 12, 31))) == [
        date(2021, 11, 1),
        date(2021, 12, 17),
        date(2021, 12, 31),
    ]


async def test_a_deadline_that_is_moved_away_and_back_while_it_is_asked_about_goes_on_where_it_was(desk: Desk) -> None:
    plan = await desk.plan(JANUARY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "31.12.2021", JANUARY)
    await desk.day(date(2021, 11, 1))
    await desk.move("1", "31.12.2022", date(2021, 11, 2))
    await desk.move("1", "31.12.2021", date(2021, 11, 3))
    said = await desk.days(date(2021, 11, 4), date(2021, 12, 31))
    assert list(said) == [date(2021, 11, 4), date(2021, 12, 17), date(2021, 12, 31)]
    assert len(await desk.requests("1")) == 1


async def test_another_title_leaves_what_is_asked_alone(desk: Desk) -> None:
    today = date(2022, 2, 1)
    plan = await desk.plan(today, period=None)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "31.12.2021", today)
    await desk.day(today)
    await desk.move("1", "31.12.2021", today)
    assert [(r.reason, r.closed_at) for r in await desk.requests("1")] == [("due", None)]


async def test_an_archived_measure_is_asked_about_no_more(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "31.12.2021", JANUARY)
    await desk.day(date(2021, 11, 1))
    await desk.archive("1", date(2021, 11, 2))
    assert [request.closed_because for request in await desk.requests("1")] == ["measure_closed"]
    said = await desk.days(date(2021, 11, 3), date(2022, 6, 1))
    assert not [line for lines in said.values() for line in lines if line.startswith("Leder")]


@pytest.mark.parametrize("phrase", ["løpende", "ved behov", "snarest", None, "når midlene er på plass"])
async def test_a_measure_without_a_day_never_falls_due(desk: Desk, phrase: str | None) -> None:
    plan = await desk.plan(JANUARY)
    await desk.measure(plan, "1", None, phrase, JANUARY)
    assert await desk.due_dates("1") == []
