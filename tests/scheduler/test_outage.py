"""After the service was away: one message that says so and why, to whom it concerns, and nothing lost or said twice."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from plan.status import Status
from scheduler import outage
from storage import outages, outbox
from storage.database import open_database
from storage.outages import Outage
from storage.tables import Plan
from tests.scheduler.desk import HOURS, MAY, Desk, at

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)  # a Monday
HALFWAY = date(2021, 3, 25)
DAY = timedelta(days=1)


async def _town(desk: Desk) -> Plan:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("NAV")
    await desk.unit("Skolen")
    await desk.join("Leder", "NAV")
    await desk.join("Rektor", "Skolen")
    await desk.join("Kontor", is_office=True)
    await desk.measure(plan, "1", "NAV", "løpende", JANUARY)
    await desk.measure(plan, "2", "Skolen", "16.3.2021", JANUARY)
    return plan


async def _back(desk: Desk, since: datetime, until: datetime) -> dict[str, Outage | None]:
    """The service was away between two moments; what everybody's message then says of it."""
    await desk.note(since)
    await desk.note(until, started=True)
    await desk.tick(until)
    return {name: found.late for name, found in await desk.deliver(HOURS.next_open(until))}


async def test_what_should_have_come_on_a_day_the_service_was_down_says_when_it_was(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS - DAY)
    await desk.deliver(at(OPENS - DAY))
    since, until = at(OPENS - DAY, 20), at(OPENS + DAY, 9)
    assert await _back(desk, since, until) == dict.fromkeys(("Leder", "Rektor"), Outage(since, until))


async def test_a_backup_that_was_put_back_is_said_though_the_service_was_away_again_before_anybody_heard(
    desk: Desk,
) -> None:
    await _town(desk)
    made, back = at(OPENS - 30 * DAY, 3), at(OPENS - 29 * DAY, 9)
    async with desk.database.write() as session:
        await outage.restored(session, made, back, HOURS)
    await desk.note(at(OPENS - 12 * DAY), started=False)
    found = await _back(desk, at(OPENS - 12 * DAY, 20), at(OPENS, 8))
    assert found == dict.fromkeys(("Leder", "Rektor"), Outage(made, back, "restored"))


async def test_only_who_missed_something_hears_of_it(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.deliver(at(OPENS))
    await desk.answer("2", Status.IN_PROGRESS, at(OPENS, 10))
    await desk.unit("Barnehagen")
    await desk.join("Styrer", "Barnehagen")
    since, until = at(HALFWAY - DAY, 16), at(HALFWAY + DAY, 9)
    await desk.give_to("2", "Barnehagen", HALFWAY + DAY, hour=8)
    assert await _back(desk, since, until) == {"Leder": Outage(since, until), "Styrer": None}


async def test_the_office_hears_of_every_outage_that_lasts_into_a_working_day(desk: Desk) -> None:
    await _town(desk)
    week = date(2021, 4, 12)
    await desk.days(JANUARY, week - DAY)
    await desk.deliver(at(week - 3 * DAY, 8))
    since, until = at(week - 3 * DAY, 20), at(week, 9)
    assert (await _back(desk, since, until))["Kontor"] == Outage(since, until)


async def test_one_message_speaks_of_an_outage_and_the_next_does_not(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.deliver(at(OPENS))
    assert (await _back(desk, at(HALFWAY, 0), at(HALFWAY + DAY, 9)))["Leder"] is not None
    last_days = date(2021, 4, 8)
    await desk.days(HALFWAY + 2 * DAY, last_days)
    assert [(name, found.late) for name, found in await desk.deliver(at(last_days)) if name == "Leder"] == [
        ("Leder", None)
    ]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (at(OPENS, 7), at(OPENS, 8)),  # an hour
        (at(OPENS, 1), at(OPENS, 14)),  # till later the same day
        (at(OPENS - 3 * DAY, 20), at(OPENS, 6)),  # a weekend
    ],
)
async def test_what_comes_on_its_day_is_not_late(desk: Desk, since: datetime, until: datetime) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS - 3 * DAY)
    await desk.deliver(at(OPENS - 3 * DAY))
    assert (await _back(desk, since, until))["Leder"] is None


async def test_what_was_taken_up_before_and_could_not_be_sent_is_late_too(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)  # taken up just after midnight
    since, until = at(OPENS, 1), at(OPENS + DAY, 10)
    assert (await _back(desk, since, until))["Leder"] == Outage(since, until)


async def test_two_outages_in_a_row_are_one_to_who_has_heard_of_neither(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS - DAY)
    await desk.deliver(at(OPENS - DAY))
    await desk.note(at(OPENS, 0))
    await desk.note(at(OPENS + DAY, 3), started=True)
    await desk.tick(at(OPENS + DAY, 3))
    found = await _back(desk, at(OPENS + DAY, 4), at(OPENS + DAY, 9))
    assert found["Leder"] == Outage(at(OPENS, 0), at(OPENS + DAY, 9))


