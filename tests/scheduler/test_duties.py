"""What recurs, has several milestones or begins: each day is asked about, answered and counted on its own."""

from datetime import date, datetime

import pytest

from plan import tally
from plan.deadline import parse
from plan.status import Status
from plan.tally import Pace, Tally
from scheduler import calendar, counting
from scheduler.setting_changes import settings_changed
from storage import tallies
from storage.tables import Plan
from tests.scheduler.desk import HOURS, Desk, at

JANUARY = date(2021, 1, 4)
THREE_TIMES = "tre ganger i året"


async def town(desk: Desk, phrase: str) -> Plan:
    plan = await desk.plan(JANUARY, settings={"revision": {"notice": [], "tell": "nobody"}})
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", phrase, JANUARY)
    return plan


async def asked_on(desk: Desk, first: date, last: date, kind: str = "due") -> list[date]:
    return [day for day, said in (await desk.days(first, last)).items() if f"Leder: {kind} 1" in said]


async def set_lead_days(desk: Desk, days: list[int] | None, today: date) -> None:
    async with desk.database.write() as session:
        measure = await desk.find(session, "1")
        measure.lead_days = days
        await session.flush()
        await settings_changed(session, await session.get_one(Plan, measure.plan_id), at(today), HOURS)


async def test_en_undersokelse_hvert_ar_that_is_done_one_year_is_asked_about_the_next(desk: Desk) -> None:
    await town(desk, "hvert år")
    asked: list[date] = []
    for year in (2021, 2022, 2023, 2024):
        asked += await asked_on(desk, date(year, 12, 25), date(year, 12, 31))
        await desk.answer("1", Status.DONE, at(date(year, 12, 31), 12))
    assert asked == [date(2021, 12, 31), date(2022, 12, 30), date(2023, 12, 29), date(2024, 12, 31)]
    assert [row.closed_at.year for row in await desk.due_dates("1") if row.closed_at] == [2021, 2022, 2023, 2024]


async def test_done_when_reminded_settles_the_day_the_reminder_is_about_and_no_other(desk: Desk) -> None:
    await town(desk, "hvert år")
    assert await asked_on(desk, JANUARY, date(2021, 11, 1), "lead") == [date(2021, 11, 1)]
    await desk.answer("1", Status.DONE, at(date(2021, 11, 2)))
    assert await asked_on(desk, date(2021, 11, 3), date(2022, 12, 31)) == [date(2022, 12, 30)]


async def test_tre_kontroller_i_aret_are_three_questions_with_three_answers(desk: Desk) -> None:
    await town(desk, THREE_TIMES)
    asked: list[date] = []
    for day in (date(2021, 4, 30), date(2021, 8, 31), date(2021, 12, 31)):
        asked += await asked_on(desk, day, day)
        await desk.answer("1", Status.DONE, at(day, 12))
    assert asked == [date(2021, 4, 30), date(2021, 8, 31), date(2021, 12, 31)]
    of_year = [row for row in await desk.due_dates("1") if row.due_on.year == 2021]
    assert [row.closed_at is not None for row in of_year] == [True] * 3
    assert len({row.closed_at for row in of_year}) == 3


async def test_done_in_the_round_is_about_the_year_and_leaves_the_days_ahead_as_they_are(desk: Desk) -> None:
    await town(desk, THREE_TIMES)
    await desk.answer("1", Status.DONE, at(date(2021, 1, 5)))
    assert await asked_on(desk, date(2021, 1, 6), date(2021, 5, 1)) == [date(2021, 4, 30)]


async def test_a_duty_that_lapses_is_not_asked_about_again(desk: Desk) -> None:
    await town(desk, "hvert år")
    await desk.answer("1", Status.DROPPED, at(date(2021, 1, 5)))
    assert await desk.days(date(2021, 1, 6), date(2024, 12, 31)) == {}


async def test_a_duty_that_was_done_this_year_is_asked_about_in_the_next_round_and_stands_in_the_calendar(
    desk: Desk,
) -> None:
    plan = await town(desk, "hvert år")
    await asked_on(desk, date(2021, 12, 31), date(2021, 12, 31))
    await desk.answer("1", Status.DONE, at(date(2021, 12, 31), 12))
    await desk.meeting(plan, date(2022, 5, 11), date(2022, 1, 3))
    assert len(await asked_on(desk, date(2022, 1, 4), date(2022, 5, 11), "opened")) == 1
    async with desk.database.read() as session:
        ahead = await calendar.of_plan(session, plan, date(2022, 1, 1), date(2022, 12, 31))
    assert [entry.on for entry in ahead if entry.kind == "deadline"] == [date(2022, 12, 31)]


