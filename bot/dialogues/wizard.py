"""Doing a task question by question, with buttons and words, a step back, and nothing lost by a restart."""

import re
from collections.abc import Sequence
from typing import Any

from bot.answers import Button, Keyboard
from bot.press_data import number
from bot.tasks import TASKS
from bot.tasks.task import Answers, Choice, Step, Task
from bot.turn import Turn, shorten
from plan.refusal import Refused
from storage import dialogues
from storage.people import Role
from storage.tables import Dialogue

KIND = "wizard"
BACK, CANCEL, SKIP, YES, PAGE = "<", "x", "-", "!", ">"
SURE = 99  # the place of the last question, "shall it be done?"
PER_PAGE = 8
LONG_LABEL = 18


async def begin(
    turn: Turn, code: str, answers: Answers | None = None, *, anew: bool = False, back: str | None = None
) -> None:
    """Begin a task with what has been answered already, in place of any other dialogue; do it if nothing is left.

    With `anew` the first question is a message of its own, so that the one whose button was pressed stays. `back` is
    the data of a button: where the step back from the first question leads.
    """
    data = {"task": code, "token": turn.inbox_id, "answers": answers or {}, "given": [], "back": back}
    await _go_on(turn, data, anew=anew)


async def leave(turn: Turn, code: str) -> None:
    """End a task that is under way, if it is this one: the person has gone back to where it began."""
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is not None and dialogue.kind == KIND and dialogue.data["task"] == code:
        await dialogues.end(turn.session, turn.person_id)


async def by_line(turn: Turn, code: str, words: str) -> None:
    """Do a task by a one-line command: "name; field: value". What it does not answer is asked."""
    task = TASKS[code]
    try:
        answers = await _of_line(turn, task, words)
    except Refused as refusal:
        turn.say(refusal.code, **refusal.data)
        return
    await begin(turn, code, answers)


async def _of_line(turn: Turn, task: Task, words: str) -> Answers:
    head, *rest = [part.strip() for part in re.split(r"[;\n]", words)]
    written = _head(task, head)
    for part in filter(None, rest):
        name, _, value = part.partition(":")
        if name.strip().lower() not in task.fields:
            raise Refused("wizard.unknown_field", field=shorten(part), known=list(task.fields))
        written[task.fields[name.strip().lower()]] = value.strip()
    answers: Answers = {}
    for step in task.steps:
        if step.name in written:
            answers[step.name] = await step.take(turn, answers, written[step.name])
        elif step.optional and written:
            answers[step.name] = None
    return answers


def _head(task: Task, head: str) -> dict[str, str]:
    """What stands before the fields: the answer of the first step, or with the joint between them of two."""
    if not head:
        return {}
    first, *more = task.steps
    before, joint, after = head.rpartition(f" {task.joint} ") if task.joint else ("", "", "")
    return {first.name: before, task.joined or more[0].name: after} if joint else {first.name: head}


