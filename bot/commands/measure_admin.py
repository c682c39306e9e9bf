"""/tiltak ny, endre and arkiver: admins keep the list of measures right by one-line commands."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.press_data import number
from bot.tasks import find
from bot.turn import Turn, shorten
from plan.cost import parse_amount
from plan.deadline import Deadline, parse
from plan.draft import MAX_NOK
from plan.refusal import Refused
from scheduler import changes
from scheduler.planning import period_of
from storage import directory, measures, plans, units
from storage.ids import id_of
from storage.tables import Measure, Plan, Unit
from templates.formats import money

# What an admin writes, and the column it is.
FIELDS = {
    "nummer": "ref",
    "tittel": "title",
    "beskrivelse": "description",
    "beskriving": "description",
    "ansvar": "responsible",
    "oppfølging": "owner",
    "oppfølgingsansvarlig": "owner",
    "oppfølgjing": "owner",
    "frist": "deadline",
    "prioritet": "priority",
    "mål": "goal",
    "kategori": "category",
    "merknad": "comment",
    "kostnad": "amount",
    "plan": "plan",
}
# The first name of each column is the one that is taught.
TAUGHT = [word for number, word in enumerate(FIELDS) if FIELDS[word] not in list(FIELDS.values())[:number]]
LIMITS = {"ref": 40, "title": 1000, "category": 200, "priority": 200}


class ChangeRefused(Refused):
    """What an admin wrote cannot be done; `code` is a sentence of `templates/chat/measure_admin.j2`."""


async def new(turn: Turn, words: str) -> None:
    """`/tiltak ny 1.8 Title; frist: …; oppfølging: …` adds a measure to the plan."""
    try:
        await _new(turn, words)
    except ChangeRefused as refusal:
        turn.say(f"measure_admin.{refusal.code}", **refusal.data)


async def _new(turn: Turn, words: str) -> None:
    head, *rest = _parts(words)
    ref, _, title = head.partition(" ")
    if not title.strip() or not any(character.isdigit() for character in ref):
        raise ChangeRefused("new_usage")
    wanted = _fields(rest)
    if "ref" in wanted:
        raise ChangeRefused("new_usage")
    plan = await _plan(turn, wanted.pop("plan", None))
    ref = await _free_ref(turn, plan, ref)
    _check_length("title", title.strip())
    owner = await _unit(turn, wanted.pop("owner")) if wanted.get("owner") else None
    amount = _amount(wanted.pop("amount", ""))
    measure = await measures.add(
        turn.session,
        id_of(plan),
        ref,
        title.strip(),
        _deadline(plan, wanted.pop("deadline", "")),
        goal_id=await _goal_id(turn, plan, wanted.pop("goal", "")),
        responsible=wanted.pop("responsible", None) or None,
        owner=owner,
        actor=turn.actor,
        at=turn.at,
    )
    rest_values = {name: value or None for name, value in wanted.items()}
    if rest_values:
        await measures.change(turn.session, measure, rest_values, actor=turn.actor, at=turn.at)
    if amount is not None:
        await measures.set_amount(turn.session, measure, amount, actor=turn.actor, at=turn.at)
    await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
    await changes.owner_changed(turn.session, measure, turn.at, turn.house.hours)
    turn.say(
        "measure_admin.added",
        measure=measure,
        plan=plan,
        owner=owner.name if owner else None,
        deadline=Deadline.from_json(measure.deadline),
    )


async def change(turn: Turn, words: str) -> None:
    """`/tiltak endre 1.4 oppfølging: NAV; frist: våren 2027` changes a measure, and shows what was and what is."""
    try:
        await _change(turn, words)
    except ChangeRefused as refusal:
        turn.say(f"measure_admin.{refusal.code}", **refusal.data)


async def _change(turn: Turn, words: str) -> None:
    ref, _, rest = words.strip().partition(" ")
    wanted = _fields(_parts(rest))
    plan_slug = wanted.pop("plan", None)
    if not ref or not wanted:
        raise ChangeRefused("change_usage")
    measure, plan = await _measure(turn, ref, plan_slug)
    before = await _shown(turn, measure)
    values = await _values(turn, plan, {name: text for name, text in wanted.items() if name != "amount"})
    if "amount" in wanted:
        await _set_amount(turn, measure, wanted["amount"])
    owner_before = measure.owner_id
    if values:
        await measures.change(turn.session, measure, values, actor=turn.actor, at=turn.at)
    await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
    if measure.owner_id != owner_before:
        await changes.owner_changed(turn.session, measure, turn.at, turn.house.hours)
    after = await _shown(turn, measure)
    turn.say(
        "measure_admin.changed",
        measure=measure,
        fields=[(name, before[name], after[name]) for name in wanted],
        deadline=Deadline.from_json(measure.deadline) if "deadline" in wanted else None,
    )


async def _set_amount(turn: Turn, measure: Measure, text: str) -> None:
    amount = _amount(text)
    if not await measures.set_amount(turn.session, measure, amount, actor=turn.actor, at=turn.at):
        raise ChangeRefused("several_amounts", ref=measure.ref)


def _amount(text: str) -> int | None:
    """Kroner in any usual writing; nothing takes the amount away."""
    amount = parse_amount(text).amount_nok
    if text and (amount is None or abs(amount) > MAX_NOK):
        raise ChangeRefused("no_amount", text=shorten(text))
    return amount


async def archive(turn: Turn, words: str) -> None:
    """`/tiltak arkiver 1.4` takes a measure out of use, after a yes."""
    try:
        if not words:
            raise ChangeRefused("archive_usage")
        ref, _, rest = words.strip().partition(" ")
        measure, plan = await _measure(turn, ref, _fields(_parts(rest)).get("plan"))
    except ChangeRefused as refusal:
        turn.say(f"measure_admin.{refusal.code}", **refusal.data)
        return
    keyboard = ((turn.button("archive", f"ar:y:{id_of(measure)}"), turn.button("keep", f"ar:n:{id_of(measure)}")),)
    turn.say("measure_admin.archive_sure", measure=measure, plan=plan, keyboard=keyboard)


async def archive_confirmed(turn: Turn, data: str) -> None:
    """The yes or the no to archiving."""
    choice, _, measure_id = data.partition(":")
    found = number(measure_id)
    measure = await measures.by_id(turn.session, found) if found else None
    if measure is None or choice not in {"y", "n"}:
        turn.toast("toast.unknown_button", alert=True)
    elif measure.archived_at is not None:
        turn.toast("toast.archived", alert=True)
    elif choice == "n":
        turn.edit("measure_admin.kept", measure=measure)
    else:
        await measures.archive(turn.session, measure, actor=turn.actor, at=turn.at)
        await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
        turn.edit("measure_admin.archived", measure=measure)


ACTIONS: dict[str, Callable[[Turn, str], Awaitable[None]]] = {"ny": new, "endre": change, "arkiver": archive}


def _parts(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", words)]


def _fields(parts: list[str]) -> dict[str, str]:
    """ "frist: våren 2027" as {"deadline": "våren 2027"}; the colon may be left out. "frist:" empties the field."""
    found = {}
    for part in filter(None, parts):
        match = re.match(r"([^\W\d_]+)\s*[:\s]\s*(.*)", part, re.DOTALL)
        name = match.group(1).lower() if match else ""
        if match is None or name not in FIELDS:
            raise ChangeRefused("unknown_field", field=shorten(part), known=TAUGHT)
        found[FIELDS[name]] = match.group(2).strip()
    return found


async def _plan(turn: Turn, slug: str | None) -> Plan:
    known = await plans.everyone(turn.session)
    if slug is None and len(known) == 1:
        return known[0]
    if not known:
        raise ChangeRefused("no_plan")
    if slug is None:
        raise ChangeRefused("which_plan", slugs=[plan.slug for plan in known])
    try:
        return await plans.by_slug(turn.session, slug)
    except plans.PlanRefused as refusal:
        raise ChangeRefused("which_plan", slugs=[plan.slug for plan in known]) from refusal


async def _measure(turn: Turn, ref: str, slug: str | None) -> tuple[Measure, Plan]:
    rows = await measures.by_ref(turn.session, ref)
    if slug is not None:
        rows = [row for row in rows if row[1].slug.startswith(slug.lower())]
    if not rows:
        raise ChangeRefused("unknown", ref=shorten(ref))
    if len(rows) > 1:
        raise ChangeRefused("which_plan", slugs=[plan.slug for _measure, plan in rows])
    return rows[0]


async def _values(turn: Turn, plan: Plan, wanted: dict[str, str]) -> dict[str, Any]:
    """The columns that are to be set, and to what."""
    values: dict[str, Any] = {}
    for name, text in wanted.items():
        if name == "owner":
            unit = await _unit(turn, text) if text else None
            values["owner_id"] = unit.id if unit else None
        elif name == "goal":
            values["goal_id"] = await _goal_id(turn, plan, text)
        elif name == "ref":
            values |= {"ref": await _free_ref(turn, plan, text), "ref_is_ours": False}
        elif name == "deadline":
            deadline = _deadline(plan, text)
            values |= {"deadline_text": text or None, "deadline": deadline.to_json(), "due_on": deadline.due}
        else:
            if name == "title" and not text:
                raise ChangeRefused("title_empty")
            _check_length(name, text)
            values[name] = text or None
    return values


async def _free_ref(turn: Turn, plan: Plan, ref: str) -> str:
    """A number that no measure of the plan has or had."""
    if not re.fullmatch(r"\S*\d\S*", ref):
        raise ChangeRefused("no_number", ref=shorten(ref))
    _check_length("ref", ref)
    if any(found.plan_id == plan.id for found, _plan in await measures.by_ref(turn.session, ref)):
        raise ChangeRefused("ref_taken", ref=ref)
    if await measures.is_archived(turn.session, id_of(plan), ref):
        raise ChangeRefused("ref_archived", ref=ref)
    return ref


def _check_length(name: str, text: str) -> None:
    limit = LIMITS.get(name, 50_000)
    if len(text) > limit:
        raise ChangeRefused("too_long", field=name, length=len(text), most=limit)


def _deadline(plan: Plan, text: str) -> Deadline:
    return parse(text or None, period=period_of(plan))


async def _unit(turn: Turn, name: str) -> Unit:
    unit = await units.by_name(turn.session, name)
    if unit is None:
        raise ChangeRefused("unknown_unit", name=shorten(name), near=await find.near_units(turn, name))
    if unit.external:
        raise ChangeRefused("external_unit", name=unit.name)
    return unit


async def _goal_id(turn: Turn, plan: Plan, ref: str) -> int | None:
    if not ref:
        return None
    goal = await measures.goal_by_ref(turn.session, id_of(plan), ref)
    if goal is None:
        raise ChangeRefused("unknown_goal", ref=shorten(ref))
    return id_of(goal)


async def _shown(turn: Turn, measure: Measure) -> dict[str, str | None]:
    """The fields of a measure as a person reads them."""
    goal = await measures.goal_of(turn.session, measure)
    known = (await directory.read(turn.session)).units
    return {
        "ref": measure.ref,
        "title": measure.title,
        "description": measure.description,
        "responsible": measure.responsible,
        "owner": known[measure.owner_id].name if measure.owner_id else None,
        "deadline": measure.deadline_text,
        "priority": measure.priority,
        "goal": f"{goal.ref} {goal.title}" if goal else None,
        "category": measure.category,
        "comment": measure.comment,
        "amount": await _amounts_shown(turn, measure),
    }


async def _amounts_shown(turn: Turn, measure: Measure) -> str | None:
    """What a measure costs as a person reads it."""
    lines = await measures.costs_of(turn.session, id_of(measure))
    amounts = [money(line.amount_nok) if line.amount_nok is not None else line.text for line in lines]
    return ", ".join(filter(None, amounts)) or None
