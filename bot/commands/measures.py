"""/status and /tiltak: a measure by its number, to be looked at or answered about."""

from collections.abc import Callable, Coroutine
from typing import Any

from bot.answers import Button
from bot.commands import measure_admin, measure_list, measure_page
from bot.commands.lists import split_verb
from bot.dialogues import free_words, numbers_of_others, question, wizard
from bot.dialogues.asked_now import asked_now
from bot.press_data import number
from bot.tasks import measures_together
from bot.turn import Turn, rows_of, shorten
from storage import measures, parts
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, Plan

MEASURE_VERBS = {
    "ansvarlig": "measure_owner",
    "flytt": "measure_move",
    "bytt plan": "measure_plan",
    "byt plan": "measure_plan",
    "slå sammen": "measure_merge",
    "slå saman": "measure_merge",
}
Then = Callable[[Turn, Measure], Coroutine[Any, Any, None]]


async def answer(turn: Turn, words: str) -> None:
    """Answer about a measure, or begin with the most pressing one."""
    if words:
        await with_measure(turn, words, "an", _answer)
    else:
        await question.start(turn)


async def _answer(turn: Turn, found: Measure) -> None:
    asked = await asked_now(turn, found)
    if asked is None:
        turn.say("measures.not_yours", measure=found)
    else:
        await question.ask(turn, asked)


async def measure(turn: Turn, words: str) -> None:
    """Everything about a measure; without a number, the list. Admins add, change and archive."""
    task, rest = split_verb(words, MEASURE_VERBS)
    if task:
        if turn.is_one_of(Role.ADMIN):
            code = MEASURE_VERBS[task]
            together = measures_together.TOGETHER.get(code)
            several = together is not None and await measures_together.named_by(turn, rest)
            await wizard.by_line(turn, together if together and several else code, rest)
        else:
            turn.say("access.refused", command=f"tiltak {task.split()[0]}")
        return
    first, _, rest = words.partition(" ")
    if first.lower() in measure_admin.ACTIONS:
        if turn.is_one_of(Role.ADMIN):
            await measure_admin.ACTIONS[first.lower()](turn, rest.strip())
        else:
            turn.say("access.refused", command=f"tiltak {first.lower()}")
    elif words:
        await with_measure(turn, words, "ti", measure_page.show)
    else:
        await measure_list.everything(turn)


async def answer_chosen(turn: Turn, data: str) -> None:
    """One of several measures of a number was chosen, to be answered; with :w also what was written about it."""
    measure_id, _, end = data.partition(":")
    await chosen_measure(turn, measure_id, _take_up if end == numbers_of_others.KEPT else _answer)


async def _take_up(turn: Turn, found: Measure) -> None:
    if await asked_now(turn, found) is None:
        turn.say("measures.not_yours", measure=found)
    else:
        await free_words.take_up(turn, found)


async def measure_chosen(turn: Turn, data: str) -> None:
    """One of several measures of a number was chosen, to be shown."""
    await chosen_measure(turn, data, measure_page.show)


async def chosen_measure(turn: Turn, data: str, then: Then) -> None:
    """Go on with the measure whose button was pressed."""
    measure_id = number(data)
    found = await measures.by_id(turn.session, measure_id) if measure_id else None
    if found is None or found.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await then(turn, found)


async def with_measure(turn: Turn, words: str, prefix: str, then: Then) -> None:
    """Go on with the measure of a number; where several plans have it, the person chooses."""
    rows = await _mine_first(turn, await measures.by_ref(turn.session, words))
    if not rows:
        turn.say("measures.unknown", ref=shorten(words))
    elif len(rows) == 1:
        await then(turn, rows[0][0])
    else:
        turn.say("measures.which_plan", ref=words, keyboard=rows_of(_choices(rows, prefix), 1))


async def _mine_first(turn: Turn, rows: list[tuple[Measure, Plan]]) -> list[tuple[Measure, Plan]]:
    """Where several plans have the number, a leader means one of their own."""
    if len(rows) < 2 or turn.is_one_of(Role.ADMIN, Role.OFFICE):
        return rows
    mine_ids = {unit.id for unit in turn.answers_for}
    beside = await parts.named(turn.session, [id_of(found) for found, _plan in rows])
    own = [row for row in rows if row[0].owner_id in mine_ids]
    return own or [row for row in rows if mine_ids.intersection(beside.get(id_of(row[0]), ()))] or rows


def _choices(rows: list[tuple[Measure, Plan]], prefix: str) -> list[Button]:
    return [Button(shorten(f"{found.ref} {plan.title}"), f"{prefix}:{found.id}") for found, plan in rows]
