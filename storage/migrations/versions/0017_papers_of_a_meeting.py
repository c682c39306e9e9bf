"""a meeting of the case route can have a day of its own for its papers."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("own_papers_on", sa.Date(), nullable=True))
        table.create_check_constraint(op.f("ck_meeting_papers_before_meeting"), "own_papers_on < held_on")


def downgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.drop_constraint(op.f("ck_meeting_papers_before_meeting"), type_="check")
        table.drop_column("own_papers_on")
