"""A clock that ran ahead and was put right: what was said meanwhile is not said again, and nothing else is lost."""

from datetime import date, datetime, timedelta

from scheduler.digest import Digest
from storage import outbox
from storage.ids import id_of
from storage.outages import Outage
from storage.tables import Plan
from tests.scheduler.desk import HOURS, Desk, at

JANUARY = date(2021, 1, 4)
RIGHT = date(2021, 3, 10)  # a Wednesday
AHEAD = date(2021, 4, 30)  # the first notice of an evaluation by the end of June
DAY = timedelta(days=1)


async def _town(desk: Desk) -> Plan:
    plan = await desk.plan(
        JANUARY, period=(2021, 2022), settings={"evaluation": {"notice": [61, 52], "tell": "office"}}
    )
    await desk.join("Kontor", is_office=True)
    await desk.promise(plan, "evaluation", (4, 5, 6), JANUARY)
    return plan


async def _run_ahead(desk: Desk, shown: datetime) -> list[Digest]:
    """For a pass the clock shows a moment that is to come; what the office reads then."""
    await desk.note(at(RIGHT))
    await desk.note(shown)
    await desk.tick(shown)
    found = [found for name, found in await desk.deliver(shown) if name == "Kontor"]
    await desk.note(at(RIGHT, 10))
    return found


async def _read_daily(desk: Desk, first: date, last: date) -> list[tuple[date, Digest]]:
    """What the office reads where something is said to it each day."""
    read: list[tuple[date, Digest]] = []
    day = first
    while day <= last:
        await desk.tick(at(day))
        async with desk.database.write() as session:
            await outbox.write_daily(session, [id_of(desk.people["Kontor"])], at(day), HOURS)
        read += [(day, found) for name, found in await desk.deliver(at(day, 10)) if name == "Kontor"]
        day += DAY
    return read


async def test_a_reporting_day_that_was_told_then_is_not_told_again_until_its_next_step(desk: Desk) -> None:
    await _town(desk)
    [found] = await _run_ahead(desk, at(AHEAD))
    assert [(day.kind, day.step) for day in found.days] == [("evaluation", "lead")]
    read = await _read_daily(desk, RIGHT + DAY, date(2021, 5, 14))
    told = [(day, each.step) for day, found in read for each in found.days]
    assert told == [(date(2021, 5, 7), "lead")], "52 days before, said on the Friday ahead of a Sunday"


async def test_a_step_of_the_day_the_clock_had_shown_is_told_on_the_day_after(desk: Desk) -> None:
    """On that day the office has had its message already."""
    plan = await _town(desk)
    await _run_ahead(desk, at(AHEAD))
    await desk.promise(plan, "control", (4,), RIGHT)
    read = await _read_daily(desk, date(2021, 4, 30), date(2021, 5, 5))
    told = [(day, each.kind, each.step) for day, found in read for each in found.days]
    assert told == [(date(2021, 5, 3), "control", "due")]


async def test_a_question_to_a_unit_outside_the_chat_that_was_listed_then_is_only_counted(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.unit("NAV")
    await desk.measure(plan, "1", "NAV", "29.6.2021", JANUARY)
    [found] = await _run_ahead(desk, at(AHEAD))
    assert [question.ref for question in found.nobody_joined] == ["1"]
    read = await _read_daily(desk, RIGHT + DAY, RIGHT + 10 * DAY)
    assert {(len(found.nobody_joined), found.unjoined_before) for _day, found in read} == {(0, 1)}


async def test_a_service_that_starts_with_a_clock_ahead_was_not_away_until_a_day_that_is_to_come(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.unit("NAV")
    await desk.measure(plan, "1", "NAV", "12.3.2021", JANUARY)
    await desk.note(at(RIGHT))
    await desk.note(at(AHEAD, 0), started=True)
    await desk.note(at(RIGHT, 10))
    await desk.note(at(RIGHT + 2 * DAY, 8), started=True)
    read = await _read_daily(desk, RIGHT + 2 * DAY, RIGHT + 8 * DAY)
    assert [found.late for _day, found in read if found.late] == [Outage(at(RIGHT, 10), at(RIGHT + 2 * DAY, 8))]
