"""the body of a meeting may be as long as a plan may write it."""

from alembic import op
from sqlmodel import AutoString

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _set_length(120, 200)


def downgrade() -> None:
    _set_length(200, 120)


def _set_length(before: int, after: int) -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.alter_column(
            "body", existing_type=AutoString(length=before), type_=AutoString(length=after), existing_nullable=False
        )
