"""Plan documents that somebody is reviewing in the chat, or has."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import JSON_VALUE, check, one_of, part_of

IMPORT_STATES = ("open", "imported", "dropped")


class PlanImport(SQLModel, table=True):
    """A document as it was read, with what a person decided about its doubts. A person has one open at a time.

    `plan_id` is the plan it became, and `person_id` is null where somebody at the command line decided. `draft` is
    `plan.draft.Draft` as JSON, `questions` are `plan.question.Question`, and `decisions` are
    `plan.decision.Decision` by the place of the question. `inbox_id` is the update the document came with, so that
    reading it again stores nothing twice; the inbox forgets its rows and never uses a number again.
    """

    __tablename__ = "plan_import"
    __table_args__ = (
        one_of("state", IMPORT_STATES),
        check("(state = 'open') = (ended_at IS NULL)", "ended_when"),
        Index(
            "ix_plan_import_open",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(sa_column=part_of("person"))
    plan_id: int | None = Field(default=None, foreign_key="plan.id", index=True)
    inbox_id: int | None = Field(default=None, unique=True)
    file_name: str = Field(max_length=255)
    draft: dict[str, Any] = Field(sa_type=JSON_VALUE)
    questions: list[Any] = Field(default_factory=list, sa_type=JSON_VALUE)
    decisions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_VALUE)
    state: str = "open"
    begun_at: datetime
    ended_at: datetime | None = None
