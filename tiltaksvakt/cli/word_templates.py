"""`tiltaksvakt template`: the Word template of the report, as a secretary changes it."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.files import write_whole
from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace, say

LANGUAGES = ("nb", "nn", "en")
Language = Annotated[str | None, typer.Option("--language")]
File = Annotated[Path, typer.Argument()]


def template_export(
    out: Annotated[Path, typer.Option("--out")] = Path("."),
    language: Language = None,
    original: Annotated[bool, typer.Option("--original")] = False,
) -> None:
    """Write the template in use, or the one that comes with the program, to a file. Prints its path."""
    chosen = _chosen(language)
    content = in_workspace(lambda workspace: _content(workspace, chosen, original))
    path = out / f"statusrapport.{chosen or _of_the_settings()}.docx"
    write_whole(path, content, CommandRefused("template.cannot_write", path=str(out)), make_folder=True)
    print(path)


def template_check(file: File, language: Language = None) -> int:
    """Try a template on reports of every kind, without installing it."""
    content, of = _read(file), _language_of(file, language)
    missing = _tried(content, of)
    return _told("template.usable", file, of, missing)


def template_install(file: File, language: Language = None) -> int:
    """Try a template and use it from now on. The one in use stays where it cannot be used."""
    content, of = _read(file), _language_of(file, language)
    missing = _tried(content, of)
    in_workspace(lambda workspace: _install(workspace, of, file.name, content))
    return _told("template.installed", file, of, missing)


def template_reset(language: Language = None) -> None:
    """Use the template that comes with the program again."""
    of = _chosen(language) or _of_the_settings()
    was = in_workspace(lambda workspace: _take_back(workspace, of))
    print(_say("template.taken_back" if was else "template.is_ours", of=of))


COMMANDS: dict[str, Callable[..., Any]] = {
    "export": template_export,
    "check": template_check,
    "install": template_install,
    "reset": template_reset,
}


def _say(name: str, /, **data: Any) -> str:
    from tiltaksvakt.settings import Settings

    return say(Settings.load(), name, **data)


def _of_the_settings() -> str:
    from tiltaksvakt.settings import Settings

    return Settings.load().language


def _chosen(language: str | None) -> str | None:
    return None if language is None else values.one_of(language, LANGUAGES, "--language")


def _language_of(file: Path, language: str | None) -> str:
    """The language asked for, else the one in the name ("statusrapport.nn.docx"), else that of the settings."""
    named = Path(file.stem).suffix.removeprefix(".")
    return _chosen(language) or (named if named in LANGUAGES else _of_the_settings())


def _read(file: Path) -> bytes:
    from report.template_check import MOST_BYTES, TemplateRefused

    try:
        if file.stat().st_size > MOST_BYTES:
            raise TemplateRefused("template.too_large", size=file.stat().st_size, most=MOST_BYTES)
        return file.read_bytes()
    except (OSError, ValueError):
        raise CommandRefused("template.cannot_read", path=str(file)) from None


def _tried(content: bytes, language: str) -> list[str]:
    from report.template_check import check

    return check(content, language)


def _told(done: str, file: Path, language: str, missing: list[str]) -> int:
    print(_say(done, name=file.name, of=language))
    for name in missing:
        print(_say("template.leaves_out", field=name))
    return Outcome.LOOK if missing else Outcome.DONE


async def _content(workspace: Workspace, language: str | None, original: bool) -> bytes:
    from report.word import template_for
    from storage import word_templates

    of = language or workspace.settings.language
    async with workspace.database.read() as session:
        own = None if original else await word_templates.in_use(session, of)
    return own.content if own else template_for(of).read_bytes()


async def _install(workspace: Workspace, language: str, name: str, content: bytes) -> None:
    from storage import word_templates
    from storage.audit import COMMAND_LINE

    async with workspace.database.write() as session:
        await word_templates.install(session, language, name, content, actor=COMMAND_LINE, at=workspace.now())


async def _take_back(workspace: Workspace, language: str) -> bool:
    from storage import word_templates
    from storage.audit import COMMAND_LINE

    async with workspace.database.write() as session:
        return await word_templates.take_back(session, language, actor=COMMAND_LINE, at=workspace.now())