async def test_each_milestone_is_asked_about_and_done_on_its_own(desk: Desk) -> None:
    await town(desk, "Kartlegging 2021, tiltak 2022")
    rows = await desk.due_dates("1")
    assert [row.due_on for row in rows] == [date(2021, 12, 31), date(2022, 12, 31)], "the phrase has two milestones"
    assert await asked_on(desk, date(2021, 12, 31), date(2021, 12, 31)) == [date(2021, 12, 31)]
    await desk.answer("1", Status.DONE, at(date(2021, 12, 31), 12))
    assert await asked_on(desk, date(2022, 1, 3), date(2022, 12, 31)) == [date(2022, 12, 30)]
    await desk.answer("1", Status.DONE, at(date(2022, 12, 30), 12))
    assert await desk.days(date(2023, 1, 2), date(2024, 12, 31)) == {}


async def test_an_answer_is_not_about_a_day_that_the_deadline_no_longer_has(desk: Desk) -> None:
    await town(desk, "1. mai og 1. november 2021")
    await desk.move("1", "1. august og 1. november 2021", date(2021, 2, 15))
    # No day has come, so that the whole is done.
    await desk.answer("1", Status.DONE, at(date(2021, 6, 1)))
    assert await desk.days(date(2021, 6, 1), date(2021, 12, 31)) == {}


async def test_a_count_is_not_of_days_that_the_deadline_no_longer_has(desk: Desk) -> None:
    await town(desk, THREE_TIMES)
    await desk.move("1", "to ganger i året", date(2021, 2, 15))
    assert await asked_on(desk, date(2021, 6, 30), date(2021, 6, 30)) == [date(2021, 6, 30)]
    await desk.answer("1", Status.DONE, at(date(2021, 6, 30), 12))
    assert (await counted(desk, 2021)).days == (date(2021, 6, 30), date(2021, 12, 31))
    assert (await counted(desk, 2021)).done == 1


async def test_iverksettes_fra_is_asked_about_on_its_day_and_not_before(desk: Desk) -> None:
    plan = await town(desk, "Iverksettes fra 1.3.2022")
    assert await desk.days(JANUARY, date(2022, 2, 28)) == {}
    assert await asked_on(desk, date(2022, 3, 1), date(2022, 3, 1)) == [date(2022, 3, 1)]
    [(_who, found)] = await desk.deliver(at(date(2022, 3, 1)))
    assert [question.starts for question in found.questions] == [True]
    async with desk.database.read() as session:
        entries = await calendar.of_plan(session, plan, date(2022, 1, 1), date(2022, 12, 31))
    assert [(entry.on, entry.kind) for entry in entries if entry.ref] == [(date(2022, 3, 1), "start")]
    await desk.answer("1", Status.IN_PROGRESS, at(date(2022, 3, 1), 12))
    assert await desk.days(date(2022, 3, 2), date(2024, 12, 31)) == {}


async def test_what_began_before_the_plan_came_here_is_left_to_the_rounds(desk: Desk) -> None:
    await town(desk, "Iverksettes fra 2020")
    assert await desk.days(JANUARY, date(2024, 12, 31)) == {}


async def test_a_measure_has_lead_days_of_its_own(desk: Desk) -> None:
    await town(desk, "31.12.2021")
    await set_lead_days(desk, [90, 30], JANUARY)
    assert await asked_on(desk, JANUARY, date(2021, 12, 31), "lead") == [date(2021, 10, 1), date(2021, 12, 1)]


async def test_other_lead_days_after_the_first_reminder_move_the_rest_and_repeat_none(desk: Desk) -> None:
    await town(desk, "31.12.2021")
    assert await asked_on(desk, JANUARY, date(2021, 11, 1), "lead") == [date(2021, 11, 1)]
    await set_lead_days(desk, [60, 30], date(2021, 11, 2))
    assert await asked_on(desk, date(2021, 11, 2), date(2021, 12, 31), "lead") == [date(2021, 12, 1)]


