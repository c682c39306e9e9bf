"""Units: new, renamed, placed under another, outside the municipality, merged and archived."""

from dataclasses import replace
from typing import Any

from bot.tasks import find
from bot.tasks.find import said_in
from bot.tasks.task import Answers, Choice, Step, Task, TaskRefused, one_of, text
from bot.turn import Turn
from scheduler import unit_changes as follow_ups
from scheduler.part_changes import unit_changed
from storage import unit_changes, units
from storage.ids import id_of
from storage.tables import Unit

MOST = 200
NOBODY, OUTSIDE, INSIDE = "none", "outside", "inside"
NOBODY_WORDS = {"ingen", "-", "", NOBODY}
FILE = "unit_admin"


async def _named(turn: Turn, answers: Answers) -> dict[str, Any]:
    return {"name": (await find.unit(turn, answers["unit"])).name}


async def _take_new_name(turn: Turn, answers: Answers, words: str) -> str:
    name = await text(MOST, empty="unit_admin.without_name")(turn, answers, words)
    found = await units.by_name(turn.session, name)
    if found is not None and found.id != answers.get("unit"):
        raise TaskRefused("unit_admin.taken", name=found.name)
    return name


async def _take_unit_or_nobody(turn: Turn, answers: Answers, words: str) -> int | None:
    return None if words.strip().lower() in NOBODY_WORDS else await find.take_unit(turn, answers, words)


async def _take_heir(turn: Turn, answers: Answers, words: str) -> int | None:
    return None if words.strip().lower() in NOBODY_WORDS else await find.take_internal(turn, answers, words)


async def _others(turn: Turn, answers: Answers) -> list[Choice]:
    return [choice for choice in await find.unit_choices(turn, answers) if choice.value != f"#{answers.get('unit')}"]


async def _above(turn: Turn, answers: Answers) -> list[Choice]:
    """The units another can be placed under, and none."""
    nobody = Choice(NOBODY, turn.word("button.no_superior"))
    return [nobody, *(await _others_inside(turn, answers))]


async def _others_inside(turn: Turn, answers: Answers) -> list[Choice]:
    inside = await find.internal_choices(turn, answers)
    return [choice for choice in inside if choice.value != f"#{answers.get('unit')}"]


async def _heirs(turn: Turn, answers: Answers) -> list[Choice]:
    return [*(await _others_inside(turn, answers)), Choice(NOBODY, turn.word("button.nobody_yet"))]


async def _kinds(turn: Turn, _answers: Answers) -> list[Choice]:
    return [Choice(INSIDE, turn.word("button.inside")), Choice(OUTSIDE, turn.word("button.outside"))]


async def _owns(turn: Turn, answers: Answers) -> bool:
    return bool(await units.owned_by(turn.session, await find.unit(turn, answers["unit"])))


async def _named_with_refs(turn: Turn, answers: Answers) -> dict[str, Any]:
    unit = await find.unit(turn, answers["unit"])
    return {"name": unit.name, "refs": [measure.ref for measure in await units.owned_by(turn.session, unit)]}


WHICH = Step("unit", "unit_admin.ask_unit", find.take_unit, find.unit_choices)
NAME = Step("name", "unit_admin.ask_name", _take_new_name)
NEW_NAME = Step("name", "unit_admin.ask_new_name", _take_new_name, data=_named)
KIND = Step(
    "kind",
    "unit_admin.ask_kind",
    one_of({"i kommunen": INSIDE, "utenfor": OUTSIDE, "utafor": OUTSIDE, INSIDE: INSIDE, OUTSIDE: OUTSIDE}),
    _kinds,
    optional=True,
)
NEW_KIND = replace(KIND, optional=False)
SUPERIOR = Step("superior", "unit_admin.ask_superior", _take_unit_or_nobody, _above, optional=True)
NEW_SUPERIOR = replace(SUPERIOR, optional=False)
INTO = Step("into", "unit_admin.ask_into", find.take_unit, _others, data=_named)
HEIR = Step("heir", "unit_admin.ask_heir", _take_heir, _heirs, data=_named_with_refs, needed=_owns)


async def _new(turn: Turn, answers: Answers) -> None:
    above = await find.unit(turn, answers["superior"]) if answers["superior"] else None
    external = {OUTSIDE: True, INSIDE: False, None: None}[answers["kind"]]
    with said_in(FILE):
        unit = await units.set_unit(
            turn.session,
            answers["name"],
            superior=above.name if above else None,
            external=external,
            actor=turn.actor,
            at=turn.at,
        )
    turn.say("unit_admin.added", name=unit.name, superior=above.name if above else None, external=unit.external)


async def _rename(turn: Turn, answers: Answers) -> None:
    unit = await find.unit(turn, answers["unit"])
    before = unit.name
    with said_in(FILE):
        await unit_changes.rename(turn.session, unit, answers["name"], actor=turn.actor, at=turn.at)
    turn.say("unit_admin.changed", name=unit.name, field="name", before=before, after=unit.name)


