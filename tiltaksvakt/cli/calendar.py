"""`tiltaksvakt calendar`: the dates a plan promises."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.files import write_whole
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from scheduler.calendar import Entry


def calendar(
    plan: Annotated[str, typer.Argument()],
    year: Annotated[str | None, typer.Option("--year")] = None,
    ics: Annotated[Path | None, typer.Option("--ics")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List a plan's dates of a year, or of the twelve months from today, and write them to a calendar file."""
    of_year = None if year is None else values.year(year)
    in_workspace(lambda workspace: _calendar(workspace, plan, of_year, ics, as_json=as_json))


async def _calendar(workspace: Workspace, slug: str, year: int | None, ics: Path | None, *, as_json: bool) -> None:
    from bot.commands.year import span
    from scheduler.calendar import of_plan
    from tiltaksvakt.cli.plans import plan_of

    first, last = span(year, workspace.today())
    async with workspace.database.read() as session:
        plan = await plan_of(session, slug)
        entries = await of_plan(session, plan, first, last)
    if ics is not None:
        _write(workspace, plan.title, entries, ics)
    if as_json:
        print(json.dumps([_row(workspace, entry) for entry in entries], ensure_ascii=False, indent=2))
    elif not entries:
        print(workspace.say("calendar.nothing", first=first, last=last))
    elif ics is None:
        _show(workspace, entries)


def _row(workspace: Workspace, entry: "Entry") -> dict[str, Any]:
    """The contract of `calendar --json`."""
    return {
        "date": entry.on.isoformat(),
        "kind": entry.kind,
        "what": _word(workspace, "what", entry=entry),
        "who": _word(workspace, "who", entry=entry, leader_title=workspace.settings.leader_title),
        "provisional": entry.provisional,
    }


def _word(workspace: Workspace, name: str, **data: Any) -> str:
    from templates import words

    return words.say(f"calendar.{name}", language=workspace.settings.language, **data)


def _show(workspace: Workspace, entries: Sequence["Entry"]) -> None:
    from templates.formats import short_day
    from tiltaksvakt.cli.table import table

    rows = []
    for entry in entries:
        row = _row(workspace, entry)
        day = short_day(entry.on, workspace.settings.language)
        rows.append(
            (workspace.say("calendar.provisional", day=day) if entry.provisional else day, row["what"], row["who"])
        )
    print(table(workspace.say("calendar.columns").split("|"), rows))


def _write(workspace: Workspace, title: str, entries: Sequence["Entry"], file: Path) -> None:
    from bot.documents import calendar_of

    settings = workspace.settings
    content = calendar_of([title], entries, workspace.now(), settings.language, settings.leader_title)
    write_whole(file, content, CommandRefused("calendar.cannot_write", path=str(file)))
    print(workspace.say("calendar.written", file=file, count=len(entries)))
