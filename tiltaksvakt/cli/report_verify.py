"""`tiltaksvakt report verify`: whether a report is what it says."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from report.verification import Named, Version

WELL = {"same", "same_words", "draft"}


def verify(
    what: Annotated[str, typer.Argument()],
    year: Annotated[str | None, typer.Argument()] = None,
) -> int:
    """A year's stored versions against their digests and the log, or a file against the versions there are.

    A line for each; the exit code is 1 where something does not match.
    """
    if year is not None:
        of_year = values.year(year)
        return in_workspace(lambda workspace: _versions(workspace, what, of_year))
    content = _read(Path(what))
    return in_workspace(lambda workspace: _file(workspace, what, content))


def _read(path: Path) -> bytes:
    from report.verification import MAX_BYTES

    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandRefused("report.too_big", path=str(path), most=MAX_BYTES // 1_000_000)
        return path.read_bytes()
    except (OSError, ValueError):
        raise CommandRefused("report.cannot_read", path=str(path)) from None


async def _versions(workspace: Workspace, slug: str, year: int) -> int:
    from report import verification
    from storage.ids import id_of
    from tiltaksvakt.cli.plans import plan_of

    async with workspace.database.read() as session:
        plan = await plan_of(session, slug)
        found = await verification.of_year(session, id_of(plan), year)
    if not found:
        raise CommandRefused("report.no_version", slug=plan.slug, year=year)
    return _tell(workspace, "version", found)


async def _file(workspace: Workspace, path: str, content: bytes) -> int:
    from report import verification
    from report.verification import NotAReport

    async with workspace.database.read() as session:
        try:
            found = await verification.of_file(session, content)
        except NotAReport:
            raise CommandRefused("report.not_a_report", path=path) from None
    if not found:
        print(workspace.say("report.unknown", path=path))
        return Outcome.LOOK
    return _tell_file(workspace, path, found)


def _tell(workspace: Workspace, sentence: str, found: "list[Version]") -> int:
    for each in found:
        print(workspace.say(f"report.{sentence}", report=each.report, faults=each.faults))
    return Outcome.LOOK if any(each.faults for each in found) else Outcome.DONE


def _tell_file(workspace: Workspace, path: str, found: "list[Named]") -> int:
    nearest = found[0]
    from report.snapshot import Snapshot

    snapshot = Snapshot.model_validate_json(nearest.report.snapshot)
    print(workspace.say("report.file", path=path, snapshot=snapshot, report=nearest.report, found=nearest.found))
    return Outcome.DONE if nearest.found in WELL else Outcome.LOOK


COMMANDS = {"verify": verify}
