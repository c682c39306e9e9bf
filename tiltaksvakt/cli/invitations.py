"""`tiltaksvakt invite`: a single-use link for one person."""

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace, in_workspace

if TYPE_CHECKING:
    from storage.invitations import Issued

ROLES = ("admin", "office", "leader")


def invite(
    role: Annotated[str, typer.Option("--role")],
    name: Annotated[str, typer.Option("--name")],
    unit: Annotated[str | None, typer.Option("--unit")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Make an invitation and print its link."""
    chosen = values.one_of(role, ROLES, "--role")
    label = values.name(name)
    if chosen == "leader" and unit is None:
        raise CommandRefused("invitation.leader_without_unit")
    if chosen != "leader" and unit is not None:
        raise CommandRefused("invitation.unit_without_leader")
    in_workspace(lambda workspace: _invite(workspace, chosen, label, unit, as_json))


async def _invite(workspace: Workspace, role: str, name: str, unit: str | None, as_json: bool) -> None:
    unit_id = None if unit is None else await _unit_id(workspace, unit)
    issued, link = await issue(workspace, role, name, unit_id)
    if as_json:
        print(
            json.dumps(
                {"link": link, "token": issued.token, "expires_at": issued.expires_at.isoformat()}, ensure_ascii=False
            )
        )
        return
    print(link)
    print(workspace.say("invitation.made", name=name, unit=unit, role=role, expires_at=issued.expires_at))


async def issue(workspace: Workspace, role: str, name: str, unit_id: int | None) -> tuple["Issued", str]:
    """Write an invitation; it and its link. Raises `Refused` where the bot's name is not to be had."""
    from storage import invitations
    from storage.audit import COMMAND_LINE
    from storage.people import Role
    from tiltaksvakt.bot_name import username_of

    bot = await username_of(workspace.settings, workspace.database)
    async with workspace.database.write() as session:
        issued = await invitations.issue(
            session,
            role=Role(role),
            name=name,
            unit_id=unit_id,
            created_by=None,
            actor=COMMAND_LINE,
            at=workspace.now(),
        )
    return issued, issued.link(bot)


async def _unit_id(workspace: Workspace, name: str) -> int:
    """The unit of a name. Raises `CommandRefused` where there is none, or nobody here can answer for it."""
    from storage import units
    from storage.ids import id_of

    label = values.name(name)
    async with workspace.database.read() as session:
        unit = await units.by_name(session, label)
        known = {row.key: row.name for row in await units.everyone(session) if not row.external}
    if unit is None:
        close = get_close_matches(units.key_of(label), known, n=3, cutoff=0.4)
        raise CommandRefused("invitation.unknown_unit", unit=label, nearest=[known[key] for key in close])
    if unit.external:
        raise CommandRefused("invitation.external_unit", unit=unit.name)
    return id_of(unit)
