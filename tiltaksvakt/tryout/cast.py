"""Who is in the chats of the page: one of the office, one admin, and a leader for each unit that is chosen."""

from enum import StrEnum

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from storage import units
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, Unit

EXAMPLE_UNIT = "SLT-koordinator"
OFFICE_CHAT, ADMIN_CHAT, FIRST_LEADER_CHAT = 1001, 1002, 2000


class Seat(StrEnum):
    """One of the three chat windows."""

    LEADER = "leader"
    OFFICE = "office"
    ADMIN = "admin"


ROLES = {Seat.LEADER: Role.LEADER, Seat.OFFICE: Role.OFFICE, Seat.ADMIN: Role.ADMIN}


def chat_of(seat: Seat, unit_id: int | None) -> int:
    """The id of the chat in a window; that of the leader is one for each unit."""
    if seat is Seat.LEADER:
        return FIRST_LEADER_CHAT + (unit_id or 0)
    return OFFICE_CHAT if seat is Seat.OFFICE else ADMIN_CHAT


def name_of(seat: Seat, unit: str | None, language: str) -> str:
    """What the person in a window is called; `unit` is the name of the leader's."""
    data = {"unit": unit} if seat is Seat.LEADER else {}
    return templates.words.say(f"tryout.{seat.value}", language=language, **data)


async def units_to_lead(session: AsyncSession) -> list[Unit]:
    """The units that can be asked, by name."""
    return [unit for unit in await units.everyone(session) if not unit.external]


async def first_to_lead(session: AsyncSession) -> int | None:
    """The unit of the example whose leader one is at first, else the one with the most measures; None without units."""
    found = await units_to_lead(session)
    for unit in found:
        if unit.name == EXAMPLE_UNIT:
            return unit.id
    many = select(col(Measure.owner_id), func.count()).where(col(Measure.archived_at).is_(None))
    by_unit = dict((await session.exec(many.group_by(col(Measure.owner_id)))).all())
    return max((id_of(unit) for unit in found), key=lambda unit_id: by_unit.get(unit_id, 0), default=None)
