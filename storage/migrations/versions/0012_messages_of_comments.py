"""a comment knows the messages it was written in."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply_message",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["status_reply.id"], name=op.f("fk_reply_message_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", "position", name=op.f("pk_reply_message")),
    )
    with op.batch_alter_table("reply_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_message_message_id"), ["message_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reply_message")
