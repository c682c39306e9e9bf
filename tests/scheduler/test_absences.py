"""Somebody is away: who is asked meanwhile, who hears of it on the first day, and what they hear when they are back."""

from datetime import date

import pytest
from sqlmodel import select

from plan.status import Status
from scheduler import digest
from storage import absences, directory
from storage.ids import id_of
from storage.tables import Absence
from tests.scheduler.desk import CALENDAR, HOURS, Desk, at

JANUARY = date(2021, 1, 4)
DUE = date(2021, 6, 30)  # a Wednesday
FIRST, LAST, BACK = date(2021, 7, 1), date(2021, 7, 9), date(2021, 7, 12)  # Thursday to Friday, and Monday


async def asked(desk: Desk, unit: str, day: date) -> list[str]:
    async with desk.database.read() as session:
        people = await directory.read(session, day)
        (unit_id,) = [unit_id for unit_id, row in people.units.items() if row.name == unit]
        names = {id_of(person): name for name, person in desk.people.items()}
        return [names[person_id] for person_id in people.asked(unit_id)]


async def town(desk: Desk) -> None:
    """A unit of one leader under another, an office, and one measure that is due on 30 June."""
    await desk.unit("Oppvekst")
    await desk.unit("Skole", "Oppvekst")
    await desk.join("rektor", "Skole")
    await desk.join("leder", "Oppvekst")
    await desk.join("lærer")
    await desk.join("kontor", is_office=True)
    follow_up = {"nag_after": [5, 10], "escalate_after": [15, 25]}
    plan = await desk.plan(JANUARY, settings={"lead_days": [], "after_deadline": follow_up})
    await desk.measure(plan, "1", "Skole", "30.6.2021", JANUARY)


async def test_the_deputy_is_asked_from_the_first_day_to_the_last_and_the_absent_is_welcomed_back(desk: Desk) -> None:
    await town(desk)
    assert await desk.day(DUE) == ["rektor: due 1"]
    await desk.deliver(at(DUE, 10))
    await desk.away("rektor", FIRST, LAST, "lærer", DUE)
    assert await asked(desk, "Skole", DUE) == ["rektor"]
    assert await asked(desk, "Skole", FIRST) == ["lærer"]
    assert await desk.day(FIRST) == ["lærer: stand_in"]
    ((name, told),) = await desk.deliver(at(FIRST, 10))
    assert (name, [question.ref for question in told.questions]) == ("lærer", ["1"])
    assert [(other.unit, other.last_on) for other in told.standing_in] == [("Skole", LAST)]
    assert await desk.day(date(2021, 7, 7)) == ["lærer: nag 1"]
    await desk.answer("1", Status.DONE, at(date(2021, 7, 8)))
    assert await asked(desk, "Skole", BACK) == ["rektor"]
    assert await desk.day(BACK) == ["rektor: back"]
    assert await desk.day(BACK) == []
    ((name, told),) = await desk.deliver(at(BACK, 10))
    assert name == "rektor"
    assert told.back is not None
    assert (told.back.first_on, told.back.last_on, told.questions) == (FIRST, LAST, ())
    assert told.standing_in == ()


@pytest.mark.parametrize("deputy", ["nobody", "a circle", "gone"])
async def test_with_nobody_to_stand_in_the_unit_above_hears_of_it_the_same_day(desk: Desk, deputy: str) -> None:
    await town(desk)
    await desk.day(DUE)
    await desk.deliver(at(DUE, 10))
    await desk.away("rektor", FIRST, LAST, None if deputy == "nobody" else "lærer", DUE)
    if deputy == "a circle":
        await desk.away("lærer", FIRST, LAST, "rektor", DUE)
    if deputy == "gone":
        async with desk.database.write() as session:
            session.add(desk.people["lærer"])
            desk.people["lærer"].blocked_at = at(DUE)
    assert await asked(desk, "Skole", FIRST) == ["leder"]
    assert await desk.day(FIRST) == ["leder: stand_in"]
    # The unit above has heard of it: what goes up next goes to the office.
    assert await desk.days(date(2021, 7, 6), LAST) == {date(2021, 7, 7): ["leder: nag 1"]}
    await desk.away("rektor", FIRST, date(2021, 7, 30), None, LAST)
    found = await desk.days(LAST, date(2021, 7, 30), until="kontor: escalate 1")
    assert list(found.values())[-1] == ["kontor: escalate 1"]
    assert "leder: escalate 1" not in [said for day in found.values() for said in day]


