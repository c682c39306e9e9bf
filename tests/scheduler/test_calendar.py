"""The year ahead: what a plan promises, on the days it is counted to."""

from datetime import date, timedelta

from plan.status import Status
from scheduler import calendar
from scheduler.calendar import Entry
from scheduler.planning import plan_ahead
from storage import meetings
from storage.ids import id_of
from storage.tables import Plan, ReportingDate
from templates import words
from tests.scheduler.desk import CALENDAR, MAY, Desk, at

MONDAY = date(2021, 1, 4)


async def ahead(desk: Desk, plan: Plan, first: date = date(2021, 1, 1), last: date = date(2021, 12, 31)) -> list[Entry]:
    async with desk.database.read() as session:
        return await calendar.of_plan(session, plan, first, last)


async def promise(desk: Desk, plan: Plan, kind: str, months: list[int], n: int = 1) -> None:
    rule = {"months": months, "n": n, "first_year": None, "last_year": None, "body": None}
    async with desk.database.write() as session:
        session.add(ReportingDate(plan_id=id_of(plan), kind=kind, text="Med planens ord", rule=rule))


def days(entries: list[Entry]) -> list[tuple[date, str]]:
    return [(entry.on, entry.kind) for entry in entries]


async def test_a_round_is_there_with_every_step_and_is_provisional_until_the_meeting_is_known(desk: Desk) -> None:
    plan = await desk.plan(MONDAY, rule=MAY)
    before = await ahead(desk, plan)
    assert days(before) == [
        (date(2021, 3, 15), "round_opens"),
        (date(2021, 3, 25), "halfway"),
        (date(2021, 4, 9), "reply_by"),
        (date(2021, 4, 12), "office_week"),
        (date(2021, 4, 19), "papers"),
        (date(2021, 5, 3), "meeting"),
    ]
    assert all(entry.provisional for entry in before)
    await desk.meeting(plan, date(2021, 5, 12), MONDAY)
    after = await ahead(desk, plan)
    assert not any(entry.provisional for entry in after)
    assert after[-1].on == date(2021, 5, 12)
    assert [entry.key for entry in after] == [entry.key for entry in before], "a calendar moves what it has"


async def test_every_body_of_the_case_route_has_its_meeting(desk: Desk) -> None:
    plan = await desk.plan(MONDAY, rule=MAY)
    await desk.meeting(plan, date(2021, 5, 26), MONDAY)
    await desk.meeting(plan, date(2021, 5, 5), MONDAY, body="Formannskapet")
    stops = [(entry.on, entry.kind, entry.body) for entry in await ahead(desk, plan) if entry.body]
    assert stops == [
        (date(2021, 4, 21), "papers", "Formannskapet"),
        (date(2021, 5, 5), "meeting", "Formannskapet"),
        (date(2021, 5, 7), "papers", "Kommunestyret"),
        (date(2021, 5, 26), "meeting", "Kommunestyret"),
    ]


async def test_the_council_is_there_provisionally_while_only_an_earlier_body_has_its_day(desk: Desk) -> None:
    plan = await desk.plan(MONDAY, rule=MAY)
    await desk.meeting(plan, date(2021, 5, 5), MONDAY, body="Formannskapet")
    of_council = [entry for entry in await ahead(desk, plan) if entry.body == "Kommunestyret"]
    assert [(str(entry.on), entry.kind, entry.provisional) for entry in of_council] == [
        ("2021-04-22", "papers", True),
        ("2021-05-06", "meeting", True),
    ]
    before = {entry.key for entry in of_council}
    await desk.meeting(plan, date(2021, 5, 26), MONDAY)
    after = [entry for entry in await ahead(desk, plan) if entry.body == "Kommunestyret"]
    assert {entry.key for entry in after} == before, "a calendar moves what it has"
    assert not any(entry.provisional for entry in after)


