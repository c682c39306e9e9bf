"""a municipality's own Word templates are stored."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", AutoString(length=8), nullable=False),
        sa.Column("name", AutoString(length=120), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("installed_at", UTCDateTime(), nullable=False),
        sa.Column("taken_back_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "taken_back_at IS NULL OR taken_back_at >= installed_at", name=op.f("ck_word_template_taken_back_after")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_template")),
    )
    with op.batch_alter_table("word_template") as batch:
        batch.create_index(op.f("ix_word_template_language"), ["language"])


def downgrade() -> None:
    op.drop_table("word_template")
