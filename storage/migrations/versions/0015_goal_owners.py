"""a goal can have a unit that follows it up."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("goal") as goal:
        goal.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        goal.create_foreign_key(op.f("fk_goal_owner_id"), "unit", ["owner_id"], ["id"])
        goal.create_index(op.f("ix_goal_owner_id"), ["owner_id"])


def downgrade() -> None:
    with op.batch_alter_table("goal") as goal:
        goal.drop_index(op.f("ix_goal_owner_id"))
        goal.drop_constraint(op.f("fk_goal_owner_id"), type_="foreignkey")
        goal.drop_column("owner_id")
