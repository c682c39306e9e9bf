"""/registrer: the office writes down what a unit said by phone, by mail or in a meeting."""

from functools import partial

from bot.answers import Button, Keyboard
from bot.commands.measures import chosen_measure, with_measure
from bot.dialogues import free_words, numbers_of_others, question
from bot.dialogues.asked_now import on_behalf_of
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from plan import status_words
from plan.status_words import Said
from scheduler import missing
from scheduler.settings import PlanSettings
from storage import directory, measures, parts
from storage.ids import id_of
from storage.tables import Measure, Plan

PER_PAGE = 8
PAGE = "p"


async def register(turn: Turn, words: str) -> None:
    """`/registrer 1.4`, `/registrer 1.4 i gang: Kurset er planlagt`; without a number, a choice among what waits."""
    if not words:
        await _show_missing(turn, 0)
    elif await measures.by_ref(turn.session, words):
        await with_measure(turn, words, "rg", _ask)
    else:
        refs = await measures.refs(turn.session)
        said = status_words.read(words, refs)
        if said[0].ref is None:
            turn.say("measures.unknown", ref=shorten(words.split(maxsplit=1)[0]))
        else:
            await _propose(turn, said)


async def _propose(turn: Turn, said: list[Said]) -> None:
    """What was said becomes answers to confirm; a number that several plans have is asked about."""
    found: list[Measure] = []
    alike: set[str] = set()
    for each in said:
        assert each.ref is not None
        rows = await measures.by_ref(turn.session, each.ref)
        if len(rows) > 1:
            alike.add(each.ref.lower())
        else:
            found.append(rows[0][0])
    without = next((measure for measure in found if measure.owner_id is None), None)
    if without is not None:
        turn.say("measures.no_owner", measure=without)
    else:
        await free_words.propose(turn, found, said, turn.message.message_id, alike=alike, on_behalf=True)


async def _take_up(turn: Turn, found: Measure) -> None:
    if found.owner_id is None:
        turn.say("measures.no_owner", measure=found)
    else:
        await free_words.take_up(turn, found, on_behalf=True)


async def _ask(turn: Turn, found: Measure) -> None:
    if found.owner_id is None:
        turn.say("measures.no_owner", measure=found)
        return
    beside = await _beside(turn, found)
    if beside:
        await _which_unit(turn, found, found.owner_id, beside)
    else:
        await question.ask(turn, await free_words.answering_now(turn, found, on_behalf=True))


async def _beside(turn: Turn, found: Measure) -> tuple[int, ...]:
    """The units that have a part in a measure, where its plan asks for parts."""
    plan = await turn.session.get_one(Plan, found.plan_id)
    if not PlanSettings.usable(plan.settings).ask_parts:
        return ()
    return (await parts.named(turn.session, [id_of(found)])).get(id_of(found), ())


async def _which_unit(turn: Turn, found: Measure, owner_id: int, beside: tuple[int, ...]) -> None:
    """Several units can have answered: the one that answers for the whole, or one for its part."""
    known = (await directory.read(turn.session)).units
    buttons = [
        turn.button("whole", f"rg:{found.id}:{owner_id}", unit=shorten(known[owner_id].name)),
        *(turn.button("part", f"rg:{found.id}:{unit_id}", unit=shorten(known[unit_id].name)) for unit_id in beside),
    ]
    turn.say("measures.which_unit", measure=found, keyboard=rows_of(buttons, 1))


async def pressed(turn: Turn, data: str) -> None:
    """A measure was chosen, the unit that has answered about it, or another page of those that wait."""
    code, _, rest = data.partition(":")
    page = number(rest) if code == PAGE else None
    if page is not None:
        await _show_missing(turn, page)
    elif rest == numbers_of_others.KEPT:
        await chosen_measure(turn, code, _take_up)
    else:
        await chosen_measure(turn, code, partial(_ask_for, number(rest)) if rest else _ask)


async def _ask_for(unit_id: int | None, turn: Turn, found: Measure) -> None:
    """Ask what one of the units has said."""
    if unit_id and unit_id in {found.owner_id, *await _beside(turn, found)}:
        await question.ask(turn, await on_behalf_of(turn, found, unit_id))
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _show_missing(turn: Turn, page: int) -> None:
    """What waits for an answer, with a button for each measure."""
    people = await directory.read(turn.session, turn.today)
    waiting = await missing.missing(turn.session, people, turn.today)
    found = list({item.question.measure_id: item.question for item in waiting}.values())
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(page, pages - 1)
    shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
    buttons = [Button(shorten(f"{item.ref} {item.title}"), f"rg:{item.measure_id}") for item in shown]
    turn.show(
        "register.which",
        keyboard=(*rows_of(buttons, 1), *_turning(turn, page, pages)),
        items=shown,
        page=page + 1,
        pages=pages,
    )


def _turning(turn: Turn, page: int, pages: int) -> Keyboard:
    before = [turn.button("page_before", f"rg:{PAGE}:{page - 1}")] if page > 0 else []
    after = [turn.button("page_after", f"rg:{PAGE}:{page + 1}")] if page + 1 < pages else []
    return rows_of([*before, *after])
