"""units beside the one that answers for a measure are asked for their part of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("status_request", "status_reply")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("part", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "part")
