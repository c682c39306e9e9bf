"""Files and photos that people attach to their answers."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from storage.tables.schema import check


class Attachment(SQLModel, table=True):
    """A file that goes with an answer; while the answer is in the making, `reply_id` is empty.

    `measure_id` is empty while the person has not said which measure it is about. `inbox_id` is the update the file
    came with, so that fetching it again keeps nothing twice; the inbox forgets its rows and never uses a number again.
    It is internal until the office releases it into the report. `digest` is the SHA-256 of its bytes.
    """

    __table_args__ = (
        check("reply_id IS NULL OR measure_id IS NOT NULL", "of_an_answer_about_a_measure"),
        check("size > 0", "not_empty"),
        check("(released_at IS NULL) = (released_by_id IS NULL)", "released_by_somebody"),
        check("released_at IS NULL OR reply_id IS NOT NULL", "released_with_an_answer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    reply_id: int | None = Field(default=None, foreign_key="status_reply.id", index=True)
    inbox_id: int = Field(unique=True)
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    size: int
    digest: str = Field(max_length=64)
    at: datetime
    released_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    released_at: datetime | None = None


class AttachmentContent(SQLModel, table=True):
    """The bytes of an attachment, read only where they are wanted."""

    __tablename__ = "attachment_content"

    attachment_id: int = Field(
        sa_column=Column(Integer, ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True)
    )
    content: bytes = Field(sa_type=LargeBinary)
