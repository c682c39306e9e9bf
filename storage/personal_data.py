"""What every column is to a person who asks to be erased: one decision for each that names somebody or holds words."""

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a value when the person it is about, or from, is erased."""

    ROW_GOES = "row_goes"  # the row is the person's own
    EMPTIED = "emptied"  # the row is another's, or the municipality's, and forgets the person
    NUMBER_STAYS = "number_stays"  # who did something: a number, behind which no name is left
    WORDS_STAY = "words_stay"  # written for a unit or for the office, and needed in the report
    NAME_IS_SOUGHT = "name_is_sought"  # the name is taken out where it stands
    NOT_PERSONAL = "not_personal"  # the plan's own words, codes and numbers


_GOES = ("absence.person_id", "dialogue.person_id", "membership.person_id", "outbox.person_id", "dialogue.data")

_EMPTIED = (
    "absence.deputy_id",
    "inbox.answers",
    "inbox.payload",
    "invitation.name",
    "person.name",
    "plan_import.person_id",
)

_NUMBERS = (
    "absence.created_by_id",
    "attachment.person_id",
    "attachment.released_by_id",
    "attainment.author_id",
    "audit_log.person_id",
    "call_off.by_id",
    "invitation.created_by_id",
    "invitation.used_by_id",
    "nag.by_id",
    "proposal.decided_by_id",
    "proposal.made_by_id",
    "question_back.asked_by_id",
    "report.approved_by_id",
    "report_text.released_by_id",
    "report_text_edit.person_id",
    "reporting_day.done_by_id",
    "status_reply.author_id",
    "written_text.author_id",
    "written_text.released_by_id",
)

_WORDS = (
    "attachment.name",
    "attachment_content.content",
    "attainment.reason",
    "call_off.reason",
    "proposal.deadline_text",
    "proposal.reason",
    "question_back.text",
    "report.snapshot",
    "report_document.content",
    "report_text.text",
    "report_text_edit.text",
    "status_reply.comment",
    "written_text.text",
)

_PLAIN = {
    "attachment": ("media_type", "digest"),
    "attainment": ("target", "value"),
    "audit_log": ("actor", "action", "subject", "before", "after"),
    "condition_met": ("condition",),
    "cost_line": ("kind", "text"),
    "dialogue": ("kind",),
    "goal": ("ref", "title"),
    "inbox": ("state", "problem"),
    "invitation": ("token_hash", "role"),
    "measure": (
        "ref",
        "title",
        "description",
        "responsible",
        "deadline_text",
        "deadline",
        "funding",
        "priority",
        "also_affected",
        "category",
        "comment",
        "undecided",
        "lead_days",
    ),
    "meeting": ("body",),
    "membership": ("kind",),
    "occurrence": ("label",),
    "outbox": ("kind", "state", "problem"),
    "person": ("language",),
    "plan": ("slug", "title", "municipality", "settings"),
    "plan_import": ("file_name", "draft", "questions", "decisions", "state"),
    "proposal": ("kind", "deadline", "state", "replaced_text"),
    "question_back": ("closed_because",),
    "reminder": ("step",),
    "reply_origin": ("how",),
    "report": ("state", "digest"),
    "report_document": ("format", "digest"),
    "report_text_edit": ("action",),
    "reporting_date": ("kind", "text", "rule"),
    "reporting_day": ("kind", "basis", "text", "closed_because"),
    "reporting_step": ("step",),
    "result_target": ("text",),
    "round": ("state", "body"),
    "round_step": ("step",),
    "state": ("key", "value"),
    "status_reply": ("status",),
    "status_request": ("reason", "closed_because"),
    "unit": ("name", "key"),
    "word_template": ("language", "name", "digest", "content"),
    "written_text": ("kind",),
}

FATES: dict[str, Fate] = (
    dict.fromkeys(_GOES, Fate.ROW_GOES)
    | dict.fromkeys(_EMPTIED, Fate.EMPTIED)
    | dict.fromkeys(_NUMBERS, Fate.NUMBER_STAYS)
    | dict.fromkeys(_WORDS, Fate.WORDS_STAY)
    | {"outbox.data": Fate.NAME_IS_SOUGHT}
    | {f"{table}.{name}": Fate.NOT_PERSONAL for table, names in _PLAIN.items() for name in names}
)
"""By table and column. Every column that names a person by id, or that can hold words, is here."""
