"""People: their names and roles, the units they answer for, and letting them go."""

from typing import Any

from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused, one_of, text
from bot.turn import Turn
from scheduler.part_changes import unit_changed
from storage import outbox, people, people_changes, people_merge, privacy
from storage.ids import id_of
from storage.people import Role
from storage.tables import Person

FILE = "people_admin"
MOST = 200
ADMIN, NOT_ADMIN, OFFICE, NOT_OFFICE = "admin", "not_admin", "office", "not_office"
ROLES = {
    "admin": ADMIN,
    "administrator": ADMIN,
    "kontor": OFFICE,
    "kontoret": OFFICE,
    "ikke admin": NOT_ADMIN,
    "ikkje admin": NOT_ADMIN,
    "ikke kontor": NOT_OFFICE,
    "ikkje kontor": NOT_OFFICE,
    ADMIN: ADMIN,
    NOT_ADMIN: NOT_ADMIN,
    OFFICE: OFFICE,
    NOT_OFFICE: NOT_OFFICE,
}
KINDS = {"leder": "leader", "leiar": "leader", "stedfortreder": "deputy", "nestleder": "deputy"}
KINDS |= {"leader": "leader", "deputy": "deputy"}


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"name": (await find.person(turn, answers["person"])).name}


async def _roles(turn: Turn, answers: Answers) -> list[Choice]:
    """The roles that can be given to a person, and those that can be taken."""
    person = await find.person(turn, answers["person"])
    wanted = (NOT_ADMIN if person.is_admin else ADMIN, NOT_OFFICE if person.is_office else OFFICE)
    return [Choice(code, turn.word(f"role.{code}")) for code in wanted]


async def _kinds(turn: Turn, _answers: Answers) -> list[Choice]:
    return [Choice(code, turn.word(f"role.{code}")) for code in ("leader", "deputy")]


async def _their_units(turn: Turn, answers: Answers) -> list[Choice]:
    rows = await people.units_of(turn.session, answers["person"])
    return [Choice(f"#{id_of(unit)}", unit.name) for unit in rows]


async def _others(turn: Turn, answers: Answers) -> list[Choice]:
    return [choice for choice in await find.person_choices(turn, answers) if choice.value != f"#{answers['person']}"]


WHO = Step("person", "people_admin.ask_person", find.take_person, find.person_choices)
NAME = Step("name", "people_admin.ask_name", text(MOST, empty="people_admin.without_name"), data=_named)
ROLE = Step("role", "people_admin.ask_role", one_of(ROLES), _roles, data=_named)
UNIT = Step("unit", "people_admin.ask_unit", find.take_internal, find.internal_choices, data=_named)
AS = Step("kind", "people_admin.ask_kind", one_of(KINDS), _kinds, data=_named)
INTO = Step("into", "people_admin.ask_into", find.take_person, _others, data=_named)
FROM = Step("from", "people_admin.ask_from", find.take_unit, _their_units, data=_named)


async def _rename(turn: Turn, answers: Answers) -> None:
    person = await find.person(turn, answers["person"])
    before = person.name
    await people_changes.rename(turn.session, person, answers["name"], actor=turn.actor, at=turn.at)
    turn.say("people_admin.renamed", before=before, after=person.name)


async def _role_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    person = await find.person(turn, answers["person"])
    before = await roles_of(turn, person)
    return "people_admin.role_sure", {"name": person.name, "before": before, "role": answers["role"]}


async def _set_role(turn: Turn, answers: Answers) -> None:
    person = await find.person(turn, answers["person"])
    role = Role.ADMIN if answers["role"] in {ADMIN, NOT_ADMIN} else Role.OFFICE
    change = people_changes.give_role if answers["role"] in {ADMIN, OFFICE} else people_changes.take_role
    before = await roles_of(turn, person)
    with said_in(FILE):
        await change(turn.session, person, role, actor=turn.actor, at=turn.at)
    await _show_changed(turn, person, before)


async def _join_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    person, unit = await find.person(turn, answers["person"]), await find.unit(turn, answers["unit"])
    before = await roles_of(turn, person)
    return "people_admin.join_sure", {"name": person.name, "before": before, "unit": unit.name, "role": answers["kind"]}


async def _join(turn: Turn, answers: Answers) -> None:
    person, unit = await find.person(turn, answers["person"]), await find.unit(turn, answers["unit"])
    before = await roles_of(turn, person)
    with said_in(FILE):
        await people_changes.put_in_unit(turn.session, person, unit, answers["kind"], actor=turn.actor, at=turn.at)
    await unit_changed(turn.session, [id_of(unit)], turn.at, turn.house.hours)
    await _show_changed(turn, person, before)


async def _move_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    person = await find.person(turn, answers["person"])
    before, after = await find.unit(turn, answers["from"]), await find.unit(turn, answers["unit"])
    if before.id == after.id:
        raise TaskRefused("unit_admin.same", name=before.name)
    return "people_admin.move_sure", {"name": person.name, "before": before.name, "after": after.name}