async def pressed(turn: Turn, data: str) -> None:
    """A button under a question: an answer, a step back, another page, or the end."""
    token, _, rest = data.partition(":")
    place, _, value = rest.partition(":")
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if dialogue is None or dialogue.kind != KIND or number(token) != dialogue.data["token"]:
        turn.toast("toast.unknown_button", alert=True)
        return
    stored = dict(dialogue.data)
    if number(place) != _place(stored):
        turn.toast("toast.earlier_question", alert=True)
    elif value == CANCEL:
        await dialogues.end(turn.session, turn.person_id)
        turn.edit("wizard.cancelled")
    elif value == BACK:
        await _back(turn, stored)
    elif value == YES and stored["at"] is None:
        await _do(turn, stored)
    elif value.startswith(PAGE):
        await _ask(turn, stored, page=number(value[1:]) or 0)
    elif stored["at"] is not None:
        await _answer(turn, stored, value)
    else:
        turn.toast("toast.unknown_button", alert=True)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of a button."""
    if not turn.is_one_of(Role.ADMIN):
        await dialogues.end(turn.session, turn.person_id)
        turn.say("conversation.not_understood")
    elif dialogue.data["at"] is None:
        await _show_sure(turn, dict(dialogue.data))
    else:
        await _answer(turn, dict(dialogue.data), text)


async def _answer(turn: Turn, data: dict[str, Any], words: str) -> None:
    task = TASKS[data["task"]]
    step = task.step(data["at"])
    try:
        if words == SKIP and step.optional:
            found = None
        else:
            found = await step.take(turn, data["answers"], words)
    except Refused as refusal:
        turn.say(refusal.code, **refusal.data)
        await _ask(turn, data, anew=True)
        return
    answers = data["answers"] | {step.name: found}
    await _go_on(turn, data | {"answers": answers, "given": [*data["given"], step.name]})


async def _back(turn: Turn, data: dict[str, Any]) -> None:
    *given, last = data["given"] or [None]
    answers = {name: value for name, value in data["answers"].items() if name != last}
    await _go_on(turn, data | {"answers": answers, "given": given})


async def _go_on(turn: Turn, data: dict[str, Any], *, anew: bool = False) -> None:
    """Ask the next question, or the last, or do it."""
    task = TASKS[data["task"]]
    try:
        for step in task.steps:
            if step.name not in data["answers"] and await step.needed(turn, data["answers"]):
                await _ask(turn, data | {"at": step.name}, anew=anew)
                return
    except Refused as refusal:  # what an earlier answer named is gone
        await dialogues.end(turn.session, turn.person_id)
        turn.say(refusal.code, **refusal.data)
        return
    if task.sure is None:
        await _do(turn, data)
    else:
        await _show_sure(turn, data | {"at": None})


async def _ask(turn: Turn, data: dict[str, Any], *, page: int = 0, anew: bool = False) -> None:
    step = TASKS[data["task"]].step(data["at"])
    await dialogues.begin(turn.session, turn.person_id, KIND, data, turn.at)
    choices = await step.choices(turn, data["answers"])
    keyboard = _keyboard(turn, data, step, choices, page)
    (turn.say if anew else turn.show)(step.ask, keyboard=keyboard, **await step.data(turn, data["answers"]))


async def _show_sure(turn: Turn, data: dict[str, Any]) -> None:
    task = TASKS[data["task"]]
    assert task.sure is not None
    try:
        sentence, values = await task.sure(turn, data["answers"])
    except Refused as refusal:
        await _refused(turn, data, refusal)
        return
    await dialogues.begin(turn.session, turn.person_id, KIND, data, turn.at)
    turn.show(sentence, keyboard=((_button(turn, data, "do_it", YES),), _ways_out(turn, data)), **values)


async def _do(turn: Turn, data: dict[str, Any]) -> None:
    """Do the task. What cannot be done leaves no trace, and the last question is put again."""
    said = len(turn.answers)
    try:
        async with turn.session.begin_nested():
            await dialogues.end(turn.session, turn.person_id)
            await TASKS[data["task"]].do(turn, data["answers"])
    except Refused as refusal:
        del turn.answers[said:]
        turn.changed_people.clear()
        await _refused(turn, data, refusal)


async def _refused(turn: Turn, data: dict[str, Any], refusal: Refused) -> None:
    turn.say(refusal.code, **refusal.data)
    *given, last = data["given"] or [None]
    if last is None:
        await dialogues.end(turn.session, turn.person_id)
        return
    answers = {name: value for name, value in data["answers"].items() if name != last}
    await _ask(turn, data | {"answers": answers, "given": given, "at": last}, anew=True)


def _place(data: dict[str, Any]) -> int:
    steps = TASKS[data["task"]].steps
    return SURE if data["at"] is None else [step.name for step in steps].index(data["at"])


def _keyboard(turn: Turn, data: dict[str, Any], step: Step, choices: Sequence[Choice], page: int) -> Keyboard:
    first = page * PER_PAGE if page * PER_PAGE < len(choices) else 0
    shown = choices[first : first + PER_PAGE]
    buttons = [Button(shorten(choice.label), _press(data, choice.value)) for choice in shown]
    per_row = 1 if any(len(button.label) > LONG_LABEL for button in buttons) else 2
    rows = [tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row)]
    turns = []
    if first:
        turns.append(_button(turn, data, "page_before", f"{PAGE}{first // PER_PAGE - 1}"))
    if first + PER_PAGE < len(choices):
        turns.append(_button(turn, data, "page_after", f"{PAGE}{first // PER_PAGE + 1}"))
    if turns:
        rows.append(tuple(turns))
    if step.optional:
        rows.append((_button(turn, data, "skip", SKIP),))
    return (*rows, _ways_out(turn, data))


def _ways_out(turn: Turn, data: dict[str, Any]) -> tuple[Button, ...]:
    cancel = _button(turn, data, "cancel", CANCEL)
    if data["given"]:
        return _button(turn, data, "back", BACK), cancel
    # A task that was begun before this way back was there has none.
    return (turn.button("back", data["back"]), cancel) if data.get("back") else (cancel,)


def _button(turn: Turn, data: dict[str, Any], label: str, value: str) -> Button:
    return turn.button(label, _press(data, value))


def _press(data: dict[str, Any], value: str) -> str:
    return f"wz:{data['token']}:{_place(data)}:{value}"
