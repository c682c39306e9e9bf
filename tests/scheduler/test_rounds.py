"""A round, from what it lacks to its meeting."""

from datetime import date, timedelta

from plan.status import Status
from scheduler import digest, planning
from storage.ids import id_of
from storage.tables import Plan
from tests.scheduler.desk import CALENDAR, MAY, Desk, at

JANUARY = date(2021, 1, 4)
OPENS = date(2021, 3, 15)  # for a meeting on 3 May: halfway 25 March, reply by 9 April, papers 19 April
HALFWAY = date(2021, 3, 25)
REPLY_BY = date(2021, 4, 9)
PAPERS = date(2021, 4, 19)
MEETING = date(2021, 5, 3)


async def _town(desk: Desk) -> Plan:
    """A plan of two measures of NAV under the Rådmann, somebody in each unit, an admin and an office."""
    plan = await desk.plan(JANUARY, rule=MAY)
    await desk.unit("Rådmannen")
    await desk.unit("NAV", "Rådmannen")
    await desk.join("Leder", "NAV")
    await desk.join("Rådmann", "Rådmannen")
    await desk.join("Kontor", is_office=True)
    await desk.join("Admin", is_admin=True)
    await desk.measure(plan, "1", "NAV", "løpende", JANUARY)
    await desk.measure(plan, "2", "NAV", "løpende", JANUARY)
    return plan


async def test_a_round_that_nobody_answers(desk: Desk) -> None:
    plan = await _town(desk)
    said = await desk.days(JANUARY, date(2021, 5, 10))
    assert {str(day): lines for day, lines in said.items()} == {
        "2021-03-01": ["Admin: prepare"],
        "2021-03-15": ["Leder: opened 1", "Leder: opened 2"],
        "2021-03-25": ["Leder: halfway 1", "Leder: halfway 2"],
        "2021-04-07": ["Leder: last_days 1", "Leder: last_days 2"],
        "2021-04-09": ["Leder: reply_by 1", "Leder: reply_by 2"],
        "2021-04-12": ["Kontor: office_week", "Leder: nag 1", "Leder: nag 2"],
        "2021-04-14": ["Rådmann: escalate 1", "Rådmann: escalate 2"],
        "2021-04-16": ["Kontor: escalate 1", "Kontor: escalate 2"],
        "2021-04-19": ["Kontor: papers"],
    }
    (row, *_) = await desk.rounds(plan)
    assert row.state == "closed"
    assert [request.closed_because for request in await desk.requests("1")] == ["round_closed"]


async def test_a_round_ends_for_a_measure_when_it_is_answered(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, OPENS)
    await desk.answer("1", Status.IN_PROGRESS, at(OPENS, 11))
    said = await desk.days(OPENS, PAPERS)
    assert not [line for lines in said.values() for line in lines if line.endswith("1")]
    assert [line for lines in said.values() for line in lines if line == "Leder: halfway 2"]
    assert [request.closed_because for request in await desk.requests("1")] == ["answered"]


async def test_a_measure_that_is_done_is_not_asked_about_in_a_round(desk: Desk) -> None:
    await _town(desk)
    await desk.answer("1", Status.DONE, at(JANUARY))
    assert await desk.day(OPENS) == ["Leder: opened 2"]


async def test_a_round_opens_once_however_often_it_is_looked_at(desk: Desk) -> None:
    await _town(desk)
    assert await desk.day(OPENS)
    assert [await desk.day(OPENS) for _ in range(3)] == [[], [], []]


async def test_a_round_that_opens_late_gives_a_few_working_days_all_the_same(desk: Desk) -> None:
    plan = await _town(desk)
    # Nobody was there until the day after the last day to reply.
    late = REPLY_BY + timedelta(days=3)
    assert await desk.day(late) == ["Leder: opened 1", "Leder: opened 2", "Admin: round_short"]
    (request,) = await desk.requests("1")
    assert request.anchor_on == date(2021, 4, 15)
    said = await desk.days(late + timedelta(days=1), MEETING)
    assert {str(day): lines for day, lines in said.items() if "Leder" in lines[-1] or "Rådmann" in lines[-1]} == {
        "2021-04-13": ["Kontor: office_week", "Leder: last_days 1", "Leder: last_days 2"],
        "2021-04-15": ["Leder: reply_by 1", "Leder: reply_by 2"],
        "2021-04-16": ["Leder: nag 1", "Leder: nag 2"],
        "2021-04-20": ["Rådmann: escalate 1", "Rådmann: escalate 2"],
    }
    assert (await desk.rounds(plan))[0].reply_by == REPLY_BY


async def test_a_round_whose_dates_no_longer_fit_is_told_to_the_admin_who_can_move_its_meeting(desk: Desk) -> None:
    plan = await _town(desk)
    admin = id_of(desk.people["Admin"])
    late = date(2021, 4, 26)  # the meeting is next week
    assert "Admin: round_short" in await desk.day(late)
    async with desk.database.read() as session:
        found = await digest.of_person(session, admin, late, CALENDAR)
    assert [(each.short_until, each.missed) for each in found.to_prepare] == [(date(2021, 4, 29), False)]
    # One that opens on its day says nothing of the kind.
    assert planning.short_until((await desk.rounds(plan))[0], OPENS, CALENDAR) is None


