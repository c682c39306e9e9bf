"""The days on which a plan is to be evaluated, reviewed, revised and the like, and what was said about them."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plan.reporting_days import KINDS, Basis
from storage.tables.schema import check, one_of, owned_by

DAY_CLOSED_BECAUSE = ("done", "not_promised")


class ReportingDay(SQLModel, table=True):
    """The last day for something a plan is to undergo; `next_on` is the day it next concerns the scheduler.

    `promised_on` is the day by the plan's words or the law, and `due_on` the one it is kept on: the same, until
    somebody moves it. `text` is the plan's own, empty where it has none. Steps that lie before `counts_from` are over,
    whether anything was said at them or not: the plan came later, or the day was moved. `done_by_id`: who said that it
    is done.
    """

    __tablename__ = "reporting_day"
    __table_args__ = (
        UniqueConstraint("plan_id", "kind", "promised_on"),
        one_of("kind", KINDS),
        one_of("basis", Basis),
        one_of("closed_because", DAY_CLOSED_BECAUSE),
        check("(closed_on IS NULL) = (closed_because IS NULL)", "closed_for_a_reason"),
        check("closed_on IS NULL OR next_on IS NULL", "closed_has_no_next"),
        check("done_by_id IS NULL OR (closed_because IS NOT NULL AND closed_because = 'done')", "done_by_somebody"),
        Index(
            "ix_reporting_day_next_on",
            "next_on",
            sqlite_where=text("next_on IS NOT NULL"),
            postgresql_where=text("next_on IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    kind: str
    promised_on: date
    due_on: date
    basis: str
    text: str = ""
    counts_from: date
    steps_taken: int = 0
    next_on: date | None = None
    closed_on: date | None = None
    closed_because: str | None = None
    done_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class ReportingStep(SQLModel, table=True):
    """A step that was taken towards a reporting day, as it lay then; unique, so that it is taken once."""

    __tablename__ = "reporting_step"
    __table_args__ = (UniqueConstraint("reporting_day_id", "due_on", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    reporting_day_id: int = Field(sa_column=owned_by("reporting_day"))
    due_on: date
    step: str = Field(max_length=40)
    at: datetime
