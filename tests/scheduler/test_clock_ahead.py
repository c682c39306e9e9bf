"""A clock that ran ahead and was put right: what was said meanwhile is not said again, and nothing else is lost."""

from datetime import date, datetime, timedelta

from plan.status import Status
from report.compile import Masthead, compile_snapshot
from scheduler import conditions
from scheduler.digest import Digest
from storage import outbox, parts, replies, units
from storage.database import Database
from storage.ids import id_of
from storage.outages import Outage
from storage.tables import Plan
from tests.scheduler.desk import HOURS, MAY, Desk, at

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


async def test_what_was_answered_then_is_older_than_what_is_answered_once_the_clock_is_right(
    database: Database,
) -> None:
    """On both databases: the order of answers is that in which they came, whatever the clock showed."""
    desk = Desk(database)
    plan = await _town(desk)
    for unit in ("NAV", "Skole"):
        await desk.unit(unit)
        await desk.join(f"Leder {unit}", unit)
    await desk.measure(plan, "1", "NAV", "29.6.2021", JANUARY)
    await desk.share("1", "NAV", "Skole")
    async with desk.database.read() as session:
        measure = await desk.find(session, "1")
        skole = await units.by_name(session, "Skole")
        assert skole is not None
    await desk.note(at(AHEAD))
    await desk.answer("1", Status.DONE, at(AHEAD))
    await desk.answer_part("1", id_of(skole), Status.DONE, at(AHEAD))
    assert await _in_report(desk, plan) == (Status.DONE, RIGHT, Status.DONE, RIGHT)
    await desk.note(at(RIGHT, 10))
    await desk.answer("1", Status.DELAYED, at(RIGHT, 11))
    await desk.answer_part("1", id_of(skole), Status.IN_PROGRESS, at(RIGHT, 12))
    async with desk.database.read() as session:
        assert (await replies.latest(session, [id_of(measure)]))[id_of(measure)].status == Status.DELAYED
        assert [row.status for row in await replies.of_measure(session, id_of(measure))] == ["delayed", "done"]
        assert [row.status for row in await replies.ever_of_measure(session, id_of(measure))] == ["delayed", "done"]
        assert await replies.closed_measures(session, id_of(plan)) == set()
        assert [row.status for row in await parts.of_measure(session, id_of(measure))] == ["in_progress", "done"]
        newest = await parts.latest(session, [id_of(measure)])
        assert newest[id_of(measure), id_of(skole)].status == Status.IN_PROGRESS
    assert await _in_report(desk, plan) == (Status.DELAYED, RIGHT, Status.IN_PROGRESS, RIGHT)


async def _in_report(desk: Desk, plan: Plan) -> tuple[Status | None, date | None, Status | None, date | None]:
    """Status and day of the measure and of its part in a report of the right day; no day of it lies after that."""
    async with desk.database.read() as session:
        made = await compile_snapshot(session, plan, 2021, RIGHT, HOURS, Masthead("rådmann"))
    [measure] = made.measures
    [part] = measure.parts
    return measure.status, measure.status_on, part.status, part.status_on


async def test_no_day_of_a_report_lies_after_the_day_it_is_made(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.join("Kontor", is_office=True)
    await desk.measure(plan, "1", "NAV", "innen seks måneder etter at rusplanen er vedtatt", JANUARY)
    await desk.measure(plan, "2", "NAV", "29.6.2021", JANUARY)
    await desk.days(JANUARY, AHEAD)  # the round is opened by a clock that is ahead
    await desk.answer("2", Status.DELAYED, at(AHEAD), proposes="29.10.2021")
    await desk.decide("2", at(AHEAD, 10))
    async with desk.database.write() as session:
        by = id_of(desk.people["Leder"])
        await conditions.has_come_true(session, await desk.find(session, "1"), by=by, at=at(AHEAD), hours=HOURS)
    async with desk.database.read() as session:
        made = await compile_snapshot(session, plan, 2021, RIGHT, HOURS, Masthead("rådmann"))
    first, second = made.measures
    assert (first.asked_on, first.condition_met_on) == (RIGHT, RIGHT)
    assert (second.status_on, second.deadline_changed_on) == (RIGHT, RIGHT)
