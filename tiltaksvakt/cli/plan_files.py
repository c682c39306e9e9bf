"""`tiltaksvakt plan export` and `plan template`: a plan as a file, and an empty one to fill in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.files import write_whole
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.plans import plan_of
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from plan.draft import Draft

PLAN_FILES = (".yaml", ".yml")
WORKBOOKS = (".xlsx",)


def plan_export(plan: Annotated[str, typer.Argument()], file: Annotated[Path, typer.Argument()]) -> None:
    """Write a plan as a workbook or a plan file. Prints the path."""
    extension = _extension(file, (*WORKBOOKS, *PLAN_FILES))
    draft, language = in_workspace(lambda workspace: _read(workspace, plan))
    _write(file, _workbook(draft, language) if extension in WORKBOOKS else _plan_file(draft))


def plan_template(file: Annotated[Path, typer.Argument()]) -> None:
    """Write an empty workbook. Prints the path; needs no database."""
    from report import plan_workbook
    from tiltaksvakt.settings import Settings

    _extension(file, WORKBOOKS)
    _write(file, plan_workbook.template(Settings.load().language))


COMMANDS: dict[str, Callable[..., Any]] = {"export": plan_export, "template": plan_template}


async def _read(workspace: Workspace, slug: str) -> tuple["Draft", str]:
    from storage.plan_drafts import read_draft

    async with workspace.database.read() as session:
        return await read_draft(session, await plan_of(session, slug)), workspace.settings.language


def _workbook(draft: "Draft", language: str) -> bytes:
    from report import plan_workbook

    return plan_workbook.of_plan(draft, language)


def _plan_file(draft: "Draft") -> bytes:
    from plan.documents.yaml_file import write

    return write(draft).encode()


def _extension(file: Path, known: tuple[str, ...]) -> str:
    extension = file.suffix.casefold()
    if extension not in known:
        raise CommandRefused("plan.unknown_extension", name=file.name, known=", ".join(known))
    return extension


def _write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, where there is none: somebody may have worked in the one there is."""
    refusal = CommandRefused("plan.cannot_write", path=str(path))
    try:
        has_content = path.exists() and path.stat().st_size
    except (OSError, ValueError):
        raise refusal from None
    if has_content:
        raise CommandRefused("plan.file_exists", path=str(path))
    write_whole(path, content, refusal)
    print(path)
