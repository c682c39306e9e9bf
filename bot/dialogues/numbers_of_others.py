"""Words that name a number the person has no single measure of: another's, nobody's, or one that two plans have."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Button, Keyboard
from bot.dialogues import draft as drafts
from bot.dialogues.asked import Asked
from bot.dialogues.asked_now import asked_now
from bot.dialogues.draft import NO_MEASURE, UNCHANGED, Draft, Part
from bot.turn import Turn, rows_of, shorten
from plan.status_words import Said
from storage import directory, measures
from storage.ids import id_of
from storage.people import Role
from storage.tables import Measure

MOST = 8
KEPT = "w"
"""The end of the data of a button that takes up what was written before it was clear of which measure."""


async def explain(turn: Turn, number: str, mine: Sequence[Measure], said: Said, part: Part) -> None:
    """Say whose measure it is, or that there is none, and which are the person's.

    Words about a measure there is not are kept for the one that is chosen; of another's nothing is.
    """
    found = await measures.by_ref(turn.session, number)
    if not turn.is_one_of(Role.LEADER):
        _say_to_staff(turn, number, part.text, is_known=bool(found))
        return
    is_kept = not found and not said.is_empty
    if is_kept:
        await _keep(turn, said, part.message_id)
    units = (await directory.read(turn.session)).units
    others = [(measure, units[measure.owner_id].name if measure.owner_id else None) for measure, _plan in found]
    turn.say(
        "conversation.not_your_number",
        ref=number,
        others=others,
        mine=len(mine),
        kept=(part.text if said.status or said.unchanged else said.comment) if is_kept else None,
        meant=is_kept and (said.status is not None or said.unchanged),
        keyboard=_keyboard(mine, kept=is_kept),
    )


def _say_to_staff(turn: Turn, number: str, text: str, *, is_known: bool) -> None:
    """Whoever answers for no unit writes down what others say."""
    if is_known and turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.say("conversation.register_instead", ref=number, text=text)
    else:
        turn.say("measures.unknown", ref=shorten(number))


async def which_plan(turn: Turn, draft: Draft) -> None:
    """Ask which plan's measure is meant by a number that several have; a press goes on with what was written."""
    assert draft.named is not None
    rows = await measures.by_ref(turn.session, draft.named)
    if not draft.asked.on_behalf:
        rows = [(measure, plan) for measure, plan in rows if await asked_now(turn, measure) is not None]
    prefix = "rg" if draft.asked.on_behalf else "an"
    buttons = [Button(shorten(f"{each.ref} {plan.title}"), f"{prefix}:{each.id}:{KEPT}") for each, plan in rows]
    turn.say("measures.which_plan", ref=draft.named, keyboard=rows_of(buttons, 1))


def undecided(said: Said, written: int, *, on_behalf: bool = False) -> Draft:
    """What was said of a number that several plans have, kept until one of them is chosen."""
    return replace(_loose(said, written), asked=Asked(0, on_behalf=on_behalf), named=said.ref)


def _loose(said: Said, written: int) -> Draft:
    meant = UNCHANGED if said.unchanged else said.status.value if said.status else None
    draft = Draft(NO_MEASURE, meant=meant)
    return draft.with_words(Part(said.comment, written)) if said.comment else draft


async def _keep(turn: Turn, said: Said, written: int) -> None:
    """Keep what was said until its measure is chosen; words that wait already go before it."""
    waiting = await drafts.everything(turn)
    earlier = next((each for each in waiting if each.is_loose), Draft(NO_MEASURE))
    begun = _loose(said, written)
    begun = replace(begun, parts=(*earlier.parts, *begun.parts))
    await drafts.keep(turn, begun.before([each for each in waiting if not each.is_loose]))


def _keyboard(mine: Sequence[Measure], *, kept: bool) -> Keyboard:
    end = f":{KEPT}" if kept else ""
    return rows_of([Button(shorten(f"{each.ref} {each.title}"), f"an:{id_of(each)}{end}") for each in mine[:MOST]], 1)
