"""The wall clock of a server that was given none; the only place in this package that asks for the time of day."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
