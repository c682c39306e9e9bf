"""Goals and measures, what they cost and when they fall due."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plan.draft import CostKind, Funding
from storage.tables.schema import JSON_VALUE, check, one_of, owned_by


class Goal(SQLModel, table=True):
    """A goal of a plan; goals nest. One that a new version of the plan no longer has is archived.

    `owner_id` is the unit that says whether its result targets are reached, where an admin has chosen one; else it is
    the unit that follows up most of its measures.
    """

    __table_args__ = (UniqueConstraint("plan_id", "ref"), check("parent_id <> id", "not_its_own_parent"))

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    position: int
    ref: str = Field(max_length=40)
    title: str
    parent_id: int | None = Field(default=None, foreign_key="goal.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    archived_at: datetime | None = None


class ResultTarget(SQLModel, table=True):
    """A checkable target under a goal."""

    __tablename__ = "result_target"
    __table_args__ = (UniqueConstraint("goal_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(sa_column=owned_by("goal"))
    position: int
    text: str


class Measure(SQLModel, table=True):
    """A measure of a plan. `responsible` and `deadline_text` are the plan's own words.

    `deadline` is what was understood of the phrase (`plan.deadline.Deadline.to_json`). `owner_id` is the follow-up
    owner: the one internal unit that is asked. `merged_into_id` is the measure that took over for an archived one.
    `lead_days` are the days before a deadline on which the measure's unit is reminded, longest first; None: the plan's.
    `undecided` are codes of `plan.question.About`: what was asked when the plan was imported, and put off.

    Few measures have lead days of their own, and every pass asks for them: the partial index holds those alone.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "ref"),
        one_of("funding", Funding),
        Index(
            "ix_measure_own_lead_days",
            "plan_id",
            sqlite_where=text("lead_days IS NOT NULL"),
            postgresql_where=text("lead_days IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    position: int
    ref: str = Field(max_length=40)
    ref_is_ours: bool = False
    title: str
    description: str | None = None
    goal_id: int | None = Field(default=None, foreign_key="goal.id", index=True)
    responsible: str | None = None
    owner_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    deadline_text: str | None = None
    deadline: dict[str, Any] = Field(sa_type=JSON_VALUE)
    due_on: date | None = None
    funding: str = Funding.UNKNOWN
    priority: str | None = None
    also_affected: str | None = None
    category: str | None = None
    comment: str | None = None
    undecided: list[str] | None = Field(default=None, sa_type=JSON_VALUE)
    lead_days: list[int] | None = Field(default=None, sa_type=JSON_VALUE)
    archived_at: datetime | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="measure.id")


class MeasureUnit(SQLModel, table=True):
    """A unit that the plan names as responsible for a measure, in the plan's order."""

    __tablename__ = "measure_unit"
    __table_args__ = (UniqueConstraint("measure_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(sa_column=owned_by("measure"))
    unit_id: int = Field(sa_column=owned_by("unit"))
    position: int


class CostLine(SQLModel, table=True):
    """An amount of one kind in one year, in whole kroner; null where the plan states no amount."""

    __tablename__ = "cost_line"
    __table_args__ = (
        UniqueConstraint("measure_id", "position"),
        one_of("kind", CostKind),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(sa_column=owned_by("measure"))
    position: int
    year: int | None = None
    kind: str
    amount_nok: int | None = Field(default=None, sa_type=BigInteger)
    text: str | None = None


class Occurrence(SQLModel, table=True):
    """One due date of a measure. `next_on` is the next day on which the scheduler has something to do with it.

    `starts`: on the day the measure is to begin; the unit is asked on it, and not reminded before.
    `done_at`: when its unit said that what was due has been done; so a duty that comes several times a year is counted.
    The partial index keeps the search for what is due as small as what can still fall due.
    """

    __table_args__ = (
        UniqueConstraint("measure_id", "due_on"),
        check("(closed_at IS NULL) OR (next_on IS NULL)", "closed_has_no_next"),
        Index(
            "ix_occurrence_next_on",
            "next_on",
            sqlite_where=text("next_on IS NOT NULL"),
            postgresql_where=text("next_on IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(sa_column=owned_by("measure"))
    due_on: date
    label: str | None = None
    starts: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    next_on: date | None = None
    closed_at: datetime | None = None
    done_at: datetime | None = None


class ConditionMet(SQLModel, table=True):
    """What a measure waited for has come true, as its unit said on a day.

    `condition` is in the plan's own words: where the plan comes to wait for something else, that is asked about anew.
    """

    __tablename__ = "condition_met"
    __table_args__ = (UniqueConstraint("measure_id", "condition"),)

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(sa_column=owned_by("measure"))
    condition: str
    met_on: date
