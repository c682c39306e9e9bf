"""/maal: the result targets of the plans, and whether they have been reached, with a reason."""

from bot.answers import Button, Keyboard
from bot.paging import page_of
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from plan.attainment_words import Assessed, read
from scheduler import targets
from storage import attainments, dialogues, directory, outbox
from storage.attainments import Target
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue

KIND = "attainment"
CHOOSE, ASK, WRITTEN, PAGE, LIST = "t", "q", "w", "g", "l"
ASKED = {outbox.BUTTONS: [["attainment_list", f"mo:{LIST}:0"]]}
"""The data of the notice that asks for the targets of somebody's units: its button shows them."""
VALUES = {"a": "attained", "p": "partly_attained", "n": "not_attained"}
MAX_CHOICES = 30
PER_PAGE = 10


async def start(turn: Turn, words: str) -> None:
    """Every target the person may see: the office and admins all, a leader those their unit follows up.

    With words it is done in one line: `/maal 2.1 delvis: vi nådde 60 %`.
    """
    if words:
        await _one_line(turn, read(words))
        return
    await _show_list(turn, 0)


async def _show_list(turn: Turn, number: int, *, in_place: bool = False) -> None:
    """A page of the targets; `in_place` of the page before it."""
    found = await _mine(turn)
    if not found:
        turn.say("attainment.nothing")
        return
    page = page_of(found, number, PER_PAGE)
    buttons = [Button(shorten(f"{each.goal.ref} {each.row.text}"), f"mo:{CHOOSE}:{each.row.id}") for each in page.items]
    keyboard = (*rows_of(buttons, 1), *page.turning(turn, f"mo:{PAGE}:"))
    if turn.is_one_of(Role.OFFICE, Role.ADMIN) and any(each.said is None and each.unit for each in found):
        keyboard = (*keyboard, (turn.button("attainment_ask", f"mo:{ASK}:0"),))
    (turn.edit if in_place else turn.say)(
        "attainment.list", targets=page.items, page=page.number + 1, pages=page.count, keyboard=keyboard
    )


async def _one_line(turn: Turn, said: Assessed) -> None:
    """Store what a line says; what it leaves out is asked for."""
    known = [each for each in await attainments.targets(turn.session) if each.goal.ref.lower() == said.ref.lower()]
    found = [each for each in known if await _may(turn, each)]
    if not found:
        turn.say("attainment.not_yours" if known else "attainment.unknown", ref=shorten(said.ref))
    elif said.value is None and said.reason:
        turn.say("attainment.not_understood", ref=shorten(said.ref), words=shorten(said.reason))
    elif len(found) > 1:
        await _which(turn, found, said)
    elif said.value is None:
        _show_one(turn, found[0])
    elif not said.reason:
        await _ask_why(turn, found[0], said.value)
    else:
        await _store(turn, found[0], said.value, said.reason)


async def _which(turn: Turn, found: list[Target], said: Assessed) -> None:
    """A goal with several targets: the one that is meant is chosen, and what was written is kept meanwhile."""
    if said.value is None or not said.reason:
        code = next((letter for letter, value in VALUES.items() if value == said.value), CHOOSE)
    else:
        code = WRITTEN
        kept = {"written": {"value": said.value, "reason": said.reason}}
        await dialogues.begin(turn.session, turn.person_id, KIND, kept, turn.at)
    buttons = [Button(shorten(each.row.text), f"mo:{code}:{each.row.id}") for each in found[:MAX_CHOICES]]
    turn.say("attainment.which", ref=found[0].goal.ref, title=found[0].goal.title, keyboard=rows_of(buttons, 1))


async def _mine(turn: Turn) -> list[Target]:
    found = await attainments.targets(turn.session)
    return [each for each in found if await _may(turn, each)]


async def _may(turn: Turn, found: Target) -> bool:
    if turn.is_one_of(Role.OFFICE, Role.ADMIN):
        return True
    return found.unit is not None and found.unit.id in {unit.id for unit in turn.answers_for}


