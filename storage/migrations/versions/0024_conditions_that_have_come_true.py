"""What a measure waits for has come true, as its unit has said."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "condition_met",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_condition_met_measure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_met")),
        sa.UniqueConstraint("measure_id", "condition", name=op.f("uq_condition_met_measure_id_condition")),
    )
    with op.batch_alter_table("condition_met", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_condition_met_measure_id"), ["measure_id"], unique=False)


def downgrade() -> None:
    op.drop_table("condition_met")