async def test_with_nobody_above_either_the_office_hears_of_it_the_same_day(desk: Desk) -> None:
    await town(desk)
    await desk.day(DUE)
    await desk.deliver(at(DUE, 10))
    for name in ("rektor", "leder"):
        await desk.away(name, FIRST, LAST, None, DUE)
    assert await desk.day(FIRST) == ["kontor: stand_in"]
    ((name, told),) = await desk.deliver(at(FIRST, 10))
    assert (name, [question.ref for question in told.nobody_joined]) == ("kontor", ["1"])
    # And with the office away as well it hears of it when it is back.
    await desk.away("kontor", date(2021, 7, 2), LAST, None, FIRST)
    await desk.day(date(2021, 7, 7))
    assert sorted(await desk.day(BACK)) == ["kontor: back", "leder: back", "rektor: back"]
    told_by_name = dict(await desk.deliver(at(BACK, 10)))
    assert [question.ref for question in told_by_name["rektor"].questions] == ["1"]


async def test_a_deputy_who_is_away_has_one_in_turn_and_gets_all_of_it(desk: Desk) -> None:
    await town(desk)
    await desk.away("rektor", FIRST, LAST, "lærer", JANUARY)
    await desk.away("lærer", date(2021, 7, 5), date(2021, 7, 6), "leder", JANUARY)
    assert [await asked(desk, "Skole", date(2021, 7, day)) for day in (2, 5, 6, 7)] == [
        ["lærer"],
        ["leder"],
        ["leder"],
        ["lærer"],
    ]


async def test_an_absence_that_overlaps_becomes_one_with_it_and_keeps_its_first_day(desk: Desk) -> None:
    await town(desk)
    await desk.away("rektor", FIRST, LAST, "lærer", JANUARY)
    await desk.away("rektor", date(2021, 7, 14), date(2021, 7, 16), None, JANUARY)
    # Before it has begun it moves; once it has begun it is made longer.
    await desk.away("rektor", date(2021, 7, 2), LAST, "lærer", JANUARY)
    await desk.away("rektor", date(2021, 7, 8), date(2021, 7, 15), "lærer", date(2021, 7, 6))
    async with desk.database.read() as session:
        rows = list(await session.exec(select(Absence).order_by(Absence.id)))  # type: ignore[arg-type]
        assert [(row.first_on.day, row.last_on.day, row.cancelled_at is None) for row in rows] == [
            (2, 15, True),
            (14, 16, False),
        ]
        back = await absences.back_on(session, rows[0].person_id, date(2021, 7, 7), CALENDAR)
    assert back == date(2021, 7, 16)


async def test_after_a_week_of_downtime_who_is_back_hears_of_all_of_it_once(desk: Desk) -> None:
    await town(desk)
    await desk.away("rektor", FIRST, LAST, None, DUE)
    day = date(2021, 7, 20)
    assert sorted(await desk.day(day)) == ["rektor: back", "rektor: due 1"]
    ((name, told),) = await desk.deliver(at(day, 10))
    assert (name, told.back is not None, [question.ref for question in told.questions]) == ("rektor", True, ["1"])
    async with desk.database.write() as session:
        await absences.welcomed(session, id_of(desk.people["rektor"]), day, at(day, 10))
        found = await digest.of_person(session, id_of(desk.people["rektor"]), HOURS.local_date(at(day, 11)), CALENDAR)
    assert found.back is None