async def test_a_round_nobody_could_be_asked_in_is_told_to_the_admin_until_a_month_has_passed(desk: Desk) -> None:
    await _town(desk)
    admin = id_of(desk.people["Admin"])
    assert "Admin: round_missed" in await desk.day(date(2021, 5, 4))
    for day, missed in ((date(2021, 5, 5), [True]), (date(2021, 6, 10), [])):
        async with desk.database.read() as session:
            found = await digest.of_person(session, admin, day, CALENDAR)
        assert [each.missed for each in found.to_prepare] == missed


async def test_a_round_that_opens_on_the_day_of_its_meeting_asks_until_then(desk: Desk) -> None:
    await _town(desk)
    assert await desk.day(MEETING) == ["Leder: opened 1", "Leder: opened 2", "Admin: round_short"]
    (request,) = await desk.requests("1")
    assert request.anchor_on == MEETING
    assert await desk.days(MEETING + timedelta(days=1), MEETING + timedelta(days=30)) == {}


async def test_a_meeting_that_passed_before_anybody_was_there_is_not_asked_about(desk: Desk) -> None:
    plan = await _town(desk)
    assert await desk.day(date(2021, 5, 4)) == ["Admin: round_missed"]
    assert (await desk.rounds(plan))[0].state == "closed"


async def test_what_a_meeting_has_ended_is_not_nagged_about_once_more(desk: Desk) -> None:
    await _town(desk)
    await desk.days(JANUARY, HALFWAY)
    # Down from then until after the meeting: nothing of what was missed is true any more.
    assert await desk.day(date(2021, 5, 4)) == []
    assert [reminder.step for reminder in await desk.reminders()] == ["opened", "opened", "halfway", "halfway"]
    assert await desk.escalations() == []


async def test_a_meeting_that_is_moved_after_admins_were_told_is_prepared_anew(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.days(JANUARY, date(2021, 3, 2))
    await desk.meeting(plan, date(2021, 6, 16), date(2021, 3, 2))
    said = await desk.days(date(2021, 3, 3), date(2021, 4, 30))
    assert {str(day): lines for day, lines in said.items()} == {
        "2021-04-14": ["Admin: prepare"],
        "2021-04-28": ["Leder: opened 1", "Leder: opened 2"],
    }


async def test_a_meeting_that_is_moved_within_reach_opens_its_round_at_once(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.days(JANUARY, date(2021, 3, 2))
    await desk.meeting(plan, date(2021, 4, 7), date(2021, 3, 2))
    assert await desk.day(date(2021, 3, 3)) == ["Leder: opened 1", "Leder: opened 2"]


async def test_a_meeting_that_is_moved_moves_what_has_not_happened_yet(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.days(JANUARY, PAPERS)
    await desk.answer("2", Status.IN_PROGRESS, at(PAPERS))
    # The papers were to go out; the meeting is postponed to June.
    await desk.meeting(plan, date(2021, 6, 16), PAPERS)
    said = await desk.days(PAPERS + timedelta(days=1), date(2021, 6, 20))
    assert {str(day): lines for day, lines in said.items()} == {
        "2021-05-26": ["Kontor: office_week"],
        "2021-06-02": ["Kontor: papers"],
    }
    assert [request.closed_because for request in await desk.requests("1")] == ["round_closed"]


async def test_a_meeting_that_is_moved_ahead_leaves_the_unit_time_before_anybody_above_hears_of_it(
    desk: Desk,
) -> None:
    plan = await _town(desk)
    await desk.days(JANUARY, HALFWAY)
    today = HALFWAY + timedelta(days=1)
    await desk.meeting(plan, date(2021, 4, 16), today)
    (request,) = await desk.requests("1")
    assert request.anchor_on == date(2021, 3, 31), "three working days"
    said = await desk.days(today, date(2021, 4, 16))
    assert [str(day) for day, lines in said.items() if any("Rådmann" in line for line in lines)] == ["2021-04-08"]


async def test_two_rounds_at_once_make_one_message(desk: Desk) -> None:
    await _town(desk)
    other = await desk.plan(JANUARY, "annen", rule=MAY)
    await desk.measure(other, "A", "NAV", "løpende", JANUARY)
    assert sorted(await desk.day(OPENS)) == ["Leder: opened 1", "Leder: opened 2", "Leder: opened A"]
    ((person, found),) = await desk.deliver(at(OPENS))
    assert person == "Leder"
    assert [question.ref for question in found.questions] == ["1", "2", "A"]


async def test_two_open_rounds_of_one_plan_are_asked_about_in_one_question_and_answered_together(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.meeting(plan, date(2022, 1, 12), JANUARY)
    await desk.meeting(plan, date(2021, 12, 15), JANUARY)
    day = date(2021, 12, 1)
    await desk.day(day)
    assert [row.state for row in (await desk.rounds(plan))[:2]] == ["open", "open"]
    found = dict(await desk.deliver(at(day)))["Leder"]
    assert [question.ref for question in found.questions] == ["1", "2"]
    await desk.answer("1", Status.IN_PROGRESS, at(day, 10))
    assert [request.closed_because for request in await desk.requests("1")] == ["answered", "answered"]


async def test_a_measure_nobody_follows_up_is_the_admins_when_a_round_opens(desk: Desk) -> None:
    plan = await _town(desk)
    await desk.unit("Politiet", external=True)
    await desk.measure(plan, "3", None, "løpende", JANUARY)
    await desk.measure(plan, "4", "Politiet", "løpende", JANUARY)
    assert sorted(await desk.day(OPENS)) == [
        "Admin: no_owner 3",
        "Admin: no_owner 4",
        "Leder: opened 1",
        "Leder: opened 2",
    ]
    assert await desk.requests("3") == []
