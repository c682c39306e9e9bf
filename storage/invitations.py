"""Invitations: the only way in. A link works once, for a while, and only its hash is stored."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage import audit, people
from storage.ids import id_of
from storage.tables import Invitation, Person, Unit

LIFETIME = timedelta(days=14)
TOKEN_BYTES = 24


class InvitationRefused(Refused):
    """The link does not open: `code` is "unknown", "used" or "expired"."""


@dataclass(frozen=True)
class Issued:
    """A fresh invitation. `token` exists only here: 32 characters that fit a Telegram start parameter (64 at most)."""

    token: str
    expires_at: datetime

    def link(self, bot_username: str) -> str:
        """The deep link that opens the chat with the token (https://core.telegram.org/bots/features#deep-linking)."""
        return f"https://t.me/{bot_username}?start={self.token}"


async def issue(
    session: AsyncSession,
    *,
    role: people.Role,
    name: str,
    unit_id: int | None,
    deputy: bool = False,
    created_by: int | None,
    actor: audit.Actor,
    at: datetime,
) -> Issued:
    """Make an invitation for a role; a leader's names the unit, and says whether it is for the leader's deputy."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = Invitation(
        token_hash=_hash(token),
        role=role.value,
        name=name,
        unit_id=unit_id,
        deputy=deputy,
        created_at=at,
        created_by_id=created_by,
        expires_at=at + LIFETIME,
    )
    session.add(row)
    await session.flush()
    after = {"role": role.value, "unit_id": unit_id} | ({"deputy": True} if deputy else {})
    audit.record(session, actor, at, "invited", "invitation", id_of(row), after=after)
    return Issued(token, row.expires_at)


async def accept(session: AsyncSession, token: str, chat_id: int, language: str, at: datetime) -> Person:
    """Use an invitation up and let its holder in. Raises `InvitationRefused`; of two at once, one gets in."""
    # Locked before anybody is let in: whoever answers a refusal commits what was done until then.
    found = await session.exec(select(Invitation).where(Invitation.token_hash == _hash(token)).with_for_update())
    row = found.first()
    if row is None:
        raise InvitationRefused("unknown")
    if row.used_at is not None:
        raise InvitationRefused("used")
    if row.expires_at <= at:
        raise InvitationRefused("expired")
    role, kind = people.Role(row.role), "deputy" if row.deputy else "leader"
    person = await people.join(session, chat_id, row.name, role, row.unit_id, language, at, kind=kind)
    row.used_at, row.used_by_id = at, id_of(person)
    await session.flush()
    return person


async def open_ones(session: AsyncSession, at: datetime) -> list[tuple[Invitation, str | None]]:
    """The invitations that can still be used, newest first, with the names of their units."""
    rows = await session.exec(
        select(Invitation, Unit.name)
        .join(Unit, col(Unit.id) == col(Invitation.unit_id), isouter=True)
        .where(col(Invitation.used_at).is_(None), col(Invitation.expires_at) > at)
        .order_by(col(Invitation.id).desc())
    )
    return list(rows)


async def revoke(session: AsyncSession, invitation_id: int, *, actor: audit.Actor, at: datetime) -> str | None:
    """Take an invitation back; returns the name it was for, or None where it has been used or is gone."""
    found = await session.exec(select(Invitation).where(Invitation.id == invitation_id).with_for_update())
    row = found.first()
    if row is None or row.used_at is not None:
        return None
    name = row.name
    await session.delete(row)
    audit.record(session, actor, at, "revoked", "invitation", invitation_id)
    await session.flush()
    return name


async def used_by_chat(session: AsyncSession, token: str, chat_id: int) -> bool:
    """Whether this token let in the very person who shows it again, by pressing an old link."""
    row = await session.exec(
        select(Invitation.id)
        .join(Person, col(Person.id) == col(Invitation.used_by_id))
        .where(Invitation.token_hash == _hash(token), Person.chat_id == chat_id)
    )
    return row.first() is not None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
