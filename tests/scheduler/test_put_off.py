"""A question that is put off: nothing is said to its unit before the day, and all else goes on as planned."""

from datetime import date

from scheduler import open_questions
from scheduler.put_off import PutOff, put_off
from scheduler.setting_changes import settings_changed
from storage import units
from storage.audit import Actor
from storage.ids import id_of
from storage.tables import Plan
from tests.scheduler.desk import HOURS, MAY, Desk, at

JANUARY = date(2021, 1, 4)
DUE = date(2021, 6, 30)


async def put(desk: Desk, day: date, today: date) -> PutOff:
    (request, *_) = await desk.requests("1")
    async with desk.database.write() as session:
        unit = await units.by_name(session, "Skole")
        actor = Actor.person(id_of(desk.people["rektor"]))
        return await put_off(
            session, request.measure_id, {id_of(unit)}, day, actor=actor, at=at(today, 10), hours=HOURS
        )


async def test_nothing_is_said_before_the_day_and_it_goes_up_as_planned(desk: Desk) -> None:
    await desk.unit("Oppvekst")
    await desk.unit("Skole", "Oppvekst")
    await desk.join("rektor", "Skole")
    await desk.join("leder", "Oppvekst")
    plan = await desk.plan(JANUARY, settings={"lead_days": []})
    await desk.measure(plan, "1", "Skole", "30.6.2021", JANUARY)
    assert await desk.day(DUE) == ["rektor: due 1"]
    await desk.deliver(at(DUE, 9, 30))
    # Sunday 25 July is asked about on the Monday; the nags of 7 and 14 July are not said, the escalation is.
    found = await put(desk, date(2021, 7, 25), DUE)
    assert found == PutOff(date(2021, 7, 26), DUE)
    assert found.passes
    said = await desk.days(date(2021, 7, 1), date(2021, 7, 26))
    assert said == {date(2021, 7, 21): ["leder: escalate 1"], date(2021, 7, 26): ["rektor: again 1"]}
    async with desk.database.read() as session:
        person_id = id_of(desk.people["rektor"])
        # It has been taken up again.
        assert await open_questions.questions_of(session, person_id, date(2021, 7, 25)) != ()
    assert [reminder.step for reminder in await desk.reminders()] == ["due", "nag:1", "nag:2", "escalate:1"]


async def test_the_daily_message_leaves_out_what_is_put_off_and_the_office_sees_it(desk: Desk) -> None:
    await desk.unit("Skole")
    await desk.join("rektor", "Skole")
    await desk.join("kontor", is_office=True)
    plan = await desk.plan(JANUARY, settings={"lead_days": []})
    await desk.measure(plan, "1", "Skole", "30.6.2021", JANUARY)
    await desk.day(DUE)
    await put(desk, date(2021, 7, 9), DUE)
    assert await desk.deliver(at(DUE, 11)) == []
    async with desk.database.read() as session:
        person_id = id_of(desk.people["rektor"])
        assert await open_questions.questions_of(session, person_id, date(2021, 7, 8)) == ()
        ((question),) = await open_questions.all_questions_of(session, person_id, date(2021, 7, 8))
        assert question.put_off_until == date(2021, 7, 9)
    assert await desk.days(date(2021, 7, 1), date(2021, 7, 9)) == {date(2021, 7, 9): ["rektor: again 1"]}


async def test_the_day_holds_when_the_settings_of_the_plan_are_changed(desk: Desk) -> None:
    await desk.unit("Skole")
    await desk.join("rektor", "Skole")
    plan = await desk.plan(JANUARY, settings={"lead_days": []})
    await desk.measure(plan, "1", "Skole", "30.6.2021", JANUARY)
    await desk.day(DUE)
    await put(desk, date(2021, 7, 9), DUE)
    assert await desk.days(date(2021, 7, 1), date(2021, 7, 5)) == {}
    async with desk.database.write() as session:
        stored = await session.get_one(Plan, plan.id)
        stored.settings = {"lead_days": [], "after_deadline": {"nag_after": [3], "escalate_after": []}}
        await settings_changed(session, stored, at(date(2021, 7, 6)), HOURS)
    # No step is left, and the day that was asked for is.
    assert await desk.days(date(2021, 7, 6), date(2021, 7, 31)) == {date(2021, 7, 9): ["rektor: again 1"]}


async def test_the_day_holds_when_the_meeting_of_the_round_is_moved(desk: Desk) -> None:
    await desk.unit("Skole")
    await desk.join("rektor", "Skole")
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.measure(plan, "1", "Skole", None, JANUARY)
    (row, *_) = await desk.rounds(plan)
    opens = row.opens_on
    assert await desk.day(opens) == ["rektor: opened 1"]
    asked_for = HOURS.calendar.add(opens, 2)
    assert asked_for < row.halfway_on
    await put(desk, asked_for, opens)
    await desk.meeting(plan, HOURS.calendar.add(row.meeting_on, 20), opens)
    said = await desk.days(HOURS.calendar.add(opens, 1), asked_for)
    assert said == {asked_for: ["rektor: again 1"]}


async def test_what_was_taken_back_and_is_asked_again_is_not_put_off_any_more(desk: Desk) -> None:
    await desk.unit("Skole")
    await desk.unit("Barnehage")
    rektor = await desk.join("rektor", "Skole")
    await desk.join("styrer", "Barnehage")
    plan = await desk.plan(JANUARY, settings={"lead_days": []})
    await desk.measure(plan, "1", "Skole", "30.6.2021", JANUARY)
    await desk.day(DUE)
    await put(desk, date(2021, 7, 20), DUE)
    await desk.give_to("1", "Barnehage", date(2021, 7, 1))
    await desk.give_to("1", "Skole", date(2021, 7, 2))
    async with desk.database.read() as session:
        assert await open_questions.questions_of(session, rektor, date(2021, 7, 2)) != ()
    assert await desk.days(date(2021, 7, 2), date(2021, 7, 5)) == {date(2021, 7, 5): ["rektor: nag 1"]}
