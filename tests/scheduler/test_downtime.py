"""Down for a day, a month or a year, run twice, started twice: each thing is taken up once, in one message."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from plan.status import Status
from storage import outbox
from storage.database import open_database
from storage.tables import Plan
from tests.scheduler.desk import HOURS, MAY, Desk, at

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)


async def _town(desk: Desk) -> Plan:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.join("Leder", "NAV")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    await desk.join("Admin", is_admin=True)
    await desk.measure(plan, "1", "NAV", "30.4.2021", JANUARY)
    await desk.measure(plan, "2", "NAV", "løpende", JANUARY)
    return plan


async def test_after_a_day_of_downtime_what_was_missed_is_said(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS - timedelta(days=1))
    await desk.deliver(at(OPENS - timedelta(days=1)))
    assert await desk.day(OPENS + timedelta(days=1)) == ["Leder: opened 1", "Leder: opened 2"]
    ((person, found),) = await desk.deliver(at(OPENS + timedelta(days=1)))
    assert (person, [question.ref for question in found.questions]) == ("Leder", ["1", "2"])


async def test_after_a_month_of_downtime_everybody_gets_one_message_and_nobody_above_hears_of_it_yet(
    desk: Desk,
) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.deliver(at(OPENS))
    back = date(2021, 4, 16)
    said = await desk.day(back)
    assert sorted(said) == ["Kontor: office_week", "Leder: lead 1", "Leder: nag 1", "Leder: nag 2"]
    sent = await desk.deliver(at(back))
    assert sorted(person for person, _ in sent) == ["Kontor", "Leder"]
    later = await desk.days(back + timedelta(days=1), date(2021, 4, 20))
    assert [day for day, lines in later.items() if any(line.startswith("Rådmann") for line in lines)] == [
        date(2021, 4, 20)
    ], "two working days after the reminder"


async def test_a_year_of_downtime_asks_about_what_still_matters(desk: Desk) -> None:
    plan = await _town(desk)
    back = date(2022, 2, 1)
    assert await desk.day(back) == ["Leder: due 1"]
    assert [row.state for row in await desk.rounds(plan)] == ["closed", "planned", "planned", "planned"]


async def test_a_pass_that_is_run_again_decides_nothing(desk: Desk) -> None:
    await _town(desk)
    assert await desk.day(OPENS)
    before = [await desk.reminders(), await desk.messages(), await desk.requests("1")]
    assert await desk.day(OPENS) == []
    assert await desk.tick(at(OPENS, 9, 1)) == []
    assert [await desk.reminders(), await desk.messages(), await desk.requests("1")] == before


async def test_a_clock_that_was_set_back_says_nothing_twice(desk: Desk) -> None:
    await _town(desk)
    await desk.day(OPENS)
    assert [await desk.day(OPENS - timedelta(days=n)) for n in (1, 30, 365)] == [[], [], []]


async def test_two_services_that_pass_at_once_store_everything_once(desk: Desk) -> None:
    await _town(desk)
    second = Desk(open_database(desk.database.engine.url.render_as_string(hide_password=False)), desk.people)
    try:
        notices = await asyncio.gather(*(one.tick(at(OPENS)) for one in (desk, second, desk, second)))
    finally:
        await second.database.close()
    assert sorted(len(found) for found in notices)[:3] == [0, 0, 0]
    assert sorted(reminder.step for reminder in await desk.reminders()) == ["lead:60", "opened", "opened"]
    messages = await desk.messages()
    assert len({row.person_id for row in messages}) == len(messages)


async def test_an_answer_that_comes_while_a_pass_runs_is_not_undone(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, date(2021, 3, 16))
    halfway = date(2021, 3, 25)

    async def answer() -> None:
        await desk.answer("2", Status.IN_PROGRESS, at(halfway))

    for _ in range(3):
        await asyncio.gather(desk.tick(at(halfway)), answer(), desk.tick(at(halfway)))
    (request,) = await desk.requests("2")
    assert (request.closed_because, request.next_on) == ("answered", None)
    said = await desk.days(halfway, date(2021, 5, 1))
    assert not [line for lines in said.values() for line in lines if line == "Leder: nag 2"]


async def test_summer_time_moves_nothing(desk: Desk) -> None:
    # Clocks go forward on Sunday 28 March 2021 and back on Sunday 31 October.
    plan = await desk.plan(JANUARY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "28.3.2021", JANUARY)
    await desk.measure(plan, "2", "NAV", "31.10.2021", JANUARY)
    await desk.days(JANUARY, date(2021, 3, 20))
    await desk.deliver(at(date(2021, 3, 20)))
    assert await desk.days(date(2021, 3, 21), date(2021, 3, 30)) == {date(2021, 3, 26): ["Leder: due 1"]}
    await desk.deliver(at(date(2021, 3, 26)))
    moment = datetime(2021, 10, 31, 0, 30, tzinfo=UTC)  # half past two, for the first time that night
    await desk.days(date(2021, 8, 1), date(2021, 10, 30))
    assert await desk.tick(moment) == await desk.tick(moment + timedelta(hours=1)) == []
    await desk.deliver(at(date(2021, 10, 29)))
    for night in (date(2021, 3, 28), date(2021, 10, 31)):
        async with desk.database.write() as session:
            await outbox.write_daily(session, [1], at(night, 0), HOURS)
        await desk.deliver(at(night + timedelta(days=1)))
    mondays = {str(row.day): row.not_before for row in await desk.messages() if row.day.weekday() == 0}
    # Eight in the morning on the Monday after, whether that is six or seven UTC.
    assert mondays["2021-03-29"] == datetime(2021, 3, 29, 6, 0, tzinfo=UTC)
    assert mondays["2021-11-01"] == datetime(2021, 11, 1, 7, 0, tzinfo=UTC)
