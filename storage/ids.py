"""The id of a row that is in the database."""


def id_of(row: object) -> int:
    """The row's id. SQLModel types it as optional, since a row that was not flushed yet has none."""
    value = getattr(row, "id", None)
    assert isinstance(value, int), "the row was flushed or read"
    return value