async def test_a_service_that_is_restarted_or_whose_simulated_clock_leaps_was_not_away(desk: Desk) -> None:
    await desk.note(at(OPENS, 8))
    await desk.note(at(OPENS, 9, 30), started=True)
    await desk.note(at(OPENS + 60 * DAY), started=False)
    async with desk.database.read() as session:
        assert await outages.recent(session) == ()


async def test_two_services_that_start_at_once_note_one_outage(desk: Desk) -> None:
    await _town(desk)
    second = Desk(open_database(desk.database.engine.url.render_as_string(hide_password=False)), desk.people)
    try:
        await asyncio.gather(*(one.note(at(OPENS - 9 * DAY), started=True) for one in (desk, second)))
        await asyncio.gather(*(one.note(at(OPENS), started=True) for one in (desk, second)))
        await asyncio.gather(*(one.tick(at(OPENS)) for one in (desk, second)))
        sent = await asyncio.gather(*(one.deliver(at(OPENS)) for one in (desk, second)))
    finally:
        await second.database.close()
    assert sorted(name for found in sent for name, _digest in found) == ["Leder", "Rektor"]
    async with desk.database.read() as session:
        assert await outages.recent(session) == (Outage(at(OPENS - 9 * DAY), at(OPENS)),)


async def test_a_clock_that_was_wrong_for_an_hour_lets_nothing_wait_for_what_it_showed(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS - 7 * DAY)
    await desk.deliver(at(OPENS - 7 * DAY))
    await desk.note(at(OPENS - 6 * DAY))
    wrong = at(OPENS + 30 * DAY, 20)
    await desk.note(wrong)
    assert await desk.tick(wrong)
    right = at(OPENS - 6 * DAY, 10)
    await desk.note(right)
    await desk.tick(right)
    assert [name for name, _digest in await desk.deliver(right)] == ["Leder", "Rektor"]
    assert {row.state for row in await desk.messages() if row.written_at >= right} <= {"sent", "dropped"}
    assert await desk.deliver(at(OPENS + 31 * DAY)) == []


async def test_a_message_held_by_a_worker_whose_clock_was_wrong_is_sent_once_more(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    wrong = at(OPENS + 30 * DAY)
    async with desk.database.write() as session:
        assert await outbox.claim(session, wrong, HOURS) is not None
    await desk.note(wrong)
    await desk.note(at(OPENS, 9))
    assert sorted(name for name, _digest in await desk.deliver(at(OPENS, 9))) == ["Leder", "Rektor"]


async def test_after_a_backup_is_put_back_everybody_who_is_asked_hears_it_once(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.deliver(at(OPENS))
    made_at, restored_at = at(OPENS, 23), at(OPENS + 3 * DAY, 9)
    async with desk.database.write() as session:
        await outage.restored(session, made_at, restored_at, HOURS)
    await desk.note(restored_at + timedelta(minutes=1), started=True)
    await desk.tick(restored_at + timedelta(minutes=1))
    late = Outage(made_at, restored_at, "restored")
    sent = await desk.deliver(restored_at + timedelta(minutes=1))
    assert {name: found.late for name, found in sent} == {"Leder": late, "Rektor": late}
    await desk.tick(at(HALFWAY))
    assert {found.late for _name, found in await desk.deliver(at(HALFWAY))} == {None}


async def test_a_dry_run_says_what_the_pass_at_that_time_then_does_and_does_none_of_it(desk: Desk) -> None:
    await _town(desk)
    for day, hour in ((OPENS, 0), (OPENS, 9), (HALFWAY, 23), (HALFWAY + 30 * DAY, 8), (HALFWAY + 400 * DAY, 8)):
        moment = at(day, hour)
        before = [await desk.messages(), await desk.reminders(), await desk.requests("1"), await desk.requests("2")]
        rehearsed = await desk.rehearse(moment)
        after = [await desk.messages(), await desk.reminders(), await desk.requests("1"), await desk.requests("2")]
        assert after == before
        assert rehearsed == await desk.tick(moment)
        assert await desk.rehearse(moment) == []


async def test_leap_days_long_years_and_their_ends_each_have_their_own_day(desk: Desk) -> None:
    first = date(2019, 12, 2)
    plan = await desk.plan(first, period=(2020, 2021))
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "29.2.2020", first)  # a Saturday
    await desk.measure(plan, "2", "NAV", "uke 53 2020", first)  # ends on New Year's Day
    await desk.measure(plan, "3", "NAV", "31.12.2021", first)  # a Friday, and a working day
    found = await desk.days(first, date(2022, 1, 10))
    assert {line: str(day) for day, lines in found.items() for line in lines if "Leder: due" in line} == {
        "Leder: due 1": "2020-02-28",
        "Leder: due 2": "2020-12-31",
        "Leder: due 3": "2021-12-31",
    }


async def test_the_night_the_clocks_change_is_no_outage(desk: Desk) -> None:
    for night in (datetime(2021, 3, 28, 0, 30, tzinfo=UTC), datetime(2021, 10, 31, 0, 30, tzinfo=UTC)):
        for minutes in range(0, 240, 50):
            await desk.note(night + timedelta(minutes=minutes), started=minutes > 0)
    async with desk.database.read() as session:
        assert await outages.recent(session) == ()
