"""/fravaer: a person says from when to when they are away, and who stands in; admins also for others.

What was understood is shown with its dates, and is registered when the deputy is chosen.
"""

from datetime import date
from typing import Any

from bot.answers import Button, Keyboard
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of, shorten
from plan.said_days import LONGEST, NotUnderstood, parse_period
from plan.workday import DateRange
from scheduler import absence_news, open_questions
from storage import absences, dialogues, directory, outbox, people
from storage.ids import id_of
from storage.people import Role
from storage.tables import Absence, Dialogue, Person

KIND = "absence"
CHOOSE, OTHER, END = "d", "o", "e"
MAX_CHOICES = 8
BACK = {"ferdig", "ferdig med fravær", "ferdig med fråvær", "tilbake", "jeg er tilbake", "eg er tilbake", "avlys"}


async def start(turn: Turn, words: str) -> None:
    """`/fravaer uke 28`, `/fravaer ferdig`, and for admins `/fravaer <name>: uke 28`; alone it shows what is there."""
    name, colon, rest = words.partition(":")
    if colon and turn.is_one_of(Role.ADMIN):
        found = await people.by_name(turn.session, name)
        if len(found) != 1:
            turn.say("absence.unknown_person", name=shorten(name), several=len(found) > 1)
            return
        await _take(turn, found[0], rest.strip())
    elif colon:
        turn.say("absence.only_admins")
    else:
        assert turn.person is not None
        await _take(turn, turn.person, words)


async def _take(turn: Turn, person: Person, words: str) -> None:
    if words.lower().strip(" .!") in BACK:
        await _back(turn, person)
    elif words:
        await _take_period(turn, person, words)
    else:
        await _show(turn, person)


async def _show(turn: Turn, person: Person) -> None:
    """What is registered, and how to register more: the next words are a period."""
    rows = await absences.of_person(turn.session, id_of(person), turn.today)
    await dialogues.begin(turn.session, turn.person_id, KIND, {"person_id": id_of(person)}, turn.at)
    buttons = [turn.button("absence_end", f"fv:{END}:{id_of(row)}", day=row.first_on) for row in rows]
    shown = [(row, await _name(turn, row.deputy_id)) for row in rows]
    turn.say("absence.registered", rows=shown, name=_other(turn, person), keyboard=rows_of(buttons, 1))


async def _name(turn: Turn, person_id: int | None) -> str | None:
    person = await people.by_id(turn.session, person_id) if person_id else None
    return person.name if person else None


def _other(turn: Turn, person: Person) -> str | None:
    """The name of the person, where it is not the one who writes."""
    return None if id_of(person) == turn.person_id else person.name


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A period, or the name of a deputy."""
    data: dict[str, Any] = dialogue.data
    person = await people.by_id(turn.session, data["person_id"])
    if person is None or not _may(turn, id_of(person)):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("conversation.not_understood")
    elif "first" in data:
        await _take_deputy(turn, person, _days(data["first"], data["last"]), text)
    else:
        await _take(turn, person, text)


def _may(turn: Turn, person_id: int) -> bool:
    return person_id == turn.person_id or turn.is_one_of(Role.ADMIN)


async def _take_period(turn: Turn, person: Person, words: str) -> None:
    try:
        days = parse_period(words, turn.today)
    except NotUnderstood as refusal:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"person_id": id_of(person)}, turn.at)
        turn.say("absence.refused", why=refusal.code, text=shorten(words))
        return
    data = {"person_id": id_of(person)}
    await dialogues.begin(turn.session, turn.person_id, KIND, data, turn.at)
    turn.say(
        "absence.understood",
        days=days,
        name=_other(turn, person),
        replaced=await absences.overlapping(turn.session, id_of(person), days),
        keyboard=await _deputies(turn, person, days),
    )


async def _deputies(turn: Turn, person: Person, days: DateRange) -> Keyboard:
    """Who may stand in: those of the person's units first, or for the office and admins those who see the same."""
    about = f"{id_of(person)}:{days.first.toordinal()}:{days.last.toordinal()}"
    known = await directory.read(turn.session)
    units = [unit_id for unit_id in known.units if id_of(person) in known.members(unit_id)]
    near = [member for unit_id in units for member in known.members(unit_id)]
    if person.is_office or person.is_admin:
        near += [*known.office, *known.admins]
    choices = [found for found in dict.fromkeys(near) if found != person.id][:MAX_CHOICES]
    buttons = [Button(shorten(known.people[found].name), f"fv:{CHOOSE}:{about}:{found}") for found in choices]
    buttons.append(turn.button("absence_other", f"fv:{OTHER}:{about}"))
    buttons.append(turn.button("absence_nobody", f"fv:{CHOOSE}:{about}:0"))
    return rows_of(buttons, 1)


async def pressed(turn: Turn, data: str) -> None:
    """A deputy was chosen, none, or somebody else; or an absence is over."""
    code, _, rest = data.partition(":")
    if code == END:
        await _press_end(turn, number(rest))
        return
    found = numbers(rest, 4 if code == CHOOSE else 3) if code in {CHOOSE, OTHER} else None
    person = await people.by_id(turn.session, found[0]) if found else None
    days = _days(found[1], found[2]) if found else None
    if found is None or person is None or days is None or person.gone_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    elif not _may(turn, id_of(person)):
        turn.toast("toast.not_yours", alert=True)
    elif days.last < turn.today:
        turn.toast("toast.absence_over", alert=True)
    elif code == OTHER:
        asked = {"person_id": id_of(person), "first": found[1], "last": found[2]}
        await dialogues.begin(turn.session, turn.person_id, KIND, asked, turn.at)
        turn.edit("absence.which_deputy", days=days, name=_other(turn, person))
    else:
        await _press_deputy(turn, person, days, found[3])


