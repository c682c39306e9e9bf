"""`tiltaksvakt report`: a year's report as documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.files import write_whole
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from report.snapshot import Snapshot

FORMATS = ("docx", "pdf", "html", "xlsx", "json")
DEFAULT_FORMATS = ("docx", "pdf", "html")


def report(
    plan: Annotated[str, typer.Argument()],
    year: Annotated[str, typer.Argument()],
    formats: Annotated[list[str] | None, typer.Option("--format")] = None,
    out: Annotated[Path, typer.Option("--out")] = Path("."),
) -> None:
    """Freeze the year as it is, a new version if anything has changed, and write it. Prints a path per line."""
    chosen = [values.one_of(typed, FORMATS, "--format") for typed in formats or DEFAULT_FORMATS]
    of_year = values.year(year)
    snapshot, template = in_workspace(lambda workspace: _freeze(workspace, plan, of_year))
    for extension in dict.fromkeys(chosen):
        print(write(snapshot, extension, out, template))


async def _freeze(workspace: Workspace, slug: str, year: int) -> "tuple[Snapshot, bytes | None]":
    """The report of a year, and the municipality's own Word template if it has one."""
    from report.compile import Masthead, make_version
    from report.snapshot import Snapshot
    from storage import overview, word_templates
    from storage.audit import COMMAND_LINE
    from tiltaksvakt.cli.plans import plan_of

    settings = workspace.settings
    masthead = Masthead(leader_title=settings.leader_title, language=settings.language)
    async with workspace.database.write() as session:
        plan = await plan_of(session, slug)
        years = [row.year for row in await overview.rounds(session, plan)]
        if year not in years and not (plan.first_year or year) <= year <= (plan.last_year or year):
            raise CommandRefused("report.not_of_the_plan", slug=plan.slug, year=year)
        version = await make_version(session, plan, year, workspace.now(), workspace.hours, masthead, COMMAND_LINE)
        snapshot = Snapshot.model_validate_json(version.snapshot)
        template = await word_templates.in_use(session, snapshot.language)
    return snapshot, template.content if template else None


def write(snapshot: "Snapshot", extension: str, folder: Path, template: bytes | None = None) -> Path:
    """Write a snapshot as a document, whole or not at all. Raises `CommandRefused` where the folder takes none."""
    path = folder / f"{snapshot.plan_slug}-{snapshot.year}-v{snapshot.version}.{extension}"
    content = rendered(snapshot, extension, template)
    write_whole(path, content, CommandRefused("report.cannot_write", path=str(folder)), make_folder=True)
    return path


def rendered(snapshot: "Snapshot", extension: str, template: bytes | None = None) -> bytes:
    """A snapshot as the content of a document; `template` is the municipality's own for Word."""
    match extension:
        case "docx":
            from report import word

            return word.render(snapshot, template=template)
        case "pdf":
            from report import pdf

            return pdf.render(snapshot)
        case "html":
            from report import page

            return page.render(snapshot).encode()
        case "xlsx":
            from report import workbook

            return workbook.render(snapshot)
        case _:
            from report.snapshot import canonical_json

            return canonical_json(snapshot) + b"\n"
