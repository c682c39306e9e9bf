"""The fields of a measure that admins set: what they are called, how a value is understood, and what stands."""

import re
from typing import Any

from bot.tasks import find
from bot.turn import Turn, shorten
from plan.cost import parse_amount
from plan.deadline import Deadline, parse
from plan.doubts import doubts_about
from plan.draft import MAX_NOK
from plan.refusal import Refused
from scheduler import changes
from scheduler.part_changes import parts_changed
from scheduler.planning import period_of
from scheduler.setting_changes import settings_changed
from storage import directory, measures, units
from storage.ids import id_of
from storage.tables import Measure, Plan, Unit
from templates.formats import money

# What an admin writes, and the column it is.
FIELDS = {
    "nummer": "ref",
    "nr": "ref",
    "tittel": "title",
    "beskrivelse": "description",
    "beskriving": "description",
    "ansvar": "responsible",
    "enheter": "units",
    "einingar": "units",
    "oppfølging": "owner",
    "oppfølgingsansvarlig": "owner",
    "oppfølgjing": "owner",
    "frist": "deadline",
    "prioritet": "priority",
    "mål": "goal",
    "kategori": "category",
    "merknad": "comment",
    "kostnad": "amount",
    "varsle": "lead_days",
    "plan": "plan",
}
# The first name of each column is the one that is taught.
TAUGHT = [word for number, word in enumerate(FIELDS) if FIELDS[word] not in list(FIELDS.values())[:number]]
MOST_LEADS, LONGEST_LEAD = 6, 730
LIMITS = {"ref": 40, "title": 1000, "category": 200, "priority": 200}


class ChangeRefused(Refused):
    """What an admin wrote cannot be done; `code` is a sentence of `templates/chat/measure_admin.j2`."""


async def values(turn: Turn, plan: Plan, wanted: dict[str, str]) -> dict[str, Any]:
    """The columns that are to be set, and to what."""
    values: dict[str, Any] = {}
    for name, text in wanted.items():
        if name == "units":
            await units_of(turn, text)
        elif name == "owner":
            owner = await unit(turn, text) if text else None
            values["owner_id"] = owner.id if owner else None
        elif name == "goal":
            values["goal_id"] = await goal_id(turn, plan, text)
        elif name == "ref":
            values |= {"ref": await free_ref(turn, plan, text), "ref_is_ours": False}
        elif name == "deadline":
            found = deadline(plan, text)
            values |= {"deadline_text": text or None, "deadline": found.to_json(), "due_on": found.due}
        elif name == "lead_days":
            values["lead_days"] = lead_days(text) if text else None
        else:
            if name == "title" and not text:
                raise ChangeRefused("title_empty")
            check_length(name, text)
            values[name] = text or None
    return values


async def free_ref(turn: Turn, plan: Plan, ref: str) -> str:
    """A number that no measure of the plan has or had."""
    if not re.fullmatch(r"\S*\d\S*", ref):
        raise ChangeRefused("no_number", ref=shorten(ref))
    check_length("ref", ref)
    if any(found.plan_id == plan.id for found, _plan in await measures.by_ref(turn.session, ref)):
        raise ChangeRefused("ref_taken", ref=ref)
    if await measures.is_archived(turn.session, id_of(plan), ref):
        raise ChangeRefused("ref_archived", ref=ref)
    return ref


def check_length(name: str, text: str) -> None:
    """Raise `ChangeRefused("too_long")` for what has no room."""
    limit = LIMITS.get(name, 50_000)
    if len(text) > limit:
        raise ChangeRefused("too_long", field=name, length=len(text), most=limit)


def lead_days(text: str) -> list[int]:
    """ "90, 30" as days before a deadline, longest first. Raises `ChangeRefused`."""
    found = [int(word) for word in re.findall(r"[0-9]{1,4}", text)]
    rest = re.sub(r"[0-9]{1,4}|[\s,;.]|\bog\b|\bdag(er|ar)?\b|\bfør\b|\bfrist(en)?\b", "", text.lower())
    if rest or not found or len(found) > MOST_LEADS or not all(1 <= days <= LONGEST_LEAD for days in found):
        raise ChangeRefused("not_lead_days", text=shorten(text), most=LONGEST_LEAD)
    return sorted(set(found), reverse=True)


def deadline(plan: Plan, text: str) -> Deadline:
    """What a phrase means within the period of a plan."""
    return parse(text or None, period=period_of(plan))


def doubts(plan: Plan, found: Deadline) -> tuple[str, ...]:
    """Why a deadline may be another than was meant, as codes: those of `plan.doubts`."""
    return doubts_about(found, period_of(plan))


async def unit(turn: Turn, name: str) -> Unit:
    """A unit that can be asked, by its name. Raises `ChangeRefused`."""
    found = await units.by_name(turn.session, name)
    if found is None:
        raise ChangeRefused("unknown_unit", name=shorten(name), near=await find.near_units(turn, name))
    if found.external:
        raise ChangeRefused("external_unit", name=found.name)
    return found


async def units_of(turn: Turn, text: str) -> list[Unit]:
    """The units that have a part, by their names with a comma or "og" between them. Raises `ChangeRefused`."""
    known = {found.name.casefold(): found for found in await units.everyone(turn.session)}
    named: list[Unit] = []
    for part in filter(None, re.split(r"\s*,\s*", text.strip())):
        # A name can hold "og" itself: "Helse og omsorg".
        for name in [part] if part.casefold() in known else re.split(r"\s+og\s+", part):
            found = known.get(name.casefold()) or await units.by_name(turn.session, name)
            if found is None:
                raise ChangeRefused("unknown_unit", name=shorten(name), near=await find.near_units(turn, name))
            named.append(found)
    return list({id_of(found): found for found in named}.values())


