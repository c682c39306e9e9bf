"""/innstillinger: what a plan and the municipality have set, each with what it means, and changing one."""

from bot.answers import Button
from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import TASKS
from bot.tasks.settings import HOUSE, OF_HOUSE, OF_PLAN, only_plan, values_of
from bot.tasks.task import Answers
from bot.turn import Turn, rows_of, shorten
from plan.refusal import Refused
from storage import plans


async def command(turn: Turn, words: str) -> None:
    """`/innstillinger`, `/innstillinger vefsn frister 60 14`, `/innstillinger kommune ferie 28-30`."""
    first, _, rest = words.partition(" ")
    plan_id = await only_plan(turn)
    if not words and plan_id is None:
        await _choose(turn)
        return
    if not words or (first.lower() in OF_PLAN and plan_id is not None):
        subject, rest = f"#{plan_id}", words
    elif first.lower() in OF_HOUSE:
        subject, rest = HOUSE, words
    else:
        subject = first
    try:
        answers = await _answers(turn, subject, rest)
    except Refused as refusal:
        turn.say(refusal.code, **refusal.data)
        return
    if "word" in answers:
        await wizard.begin(turn, "setting", answers)
    else:
        await _show(turn, answers["subject"])


async def _answers(turn: Turn, subject: str, rest: str) -> Answers:
    """What a line says: of what, which setting, and its value."""
    written = [subject, *filter(None, rest.split(maxsplit=1))]
    answers: Answers = {}
    for step, words in zip(TASKS["setting"].steps, written, strict=False):
        answers[step.name] = await step.take(turn, answers, words)
    return answers


async def _choose(turn: Turn) -> None:
    known = await plans.everyone(turn.session)
    buttons = [Button(shorten(plan.title), f"in:{plan.id}") for plan in known]
    turn.say("setting.ask_subject", keyboard=rows_of([*buttons, turn.button("whole_house", "in:0")], 1))


async def pressed(turn: Turn, data: str) -> None:
    """in:<plan, or 0 for the municipality>, and with :<word> after it a setting to change."""
    first, _, word = data.partition(":")
    found = number(first)
    if found is None or (word and word not in (OF_PLAN if found else OF_HOUSE)):
        turn.toast("toast.unknown_button", alert=True)
        return
    subject = found or HOUSE
    try:
        if word:
            await wizard.begin(turn, "setting", {"subject": subject, "word": word})
        else:
            await _show(turn, subject)
    except Refused:
        turn.toast("toast.unknown_button", alert=True)


async def _show(turn: Turn, subject: int | str) -> None:
    values = await values_of(turn, subject)
    found = await plans.by_id(turn.session, subject) if isinstance(subject, int) else None
    place = subject if found else 0
    buttons = [Button(turn.word(f"setting.{word}"), f"in:{place}:{word}") for word in values]
    more = (turn.button("whole_house", "in:0"),) if found else ()
    turn.show(
        "setting.all",
        title=found.title if found else None,
        rows=values,
        keyboard=(*rows_of(buttons), *((more,) if more else ())),
    )
