"""Deadlines: reminded of before, asked about on the day, followed up until they are answered."""

import asyncio
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from plan.status import Status
from scheduler.tick import tick
from storage.database import Database
from storage.tables import Plan
from tests.scheduler.desk import HOURS, Desk, at

JANUARY = date(2021, 1, 4)


async def _town(desk: Desk, phrase: str = "31.12.2021", today: date = JANUARY) -> Plan:
    plan = await desk.plan(today, settings={"revision": {"notice": [], "tell": "nobody"}})
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.join("Leder", "NAV")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    await desk.join("Admin", is_admin=True)
    await desk.measure(plan, "1", "NAV", phrase, today)
    return plan


async def test_the_deadlines_of_vefsn_are_said_60_and_14_days_before_and_on_the_day(desk: Desk) -> None:
    """0.1 is ongoing and 1.5 only begins: they are asked about in rounds alone. 1.4 has nobody until it gets NAV."""
    await desk.vefsn(JANUARY)
    for name, unit in (("Rådmann", "Rådmannen"), ("Omsorg", "Kommunalsjef omsorg"), ("NAV-leder", "NAV")):
        await desk.join(name, unit)
    await desk.join("SLT", "SLT-koordinator")
    await desk.give_to("1.4", "NAV", JANUARY)
    said: dict[str, list[str]] = {}
    day: date | None = JANUARY
    while day is not None and day <= date(2024, 1, 2):
        for line in await desk.day(day):
            kind = line.split(" ")[1]
            if kind in {"lead", "due"}:
                said.setdefault(f"{day:%d.%m.%Y}", []).append(line)
            if kind == "due":
                await desk.answer(line.split(" ")[2], Status.DELAYED, at(day, 10))
        day = await desk.next_day(day)
    assert said == {
        # Imported in January 2021: what was due in 2020 is asked about at once.
        "04.01.2021": ["Rådmann: due 1.2", "Rådmann: due 2.1", "Omsorg: due 3.3"],
        # 1.4 is due on New Year's Day 2022, a holiday, and 3.2 on the day before: the working day before is the same.
        "01.11.2021": ["Omsorg: lead 3.2"],
        "02.11.2021": ["NAV-leder: lead 1.4"],
        "17.12.2021": ["NAV-leder: lead 1.4", "Omsorg: lead 3.2"],
        "31.12.2021": ["NAV-leder: due 1.4", "Omsorg: due 3.2"],
        "01.11.2022": ["Rådmann: lead 1.1", "SLT: lead 1.7", "Rådmann: lead 3.1"],
        "02.11.2022": ["Rådmann: lead 1.3"],
        # 14 days before Saturday 31 December and Sunday 1 January are a Saturday and a Sunday: the Friday before.
        "16.12.2022": ["Rådmann: lead 1.1", "Rådmann: lead 1.3", "SLT: lead 1.7", "Rådmann: lead 3.1"],
        "30.12.2022": ["Rådmann: due 1.1", "Rådmann: due 1.3", "SLT: due 1.7", "Rådmann: due 3.1"],
        "02.11.2023": ["NAV-leder: lead 1.6"],
        "18.12.2023": ["NAV-leder: lead 1.6"],
        "29.12.2023": ["NAV-leder: due 1.6"],
    }


async def test_a_deadline_that_nobody_answers_goes_up(desk: Desk) -> None:
    await _town(desk)
    said = await desk.days(JANUARY, date(2022, 6, 1))
    assert {str(day): lines for day, lines in said.items()} == {
        "2021-11-01": ["Leder: lead 1"],
        "2021-12-17": ["Leder: lead 1"],
        "2021-12-31": ["Leder: due 1"],
        "2022-01-05": ["Leder: nag 1"],
        "2022-01-12": ["Leder: nag 1"],
        "2022-01-21": ["Rådmann: escalate 1"],
        "2022-02-04": ["Kontor: escalate 1"],
    }


async def test_an_answer_to_a_lead_reminder_is_not_the_answer_of_the_day(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, date(2021, 11, 1))
    await desk.answer("1", Status.IN_PROGRESS, at(date(2021, 11, 2)))
    said = await desk.days(date(2021, 11, 2), date(2022, 1, 7))
    assert {str(day): lines for day, lines in said.items()} == {
        "2021-12-31": ["Leder: due 1"],
        "2022-01-05": ["Leder: nag 1"],
    }
    assert [(request.reason, request.closed_because) for request in await desk.requests("1")] == [
        ("lead", "answered"),
        ("due", None),
    ]


