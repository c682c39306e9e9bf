"""a unit can be asked again on a day it chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("status_request", sa.Column("put_off_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("status_request", "put_off_until")
