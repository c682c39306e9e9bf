"""Every command and every kind of button, with the roles that may use it. The order is that of the help."""

from bot.access import ADMIN, EVERYONE, LEADER, OFFICE, STAFF, STRANGERS_TOO, Command, Press
from bot.commands import invite, measure_admin, measures, overview, plan_import, reports, start
from bot.dialogues import loose_words, plan_review, release, status

COMMANDS = (
    Command("start", STRANGERS_TOO, start.start),
    Command("hjelp", EVERYONE, start.help_),
    Command("mine", LEADER, measures.mine),
    Command("status", LEADER, measures.answer),
    Command("tiltak", EVERYONE, measures.measure),
    Command("oversikt", STAFF, overview.overview),
    Command("mangler", STAFF, overview.missing),
    Command("registrer", STAFF, measures.register),
    Command("frigi", OFFICE, release.start),
    Command("rapport", STAFF, reports.report),
    Command("inviter", ADMIN, invite.invite),
    Command("import", ADMIN, plan_import.import_),
    Command("avbryt", EVERYONE, start.cancel),
)

PRESSES = (
    Press("st", EVERYONE, status.pressed),
    Press("fx", EVERYONE, status.fix),
    Press("nx", LEADER, status.start),
    Press("lo", LEADER, loose_words.chosen),
    Press("re", OFFICE, release.pressed),
    Press("rp", STAFF, reports.chosen),
    Press("rg", STAFF, measures.register_chosen),
    Press("an", LEADER, measures.answer_chosen),
    Press("ti", EVERYONE, measures.measure_chosen),
    Press("ar", ADMIN, measure_admin.archive_confirmed),
    Press("pi", ADMIN, plan_review.pressed),
)

DOCUMENT = Command("import", ADMIN, plan_import.received)
"""A document that is sent is a plan to import; from everybody else it is what cannot be taken for an answer."""
