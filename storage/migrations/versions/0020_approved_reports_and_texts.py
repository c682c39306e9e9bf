"""an approved report is frozen, with what it was printed as; the office and the units write texts for it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# What the council has read stays as it was, whatever a program or a hand would do to it.
FROZEN = {
    "sqlite": [
        "CREATE TRIGGER report_stays_approved BEFORE UPDATE ON report WHEN OLD.state = 'approved' "
        "BEGIN SELECT RAISE(ABORT, 'an approved report is frozen'); END",
        "CREATE TRIGGER report_document_stays BEFORE UPDATE ON report_document "
        "BEGIN SELECT RAISE(ABORT, 'an approved report is frozen'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_change_of_approved_report() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an approved report is frozen'; END $$",
        "CREATE TRIGGER report_stays_approved BEFORE UPDATE ON report "
        "FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION refuse_change_of_approved_report()",
        "CREATE TRIGGER report_document_stays BEFORE UPDATE ON report_document "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_approved_report()",
    ],
}


def upgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approved_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_report_approved_by_id"), "person", ["approved_by_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_report_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_report_approved_by_somebody"),
            "(state = 'approved') = (approved_at IS NOT NULL) AND (approved_at IS NULL) = (approved_by_id IS NULL)",
        )
    op.create_table(
        "report_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("format", AutoString(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.CheckConstraint("format IN ('pdf', 'html')", name=op.f("ck_report_document_format_known")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_document_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_document")),
        sa.UniqueConstraint("report_id", "format", name=op.f("uq_report_document_report_id_format")),
    )
    with op.batch_alter_table("report_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_document_report_id"), ["report_id"], unique=False)
    _written_texts()
    for statement in FROZEN[op.get_context().dialect.name]:
        op.execute(statement)


def _written_texts() -> None:
    op.create_table(
        "written_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('summary', 'assessment', 'decision', 'unit')", name=op.f("ck_written_text_kind_known")
        ),
        sa.CheckConstraint("(kind = 'unit') = (unit_id IS NOT NULL)", name=op.f("ck_written_text_unit_text_has_unit")),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_by_id IS NULL)", name=op.f("ck_written_text_released_by_somebody")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_written_text_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_written_text_unit_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_written_text_author_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_written_text_inbox_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["person.id"], name=op.f("fk_written_text_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_text")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_written_text_inbox_id")),
    )
    with op.batch_alter_table("written_text", schema=None) as batch_op:
        for column in ("plan_id", "unit_id", "author_id", "released_by_id"):
            batch_op.create_index(batch_op.f(f"ix_written_text_{column}"), [column], unique=False)
        batch_op.create_index("ix_written_text_plan_id_year", ["plan_id", "year"], unique=False)


def downgrade() -> None:
    op.drop_table("written_text")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER report_stays_approved ON report")
        op.execute("DROP TRIGGER report_document_stays ON report_document")
        op.execute("DROP FUNCTION refuse_change_of_approved_report()")
    else:
        op.execute("DROP TRIGGER report_stays_approved")
        op.execute("DROP TRIGGER report_document_stays")
    op.drop_table("report_document")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_report_approved_by_somebody"), type_="check")
        batch_op.drop_index(batch_op.f("ix_report_approved_by_id"))
        batch_op.drop_constraint(batch_op.f("fk_report_approved_by_id"), type_="foreignkey")
        batch_op.drop_column("approved_by_id")
        batch_op.drop_column("approved_at")