async def pressed(turn: Turn, data: str) -> None:
    """A target was chosen, or whether it has been reached; a page is turned; or the office asks the units."""
    code, _, rest = data.partition(":")
    if code == ASK:
        await _ask_units(turn)
        return
    if code in {PAGE, LIST} and (page := number(rest)) is not None:
        await _show_list(turn, page, in_place=code == PAGE)
        return
    target_id = number(rest)
    found = await attainments.target(turn.session, target_id) if target_id else None
    if found is None or code not in {CHOOSE, WRITTEN, *VALUES}:
        turn.toast("toast.unknown_button", alert=True)
    elif not await _may(turn, found):
        turn.toast("toast.not_yours", alert=True)
    elif code == CHOOSE:
        _show_one(turn, found)
    elif code == WRITTEN:
        await _store_written(turn, found)
    else:
        await _ask_why(turn, found, VALUES[code])


def _show_one(turn: Turn, found: Target) -> None:
    buttons = [turn.button(value, f"mo:{letter}:{found.row.id}") for letter, value in VALUES.items()]
    turn.show("attainment.one", found=found, keyboard=rows_of(buttons, 1))


async def _ask_why(turn: Turn, found: Target, value: str) -> None:
    kept = {"target_id": id_of(found.row), "value": value, "seen": found.said.id if found.said else 0}
    await dialogues.begin(turn.session, turn.person_id, KIND, kept, turn.at)
    turn.show("attainment.why", found=found, value=value)


async def _store_written(turn: Turn, found: Target) -> None:
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is None or dialogue.kind != KIND or "written" not in dialogue.data:
        turn.toast("toast.unknown_button", alert=True)
        return
    written = dialogue.data["written"]
    await dialogues.end(turn.session, turn.person_id)
    await _store(turn, found, written["value"], written["reason"])


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason: the assessment is stored, unless somebody else has given one meanwhile."""
    if "written" in dialogue.data:
        turn.say("attainment.choose_first")
        return
    await dialogues.end(turn.session, turn.person_id)
    found = await attainments.target(turn.session, dialogue.data["target_id"])
    if found is None or not await _may(turn, found):
        turn.say("attainment.gone")
    elif (id_of(found.said) if found.said else 0) != dialogue.data["seen"]:
        turn.say("attainment.said_meanwhile", found=found)
    else:
        await _store(turn, found, dialogue.data["value"], text)


async def _store(turn: Turn, found: Target, value: str, reason: str) -> None:
    mine = {unit.id for unit in turn.answers_for}
    await attainments.add(
        turn.session,
        found,
        value,
        reason,
        author_id=turn.person_id,
        on_behalf=found.unit is not None and found.unit.id not in mine,
        at=turn.at,
        inbox_id=turn.inbox_id,
    )
    keyboard = await _following(turn, found)
    turn.show("attainment.stored", found=found, value=value, reason=reason, keyboard=keyboard)


async def _following(turn: Turn, stored: Target) -> Keyboard:
    """The way to the next target nobody has assessed: after the one that was, else the first."""
    everything = [each for each in await _mine(turn) if each.said is None or each.row.id == stored.row.id]
    place = next((at for at, each in enumerate(everything) if each.row.id == stored.row.id), -1)
    left = [*everything[place + 1 :], *everything[: max(place, 0)]]
    if not left:
        return ()
    return ((turn.button("attainment_next", f"mo:{CHOOSE}:{left[0].row.id}", count=len(left)),),)


async def _ask_units(turn: Turn) -> None:
    """The units whose targets nobody has assessed hear of it, once a day."""
    if not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.toast("toast.not_yours", alert=True)
        return
    people = await directory.read(turn.session, turn.today)
    left = [each for each in await attainments.targets(turn.session) if each.unit and not each.said]
    open_units = {id_of(each.unit) for each in left if each.unit}
    for plan in {id_of(each.plan): each.plan for each in left}.values():
        await targets.ask(turn.session, plan, turn.at, turn.house.hours)
    told = {person_id for unit_id in open_units for person_id in people.asked(unit_id)} - {turn.person_id}
    for person_id in sorted(told):
        await outbox.write_notice(turn.session, person_id, "attainment_asked", ASKED, turn.at, turn.house.hours)
    silent = [people.units[unit_id].name for unit_id in sorted(open_units) if not people.asked(unit_id)]
    turn.say("attainment.asked", count=len(told), units=silent)
