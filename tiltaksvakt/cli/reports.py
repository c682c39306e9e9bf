"""`tiltaksvakt report`: a year's report as documents."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.files import write_whole
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from report.compile import Masthead
    from storage.tables import Report

FORMATS = ("docx", "pdf", "html", "xlsx", "json")
DEFAULT_FORMATS = ("docx", "pdf", "html")
MOST_CHANGES = 12


def report(
    plan: Annotated[str, typer.Argument()],
    year: Annotated[str, typer.Argument()],
    formats: Annotated[list[str] | None, typer.Option("--format")] = None,
    out: Annotated[Path, typer.Option("--out")] = Path("."),
) -> None:
    """Write the report of a year: the approved one, else the year as it is, a new version if anything has changed.

    Prints a path per line, and on standard error what has changed since the approval.
    """
    chosen = [values.one_of(typed, FORMATS, "--format") for typed in formats or DEFAULT_FORMATS]
    of_year = values.year(year)
    for name, content in in_workspace(lambda workspace: _files(workspace, plan, of_year, tuple(dict.fromkeys(chosen)))):
        print(_write(out, name, content))


async def _files(workspace: Workspace, slug: str, year: int, formats: Sequence[str]) -> list[tuple[str, bytes]]:
    """The names and contents of a year's report: of the approved version where there is one, else as of now."""
    from report import approval
    from report.compile import Masthead
    from storage import overview
    from storage.audit import COMMAND_LINE
    from tiltaksvakt.cli.plans import plan_of

    settings = workspace.settings
    masthead = Masthead(settings.leader_title, settings.language, settings.brand())
    async with workspace.database.write() as session:
        plan = await plan_of(session, slug)
        years = [row.year for row in await overview.rounds(session, plan)]
        if year not in years and not (plan.first_year or year) <= year <= (plan.last_year or year):
            raise CommandRefused("report.not_of_the_plan", slug=plan.slug, year=year)
        row = await approval.current(session, plan, year, workspace.now(), workspace.hours, masthead, COMMAND_LINE)
        found = await approval.read(session, row)
        if said := await _changed_since(workspace, session, row, masthead):
            print(said, file=sys.stderr)
    return [approval.content_of(found, form) for form in formats]


async def _changed_since(workspace: Workspace, session: "AsyncSession", row: "Report", masthead: "Masthead") -> str:
    """What an approved version does not hold, as a correction made now would say it; nothing where there is nothing."""
    from report import approval
    from report.wording_office import say_changes
    from storage import reports

    if row.state != reports.APPROVED:
        return ""
    found = await approval.since_approval(session, row, workspace.today(), workspace.hours, masthead)
    if not found:
        return ""
    lines = say_changes(found, workspace.settings.language, MOST_CHANGES)
    return workspace.say("report.changed_since", report=row, changes=lines)


def _write(folder: Path, name: str, content: bytes) -> Path:
    """Write a document, whole or not at all. Raises `CommandRefused` where the folder takes none."""
    path = folder / name
    write_whole(path, content, CommandRefused("report.cannot_write", path=str(folder)), make_folder=True)
    return path
