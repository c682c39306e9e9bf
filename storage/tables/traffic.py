"""What crosses the border of the process: the inbox, the outbox, and where each conversation stands."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import JSON_VALUE, check, one_of, owned_by

INBOX_STATES = ("new", "answering", "done", "set_aside")
OUTBOX_STATES = ("waiting", "claimed", "sent", "dropped", "failed")


class InboxRow(SQLModel, table=True):
    """A Telegram update, written before Telegram is told that we have it.

    new: to be handled. answering: the effects are committed and `answers` must still be sent. done: nothing is
    left, and payload, answers and chat are emptied. set_aside: given up after three tries.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        one_of("state", INBOX_STATES),
        Index(
            "ix_inbox_open",
            "id",
            sqlite_where=text("state IN ('new', 'answering')"),
            postgresql_where=text("state IN ('new', 'answering')"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    payload: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)
    answers: list[Any] | None = Field(default=None, sa_type=JSON_VALUE)
    received_at: datetime
    state: str = "new"
    attempts: int = 0
    next_attempt_at: datetime | None = None
    problem: str | None = None


class OutboxRow(SQLModel, table=True):
    """Something the bot says on its own initiative to a person. Unique per person, day and kind."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "kind"),
        one_of("state", OUTBOX_STATES),
        check("(state = 'claimed') = (claimed_at IS NOT NULL)", "claimed_when"),
        check("(state = 'sent') = (sent_at IS NOT NULL)", "sent_when"),
        Index(
            "ix_outbox_open",
            "not_before",
            sqlite_where=text("state IN ('waiting', 'claimed')"),
            postgresql_where=text("state IN ('waiting', 'claimed')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(sa_column=owned_by("person"))
    day: date
    kind: str = Field(max_length=80)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_VALUE)
    written_at: datetime
    not_before: datetime
    state: str = "waiting"
    attempts: int = 0
    claimed_at: datetime | None = None
    resent: bool = False
    sent_at: datetime | None = None
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    problem: str | None = None


class Dialogue(SQLModel, table=True):
    """Where a person is in a conversation with the bot; a restart loses nothing of it."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    kind: str = Field(max_length=40)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_VALUE)
    updated_at: datetime
