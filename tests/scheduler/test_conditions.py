"""What a measure waits for: who is asked whether it has come true, when and how often, and what follows."""

from datetime import date

import pytest

from plan.status import Status
from scheduler import calendar, changes, conditions
from storage import conditions as stored
from storage import measure_changes, measures
from storage.audit import COMMAND_LINE
from storage.database import Database
from storage.ids import id_of
from storage.tables import Measure, Plan
from tests.scheduler.desk import HOURS, MAY, Desk, at

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 22)
WHEN_ADOPTED = "når rusplanen er vedtatt"
SIX_MONTHS_AFTER = "innen seks måneder etter at rusplanen er vedtatt"


@pytest.fixture
async def office(desk: Desk) -> int:
    """A plan that reports each May, a unit with a leader, and an office."""
    await desk.unit("Kultur")
    await desk.join("leader", "Kultur")
    return await desk.join("office", is_office=True)


async def waiting(desk: Desk, phrase: str) -> Plan:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.measure(plan, "1.1", "Kultur", phrase, JANUARY)
    return plan


async def said(desk: Desk, day: date, *, come_true: bool = True, hour: int = 10) -> bool:
    """The leader says on a day that it has come true, or that it has not after all."""
    say = conditions.has_come_true if come_true else conditions.not_after_all
    async with desk.database.write() as session:
        measure = await desk.find(session, "1.1")
        leader = id_of(desk.people["leader"])
        return await say(session, measure, by=leader, at=at(day, hour), hours=HOURS)


async def told(desk: Desk, kind: str) -> list[int]:
    """The people for whom a notice of a kind has been written."""
    return [row.person_id for row in await desk.messages() if row.kind.startswith(f"{kind}:")]


async def test_when_the_plan_has_been_adopted_the_unit_is_asked_in_each_round_and_on_no_other_day(
    desk: Desk, office: int
) -> None:
    await waiting(desk, WHEN_ADOPTED)
    asked = await desk.days(JANUARY, date(2024, 12, 31))
    days = {day for day, lines in asked.items() if "leader: opened 1.1" in lines}
    assert [day.year for day in sorted(days)] == [2021, 2022, 2023, 2024]
    assert {request.reason for request in await desk.requests("1.1")} == {"round"}
    assert await desk.due_dates("1.1") == []


async def test_who_does_not_answer_is_reminded_and_it_goes_up_as_in_any_round(desk: Desk, office: int) -> None:
    await waiting(desk, WHEN_ADOPTED)
    lines = [line for found in (await desk.days(JANUARY, date(2021, 6, 1))).values() for line in found]
    about = [line for line in lines if line.endswith("1.1")]
    assert about[0] == "leader: opened 1.1"
    assert about[3:5] == ["leader: reply_by 1.1", "leader: nag 1.1"]
    assert "office: escalate 1.1" in about[5:]


async def test_not_yet_is_an_answer_and_it_is_asked_about_again_in_the_next_round(desk: Desk, office: int) -> None:
    await waiting(desk, WHEN_ADOPTED)
    opened = await desk.days(JANUARY, date(2021, 5, 1), until="leader: opened 1.1")
    day = max(opened)
    await desk.answer("1.1", Status.NOT_STARTED, at(day, 12))
    rest = await desk.days(day, date(2022, 5, 1), until="leader: opened 1.1")
    mentions = [day for day, lines in rest.items() if any("1.1" in line for line in lines)]
    assert mentions == [max(rest)]
    assert max(rest).year == 2022
    assert await told(desk, conditions.MET) == []


async def test_a_yes_is_told_to_the_office_once_and_the_measure_is_asked_about_in_its_rounds(
    desk: Desk, office: int
) -> None:
    await waiting(desk, WHEN_ADOPTED)
    assert await said(desk, OPENS)
    assert not await said(desk, OPENS, hour=11)
    assert await told(desk, conditions.MET) == [office]
    assert await desk.due_dates("1.1") == []


async def test_six_months_after_it_has_been_adopted_counts_from_the_day_on_which_that_is_said(
    desk: Desk, office: int
) -> None:
    plan = await waiting(desk, SIX_MONTHS_AFTER)
    assert await said(desk, OPENS)
    assert [row.due_on for row in await desk.due_dates("1.1")] == [date(2021, 9, 22)]
    async with desk.database.read() as session:
        ahead = await calendar.of_plan(session, plan, date(2021, 1, 1), date(2021, 12, 31))
    assert [(entry.on, entry.ref) for entry in ahead if entry.kind == "deadline"] == [(date(2021, 9, 22), "1.1")]
    asked = await desk.days(OPENS, date(2021, 12, 1))
    leads = {day: line for day, lines in asked.items() for line in lines if line.startswith("leader: lead")}
    assert leads == {date(2021, 7, 23): "leader: lead 1.1", date(2021, 9, 8): "leader: lead 1.1"}
    assert "leader: due 1.1" in asked[date(2021, 9, 22)]


async def test_two_weeks_after_it_has_come_true_no_reminder_that_lies_behind_is_said(desk: Desk, office: int) -> None:
    await waiting(desk, "innen to uker etter at rusplanen er vedtatt")
    await said(desk, date(2021, 2, 1))
    asked = await desk.days(date(2021, 2, 1), date(2021, 2, 15))
    assert asked == {date(2021, 2, 15): ["leader: due 1.1"]}


