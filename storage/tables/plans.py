"""Plans, the dates they promise to report on, and the meetings the report passes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from plan.draft import MAX_UNIT, ReportingKind
from storage.tables.schema import JSON_VALUE, check, one_of, owned_by


class Plan(SQLModel, table=True):
    """An adopted action plan. `settings` overrides the defaults of `scheduler.settings.PlanSettings`."""

    __table_args__ = (
        check("first_year <= last_year", "period_in_order"),
        check("(first_year IS NULL) = (last_year IS NULL)", "period_whole"),
        check("length(slug) > 0", "slug_not_empty"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    title: str
    municipality: str
    first_year: int | None = None
    last_year: int | None = None
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON_VALUE)
    archived_at: datetime | None = None


class ReportingDate(SQLModel, table=True):
    """A yearly date the plan promises. `rule` is `plan.draft.YearlyRule` as JSON, or null: no date is given."""

    __tablename__ = "reporting_date"
    __table_args__ = (one_of("kind", ReportingKind),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    kind: str
    text: str
    rule: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)


class Meeting(SQLModel, table=True):
    """A meeting that treats the plan's report, with its real date.

    `own_papers_on` is the day its papers go out where somebody has set another than the one counted back to.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "body", "held_on"),
        check("own_papers_on < held_on", "papers_before_meeting"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    body: str = Field(max_length=MAX_UNIT)
    held_on: date
    own_papers_on: date | None = None
