"""`tiltaksvakt tick`: one pass of the scheduler as of a time."""

import json
from collections.abc import Sequence
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
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _show(workspace, rows)


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


def _show(workspace: Workspace, rows: Sequence[dict[str, Any]]) -> None:
    from tiltaksvakt.cli.table import table

    if not rows:
        print(workspace.say("why.nothing"))
        return
    columns = workspace.say("why.columns").split("|")
    print(table(columns, [(row["person"], row["unit"], row["measure"], row["why"]) for row in rows]))
