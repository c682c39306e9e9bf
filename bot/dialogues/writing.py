"""/tekst and /avsnitt: what the office writes for a report, and what a unit writes of its part of the plan."""

import re
from dataclasses import dataclass

from bot.answers import Button, Keyboard
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of, shorten
from storage import dialogues, measures, plans, reports, rounds, written_texts
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Plan, Unit, WrittenText
from storage.written_texts import ASSESSMENT, DECISION, OFFICE_KINDS, SUMMARY, SUMMARY_LINES, UNIT

KIND = "written_text"
OVERVIEW, WRITE, TAKE_BACK, RELEASE, OWN, CHOOSE_UNIT = "v", "w", "x", "r", "o", "u"
WORDS = {
    "sammendrag": SUMMARY,
    "samandrag": SUMMARY,
    "summary": SUMMARY,
    "vurdering": ASSESSMENT,
    "assessment": ASSESSMENT,
    "vedtak": DECISION,
    "decision": DECISION,
}
_YEAR = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class _Wanted:
    """What stands after the command: the beginning of a plan's short name, a year, a kind, and a text."""

    slug: str
    year: int | None
    kind: str | None
    text: str


def _wanted(words: str) -> _Wanted:
    head, colon, text = words.partition(":")
    slug, year, kind = [], None, None
    for word in head.split():
        if _YEAR.fullmatch(word):
            year = int(word)
        elif word.lower() in WORDS:
            kind = WORDS[word.lower()]
        else:
            slug.append(word)
    return _Wanted(" ".join(slug).lower(), year, kind, text.strip() if colon else "")


async def start(turn: Turn, words: str) -> None:
    """`/tekst [plan] [year] [sammendrag|vurdering|vedtak] [: text]`: what is written, or one of them to be written."""
    wanted = _wanted(words)
    found = [plan for plan in await plans.everyone(turn.session) if plan.slug.startswith(wanted.slug)]
    if not found:
        turn.say("report.unknown_plan", slug=shorten(wanted.slug)) if wanted.slug else turn.say("report.no_plan")
    elif len(found) > 1:
        buttons = [Button(shorten(plan.title), f"te:{OVERVIEW}:{plan.id}:{wanted.year or 0}") for plan in found]
        turn.say("report.which_plan", keyboard=rows_of(buttons, 1))
    else:
        plan, year = found[0], wanted.year or await _year(turn, found[0])
        if wanted.kind is None and wanted.text:
            turn.say("writing.which_kind")
        elif wanted.kind is None:
            await _overview(turn, plan, year)
        elif wanted.text:
            await _store(turn, plan, year, wanted.kind, None, wanted.text)
        else:
            await _ask(turn, plan, year, wanted.kind, None)


async def start_own(turn: Turn, words: str) -> None:
    """`/avsnitt [plan] [year] [: text]`: a leader's paragraph about their unit's part of a plan."""
    wanted = _wanted(words)
    choices = [(plan, unit) for plan, unit in await _own_parts(turn) if plan.slug.startswith(wanted.slug)]
    if not choices:
        turn.say("writing.no_part")
    elif len(choices) > 1:
        buttons = [
            Button(shorten(f"{unit.name}: {plan.title}"), f"av:{CHOOSE_UNIT}:{plan.id}:{wanted.year or 0}:{unit.id}")
            for plan, unit in choices
        ]
        turn.say("writing.which_part", keyboard=rows_of(buttons, 1))
    else:
        plan, unit = choices[0]
        year = wanted.year or await _year(turn, plan)
        await (_store(turn, plan, year, UNIT, unit, wanted.text) if wanted.text else _ask(turn, plan, year, UNIT, unit))


async def _own_parts(turn: Turn) -> list[tuple[Plan, Unit]]:
    """The plans in which units the person answers for have measures to follow up, with the units."""
    units = {id_of(unit): unit for unit in turn.answers_for}
    found = []
    for plan in await plans.everyone(turn.session):
        owners = {measure.owner_id for measure in await measures.of_plan(turn.session, id_of(plan))}
        found += [(plan, unit) for unit_id, unit in units.items() if unit_id in owners]
    return found


