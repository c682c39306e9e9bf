"""Words that name a number the person has no single measure of: another's, nobody's, or one that two plans have."""

from collections.abc import Sequence

from bot.answers import Button, Keyboard
from bot.dialogues import draft as drafts
from bot.dialogues.draft import NO_MEASURE, Draft, Part
from bot.turn import Turn, rows_of, shorten
from plan.status_words import Said
from storage import directory, measures, plans
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure

MOST = 8


async def explain(turn: Turn, number: str, mine: Sequence[Measure], said: Said, part: Part) -> None:
    """Say whose measure it is, or that there is none, and which are the person's.

    Words about a measure there is not are kept for the one that is chosen; of another's nothing is.
    """
    found = await measures.by_ref(turn.session, number)
    if not turn.is_one_of(Role.LEADER):
        _say_to_staff(turn, number, part.text, is_known=bool(found))
        return
    if not found and said.comment:
        await _keep(turn, Part(said.comment, part.message_id))
    units = (await directory.read(turn.session)).units
    others = [(measure, units[measure.owner_id].name if measure.owner_id else None) for measure, _plan in found]
    turn.say(
        "conversation.not_your_number",
        ref=number,
        others=others,
        mine=len(mine),
        kept=said.comment if not found else None,
        keyboard=_keyboard(mine),
    )


def _say_to_staff(turn: Turn, number: str, text: str, *, is_known: bool) -> None:
    """Whoever answers for no unit writes down what others say."""
    if is_known and turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.say("conversation.register_instead", ref=number, text=text)
    else:
        turn.say("measures.unknown", ref=shorten(number))


async def ask_which_plan(turn: Turn, several: Sequence[Measure], part: Part) -> None:
    """Two plans have the number: one is chosen, and the words go with it."""
    if part.text:
        await _keep(turn, part)
    titles = {plan.id: plan.title for plan in await plans.everyone(turn.session)}
    buttons = [Button(shorten(f"{each.ref} {titles[each.plan_id]}"), f"an:{id_of(each)}") for each in several]
    turn.say("measures.which_plan", ref=several[0].ref, keyboard=rows_of(buttons, 1))


async def _keep(turn: Turn, part: Part) -> None:
    """Keep words until their measure is chosen."""
    waiting = await drafts.everything(turn)
    begun = next((each for each in waiting if not each.asked.measure_id), Draft(NO_MEASURE)).with_words(part)
    await drafts.keep(turn, begun.before([each for each in waiting if each.asked.measure_id]))


def _keyboard(mine: Sequence[Measure]) -> Keyboard:
    return rows_of([Button(shorten(f"{each.ref} {each.title}"), f"an:{id_of(each)}") for each in mine[:MOST]], 1)