async def _place(turn: Turn, answers: Answers) -> None:
    unit = await find.unit(turn, answers["unit"])
    before = await _name_of(turn, unit.superior_id)
    above = await find.unit(turn, answers["superior"]) if answers["superior"] else None
    with said_in(FILE):
        await unit_changes.place(turn.session, unit, above, actor=turn.actor, at=turn.at)
    after = above.name if above else None
    turn.say("unit_admin.changed", name=unit.name, field="superior", before=before, after=after)


async def _name_of(turn: Turn, unit_id: int | None) -> str | None:
    found = await units.by_id(turn.session, unit_id) if unit_id else None
    return found.name if found else None


async def _set_kind(turn: Turn, answers: Answers) -> None:
    unit = await find.unit(turn, answers["unit"])
    words = {False: turn.word("button.inside"), True: turn.word("button.outside")}
    before, external = unit.external, answers["kind"] == OUTSIDE
    with said_in(FILE):
        await unit_changes.set_external(turn.session, unit, external, actor=turn.actor, at=turn.at)
    await unit_changed(turn.session, [id_of(unit)], turn.at, turn.house.hours)
    turn.say("unit_admin.changed", name=unit.name, field="kind", before=words[before], after=words[external])


async def _merge_pair(turn: Turn, answers: Answers) -> tuple[Unit, Unit]:
    source, target = await find.unit(turn, answers["unit"]), await find.unit(turn, answers["into"])
    if source.id == target.id:
        raise TaskRefused("unit_admin.same", name=source.name)
    if target.external and await units.owned_by(turn.session, source):
        raise TaskRefused("unit_admin.external_heir", name=target.name)
    return source, target


async def _merge_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    source, target = await _merge_pair(turn, answers)
    return "unit_admin.merge_sure", {
        "name": source.name,
        "into": target.name,
        "refs": [measure.ref for measure in await units.owned_by(turn.session, source)],
        "count": len(await unit_changes.people_of(turn.session, source)),
    }


async def _merge(turn: Turn, answers: Answers) -> None:
    source, target = await _merge_pair(turn, answers)
    turn.changed_people.update(await unit_changes.people_of(turn.session, source))
    with said_in(FILE):
        moved = await unit_changes.merge(turn.session, source, target, actor=turn.actor, at=turn.at)
    await follow_ups.unit_merged(turn.session, source, target, turn.at, turn.house.hours)
    turn.show("unit_admin.merged", name=source.name, into=target.name, refs=[measure.ref for measure in moved])


async def _archive_sure(turn: Turn, answers: Answers) -> tuple[str, dict[str, Any]]:
    unit = await find.unit(turn, answers["unit"])
    if answers.get("heir") == unit.id:
        raise TaskRefused("unit_admin.same", name=unit.name)
    return "unit_admin.archive_sure", {
        "name": unit.name,
        "refs": [measure.ref for measure in await units.owned_by(turn.session, unit)],
        "heir": await _name_of(turn, answers.get("heir")),
        "count": len(await unit_changes.people_of(turn.session, unit)),
    }


async def _archive(turn: Turn, answers: Answers) -> None:
    unit = await find.unit(turn, answers["unit"])
    heir = await find.unit(turn, answers["heir"]) if answers.get("heir") else None
    turn.changed_people.update(await unit_changes.people_of(turn.session, unit))
    with said_in(FILE):
        moved = await unit_changes.archive(turn.session, unit, heir, actor=turn.actor, at=turn.at)
    await follow_ups.owners_changed(turn.session, moved, turn.at, turn.house.hours)
    concerned = [id_of(unit), *([id_of(heir)] if heir else [])]
    await unit_changed(turn.session, concerned, turn.at, turn.house.hours)
    turn.show("unit_admin.archived", name=unit.name, refs=[measure.ref for measure in moved], heir=heir and heir.name)


TASKS = (
    Task(
        "unit_new",
        (NAME, KIND, SUPERIOR),
        _new,
        fields={"overordnet": "superior", "overordna": "superior", "hvor": "kind", "kvar": "kind"},
        joint="under",
        joined="superior",
    ),
    Task("unit_rename", (WHICH, NEW_NAME), _rename, fields={"navn": "name", "namn": "name"}, joint="til"),
    Task("unit_place", (WHICH, NEW_SUPERIOR), _place, fields={"overordnet": "superior"}, joint="under"),
    Task("unit_kind", (WHICH, NEW_KIND), _set_kind, fields={"hvor": "kind"}),
    Task("unit_merge", (WHICH, INTO), _merge, _merge_sure, joint="med"),
    Task("unit_archive", (WHICH, HEIR), _archive, _archive_sure, fields={"oppfølging": "heir"}),
)


async def card_of(turn: Turn, unit: Unit) -> dict[str, Any]:
    """What is shown of a unit."""
    below = [other.name for other in await units.everyone(turn.session) if other.superior_id == unit.id]
    return {
        "unit": unit,
        "superior": await _name_of(turn, unit.superior_id),
        "below": below,
        "refs": [measure.ref for measure in await units.owned_by(turn.session, unit)],
        "answering": await unit_changes.answering(turn.session, id_of(unit)),
    }
