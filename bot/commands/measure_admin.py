"""/tiltak ny, endre and arkiver: admins keep the list of measures right by one-line commands."""

import re
from collections.abc import Awaitable, Callable

from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import measure_fields
from bot.tasks.measure_fields import FIELDS, TAUGHT, ChangeRefused
from bot.turn import Turn, shorten
from scheduler import changes
from storage import measures, plans
from storage.ids import id_of
from storage.tables import Measure, Plan


async def new(turn: Turn, words: str) -> None:
    """`/tiltak ny 1.8 Title; frist: …; oppfølging: …` adds a measure to the plan; alone it asks step by step."""
    if not words and await plans.everyone(turn.session):
        await wizard.begin(turn, "measure_new")
        return
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
    turn.say("measure_admin.added", **await measure_fields.add(turn, plan, ref, title.strip(), wanted))


async def change(turn: Turn, words: str) -> None:
    """`/tiltak endre 1.4 oppfølging: NAV; frist: våren 2027` changes a measure, and shows what was and what is.

    Without a field, or without a number, it is asked for step by step.
    """
    if len(words.split()) < 2:
        await wizard.by_line(turn, "measure_change", words)
        return
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
    turn.say("measure_admin.changed", **await measure_fields.change(turn, measure, plan, wanted))


async def archive(turn: Turn, words: str) -> None:
    """`/tiltak arkiver 1.4` takes a measure out of use, after a yes; without a number it is asked for."""
    if not words:
        await wizard.begin(turn, "measure_archive")
        return
    try:
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
