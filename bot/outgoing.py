"""The daily message, as text and buttons, in full or discreetly.

A phone shows the beginning of a message on its locked screen. Where a plan is discreet, a message that comes unasked
says how many measures it is about, and a button shows which.
"""

from datetime import date
from functools import partial

import templates
from bot.answers import Button, Keyboard
from bot.dialogues import reporting_days
from scheduler.digest import Digest
from storage.tables import Person

MOST_FIXES = 8


def daily(person: Person, found: Digest, today: date, *, full: bool) -> tuple[str, Keyboard]:
    """The daily message; without `full`, one about a discreet plan says no more than how many."""
    keyboard = answer_now(person, len(found.questions))
    if found.is_discreet and not full:
        text = templates.chat.say("daily.discreet", language=person.language, digest=found)
        return text, (*keyboard, (_button(person, "show_details", "dg:0"),))
    text = templates.chat.say("daily.message", language=person.language, digest=found, today=today)
    return text, (*keyboard, *_days(person, found), *_fixes(person, found))


def answer_now(person: Person, questions: int) -> Keyboard:
    """The button that begins with the first of some questions; none without any."""
    if not questions:
        return ()
    return (_button(person, "answer_now", "nx:0:0", count=questions),), (_button(person, "put_off", "ut:w"),)


def _days(person: Person, found: Digest) -> Keyboard:
    """What can be said of each reporting day."""
    return tuple(
        row
        for day in found.days[:MOST_FIXES]
        for row in reporting_days.buttons(
            day.day_id, day.plan_id, day.kind, day.budget_year, partial(_button, person), by_unit=day.by_unit
        )
    )


def _fixes(person: Person, found: Digest) -> Keyboard:
    """A button for each thing that is missing before a round, and leads to where it is put right."""
    provisional = [upcoming for upcoming in found.to_prepare if upcoming.provisional]
    meetings = tuple(
        (_button(person, "round_real_meeting", f"ru:m:{upcoming.round_id}", year=upcoming.year),)
        for upcoming in provisional[:MOST_FIXES]
    )
    if not person.is_admin:
        return meetings
    measures = {measure_id: ref for upcoming in found.to_prepare for ref, measure_id in upcoming.owners_missing}
    measures |= {orphan.measure_id: orphan.ref for orphan in found.orphans}
    units = {unit_id: name for upcoming in found.to_prepare for name, unit_id in upcoming.people_missing}
    undecided = any(upcoming.undecided for upcoming in found.to_prepare)
    return (
        *(((_button(person, "decide_undecided", "ua:go:0"),),) if undecided else ()),
        *((_button(person, "choose_owner", f"ow:{key}", ref=ref),) for key, ref in list(measures.items())[:MOST_FIXES]),
        *((_button(person, "invite_from", f"iv:{key}", unit=name),) for key, name in list(units.items())[:MOST_FIXES]),
        *meetings,
    )


def _button(person: Person, label: str, data: str, **values: object) -> Button:
    return Button(templates.words.say(f"button.{label}", language=person.language, **values), data)
