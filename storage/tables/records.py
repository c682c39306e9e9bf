"""What is kept for the record: the audit log, the reports, and the service's own small memory."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.schema import JSON_VALUE, check, one_of, owned_by

ACTORS = ("person", "command_line", "scheduler")
REPORT_STATES = ("draft", "approved")
KEPT_FORMATS = ("pdf", "html")


class AuditEntry(SQLModel, table=True):
    """Who changed what, when, from what to what. Append-only by trigger; never names, never message texts."""

    __tablename__ = "audit_log"
    __table_args__ = (
        one_of("actor", ACTORS),
        check("(actor = 'person') = (person_id IS NOT NULL)", "person_is_named"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    action: str = Field(max_length=60)
    subject: str = Field(max_length=60)
    subject_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)


class Report(SQLModel, table=True):
    """A version of a year's report: the frozen snapshot as canonical JSON, and its SHA-256.

    Nothing changes the row of one that is approved: a trigger refuses it.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "year", "version"),
        one_of("state", REPORT_STATES),
        check("version > 0", "version_positive"),
        check(
            "(state = 'approved') = (approved_at IS NOT NULL) AND (approved_at IS NULL) = (approved_by_id IS NULL)",
            "approved_by_somebody",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(sa_column=owned_by("plan"))
    year: int
    version: int
    state: str = "draft"
    snapshot: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
    made_at: datetime
    approved_at: datetime | None = None
    approved_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class ReportDocument(SQLModel, table=True):
    """What an approved version was printed as, byte for byte, and the SHA-256 of it. Nothing changes it."""

    __tablename__ = "report_document"
    __table_args__ = (UniqueConstraint("report_id", "format"), one_of("format", KEPT_FORMATS))

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(sa_column=owned_by("report"))
    format: str
    content: bytes = Field(sa_type=LargeBinary)
    digest: str = Field(max_length=64)


class WordTemplate(SQLModel, table=True):
    """A Word template of the municipality's own. The last of a language is in use until it is taken back.

    Earlier ones are kept, since an approved report is made again as it was. `digest` is the SHA-256 of the content.
    """

    __tablename__ = "word_template"
    __table_args__ = (check("taken_back_at IS NULL OR taken_back_at >= installed_at", "taken_back_after"),)

    id: int | None = Field(default=None, primary_key=True)
    language: str = Field(max_length=8, index=True)
    name: str = Field(max_length=120)
    digest: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    installed_at: datetime
    taken_back_at: datetime | None = None


class State(SQLModel, table=True):
    """The service's own memory by key: the bot's name, the simulated clock, when intake last heard from Telegram."""

    key: str = Field(primary_key=True, max_length=60)
    value: dict[str, Any] = Field(sa_type=JSON_VALUE)
