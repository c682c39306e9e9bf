"""Escalations: past whoever was asked, one level at a time, never to the same person twice, the office last."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from plan.status import Status
from scheduler import digest
from scheduler.requests import Level, next_level
from scheduler.settings import PlanSettings, SettingsRefused
from storage.directory import Directory
from storage.tables import Person, Unit
from tests.scheduler.desk import CALENDAR, Desk, at
from tests.storage.rows import AT

JANUARY = date(2021, 1, 4)
DUE = date(2021, 12, 31)
FIRST = date(2022, 1, 21)
LAST = date(2022, 2, 4)


async def _chain(desk: Desk) -> None:
    """A measure of an avdeling, under NAV, under the rådmann."""
    plan = await desk.plan(JANUARY, settings={"after_deadline": {"nag_after": [5], "escalate_after": [15, 20, 25]}})
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.unit("Avdeling", "NAV")
    await desk.measure(plan, "1", "Avdeling", "31.12.2021", JANUARY)


async def _escalations(desk: Desk) -> dict[str, list[str]]:
    said = await desk.days(DUE, date(2022, 6, 1))
    return {
        str(day): [line.split(":")[0] for line in lines if "escalate" in line]
        for day, lines in said.items()
        if any("escalate" in line for line in lines)
    }


async def test_a_question_goes_up_level_by_level_and_to_the_office_last(desk: Desk) -> None:
    await _chain(desk)
    for name, unit in (("Leder", "Avdeling"), ("NAV-leder", "NAV"), ("Rådmann", "Rådmannen")):
        await desk.join(name, unit)
    await desk.join("Kontor", is_office=True)
    assert await _escalations(desk) == {
        "2022-01-21": ["NAV-leder"],
        "2022-01-28": ["Rådmann"],
        "2022-02-04": ["Kontor"],
    }
    assert [row.level for row in await desk.escalations()] == [1, 2, 3]


async def test_a_level_held_by_the_same_person_is_skipped(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling", "NAV")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    assert await _escalations(desk) == {"2022-01-21": ["Rådmann"], "2022-01-28": ["Kontor"]}
    assert [row.level for row in await desk.escalations()] == [2, 3]


async def test_a_level_nobody_of_which_has_joined_is_skipped(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling")
    await desk.join("Rådmann", "Rådmannen")
    assert await _escalations(desk) == {"2022-01-21": ["Rådmann"]}


async def test_who_holds_every_level_is_passed_over_to_the_office(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Rådmann", "Avdeling", "NAV", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    assert await _escalations(desk) == {"2022-01-21": ["Kontor"]}


async def test_the_only_person_of_the_office_is_not_told_of_their_own_question(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling", is_office=True)
    assert await _escalations(desk) == {}
    assert await desk.escalations() == []


async def test_a_deputy_is_asked_and_told_where_there_is_no_leader(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling")
    await desk.join("Nestleder", "NAV", kind="deputy")
    assert await _escalations(desk) == {"2022-01-21": ["Nestleder"]}


async def test_an_escalation_ends_when_the_answer_comes(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling")
    await desk.join("NAV-leder", "NAV")
    await desk.join("Rådmann", "Rådmannen")
    await desk.days(DUE, FIRST - timedelta(days=1))
    await desk.deliver(at(FIRST - timedelta(days=1)))
    assert await desk.day(FIRST) == ["NAV-leder: escalate 1"]
    ((person, found),) = await desk.deliver(at(FIRST, 9))
    assert (person, [question.ref for question in found.escalated]) == ("NAV-leder", ["1"])
    await desk.answer("1", Status.DELAYED, at(FIRST, 10))
    assert await desk.days(FIRST, date(2022, 6, 1)) == {}


async def test_an_escalation_that_was_answered_before_it_was_delivered_is_not_said(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling")
    await desk.join("NAV-leder", "NAV")
    await desk.days(DUE, FIRST - timedelta(days=1))
    await desk.deliver(at(FIRST - timedelta(days=1)))
    await desk.day(FIRST)
    await desk.answer("1", Status.DELAYED, at(FIRST, 9))
    assert await desk.deliver(at(FIRST, 10)) == []


async def test_a_unit_nobody_of_which_has_joined_is_the_offices_from_the_first_day(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    assert await desk.day(DUE) == ["nobody: due 1", "Kontor: nobody_joined 1"]
    found = dict(await desk.deliver(at(DUE)))["Kontor"]
    assert [question.ref for question in found.nobody_joined] == ["1"]


async def test_the_office_reads_what_a_unit_outside_the_chat_is_asked_when_it_is_new_and_else_how_many(
    desk: Desk,
) -> None:
    await _chain(desk)
    kontor = await desk.join("Kontor", is_office=True)
    await desk.day(DUE)
    await desk.deliver(at(DUE))
    day, nagged = DUE + timedelta(days=1), date(2022, 1, 7)
    assert await desk.day(day) == []  # no message at all
    for today, listed, counted in ((DUE, ["1"], 0), (day, [], 1)):
        async with desk.database.read() as session:
            found = await digest.of_person(session, kontor, today, CALENDAR)
        assert ([question.ref for question in found.nobody_joined], found.unjoined_before) == (listed, counted)
    assert "Kontor: nobody_joined 1" in await desk.day(nagged)
    found = dict(await desk.deliver(at(nagged)))["Kontor"]
    assert ([question.ref for question in found.nobody_joined], found.unjoined_before) == (["1"], 0)


async def test_a_question_is_not_lost_where_nobody_at_all_has_joined(desk: Desk) -> None:
    await _chain(desk)
    assert await desk.day(DUE) == ["nobody: due 1"]
    await desk.join("Leder", "Avdeling")
    assert await desk.day(date(2022, 1, 7)) == ["Leder: nag 1"]


async def test_who_has_blocked_the_bot_is_passed_over_to_the_office(desk: Desk) -> None:
    await _chain(desk)
    person_id = await desk.join("Leder", "Avdeling")
    await desk.join("Kontor", is_office=True)
    assert await desk.day(DUE) == ["Leder: due 1"]
    async with desk.database.write() as session:
        person = await session.get_one(Person, person_id)
        person.blocked_at = at(DUE, 10)
    assert await desk.day(date(2022, 1, 7)) == ["nobody: nag 1", "Kontor: nobody_joined 1"]
    assert await desk.day(FIRST) == ["Kontor: escalate 1"]


def _directory(above: dict[int, int | None], leaders: dict[int, int], office: tuple[int, ...] = ()) -> Directory:
    people = {*leaders.values(), *office}
    return Directory(
        units={unit: Unit(id=unit, name=str(unit), key=str(unit), superior_id=up) for unit, up in above.items()},
        people={
            person: Person(id=person, name="Testperson", is_office=person in office, joined_at=AT) for person in people
        },
        leaders={unit: (person,) for unit, person in leaders.items()},
    )


def test_a_circle_of_superiors_ends_where_it_began() -> None:
    directory = _directory({1: 2, 2: 3, 3: 1}, {1: 10, 2: 20, 3: 30}, office=(40,))
    assert next_level(directory, 1, 0, final=False) == Level(1, 2, (20,))
    assert next_level(directory, 1, 1, final=False) == Level(2, 3, (30,))
    assert next_level(directory, 1, 2, final=False) == Level(3, None, (40,))
    assert next_level(directory, 1, 3, final=False, office_told=True) is None


def test_the_office_is_told_though_the_units_above_have_become_fewer() -> None:
    # Told at level 3; then two of the units above were taken away.
    directory = _directory({1: 2, 2: None}, {1: 10, 2: 20}, office=(40,))
    level = next_level(directory, 1, 3, final=True)
    assert level is not None
    assert (level.unit_id, level.people) == (None, (40,))
    assert level.number > 3


async def test_an_escalation_says_how_often_the_unit_has_been_reminded(desk: Desk) -> None:
    await _chain(desk)
    await desk.join("Leder", "Avdeling")
    above = await desk.join("NAV-leder", "NAV")
    await desk.days(DUE, FIRST)
    async with desk.database.read() as session:
        found = await digest.of_person(session, above, FIRST, CALENDAR)
    # Asked on the day itself, and reminded once a week later.
    assert [(each.ref, each.unit, each.due_on, each.reminded) for each in found.escalated] == [
        ("1", "Avdeling", DUE, 1)
    ]


def test_by_default_each_reminder_lies_further_from_the_one_before() -> None:
    usual = PlanSettings()
    for follow_up in (usual.after_reply_by, usual.after_deadline):
        days = (0, *follow_up.nag_after, *follow_up.escalate_after)
        gaps = [later - earlier for earlier, later in pairwise(days)]
        assert gaps == sorted(gaps)


def test_there_is_an_end_to_reminding() -> None:
    with pytest.raises(SettingsRefused):
        PlanSettings.of({"after_deadline": {"nag_after": [1, 2, 3, 4, 5, 6, 7], "escalate_after": [20]}})
