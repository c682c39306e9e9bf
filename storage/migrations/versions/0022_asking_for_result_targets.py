"""units that are asked about result targets outside the last round are reminded, and it goes up a level."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "target_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("steps_taken", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closed_on IS NULL OR next_on IS NULL", name=op.f("ck_target_ask_closed_has_no_next")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_target_ask_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_ask")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_target_ask_plan_id")),
    )
    with op.batch_alter_table("target_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_ask_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            "ix_target_ask_next_on",
            ["next_on"],
            unique=False,
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )


def downgrade() -> None:
    op.drop_table("target_ask")
