"""/mangler and /purr: what waits for an answer, unit by unit, with buttons to remind and to call off."""

import re

from bot.answers import Button, Keyboard
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from scheduler import missing as waiting
from scheduler.missing import Missing
from scheduler.nags import nag
from storage import dialogues, directory, measures, units
from storage.directory import Directory
from storage.people import Role
from storage.tables import Dialogue

KIND = "call_off"
PER_PAGE = 8
PER_ROW = 4
PAGE, ONE, NAG, NAG_ALL, NAG_ALL_SURELY, CALL_OFF = "p", "o", "n", "a", "y", "c"
EVERYBODY = frozenset({"alle", "all"})
_KEY = re.compile(r"[rq][0-9]{1,10}")


async def missing(turn: Turn, _words: str) -> None:
    """Who has not answered, unit by unit: since when, who was told last, and how far up it has gone."""
    await _show_page(turn, 0)


async def nag_words(turn: Turn, words: str) -> None:
    """`/purr 1.4`, `/purr NAV`, `/purr alle`: remind now. Without words, what there is to remind of."""
    people, found = await _read(turn)
    if not words:
        await _show_page(turn, 0)
    elif words.lower() in EVERYBODY:
        _ask_nag_all(turn, found)
    else:
        named = await _named(turn, words, found)
        if named is None:
            turn.say("missing.unknown", words=shorten(words))
        elif named:
            await _nag(turn, named, people)
        else:
            turn.say("missing.nothing_of", words=shorten(words))


async def _named(turn: Turn, words: str, found: tuple[Missing, ...]) -> list[Missing] | None:
    """What waits of the measures of a number, or of a unit by its name; None where there is no such thing."""
    of_ref = {row[0].id for row in await measures.by_ref(turn.session, words)}
    if of_ref:
        return [item for item in found if item.question.measure_id in of_ref]
    unit = await units.by_name(turn.session, words)
    return [item for item in found if item.unit_id == unit.id] if unit else None


async def _read(turn: Turn) -> tuple[Directory, tuple[Missing, ...]]:
    people = await directory.read(turn.session, turn.today)
    return people, await waiting.missing(turn.session, people, turn.today)


async def pressed(turn: Turn, data: str) -> None:
    """A button of the list, or of one thing in it."""
    code, _, rest = data.partition(":")
    if code == PAGE and (page := number(rest)) is not None:
        await _show_page(turn, page)
    elif code == NAG_ALL:
        _ask_nag_all(turn, (await _read(turn))[1])
    elif code == NAG_ALL_SURELY:
        people, found = await _read(turn)
        await _nag(turn, list(found), people)
    elif code in {ONE, NAG, CALL_OFF} and _KEY.fullmatch(rest):
        await _pressed_about(turn, code, rest)
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _pressed_about(turn: Turn, code: str, key: str) -> None:
    people, found = await _read(turn)
    item = next((each for each in found if each.key == key), None)
    if item is None:
        turn.toast("toast.not_missing", alert=True)
    elif code == ONE:
        _show_one(turn, item, people)
    elif code == NAG:
        await _nag(turn, [item], people)
    else:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"key": key}, turn.at)
        turn.say("missing.why_call_off", question=item.question)


async def _show_page(turn: Turn, page: int) -> None:
    people, found = await _read(turn)
    pages = max(-(-len(found) // PER_PAGE), 1)
    page = min(page, pages - 1)
    shown = found[page * PER_PAGE : (page + 1) * PER_PAGE]
    by_unit: dict[str, list[Missing]] = {}
    for item in shown:
        by_unit.setdefault(item.question.unit, []).append(item)
    turn.show(
        "missing.page",
        keyboard=_list_keyboard(turn, shown, page, pages, len(found)),
        by_unit=by_unit,
        unreachable={item.question.unit for item in shown if not people.asked(item.unit_id)},
        count=sum(not item.question.part for item in found),
        missing_parts=sum(item.question.part for item in found),
        page=page + 1,
        pages=pages,
        today=turn.today,
    )


def _list_keyboard(turn: Turn, shown: tuple[Missing, ...], page: int, pages: int, total: int) -> Keyboard:
    buttons = [Button(shorten(item.question.ref, 20), f"mg:{ONE}:{item.key}") for item in shown]
    turning = []
    if page > 0:
        turning.append(turn.button("page_before", f"mg:{PAGE}:{page - 1}"))
    if page < pages - 1:
        turning.append(turn.button("page_after", f"mg:{PAGE}:{page + 1}"))
    nag_all = [turn.button("nag_all", f"mg:{NAG_ALL}", count=total)] if total > 1 else []
    return (*rows_of(buttons, PER_ROW), *rows_of(turning), *rows_of(nag_all))


def _show_one(turn: Turn, item: Missing, people: Directory) -> None:
    question = item.question
    buttons = [
        turn.button("nag", f"mg:{NAG}:{item.key}"),
        turn.button("call_off", f"mg:{CALL_OFF}:{item.key}"),
        turn.button("show_measure", f"ti:{question.measure_id}"),
        turn.button("register", f"rg:{question.measure_id}:{item.unit_id}"),
    ]
    turn.say(
        "missing.one",
        keyboard=rows_of(buttons),
        item=item,
        reachable=bool(people.asked(item.unit_id)),
        today=turn.today,
    )


def _ask_nag_all(turn: Turn, found: tuple[Missing, ...]) -> None:
    if not found:
        turn.say("missing.nothing")
        return
    keyboard = ((turn.button("nag_all_surely", f"mg:{NAG_ALL_SURELY}"),),)
    turn.say("missing.nag_all_sure", keyboard=keyboard, count=len(found), units=len({item.unit_id for item in found}))


async def _nag(turn: Turn, items: list[Missing], people: Directory) -> None:
    result = await nag(
        turn.session,
        items,
        people,
        person_id=turn.person_id,
        key=str(turn.inbox_id),
        at=turn.at,
        hours=turn.house.hours,
    )
    turn.say(
        "missing.nagged",
        names=[people.people[person].name for person in result.told],
        count=result.count,
        before=result.before,
        unreachable=list(result.unreachable),
        at_once=turn.house.hours.is_open(turn.at),
        goes_out=result.goes_out_at,
    )


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Why something is called off: nobody is asked about it any more."""
    await dialogues.end(turn.session, turn.person_id)
    _people, found = await _read(turn)
    item = next((each for each in found if each.key == dialogue.data["key"]), None)
    if not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.say("conversation.not_understood")
    elif item is None:
        turn.say("missing.answered_meanwhile")
    else:
        await waiting.call_off(turn.session, item, text, person_id=turn.person_id, at=turn.at)
        turn.say("missing.called_off", question=item.question, reason=text)