async def test_what_has_not_come_true_after_all_waits_as_before(desk: Desk, office: int) -> None:
    await waiting(desk, SIX_MONTHS_AFTER)
    await said(desk, date(2021, 2, 1))
    assert await said(desk, date(2021, 2, 2), come_true=False)
    assert not await said(desk, date(2021, 2, 2), come_true=False)
    assert await desk.days(date(2021, 2, 2), date(2021, 2, 28)) == {}
    async with desk.database.read() as session:
        measure = await desk.find(session, "1.1")
    assert (measure.due_on, measure.deadline["kind"], measure.deadline["due"]) == (None, "conditional", None)
    assert (await told(desk, conditions.MET), await told(desk, conditions.NOT_MET)) == ([], [])  # they cancel out
    assert await said(desk, date(2021, 2, 3))
    assert (await desk.due_dates("1.1"))[-1].due_on == date(2021, 8, 3)


async def test_a_condition_on_a_date_is_asked_about_on_its_days_and_keeps_them_when_it_has_come_true(
    desk: Desk, office: int
) -> None:
    await waiting(desk, "innen 1. november 2021 dersom det gis tilskudd")
    before = [(row.due_on, row.next_on) for row in await desk.due_dates("1.1")]
    assert await said(desk, date(2021, 2, 1))
    assert [(row.due_on, row.next_on) for row in await desk.due_dates("1.1")] == before
    assert [row.due_on for row in await desk.due_dates("1.1")] == [date(2021, 11, 1)]


async def test_a_condition_that_is_taken_out_of_the_plan_is_not_asked_about_and_another_is_asked_anew(
    desk: Desk, office: int
) -> None:
    await waiting(desk, WHEN_ADOPTED)
    await said(desk, date(2021, 2, 1))
    await desk.move("1.1", "1. november 2021", date(2021, 2, 2))
    assert not await said(desk, date(2021, 2, 3))
    await desk.move("1.1", "når budsjettet er vedtatt", date(2021, 2, 4))
    async with desk.database.read() as session:
        assert await stored.met_on(session, await desk.find(session, "1.1")) is None
    assert await said(desk, date(2021, 2, 5))


@pytest.mark.parametrize(
    ("phrase", "due_on"),
    [(SIX_MONTHS_AFTER, date(2021, 8, 1)), ("når rusplanen er vedtatt", None), ("ved innvilgning av tilskudd", None)],
)
async def test_what_has_come_true_for_a_measure_has_so_for_one_that_takes_over_and_waits_for_the_same(
    desk: Desk, office: int, phrase: str, due_on: date | None
) -> None:
    plan = await waiting(desk, SIX_MONTHS_AFTER if due_on else WHEN_ADOPTED)
    await desk.measure(plan, "1.2", "Kultur", phrase, JANUARY)
    await said(desk, date(2021, 2, 1))
    when = at(date(2021, 3, 1))
    async with desk.database.write() as session:
        source, target = await desk.find(session, "1.1"), await desk.find(session, "1.2")
        got = await measure_changes.merge(session, source, target, with_costs=False, actor=COMMAND_LINE, at=when)
        await changes.measures_merged(session, source, target, got, when, HOURS)
    is_the_same = phrase in (SIX_MONTHS_AFTER, WHEN_ADOPTED)
    async with desk.database.read() as session:
        kept = await desk.find(session, "1.2")
        assert await stored.met_on(session, kept) == (date(2021, 2, 1) if is_the_same else None)
    assert kept.due_on == due_on
    assert [row.due_on for row in await desk.due_dates("1.2")] == ([due_on] if due_on else [])
    lines = [line for found in (await desk.days(date(2021, 3, 1), date(2021, 8, 2))).values() for line in found]
    assert lines.count("leader: due 1.2") == (1 if due_on else 0)
    assert not [line for line in lines if line.endswith(" 1.1")]


async def test_a_measure_that_is_done_or_taken_out_of_use_is_not_asked_about(desk: Desk, office: int) -> None:
    await waiting(desk, SIX_MONTHS_AFTER)
    await said(desk, date(2021, 2, 1))
    await desk.answer("1.1", Status.DONE, at(date(2021, 2, 2), 12))
    assert await desk.days(date(2021, 2, 2), date(2021, 2, 28)) == {}
    found = await desk.days(date(2021, 3, 1), date(2024, 12, 31))
    assert not any("1.1" in line for lines in found.values() for line in lines)


async def test_what_came_true_is_known_to_the_database_once_for_each_condition(database: Database) -> None:
    """On both databases."""
    desk = Desk(database)
    await desk.unit("Kultur")
    await desk.join("leader", "Kultur")
    await waiting(desk, WHEN_ADOPTED)
    assert await said(desk, date(2021, 2, 1))
    assert not await said(desk, date(2021, 2, 2))
    assert await said(desk, date(2021, 2, 3), come_true=False)
    async with desk.database.write() as session:
        measure = await desk.find(session, "1.1")
        assert isinstance(measure, Measure)
        await measures.archive(session, measure, actor=COMMAND_LINE, at=at(date(2021, 2, 4)))
        await changes.measure_changed(session, measure, at(date(2021, 2, 4)), HOURS)
