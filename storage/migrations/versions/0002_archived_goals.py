"""goals can be archived, as measures can."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("goal", sa.Column("archived_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    # Not in a batch: on SQLite that makes the table anew, and what belongs to the goals would go with the old one.
    op.drop_column("goal", "archived_at")
