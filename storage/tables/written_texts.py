"""What people write for a report itself, every version of it."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.schema import check, one_of, owned_by

KINDS = ("summary", "assessment", "decision", "unit")


class WrittenText(SQLModel, table=True):
    """A text for a year's report: the office's, or a unit's paragraph about its part of the plan.

    Never changed: what is written later stands in place of what was written before. Without a text it is taken back.
    A unit's paragraph is internal until somebody of the office releases it.
    """

    __tablename__ = "written_text"
    __table_args__ = (
        one_of("kind", KINDS),
        check("(kind = 'unit') = (unit_id IS NOT NULL)", "unit_text_has_unit"),
        check("(released_at IS NULL) = (released_by_id IS NULL)", "released_by_somebody"),
        UniqueConstraint("inbox_id"),
        Index("ix_written_text_plan_id_year", "plan_id", "year"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    year: int
    kind: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    text: str | None = Field(default=None, sa_type=Text)
    author_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    released_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    released_at: datetime | None = None
