"""Rounds, the requests they send, the reminders that were taken up, and the answers."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plan.status import Status
from storage.tables.schema import check, one_of, owned_by

REASONS = ("round", "lead", "due")
CLOSED_BECAUSE = ("answered", "called_off", "measure_closed", "round_closed", "owner_changed")
ROUND_STATES = ("planned", "open", "closed")


class Round(SQLModel, table=True):
    """One plan's status round for one year, counted backwards from the first meeting of the case route.

    `own_reply_by` is the reply-by date where somebody has set another than the one counted back to. A round that was
    called off is closed, and nothing opens it but taking it up again.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "year"),
        one_of("state", ROUND_STATES),
        check("opens_on < reply_by AND reply_by < meeting_on", "dates_in_order"),
        check("state <> 'closed' OR next_on IS NULL", "closed_has_no_next"),
        Index(
            "ix_round_next_on",
            "next_on",
            sqlite_where=text("next_on IS NOT NULL"),
            postgresql_where=text("next_on IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    year: int
    state: str = "planned"
    body: str
    meeting_on: date
    provisional: bool
    opens_on: date
    halfway_on: date
    reply_by: date
    office_from: date
    papers_on: date
    next_on: date | None = None
    own_reply_by: date | None = None
    called_off_at: datetime | None = None


class RoundStep(SQLModel, table=True):
    """A step of a round that has been taken; unique, so that it is taken once."""

    __tablename__ = "round_step"
    __table_args__ = (UniqueConstraint("round_id", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(sa_column=owned_by("round"))
    step: str = Field(max_length=40)
    at: datetime


class StatusRequest(SQLModel, table=True):
    """One question to one unit about one measure, open until it is closed.

    `due_on` is the measure's due date it is about, none for a round. `anchor_on` is the day the steps count from: the
    round's reply-by date, or the due date, or the day it was asked where that came later. `put_off_until`: the unit has
    asked to hear nothing about it before that day; what goes up a level goes up all the same.
    `part`: the unit is asked for its own part of the measure; another answers for the whole. A unit is asked once
    about a round or a due date, so that one that takes over the measure is asked for the whole in the same row.
    """

    __tablename__ = "status_request"
    __table_args__ = (
        UniqueConstraint("round_id", "measure_id", "unit_id"),
        UniqueConstraint("occurrence_id", "reason", "unit_id"),
        one_of("reason", REASONS),
        one_of("closed_because", CLOSED_BECAUSE),
        check("(reason = 'round') = (round_id IS NOT NULL)", "round_has_round"),
        check("(reason <> 'round') = (occurrence_id IS NOT NULL)", "deadline_has_occurrence"),
        check("(occurrence_id IS NULL) = (due_on IS NULL)", "occurrence_has_due_date"),
        check("(closed_at IS NULL) = (closed_because IS NULL)", "closed_for_a_reason"),
        check("closed_at IS NULL OR next_on IS NULL", "closed_has_no_next"),
        check("level >= 0", "level_not_negative"),
        Index(
            "ix_status_request_next_on",
            "next_on",
            sqlite_where=text("next_on IS NOT NULL"),
            postgresql_where=text("next_on IS NOT NULL"),
        ),
        Index(
            "ix_status_request_open",
            "unit_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(sa_column=owned_by("measure"))
    unit_id: int = Field(foreign_key="unit.id", index=True)
    part: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    reason: str
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id", index=True)
    due_on: date | None = None
    anchor_on: date

    @property
    def about_on(self) -> date:
        """The day the request is about: the measure's due date, or the round's reply-by date."""
        return self.due_on or self.anchor_on

    opened_at: datetime
    steps_taken: int = 0
    put_off_until: date | None = None
    level: int = 0
    next_on: date | None = None
    closed_at: datetime | None = None
    closed_because: str | None = None


class Reminder(SQLModel, table=True):
    """A step of a request that was due and has been taken up; unique, so that it is taken up once."""

    __table_args__ = (UniqueConstraint("request_id", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(sa_column=owned_by("status_request"))
    step: str = Field(max_length=40)
    due_on: date
    at: datetime


class Escalation(SQLModel, table=True):
    """A request that went up a level: to a superior unit, or to the office (no unit)."""

    __table_args__ = (UniqueConstraint("request_id", "level"), check("level > 0", "level_positive"))

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(sa_column=owned_by("status_request"))
    level: int
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    at: datetime


class StatusReply(SQLModel, table=True):
    """One answer about one measure. Never changed: a correction is a new one that supersedes it.

    `unit_id` is the unit the answer speaks for; `on_behalf` says that the office wrote it down for the unit.
    `inbox_id` is the update that made it: running an update twice stores nothing twice. `part`: it is about the unit's
    own part, and says nothing of the measure's status.
    """

    __tablename__ = "status_reply"
    __table_args__ = (
        one_of("status", Status),
        UniqueConstraint("supersedes_id"),
        UniqueConstraint("inbox_id"),
        check("supersedes_id <> id", "not_its_own_correction"),
        Index("ix_status_reply_measure_id_at", "measure_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    on_behalf: bool = False
    part: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    status: str
    comment: str | None = None
    at: datetime
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    supersedes_id: int | None = Field(default=None, foreign_key="status_reply.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")


class ReportText(SQLModel, table=True):
    """What the council reads about an answer: the comment as the office released or edited it.

    `told_at`: when whoever gave the answer was told of the office's edit.
    """

    __tablename__ = "report_text"
    __table_args__ = (UniqueConstraint("reply_id"),)

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(sa_column=owned_by("status_reply"))
    text: str
    released_by_id: int = Field(foreign_key="person.id")
    released_at: datetime
    told_at: datetime | None = None