async def _year(turn: Turn, plan: Plan) -> int:
    row = await rounds.open_of_plan(turn.session, id_of(plan))
    return row.year if row else turn.today.year


async def _overview(turn: Turn, plan: Plan, year: int) -> None:
    """Everything that is written for a report, and buttons to write, rewrite and release."""
    office = await written_texts.of_office(turn.session, id_of(plan), year)
    units = await written_texts.of_units(turn.session, id_of(plan), year)
    buttons = [
        turn.button(f"write_{kind}", f"te:{WRITE}:{plan.id}:{year}:{number}")
        for number, kind in enumerate(OFFICE_KINDS)
    ]
    waiting = [each for each in units if each.newest.released_at is None]
    release = [
        turn.button("release_text", f"te:{RELEASE}:{each.newest.id}", unit=shorten(each.unit.name, 25))
        for each in waiting
    ]
    rewrite = [
        turn.button("rewrite_text", f"te:{OWN}:{each.newest.id}", unit=shorten(each.unit.name, 25)) for each in units
    ]
    turn.show(
        "writing.overview",
        keyboard=(*rows_of(buttons, 3), *rows_of([*release, *rewrite], 1)),
        plan=plan,
        year=year,
        office={kind: office.get(kind) for kind in OFFICE_KINDS},
        units=units,
    )


async def _ask(turn: Turn, plan: Plan, year: int, kind: str, unit: Unit | None) -> None:
    """Ask for a text, with the one that stands."""
    data = {"plan_id": id_of(plan), "year": year, "kind": kind, "unit_id": unit.id if unit else None}
    await dialogues.begin(turn.session, turn.person_id, KIND, data, turn.at)
    stands = await _standing(turn, plan, year, kind, unit)
    keyboard: Keyboard = ()
    if stands is not None:
        keyboard = ((turn.button("take_back_text", f"{_prefix(turn, kind)}:{TAKE_BACK}:{stands.id}"),),)
    turn.show(
        "writing.ask",
        keyboard=keyboard,
        plan=plan,
        year=year,
        kind=kind,
        unit=unit.name if unit else None,
        stands=stands,
    )


def _prefix(turn: Turn, kind: str) -> str:
    return "te" if turn.is_one_of(Role.OFFICE) or kind != UNIT else "av"


