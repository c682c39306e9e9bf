"""the days on which a plan is to be evaluated, reviewed, revised and the like are followed up."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reporting_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("basis", AutoString(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("steps_taken", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_because", AutoString(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('evaluation', 'review', 'budget', 'revision', 'control')",
            name=op.f("ck_reporting_day_kind_known"),
        ),
        sa.CheckConstraint("basis IN ('promise', 'plan_ends', 'election')", name=op.f("ck_reporting_day_basis_known")),
        sa.CheckConstraint(
            "closed_because IN ('done', 'not_promised')", name=op.f("ck_reporting_day_closed_because_known")
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (closed_because IS NULL)", name=op.f("ck_reporting_day_closed_for_a_reason")
        ),
        sa.CheckConstraint("closed_on IS NULL OR next_on IS NULL", name=op.f("ck_reporting_day_closed_has_no_next")),
        sa.CheckConstraint(
            "done_by_id IS NULL OR (closed_because IS NOT NULL AND closed_because = 'done')",
            name=op.f("ck_reporting_day_done_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reporting_day_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_reporting_day_done_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_day")),
        sa.UniqueConstraint("plan_id", "kind", "promised_on", name=op.f("uq_reporting_day_plan_id_kind_promised_on")),
    )
    with op.batch_alter_table("reporting_day", schema=None) as batch_op:
        for column in ("plan_id", "done_by_id"):
            batch_op.create_index(batch_op.f(f"ix_reporting_day_{column}"), [column], unique=False)
        batch_op.create_index(
            "ix_reporting_day_next_on",
            ["next_on"],
            unique=False,
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )
    op.create_table(
        "reporting_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reporting_day_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", AutoString(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reporting_day_id"],
            ["reporting_day.id"],
            name=op.f("fk_reporting_step_reporting_day_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_step")),
        sa.UniqueConstraint(
            "reporting_day_id", "due_on", "step", name=op.f("uq_reporting_step_reporting_day_id_due_on_step")
        ),
    )
    with op.batch_alter_table("reporting_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporting_step_reporting_day_id"), ["reporting_day_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reporting_step")
    op.drop_table("reporting_day")
