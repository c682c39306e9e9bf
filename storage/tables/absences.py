"""Who is away when, and who stands in for them meanwhile."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.schema import check, owned_by


class Absence(SQLModel, table=True):
    """A person is away from the first to the last day, both included; the deputy gets and answers what they would have.

    Without a deputy it goes to the unit's others, else to the unit above, else to the office. `next_on` is the next day
    on which the scheduler has something to do with it: the first day, then the first working day after the last.
    `welcomed_at` is when the person was told what happened meanwhile.
    """

    __table_args__ = (
        check("first_on <= last_on", "period_in_order"),
        check("deputy_id <> person_id", "not_their_own_deputy"),
        check("cancelled_at IS NULL OR next_on IS NULL", "cancelled_has_no_next"),
        Index(
            "ix_absence_one_a_day",
            "person_id",
            "first_on",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
        Index(
            "ix_absence_next_on",
            "next_on",
            sqlite_where=text("next_on IS NOT NULL"),
            postgresql_where=text("next_on IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(sa_column=owned_by("person"))
    first_on: date
    last_on: date
    deputy_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_by_id: int = Field(foreign_key="person.id")
    created_at: datetime
    next_on: date | None = None
    cancelled_at: datetime | None = None
    welcomed_at: datetime | None = None