async def _standing(turn: Turn, plan: Plan, year: int, kind: str, unit: Unit | None) -> WrittenText | None:
    if unit is not None:
        return await written_texts.of_unit(turn.session, id_of(plan), year, id_of(unit))
    return (await written_texts.of_office(turn.session, id_of(plan), year)).get(kind)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The text as it was written."""
    data = dialogue.data
    plan = await turn.session.get(Plan, data["plan_id"])
    unit = await turn.session.get(Unit, data["unit_id"]) if data["unit_id"] else None
    if plan is None or not await _may(turn, data["kind"], unit):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("conversation.not_understood")
    else:
        await _store(turn, plan, data["year"], data["kind"], unit, text)


async def _may(turn: Turn, kind: str, unit: Unit | None) -> bool:
    if turn.is_one_of(Role.OFFICE):
        return True
    return kind == UNIT and unit is not None and unit.id in {each.id for each in turn.answers_for}


async def _store(turn: Turn, plan: Plan, year: int, kind: str, unit: Unit | None, text: str) -> None:
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if kind == SUMMARY and lines > SUMMARY_LINES:
        turn.say("writing.too_many_lines", lines=lines, most=SUMMARY_LINES)
        return
    await dialogues.end(turn.session, turn.person_id)
    by_office = turn.is_one_of(Role.OFFICE)
    row = await written_texts.write(
        turn.session,
        id_of(plan),
        year,
        kind,
        text,
        unit_id=id_of(unit) if unit else None,
        person_id=turn.person_id,
        inbox_id=turn.inbox_id,
        at=turn.at,
        released=by_office and kind == UNIT,
    )
    approved = await reports.newest_approved(turn.session, id_of(plan), year)
    turn.say(
        "writing.stored",
        keyboard=((turn.button("take_back_text", f"{_prefix(turn, kind)}:{TAKE_BACK}:{row.id}"),),),
        plan=plan,
        year=year,
        kind=kind,
        unit=unit.name if unit else None,
        text=text,
        by_office=by_office,
        approved=approved is not None,
    )


async def pressed(turn: Turn, data: str) -> None:
    """The office shows what is written, writes, takes back, releases or rewrites."""
    code, _, rest = data.partition(":")
    if code in {TAKE_BACK, RELEASE, OWN}:
        await _pressed_about(turn, code, number(rest))
        return
    found = numbers(rest, 3 if code == WRITE else 2)
    plan = await turn.session.get(Plan, found[0]) if found else None
    if found is None or plan is None or plan.archived_at is not None or code not in {OVERVIEW, WRITE}:
        turn.toast("toast.unknown_button", alert=True)
    elif code == OVERVIEW:
        await _overview(turn, plan, found[1] or await _year(turn, plan))
    elif found[2] < len(OFFICE_KINDS):
        await _ask(turn, plan, found[1], OFFICE_KINDS[found[2]], None)
    else:
        turn.toast("toast.unknown_button", alert=True)


async def pressed_own(turn: Turn, data: str) -> None:
    """A leader chooses which part to write of, or takes a paragraph back."""
    code, _, rest = data.partition(":")
    if code == TAKE_BACK:
        await _pressed_about(turn, code, number(rest))
        return
    found = numbers(rest, 3) if code == CHOOSE_UNIT else None
    plan = await turn.session.get(Plan, found[0]) if found else None
    unit = await turn.session.get(Unit, found[2]) if found else None
    if found is None or plan is None or unit is None or plan.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    elif unit.id not in {each.id for each in turn.answers_for}:
        turn.toast("toast.not_yours", alert=True)
    else:
        await _ask(turn, plan, found[1] or await _year(turn, plan), UNIT, unit)


async def _pressed_about(turn: Turn, code: str, text_id: int | None) -> None:
    row = await written_texts.by_id(turn.session, text_id) if text_id else None
    plan = await turn.session.get(Plan, row.plan_id) if row else None
    if row is None or plan is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    unit = await turn.session.get(Unit, row.unit_id) if row.unit_id else None
    stands = await _standing(turn, plan, row.year, row.kind, unit)
    if not await _may(turn, row.kind, unit):
        turn.toast("toast.not_yours", alert=True)
    elif stands is None or stands.id != row.id:
        turn.toast("toast.text_was_replaced", alert=True)
    elif code == TAKE_BACK:
        await _take_back(turn, plan, row, unit)
    elif unit is None:
        turn.toast("toast.unknown_button", alert=True)
    elif code == OWN:
        await _ask(turn, plan, row.year, UNIT, unit)
    elif row.released_at is not None:
        turn.toast("toast.already_released", alert=True)
    else:
        await written_texts.release(turn.session, row, person_id=turn.person_id, at=turn.at)
        await _overview(turn, plan, row.year)


async def _take_back(turn: Turn, plan: Plan, row: WrittenText, unit: Unit | None) -> None:
    await dialogues.end(turn.session, turn.person_id)
    await written_texts.write(
        turn.session,
        row.plan_id,
        row.year,
        row.kind,
        None,
        unit_id=row.unit_id,
        person_id=turn.person_id,
        inbox_id=turn.inbox_id,
        at=turn.at,
    )
    turn.edit("writing.taken_back", plan=plan, year=row.year, kind=row.kind, unit=unit.name if unit else None)
