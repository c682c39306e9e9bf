"""What falls on a day off or half a day: a reminder comes on the working day before, a nag on the one after."""

from datetime import date, timedelta

import pytest

from plan.draft import ReportingKind
from plan.workday import DateRange, SendingHours
from scheduler.setting_changes import settings_changed
from scheduler.settings import PlanSettings
from scheduler.steps import of_reporting_day, of_round
from scheduler.tick import tick
from storage import outbox, rounds
from storage.ids import id_of
from storage.tables import Plan
from tests.scheduler.desk import CALENDAR, HOURS, Desk, at

JANUARY = date(2021, 1, 4)
DAY = timedelta(days=1)


async def _round(desk: Desk, meeting: date) -> Plan:
    """A plan with a measure of NAV, and a round towards a meeting."""
    plan = await desk.plan(JANUARY)
    await desk.unit("NAV")
    await desk.join("Leder", "NAV")
    await desk.measure(plan, "1", "NAV", "løpende", JANUARY)
    await desk.meeting(plan, meeting, JANUARY)
    return plan


@pytest.mark.parametrize(
    ("opens", "halfway", "reply_by", "reminded", "nagged"),
    [
        # Palm Sunday, Maundy Thursday and Easter Monday: the Wednesday before Easter is half a day, and a working day.
        ("2021-03-28", "2021-04-01", "2021-04-05", ["2021-03-26", "2021-03-31", "2021-03-31"], "2021-04-06"),
        # Saturday, the second day of Christmas and New Year's Day: both eves are half days, and working days.
        ("2021-12-18", "2021-12-25", "2022-01-01", ["2021-12-17", "2021-12-24", "2021-12-31"], "2022-01-03"),
        # Labour Day on a Saturday, Ascension Day, and Constitution Day on a Monday.
        ("2021-05-01", "2021-05-13", "2021-05-17", ["2021-04-30", "2021-05-12", "2021-05-14"], "2021-05-18"),
    ],
)
def test_a_rounds_reminders_come_on_the_working_day_before_and_its_nag_on_the_one_after(
    opens: str, halfway: str, reply_by: str, reminded: list[str], nagged: str
) -> None:
    days = [date.fromisoformat(day) for day in (opens, halfway, reply_by)]
    steps = {step.name: step.on.isoformat() for step in of_round(days[0], days[1], days[2], PlanSettings(), CALENDAR)}
    assert [steps[name] for name in ("opened", "halfway", "reply_by")] == reminded
    assert steps["nag:1"] == nagged


def test_notice_of_a_reporting_day_comes_on_the_working_day_before_and_its_nag_on_the_one_after() -> None:
    easter_monday = date(2021, 4, 5)
    steps = of_reporting_day(ReportingKind.EVALUATION, easter_monday, PlanSettings(after_reporting_day=(1,)), CALENDAR)
    assert {step.name: step.on.isoformat() for step in steps} == {
        "lead:60": "2021-02-04",
        "lead:14": "2021-03-22",
        "due": "2021-03-31",
        "nag:1": "2021-04-06",
    }


@pytest.mark.parametrize(
    ("meeting", "half_day", "kind", "working_day_after"),
    [
        (date(2021, 5, 21), date(2021, 3, 31), "opened", date(2021, 4, 6)),  # the Wednesday before Easter
        (date(2022, 1, 27), date(2021, 12, 24), "halfway", date(2021, 12, 27)),
    ],
)
async def test_on_half_a_day_a_round_is_heard_of_before_noon_or_on_the_next_working_day(
    desk: Desk, meeting: date, half_day: date, kind: str, working_day_after: date
) -> None:
    await _round(desk, meeting)
    await desk.days(JANUARY, half_day - DAY)
    await desk.deliver(at(half_day - DAY))
    assert await desk.day(half_day) == [f"Leder: {kind} 1"]
    assert not HOURS.is_open(at(half_day, 12, 1))
    async with desk.database.read() as session:
        assert await outbox.has_due(session, at(half_day, 11, 59))
    # The service was away that morning: what could not go out waits until people are at work again.
    (waiting,) = [row for row in await desk.messages() if row.state == "waiting"]
    assert waiting.not_before == at(half_day, 9)
    assert HOURS.next_open(at(half_day, 12, 1)) == at(working_day_after, 8)
    ((name, found),) = await desk.deliver(at(working_day_after, 8))
    assert (name, [question.ref for question in found.questions]) == ("Leder", ["1"])


async def test_a_reminder_whose_day_has_become_a_quiet_one_is_said_on_the_working_day_before(desk: Desk) -> None:
    plan = await _round(desk, date(2021, 5, 3))
    opens, reply_by = date(2021, 3, 15), date(2021, 4, 9)
    await desk.days(JANUARY, opens)
    await desk.deliver(at(opens))
    quiet = SendingHours(CALENDAR.also_quiet([DateRange(reply_by - DAY, reply_by)], []))
    async with desk.database.write() as session:
        row = (await rounds.of_plan(session, id_of(plan)))[0]
        row.own_reply_by = reply_by  # somebody has set it, and it stands
        await settings_changed(session, await session.get_one(Plan, plan.id), at(opens, 12), quiet)
    said = {}
    for day in (opens + n * DAY for n in range(1, 30)):
        async with desk.database.write() as session:
            if notices := await tick(session, at(day), quiet):
                said[day] = [notice.kind for notice in notices if notice.person_id]
    assert said == {
        date(2021, 3, 23): ["halfway"],  # the middle of what is left
        date(2021, 4, 6): ["last_days"],
        reply_by - 2 * DAY: ["reply_by"],
        date(2021, 4, 12): ["nag"],
    }
