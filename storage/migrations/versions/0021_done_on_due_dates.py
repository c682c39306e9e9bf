"""when what was to be done by a due date was done."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("occurrence", sa.Column("done_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("occurrence", "done_at")
