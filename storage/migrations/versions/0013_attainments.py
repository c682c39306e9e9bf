"""whether result targets have been reached is stored, with its history."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attainment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("target", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "value IN ('attained', 'partly_attained', 'not_attained')", name=op.f("ck_attainment_value_known")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_attainment_has_a_reason")),
        sa.CheckConstraint("on_behalf = false OR unit_id IS NOT NULL", name=op.f("ck_attainment_on_behalf_of_a_unit")),
        sa.CheckConstraint("supersedes_id <> id", name=op.f("ck_attainment_not_its_own_correction")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_attainment_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_attainment_unit_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_attainment_author_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["attainment.id"], name=op.f("fk_attainment_supersedes_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_attainment_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attainment")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_attainment_supersedes_id")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_attainment_inbox_id")),
    )
    with op.batch_alter_table("attainment", schema=None) as batch_op:
        for column in ("goal_id", "unit_id", "author_id"):
            batch_op.create_index(batch_op.f(f"ix_attainment_{column}"), [column], unique=False)
        batch_op.create_index("ix_attainment_goal_id_at", ["goal_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("attainment")
