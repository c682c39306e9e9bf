"""/inviter: an admin lets somebody in by a single-use link, which is a picture as well; and takes one back."""

from bot.answers import Button
from bot.commands.lists import paged
from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import find
from bot.tasks.invitations import MOST_NAME, OF_UNIT, ROLES, send
from bot.turn import Turn, shorten
from storage import invitations, units

LIST_WORDS = {"liste", "åpne", "opne"}


async def invite(turn: Turn, words: str) -> None:
    """`/inviter leder <name>, <unit>`, `/inviter kontor <name>`, `/inviter liste`; without words, step by step."""
    if not words:
        await wizard.begin(turn, "invite")
        return
    if words.lower() in LIST_WORDS:
        await _list(turn, 0)
        return
    role_word, _, rest = words.partition(" ")
    role = ROLES.get(role_word.lower())
    name, unit_name = _name_and_unit(rest, role)
    if role is None or not 1 <= len(name) <= MOST_NAME or (role in OF_UNIT and not unit_name):
        turn.say("invitation.usage")
        return
    unit = await units.by_name(turn.session, unit_name) if unit_name else None
    if unit_name and unit is None:
        near = await find.near_units(turn, unit_name)
        turn.say("invitation.unknown_unit", name=shorten(unit_name), near=near)
    elif unit is not None and unit.external:
        turn.say("invitation.external_unit", name=unit.name)
    else:
        await send(turn, role, name, unit)


def _name_and_unit(rest: str, role: str | None) -> tuple[str, str]:
    """The line of a leader or a deputy ends with the unit, after the last comma."""
    if role not in OF_UNIT:
        return rest.strip(), ""
    name, _, unit = rest.rpartition(",")
    return name.strip(), unit.strip()


async def to_unit(turn: Turn, data: str) -> None:
    """Invite somebody to answer for a unit: <unit>."""
    unit_id = number(data)
    unit = await units.by_id(turn.session, unit_id) if unit_id else None
    if unit is None or unit.archived_at is not None or unit.external:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await wizard.begin(turn, "invite", {"unit": unit_id}, anew=True)


async def list_chosen(turn: Turn, data: str) -> None:
    """The invitations that nobody has used yet: <page>."""
    await _list(turn, number(data) or 0)


async def _list(turn: Turn, page: int) -> None:
    rows = await invitations.open_ones(turn.session, turn.at)
    buttons = [Button(shorten(turn.word("button.revoke", name=row.name)), f"ir:{row.id}") for row, _unit in rows]
    turn.show("invitation.open", rows=rows, keyboard=paged(turn, buttons, page, "il"))


async def revoke(turn: Turn, data: str) -> None:
    """Take an invitation back: <invitation>."""
    found = number(data)
    name = await invitations.revoke(turn.session, found, actor=turn.actor, at=turn.at) if found else None
    if name is None:
        turn.toast("toast.invitation_gone", alert=True)
    else:
        turn.edit("invitation.revoked", name=name)
