"""A plan that cannot be followed up does not stop the others, and the admins hear of it."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from plan.workday import DateRange, NoWorkdayError, SendingHours, WorkCalendar
from scheduler import tick as tick_module
from scheduler.rounds import take_rounds
from scheduler.tick import tick
from scheduler.work import Work
from storage import units
from storage.tables import Plan, Round
from tests.scheduler.desk import MAY, Desk, at

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)


async def _town(desk: Desk) -> None:
    """Two plans with rounds on the same days, and a deadline that is due in the first."""
    for slug in ("a", "b"):
        plan = await desk.plan(JANUARY, slug, rule=MAY)
        if slug == "a":
            await desk.unit("NAV")
            await desk.join("Leder", "NAV")
            await desk.join("Admin", is_admin=True)
        await desk.measure(plan, slug.upper(), "NAV", "løpende" if slug == "b" else "14.3.2021", JANUARY)


async def _set(desk: Desk, slug: str, settings: dict[str, Any]) -> None:
    async with desk.database.write() as session:
        plan = await session.get_one(Plan, 1 if slug == "a" else 2)
        plan.settings = settings


async def test_a_plan_with_a_setting_that_makes_no_sense_does_not_stop_the_others(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await _town(desk)
    await _set(desk, "a", {"lead_days": [0]})
    assert sorted(await desk.day(OPENS)) == ["Admin: plan_stopped", "Leder: opened B"]
    (notice,) = [row for row in await desk.messages() if row.kind != "daily"]
    assert (notice.kind, notice.data) == ("plan_stopped:1", {"plan": "Plan a", "setting": "lead_days.0"})
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


async def test_a_plan_that_is_stopped_is_tried_again_the_next_day_and_not_before(desk: Desk) -> None:
    await _town(desk)
    await _set(desk, "a", {"colour": "red"})
    await desk.day(OPENS)
    assert await desk.day(OPENS) == []
    assert await desk.day(OPENS + timedelta(days=1)) == ["Admin: plan_stopped"]
    await _set(desk, "a", {})
    assert sorted(await desk.day(OPENS + timedelta(days=2))) == ["Leder: due A", "Leder: opened A"]


async def test_a_plan_that_fails_half_way_keeps_nothing_of_the_pass(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await _town(desk)

    async def fail_after_the_rounds(work: Work, rounds: list[Round]) -> None:
        await take_rounds(work, rounds)
        if work.plan.slug == "a":
            raise ZeroDivisionError

    monkeypatch.setattr(tick_module, "take_rounds", fail_after_the_rounds)
    assert sorted(await desk.day(OPENS)) == ["Admin: plan_stopped", "Leder: opened B"]
    monkeypatch.undo()
    assert await desk.requests("A") == []
    assert "ZeroDivisionError" in caplog.text
    assert sorted(await desk.day(OPENS + timedelta(days=1))) == ["Leder: due A", "Leder: opened A"]


async def test_a_database_that_fails_is_no_fault_of_a_plan(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await _town(desk)

    async def lose_the_connection(work: Work, rounds: list[Round]) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(tick_module, "take_rounds", lose_the_connection)
    with pytest.raises(OperationalError):
        await desk.day(OPENS)
    monkeypatch.undo()
    assert sorted(await desk.day(OPENS)) == ["Leder: due A", "Leder: opened A", "Leder: opened B"]


async def test_a_calendar_without_working_days_stops_the_pass_and_loses_nothing(desk: Desk) -> None:
    await _town(desk)
    quiet = SendingHours(WorkCalendar((DateRange(date(2020, 1, 1), date(2023, 1, 1)),)))
    with pytest.raises(NoWorkdayError):
        async with desk.database.write() as session:
            await tick(session, at(OPENS), quiet)
    assert sorted(await desk.day(OPENS)) == ["Leder: due A", "Leder: opened A", "Leder: opened B"]


async def test_a_plan_with_a_setting_that_makes_no_sense_is_planned_as_usual_and_says_nothing(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, settings={"round": {"papers": -3}}, rule=MAY)
    assert [row.opens_on for row in await desk.rounds(plan)][:1] == [OPENS]
    assert set(await desk.day(OPENS)) == {"nobody: plan_stopped"}


async def test_an_admin_who_is_not_there_is_told_nothing_and_the_notice_says_so(desk: Desk) -> None:
    await desk.plan(JANUARY, "a", rule=MAY)
    await _set(desk, "a", {"lead_days": [0]})
    assert await desk.day(date(2021, 3, 1)) == ["nobody: plan_stopped"]


async def test_a_circle_of_superiors_in_the_database_stops_neither_its_plan_nor_the_others(desk: Desk) -> None:
    await _town(desk)
    await desk.unit("Avdeling", "NAV")
    await desk.join("Over", "Avdeling")
    await desk.join("Kontor", is_office=True)
    async with desk.database.write() as session:
        nav, above = await units.by_name(session, "NAV"), await units.by_name(session, "Avdeling")
        assert nav is not None
        assert above is not None
        nav.superior_id = above.id
    said = [line for lines in (await desk.days(OPENS, date(2021, 4, 30))).values() for line in lines]
    assert {"Leder: due A", "Leder: opened A", "Leder: opened B", "Over: escalate A", "Over: escalate B"} <= set(said)
    assert "Admin: plan_stopped" not in said
    assert said.count("Kontor: escalate B") == 1


async def test_a_unit_without_people_is_told_of_and_the_rest_is_asked(desk: Desk) -> None:
    await _town(desk)
    await desk.unit("Tom")
    await desk.join("Kontor", is_office=True)
    async with desk.database.read() as session:
        (plan,) = [found for found in await session.exec(select(Plan)) if found.slug == "b"]
    await desk.measure(plan, "C", "Tom", "løpende", JANUARY)
    said = await desk.day(OPENS)
    assert {"Kontor: nobody_joined C", "Leder: opened B", "Leder: opened A"} <= set(said)


async def test_two_meetings_on_a_day_in_the_database_make_one_round_that_is_asked_about_once(desk: Desk) -> None:
    await _town(desk)
    async with desk.database.read() as session:
        (plan,) = [found for found in await session.exec(select(Plan)) if found.slug == "b"]
    for body in ("Kommunestyret", "Formannskapet"):
        await desk.meeting(plan, date(2021, 5, 3), JANUARY, body=body)
    assert sorted(await desk.day(OPENS)) == ["Leder: due A", "Leder: opened A", "Leder: opened B"]


async def test_a_deadline_before_the_plan_begins_is_asked_about_at_once_and_once(desk: Desk) -> None:
    await _town(desk)
    async with desk.database.read() as session:
        (plan,) = [found for found in await session.exec(select(Plan)) if found.slug == "b"]
    await desk.measure(plan, "C", "NAV", "1.3.2015", JANUARY)
    assert await desk.day(JANUARY) == ["Leder: due C"]
    assert await desk.day(JANUARY + timedelta(days=1)) == []
