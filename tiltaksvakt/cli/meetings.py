"""`tiltaksvakt meeting`: the real dates of the meetings that treat the report."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from plan.case_route import Stop
    from storage.tables import Round


def meeting_set(
    plan: Annotated[str, typer.Argument()],
    date_: Annotated[str, typer.Argument()],
    body: Annotated[str | None, typer.Option("--body")] = None,
    papers: Annotated[str | None, typer.Option("--papers")] = None,
) -> int:
    """Set the date of a meeting, in place of the body's other one that year, and plan the round again."""
    held_on = values.day(date_)
    named = None if body is None else values.name(body)
    papers_on = None if papers is None else values.day(papers)
    return in_workspace(lambda workspace: _set(workspace, plan, held_on, named, papers_on))


COMMANDS: dict[str, Callable[..., Any]] = {"set": meeting_set}


async def _set(workspace: Workspace, slug: str, held_on: date, body: str | None, papers_on: date | None) -> int:
    from scheduler.round_changes import Change, move_meeting
    from storage import meetings
    from storage.audit import COMMAND_LINE
    from tiltaksvakt.cli.plans import plan_of

    async with workspace.database.write() as session:
        plan = await plan_of(session, slug)
        named = await meetings.body_named(session, plan, held_on.year, body)
        change = Change(session, plan, COMMAND_LINE, workspace.now(), workspace.hours)
        row = await move_meeting(change, held_on.year, named, held_on, papers_on)
        stops = await meetings.route(session, plan, row.year, workspace.hours.calendar)
    print(workspace.say("meeting.saved", body=named, day=held_on))
    return _say_round(workspace, row, stops, held_on)


def _say_round(workspace: Workspace, row: "Round", stops: "Iterable[Stop]", held_on: date) -> int:
    """The days that follow from the meeting; `Outcome.LOOK` where the units get less time than they should."""
    if row.meeting_on != held_on:
        print(workspace.say("meeting.not_the_first", year=row.year, body=row.body, day=row.meeting_on))
    print(
        workspace.say(
            "meeting.round",
            year=row.year,
            opens=row.opens_on,
            reply_by=row.reply_by,
            office=row.office_from,
            papers=row.papers_on,
        )
    )
    for stop in stops:
        print(workspace.say("meeting.stop", stop=stop))
    if row.state == "planned" and row.opens_on < workspace.today():
        print(workspace.say("meeting.opens_in_the_past", day=row.opens_on))
        return Outcome.LOOK
    return Outcome.DONE
