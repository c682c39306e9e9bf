"""A plan lived through on a copy: the same messages as a service would have sent, and none of the other plans."""

from datetime import date, timedelta

from sqlmodel import col, update

from plan.status import Status
from scheduler.simulation import Diligence, Message, Simulation
from storage import outbox
from storage.copies import thrown_away
from storage.database import Database
from storage.ids import id_of
from storage.tables import Plan, StatusRequest
from tests.scheduler.desk import HOURS, MAY, Desk, at

JANUARY = date(2021, 1, 4)
DECEMBER = date(2021, 12, 31)


async def _town(desk: Desk) -> Plan:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.unit("Skolen", "Rådmannen")
    await desk.join("Leder", "NAV")
    await desk.join("Rektor", "Skolen")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    await desk.join("Admin", is_admin=True)
    await desk.measure(plan, "1", "NAV", "30.4.2021", JANUARY)
    await desk.measure(plan, "2", "NAV", "løpende", JANUARY)
    await desk.measure(plan, "3", "Skolen", "tre ganger i året", JANUARY)
    return plan


async def _simulated(
    database: Database, plan: Plan, first: date, last: date, today: date, who: Diligence = Diligence.NOBODY
) -> Simulation:
    async with thrown_away(database) as copy:
        simulation = Simulation(copy, id_of(plan), HOURS, who)
        days = [day async for day in simulation.run(first, last, today)]
    assert days == sorted(set(days))
    return simulation


def _said(messages: list[Message]) -> list[tuple[date, int, int, int]]:
    return sorted((each.on, each.person_id, each.questions, each.escalated) for each in messages)


async def test_a_year_holds_the_messages_the_service_would_have_sent(desk: Desk) -> None:
    plan = await _town(desk)
    simulated = await _simulated(desk.database, plan, JANUARY, DECEMBER, JANUARY, Diligence.HALF)
    sent = []
    day = JANUARY
    while day <= DECEMBER:
        await desk.tick(at(day, 8))
        if HOURS.is_open(at(day, 8)):
            for name, found in await desk.deliver(at(day, 8)):
                sent.append((day, id_of(desk.people[name]), len(found.questions), len(found.escalated)))
                for ref in {question.ref for question in found.questions if question.unit == "NAV"}:
                    await desk.answer(ref, Status.IN_PROGRESS, at(day, 9))
        day += timedelta(days=1)
    assert len(sent) > 20
    # The draft of a report comes by itself, and is no daily message.
    daily = [message for message in simulated.outcome.messages if message.kind == outbox.DAILY]
    assert _said(daily) == sorted(sent)


async def test_what_is_open_today_is_gone_on_with_and_the_days_until_the_first_are_not_shown(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.days(JANUARY, date(2021, 3, 15))
    await desk.deliver(at(date(2021, 3, 15)))
    today = date(2021, 3, 16)
    whole = await _simulated(desk.database, plan, today, DECEMBER, today)
    later = await _simulated(desk.database, plan, date(2021, 4, 12), DECEMBER, today)
    assert {each.on for each in whole.outcome.messages} >= {date(2021, 3, 25)}, "halfway, of what is open"
    assert _said(later.outcome.messages) == [
        each for each in _said(whole.outcome.messages) if each[0] >= date(2021, 4, 12)
    ]


async def test_from_a_day_that_has_passed_the_plan_begins_anew(desk: Desk) -> None:
    plan = await _town(desk)
    fresh = await _simulated(desk.database, plan, JANUARY, DECEMBER, JANUARY)
    await desk.days(JANUARY, date(2021, 6, 1))
    again = await _simulated(desk.database, plan, JANUARY, DECEMBER, date(2021, 6, 1))
    assert _said(again.outcome.messages) == _said(fresh.outcome.messages)


async def test_other_plans_are_silent(desk: Desk) -> None:
    plan = await _town(desk)
    alone = await _simulated(desk.database, plan, JANUARY, DECEMBER, JANUARY)
    other = await desk.plan(JANUARY, "annen", rule=MAY)
    await desk.measure(other, "9", "NAV", "1.2.2021", JANUARY)
    await desk.day(JANUARY)
    assert await desk.requests("9")
    async with desk.database.write() as session:
        await session.exec(update(StatusRequest).where(col(StatusRequest.closed_at).is_(None)).values(level=1))
    beside = await _simulated(desk.database, plan, JANUARY, DECEMBER, JANUARY)
    assert _said(beside.outcome.messages) == _said(alone.outcome.messages)


async def test_a_plan_can_be_tried_before_anybody_is_invited(desk: Desk) -> None:
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("NAV")
    await desk.unit("Politiet", external=True)
    await desk.measure(plan, "1", "NAV", "30.4.2021", JANUARY)
    found = (await _simulated(desk.database, plan, JANUARY, DECEMBER, JANUARY)).outcome
    assert sorted(found.people.values()) == ["", "NAV"]
    assert found.pretended == found.people.keys()
    assert {found.people[message.person_id] for message in found.messages} == {"", "NAV"}
    assert await desk.messages() == []
