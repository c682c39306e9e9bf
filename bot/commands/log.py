"""/logg: what was changed, when and by whom; of everything, or of one measure, plan, unit or person."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import templates
from bot.press_data import number
from bot.tasks import find
from bot.turn import Turn, shorten
from plan.refusal import Refused
from storage import audit_reading, measures
from storage.audit_reading import Names, Of
from storage.ids import id_of
from storage.tables import AuditEntry
from templates import formats

PER_PAGE = 8
MOST = 120
CODES = {"a": None, "m": "measure", "p": "plan", "u": "unit", "f": "person"}
IDS = {
    "owner_id": "unit",
    "unit_id": "unit",
    "superior_id": "unit",
    "goal_id": "goal",
    "measure_id": "measure",
    "person_id": "person",
    "deputy_id": "person",
}
SAID_ALREADY = {"deadline": "deadline_text"}
"""Fields that say again what another does, where both have changed."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Line:
    """An entry of the log as it is read: `who` is None where nobody in the chat did it, "" for who has left."""

    entry: AuditEntry
    action: str
    who: str | None
    what: str | None
    changes: tuple[tuple[str, str | None, str | None], ...]


async def command(turn: Turn, words: str) -> None:
    """`/logg`, `/logg 1.4`, `/logg NAV`, `/logg Kari Nordmann`, `/logg vefsn`."""
    of = await _find(turn, words) if words else Of()
    if of is None:
        turn.say("log.unknown", words=shorten(words))
    else:
        await _show(turn, of, 0)


async def _find(turn: Turn, words: str) -> Of | None:
    """What the words name: a measure by its number, else a unit, a person or a plan."""
    rows = await measures.by_ref(turn.session, words)
    if rows:
        return Of("measure", id_of(rows[0][0]))
    for subject, take in (("unit", find.take_unit), ("person", find.take_person), ("plan", find.take_plan)):
        try:
            return Of(subject, await take(turn, {}, words))
        except Refused:
            continue
    return None


async def turned(turn: Turn, data: str) -> None:
    """lg:<what><id>:<page>."""
    what, _, page = data.partition(":")
    subject_id, found = number(what[1:]), number(page)
    if what[:1] not in CODES or subject_id is None or found is None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await _show(turn, Of(CODES[what[:1]], subject_id), found)


async def _show(turn: Turn, of: Of, page: int) -> None:
    total = await audit_reading.total(turn.session, of)
    entries = await audit_reading.page(turn.session, of, page * PER_PAGE, PER_PAGE)
    names = await audit_reading.names(turn.session)
    code = next(code for code, subject in CODES.items() if subject == of.subject)
    turns = []
    if page:
        turns.append(turn.button("page_before", f"lg:{code}{of.subject_id}:{page - 1}"))
    if (page + 1) * PER_PAGE < total:
        turns.append(turn.button("page_after", f"lg:{code}{of.subject_id}:{page + 1}"))
    turn.show(
        "log.page",
        lines=[line_of(entry, names, turn.language) for entry in entries],
        about=names.of(of.subject, of.subject_id) if of.subject else None,
        total=total,
        keyboard=(tuple(turns),) if turns else (),
    )


def line_of(entry: AuditEntry, names: Names, language: str) -> Line:
    """An entry with the names that hold now."""
    known = {name.removeprefix("log.") for name in templates.words.names() if name.startswith("log.")}
    who = names.people.get(entry.person_id, "") if entry.person_id else None
    action = entry.action if entry.action in known else "other"
    return Line(entry, action, who, names.of(entry.subject, entry.subject_id), _changes(entry, names, language))


def _changes(entry: AuditEntry, names: Names, language: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """What was and what is, for each field that differs and has a word."""
    known = {name.removeprefix("log_field.") for name in templates.words.names() if name.startswith("log_field.")}
    before, after = entry.before or {}, entry.after or {}
    return tuple(
        (field, _shown(field, before.get(field), names, language), _shown(field, after.get(field), names, language))
        for field in dict.fromkeys((*before, *after))
        if field in known and before.get(field) != after.get(field) and SAID_ALREADY.get(field) not in after
    )


def _shown(field: str, value: Any, names: Names, language: str) -> str | None:
    if value is None or value == "":
        return None
    if field in IDS:
        return names.of(IDS[field], value) or "?"
    if field == "kind" and f"reporting.{value}" in templates.words.names():
        return templates.words.say(f"reporting.{value}", language=language)
    if isinstance(value, dict):
        value = value.get("text") or ", ".join(f"{name}: {found}" for name, found in value.items())
    if field == "unit_ids":
        value = [names.of("unit", unit_id) or "?" for unit_id in value]
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, str) and DAY.fullmatch(value):
        return formats.day(date.fromisoformat(value), language)
    return shorten(str(value), MOST)
