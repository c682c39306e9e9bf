"""A proposal stops the questions until it is decided; then the new deadline counts, or the unit is asked again."""

from datetime import date

from plan.status import Status
from storage.tables import Plan
from tests.scheduler.desk import Desk, at

JANUARY = date(2021, 1, 4)
NOVEMBER = date(2021, 11, 1)


async def _town(desk: Desk, phrase: str = "31.12.2021") -> Plan:
    plan = await desk.plan(JANUARY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.join("Kontor", is_office=True)
    await desk.measure(plan, "1", "NAV", phrase, JANUARY)
    return plan


async def test_nobody_is_asked_about_a_measure_while_a_new_deadline_is_undecided(desk: Desk) -> None:
    await _town(desk)
    assert await desk.days(JANUARY, NOVEMBER) == {NOVEMBER: ["Leder: lead 1"]}
    await desk.answer("1", Status.DELAYED, at(NOVEMBER, 10), proposes="1.6.2022")
    assert await desk.days(NOVEMBER, date(2022, 2, 1)) == {}
    sent = await desk.deliver(at(date(2021, 11, 2)))
    assert [(name, found.proposals) for name, found in sent] == [("Kontor", 1)]
    # Turned down: the day has passed, and the unit is asked about it.
    await desk.decide("1", at(date(2022, 2, 1), 10), reason="Kommunestyret har vedtatt fristen")
    assert await desk.days(date(2022, 2, 2), date(2022, 2, 4)) == {date(2022, 2, 2): ["Leder: due 1"]}


async def test_reminders_of_a_new_deadline_count_from_its_approval(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, NOVEMBER)
    await desk.answer("1", Status.DELAYED, at(NOVEMBER, 10), proposes="1.3.2022")
    # 60 days before 1 March lie behind when it is approved: that reminder is not said late.
    assert await desk.decide("1", at(date(2022, 1, 10), 10))
    assert [(str(row.due_on), str(row.next_on)) for row in await desk.due_dates("1")] == [
        ("2021-12-31", "None"),
        ("2022-03-01", "2022-02-15"),
    ]
    assert await desk.days(date(2022, 1, 10), date(2022, 3, 9)) == {
        date(2022, 2, 15): ["Leder: lead 1"],
        date(2022, 3, 1): ["Leder: due 1"],
        date(2022, 3, 4): ["Leder: nag 1"],
    }


async def test_a_later_answer_takes_back_what_it_replaces_and_leaves_the_rest(desk: Desk) -> None:
    await _town(desk)
    first = await desk.answer("1", Status.DELAYED, at(JANUARY, 10), proposes="1.3.2022")
    await desk.answer("1", Status.IN_PROGRESS, at(JANUARY, 11))
    assert await states(desk) == ["open"]  # it was only said how it goes
    await desk.answer("1", Status.DELAYED, at(JANUARY, 12), proposes="1.4.2022")
    assert await states(desk) == ["withdrawn", "open"]
    await desk.answer("1", Status.DROPPED, at(JANUARY, 13))
    assert await states(desk) == ["withdrawn", "withdrawn", "open"]
    await desk.answer("1", Status.IN_PROGRESS, at(JANUARY, 14))
    assert await states(desk) == ["withdrawn", "withdrawn", "withdrawn"]
    assert first.id is not None


async def test_a_correction_without_the_proposal_takes_it_back(desk: Desk) -> None:
    await _town(desk)
    first = await desk.answer("1", Status.DELAYED, at(JANUARY, 10), proposes="1.3.2022")
    await desk.answer("1", Status.DELAYED, at(JANUARY, 11), corrects=first)
    assert await states(desk) == ["withdrawn"]


async def test_a_closing_that_is_turned_down_asks_the_unit_again(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.meeting(plan, date(2021, 5, 3), JANUARY)
    asked = [day for day, said in (await desk.days(JANUARY, date(2021, 3, 20))).items() if "Leder: opened 1" in said]
    assert asked == [date(2021, 3, 15)]
    day = date(2021, 3, 16)
    await desk.answer("1", Status.DROPPED, at(day))
    assert await desk.days(day, date(2021, 3, 25)) == {}
    await desk.decide("1", at(date(2021, 3, 25), 10), reason="Tiltaket er vedtatt")
    [request] = await desk.requests("1")
    assert (request.closed_at, request.closed_because) == (None, None)
    said = await desk.days(date(2021, 3, 25), date(2021, 4, 12))
    assert {line for lines in said.values() for line in lines if line.startswith("Leder")} >= {"Leder: reply_by 1"}
    # And its own deadline concerns us again.
    await desk.answer("1", Status.IN_PROGRESS, at(date(2021, 4, 12), 10))
    assert (await desk.days(date(2021, 4, 13), date(2021, 12, 31)))[date(2021, 12, 31)] == ["Leder: due 1"]


async def test_a_closing_that_is_turned_down_brings_no_day_back_that_the_deadline_no_longer_has(desk: Desk) -> None:
    await _town(desk)
    await desk.move("1", "30.11.2022", JANUARY)
    await desk.answer("1", Status.DROPPED, at(date(2021, 3, 16)))
    await desk.decide("1", at(date(2021, 3, 25), 10), reason="Tiltaket er vedtatt")
    asked = await desk.days(date(2021, 3, 26), date(2022, 11, 30))
    assert [day for day, lines in asked.items() if "Leder: due 1" in lines] == [date(2022, 11, 30)]


async def test_a_closing_that_is_approved_is_not_asked_about_any_more(desk: Desk) -> None:
    await _town(desk)
    await desk.answer("1", Status.DROPPED, at(JANUARY, 10))
    assert await desk.decide("1", at(JANUARY, 11))
    assert await desk.days(JANUARY, date(2022, 6, 1)) == {}


async def states(desk: Desk) -> list[str]:
    async with desk.database.read() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql("SELECT state FROM proposal ORDER BY id")
        return [row[0] for row in rows]