@pytest.mark.parametrize("status", [Status.DONE, Status.DROPPED])
async def test_a_measure_that_is_over_is_not_asked_about_on_its_day(desk: Desk, status: Status) -> None:
    await _town(desk)
    await desk.days(JANUARY, date(2021, 11, 1))
    await desk.answer("1", status, at(date(2021, 11, 2)))
    assert await desk.days(date(2021, 11, 2), date(2022, 6, 1)) == {}


async def test_an_answer_before_anything_is_said_leaves_the_reminders_as_they_are(desk: Desk) -> None:
    await _town(desk)
    await desk.answer("1", Status.IN_PROGRESS, at(JANUARY))
    assert list(await desk.days(JANUARY, date(2021, 12, 31))) == [
        date(2021, 11, 1),
        date(2021, 12, 17),
        date(2021, 12, 31),
    ]


@pytest.mark.parametrize("phrase", ["1.1.2022", "1.1.2023", "1.1.2024", "24.5.2021"])
async def test_a_deadline_on_a_day_off_is_asked_about_once_on_the_working_day_before(desk: Desk, phrase: str) -> None:
    await _town(desk, phrase)
    said = await desk.days(JANUARY, date(2024, 1, 1), until="Leder: due 1")
    day = max(said)
    assert [line for lines in said.values() for line in lines if line != "Leder: lead 1"] == ["Leder: due 1"]
    await desk.answer("1", Status.DELAYED, at(day, 10))
    assert await desk.days(day, day + timedelta(days=200)) == {}


async def test_a_correction_away_from_done_brings_the_deadline_back(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, date(2021, 11, 1))
    done = await desk.answer("1", Status.DONE, at(date(2021, 11, 2)))
    await desk.answer("1", Status.IN_PROGRESS, at(date(2021, 11, 3)), corrects=done)
    assert await desk.days(date(2021, 11, 3), date(2021, 12, 31)) == {date(2021, 12, 31): ["Leder: due 1"]}


async def test_a_correction_away_from_done_brings_no_day_back_that_the_deadline_no_longer_has(desk: Desk) -> None:
    await _town(desk)
    await desk.move("1", "30.11.2022", JANUARY)
    done = await desk.answer("1", Status.DONE, at(date(2021, 11, 2)))
    await desk.answer("1", Status.IN_PROGRESS, at(date(2021, 11, 3)), corrects=done)
    assert await desk.days(date(2021, 11, 3), date(2022, 11, 30)) == {date(2022, 11, 30): ["Leder: due 1"]}


async def test_a_correction_on_the_weekend_of_the_deadline_is_not_asked_about_again(desk: Desk) -> None:
    await _town(desk, "1.1.2023")
    friday = date(2022, 12, 30)
    await desk.day(friday)
    done = await desk.answer("1", Status.DONE, at(friday, 10))
    await desk.answer("1", Status.DELAYED, at(friday + timedelta(days=1)), corrects=done)
    assert await desk.days(friday, date(2023, 6, 1)) == {}


async def test_a_correction_after_the_deadline_leaves_it_answered(desk: Desk) -> None:
    await _town(desk)
    await desk.day(date(2021, 12, 31))
    done = await desk.answer("1", Status.DONE, at(date(2022, 1, 3)))
    await desk.answer("1", Status.DELAYED, at(date(2022, 1, 4)), corrects=done)
    assert await desk.days(date(2022, 1, 4), date(2022, 6, 1)) == {}


async def test_a_duty_every_year_is_asked_about_every_year_on_its_own(desk: Desk) -> None:
    await _town(desk, "hvert år")
    asked = []
    for year in (2021, 2022, 2023, 2024):
        said = await desk.days(date(year, 12, 25), date(year, 12, 31))
        asked += [str(day) for day, lines in said.items() if "Leder: due 1" in lines]
        await desk.answer("1", Status.IN_PROGRESS, at(date(year, 12, 31), 12))
    assert asked == ["2021-12-31", "2022-12-30", "2023-12-29", "2024-12-31"]
    assert [request.closed_because for request in await desk.requests("1")] == ["answered"] * 4


async def test_what_was_due_several_times_before_the_plan_came_here_is_one_question(desk: Desk) -> None:
    today = date(2024, 3, 4)
    await _town(desk, "hvert år", today)
    assert await desk.day(today) == ["Leder: due 1"] * 3
    found = dict(await desk.deliver(at(today)))["Leder"]
    assert [question.ref for question in found.questions] == ["1"]
    await desk.answer("1", Status.IN_PROGRESS, at(today, 10))
    assert await desk.days(today, date(2024, 6, 1)) == {}


async def test_a_lead_reminder_that_was_missed_long_ago_is_not_said_late(desk: Desk) -> None:
    await _town(desk)
    # Down from before the first lead reminder until after the second.
    assert await desk.day(date(2021, 12, 20)) == ["Leder: lead 1"]
    assert [reminder.step for reminder in await desk.reminders()] == ["lead:14"]
    assert list(await desk.days(date(2021, 12, 21), date(2021, 12, 31))) == [date(2021, 12, 31)]


