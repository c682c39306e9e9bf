"""Whether the result targets of a plan have been reached, as units and the office have said."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import check, one_of, owned_by

ATTAINMENTS = ("attained", "partly_attained", "not_attained")


class Attainment(SQLModel, table=True):
    """One assessment of one result target, with its reason. Never changed: another one supersedes it.

    `target` is the target in the plan's own words, so that the assessment stays with it when a new version of the plan
    is read. `unit_id` is the unit it speaks for, none where the office itself assesses; `on_behalf`: the office wrote
    it down for the unit. `inbox_id` is the update that made it.
    """

    __table_args__ = (
        one_of("value", ATTAINMENTS),
        check("length(reason) > 0", "has_a_reason"),
        check("on_behalf = false OR unit_id IS NOT NULL", "on_behalf_of_a_unit"),
        check("supersedes_id <> id", "not_its_own_correction"),
        UniqueConstraint("supersedes_id"),
        UniqueConstraint("inbox_id"),
        Index("ix_attainment_goal_id_at", "goal_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(sa_column=owned_by("goal"))
    target: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    on_behalf: bool = False
    value: str
    reason: str
    at: datetime
    supersedes_id: int | None = Field(default=None, foreign_key="attainment.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")


class TargetAsk(SQLModel, table=True):
    """That units have been asked whether a plan's result targets have been reached, outside its last round.

    One a plan: `asked_on` is the day its steps count from, and `next_on` the day it next concerns the scheduler. It is
    over on `closed_on`; asking anew begins it again.
    """

    __tablename__ = "target_ask"
    __table_args__ = (
        UniqueConstraint("plan_id"),
        check("closed_on IS NULL OR next_on IS NULL", "closed_has_no_next"),
        Index(
            "ix_target_ask_next_on",
            "next_on",
            sqlite_where=text("next_on IS NOT NULL"),
            postgresql_where=text("next_on IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    asked_on: date
    steps_taken: int = 0
    next_on: date | None = None
    closed_on: date | None = None
