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
from storage.tables import Invitation, Person

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
    created_by: int | None,
    actor: audit.Actor,
    at: datetime,
) -> Issued:
    """Make an invitation for a role; a leader's names the unit."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = Invitation(
        token_hash=_hash(token),
        role=role.value,
        name=name,
        unit_id=unit_id,
        created_at=at,
        created_by_id=created_by,
        expires_at=at + LIFETIME,
    )
    session.add(row)
    await session.flush()
    after = {"role": role.value, "unit_id": unit_id}
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
    person = await people.join(session, chat_id, row.name, people.Role(row.role), row.unit_id, language, at)
    row.used_at, row.used_by_id = at, id_of(person)
    await session.flush()
    return person


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
