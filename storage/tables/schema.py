"""What the table files share: names of constraints, and checks written once."""

from collections.abc import Iterable

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer
from sqlmodel import SQLModel

# Alembic can only change a constraint on SQLite that has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Without this, None is stored as the JSON word null, which is not NULL: it passes NOT NULL, and IS NULL misses it.
JSON_VALUE = JSON(none_as_null=True)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """The column holds one of these codes (or NULL where it may)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def check(rule: str, name: str) -> CheckConstraint:
    """A rule that no row may break."""
    return CheckConstraint(rule, name=name)


def part_of(table: str) -> Column[int]:
    """A foreign key to the row this one may be a part of: it goes when the owner goes."""
    return Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=True, index=True)


def owned_by(table: str) -> Column[int]:
    """A foreign key to the row this one is a part of: it goes when the owner goes."""
    return Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True)
