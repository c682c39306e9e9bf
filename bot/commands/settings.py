"""/innstillinger: what a plan and the municipality have set, each with what it means, and changing one."""

from bot.answers import Button, Keyboard
from bot.dialogues import wizard
from bot.press_data import number
from bot.tasks import TASKS, find
from bot.tasks.settings import GROUPS, HOUSE, OF_HOUSE, OF_PLAN, only_plan, unusable, values_of, view_of
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
        await wizard.begin(turn, "setting", answers, back=view_of(answers["subject"], answers["word"]))
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
    turn.show("setting.ask_subject", keyboard=rows_of([*buttons, turn.button("whole_house", "in:0")], 1))


async def pressed(turn: Turn, data: str) -> None:
    """in:<plan, or 0 for the municipality>, and with :<group> what stands in it, with :<word> a setting to change.

    in: without more is the choice between the plans.
    """
    await wizard.leave(turn, "setting")
    first, _, word = data.partition(":")
    found = number(first)
    if not data:
        await _choose(turn)
        return
    if found is None or (word and word not in ((OF_PLAN | GROUPS) if found else OF_HOUSE)):
        turn.toast("toast.unknown_button", alert=True)
        return
    subject = found or HOUSE
    try:
        if word in GROUPS:
            await _show_group(turn, found, word)
        elif word:
            await wizard.begin(turn, "setting", {"subject": subject, "word": word}, back=view_of(subject, word))
        else:
            await _show(turn, subject)
    except Refused:
        turn.toast("toast.unknown_button", alert=True)


async def _show(turn: Turn, subject: int | str) -> None:
    """Every setting with what it is, in groups; what it means is one press away."""
    values = await values_of(turn, subject)
    if not isinstance(subject, int):
        buttons = [Button(turn.word(f"setting.{word}"), f"in:0:{word}") for word in values]
        keyboard = (*rows_of(buttons), *await _back(turn))
        turn.show("setting.all", title=None, groups={None: values}, stopped=[], keyboard=keyboard)
        return
    plan = await find.plan(turn, subject)
    groups = {code: {word: values[word] for word in words} for code, words in GROUPS.items()}
    buttons = [Button(turn.word(f"setting_group.{code}"), f"in:{subject}:{code}") for code in GROUPS]
    house = (turn.button("whole_house", "in:0"),)
    turn.show(
        "setting.all",
        title=plan.title,
        groups=groups,
        stopped=unusable(plan),
        keyboard=(*rows_of(buttons), house, *await _back(turn, subject)),
    )


async def _back(turn: Turn, subject: int | None = None) -> Keyboard:
    """The way back: from the municipality to the only plan, and from either to the choice between several."""
    only = await only_plan(turn)
    if only is None:
        return ((turn.button("back", "in:"),),)
    return () if subject else ((turn.button("back", f"in:{only}"),),)


async def _show_group(turn: Turn, plan_id: int, code: str) -> None:
    plan, values = await find.plan(turn, plan_id), await values_of(turn, plan_id)
    buttons = [Button(turn.word(f"setting.{word}"), f"in:{plan_id}:{word}") for word in GROUPS[code]]
    turn.show(
        "setting.group",
        title=plan.title,
        code=code,
        rows={word: values[word] for word in GROUPS[code]},
        keyboard=(*rows_of(buttons, 1), (turn.button("back", f"in:{plan_id}"),)),
    )