async def _move(turn: Turn, answers: Answers) -> None:
    person = await find.person(turn, answers["person"])
    before, after = await find.unit(turn, answers["from"]), await find.unit(turn, answers["unit"])
    roles_before = await roles_of(turn, person)
    with said_in(FILE):
        kind = await people_changes.take_from_unit(turn.session, person, before, actor=turn.actor, at=turn.at)
        await people_changes.put_in_unit(turn.session, person, after, kind, actor=turn.actor, at=turn.at)
    await unit_changed(turn.session, [id_of(after)], turn.at, turn.house.hours)
    await _show_changed(turn, person, roles_before)


async def _leave_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    person, unit = await find.person(turn, answers["person"]), await find.unit(turn, answers["from"])
    before = await roles_of(turn, person)
    return "people_admin.leave_sure", {"name": person.name, "before": before, "unit": unit.name}


async def _leave(turn: Turn, answers: Answers) -> None:
    person, unit = await find.person(turn, answers["person"]), await find.unit(turn, answers["from"])
    before = await roles_of(turn, person)
    with said_in(FILE):
        await people_changes.take_from_unit(turn.session, person, unit, actor=turn.actor, at=turn.at)
    await _show_changed(turn, person, before)


async def _remove_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    person = await find.person(turn, answers["person"])
    if person.is_admin:
        with said_in(FILE):
            await people_changes.check_not_last_admin(turn.session, person)
    unit_names = [unit.name for unit in await people.units_of(turn.session, id_of(person))]
    return "people_admin.remove_sure", {"name": person.name, "units": unit_names}


async def _remove(turn: Turn, answers: Answers) -> None:
    person = await find.person(turn, answers["person"])
    name = person.name
    with said_in(FILE):
        chat_id = await privacy.erase(turn.session, person, actor=turn.actor, at=turn.at)
    if chat_id is not None:
        turn.left_chats.append(chat_id)
    turn.show("people_admin.removed", name=name)


async def _pair(turn: Turn, answers: Answers) -> tuple[Person, Person]:
    source, target = await find.person(turn, answers["person"]), await find.person(turn, answers["into"])
    with said_in(FILE):
        people_merge.check_mergeable(source, target, turn.actor)
    return source, target


async def _merge_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    source, target = await _pair(turn, answers)
    here, there = await roles_of(turn, source), await roles_of(turn, target)
    return "people_admin.merge_sure", {
        "person": source,
        "into": target,
        "before": here,
        "there": there,
        "takes_chat": people_merge.takes_chat_of(source, target),
    }


async def _merge(turn: Turn, answers: Answers) -> None:
    source, target = await _pair(turn, answers)
    name = source.name
    unit_ids = [id_of(unit) for unit in await people.units_of(turn.session, id_of(source))]
    with said_in(FILE):
        chat_id = await people_merge.merge(turn.session, source, target, actor=turn.actor, at=turn.at)
    if chat_id is not None:
        turn.left_chats.append(chat_id)
    await unit_changed(turn.session, unit_ids, turn.at, turn.house.hours)
    turn.changed_people.add(id_of(target))
    turn.show("people_admin.merged", name=name, into=target.name, **await roles_of(turn, target))


async def _show_changed(turn: Turn, person: Person, before: dict[str, Any]) -> None:
    """What a person was and is now; they hear of it, and their menu of commands is set anew."""
    turn.changed_people.add(id_of(person))
    data = await roles_of(turn, person)
    if person.id != turn.person_id:
        kind = f"roles_changed:{turn.inbox_id}"
        await outbox.write_notice(turn.session, id_of(person), kind, data, turn.at, turn.house.hours)
    turn.show("people_admin.changed", name=person.name, before=before, **data)


async def roles_of(turn: Turn, person: Person) -> dict[str, Any]:
    """What a person is, as the sentences about it need it."""
    rows = await people.units_and_kinds(turn.session, id_of(person))
    return {
        "units": [unit.name for unit, kind in rows if kind == "leader"],
        "deputy_of": [unit.name for unit, kind in rows if kind == "deputy"],
        "is_office": person.is_office,
        "is_admin": person.is_admin,
    }


TASKS = (
    Task("person_rename", (WHO, NAME), _rename, fields={"navn": "name", "namn": "name"}, joint="til"),
    Task("person_role", (WHO, ROLE), _set_role, _role_sure, fields={"rolle": "role"}, joint="til"),
    Task(
        "person_join",
        (WHO, UNIT, AS),
        _join,
        _join_sure,
        fields={"enhet": "unit", "eining": "unit", "som": "kind"},
        joint="i",
    ),
    Task("person_move", (WHO, FROM, UNIT), _move, _move_sure, fields={"fra": "from", "frå": "from", "til": "unit"}),
    Task("person_leave", (WHO, FROM), _leave, _leave_sure, fields={"enhet": "from", "eining": "from"}, joint="fra"),
    Task("person_merge", (WHO, INTO), _merge, _merge_sure, joint="med"),
    Task("person_remove", (WHO,), _remove, _remove_sure),
)
