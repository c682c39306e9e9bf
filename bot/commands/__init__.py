"""Every command and every kind of button, with the roles that may use it. The order is that of the help.

`docs/kommandoer.md` and the walk of `tests/bot/test_access.py` are made of these tables.
"""

from bot.access import ADMIN, EVERYONE, LEADER, OFFICE, STAFF, STRANGERS_TOO, Command, Press, Use
from bot.commands import export, invite, measure_admin, measures, overview, plan_import, reports, start, year
from bot.dialogues import absence, correcting, loose_words, plan_review, proposals, question, release, status

COMMANDS = (
    Command("start", STRANGERS_TOO, start.start),
    Command("hjelp", EVERYONE, start.help_),
    Command("mine", LEADER, measures.mine),
    Command("status", LEADER, measures.answer, (Use(), Use("1.6", "status_one"))),
    Command(
        "tiltak",
        EVERYONE,
        measures.measure,
        (
            Use("", "measures"),
            Use("1.6", "measure_one"),
            Use("ny 9.9 Kurs; frist: våren 2024; oppfølging: NAV", "measure_new", ADMIN),
            Use("endre 1.6 tittel: Aktiviteter og tilbud", "measure_change", ADMIN),
            Use("arkiver 1.6", "measure_archive", ADMIN),
        ),
    ),
    Command("oversikt", STAFF, overview.overview),
    Command("mangler", STAFF, overview.missing),
    Command("registrer", STAFF, measures.register, (Use("1.6"),)),
    Command("frigi", OFFICE, release.start),
    Command("forslag", STAFF, proposals.start),
    Command("arshjul", STAFF, year.year, (Use("", "year_ahead"), Use("rus 2021", "year_of_plan"))),
    Command("rapport", STAFF, reports.report, (Use("", "report_now"), Use("2020", "report_year"))),
    Command(
        "inviter",
        ADMIN,
        invite.invite,
        (
            Use("leder Testperson, NAV", "invite_leader"),
            Use("kontor Testperson", "invite_office"),
            Use("admin Testperson", "invite_admin"),
        ),
    ),
    Command("import", ADMIN, plan_import.import_),
    Command("eksport", ADMIN, export.export, (Use(), Use("mal", "export_template"))),
    Command("fravaer", EVERYONE, absence.start, (Use(), Use("uke 28", "absence_week"), Use("ferdig", "absence_over"))),
    Command("avbryt", EVERYONE, start.cancel),
)

PRESSES = (
    Press(
        "st",
        EVERYONE,
        status.pressed,
        (
            "status_not_started",
            "status_in_progress",
            "status_delayed",
            "status_done",
            "status_dropped",
            "unchanged",
            "save",
            "fix",
            "new_deadline",
            "other_deadline",
            "no_new_deadline",
            "without_comment",
            "back",
            "later",
        ),
    ),
    Press("fx", EVERYONE, correcting.fix, ("fix",)),
    Press("fv", EVERYONE, absence.pressed, ("absence_other", "absence_nobody", "absence_end")),
    Press("nx", LEADER, question.start, ("answer_now",)),
    Press("lo", LEADER, loose_words.chosen),
    Press("re", OFFICE, release.pressed, ("release", "edit", "skip", "release_all")),
    Press(
        "fo",
        OFFICE,
        proposals.pressed,
        ("proposals_one_by_one", "approve_deadlines", "approve_closings", "approve", "turn_down", "skip"),
    ),
    Press("aa", STAFF, year.as_file, ("calendar_file",)),
    Press("rp", STAFF, reports.chosen),
    Press("rg", STAFF, measures.register_chosen),
    Press("an", LEADER, measures.answer_chosen, ("answer_again",)),
    Press("ti", EVERYONE, measures.measure_chosen),
    Press("ex", ADMIN, export.chosen, ("plan_template",)),
    Press("ar", ADMIN, measure_admin.archive_confirmed, ("archive", "keep")),
    Press(
        "pi",
        ADMIN,
        plan_review.pressed,
        (
            "plan_questions",
            "plan_as_it_stands",
            "plan_see",
            "plan_go_on",
            "plan_next",
            "plan_take",
            "plan_leave",
            "plan_take_all",
            "plan_same",
            "plan_new_unit",
            "plan_external",
            "plan_units_as_read",
            "plan_keep_without_day",
            "plan_keep_day",
            "plan_keep_all",
            "plan_nobody",
            "plan_first_of_all",
            "back",
            "later",
            "plan_import",
            "plan_drop",
            "plan_drop_surely",
        ),
    ),
)

DOCUMENT = Command("import", ADMIN, plan_import.received)
"""A document that is sent is a plan to import; from everybody else it is what cannot be taken for an answer."""
