"""The case route in the report: every body with its papers, and the last of them decides."""

from datetime import date

from report.compile import Masthead, compile_snapshot
from report.wording import build
from storage.database import Database
from tests.scheduler.desk import HOURS, MAY, Desk

TODAY = date(2022, 2, 1)


async def test_the_report_is_decided_upon_in_the_last_meeting_and_names_the_papers_of_each(database: Database) -> None:
    desk = Desk(database)
    plan = await desk.plan(TODAY, rule=MAY)
    await desk.meeting(plan, date(2022, 5, 11), TODAY, "Formannskapet")
    async with database.read() as session:
        found = await compile_snapshot(session, plan, 2022, TODAY, HOURS, Masthead("rådmann"))
    assert found.meeting is not None
    assert (found.meeting.body, found.meeting.provisional) == ("Kommunestyret", True)
    content = build(found)
    assert content.facts[0].lines == (
        "Formannskapet 11. mai 2022, sakspapirer 27. april 2022",
        "Kommunestyret 12. mai 2022 (foreløpig dato), sakspapirer 28. april 2022",
    )
    assert content.decisions[0].startswith("Kommunestyret tar")
    await desk.meeting(plan, date(2022, 5, 25), TODAY)
    async with database.read() as session:
        found = await compile_snapshot(session, plan, 2022, TODAY, HOURS, Masthead("rådmann"))
    assert [(stop.body, stop.provisional) for stop in found.route] == [
        ("Formannskapet", False),
        ("Kommunestyret", False),
    ]
    assert found.reply_by == date(2022, 4, 19)