async def test_papers_that_somebody_has_set_a_day_for_are_there_on_that_day(desk: Desk) -> None:
    plan = await desk.plan(MONDAY, rule=MAY)
    await desk.meeting(plan, date(2021, 5, 26), MONDAY)
    await desk.meeting(plan, date(2021, 5, 5), MONDAY, body="Formannskapet")
    async with desk.database.write() as session:
        for meeting in await meetings.of_year(session, plan, 2021):
            meeting.own_papers_on = meeting.held_on - timedelta(days=7)
        await plan_ahead(session, plan, MONDAY, CALENDAR)
    papers = [(str(entry.on), entry.body) for entry in await ahead(desk, plan) if entry.kind == "papers"]
    assert papers == [("2021-04-28", "Formannskapet"), ("2021-05-19", "Kommunestyret")]


async def test_a_deadline_is_there_with_who_follows_it_up_until_it_is_done(desk: Desk) -> None:
    plan = await desk.plan(MONDAY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1.1", "NAV", "våren 2021", MONDAY)
    await desk.measure(plan, "1.2", None, "tre ganger i året", MONDAY)
    found = [(entry.on, entry.ref, entry.unit) for entry in await ahead(desk, plan)]
    assert found == [
        (date(2021, 4, 30), "1.2", None),
        (date(2021, 5, 31), "1.1", "NAV"),
        (date(2021, 8, 31), "1.2", None),
        (date(2021, 12, 31), "1.2", None),
    ]
    await desk.answer("1.1", Status.DONE, at(MONDAY))
    assert [entry.ref for entry in await ahead(desk, plan)] == ["1.2"] * 3


async def test_what_else_the_plan_promises_falls_on_the_last_day_of_its_months(desk: Desk) -> None:
    plan = await desk.plan(MONDAY, period=(2021, 2024))
    await promise(desk, plan, "evaluation", [4, 5, 6])
    await promise(desk, plan, "review", [12])
    await promise(desk, plan, "control", [2], n=3)
    await promise(desk, plan, "revision", [])
    found = await ahead(desk, plan, date(2021, 1, 1), date(2024, 12, 31))
    assert days(found)[:4] == [
        (date(2021, 2, 28), "control"),
        (date(2021, 6, 30), "evaluation"),
        (date(2021, 12, 31), "review"),
        (date(2021, 12, 31), "revision"),
    ]
    assert [entry.on for entry in found if entry.kind == "control"] == [date(2021, 2, 28), date(2024, 2, 29)]
    by_words = [entry for entry in found if entry.kind == "revision" and entry.text]
    # The last is that of the planning strategy after the election.
    assert [(entry.on.month, entry.provisional) for entry in by_words] == [(12, True)] * 3 + [(10, True)]
    assert days(found)[-1] == (date(2024, 12, 31), "plan_ends")


async def test_a_reporting_date_concerns_whoever_is_told_of_it_whatever_body_the_plan_names(desk: Desk) -> None:
    nav = await desk.unit("NAV")
    settings = {
        "review": {"notice": [14], "tell": "admin"},
        "control": {"notice": [14], "tell": "unit", "unit": nav.id},
    }
    plan = await desk.plan(MONDAY, period=(2021, 2024), settings=settings)
    rule = {"months": [8], "n": 1, "first_year": None, "last_year": None, "body": "Kommunestyret"}
    async with desk.database.write() as session:
        session.add_all(
            ReportingDate(plan_id=id_of(plan), kind=kind, text="Med planens ord", rule=rule)
            for kind in ("budget", "review", "control")
        )
    assert {
        entry.kind: words.say("calendar.who", entry=entry, leader_title="rådmann") for entry in await ahead(desk, plan)
    } == {"budget": "rådmannens kontor", "review": "administratorene", "control": "NAV"}


async def test_no_two_dates_of_a_plan_have_the_same_key(desk: Desk) -> None:
    plan = await desk.vefsn(MONDAY)
    keys = [entry.key for entry in await ahead(desk, plan, date(2020, 1, 1), date(2024, 12, 31))]
    assert len(keys) > 30
    assert len(set(keys)) == len(keys)
