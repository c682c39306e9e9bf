"""Reporting days beyond the report to the council: said in time to who keeps them, until they are done or moved."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from scheduler import calendar, digest, reporting_changes
from scheduler.planning import plan_ahead
from scheduler.reporting_changes import DayRefused
from scheduler.setting_changes import settings_changed
from scheduler.unit_changes import unit_merged
from storage import plan_admin, unit_changes
from storage.audit import COMMAND_LINE
from storage.ids import id_of
from storage.tables import Plan, ReportingDate, ReportingDay, Unit
from tests.scheduler.desk import CALENDAR, HOURS, Desk, at

JANUARY = date(2021, 1, 4)
JUNE = (4, 5, 6)


async def town(desk: Desk, kind: str = "evaluation", months: tuple[int, ...] = JUNE, **settings: Any) -> Plan:
    plan = await desk.plan(JANUARY, period=(2021, 2022), settings=settings)
    await desk.join("Kontor", is_office=True)
    await desk.join("Admin", is_admin=True)
    await desk.promise(plan, kind, months, JANUARY)
    return plan


async def day_of(desk: Desk, plan: Plan, kind: str = "evaluation", year: int = 2021) -> ReportingDay:
    return next(row for row in await desk.reporting_days(plan) if (row.kind, row.promised_on.year) == (kind, year))


async def done(desk: Desk, row: ReportingDay, day: date) -> bool:
    async with desk.database.write() as session:
        stored = await session.get_one(ReportingDay, row.id)
        by = id_of(desk.people["Kontor"])
        return await reporting_changes.done(session, stored, by=by, at=at(day), hours=HOURS)


async def move(desk: Desk, row: ReportingDay, to: date, day: date) -> None:
    async with desk.database.write() as session:
        stored = await session.get_one(ReportingDay, row.id)
        by = id_of(desk.people["Kontor"])
        await reporting_changes.move(session, stored, to, by=by, at=at(day), hours=HOURS)


async def set_settings(desk: Desk, plan: Plan, day: date, **settings: Any) -> None:
    async with desk.database.write() as session:
        stored = await session.get_one(Plan, plan.id)
        stored.settings = settings
        await session.flush()
        await settings_changed(session, stored, at(day), HOURS)


async def test_planen_evalueres_i_andre_kvartal_the_office_hears_60_and_14_days_before_on_the_day_and_three_times_after(
    desk: Desk,
) -> None:
    await town(desk)
    said = await desk.days(JANUARY, date(2021, 10, 31))
    assert said == {
        day: ["Kontor: evaluation"]
        for day in (
            date(2021, 4, 30),  # 1 May is a holiday, and a Saturday
            date(2021, 6, 16),
            date(2021, 6, 30),
            date(2021, 7, 7),
            date(2021, 7, 21),
            date(2021, 8, 11),
        )
    }


async def test_each_step_is_in_one_daily_message_and_in_no_other(desk: Desk) -> None:
    plan = await town(desk)
    await desk.measure(plan, "1", None, "15.8.2021", JANUARY)
    steps = []
    day: date | None = JANUARY
    while day is not None and day <= date(2021, 8, 31):
        await desk.tick_at(day)
        assert await desk.tick_at(day) == []
        for who, found in await desk.deliver(at(day)):
            steps += [(day, who, each.step) for each in found.days]
        day = await desk.next_day(day)
    assert [(who, step) for _day, who, step in steps] == [
        ("Kontor", step) for step in ("lead", "lead", "due", "nag", "nag", "nag")
    ]


async def test_what_was_missed_while_the_service_was_down_is_said_once(desk: Desk) -> None:
    await town(desk)
    monday = date(2021, 7, 12)
    assert await desk.day(monday) == ["Kontor: evaluation"]
    [(_who, found)] = await desk.deliver(at(monday))
    assert [(each.kind, each.step) for each in found.days] == [("evaluation", "nag")]
    assert await desk.day(date(2021, 7, 13)) == []


async def test_nothing_more_is_said_of_what_is_done_and_the_next_year_comes_all_the_same(desk: Desk) -> None:
    plan = await town(desk)
    await desk.day(date(2021, 4, 30))
    row = await day_of(desk, plan)
    assert await done(desk, row, date(2021, 5, 3))
    assert not await done(desk, row, date(2021, 5, 4)), "twice is once"
    said = await desk.days(date(2021, 5, 4), date(2022, 5, 31))
    # The plan ends on 31 December 2022: a revision takes a year.
    assert said == {date(2021, 12, 31): ["Kontor: revision"], date(2022, 4, 29): ["Kontor: evaluation"]}


async def test_what_is_not_done_after_all_is_followed_up_from_its_next_step_on(desk: Desk) -> None:
    plan = await town(desk)
    await desk.day(date(2021, 4, 30))
    row = await day_of(desk, plan)
    await done(desk, row, date(2021, 5, 3))
    async with desk.database.write() as session:
        stored = await session.get_one(ReportingDay, row.id)
        by = id_of(desk.people["Kontor"])
        assert await reporting_changes.undone(session, stored, by=by, at=at(date(2021, 5, 4)), hours=HOURS)
    assert min(await desk.days(date(2021, 5, 4), date(2021, 8, 1))) == date(2021, 6, 16)


async def test_one_that_is_moved_is_said_of_on_its_new_days_and_planning_anew_does_not_say_it_again(desk: Desk) -> None:
    plan = await town(desk)
    await desk.day(date(2021, 6, 30))
    await move(desk, await day_of(desk, plan), date(2021, 9, 30), date(2021, 6, 30))
    async with desk.database.write() as session:
        await plan_ahead(session, await session.get_one(Plan, plan.id), date(2021, 7, 1), CALENDAR)
    said = await desk.days(date(2021, 6, 30), date(2021, 10, 1))
    assert list(said) == [date(2021, 7, 30), date(2021, 9, 16), date(2021, 9, 30)]
    [stored] = [row for row in await desk.reporting_days(plan) if row.promised_on == date(2021, 6, 30)]
    assert stored.due_on == date(2021, 9, 30)


@pytest.mark.parametrize(
    ("day", "code"), [(date(2021, 5, 3), "past"), (date(2020, 1, 1), "past"), (date(2030, 1, 1), "too_far")]
)
async def test_it_is_not_moved_to_a_day_that_makes_no_sense(desk: Desk, day: date, code: str) -> None:
    plan = await town(desk)
    before = await day_of(desk, plan)
    with pytest.raises(DayRefused) as refused:
        await move(desk, before, day, date(2021, 5, 3))
    assert refused.value.code == code
    assert (await day_of(desk, plan)) == before


async def test_what_is_done_is_not_moved(desk: Desk) -> None:
    plan = await town(desk)
    row = await day_of(desk, plan)
    await done(desk, row, date(2021, 5, 3))
    with pytest.raises(DayRefused) as refused:
        await move(desk, row, date(2021, 9, 1), date(2021, 5, 4))
    assert refused.value.code == "over"


async def test_who_hears_of_it_and_how_long_before_is_a_setting_of_the_plan(desk: Desk) -> None:
    await town(desk, evaluation={"notice": [10], "tell": "both"}, after_reporting_day=[3])
    assert await desk.days(JANUARY, date(2021, 12, 1)) == {
        day: ["Admin: evaluation", "Kontor: evaluation"]
        for day in (date(2021, 6, 18), date(2021, 6, 30), date(2021, 7, 5))
    }


async def test_a_kind_that_is_turned_off_is_said_nothing_of_until_it_is_turned_on(desk: Desk) -> None:
    plan = await town(desk, evaluation={"notice": [10], "tell": "nobody"})
    assert await desk.days(JANUARY, date(2021, 5, 31)) == {}
    await set_settings(desk, plan, date(2021, 6, 1))
    assert min(await desk.days(date(2021, 6, 1), date(2021, 12, 1))) == date(2021, 6, 1)


async def test_other_settings_move_the_steps_that_lie_ahead_and_repeat_none(desk: Desk) -> None:
    plan = await town(desk)
    await desk.day(date(2021, 4, 30))
    await set_settings(desk, plan, date(2021, 5, 3), evaluation={"notice": [60, 20]})
    assert list(await desk.days(date(2021, 5, 3), date(2021, 6, 30))) == [date(2021, 6, 10), date(2021, 6, 30)]


async def test_a_plan_that_comes_late_is_told_of_what_lies_ahead_and_not_of_what_is_past(desk: Desk) -> None:
    june = date(2021, 6, 1)
    plan = await desk.plan(june, period=(2019, 2024))
    await desk.join("Kontor", is_office=True)
    await desk.promise(plan, "review", (3,), june)
    await desk.promise(plan, "evaluation", JUNE, june)
    assert await desk.day(june) == ["Kontor: evaluation"]
    assert min(row.promised_on for row in await desk.reporting_days(plan)) == date(2021, 6, 30)


async def test_a_promise_that_is_taken_out_of_the_plan_is_not_followed_up_and_comes_back_with_it(desk: Desk) -> None:
    plan = await town(desk)
    await desk.day(date(2021, 4, 30))
    async with desk.database.write() as session:
        promise = (await session.exec(select(ReportingDate))).one()
        await session.delete(promise)
        await session.flush()
        await plan_ahead(session, plan, date(2021, 5, 3), CALENDAR)
    assert await desk.days(date(2021, 5, 3), date(2021, 8, 31)) == {}
    left = [(row.promised_on, row.closed_because) for row in await desk.reporting_days(plan) if row.kind != "revision"]
    assert left == [(date(2021, 6, 30), "not_promised")], "what nobody had heard of leaves no trace"
    await desk.promise(plan, "evaluation", JUNE, date(2021, 6, 1))
    assert min(await desk.days(date(2021, 6, 1), date(2021, 12, 1))) == date(2021, 6, 16)


async def test_after_an_election_and_in_its_last_year_the_plan_is_to_be_revised(desk: Desk) -> None:
    today = date(2022, 1, 3)
    await desk.plan(today, period=(2022, 2025))
    await desk.join("Kontor", is_office=True)
    said = await desk.days(today, date(2025, 12, 31))
    assert [day for day, lines in said.items() if "Kontor: revision" in lines] == [
        # The election was on 11 September 2023; a planning strategy is due within a year of October.
        date(2023, 11, 1),
        date(2024, 8, 2),
        date(2024, 10, 31),
        date(2024, 11, 7),
        date(2024, 11, 21),
        date(2024, 12, 12),
        # The plan ends on 31 December 2025.
        date(2024, 12, 31),
        date(2025, 10, 2),
        date(2025, 12, 31),
    ]


async def test_a_plan_that_ends_in_the_year_after_an_election_is_revised_once_and_both_reasons_are_said(
    desk: Desk,
) -> None:
    today = date(2023, 10, 2)
    plan = await desk.plan(today, period=(2021, 2024))
    await desk.join("Kontor", is_office=True)
    said = await desk.days(today, date(2024, 12, 31))
    assert list(said)[:3] == [date(2023, 11, 1), date(2024, 8, 2), date(2024, 10, 31)]
    assert max(said) == date(2024, 12, 12), "nothing comes beside it when the plan ends"
    [(_who, found)] = await desk.deliver(at(date(2024, 12, 12)))
    [told] = found.days
    assert (told.election_year, told.promised_on, told.ends_on) == (2023, date(2024, 10, 31), date(2024, 12, 31))
    row = await day_of(desk, plan, "revision", 2024)
    await move(desk, row, date(2025, 2, 3), date(2024, 12, 12))
    await desk.day(date(2025, 2, 3))
    [(_who, found)] = await desk.deliver(at(date(2025, 2, 3)))
    [told] = found.days
    assert (told.election_year, told.promised_on, told.is_moved) == (2023, date(2024, 10, 31), True)


async def test_a_plan_without_a_period_goes_on_being_reviewed(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, period=None)
    await desk.join("Kontor", is_office=True)
    await desk.promise(plan, "review", (12,), JANUARY)
    for year in range(2021, 2030):
        said = await desk.days(date(year, 12, 31), date(year, 12, 31))
        assert any("Kontor: review" in lines for lines in said.values()) or not CALENDAR.is_workday(date(year, 12, 31))
        [row] = [row for row in await desk.reporting_days(plan) if row.promised_on == date(year, 12, 31)]
        await done(desk, row, date(year, 12, 31))


async def test_a_plan_that_is_not_in_use_is_not_followed_up(desk: Desk) -> None:
    plan = await town(desk)
    async with desk.database.write() as session:
        stored = await session.get_one(Plan, plan.id)
        await plan_admin.archive(session, stored, actor=COMMAND_LINE, at=at(JANUARY))
        await plan_ahead(session, stored, JANUARY, CALENDAR)
    assert await desk.days(JANUARY, date(2022, 12, 31)) == {}


async def test_a_control_can_be_for_a_unit_and_the_office_hears_where_nobody_answers_for_it(desk: Desk) -> None:
    fire = await desk.unit("Brann og redning")
    await desk.unit("NAV")
    await desk.join("Nabo", "NAV")
    settings = {"control": {"notice": [30], "tell": "unit", "unit": fire.id}}
    plan = await town(desk, "control", (9,), **settings)
    assert await desk.day(date(2021, 8, 31)) == ["Kontor: control"], "nobody answers for the unit yet"
    await desk.join("Brannsjef", "Brann og redning")
    assert await desk.day(date(2021, 9, 30)) == ["Brannsjef: control"]
    ((name, found),) = await desk.deliver(at(date(2021, 9, 30)))
    assert (name, [(day.kind, day.by_unit) for day in found.days]) == ("Brannsjef", [("control", True)])
    async with desk.database.read() as session:
        nobody = await digest.of_person(session, id_of(desk.people["Nabo"]), date(2021, 9, 30), CALENDAR)
        entries = await calendar.of_plan(session, plan, date(2021, 9, 1), date(2021, 9, 30))
    assert nobody.days == ()
    assert [(entry.kind, entry.unit) for entry in entries] == [("control", "Brann og redning")]


async def test_a_unit_that_takes_over_hears_of_the_days_the_other_kept(desk: Desk) -> None:
    fire = await desk.unit("Brann")
    heir = await desk.unit("Brann og redning")
    await town(desk, "control", (9,), control={"notice": [30], "tell": "unit", "unit": fire.id})
    await desk.join("Brannsjef", "Brann og redning")
    async with desk.database.write() as session:
        source, target = await session.get_one(Unit, fire.id), await session.get_one(Unit, heir.id)
        await unit_changes.merge(session, source, target, actor=COMMAND_LINE, at=at(JANUARY))
        await unit_merged(session, source, target, at(JANUARY), HOURS)
    assert await desk.day(date(2021, 8, 31)) == ["Brannsjef: control"]
