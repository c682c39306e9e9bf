"""`tiltaksvakt unit`: the units of the municipality and who is above whom."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from tiltaksvakt.cli import values
from tiltaksvakt.cli.workspace import Workspace, in_workspace


def unit_set(
    name: Annotated[str, typer.Argument()],
    superior: Annotated[str | None, typer.Option("--superior")] = None,
    external: Annotated[bool | None, typer.Option("--external/--internal")] = None,
) -> None:
    """Make a unit, or change the one of this name."""
    label = values.name(name)
    above = None if superior is None else values.name(superior)
    in_workspace(lambda workspace: _set(workspace, label, above, external))


def unit_list() -> None:
    """The units, one per line."""
    in_workspace(_list)


COMMANDS: dict[str, Callable[..., Any]] = {"set": unit_set, "list": unit_list}


async def _set(workspace: Workspace, name: str, superior: str | None, external: bool | None) -> None:
    from storage import units
    from storage.audit import COMMAND_LINE

    async with workspace.database.write() as session:
        unit = await units.set_unit(
            session, name, superior=superior, external=external, actor=COMMAND_LINE, at=workspace.now()
        )
        above = {row.id: row.name for row in await units.everyone(session)}.get(unit.superior_id)
    print(workspace.say("unit.saved", name=unit.name, superior=above, external=unit.external))


async def _list(workspace: Workspace) -> None:
    from storage import directory
    from tiltaksvakt.cli.table import table

    async with workspace.database.read() as session:
        people = await directory.read(session)
    if not people.units:
        print(workspace.say("unit.nothing"))
        return
    external = workspace.say("unit.is_external")
    rows = [
        (
            unit.name,
            people.units[unit.superior_id].name if unit.superior_id else None,
            external if unit.external else None,
            ", ".join(people.people[person_id].name for person_id in people.asked(unit_id)),
        )
        for unit_id, unit in sorted(people.units.items(), key=lambda item: item[1].key)
    ]
    print(table(workspace.say("unit.columns").split("|"), rows))
