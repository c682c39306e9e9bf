"""a measure says what nobody has decided about it; a review says which plan it became, and the command line keeps one.

Open reviews are ended: their questions have another form now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE plan_import SET state = 'dropped', ended_at = begun_at WHERE state = 'open'")
    op.execute("UPDATE plan_import SET questions = '[]', decisions = '{}'")
    op.add_column("measure", sa.Column("undecided", sa.JSON(), nullable=True))
    with op.batch_alter_table("plan_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_id", sa.Integer(), nullable=True))
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("inbox_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(op.f("fk_plan_import_plan_id"), "plan", ["plan_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_plan_import_plan_id"), ["plan_id"])


def downgrade() -> None:
    op.execute("DELETE FROM plan_import WHERE person_id IS NULL OR inbox_id IS NULL OR state = 'open'")
    with op.batch_alter_table("plan_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_import_plan_id"))
        batch_op.drop_constraint(op.f("fk_plan_import_plan_id"), type_="foreignkey")
        batch_op.alter_column("inbox_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("plan_id")
    # Not in a batch: on SQLite that makes the table anew, and what belongs to the measures would go with the old one.
    op.drop_column("measure", "undecided")
