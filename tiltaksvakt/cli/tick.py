"""`tiltaksvakt tick`: one pass of the scheduler as of a time."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from scheduler.notices import Notice


def tick(
    at: Annotated[str | None, typer.Option("--at")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Take up what is due, and list who is to be told what, and why."""
    in_workspace(lambda workspace: _tick(workspace, at, dry_run=dry_run, as_json=as_json))


async def _tick(workspace: Workspace, at: str | None, *, dry_run: bool, as_json: bool) -> None:
    from scheduler.tick import tick as one_pass

    moment = workspace.now() if at is None else _in_utc(values.moment(at, workspace.settings.zone))
    transaction = workspace.database.rehearse() if dry_run else workspace.database.write()
    async with transaction as session:
        notices = await one_pass(session, moment, workspace.hours)
        rows = await _rows(workspace, session, notices)
        plans = [] if as_json else await _plans(session, notices)
        goes_out = {} if as_json else await _goes_out(workspace, session, notices, moment)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    _show(workspace, rows, plans, goes_out)
    if rows and dry_run and moment > workspace.now():
        print(workspace.say("why.meanwhile", at=moment))


def _in_utc(moment: datetime) -> datetime:
    from datetime import UTC

    return moment.astimezone(UTC)


async def _rows(workspace: Workspace, session: "AsyncSession", notices: Sequence["Notice"]) -> list[dict[str, Any]]:
    """Notices with names in place of ids: the contract of `tick --json`."""
    from storage import directory, overview

    people = await directory.read(session)
    refs = await overview.refs(session, {notice.measure_id for notice in notices if notice.measure_id is not None})
    return [
        {
            "person": people.people[notice.person_id].name if notice.person_id is not None else None,
            "unit": people.units[notice.unit_id].name if notice.unit_id is not None else None,
            "measure": refs.get(notice.measure_id) if notice.measure_id is not None else None,
            "kind": notice.kind,
            "due": notice.due.isoformat(),
            "why": workspace.say(f"why.{notice.kind}", due=notice.due),
        }
        for notice in notices
    ]


async def _plans(session: "AsyncSession", notices: Sequence["Notice"]) -> list[str | None]:
    """The plan each notice is about, by its slug; none at all where no more than one plan is spoken of."""
    from storage import plans

    slugs = {plan.id: plan.slug for plan in await plans.everyone(session)}
    found = [slugs.get(notice.plan_id) if notice.plan_id is not None else None for notice in notices]
    return found if len({slug for slug in found if slug}) > 1 else []


async def _goes_out(
    workspace: Workspace, session: "AsyncSession", notices: Sequence["Notice"], moment: datetime
) -> dict[datetime, list[str]]:
    """Whose message goes out when, of those who have something in it; what has waited does so as soon as it may."""
    from storage import directory, outbox

    people = (await directory.read(session)).people
    told = {notice.person_id for notice in notices if notice.person_id is not None}
    found: dict[datetime, list[str]] = {}
    for person_id, not_before in sorted((await outbox.next_messages(session, told)).items()):
        when = workspace.hours.next_open(max(not_before, moment))
        found.setdefault(when, []).append(people[person_id].name or "")
    return dict(sorted(found.items()))


def _show(
    workspace: Workspace,
    rows: Sequence[dict[str, Any]],
    plans: Sequence[str | None],
    goes_out: Mapping[datetime, Sequence[str]],
) -> None:
    from tiltaksvakt.cli.table import table

    if not rows:
        print(workspace.say("why.nothing"))
        return
    nobody = workspace.say("why.nobody")
    lines = [[row["person"] or nobody, row["unit"], row["measure"], row["why"]] for row in rows]
    if plans:
        lines = [[person, plan, *rest] for (person, *rest), plan in zip(lines, plans, strict=True)]
    columns = workspace.say("why.columns_of_plans" if plans else "why.columns").split("|")
    print(table(columns, lines))
    print()
    for not_before, names in goes_out.items():
        print(workspace.say("why.goes_out", at=not_before, names=names))