def _days(first: int, last: int) -> DateRange | None:
    """The days of two ordinals of a button; None for what we did not make."""
    if not 1 <= first <= last <= date.max.toordinal() or last - first >= LONGEST.days:
        return None
    return DateRange(date.fromordinal(first), date.fromordinal(last))


async def _press_deputy(turn: Turn, person: Person, days: DateRange, deputy_id: int) -> None:
    known = (await directory.read(turn.session)).people
    if deputy_id == 0:
        await _register(turn, person, days, None)
    elif deputy_id not in known or deputy_id == person.id:
        turn.toast("toast.no_deputy", alert=True)
    else:
        await _register(turn, person, days, known[deputy_id])


async def _take_deputy(turn: Turn, person: Person, days: DateRange | None, text: str) -> None:
    """Somebody who is known was named as deputy."""
    assert days is not None
    found = [each for each in await people.by_name(turn.session, text) if each.id != person.id]
    if len(found) == 1:
        await _register(turn, person, days, found[0])
    else:
        turn.say(
            "absence.unknown_deputy",
            name=shorten(text),
            several=len(found) > 1,
            keyboard=await _deputies(turn, person, days),
        )


async def _register(turn: Turn, person: Person, days: DateRange, deputy: Person | None) -> None:
    before = {row.deputy_id for row in await absences.overlapping(turn.session, id_of(person), days)}
    deputy_id = id_of(deputy) if deputy else None
    row = await absences.register(
        turn.session, id_of(person), days, deputy_id, turn.today, actor=turn.actor, at=turn.at
    )
    await dialogues.end(turn.session, turn.person_id)
    turn.show(
        "absence.stored",
        days=DateRange(row.first_on, row.last_on),
        deputy=deputy.name if deputy else None,
        deputy_away=bool(deputy and await absences.overlapping(turn.session, id_of(deputy), days)),
        name=_other(turn, person),
        keyboard=((turn.button("absence_end", f"fv:{END}:{id_of(row)}", day=row.first_on),),),
    )
    turn.changed_people.update(each for each in (deputy_id, *before) if each is not None)
    if deputy_id is not None:
        await _tell(turn, deputy_id, "deputy_chosen", row, person)
    for other in before - {deputy_id, None}:
        assert other is not None
        await _tell(turn, other, "deputy_released", row, person)
    await _tell(turn, id_of(person), "absence_registered", row, person)


async def _tell(turn: Turn, person_id: int, kind: str, row: Absence, absent: Person) -> None:
    """Somebody else hears at once what was registered. Names stay out of what is stored: the units say whose it is."""
    if person_id == turn.person_id:
        return
    data = {
        "units": [unit.name for unit in await people.units_of(turn.session, id_of(absent))],
        "first": row.first_on.isoformat(),
        "last": row.last_on.isoformat(),
    }
    each = f"{kind}:{id_of(row)}:{row.first_on.toordinal()}:{row.last_on.toordinal()}"
    await outbox.write_notice(turn.session, person_id, each, data, turn.at, turn.house.hours)


async def _press_end(turn: Turn, absence_id: int | None) -> None:
    row = await absences.by_id(turn.session, absence_id) if absence_id else None
    if row is None:
        turn.toast("toast.unknown_button", alert=True)
    elif not _may(turn, row.person_id):
        turn.toast("toast.not_yours", alert=True)
    elif row.cancelled_at is not None or row.last_on < turn.today:
        turn.toast("toast.absence_over", alert=True)
    else:
        person = await people.by_id(turn.session, row.person_id)
        assert person is not None
        await _end(turn, person, row)


async def _back(turn: Turn, person: Person) -> None:
    """ "Ferdig med fravær": ends the absence that has begun, else calls off the next."""
    rows = await absences.of_person(turn.session, id_of(person), turn.today)
    if rows:
        await _end(turn, person, rows[0])
    else:
        turn.say("absence.not_away", name=_other(turn, person))


async def _end(turn: Turn, person: Person, row: Absence) -> None:
    """The person is back: they hear what was answered meanwhile, and the deputy that it is over."""
    was_away = row.first_on < turn.today
    days = DateRange(row.first_on, row.last_on)
    await absences.end(turn.session, row, turn.today, actor=turn.actor, at=turn.at)
    await dialogues.end(turn.session, turn.person_id)
    if row.deputy_id is not None:
        turn.changed_people.add(row.deputy_id)
        await _tell(turn, row.deputy_id, "deputy_released", row, person)
    if not was_away or _other(turn, person):
        turn.show("absence.ended", days=days, name=_other(turn, person), begun=was_away)
        return
    back = await absence_news.back_from_absence(turn.session, id_of(person), turn.today)
    assert back is not None
    await absences.welcomed(turn.session, id_of(person), turn.today, turn.at)
    questions = await open_questions.questions_of(turn.session, id_of(person), turn.today)
    keyboard = ((turn.button("answer_now", "nx:0:0", count=len(questions)),),) if questions else ()
    turn.say("absence.back", back=back, count=len(questions), keyboard=keyboard)
