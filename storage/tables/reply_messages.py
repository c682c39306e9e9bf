"""Which messages a comment was written in, so that editing one of them can correct the answer."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel


class ReplyMessage(SQLModel, table=True):
    """A part of a reply's comment: the message it came from (0: none), and how many characters it has.

    The words themselves stand in the comment alone, each part on a line of its own.
    """

    __tablename__ = "reply_message"

    reply_id: int = Field(
        sa_column=Column(Integer, ForeignKey("status_reply.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    position: int = Field(primary_key=True)
    message_id: int = Field(sa_type=BigInteger, index=True)
    length: int
