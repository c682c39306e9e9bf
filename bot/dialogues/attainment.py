"""/maal: the result targets of the plans, and whether they have been reached, with a reason."""

from bot.answers import Button
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from storage import attainments, dialogues, directory, outbox
from storage.attainments import Target
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue

KIND = "attainment"
CHOOSE, ASK = "t", "q"
VALUES = {"a": "attained", "p": "partly_attained", "n": "not_attained"}
MAX_CHOICES = 30


async def start(turn: Turn, _words: str) -> None:
    """Every target the person may see: the office and admins all, a leader those their unit follows up."""
    found = await _mine(turn)
    if not found:
        turn.say("attainment.nothing")
        return
    buttons = [Button(shorten(f"{each.goal.ref} {each.row.text}"), f"mo:{CHOOSE}:{each.row.id}") for each in found]
    keyboard = rows_of(buttons[:MAX_CHOICES], 1)
    if turn.is_one_of(Role.OFFICE, Role.ADMIN) and any(each.said is None and each.unit for each in found):
        keyboard = (*keyboard, (turn.button("attainment_ask", f"mo:{ASK}:0"),))
    turn.say("attainment.list", targets=found, keyboard=keyboard)


async def _mine(turn: Turn) -> list[Target]:
    found = await attainments.targets(turn.session)
    return [each for each in found if await _may(turn, each)]


async def _may(turn: Turn, found: Target) -> bool:
    if turn.is_one_of(Role.OFFICE, Role.ADMIN):
        return True
    return found.unit is not None and found.unit.id in {unit.id for unit in await turn.units()}


async def pressed(turn: Turn, data: str) -> None:
    """A target was chosen, or whether it has been reached; or the office asks the units."""
    code, _, rest = data.partition(":")
    if code == ASK:
        await _ask_units(turn)
        return
    target_id = number(rest)
    found = await attainments.target(turn.session, target_id) if target_id else None
    if found is None or code not in {CHOOSE, *VALUES}:
        turn.toast("toast.unknown_button", alert=True)
    elif not await _may(turn, found):
        turn.toast("toast.not_yours", alert=True)
    elif code == CHOOSE:
        buttons = [turn.button(value, f"mo:{letter}:{target_id}") for letter, value in VALUES.items()]
        turn.edit("attainment.one", found=found, keyboard=rows_of(buttons, 1))
    else:
        data_kept = {"target_id": target_id, "value": VALUES[code], "seen": found.said.id if found.said else 0}
        await dialogues.begin(turn.session, turn.person_id, KIND, data_kept, turn.at)
        turn.edit("attainment.why", found=found, value=VALUES[code])


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason: the assessment is stored, unless somebody else has given one meanwhile."""
    await dialogues.end(turn.session, turn.person_id)
    found = await attainments.target(turn.session, dialogue.data["target_id"])
    if found is None or not await _may(turn, found):
        turn.say("attainment.gone")
    elif (id_of(found.said) if found.said else 0) != dialogue.data["seen"]:
        turn.say("attainment.said_meanwhile", found=found)
    else:
        mine = {unit.id for unit in await turn.units()}
        await attainments.add(
            turn.session,
            found,
            dialogue.data["value"],
            text,
            author_id=turn.person_id,
            on_behalf=found.unit is not None and found.unit.id not in mine,
            at=turn.at,
            inbox_id=turn.inbox_id,
        )
        turn.say("attainment.stored", found=found, value=dialogue.data["value"], reason=text)


async def _ask_units(turn: Turn) -> None:
    """The units whose targets nobody has assessed hear of it, once a day."""
    if not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.toast("toast.not_yours", alert=True)
        return
    people = await directory.read(turn.session, turn.today)
    open_units = {id_of(each.unit) for each in await attainments.targets(turn.session) if each.unit and not each.said}
    told = {person_id for unit_id in open_units for person_id in people.asked(unit_id)} - {turn.person_id}
    for person_id in sorted(told):
        await outbox.write_notice(turn.session, person_id, "attainment_asked", {}, turn.at, turn.house.hours)
    silent = [people.units[unit_id].name for unit_id in sorted(open_units) if not people.asked(unit_id)]
    turn.say("attainment.asked", count=len(told), units=silent)
