"""What the office does about answers and missing ones: it nags, calls off, asks back, edits, notes how it was said."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import check, one_of, owned_by

HOW_SAID = ("phone", "mail", "meeting")
EDITS = ("released", "edited", "withdrawn")
QUESTION_CLOSED_BECAUSE = ("answered", "called_off")
ABOUT_ONE = "(request_id IS NULL) <> (question_id IS NULL)"


def _part_of(table: str) -> Column[int]:
    """A foreign key that may be empty, to the row this one goes with."""
    return Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=True, index=True)


class ReplyOrigin(SQLModel, table=True):
    """How and when a unit said what the office wrote down for it."""

    __tablename__ = "reply_origin"
    __table_args__ = (UniqueConstraint("reply_id"), one_of("how", HOW_SAID))

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(sa_column=owned_by("status_reply"))
    how: str | None = None
    said_on: date | None = None


class ReportTextEdit(SQLModel, table=True):
    """One thing that was done to the report text of an answer: what the council could read from then on, and by whom.

    released: the unit's own words. edited: the office's. withdrawn: nothing.
    """

    __tablename__ = "report_text_edit"
    __table_args__ = (
        one_of("action", EDITS),
        check("(action = 'withdrawn') = (text IS NULL)", "withdrawn_has_no_text"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(sa_column=owned_by("status_reply"))
    action: str
    text: str | None = Field(default=None, sa_type=Text)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime


class QuestionBack(SQLModel, table=True):
    """What the office asks a unit about its answer. Open until the unit answers anew; the answer stands meanwhile."""

    __tablename__ = "question_back"
    __table_args__ = (
        one_of("closed_because", QUESTION_CLOSED_BECAUSE),
        check("(closed_at IS NULL) = (closed_because IS NULL)", "closed_for_a_reason"),
        Index(
            "ix_question_back_open",
            "measure_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(sa_column=owned_by("status_reply"))
    measure_id: int = Field(sa_column=owned_by("measure"))
    text: str = Field(sa_type=Text)
    asked_by_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
    closed_at: datetime | None = None
    closed_because: str | None = None


class Nag(SQLModel, table=True):
    """The office reminds a unit itself of what it has not answered: once a day for each thing."""

    __table_args__ = (
        UniqueConstraint("request_id", "day"),
        UniqueConstraint("question_id", "day"),
        check(ABOUT_ONE, "about_one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    request_id: int | None = Field(default=None, sa_column=_part_of("status_request"))
    question_id: int | None = Field(default=None, sa_column=_part_of("question_back"))
    day: date
    by_id: int = Field(foreign_key="person.id", index=True)
    at: datetime


class CallOff(SQLModel, table=True):
    """The office does not want an answer any more, and why."""

    __tablename__ = "call_off"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("question_id"), check(ABOUT_ONE, "about_one"))

    id: int | None = Field(default=None, primary_key=True)
    request_id: int | None = Field(default=None, sa_column=_part_of("status_request"))
    question_id: int | None = Field(default=None, sa_column=_part_of("question_back"))
    reason: str = Field(sa_type=Text)
    by_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
