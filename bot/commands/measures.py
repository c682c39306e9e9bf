"""/mine, /status, /tiltak and /registrer: measures, as everybody looks them up and answers about them."""

from collections.abc import Callable, Coroutine
from typing import Any

from bot.answers import Button, Keyboard
from bot.commands import measure_admin
from bot.commands.lists import split_verb
from bot.dialogues import question, wizard
from bot.dialogues.asked import Asked
from bot.press_data import number
from bot.turn import Turn, rows_of, shorten
from scheduler import answers, digest
from storage import attachments, directory, measure_changes, measures, proposals, replies, report_texts
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure, Plan

MEASURE_VERBS = {
    "ansvarlig": "measure_owner",
    "flytt": "measure_move",
    "slå sammen": "measure_merge",
    "slå saman": "measure_merge",
}
Then = Callable[[Turn, Measure], Coroutine[Any, Any, None]]


async def mine(turn: Turn, _words: str) -> None:
    """The measures of the person's units, with what was last reported and what waits for an answer."""
    unit_ids = [id_of(unit) for unit in await turn.units()]
    rows = await measures.of_units(turn.session, unit_ids)
    last = await replies.latest(turn.session, [id_of(measure) for measure, _plan in rows])
    questions = await digest.all_questions_of(turn.session, turn.person_id, turn.today)
    waiting = sum(not question.is_put_off(turn.today) for question in questions)
    keyboard = ((turn.button("answer_now", "nx:0:0", count=waiting),),) if waiting else ()
    turn.say(
        "measures.mine",
        keyboard=keyboard,
        rows=rows,
        statuses={measure_id: reply.status for measure_id, reply in last.items()},
        asked={question.measure_id: question for question in questions},
        today=turn.today,
    )


async def answer(turn: Turn, words: str) -> None:
    """Answer about a measure, or begin with the most pressing one."""
    if words:
        await _with_measure(turn, words, "an", _answer)
    else:
        await question.start(turn)


async def _answer(turn: Turn, found: Measure) -> None:
    mine_ids = {unit.id for unit in await turn.units()}
    if found.owner_id not in mine_ids:
        turn.say("measures.not_yours", measure=found)
        return
    requests = await answers.open_requests(turn.session, id_of(found))
    await question.ask(turn, Asked(id_of(found), id_of(requests[0]) if requests else 0))


async def register(turn: Turn, words: str) -> None:
    """Write down what a unit said by phone or mail, on its behalf."""
    if words:
        await _with_measure(turn, words, "rg", _register)
    else:
        turn.say("measures.register_usage")


async def _register(turn: Turn, found: Measure) -> None:
    if found.owner_id is None:
        turn.say("measures.no_owner", measure=found)
        return
    requests = await answers.open_requests(turn.session, id_of(found))
    await question.ask(turn, Asked(id_of(found), id_of(requests[0]) if requests else 0, on_behalf=True))


async def measure(turn: Turn, words: str) -> None:
    """Everything about a measure; without a number, the list. Admins add, change and archive."""
    task, rest = split_verb(words, MEASURE_VERBS)
    if task:
        if turn.is_one_of(Role.ADMIN):
            await wizard.by_line(turn, MEASURE_VERBS[task], rest)
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
        await _with_measure(turn, words, "ti", _show)
    else:
        await _list(turn)


async def _list(turn: Turn) -> None:
    if turn.is_one_of(Role.ADMIN, Role.OFFICE):
        units = (await directory.read(turn.session)).units
        rows = await measures.of_units(turn.session, list(units))
        rows += await measures.without_owner(turn.session)
    else:
        mine_ids = [id_of(unit) for unit in await turn.units()]
        rows = await measures.of_units(turn.session, mine_ids)
    rows.sort(key=lambda row: (id_of(row[1]), row[0].position))
    last = await replies.latest(turn.session, [id_of(found) for found, _plan in rows])
    statuses = {measure_id: reply.status for measure_id, reply in last.items()}
    turn.say("measures.list", rows=rows, statuses=statuses)


async def _show(turn: Turn, found: Measure) -> None:
    if not await _may_see(turn, found):
        turn.say("measures.not_yours", measure=found)
        return
    history = await replies.of_measure(turn.session, id_of(found))
    for merged in await measure_changes.merged_into(turn.session, found):
        history += await replies.of_measure(turn.session, id_of(merged))
    people_and_units = await directory.read(turn.session)
    texts = await report_texts.of_replies(turn.session, [id_of(reply) for reply in history])
    may_ask_back = history and turn.is_one_of(Role.ADMIN, Role.OFFICE)
    keyboard: Keyboard = ((turn.button("ask_back", f"sb:{id_of(history[0])}"),),) if may_ask_back else ()
    turn.say(
        "measures.one",
        measure=found,
        goal=await measures.goal_of(turn.session, found),
        owner=people_and_units.units[found.owner_id].name if found.owner_id else None,
        costs=await measures.costs_of(turn.session, id_of(found)),
        history=[(reply, people_and_units.units[reply.unit_id].name) for reply in history],
        texts={reply_id: text.text for reply_id, text in texts.items()},
        asked=bool(await answers.open_requests(turn.session, id_of(found))),
        proposals=await proposals.of_measures(turn.session, [id_of(found)]),
        files=await attachments.of_replies(turn.session, [id_of(reply) for reply in history]),
        keyboard=(*keyboard, *await _files_keyboard(turn, found)),
    )


async def _files_keyboard(turn: Turn, found: Measure) -> Keyboard:
    files = len(await attachments.of_measure(turn.session, id_of(found)))
    return ((turn.button("attachments", f"at:li:{id_of(found)}", count=files),),) if files else ()


async def _may_see(turn: Turn, found: Measure) -> bool:
    if turn.is_one_of(Role.ADMIN, Role.OFFICE):
        return True
    return found.owner_id in {unit.id for unit in await turn.units()}


async def answer_chosen(turn: Turn, data: str) -> None:
    """One of several measures of a number was chosen, to be answered."""
    await _chosen(turn, data, _answer)


async def register_chosen(turn: Turn, data: str) -> None:
    """One of several measures of a number was chosen, to be answered on behalf."""
    await _chosen(turn, data, _register)


async def measure_chosen(turn: Turn, data: str) -> None:
    """One of several measures of a number was chosen, to be shown."""
    await _chosen(turn, data, _show)


async def _chosen(turn: Turn, data: str, then: Then) -> None:
    measure_id = number(data)
    found = await measures.by_id(turn.session, measure_id) if measure_id else None
    if found is None or found.archived_at is not None:
        turn.toast("toast.unknown_button", alert=True)
    else:
        await then(turn, found)


async def _with_measure(turn: Turn, words: str, prefix: str, then: Then) -> None:
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
    mine_ids = {unit.id for unit in await turn.units()}
    return [row for row in rows if row[0].owner_id in mine_ids] or rows


def _choices(rows: list[tuple[Measure, Plan]], prefix: str) -> list[Button]:
    return [Button(shorten(f"{found.ref} {plan.title}"), f"{prefix}:{found.id}") for found, plan in rows]
