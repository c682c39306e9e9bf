"""a measure has lead days of its own, and is asked about on the day it is to begin."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measure", sa.Column("lead_days", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("occurrence", sa.Column("starts", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    op.drop_column("occurrence", "starts")
    op.drop_column("measure", "lead_days")
