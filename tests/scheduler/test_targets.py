"""Result targets nobody has assessed in a plan's last round go up a level: the superior unit, then the office."""

from datetime import date, timedelta

from sqlmodel import select

from scheduler import digest, targets
from storage import attainments
from storage.ids import id_of
from storage.tables import Goal, Measure, Plan, ResultTarget
from tests.scheduler.desk import CALENDAR, HOURS, MAY, Desk, at

JANUARY = date(2021, 1, 4)
MEETING = date(2021, 5, 3)
REPLY_BY = date(2021, 4, 9)


async def _town(desk: Desk, last_year: int = 2021) -> None:
    """A plan in its last round, with a target that NAV is to assess; the rådmann is above NAV."""
    plan = await desk.plan(JANUARY, period=(2021, last_year), rule=MAY)
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.measure(plan, "1", "NAV", None, JANUARY)
    async with desk.database.write() as session:
        goal = Goal(plan_id=id_of(plan), position=0, ref="1", title="Trygge møteplasser")
        session.add(goal)
        await session.flush()
        session.add(ResultTarget(goal_id=id_of(goal), position=0, text="Tre er åpne"))
        measure = await desk.find(session, "1")
        (await session.get_one(Measure, id_of(measure))).goal_id = goal.id
    await desk.join("NAV-leder", "NAV")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)


async def _assess(desk: Desk, day: date) -> None:
    async with desk.database.write() as session:
        (found,) = await attainments.targets(session)
        author = id_of(desk.people["NAV-leder"])
        await attainments.add(
            session, found, "attained", "Tre er åpne", author_id=author, on_behalf=False, at=at(day), inbox_id=None
        )


async def _up(desk: Desk, first: date = JANUARY) -> dict[date, list[str]]:
    said = await desk.days(first, MEETING + timedelta(days=7))
    found = {day: [line.split(":")[0] for line in lines if "targets_up" in line] for day, lines in said.items()}
    return {day: people for day, people in found.items() if people}


async def _raised(desk: Desk, name: str, day: date) -> list[tuple[str, int]]:
    async with desk.database.read() as session:
        found = await digest.of_person(session, id_of(desk.people[name]), day, CALENDAR)
        return [(raised.unit, raised.count) for raised in found.targets_raised]


async def test_a_target_nobody_assesses_goes_to_the_superior_unit_and_then_to_the_office(desk: Desk) -> None:
    await _town(desk)
    assert await _up(desk) == {
        CALENDAR.add(REPLY_BY, 3): ["Rådmann"],
        CALENDAR.add(REPLY_BY, 5): ["Kontor"],
    }


async def test_whoever_is_above_reads_which_unit_until_it_has_answered(desk: Desk) -> None:
    await _town(desk)
    up = CALENDAR.add(REPLY_BY, 3)
    await desk.days(JANUARY, up)
    assert await _raised(desk, "Rådmann", up) == [("NAV", 1)]
    assert await _raised(desk, "Kontor", up) == []
    assert await _raised(desk, "NAV-leder", up) == []
    await _assess(desk, up)
    assert await _raised(desk, "Rådmann", up) == []
    assert await _up(desk, up + timedelta(days=1)) == {}


async def test_what_is_assessed_in_time_goes_to_nobody(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, REPLY_BY)
    await _assess(desk, REPLY_BY)
    assert await _up(desk, REPLY_BY) == {}


async def test_targets_go_up_in_the_last_round_alone(desk: Desk) -> None:
    await _town(desk, last_year=2022)
    assert await _up(desk) == {}


async def _ask(desk: Desk, day: date) -> None:
    async with desk.database.write() as session:
        await targets.ask(session, (await session.exec(select(Plan))).one(), at(day), HOURS)


async def _said(desk: Desk, first: date, last: date) -> dict[date, list[str]]:
    said = await desk.days(first, last)
    found = {day: [line for line in lines if "targets" in line] for day, lines in said.items()}
    return {day: lines for day, lines in found.items() if lines}


async def test_outside_the_last_round_the_office_asks_and_nobody_answers_it_goes_up_as_a_deadline_does(
    desk: Desk,
) -> None:
    await _town(desk, last_year=2022)
    asked_on = date(2021, 6, 1)
    await desk.days(JANUARY, asked_on)
    await _ask(desk, asked_on)
    up = CALENDAR.add(asked_on, 15)
    assert await _said(desk, asked_on, up) == {
        CALENDAR.add(asked_on, 3): ["NAV-leder: targets_again"],
        CALENDAR.add(asked_on, 8): ["NAV-leder: targets_again"],
        up: ["Rådmann: targets_unanswered"],
    }
    assert await _raised(desk, "Rådmann", up) == [("NAV", 1)]
    assert await _raised(desk, "Kontor", up) == []
    async with desk.database.read() as session:
        found = await digest.of_person(session, id_of(desk.people["NAV-leder"]), up, CALENDAR)
        assert found.targets == 1, "the unit reads of it in its daily messages meanwhile"
    # Asked once more, the days go on; and after the office has heard of it, it comes to an end.
    await _ask(desk, up)
    office = CALENDAR.add(asked_on, 25)
    assert await _said(desk, up + timedelta(days=1), date(2022, 3, 1)) == {office: ["Kontor: targets_unanswered"]}
    assert await _raised(desk, "Rådmann", date(2022, 3, 1)) == []
    await _ask(desk, date(2022, 3, 1))
    assert min(await _said(desk, date(2022, 3, 2), date(2022, 4, 1))) == CALENDAR.add(date(2022, 3, 1), 3)


async def test_what_is_assessed_after_the_office_asked_goes_to_nobody(desk: Desk) -> None:
    await _town(desk, last_year=2022)
    asked_on = date(2021, 6, 1)
    await desk.days(JANUARY, asked_on)
    await _ask(desk, asked_on)
    await _assess(desk, asked_on)
    assert await _said(desk, asked_on, date(2021, 12, 31)) == {}


async def test_what_was_asked_before_the_last_round_opened_is_asked_and_goes_up_in_the_round_alone(desk: Desk) -> None:
    await _town(desk)
    asked_on = date(2021, 3, 9)
    await desk.days(JANUARY, asked_on)
    await _ask(desk, asked_on)
    said = await _said(desk, asked_on, MEETING)
    assert {line for lines in said.values() for line in lines if "again" in line or "unanswered" in line} == {
        "NAV-leder: targets_again"
    }
    assert [day for day, lines in said.items() if any("again" in line for line in lines)] == [date(2021, 3, 12)]
    assert [day for day, lines in said.items() if any("targets_up" in line for line in lines)] == [
        CALENDAR.add(REPLY_BY, 3),
        CALENDAR.add(REPLY_BY, 5),
    ]
    await _ask(desk, date(2021, 4, 12))
    async with desk.database.read() as session:
        assert await attainments.asks(session) == []


async def test_nothing_goes_up_once_the_round_is_over(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, MEETING + timedelta(days=2))
    assert await _raised(desk, "Rådmann", MEETING + timedelta(days=2)) == []
