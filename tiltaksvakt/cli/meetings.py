"""`tiltaksvakt meeting`: the real dates of the meetings that treat the report."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from storage.tables import Round


def meeting_set(
    plan: Annotated[str, typer.Argument()],
    date_: Annotated[str, typer.Argument()],
    body: Annotated[str | None, typer.Option("--body")] = None,
) -> int:
    """Set the date of a meeting, in place of the body's other one that year, and plan the round again."""
    held_on = values.day(date_)
    named = None if body is None else values.name(body)
    return in_workspace(lambda workspace: _set(workspace, plan, held_on, named))


COMMANDS: dict[str, Callable[..., Any]] = {"set": meeting_set}


async def _set(workspace: Workspace, slug: str, held_on: date, body: str | None) -> int:
    from scheduler.planning import COUNCIL, plan_ahead
    from scheduler.round_changes import Change, tell_moved
    from storage import meetings, overview
    from storage.audit import COMMAND_LINE
    from tiltaksvakt.cli.plans import plan_of

    async with workspace.database.write() as session:
        plan = await plan_of(session, slug)
        named = body or await meetings.reporting_body(session, plan) or COUNCIL
        before = {row.year: row.reply_by for row in await overview.rounds(session, plan)}
        meeting = await meetings.set_meeting(session, plan, named, held_on, actor=COMMAND_LINE, at=workspace.now())
        await plan_ahead(session, plan, workspace.today(), workspace.hours.calendar)
        rounds = {row.year: row for row in await overview.rounds(session, plan)}
        moved = rounds[held_on.year]
        if before.get(held_on.year) != moved.reply_by:
            await tell_moved(Change(session, plan, COMMAND_LINE, workspace.now(), workspace.hours), moved)
    print(workspace.say("meeting.saved", body=meeting.body, day=held_on))
    return _say_round(workspace, rounds[held_on.year], held_on)


def _say_round(workspace: Workspace, row: "Round", held_on: date) -> int:
    """The days that follow from the meeting; `Outcome.LOOK` where they can no longer be kept."""
    if row.state == "closed":
        print(workspace.say("meeting.round_closed", year=row.year))
        return Outcome.LOOK
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
    if row.state == "planned" and row.opens_on < workspace.today():
        print(
            workspace.say("meeting.opens_in_the_past", day=row.opens_on, has_passed=row.meeting_on < workspace.today())
        )
        return Outcome.LOOK
    return Outcome.DONE
