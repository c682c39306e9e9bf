"""`tiltaksvakt report read-back`: the texts the office has written in a Word draft are stored."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from report.read_back import Comparison, Draft, Written
    from storage.tables import Person, Plan, Report, StatusReply

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
    from report.read_back import read

    draft = read(content)
    async with workspace.database.read() as session:
        found = await _compared(workspace, session, draft)
    wanted = [change for change in found.changes if not change.also_changed and not _is_too_long(change)]
    _show(workspace, draft, found)
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
    return Outcome.LOOK if found.missing or draft.tracked or len(wanted) < len(found.changes) else Outcome.DONE


async def _made_from(session: "AsyncSession", draft: "Draft") -> "tuple[Report, Plan]":
    """The version a draft was made from. Raises `CommandRefused` where it is not here, or takes no texts any more."""
    from storage import reports
    from storage.tables import Plan

    row = await reports.by_digest(session, draft.digest)
    if row is None:
        raise CommandRefused("read_back.unknown")
    if row.state != "draft":
        raise CommandRefused("read_back.approved", version=row.version)
    return row, await session.get_one(Plan, row.plan_id)


async def _compared(workspace: Workspace, session: "AsyncSession", draft: "Draft") -> "Comparison":
    from report.compile import Masthead, compile_snapshot
    from report.read_back import compare
    from report.snapshot import Snapshot
    from storage import written_texts

    row, plan = await _made_from(session, draft)
    made_from = Snapshot.model_validate_json(row.snapshot)
    masthead = Masthead(made_from.leader_title, made_from.language, made_from.brand)
    now = await compile_snapshot(session, plan, row.year, workspace.today(), workspace.hours, masthead)
    found = compare(draft, made_from, now)
    newer = {
        each.unit.name
        for each in await written_texts.of_units(session, row.plan_id, row.year)
        if each.newest is not each.released
    }
    # A unit has written another paragraph that the office has not released: it must not be written over unread.
    changes = (
        replace(each, also_changed=True) if each.kind == written_texts.UNIT and each.name in newer else each
        for each in found.changes
    )
    return replace(found, changes=tuple(changes))


def _is_too_long(change: "Written") -> bool:
    """Whether it is a summary of more lines than the council reads."""
    from storage.written_texts import SUMMARY, SUMMARY_LINES

    return change.kind == SUMMARY and len((change.after or "").splitlines()) > SUMMARY_LINES


def _show(workspace: Workspace, draft: "Draft", found: "Comparison") -> None:
    """Each change as the text that is stored and the text in the file, and what a person must look at."""
    for change in found.changes:
        print(change.title)
        for sign, text in (("-", change.before), ("+", change.after)):
            for line in (text or workspace.say("read_back.removed")).splitlines():
                print(f"  {sign} {line}")
        if change.also_changed:
            print(workspace.say("read_back.also_changed", title=change.title))
        elif _is_too_long(change):
            print(workspace.say("read_back.too_many_lines", lines=len((change.after or "").splitlines())))
        print()
    if not found.changes:
        print(workspace.say("read_back.nothing"))
    if found.missing:
        print(workspace.say("read_back.missing", titles=found.missing))
    if draft.tracked:
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
    from report.compile import answers_of_year

    row, plan = await _made_from(session, draft)
    still = set((await _compared(workspace, session, draft)).changes)
    answers = await answers_of_year(session, plan, row.year, workspace.today(), workspace.hours)
    wanted = [change for change in shown if change in still]
    for change in wanted:
        if change.kind == "measure":
            assert change.name is not None
            await _store_report_text(workspace, session, answers[change.name], change.after, who)
        else:
            await _store_written(workspace, session, row, change, who)
    return len(wanted)


async def _store_report_text(
    workspace: Workspace, session: "AsyncSession", reply: "StatusReply", text: str | None, who: "Person"
) -> None:
    from storage import report_texts
    from storage.ids import id_of

    if text is None:
        await report_texts.withdraw(session, reply, person_id=id_of(who), at=workspace.now())
    else:
        await report_texts.release(session, reply, text, person_id=id_of(who), at=workspace.now())


async def _store_written(
    workspace: Workspace, session: "AsyncSession", row: "Report", change: "Written", who: "Person"
) -> None:
    """Store what the office has written about the report as a whole, or in a unit's paragraph, which it releases."""
    from storage import written_texts
    from storage.ids import id_of

    units = {each.unit.name: each.unit for each in await written_texts.of_units(session, row.plan_id, row.year)}
    unit = units[change.name] if change.kind == written_texts.UNIT and change.name else None
    await written_texts.write(
        session,
        row.plan_id,
        row.year,
        change.kind,
        change.after,
        unit_id=id_of(unit) if unit else None,
        person_id=id_of(who),
        inbox_id=None,
        at=workspace.now(),
        released=unit is not None and change.after is not None,
    )