async def test_a_deadline_that_was_missed_altogether_is_asked_about_at_once_with_time_to_answer(desk: Desk) -> None:
    await _town(desk)
    monday = date(2022, 2, 7)
    assert await desk.day(monday) == ["Leder: due 1"]
    (request,) = await desk.requests("1")
    assert (request.due_on, request.anchor_on) == (date(2021, 12, 31), monday)
    assert await desk.day(monday + timedelta(days=7)) == ["Leder: nag 1"]


async def test_a_plan_may_remind_on_other_days(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, settings={"lead_days": [30]})
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "31.12.2021", JANUARY)
    assert list(await desk.days(JANUARY, date(2021, 12, 31))) == [date(2021, 12, 1), date(2021, 12, 31)]


async def test_a_deadline_nobody_follows_up_is_told_ever_more_seldom_and_not_after_the_plans_end(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.measure(plan, "2", None, "30.6.2021", JANUARY)
    said = await desk.days(date(2021, 6, 28), date(2026, 1, 31))
    days = [day for day, lines in said.items() if "Admin: no_owner 2" in lines]
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert gaps == sorted(gaps)
    assert gaps[:4] == [7, 7, 12, 24]
    assert len(days) <= 10
    assert days[-1] <= date(2024, 12, 31)


async def test_a_deadline_nobody_follows_up_is_the_admins_every_week_until_somebody_does(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.measure(plan, "2", None, "30.6.2021", JANUARY)
    said = await desk.days(JANUARY, date(2021, 5, 20))
    # The first lead reminder would have been on Saturday 1 May.
    assert {str(day): lines for day, lines in said.items()} == {
        "2021-04-30": ["Admin: no_owner 2"],
        "2021-05-07": ["Admin: no_owner 2"],
        "2021-05-14": ["Admin: no_owner 2"],
    }
    await desk.give_to("2", "NAV", date(2021, 5, 20))
    assert [person for person, _ in await desk.deliver(at(date(2021, 5, 20), 12))] == ["Leder"]
    assert [(request.reason, request.steps_taken) for request in await desk.requests("2")] == [("lead", 1)]


async def test_a_question_that_ends_at_midnight_in_oslo_is_of_that_day(desk: Desk) -> None:
    await _town(desk)
    await desk.day(date(2021, 12, 20))
    await desk.deliver(at(date(2021, 12, 20)))
    # Oslo is an hour ahead of UTC in winter: there, the day has not changed yet.
    assert await desk.tick(at(date(2021, 12, 30), 23, 59)) == []
    notices = await desk.tick(at(date(2021, 12, 31), 0, 1))
    assert await desk.said(notices) == ["Leder: due 1"]
    (message,) = [row for row in await desk.messages() if row.day == date(2021, 12, 31)]
    assert message.not_before == at(date(2021, 12, 31), 8)


async def test_a_measure_that_is_done_and_gets_another_deadline_is_not_asked_about(desk: Desk) -> None:
    await _town(desk)
    done = await desk.answer("1", Status.DONE, at(JANUARY))
    await desk.move("1", "30.6.2022", date(2021, 2, 1))
    assert await desk.days(JANUARY, date(2022, 5, 31)) == {}
    # It was not done after all: the deadline that lies ahead concerns us again.
    await desk.answer("1", Status.IN_PROGRESS, at(date(2022, 6, 1)), corrects=done)
    assert await desk.days(date(2022, 6, 1), date(2022, 6, 30)) == {date(2022, 6, 30): ["Leder: due 1"]}


async def test_an_answer_that_comes_while_a_pass_asks_waits_for_it_and_closes_the_question(desk: Desk) -> None:
    await desk.unit("Skole")
    await desk.join("rektor", "Skole")
    plan = await desk.plan(JANUARY, settings={"lead_days": []})
    await desk.measure(plan, "1", "Skole", "30.6.2021", JANUARY)
    async with desk.database.write() as session:
        await tick(session, at(date(2021, 6, 30)), HOURS)
        answering = asyncio.create_task(desk.answer("1", Status.IN_PROGRESS, at(date(2021, 6, 30), 10)))
        await _waits(desk.database)
    await answering
    assert [request.closed_because for request in await desk.requests("1")] == ["answered"]


async def _waits(database: Database) -> None:
    """Until somebody waits for a row that another holds; on SQLite whoever writes waits from the first."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while database.dialect == "postgresql":
        async with database.engine.connect() as connection:
            if (await connection.execute(waiting)).scalar_one():
                return
