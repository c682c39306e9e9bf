"""`tiltaksvakt plan`: reading a document, importing it, and looking at what is stored."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome, SeveralRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from plan.draft import Draft, Measure
    from storage.overview import Readiness
    from storage.tables import Plan

File = Annotated[Path, typer.Argument()]


def plan_read(file: File, as_json: Annotated[bool, typer.Option("--json")] = False) -> int:
    """Read a document as a draft and show it."""
    draft = read_draft(file)
    if as_json:
        print(json.dumps(draft.to_json(), ensure_ascii=False, indent=2))
    else:
        show_draft(draft)
    return Outcome.LOOK if _doubts(draft) else Outcome.DONE


def plan_import(
    file: File,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> int:
    """Read a document, have a person confirm it, and store it."""
    draft = read_draft(file)
    show_draft(draft)
    return in_workspace(lambda workspace: _import(workspace, draft, yes=yes, dry_run=dry_run))


def plan_list() -> None:
    """The plans, one per line."""
    in_workspace(_list)


def plan_show(plan: Annotated[str, typer.Argument()]) -> None:
    """One plan with its measures and its next rounds."""
    in_workspace(lambda workspace: _show(workspace, plan))


COMMANDS: dict[str, Callable[..., Any]] = {
    "import": plan_import,
    "read": plan_read,
    "list": plan_list,
    "show": plan_show,
}


def read_draft(file: Path) -> "Draft":
    """The draft in a file. Raises `CommandRefused`, or `SeveralRefused` with everything that is wrong with it."""
    from plan.documents import MAX_BYTES, read
    from plan.documents.problem import DocumentRefused
    from templates import cli

    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise CommandRefused("plan.unreadable_file", path=str(file)) from None
    try:
        return read(file.name, content)
    except DocumentRefused as refused:
        raise SeveralRefused(
            [
                cli.say(f"plan_file.{problem.code}", line=problem.line, place=problem.place, **problem.data)
                for problem in refused.problems
            ]
        ) from None


async def plan_of(session: "AsyncSession", slug: str) -> "Plan":
    """The plan of a slug; where there is none, the refusal names those there are."""
    from storage import plans
    from storage.plans import PlanRefused

    try:
        return await plans.by_slug(session, slug)
    except PlanRefused as refused:
        if refused.code == "unknown":
            known = [plan.slug for plan in await plans.everyone(session)]
            raise PlanRefused("unknown", slug=slug, slugs=known) from None
        raise


def show_draft(draft: "Draft") -> None:
    """The draft as a table, with what is in doubt below it."""
    from templates import cli
    from tiltaksvakt.cli.table import table

    print(cli.say("plan.heading", title=draft.title, municipality=draft.municipality, period=draft.period))
    print()
    headings = cli.say("plan.draft_columns").split("|")
    rows = [
        (measure.ref, measure.title, draft.owner_of(measure), _deadline(measure), "!" if measure.warnings else "")
        for measure in draft.measures
    ]
    print(table(headings, rows))
    for line in _doubts(draft):
        print(line)


def _deadline(measure: "Measure") -> str:
    from templates import cli

    deadline = measure.deadline
    return deadline.text or cli.say(f"deadline.{deadline.kind.value}")


def _doubts(draft: "Draft") -> list[str]:
    """What a person must look at in a draft, a line each."""
    from templates import cli

    lines = [_doubt(draft.title, code) for code in draft.warnings]
    for measure in draft.measures:
        codes = [*measure.warnings, *(warning.value for warning in measure.deadline.warnings)]
        lines += [_doubt(measure.ref, code, measure) for code in dict.fromkeys(codes)]
        if draft.owner_of(measure) is None:
            lines.append(cli.say("doubt.without_owner", measure=measure.ref))
    return lines


def _doubt(about: str, code: str, measure: "Measure | None" = None) -> str:
    from templates import cli

    known = f"doubt.{code}" in cli.names()
    phrase = measure.deadline.text if measure else ""
    return cli.say(f"doubt.{code}" if known else "doubt.other", measure=about, phrase=phrase, code=code)


async def _import(workspace: Workspace, draft: "Draft", *, yes: bool, dry_run: bool) -> int:
    municipality = draft.municipality or workspace.settings.municipality
    if not municipality:
        raise CommandRefused("settings.no_municipality")
    if not yes and not dry_run:
        _confirm(workspace, draft)
    transaction = workspace.database.rehearse() if dry_run else workspace.database.write()
    async with transaction as session:
        plan, readiness = await _store(workspace, session, draft, municipality)
    print()
    print(workspace.say("plan.would_be_stored" if dry_run else "plan.stored", slug=plan.slug))
    to_do = await _what_next(workspace, plan, readiness)
    return Outcome.LOOK if to_do or _doubts(draft) else Outcome.DONE


def _confirm(workspace: Workspace, draft: "Draft") -> None:
    if not sys.stdin.isatty():
        raise CommandRefused("plan.not_confirmed")
    print()
    answer = input(workspace.say("plan.confirm", count=len(draft.measures)) + " ")
    if answer.strip().lower() not in {"j", "ja", "y", "yes"}:
        raise CommandRefused("plan.declined")


async def _store(
    workspace: Workspace, session: "AsyncSession", draft: "Draft", municipality: str
) -> tuple["Plan", "Readiness"]:
    from scheduler.planning import plan_ahead
    from storage import overview, plans
    from storage.audit import COMMAND_LINE

    at = workspace.now()
    plan = await plans.store(session, draft, municipality=municipality, actor=COMMAND_LINE, at=at)
    await plan_ahead(session, plan, workspace.today(), workspace.hours.calendar)
    return plan, await overview.readiness(session, plan)


async def _what_next(workspace: Workspace, plan: "Plan", readiness: "Readiness") -> bool:
    """Say what the plan lacks; True where a person must decide something, and not merely invite people."""
    if readiness.without_owner:
        print(workspace.say("plan.without_owner", refs=", ".join(readiness.without_owner)))
    if readiness.provisional:
        years = ", ".join(str(row.year) for row in readiness.provisional)
        print(workspace.say("plan.provisional", slug=plan.slug, years=years))
    if not readiness.has_rounds:
        print(workspace.say("plan.no_rounds", slug=plan.slug))
    for unit in readiness.without_people:
        print(workspace.say("plan.without_people", unit=unit))
    return bool(readiness.without_owner) or not readiness.has_rounds


async def _list(workspace: Workspace) -> None:
    from storage import overview
    from tiltaksvakt.cli.table import table

    async with workspace.database.read() as session:
        rows = await overview.plans(session)
    if not rows:
        print(workspace.say("plan.nothing"))
        return
    headings = workspace.say("plan.list_columns").split("|")
    print(table(headings, [(row.slug, row.title, _years(row.period), row.measures) for row in rows]))


async def _show(workspace: Workspace, slug: str) -> None:
    from storage import overview
    from tiltaksvakt.cli.table import table

    async with workspace.database.read() as session:
        plan = await plan_of(session, slug)
        measures = await overview.measures(session, plan)
        rounds = await overview.rounds(session, plan)
    print(
        workspace.say(
            "plan.heading",
            title=plan.title,
            municipality=plan.municipality,
            period=(plan.first_year, plan.last_year) if plan.first_year else None,
        )
    )
    print()
    columns = workspace.say("plan.measure_columns").split("|")
    print(table(columns, [(row.ref, row.title, row.owner, row.deadline, _status(row.status)) for row in measures]))
    if rounds:
        print()
        columns = workspace.say("plan.round_columns").split("|")
        print(table(columns, [_round(workspace, row) for row in rounds]))


def _round(workspace: Workspace, row: Any) -> tuple[object, ...]:
    from templates import formats

    days = [formats.short_day(day) for day in (row.opens_on, row.reply_by, row.papers_on, row.meeting_on)]
    word = workspace.say("plan.is_provisional") if row.provisional else None
    return (row.year, row.body, *days, workspace.say(f"plan.round_{row.state}"), word)


def _status(status: str | None) -> str | None:
    from templates import words

    return words.say(f"status.{status}") if status else None


def _years(period: tuple[int, int] | None) -> str | None:
    return f"{period[0]}–{period[1]}" if period else None
