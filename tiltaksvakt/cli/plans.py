"""`tiltaksvakt plan`: reading a document, and looking at what is stored."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli.outcome import CommandRefused, Outcome, SeveralRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from plan.draft import Draft, LeftOut, Measure
    from storage.tables import Plan

LISTED = 10
"""How many of the texts that were left out at a place are named."""

File = Annotated[Path, typer.Argument()]


def plan_read(file: File, as_json: Annotated[bool, typer.Option("--json")] = False) -> int:
    """Read a document as a draft and show it."""
    draft = read_draft(file)
    if as_json:
        print(json.dumps(draft.to_json(), ensure_ascii=False, indent=2))
    else:
        show_draft(draft)
    return Outcome.LOOK if doubts(draft) else Outcome.DONE


def plan_list() -> None:
    """The plans, one per line."""
    in_workspace(_list)


def plan_show(plan: Annotated[str, typer.Argument()]) -> None:
    """One plan with its measures and its next rounds."""
    in_workspace(lambda workspace: _show(workspace, plan))


COMMANDS: dict[str, Callable[..., Any]] = {
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


def show_draft(draft: "Draft", lines: Iterable[str] | None = None) -> None:
    """The draft as a table, and below it these lines, by default everything that is in doubt."""
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
    for line in doubts(draft) if lines is None else lines:
        print(line)


def _deadline(measure: "Measure") -> str:
    from templates import cli

    deadline = measure.deadline
    return deadline.text or cli.say(f"deadline.{deadline.kind.value}")


def doubts(draft: "Draft") -> list[str]:
    """What a person must look at in a draft, a line each."""
    from templates import cli

    lines: list[str] = []
    for code in draft.warnings:
        lines.append(_doubt(draft.title, code))
        lines += [left_out_in_words(each) for each in draft.left_out if each.code == code]
    for measure in draft.measures:
        lines += doubts_about(measure)
        owner = draft.owner_of(measure)
        if owner is None:
            lines.append(cli.say("doubt.without_owner", measure=measure.ref))
        elif draft.owner_is_proposed(measure):
            lines.append(cli.say("doubt.owner_proposed", measure=measure.ref, unit=owner))
    return lines


def left_out_in_words(left_out: "LeftOut") -> str:
    """What a document holds that was not read as measures, and where."""
    from templates import cli

    texts = left_out.texts[:LISTED]
    return cli.say("doubt.left_out", place=left_out.source, texts=texts, more=len(left_out.texts) - len(texts))


def doubts_about(measure: "Measure") -> list[str]:
    """What was doubtful when a measure and its deadline were read, a line each."""
    codes = [*measure.warnings, *(warning.value for warning in measure.deadline.warnings)]
    return [_doubt(measure.ref, code, measure) for code in dict.fromkeys(codes)]


def _doubt(about: str, code: str, measure: "Measure | None" = None) -> str:
    from templates import cli

    known = f"doubt.{code}" in cli.names()
    phrase = measure.deadline.text if measure else ""
    return cli.say(f"doubt.{code}" if known else "doubt.other", measure=about, phrase=phrase, code=code)


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
        undecided = await overview.undecided(session, plan)
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
    if undecided:
        print()
    for ref, about in undecided:
        print(workspace.say("plan.undecided_about", ref=ref, about=about))
    if rounds:
        print()
        columns = workspace.say("plan.round_columns").split("|")
        print(table(columns, [_round(workspace, row) for row in rounds]))


def _round(workspace: Workspace, row: Any) -> tuple[object, ...]:
    from templates import formats

    days = [formats.short_day(day) for day in (row.opens_on, row.reply_by, row.papers_on, row.meeting_on)]
    word = workspace.say("plan.is_provisional") if row.provisional else None
    return (row.year, formats.capitalised(row.body), *days, workspace.say(f"plan.round_{row.state}"), word)


def _status(status: str | None) -> str | None:
    from templates import words

    return words.say(f"status.{status}") if status else None


def _years(period: tuple[int, int] | None) -> str | None:
    return f"{period[0]}–{period[1]}" if period else None
