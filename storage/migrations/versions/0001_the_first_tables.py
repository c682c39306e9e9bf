"""the first tables."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What happened stays as it was written down.
APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER audit_log_refuses_{change} BEFORE {change} ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        for change in ("update", "delete")
    ]
    # INSERT OR REPLACE deletes without asking the trigger for deletes.
    + [
        "CREATE TRIGGER audit_log_refuses_replace BEFORE INSERT ON audit_log "
        "WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_log()",
        "CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UTCDateTime(), nullable=True),
        sa.Column("problem", AutoString(), nullable=True),
        sa.CheckConstraint("state IN ('new', 'answering', 'done', 'set_aside')", name=op.f("ck_inbox_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", name=op.f("uq_inbox_bot_id_update_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state IN ('new', 'answering')"),
            postgresql_where=sa.text("state IN ('new', 'answering')"),
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(length=200), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("language", AutoString(length=8), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_office", sa.Boolean(), nullable=False),
        sa.Column("joined_at", UTCDateTime(), nullable=False),
        sa.Column("blocked_at", UTCDateTime(), nullable=True),
        sa.Column("gone_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("gone_at IS NULL OR chat_id IS NULL", name=op.f("ck_person_gone_has_no_chat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_person_chat_id")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=80), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("municipality", AutoString(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("archived_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(first_year IS NULL) = (last_year IS NULL)", name=op.f("ck_plan_period_whole")),
        sa.CheckConstraint("first_year <= last_year", name=op.f("ck_plan_period_in_order")),
        sa.CheckConstraint("length(slug) > 0", name=op.f("ck_plan_slug_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
    )
    op.create_table(
        "state",
        sa.Column("key", AutoString(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_state")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(length=200), nullable=False),
        sa.Column("key", AutoString(length=200), nullable=False),
        sa.Column("superior_id", sa.Integer(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.CheckConstraint("superior_id <> id", name=op.f("ck_unit_not_its_own_superior")),
        sa.ForeignKeyConstraint(["superior_id"], ["unit.id"], name=op.f("fk_unit_superior_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("key", name=op.f("uq_unit_key")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_superior_id"), ["superior_id"], unique=False)

    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("action", AutoString(length=60), nullable=False),
        sa.Column("subject", AutoString(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.CheckConstraint("(actor = 'person') = (person_id IS NOT NULL)", name=op.f("ck_audit_log_person_is_named")),
        sa.CheckConstraint("actor IN ('person', 'command_line', 'scheduler')", name=op.f("ck_audit_log_actor_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_log_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_log_person_id"), ["person_id"], unique=False)

    op.create_table(
        "dialogue",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dialogue_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_dialogue")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", AutoString(length=40), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_goal_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["goal.id"], name=op.f("fk_goal_parent_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_goal_plan_id_ref")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", AutoString(length=64), nullable=False),
        sa.Column("role", AutoString(), nullable=False),
        sa.Column("name", AutoString(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(role = 'leader') = (unit_id IS NOT NULL)", name=op.f("ck_invitation_leader_has_unit")),
        sa.CheckConstraint("role IN ('admin', 'office', 'leader')", name=op.f("ck_invitation_role_known")),
        sa.CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name=op.f("ck_invitation_used_by_somebody")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_invitation_expires_later")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_invitation_created_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invitation_unit_id")),
        sa.ForeignKeyConstraint(["used_by_id"], ["person.id"], name=op.f("fk_invitation_used_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("body", AutoString(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_meeting_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("plan_id", "body", "held_on", name=op.f("uq_meeting_plan_id_body_held_on")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.CheckConstraint("kind IN ('leader', 'deputy')", name=op.f("ck_membership_kind_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("person_id", "unit_id", name=op.f("uq_membership_person_id_unit_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", AutoString(length=80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", UTCDateTime(), nullable=True),
        sa.Column("resent", sa.Boolean(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("problem", AutoString(), nullable=True),
        sa.CheckConstraint("(state = 'claimed') = (claimed_at IS NOT NULL)", name=op.f("ck_outbox_claimed_when")),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_outbox_sent_when")),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'sent', 'dropped', 'failed')", name=op.f("ck_outbox_state_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("person_id", "day", "kind", name=op.f("uq_outbox_person_id_day_kind")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_open",
            ["not_before"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'claimed')"),
            postgresql_where=sa.text("state IN ('waiting', 'claimed')"),
        )
        batch_op.create_index(batch_op.f("ix_outbox_person_id"), ["person_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'approved')", name=op.f("ck_report_state_known")),
        sa.CheckConstraint("version > 0", name=op.f("ck_report_version_positive")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_report_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("plan_id", "year", "version", name=op.f("uq_report_plan_id_year_version")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "reporting_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('council_report', 'evaluation', 'review', 'budget', 'revision', 'control')",
            name=op.f("ck_reporting_date_kind_known"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reporting_date_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_date")),
    )
    with op.batch_alter_table("reporting_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporting_date_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("halfway_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("office_from", sa.Date(), nullable=False),
        sa.Column("papers_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state <> 'closed' OR next_on IS NULL", name=op.f("ck_round_closed_has_no_next")),
        sa.CheckConstraint("state IN ('planned', 'open', 'closed')", name=op.f("ck_round_state_known")),
        sa.CheckConstraint("opens_on < reply_by AND reply_by < meeting_on", name=op.f("ck_round_dates_in_order")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_round_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("plan_id", "year", name=op.f("uq_round_plan_id_year")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(
            "ix_round_next_on",
            ["next_on"],
            unique=False,
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_round_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", AutoString(length=40), nullable=False),
        sa.Column("ref_is_ours", sa.Boolean(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("description", AutoString(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("responsible", AutoString(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("deadline_text", AutoString(), nullable=True),
        sa.Column("deadline", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("funding", AutoString(), nullable=False),
        sa.Column("priority", AutoString(), nullable=True),
        sa.Column("also_affected", AutoString(), nullable=True),
        sa.Column("category", AutoString(), nullable=True),
        sa.Column("comment", AutoString(), nullable=True),
        sa.Column("archived_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "funding IN ('amount', 'framework', 'project', 'external', 'none', 'unknown')",
            name=op.f("ck_measure_funding_known"),
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_measure_goal_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["unit.id"], name=op.f("fk_measure_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_measure_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_measure_plan_id_ref")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "result_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_result_target_goal_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_target")),
        sa.UniqueConstraint("goal_id", "position", name=op.f("uq_result_target_goal_id_position")),
    )
    with op.batch_alter_table("result_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_result_target_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "round_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("step", AutoString(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_step_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_step")),
        sa.UniqueConstraint("round_id", "step", name=op.f("uq_round_step_round_id_step")),
    )
    with op.batch_alter_table("round_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_step_round_id"), ["round_id"], unique=False)

    op.create_table(
        "cost_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("amount_nok", sa.BigInteger(), nullable=True),
        sa.Column("text", AutoString(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('spending', 'income', 'own', 'investment', 'external')", name=op.f("ck_cost_line_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_cost_line_measure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_line")),
        sa.UniqueConstraint("measure_id", "position", name=op.f("uq_cost_line_measure_id_position")),
    )
    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_line_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "measure_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_unit_measure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_measure_unit_unit_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_unit")),
        sa.UniqueConstraint("measure_id", "unit_id", name=op.f("uq_measure_unit_measure_id_unit_id")),
    )
    with op.batch_alter_table("measure_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_unit_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_unit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("label", AutoString(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) OR (next_on IS NULL)", name=op.f("ck_occurrence_closed_has_no_next")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_occurrence_measure_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint("measure_id", "due_on", name=op.f("uq_occurrence_measure_id_due_on")),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occurrence_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(
            "ix_occurrence_next_on",
            ["next_on"],
            unique=False,
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )

    op.create_table(
        "status_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("status", AutoString(), nullable=False),
        sa.Column("comment", AutoString(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'delayed', 'done', 'dropped')",
            name=op.f("ck_status_reply_status_known"),
        ),
        sa.CheckConstraint("supersedes_id <> id", name=op.f("ck_status_reply_not_its_own_correction")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_status_reply_author_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_status_reply_inbox_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_status_reply_measure_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_status_reply_round_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["status_reply.id"], name=op.f("fk_status_reply_supersedes_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_status_reply_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_reply")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_status_reply_inbox_id")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_status_reply_supersedes_id")),
    )
    with op.batch_alter_table("status_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_reply_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_status_reply_measure_id_at", ["measure_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_status_reply_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_status_reply_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "report_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["released_by_id"], ["person.id"], name=op.f("fk_report_text_released_by_id")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["status_reply.id"], name=op.f("fk_report_text_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_report_text_reply_id")),
    )
    with op.batch_alter_table("report_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_text_reply_id"), ["reply_id"], unique=False)

    op.create_table(
        "status_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("steps_taken", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_because", AutoString(), nullable=True),
        sa.CheckConstraint(
            "(reason <> 'round') = (occurrence_id IS NOT NULL)", name=op.f("ck_status_request_deadline_has_occurrence")
        ),
        sa.CheckConstraint(
            "(occurrence_id IS NULL) = (due_on IS NULL)", name=op.f("ck_status_request_occurrence_has_due_date")
        ),
        sa.CheckConstraint(
            "(reason = 'round') = (round_id IS NOT NULL)", name=op.f("ck_status_request_round_has_round")
        ),
        sa.CheckConstraint(
            "closed_because IN ('answered', 'called_off', 'measure_closed', 'round_closed', 'owner_changed')",
            name=op.f("ck_status_request_closed_because_known"),
        ),
        sa.CheckConstraint("reason IN ('round', 'lead', 'due')", name=op.f("ck_status_request_reason_known")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_because IS NULL)", name=op.f("ck_status_request_closed_for_a_reason")
        ),
        sa.CheckConstraint("closed_at IS NULL OR next_on IS NULL", name=op.f("ck_status_request_closed_has_no_next")),
        sa.CheckConstraint("level >= 0", name=op.f("ck_status_request_level_not_negative")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_status_request_measure_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_status_request_occurrence_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_status_request_round_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_status_request_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_request")),
        sa.UniqueConstraint(
            "occurrence_id", "reason", "unit_id", name=op.f("uq_status_request_occurrence_id_reason_unit_id")
        ),
        sa.UniqueConstraint(
            "round_id", "measure_id", "unit_id", name=op.f("uq_status_request_round_id_measure_id_unit_id")
        ),
    )
    with op.batch_alter_table("status_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_request_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(
            "ix_status_request_next_on",
            ["next_on"],
            unique=False,
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_status_request_occurrence_id"), ["occurrence_id"], unique=False)
        batch_op.create_index(
            "ix_status_request_open",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_status_request_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_status_request_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("level > 0", name=op.f("ck_escalation_level_positive")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["status_request.id"], name=op.f("fk_escalation_request_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_escalation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("request_id", "level", name=op.f("uq_escalation_request_id_level")),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", AutoString(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["status_request.id"], name=op.f("fk_reminder_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("request_id", "step", name=op.f("uq_reminder_request_id_step")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_request_id"), ["request_id"], unique=False)

    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_log_is_append_only ON audit_log")
        op.execute("DROP TRIGGER audit_log_is_not_emptied ON audit_log")
        op.execute("DROP FUNCTION refuse_change_of_audit_log")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_request_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_unit_id"))
        batch_op.drop_index(batch_op.f("ix_escalation_request_id"))

    op.drop_table("escalation")
    with op.batch_alter_table("status_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_request_unit_id"))
        batch_op.drop_index(batch_op.f("ix_status_request_round_id"))
        batch_op.drop_index(
            "ix_status_request_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_status_request_occurrence_id"))
        batch_op.drop_index(
            "ix_status_request_next_on",
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_status_request_measure_id"))

    op.drop_table("status_request")
    with op.batch_alter_table("report_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_text_reply_id"))

    op.drop_table("report_text")
    with op.batch_alter_table("status_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_reply_unit_id"))
        batch_op.drop_index(batch_op.f("ix_status_reply_round_id"))
        batch_op.drop_index("ix_status_reply_measure_id_at")
        batch_op.drop_index(batch_op.f("ix_status_reply_author_id"))

    op.drop_table("status_reply")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_occurrence_next_on",
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_occurrence_measure_id"))

    op.drop_table("occurrence")
    with op.batch_alter_table("measure_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_unit_unit_id"))
        batch_op.drop_index(batch_op.f("ix_measure_unit_measure_id"))

    op.drop_table("measure_unit")
    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cost_line_measure_id"))

    op.drop_table("cost_line")
    with op.batch_alter_table("round_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_step_round_id"))

    op.drop_table("round_step")
    with op.batch_alter_table("result_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_target_goal_id"))

    op.drop_table("result_target")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_plan_id"))
        batch_op.drop_index(batch_op.f("ix_measure_owner_id"))
        batch_op.drop_index(batch_op.f("ix_measure_goal_id"))

    op.drop_table("measure")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_plan_id"))
        batch_op.drop_index(
            "ix_round_next_on",
            sqlite_where=sa.text("next_on IS NOT NULL"),
            postgresql_where=sa.text("next_on IS NOT NULL"),
        )

    op.drop_table("round")
    with op.batch_alter_table("reporting_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reporting_date_plan_id"))

    op.drop_table("reporting_date")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_plan_id"))

    op.drop_table("report")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_person_id"))
        batch_op.drop_index(
            "ix_outbox_open",
            sqlite_where=sa.text("state IN ('waiting', 'claimed')"),
            postgresql_where=sa.text("state IN ('waiting', 'claimed')"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_unit_id"))
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))

    op.drop_table("membership")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_plan_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_unit_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_plan_id"))
        batch_op.drop_index(batch_op.f("ix_goal_parent_id"))

    op.drop_table("goal")
    op.drop_table("dialogue")
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_log_person_id"))

    op.drop_table("audit_log")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_superior_id"))

    op.drop_table("unit")
    op.drop_table("state")
    op.drop_table("plan")
    op.drop_table("person")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_open",
            sqlite_where=sa.text("state IN ('new', 'answering')"),
            postgresql_where=sa.text("state IN ('new', 'answering')"),
        )

    op.drop_table("inbox")
