"""`tiltaksvakt plan import`: a document becomes a plan, or a new version of one that is known."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome
from tiltaksvakt.cli.plans import doubts_about, plan_of, read_draft, show_draft
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from plan.changes import PlanChanges
    from plan.review import Review
    from storage.overview import Readiness
    from storage.tables import Plan

YES = frozenset({"j", "ja", "y", "yes"})
NO = frozenset({"", "n", "nei", "no"})


def plan_import(
    file: Annotated[Path, typer.Argument()],
    into: Annotated[str | None, typer.Option("--into")] = None,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> int:
    """Read a document, have a person confirm it, and store it; of a known plan, what has changed."""
    return in_workspace(lambda workspace: _import(workspace, file, into, yes=yes, dry_run=dry_run))


COMMANDS: dict[str, Callable[..., Any]] = {"import": plan_import}


async def _import(workspace: Workspace, file: Path, into: str | None, *, yes: bool, dry_run: bool) -> int:
    from bot import redaction
    from storage import plan_imports

    draft = read_draft(file)
    if redaction.is_in(draft.to_json()):
        raise CommandRefused("plan.holds_identity_number", file=file.name)
    async with workspace.database.read() as session:
        known = await plan_of(session, into) if into else await plan_imports.recognised(session, draft)
        review = await plan_imports.new_review(session, draft, workspace.settings.municipality, known)
    asks = not yes and not dry_run
    review = await _reviewed(workspace, review, known, goes_through=asks and sys.stdin.isatty())
    async with workspace.database.read() as session:
        known = known or await plan_imports.plan_of(session, review)
    if known is None:
        return await _import_new(workspace, review, file.name, asks=asks, dry_run=dry_run)
    return await _import_again(workspace, known, review, file.name, asks=asks, dry_run=dry_run)


async def _reviewed(workspace: Workspace, review: "Review", known: "Plan | None", *, goes_through: bool) -> "Review":
    """The review with everything answered that somebody is there to answer."""
    from storage import plan_imports

    if known is None:
        if goes_through:
            # What is asked is not told first as well.
            show_draft(review.draft, _notes(workspace, review))
        else:
            show_draft(review.draft)
            _show_proposals(workspace, review)
    if goes_through:
        from tiltaksvakt.cli.plan_questions import go_through

        review = go_through(workspace, review)
    async with workspace.database.read() as session:
        review = await plan_imports.renew(session, review, known)
    while goes_through and review.open:
        review = go_through(workspace, review)
        # What was said to be the same may raise the question who follows it up.
        async with workspace.database.read() as session:
            review = await plan_imports.renew(session, review, known)
    return review


def _notes(workspace: Workspace, review: "Review") -> list[str]:
    """What was doubtful and is not asked, a line each."""
    from bot.dialogues.plan_questions import note_in_words
    from plan.doubts import notes

    told = notes(review.draft, review.questions)
    if workspace.settings.municipality:
        told = tuple(note for note in told if note.code != "no_municipality")
    return [note_in_words(note, workspace.settings.language) for note in told]


def _show_proposals(workspace: Workspace, review: "Review") -> None:
    """Say which names are like units there are."""
    from plan.question import About

    for question in review.questions:
        if question.about is About.UNIT and question.like and not question.is_whole:
            print(workspace.say("doubt.unit_alike", unit=question.units[0], names=", ".join(question.like)))


async def _import_new(workspace: Workspace, review: "Review", file_name: str, *, asks: bool, dry_run: bool) -> int:
    draft = review.settled
    municipality = draft.municipality or workspace.settings.municipality
    if not municipality:
        raise CommandRefused("settings.no_municipality")
    if asks:
        _confirm(workspace.say("plan.confirm", count=len(draft.measures)))
    transaction = workspace.database.rehearse() if dry_run else workspace.database.write()
    async with transaction as session:
        plan, readiness = await _store(workspace, session, review, municipality, file_name)
    print()
    print(workspace.say("plan.would_be_stored" if dry_run else "plan.stored", slug=plan.slug))
    to_do = _what_next(workspace, plan, readiness)
    from plan.doubts import notes

    return Outcome.LOOK if to_do or review.undecided or notes(review.draft, review.questions) else Outcome.DONE


def _confirm(question: str) -> None:
    """Ask before anything is written. Raises `CommandRefused` for a no, and where nobody is there to ask."""
    if not sys.stdin.isatty():
        raise CommandRefused("plan.not_confirmed")
    print()
    answer = None
    while answer not in YES:
        try:
            answer = input(question + " ").strip().lower()
        except EOFError:
            answer = ""
        if answer in NO:
            raise CommandRefused("plan.declined")


async def _store(
    workspace: Workspace, session: "AsyncSession", review: "Review", municipality: str, file_name: str
) -> tuple["Plan", "Readiness"]:
    from scheduler.planning import plan_ahead
    from storage import overview, plan_imports, plans
    from storage.audit import COMMAND_LINE

    at, draft = workspace.now(), review.settled
    plan = await plans.store(session, draft, municipality=municipality, actor=COMMAND_LINE, at=at)
    await plan_imports.leave_unasked(session, plan, review.asked_of_nobody, actor=COMMAND_LINE, at=at)
    await plan_imports.mark_undecided(session, plan, review, [measure.ref for measure in draft.measures])
    await plan_imports.keep_answers(session, plan, review, file_name, at)
    await plan_ahead(session, plan, workspace.today(), workspace.hours.calendar)
    return plan, await overview.readiness(session, plan)


def _what_next(workspace: Workspace, plan: "Plan", readiness: "Readiness") -> bool:
    """Say what the plan lacks; True where a person must decide something, and not merely invite people."""
    if readiness.without_owner:
        print(workspace.say("plan.without_owner", refs=", ".join(readiness.without_owner)))
    if readiness.undecided:
        print(workspace.say("plan.undecided", refs=", ".join(readiness.undecided)))
    if readiness.provisional:
        years = ", ".join(str(row.year) for row in readiness.provisional)
        print(workspace.say("plan.provisional", slug=plan.slug, years=years))
    if not readiness.has_rounds:
        print(workspace.say("plan.no_rounds", slug=plan.slug))
    for unit in readiness.without_people:
        print(workspace.say("plan.without_people", unit=unit))
    return bool(readiness.without_owner or readiness.undecided) or not readiness.has_rounds


async def _import_again(
    workspace: Workspace, known: "Plan", review: "Review", file_name: str, *, asks: bool, dry_run: bool
) -> int:
    from storage import plan_imports

    async with workspace.database.read() as session:
        changes = await plan_imports.changes_of(session, review, known)
    if changes.is_empty:
        print(workspace.say("plan_change.nothing", slug=known.slug))
        return Outcome.DONE
    has_doubts = _show(workspace, known, changes)
    if asks:
        _confirm(workspace.say("plan_change.confirm"))
    transaction = workspace.database.rehearse() if dry_run else workspace.database.write()
    async with transaction as session:
        plan = await plan_of(session, known.slug)
        if await plan_imports.changes_of(session, review, plan) != changes:
            raise CommandRefused("plan_change.meanwhile", slug=plan.slug)
        readiness = await _apply(workspace, session, plan, review, changes, file_name)
    print()
    print(workspace.say(f"plan_change.{'would_be_stored' if dry_run else 'stored'}", slug=known.slug))
    to_do = _what_next(workspace, plan, readiness)
    return Outcome.LOOK if to_do or has_doubts else Outcome.DONE


def _show(workspace: Workspace, plan: "Plan", changes: "PlanChanges") -> bool:
    """Show what is changed, and below it what is doubtful about it; True where there is a doubt."""
    from bot.plan_diff import Wording

    wording = Wording(workspace.settings.language)
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
    workspace: Workspace,
    session: "AsyncSession",
    plan: "Plan",
    review: "Review",
    changes: "PlanChanges",
    file_name: str,
) -> "Readiness":
    from scheduler.plan_changes import plan_changed
    from storage import overview, plan_changes, plan_imports
    from storage.audit import COMMAND_LINE

    at = workspace.now()
    applied = await plan_changes.apply(session, plan, review.settled, changes, actor=COMMAND_LINE, at=at)
    added = {measure.ref for measure in changes.measures.added}
    await plan_imports.leave_unasked(session, plan, review.asked_of_nobody & added, actor=COMMAND_LINE, at=at)
    refs = [measure.ref for measure in changes.measures.current]
    await plan_imports.mark_undecided(session, plan, review, refs)
    await plan_imports.keep_answers(session, plan, review, file_name, at)
    await plan_changed(session, plan, applied, at, workspace.hours)
    return await overview.readiness(session, plan)
