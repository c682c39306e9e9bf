"""/inviter: an admin lets somebody in by a single-use link."""

from bot.commands.measure_admin import near_units
from bot.turn import Turn, shorten
from storage import invitations, units
from storage.people import Role

ROLES = {
    "leder": Role.LEADER,
    "leiar": Role.LEADER,
    "kontor": Role.OFFICE,
    "kontoret": Role.OFFICE,
    "admin": Role.ADMIN,
}
MAX_NAME = 200


async def invite(turn: Turn, words: str) -> None:
    """`/inviter leder <name>, <unit>`, `/inviter kontor <name>`, `/inviter admin <name>`."""
    role_word, _, rest = words.partition(" ")
    role = ROLES.get(role_word.lower())
    name, unit_name = _name_and_unit(rest, role)
    if role is None or not 1 <= len(name) <= MAX_NAME or (role is Role.LEADER and not unit_name):
        turn.say("invitation.usage")
        return
    unit = await units.by_name(turn.session, unit_name) if unit_name else None
    if unit_name and unit is None:
        turn.say("invitation.unknown_unit", name=shorten(unit_name), near=await near_units(turn, unit_name))
        return
    if unit is not None and unit.external:
        turn.say("invitation.external_unit", name=unit.name)
        return
    issued = await invitations.issue(
        turn.session,
        role=role,
        name=name,
        unit_id=unit.id if unit else None,
        created_by=turn.person_id,
        actor=turn.actor,
        at=turn.at,
    )
    turn.say(
        "invitation.issued",
        name=name,
        role=role.value,
        unit=unit.name if unit else None,
        link=issued.link(turn.house.bot_username),
        expires_at=issued.expires_at,
    )


def _name_and_unit(rest: str, role: Role | None) -> tuple[str, str]:
    """A leader's line ends with the unit, after the last comma."""
    if role is not Role.LEADER:
        return rest.strip(), ""
    name, _, unit = rest.rpartition(",")
    return name.strip(), unit.strip()