@pytest.mark.parametrize(
    ("days", "expected"), [([7], [date(2021, 12, 24)]), (None, [date(2021, 11, 1), date(2021, 12, 17)])]
)
async def test_without_its_own_the_lead_days_are_the_plans(
    desk: Desk, days: list[int] | None, expected: list[date]
) -> None:
    await town(desk, "31.12.2021")
    await set_lead_days(desk, [200, 100], JANUARY)
    await set_lead_days(desk, days, date(2021, 1, 5))
    assert await asked_on(desk, date(2021, 1, 5), date(2021, 12, 31), "lead") == expected


async def counted(desk: Desk, year: int) -> Tally:
    async with desk.database.read() as session:
        measure_id = (await desk.find(session, "1")).id
        assert measure_id is not None
        return (await tallies.of_measures(session, [(measure_id, year)]))[measure_id, year]


async def count_one(desk: Desk, when: datetime) -> None:
    async with desk.database.write() as session:
        measure = await desk.find(session, "1")
        row = await counting.next_of(session, measure, await counting.year_of(session, measure, HOURS.local_date(when)))
        assert row is not None
        assert await counting.one_done(session, row, by=next(iter(desk.people.values())).id or 0, at=when)
        assert not await counting.one_done(session, row, by=next(iter(desk.people.values())).id or 0, at=when)


async def test_controls_are_counted_one_by_one_and_only_the_days_of_the_others_are_asked_about(desk: Desk) -> None:
    await town(desk, THREE_TIMES)
    await count_one(desk, at(date(2021, 2, 1)))
    await count_one(desk, at(date(2021, 2, 15)))
    found = await counted(desk, 2021)
    assert (found.done, found.remaining, found.pace(date(2021, 9, 1))) == (2, 1, Pace.ON_TIME)
    assert await asked_on(desk, date(2021, 2, 16), date(2021, 12, 31)) == [date(2021, 12, 31)]
    await count_one(desk, at(date(2021, 12, 31), 12))
    assert (await counted(desk, 2021)).pace(date(2021, 12, 31)) is Pace.COMPLETE
    assert (await counted(desk, 2022)).done == 0, "the next year begins anew"


async def test_a_count_after_the_day_was_answered_otherwise_is_of_that_day(desk: Desk) -> None:
    await town(desk, THREE_TIMES)
    await asked_on(desk, date(2021, 4, 30), date(2021, 4, 30))
    await desk.answer("1", Status.DELAYED, at(date(2021, 4, 30), 12))
    assert (await counted(desk, 2021)).pace(date(2021, 5, 1)) is Pace.BEHIND
    await count_one(desk, at(date(2021, 5, 10)))
    assert [row.due_on for row in await desk.due_dates("1") if row.done_at] == [date(2021, 4, 30)]
    assert await asked_on(desk, date(2021, 5, 11), date(2021, 8, 31)) == [date(2021, 8, 31)]


async def test_the_daily_message_has_the_count(desk: Desk) -> None:
    await town(desk, THREE_TIMES)
    await asked_on(desk, date(2021, 4, 30), date(2021, 4, 30))
    [(_who, found)] = await desk.deliver(at(date(2021, 4, 30)))
    assert [(each.tally.done, each.tally.wanted) for each in found.questions if each.tally] == [(0, 3)]


@pytest.mark.parametrize(
    ("done", "today", "pace"),
    [
        (1, date(2021, 4, 30), Pace.ON_TIME),
        (0, date(2021, 4, 30), Pace.ON_TIME),
        (0, date(2021, 5, 1), Pace.BEHIND),
        (1, date(2021, 5, 1), Pace.ON_TIME),
        (1, date(2021, 12, 29), Pace.BEHIND),
        (1, date(2021, 12, 31), Pace.NO_ROOM),
        (2, date(2021, 12, 31), Pace.ON_TIME),
        (2, date(2022, 1, 1), Pace.OVER),
        (3, date(2022, 1, 1), Pace.COMPLETE),
    ],
)
def test_the_pace_is_too_slow_when_fewer_are_done_than_have_passed_or_the_rest_has_no_room(
    done: int, today: date, pace: Pace
) -> None:
    assert Tally(2021, (date(2021, 4, 30), date(2021, 8, 31), date(2021, 12, 31)), done).pace(today) is pace


@pytest.mark.parametrize(
    ("phrase", "is_counted"),
    [(THREE_TIMES, True), ("hvert år", False), ("hver vår og høst", True), ("31.12.2021", False), (None, False)],
)
def test_what_comes_several_times_a_year_is_counted(phrase: str | None, is_counted: bool) -> None:
    assert tally.is_counted(parse(phrase).to_json()) is is_counted
