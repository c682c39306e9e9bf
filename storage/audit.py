"""The audit log: an entry in the transaction of the change it tells of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import AuditEntry


@dataclass(frozen=True)
class Actor:
    """Who does something: a person by id, somebody at the command line, or the scheduler."""

    kind: str
    person_id: int | None = None

    @classmethod
    def person(cls, person_id: int) -> "Actor":
        """A person in the chat."""
        return cls("person", person_id)


COMMAND_LINE = Actor("command_line")
SCHEDULER = Actor("scheduler")


def record(
    session: AsyncSession,
    actor: Actor,
    at: datetime,
    action: str,
    subject: str,
    subject_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write down a change: `action` and `subject` are codes ("archived", "measure").

    `before` and `after` hold codes, numbers, dates and texts of the plan; never a person's name and never what
    somebody wrote in chat: those live where they can be erased.
    """
    session.add(
        AuditEntry(
            at=at,
            actor=actor.kind,
            person_id=actor.person_id,
            action=action,
            subject=subject,
            subject_id=subject_id,
            before=before,
            after=after,
        )
    )
