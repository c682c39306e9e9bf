"""The measures with lead days of their own are found without reading every measure of the plan."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_measure_own_lead_days",
        "measure",
        ["plan_id"],
        unique=False,
        sqlite_where=sa.text("lead_days IS NOT NULL"),
        postgresql_where=sa.text("lead_days IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_measure_own_lead_days", table_name="measure")
