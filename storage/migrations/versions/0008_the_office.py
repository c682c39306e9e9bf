"""the office nags, calls off, asks back, edits report texts and moves rounds."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ABOUT_ONE = "(request_id IS NULL) <> (question_id IS NULL)"
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "question_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_because", AutoString(), nullable=True),
        sa.CheckConstraint(
            "closed_because IN ('answered', 'called_off')", name=op.f("ck_question_back_closed_because_known")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_because IS NULL)", name=op.f("ck_question_back_closed_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_question_back_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_question_back_measure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["status_reply.id"], name=op.f("fk_question_back_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_back")),
    )
    _index("question_back", "asked_by_id", "measure_id", "reply_id")
    op.create_index(
        "ix_question_back_open", "question_back", ["measure_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "reply_origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("how", AutoString(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.CheckConstraint("how IN ('phone', 'mail', 'meeting')", name=op.f("ck_reply_origin_how_known")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["status_reply.id"], name=op.f("fk_reply_origin_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_origin")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_reply_origin_reply_id")),
    )
    _index("reply_origin", "reply_id")
    op.create_table(
        "report_text_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("action", AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(action = 'withdrawn') = (text IS NULL)", name=op.f("ck_report_text_edit_withdrawn_has_no_text")
        ),
        sa.CheckConstraint(
            "action IN ('released', 'edited', 'withdrawn')", name=op.f("ck_report_text_edit_action_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_text_edit_person_id")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["status_reply.id"], name=op.f("fk_report_text_edit_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text_edit")),
    )
    _index("report_text_edit", "person_id", "reply_id")
    _create_about_one("call_off", sa.Column("reason", sa.Text(), nullable=False))
    _create_about_one("nag", sa.Column("day", sa.Date(), nullable=False))
    op.add_column("report_text", sa.Column("told_at", UTCDateTime(), nullable=True))
    op.add_column("round", sa.Column("own_reply_by", sa.Date(), nullable=True))
    op.add_column("round", sa.Column("called_off_at", UTCDateTime(), nullable=True))
    # What was released before there was a history begins it; nobody is told of it anew.
    op.execute(
        "INSERT INTO report_text_edit (reply_id, action, text, person_id, at) "
        "SELECT report_text.reply_id, "
        "CASE WHEN report_text.text = status_reply.comment THEN 'released' ELSE 'edited' END, "
        "report_text.text, report_text.released_by_id, report_text.released_at "
        "FROM report_text JOIN status_reply ON status_reply.id = report_text.reply_id"
    )
    op.execute("UPDATE report_text SET told_at = released_at")


def _create_about_one(table: str, column: sa.Column[object]) -> None:
    """A table of what is done about one open request, or one open question back."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        column,
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(ABOUT_ONE, name=op.f(f"ck_{table}_about_one")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question_back.id"], name=op.f(f"fk_{table}_question_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["status_request.id"], name=op.f(f"fk_{table}_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))
            for columns in ([["question_id"], ["request_id"]] if table == "call_off" else _DAILY)
        ),
    )
    _index(table, "by_id", "question_id", "request_id")


_DAILY = [["question_id", "day"], ["request_id", "day"]]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    for table in ("nag", "call_off", "report_text_edit", "reply_origin", "question_back"):
        op.drop_table(table)
    # Not in a batch: on SQLite that makes the table anew, and what belongs to its rows would go with the old one.
    op.drop_column("round", "called_off_at")
    op.drop_column("round", "own_reply_by")
    op.drop_column("report_text", "told_at")
