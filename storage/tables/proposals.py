"""What units propose with an answer and the office decides on: a new deadline, or that a measure lapses."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import JSON_VALUE, check, one_of, owned_by

PROPOSAL_KINDS = ("deadline", "closing")
PROPOSAL_STATES = ("open", "approved", "rejected", "withdrawn")


class Proposal(SQLModel, table=True):
    """A proposal that came with an answer. A measure has one open at a time; an answer brings one at most.

    `deadline_text` is the phrase as it was written, `deadline` what was understood of it
    (`plan.deadline.Deadline.to_json`) and `due_on` its day. `replaced_text` and `replaced_on` are the deadline that
    an approval took the place of, and its day. `reason` is why it was turned down.
    """

    __table_args__ = (
        one_of("kind", PROPOSAL_KINDS),
        one_of("state", PROPOSAL_STATES),
        check("(kind = 'deadline') = (deadline IS NOT NULL)", "deadline_is_understood"),
        check("(kind = 'deadline') = (deadline_text IS NOT NULL)", "deadline_has_its_words"),
        check("(kind = 'deadline') = (due_on IS NOT NULL)", "deadline_has_its_day"),
        check("(state = 'open') = (decided_at IS NULL)", "decided_when"),
        check("(state IN ('approved', 'rejected')) = (decided_by_id IS NOT NULL)", "decided_by_somebody"),
        check("(state = 'rejected') = (reason IS NOT NULL)", "turned_down_for_a_reason"),
        Index(
            "ix_proposal_open",
            "measure_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(sa_column=owned_by("measure"))
    reply_id: int = Field(foreign_key="status_reply.id", unique=True)
    kind: str
    deadline_text: str | None = None
    deadline: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)
    due_on: date | None = None
    made_by_id: int = Field(foreign_key="person.id", index=True)
    made_at: datetime
    state: str = "open"
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = None
    reason: str | None = None
    replaced_text: str | None = None
    replaced_on: date | None = None
