"""units can be archived, units and measures merged into others, and deputies invited."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("archived_at", UTCDateTime(), nullable=True))
    # Not in a batch: on SQLite that makes the table anew, and what belongs to its rows would go with the old one.
    for table in ("unit", "measure"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN merged_into_id INTEGER "
            f"CONSTRAINT fk_{table}_merged_into_id REFERENCES {table} (id)"
        )
    op.execute(
        "ALTER TABLE invitation ADD COLUMN deputy BOOLEAN DEFAULT false NOT NULL "
        "CONSTRAINT ck_invitation_deputy_has_unit CHECK (NOT deputy OR unit_id IS NOT NULL)"
    )
    # Whose chat an update came from is only needed until it is done.
    op.execute("UPDATE inbox SET chat_id = NULL WHERE state = 'done'")


def downgrade() -> None:
    op.drop_column("invitation", "deputy")
    for table in ("unit", "measure"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN merged_into_id")
    op.drop_column("unit", "archived_at")
