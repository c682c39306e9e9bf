"""Letting somebody in: a role, a unit for those who answer for one, and a name."""

from typing import Any

from bot.qr import png_of
from bot.tasks import find
from bot.tasks.task import Answers, Choice, Step, Task, one_of, text
from bot.turn import Turn
from storage import invitations
from storage.people import Role
from storage.tables import Unit

MOST_NAME = 200
LEADER, DEPUTY, OFFICE, ADMIN = "leader", "deputy", "office", "admin"
ROLES = {
    "leder": LEADER,
    "leiar": LEADER,
    "stedfortreder": DEPUTY,
    "kontor": OFFICE,
    "kontoret": OFFICE,
    "admin": ADMIN,
    "administrator": ADMIN,
    LEADER: LEADER,
    DEPUTY: DEPUTY,
    OFFICE: OFFICE,
}
OF_UNIT = {LEADER, DEPUTY}
STORED = {LEADER: Role.LEADER, DEPUTY: Role.LEADER, OFFICE: Role.OFFICE, ADMIN: Role.ADMIN}


async def _roles(turn: Turn, answers: Answers) -> list[Choice]:
    """What somebody can be; for a unit that is chosen already, its leader or the leader's deputy."""
    codes = (LEADER, DEPUTY) if "unit" in answers else (LEADER, DEPUTY, OFFICE, ADMIN)
    return [Choice(code, turn.word(f"role.{code}")) for code in codes]


async def _has_unit(_turn: Turn, answers: Answers) -> bool:
    return answers["role"] in OF_UNIT


async def _invite(turn: Turn, answers: Answers) -> None:
    unit = await find.unit(turn, answers["unit"]) if answers["role"] in OF_UNIT else None
    await send(turn, answers["role"], answers["name"], unit)


async def send(turn: Turn, role: str, name: str, unit: Unit | None) -> None:
    """Make an invitation, and answer with its link and the link as a picture."""
    issued = await invitations.issue(
        turn.session,
        role=STORED[role],
        name=name,
        unit_id=unit.id if unit else None,
        deputy=role == DEPUTY,
        created_by=turn.person_id,
        actor=turn.actor,
        at=turn.at,
    )
    link = issued.link(turn.house.bot_username)
    shown: dict[str, Any] = {"name": name, "role": role, "unit": unit.name if unit else None}
    turn.send_photo("invitation.issued", png_of(link), link=link, expires_at=issued.expires_at, **shown)


TASKS = (
    Task(
        "invite",
        (
            Step("role", "invitation.ask_role", one_of(ROLES), _roles),
            Step("unit", "invitation.ask_unit", find.take_internal, find.internal_choices, needed=_has_unit),
            Step("name", "invitation.ask_name", text(MOST_NAME)),
        ),
        _invite,
    ),
)
