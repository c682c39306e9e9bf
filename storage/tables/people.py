"""Units, the people who answer for them, and the invitations they come in by."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import check, one_of, owned_by

ROLES = ("admin", "office", "leader")
MEMBERSHIP_KINDS = ("leader", "deputy")


class Unit(SQLModel, table=True):
    """An organisational unit. `key` is the case-folded name, so that "nav" and "NAV" are one unit.

    One that is archived stays for what it has answered. `merged_into_id` is the unit that took over: its name then
    leads there.
    """

    __table_args__ = (check("superior_id <> id", "not_its_own_superior"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    key: str = Field(max_length=200, unique=True)
    superior_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    external: bool = False
    archived_at: datetime | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="unit.id")


class Person(SQLModel, table=True):
    """Somebody who may use the bot. Roles: admin and office are flags; a leader is one by membership.

    `chat_id` is the Telegram chat the bot writes to. It is unique among those who are there, and empty for a
    person who has left.
    """

    __table_args__ = (check("gone_at IS NULL OR chat_id IS NULL", "gone_has_no_chat"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    chat_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    language: str = Field(default="nb", max_length=8)
    is_admin: bool = False
    is_office: bool = False
    joined_at: datetime
    blocked_at: datetime | None = None
    gone_at: datetime | None = None


class Membership(SQLModel, table=True):
    """A person answers for a unit, as its leader or as the leader's deputy."""

    __table_args__ = (UniqueConstraint("person_id", "unit_id"), one_of("kind", MEMBERSHIP_KINDS))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(sa_column=owned_by("person"))
    unit_id: int = Field(sa_column=owned_by("unit"))
    kind: str = "leader"


class Invitation(SQLModel, table=True):
    """A single-use link. Only the SHA-256 of the token is stored."""

    __table_args__ = (
        one_of("role", ROLES),
        check("(role = 'leader') = (unit_id IS NOT NULL)", "leader_has_unit"),
        check("NOT deputy OR unit_id IS NOT NULL", "deputy_has_unit"),
        check("(used_at IS NULL) = (used_by_id IS NULL)", "used_by_somebody"),
        check("expires_at > created_at", "expires_later"),
    )

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    role: str
    name: str = Field(max_length=200)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    deputy: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    created_at: datetime
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime
    used_at: datetime | None = None
    used_by_id: int | None = Field(default=None, foreign_key="person.id")
