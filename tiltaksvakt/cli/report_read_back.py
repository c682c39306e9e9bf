"""`tiltaksvakt report read-back`: the texts the office has written in a Word draft are stored."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from report.draft_texts import Looked
    from report.read_back import Draft, Written
    from storage.tables import Person

YES = frozenset({"j", "ja", "y", "yes"})


def read_back(
    file: Annotated[Path, typer.Argument()],
    yes: Annotated[bool, typer.Option("--yes")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    person: Annotated[str | None, typer.Option("--person")] = None,
) -> int:
    """Show what a Word draft says otherwise than what is stored, and store it once somebody has said yes."""
    content = _content(file)
    return in_workspace(lambda workspace: _read_back(workspace, content, person, asks=not yes, dry_run=dry_run))


COMMANDS: dict[str, Callable[..., Any]] = {"read-back": read_back}


def _content(file: Path) -> bytes:
    from report.read_back import MOST_BYTES, ReadBackRefused

    try:
        if file.stat().st_size > MOST_BYTES:
            raise ReadBackRefused("read_back.too_large", size=file.stat().st_size, most=MOST_BYTES)
        return file.read_bytes()
    except (OSError, ValueError):
        raise CommandRefused("read_back.cannot_read", path=str(file)) from None


async def _read_back(workspace: Workspace, content: bytes, name: str | None, *, asks: bool, dry_run: bool) -> int:
    from report import draft_texts
    from report.read_back import read

    draft = read(content)
    async with workspace.database.read() as session:
        looked = await draft_texts.look(session, draft, workspace.now(), workspace.hours)
    _refuse_identity_numbers(looked)
    wanted = looked.wanted
    _show(workspace, looked)
    if wanted and dry_run:
        print(workspace.say("read_back.would_be_stored", count=len(wanted)))
    elif wanted:
        async with workspace.database.read() as session:
            who = await _writer(session, workspace, name)
        if asks:
            _confirm(workspace.say("read_back.confirm", count=len(wanted)))
        async with workspace.database.write() as session:
            count = await _store(workspace, session, draft, who, wanted)
        print(workspace.say("read_back.stored", count=count))
    is_whole = not looked.found.missing and not draft.tracked and len(wanted) == len(looked.found.changes)
    return Outcome.DONE if is_whole else Outcome.LOOK


def _refuse_identity_numbers(looked: "Looked") -> None:
    """A text that would be stored, and shown, must hold no national identity number; chat refuses it as well."""
    from bot import redaction
    from report.read_back import ReadBackRefused

    titles = [change.title for change in looked.found.changes if change.after and redaction.find(change.after)]
    if titles:
        raise ReadBackRefused("read_back.holds_identity_number", titles=titles)


def _show(workspace: Workspace, looked: "Looked") -> None:
    """Each change as the text that is stored and the text in the file, and what a person must look at."""
    from report import draft_texts

    found = looked.found
    for change in found.changes:
        print(change.title)
        for sign, text in (("-", change.before), ("+", change.after)):
            for line in (text or workspace.say("read_back.removed")).splitlines():
                print(f"  {sign} {line}")
        if change.also_changed:
            print(workspace.say("read_back.also_changed", title=change.title))
        elif draft_texts.is_too_long(change):
            print(workspace.say("read_back.too_many_lines", lines=draft_texts.lines_of(change)))
        print()
    if not found.changes:
        print(workspace.say("read_back.nothing"))
    if looked.newer:
        print(workspace.say("read_back.newer", version=looked.made_from.version, newer=looked.newer))
    if found.missing:
        print(workspace.say("read_back.missing", titles=found.missing))
    if looked.draft.tracked:
        print(workspace.say("read_back.tracked"))


async def _writer(session: "AsyncSession", workspace: Workspace, name: str | None) -> "Person":
    """Who has written: the one of the office that was named, or the only one there is."""
    from storage import people
    from storage.people import Role

    today = workspace.today()
    office = [
        person
        for person in await people.everyone(session)
        if Role.OFFICE in await people.roles_of(session, person, today)
    ]
    if not office:
        raise CommandRefused("read_back.nobody")
    wanted = " ".join((name or "").split()).casefold()
    found = [person for person in office if not wanted or person.name.casefold() == wanted]
    if len(found) != 1:
        raise CommandRefused("read_back.whose", names=[person.name for person in office])
    return found[0]


def _confirm(question: str) -> None:
    if not sys.stdin.isatty():
        raise CommandRefused("read_back.not_confirmed")
    try:
        answer = input(question + " ").strip().lower()
    except EOFError:
        answer = ""
    if answer not in YES:
        raise CommandRefused("read_back.not_confirmed")


async def _store(
    workspace: Workspace, session: "AsyncSession", draft: "Draft", who: "Person", shown: "list[Written]"
) -> int:
    """Store the texts that were shown, but for those that have become others since; how many were stored."""
    from report import draft_texts
    from storage.ids import id_of

    at, hours = workspace.now(), workspace.hours
    looked = await draft_texts.look(session, draft, at, hours)
    still = set(looked.wanted)
    wanted = [change for change in shown if change in still]
    await draft_texts.store(session, looked, wanted, person_id=id_of(who), at=at, hours=hours)
    return len(wanted)
