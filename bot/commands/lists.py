"""/enhet and /folk: the units and the people, each with what can be done, and one-line commands for all of it."""

from collections.abc import Sequence

from bot.answers import Button, Keyboard
from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import find
from bot.tasks import people as people_tasks
from bot.tasks import units as unit_tasks
from bot.turn import Turn, rows_of, shorten
from plan.refusal import Refused
from storage import measures, people, units
from storage.ids import id_of

PER_PAGE = 10
UNIT_VERBS = {
    "ny": "unit_new",
    "gi nytt navn": "unit_rename",
    "endre navn": "unit_rename",
    "flytt": "unit_place",
    "hvor": "unit_kind",
    "slå sammen": "unit_merge",
    "slå saman": "unit_merge",
    "arkiver": "unit_archive",
}
PERSON_VERBS = {
    "endre navn": "person_rename",
    "rolle": "person_role",
    "sett": "person_join",
    "flytt": "person_move",
    "ta": "person_leave",
    "slå sammen": "person_merge",
    "slå saman": "person_merge",
    "fjern": "person_remove",
}
# What can be begun by a button under a card, by the code in its data.
BUTTONS = {
    "un": "unit_new",
    "ur": "unit_rename",
    "up": "unit_place",
    "uk": "unit_kind",
    "um": "unit_merge",
    "ua": "unit_archive",
    "fr": "person_rename",
    "fa": "person_role",
    "fj": "person_join",
    "fm": "person_move",
    "fl": "person_leave",
    "fs": "person_merge",
    "fx": "person_remove",
}
OF_UNIT = ("ur", "up", "uk", "um", "ua")
OF_PERSON = ("fr", "fa", "fj", "fm", "fl", "fs", "fx")


async def unit_command(turn: Turn, words: str) -> None:
    """/enhet: the list, one unit, or something to do with one."""
    verb, rest = split_verb(words, UNIT_VERBS)
    if verb:
        await wizard.by_line(turn, UNIT_VERBS[verb], rest)
    elif words:
        await _by_name(turn, words, find.take_unit, _show_unit)
    else:
        await _list_units(turn, 0)


async def person_command(turn: Turn, words: str) -> None:
    """/folk: the list, one person, or something to do with one."""
    verb, rest = split_verb(words, PERSON_VERBS)
    if verb:
        await wizard.by_line(turn, PERSON_VERBS[verb], rest)
    elif words:
        await _by_name(turn, words, find.take_person, _show_person)
    else:
        await _list_people(turn, 0)


def split_verb(words: str, verbs: dict[str, str]) -> tuple[str, str]:
    """What is to be done, where the words begin with it, and the rest."""
    lowered = f"{words.lower()} "
    for verb in verbs:
        if lowered.startswith(f"{verb} "):
            return verb, words[len(verb) :].strip()
    return "", words


async def _by_name(turn: Turn, words: str, take: find.Take, show: find.Show) -> None:
    try:
        found = await take(turn, {}, words)
    except Refused as refusal:
        turn.say(refusal.code, **refusal.data)
        return
    await show(turn, found)


async def show(turn: Turn, data: str) -> None:
    """A card or a page of a list: u:<unit>, ul:<page>, f:<person>, fl:<page>."""
    what, _, rest = data.partition(":")
    views = {"u": _show_unit, "ul": _list_units, "f": _show_person, "fl": _list_people}
    found = number(rest)
    if what not in views or found is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    try:
        await views[what](turn, found)
    except Refused:
        turn.toast("toast.unknown_button", alert=True)


async def begin(turn: Turn, data: str) -> None:
    """Begin what a button under a card is for: <code>:<id of what it is about, or 0>."""
    code, _, rest = data.partition(":")
    found = number(rest)
    if code not in BUTTONS or found is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    subject = "unit" if code.startswith("u") else "person"
    await wizard.begin(turn, BUTTONS[code], {subject: found} if found else None)


async def owner(turn: Turn, data: str) -> None:
    """Choose who follows up a measure that nobody does: <measure>."""
    found = number(data)
    measure = await measures.by_id(turn.session, found) if found else None
    if measure is None or measure.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await wizard.begin(turn, "measure_owner", {"measure": id_of(measure)}, anew=True)


async def _list_units(turn: Turn, page: int) -> None:
    known = await units.everyone(turn.session)
    buttons = [Button(shorten(unit.name), f"vi:u:{unit.id}") for unit in known]
    shown = known[page * PER_PAGE : (page + 1) * PER_PAGE]
    names = {unit.id: unit.name for unit in known}
    turn.show(
        "unit_admin.list",
        rows=[(unit, names.get(unit.superior_id)) for unit in shown],
        total=len(known),
        keyboard=(*paged(turn, buttons, page, "vi:ul"), (turn.button("unit_new", "ad:un:0"),)),
    )


async def _show_unit(turn: Turn, unit_id: int) -> None:
    unit = await find.unit(turn, unit_id)
    buttons = [turn.button(BUTTONS[code], f"ad:{code}:{unit_id}") for code in OF_UNIT]
    invite = turn.button("invite_to_unit", f"iv:{unit_id}")
    rows = rows_of(buttons if unit.external else [invite, *buttons])
    turn.show(
        "unit_admin.card",
        keyboard=(*rows, (turn.button("all_units", "vi:ul:0"),)),
        **await unit_tasks.card_of(turn, unit),
    )


async def _list_people(turn: Turn, page: int) -> None:
    known = await people.everyone(turn.session)
    buttons = [Button(shorten(person.name), f"vi:f:{person.id}") for person in known]
    shown = known[page * PER_PAGE : (page + 1) * PER_PAGE]
    turn.show(
        "people_admin.list",
        rows=[(person, await people_tasks.roles_of(turn, person)) for person in shown],
        total=len(known),
        keyboard=(*paged(turn, buttons, page, "vi:fl"), (turn.button("invitations", "il:0"),)),
    )


async def _show_person(turn: Turn, person_id: int) -> None:
    person = await find.person(turn, person_id)
    has_unit = bool(await people.memberships(turn.session, id_of(person)))
    codes = [code for code in OF_PERSON if has_unit or code not in {"fm", "fl"}]
    buttons = [turn.button(BUTTONS[code], f"ad:{code}:{person_id}") for code in codes]
    keyboard = (*rows_of(buttons), (turn.button("all_people", "vi:fl:0"),))
    turn.show("people_admin.card", person=person, **await people_tasks.roles_of(turn, person), keyboard=keyboard)


def paged(turn: Turn, buttons: Sequence[Button], page: int, prefix: str) -> Keyboard:
    """One page of many buttons, and those that turn the page."""
    shown = buttons[page * PER_PAGE : (page + 1) * PER_PAGE]
    turns = []
    if page:
        turns.append(turn.button("page_before", f"{prefix}:{page - 1}"))
    if (page + 1) * PER_PAGE < len(buttons):
        turns.append(turn.button("page_after", f"{prefix}:{page + 1}"))
    return (*rows_of(shown), *((tuple(turns),) if turns else ()))
