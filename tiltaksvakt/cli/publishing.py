"""`tiltaksvakt publish`: the plans of the municipality as a small static site."""

from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from report.site import ApprovedYear, SitePlan
    from storage.tables import Plan, Report


def publish(folder: Annotated[Path, typer.Argument()]) -> None:
    """Write the approved reports of all plans as web pages."""
    in_workspace(lambda workspace: _publish(workspace, folder))


async def _publish(workspace: Workspace, folder: Path) -> None:
    from report import site
    from storage import people, plans
    from tiltaksvakt import site_folder

    settings = workspace.settings
    async with workspace.database.read() as session:
        current = [plan for plan in await plans.everyone(session) if plan.archived_at is None]
        found = [await _plan(session, plan) for plan in current]
        names = [person.name for person in await people.everyone(session)]
    municipality = _municipality(workspace, current)
    files = site.files(found, municipality, settings.language, workspace.today(), settings.brand())
    _refuse_names(files, names)
    site_folder.write(folder, files)
    with_report = sum(bool(plan.years) for plan in found)
    said = workspace.say("publish.written", file=folder / site.INDEX, plans=with_report, files=len(files))
    print(said)


def _municipality(workspace: Workspace, found: "Sequence[Plan]") -> str:
    """Whose pages they are: by the settings, else by the plans."""
    from report.wording import sayer

    name = workspace.settings.municipality or next((plan.municipality for plan in found), "")
    if not name:
        raise CommandRefused("publish.no_municipality")
    return sayer(workspace.settings.language)("municipality", name=name)


async def _plan(session: "AsyncSession", plan: "Plan") -> "SitePlan":
    from report.site import SitePlan
    from storage import reports
    from storage.ids import id_of

    years = [await _year(session, row) for row in await reports.approved(session, id_of(plan))]
    period = (plan.first_year, plan.last_year) if plan.first_year and plan.last_year else None
    return SitePlan(plan.slug, plan.title, period, tuple(years))


async def _year(session: "AsyncSession", row: "Report") -> "ApprovedYear":
    from report.site import ApprovedYear
    from report.snapshot import Snapshot
    from storage import reports
    from storage.ids import id_of

    documents = {kept.format: kept.content for kept in await reports.kept(session, id_of(row))}
    return ApprovedYear(Snapshot.model_validate_json(row.snapshot), documents)


def _refuse_names(files: Mapping[str, bytes], names: Iterable[str]) -> None:
    """Nobody who uses the bot is named on a page. One word alone may be a place or a unit, and is let by."""
    full = [name for name in names if len(name.split()) > 1]
    for file, content in files.items():
        if not file.endswith(".html"):
            continue
        text = " ".join(unescape(content.decode("utf-8", "replace")).casefold().split())
        for name in full:
            if " ".join(name.casefold().split()) in text:
                raise CommandRefused("publish.named", name=name, file=file)
