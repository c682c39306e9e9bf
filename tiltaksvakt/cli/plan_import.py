"""`tiltaksvakt plan import`: a document becomes a plan, or a new version of one that is known."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.plans import doubts, doubts_about, plan_of, read_draft, show_draft
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from plan.changes import PlanChanges
    from plan.draft import Draft
    from storage.overview import Readiness
    from storage.tables import Plan

YES = frozenset({"j", "ja", "y", "yes"})


def plan_import(
    file: Annotated[Path, typer.Argument()],
    into: Annotated[str | None, typer.Option("--into")] = None,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> int:
    """Read a document, have a person confirm it, and store it; of a known plan, what has changed."""
    draft = read_draft(file)
    return in_workspace(lambda workspace: _import(workspace, draft, into, yes=yes, dry_run=dry_run))


COMMANDS: dict[str, Callable[..., Any]] = {"import": plan_import}


async def _import(workspace: Workspace, draft: "Draft", into: str | None, *, yes: bool, dry_run: bool) -> int:
    from storage import plan_changes

    async with workspace.database.read() as session:
        known = await plan_of(session, into) if into else await plan_changes.same_plan(session, draft)
    if known is None:
        return await _import_new(workspace, draft, yes=yes, dry_run=dry_run)
    return await _import_again(workspace, known, draft, yes=yes, dry_run=dry_run)


async def _import_new(workspace: Workspace, draft: "Draft", *, yes: bool, dry_run: bool) -> int:
    show_draft(draft)
    municipality = draft.municipality or workspace.settings.municipality
    if not municipality:
        raise CommandRefused("settings.no_municipality")
    if not yes and not dry_run:
        _confirm(workspace.say("plan.confirm", count=len(draft.measures)))
    transaction = workspace.database.rehearse() if dry_run else workspace.database.write()
    async with transaction as session:
        plan, readiness = await _store(workspace, session, draft, municipality)
    print()
    print(workspace.say("plan.would_be_stored" if dry_run else "plan.stored", slug=plan.slug))
    to_do = _what_next(workspace, plan, readiness)
    return Outcome.LOOK if to_do or doubts(draft) else Outcome.DONE


def _confirm(question: str) -> None:
    """Ask before anything is written. Raises `CommandRefused` for a no, and where nobody is there to ask."""
    if not sys.stdin.isatty():
        raise CommandRefused("plan.not_confirmed")
    print()
    if not _is_yes(question):
        raise CommandRefused("plan.declined")


def _is_yes(question: str) -> bool:
    return input(question + " ").strip().lower() in YES


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


def _what_next(workspace: Workspace, plan: "Plan", readiness: "Readiness") -> bool:
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


async def _import_again(workspace: Workspace, known: "Plan", draft: "Draft", *, yes: bool, dry_run: bool) -> int:
    asks = not yes and not dry_run
    async with workspace.database.read() as session:
        changes = await _changes(session, known, draft, {})
    settled = _settle(workspace, changes) if asks and sys.stdin.isatty() else {}
    if settled:
        async with workspace.database.read() as session:
            changes = await _changes(session, known, draft, settled)
    if changes.is_empty:
        print(workspace.say("plan_change.nothing", slug=known.slug))
        return Outcome.DONE
    has_doubts = _show(workspace, known, changes)
    if asks:
        _confirm(workspace.say("plan_change.confirm"))
    transaction = workspace.database.rehearse() if dry_run else workspace.database.write()
    async with transaction as session:
        plan = await plan_of(session, known.slug)
        if await _changes(session, plan, draft, settled) != changes:
            raise CommandRefused("plan_change.meanwhile", slug=plan.slug)
        readiness = await _apply(workspace, session, plan, draft, changes)
    print()
    print(workspace.say(f"plan_change.{'would_be_stored' if dry_run else 'stored'}", slug=known.slug))
    to_do = _what_next(workspace, plan, readiness)
    return Outcome.LOOK if to_do or has_doubts else Outcome.DONE


async def _changes(session: "AsyncSession", plan: "Plan", draft: "Draft", settled: Mapping[str, str]) -> "PlanChanges":
    from plan.changes import compare
    from storage.plan_drafts import read_versions

    before, archived = await read_versions(session, plan)
    return compare(before, draft, archived, settled)


def _settle(workspace: Workspace, changes: "PlanChanges") -> dict[str, str]:
    """Ask of each new measure that is like one that is gone whether it is the same; numbers by numbers."""
    from plan.changes import DoubtCode
    from tiltaksvakt.cli.plan_diff import Wording

    wording = Wording(workspace)
    proposed = [doubt for doubt in changes.doubts if doubt.code is DoubtCode.SAME_MEASURE and doubt.before]
    return {doubt.after.ref: doubt.before.ref for doubt in proposed if doubt.before and _is_yes(wording.is_same(doubt))}


def _show(workspace: Workspace, plan: "Plan", changes: "PlanChanges") -> bool:
    """Show what is changed, and below it what is doubtful about it; True where there is a doubt."""
    from tiltaksvakt.cli.plan_diff import Wording

    wording = Wording(workspace)
    for line in wording.lines(changes, plan.slug):
        print(line)
    touched = [*changes.measures.added, *(pair.after for pair in (*changes.measures.changed, *changes.measures.back))]
    lines = [wording.doubt(doubt) for doubt in changes.doubts]
    lines += [line for measure in touched for line in doubts_about(measure)]
    if lines:
        print()
    for line in lines:
        print(line)
    return bool(lines)


async def _apply(
    workspace: Workspace, session: "AsyncSession", plan: "Plan", draft: "Draft", changes: "PlanChanges"
) -> "Readiness":
    from scheduler.plan_changes import plan_changed
    from storage import overview, plan_changes
    from storage.audit import COMMAND_LINE

    at = workspace.now()
    applied = await plan_changes.apply(session, plan, draft, changes, actor=COMMAND_LINE, at=at)
    await plan_changed(session, plan, applied, at, workspace.hours)
    return await overview.readiness(session, plan)
