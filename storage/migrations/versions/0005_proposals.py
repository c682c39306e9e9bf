"""units propose new deadlines and closings, and the office decides on them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("deadline_text", AutoString(), nullable=True),
        sa.Column("deadline", sa.JSON(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("replaced_text", AutoString(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('deadline', 'closing')", name=op.f("ck_proposal_kind_known")),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'rejected', 'withdrawn')", name=op.f("ck_proposal_state_known")
        ),
        sa.CheckConstraint(
            "(kind = 'deadline') = (deadline IS NOT NULL)", name=op.f("ck_proposal_deadline_is_understood")
        ),
        sa.CheckConstraint(
            "(kind = 'deadline') = (deadline_text IS NOT NULL)", name=op.f("ck_proposal_deadline_has_its_words")
        ),
        sa.CheckConstraint("(kind = 'deadline') = (due_on IS NOT NULL)", name=op.f("ck_proposal_deadline_has_its_day")),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_proposal_decided_when")),
        sa.CheckConstraint(
            "(state IN ('approved', 'rejected')) = (decided_by_id IS NOT NULL)",
            name=op.f("ck_proposal_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (reason IS NOT NULL)", name=op.f("ck_proposal_turned_down_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_proposal_measure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["status_reply.id"], name=op.f("fk_proposal_reply_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_proposal_made_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_proposal_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_proposal_reply_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(
            "ix_proposal_open",
            ["measure_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def downgrade() -> None:
    op.drop_table("proposal")
