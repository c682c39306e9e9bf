"""/utsett: a leader is asked again on another day. Puts off one question, or all that wait."""

from datetime import date, timedelta

from bot.answers import Button, Keyboard
from bot.dialogues import draft as drafts
from bot.dialogues.asked_now import asked_now
from bot.dialogues.question import questions_of
from bot.paging import page_of
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of, shorten
from plan.said_days import parse_day
from scheduler.put_off import PutOffRefused, put_off
from storage import dialogues, measures
from storage.ids import id_of
from storage.tables import Dialogue, Measure

KIND = "put_off"
WHICH, WHEN, ON, WRITE, PAGE = "w", "m", "d", "v", "g"
EVERYTHING = 0
PER_PAGE = 10
DAY, WEEK = timedelta(days=1), timedelta(days=7)


async def start(turn: Turn, words: str) -> None:
    """`/utsett 1.4 fredag`; without a day it is asked for, and without a number what to put off."""
    ref, _, rest = words.strip().partition(" ")
    if not ref:
        await _which(turn)
        return
    rows = [row for row, _plan in await measures.by_ref(turn.session, ref)]
    found = [row for row in rows if await _is_asked(turn, row)] or rows
    if not found:
        turn.say("measures.unknown", ref=shorten(ref))
    elif rest:
        await _on_words(turn, found[0], rest)
    else:
        turn.say("put_off.which_day", measure=found[0], keyboard=days(turn, id_of(found[0])))


def days(turn: Turn, measure_id: int) -> Keyboard:
    """The buttons that say when to ask again about a measure, or about everything."""
    calendar = turn.house.hours.calendar
    tomorrow, next_week = calendar.add(turn.today, 1), calendar.on_or_after(turn.today + WEEK)
    return (
        (
            turn.button("put_off_tomorrow", f"ut:{ON}:{measure_id}:{tomorrow.toordinal()}"),
            turn.button("put_off_week", f"ut:{ON}:{measure_id}:{next_week.toordinal()}"),
            turn.button("put_off_day", f"ut:{WRITE}:{measure_id}"),
        ),
    )


async def _which(turn: Turn, turned_to: int | None = None) -> None:
    """What to put off, a page at a time; with a number in place of the page that was shown."""
    questions = await questions_of(turn)
    if not questions:
        turn.say("status.nothing_open")
        return
    page = page_of(questions, turned_to or 0, PER_PAGE)
    buttons = [
        Button(shorten(f"{question.ref} {question.title}"), f"ut:{WHEN}:{question.measure_id}")
        for question in page.items
    ]
    if len(questions) > 1:
        buttons.append(turn.button("put_off_all", f"ut:{WHEN}:{EVERYTHING}", count=len(questions)))
    keyboard = (*rows_of(buttons, 1), *page.turning(turn, f"ut:{PAGE}:"))
    (turn.say if turned_to is None else turn.edit)("put_off.which", keyboard=keyboard)


async def pressed(turn: Turn, data: str) -> None:
    """What to put off was chosen, or to when."""
    code, _, rest = data.partition(":")
    if code == WHICH or (code == PAGE and number(rest) is not None):
        await _which(turn, number(rest) if code == PAGE else None)
        return
    found = numbers(rest, 2 if code == ON else 1) if code in {WHEN, ON, WRITE} else None
    measure = await measures.by_id(turn.session, found[0]) if found and found[0] != EVERYTHING else None
    if found is None or (measure is None and found[0] != EVERYTHING):
        turn.toast("toast.unknown_button", alert=True)
    elif measure is not None and not await _is_asked(turn, measure):
        turn.toast("toast.not_yours", alert=True)
    elif code == WHEN:
        turn.edit("put_off.which_day", measure=measure, keyboard=days(turn, found[0]))
    elif code == WRITE:
        await _ask_for_day(turn, measure)
    elif 1 <= found[1] <= date.max.toordinal():
        await _put_off(turn, measure, date.fromordinal(found[1]))
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _is_asked(turn: Turn, measure: Measure) -> bool:
    return await asked_now(turn, measure) is not None


async def _ask_for_day(turn: Turn, measure: Measure | None) -> None:
    """The next words are the day; where an answer is being written, its words are not mistaken for one."""
    if any(draft.parts for draft in await drafts.everything(turn)):
        turn.say("put_off.usage", ref=measure.ref if measure else "1.4")
        return
    await dialogues.begin(turn.session, turn.person_id, KIND, {"measure_id": measure.id if measure else 0}, turn.at)
    turn.say("put_off.write_day")


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The day was written."""
    measure_id = dialogue.data["measure_id"]
    measure = await measures.by_id(turn.session, measure_id) if measure_id != EVERYTHING else None
    await _on_words(turn, measure, text)


async def _on_words(turn: Turn, measure: Measure | None, text: str) -> None:
    day = parse_day(text, turn.today)
    if day == turn.today and "i dag" not in text.lower():
        day = parse_day(text, turn.today + DAY)  # "fredag" on a Friday is the next one
    if day is None:
        turn.say("put_off.refused", why="not_understood", text=shorten(text), on=None)
    else:
        await _put_off(turn, measure, day)


async def _put_off(turn: Turn, measure: Measure | None, day: date) -> None:
    """Put off one question, or all of the person; what cannot be put off is said and nothing is."""
    if measure is not None and not await _is_asked(turn, measure):
        turn.say("measures.not_yours", measure=measure)
        return
    unit_ids = {id_of(unit) for unit in turn.answers_for}
    chosen = [measure] if measure else await _everything(turn)
    done = []
    try:
        async with turn.session.begin_nested():
            for each in chosen:
                done.append(
                    await put_off(
                        turn.session,
                        id_of(each),
                        unit_ids,
                        day,
                        actor=turn.actor,
                        at=turn.at,
                        hours=turn.house.hours,
                    )
                )
    except PutOffRefused as refusal:
        turn.say("put_off.refused", why=refusal.code, text="", on=refusal.data.get("on"))
        return
    if not done:
        turn.say("put_off.refused", why="nothing_open", text="", on=None)
        return
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind == KIND:
        await dialogues.end(turn.session, turn.person_id)
    late = [(each.ref, found.by) for each, found in zip(chosen, done, strict=True) if found.passes]
    turn.show("put_off.done", measures=chosen, until=done[0].until, late=late)


async def _everything(turn: Turn) -> list[Measure]:
    found = [await measures.by_id(turn.session, each.measure_id) for each in await questions_of(turn)]
    return [each for each in found if each is not None]
