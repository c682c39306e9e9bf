"""`tiltaksvakt backup` and `tiltaksvakt restore`: the whole database in one file, and back."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from datetime import datetime

    from storage.backup import Backup

FOLDER = "backup"


def backup(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Write everything the database holds to one file."""
    in_workspace(lambda workspace: _backup(workspace, file))


def restore(
    file: Annotated[Path, typer.Argument()],
    yes: Annotated[bool, typer.Option("--yes")] = False,
) -> int:
    """Put a backup in place of everything in the database."""
    return in_workspace(lambda workspace: _restore(workspace, file, yes=yes))


async def _backup(workspace: Workspace, file: Path | None) -> None:
    from storage import backup as backups

    written = file or _path(workspace)
    made = await backups.write(workspace.database, written, workspace.now())
    print(workspace.say("backup.written", file=written, rows=made.rows, kilobytes=-(-_size(written) // 1024)))


def _size(file: Path) -> int:
    return file.stat().st_size


def _path(workspace: Workspace, name: str = "tiltaksvakt") -> Path:
    """A file of its own for every second."""
    when = workspace.now().astimezone(workspace.settings.zone)
    return workspace.settings.data_dir / FOLDER / f"{name}-{when:%Y-%m-%d-%H%M%S}.zip"


async def _restore(workspace: Workspace, file: Path, *, yes: bool) -> int:
    from storage import backup as backups
    from storage import copies

    with TemporaryDirectory(prefix="tiltaksvakt-") as folder:
        content = Path(folder) / backups.CONTENT
        found = await backups.unpacked(file, content)
        async with workspace.database.read() as session:
            there = await backups.rows_of(session)
        in_use = backups.is_in_use(there)
        if in_use and not yes:
            raise CommandRefused("backup.in_use", rows=there, made_at=found.made_at)
        await _settle(workspace, content, found.made_at)
        if in_use:
            kept = _path(workspace, "replaced")
            await backups.write(workspace.database, kept, workspace.now())
            print(workspace.say("backup.kept", file=kept))
        await copies.put_back(content, workspace.database)
    _say(workspace, file, found)
    return Outcome.LOOK


async def _settle(workspace: Workspace, content: Path, made_at: "datetime") -> None:
    """Let a copy know that it is one, before it is put back: then it is true from the first moment on."""
    from bot.intake import HEARD
    from scheduler import outage
    from storage import state, working_hours
    from storage.database import open_database

    at = workspace.now()
    copy = open_database(f"sqlite:///{content}")
    try:
        async with copy.write() as session:
            hours = await working_hours.read(session, workspace.settings.sending_hours())
            await outage.restored(session, made_at, at, hours)
            # The message about the backup says what one about a silence of Telegram's would say.
            await state.put(session, HEARD, {"at": at.isoformat()})
    finally:
        await copy.close()


def _say(workspace: Workspace, file: Path, found: "Backup") -> None:
    print(workspace.say("backup.restored", file=file, rows=found.rows, made_at=found.made_at))
    print(workspace.say("backup.look_after", made_at=found.made_at))
