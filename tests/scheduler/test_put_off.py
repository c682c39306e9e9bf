"""A question that is put off: nothing is said to its unit before the day, and all else goes on as planned."""

from datetime import date

from scheduler import open_questions
from scheduler.put_off import PutOff, put_off
from storage import units
from storage.audit import Actor
from storage.ids import id_of
from tests.scheduler.desk import HOURS, Desk, at

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