async def goal_id(turn: Turn, plan: Plan, ref: str) -> int | None:
    """The id of a goal by its number; none for no number. Raises `ChangeRefused`."""
    if not ref:
        return None
    goal = await measures.goal_by_ref(turn.session, id_of(plan), ref)
    if goal is None:
        raise ChangeRefused("unknown_goal", ref=shorten(ref))
    return id_of(goal)


async def shown(turn: Turn, measure: Measure) -> dict[str, str | None]:
    """The fields of a measure as a person reads them."""
    goal = await measures.goal_of(turn.session, measure)
    known = (await directory.read(turn.session)).units
    return {
        "ref": measure.ref,
        "title": measure.title,
        "description": measure.description,
        "responsible": measure.responsible,
        "owner": known[measure.owner_id].name if measure.owner_id else None,
        "units": ", ".join(unit.name for unit in await measures.units_of(turn.session, id_of(measure))) or None,
        "deadline": measure.deadline_text,
        "priority": measure.priority,
        "goal": f"{goal.ref} {goal.title}" if goal else None,
        "category": measure.category,
        "comment": measure.comment,
        "amount": await _amounts_shown(turn, measure),
        "lead_days": ", ".join(map(str, measure.lead_days)) if measure.lead_days else None,
    }


async def _amounts_shown(turn: Turn, measure: Measure) -> str | None:
    """What a measure costs as a person reads it."""
    lines = await measures.costs_of(turn.session, id_of(measure))
    amounts = [amount_shown(line.amount_nok) if line.amount_nok is not None else line.text for line in lines]
    return ", ".join(filter(None, amounts)) or None


async def set_amount(turn: Turn, measure: Measure, text: str) -> None:
    """Set what a measure costs. Raises `ChangeRefused` where it has several amounts."""
    if not await measures.set_amount(turn.session, measure, amount(text), actor=turn.actor, at=turn.at):
        raise ChangeRefused("several_amounts", ref=measure.ref)


def amount(text: str) -> int | None:
    """Kroner in any usual writing; nothing takes the amount away."""
    found = parse_amount(text).amount_nok
    if text and (found is None or abs(found) > MAX_NOK):
        raise ChangeRefused("no_amount", text=shorten(text))
    return found


def amount_shown(nok: int | None) -> str | None:
    """An amount as a person reads it."""
    return money(nok) if nok is not None else None


async def change(turn: Turn, measure: Measure, plan: Plan, wanted: dict[str, str]) -> dict[str, Any]:
    """Set fields by name, with what follows for questions and due dates; returns what "changed" is said with."""
    before = await shown(turn, measure)
    to_set = await values(turn, plan, {name: text for name, text in wanted.items() if name != "amount"})
    if "amount" in wanted:
        await set_amount(turn, measure, wanted["amount"])
    if "units" in wanted:
        await _set_units(turn, measure, wanted["units"])
    owner_before = measure.owner_id
    if to_set:
        await measures.change(turn.session, measure, to_set, actor=turn.actor, at=turn.at)
    await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
    if "lead_days" in wanted:
        await settings_changed(turn.session, plan, turn.at, turn.house.hours)
    if "units" in wanted:
        await parts_changed(turn.session, [measure], turn.at, turn.house.hours)
    if measure.owner_id != owner_before:
        await changes.owner_changed(turn.session, measure, turn.at, turn.house.hours)
    after = await shown(turn, measure)
    found = Deadline.from_json(measure.deadline) if "deadline" in wanted else None
    return {
        "measure": measure,
        "fields": [(name, before[name], after[name]) for name in wanted],
        "deadline": found,
        "doubts": doubts(plan, found) if found else (),
        "first": plan.first_year,
    }


async def _set_units(turn: Turn, measure: Measure, text: str) -> None:
    found = await units_of(turn, text)
    await measures.set_units(turn.session, measure, found, actor=turn.actor, at=turn.at)


async def add(turn: Turn, plan: Plan, wanted_ref: str, title: str, wanted: dict[str, str]) -> dict[str, Any]:
    """A new measure with these fields; returns what "added" is said with."""
    left = dict(wanted)
    ref = await free_ref(turn, plan, wanted_ref)
    check_length("title", title)
    owner = await unit(turn, left.pop("owner")) if left.get("owner") else None
    left.pop("owner", None)
    nok = amount(left.pop("amount", ""))
    measure = await measures.add(
        turn.session,
        id_of(plan),
        ref,
        title,
        deadline(plan, left.pop("deadline", "")),
        goal_id=await goal_id(turn, plan, left.pop("goal", "")),
        responsible=left.pop("responsible", None) or None,
        owner=owner,
        actor=turn.actor,
        at=turn.at,
    )
    own_leads, own_units = left.pop("lead_days", ""), left.pop("units", "")
    if own_units:
        await _set_units(turn, measure, own_units)
    if own_leads:
        measure.lead_days = lead_days(own_leads)
    for name, text in left.items():
        check_length(name, text)
    rest_values = {name: text or None for name, text in left.items()}
    if rest_values:
        await measures.change(turn.session, measure, rest_values, actor=turn.actor, at=turn.at)
    if nok is not None:
        await measures.set_amount(turn.session, measure, nok, actor=turn.actor, at=turn.at)
    await changes.measure_changed(turn.session, measure, turn.at, turn.house.hours)
    await changes.owner_changed(turn.session, measure, turn.at, turn.house.hours)
    found = Deadline.from_json(measure.deadline)
    return {
        "measure": measure,
        "plan": plan,
        "owner": owner.name if owner else None,
        "deadline": found,
        "doubts": doubts(plan, found),
    }
