"""The five statuses of a measure, and what each demands."""

from enum import StrEnum


class Status(StrEnum):
    """What a unit can say about a measure. The Norwegian words are in `templates/words/status.j2`."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DELAYED = "delayed"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def needs_reason(self) -> bool:
        """Whether the council must be told why: a delay or a measure that lapses is never without a reason."""
        return self in {Status.DELAYED, Status.DROPPED}

    @property
    def closes(self) -> bool:
        """Whether nothing more falls due after this."""
        return self in {Status.DONE, Status.DROPPED}
