"""What the bot says to what is no command: strangers, loose words, stickers, edits, old buttons, identity numbers."""

from collections.abc import Awaitable, Callable

from bot.answers import Answer
from bot.commands import case_route, missing, rounds
from bot.dialogues import (
    absence,
    asking_back,
    attainment,
    editing,
    free_words,
    plan_review,
    proposals,
    put_off,
    release,
    reporting_days,
    wizard,
    writing,
)
from bot.dialogues import draft as drafts
from bot.turn import Turn
from storage import dialogues, people
from storage.tables import Dialogue

MAX_WORDS = 4000
# The dialogues whose next line is written; the one about a status takes words in whatever state it is in.
LISTENERS: dict[str, Callable[[Turn, Dialogue, str], Awaitable[None]]] = {
    release.KIND: release.take_words,
    proposals.KIND: proposals.take_words,
    absence.KIND: absence.take_words,
    asking_back.KIND: asking_back.take_words,
    missing.KIND: missing.take_words,
    case_route.KIND: rounds.take_words,
    put_off.KIND: put_off.take_words,
    attainment.KIND: attainment.take_words,
    reporting_days.KIND: reporting_days.take_words,
    plan_review.KIND: plan_review.take_words,
    wizard.KIND: wizard.take_words,
    writing.KIND: writing.take_words,
}


async def stranger(turn: Turn, _words: str) -> None:
    """One polite line, and nothing about what the bot knows."""
    if turn.update.callback_query is not None:
        turn.toast("toast.stranger", alert=True)
    elif turn.update.message is not None:
        turn.say("access.stranger")


async def unknown_command(turn: Turn, _words: str) -> None:
    """A command we do not have."""
    turn.say("conversation.unknown_command")


async def plain_text(turn: Turn, _words: str) -> None:
    """Words that are no command: the next line of the dialogue the person is in, or loose words about a measure."""
    text = (turn.message.text or "").strip()
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    draft = drafts.of_dialogue(dialogue)
    length = len(text) + (len(draft.comment) + 1 if draft and draft.comment and not draft.carried else 0)
    if length > MAX_WORDS:
        turn.say("conversation.too_long", length=length, most=MAX_WORDS)
    elif not any(character.isprintable() and not character.isspace() for character in text):
        turn.say("conversation.not_text")
    elif dialogue is not None and dialogue.kind in LISTENERS:
        await LISTENERS[dialogue.kind](turn, dialogue, text)
    else:
        await free_words.take(turn, text)


async def edited(turn: Turn, _words: str) -> None:
    """An edited message corrects the comment it was written as. A place that moves is no words."""
    text = (turn.message.text or turn.message.caption or "").strip()
    if len(text) > MAX_WORDS:
        turn.say("conversation.too_long", length=len(text), most=MAX_WORDS)
    elif text:
        await editing.take(turn, text)


async def not_text(turn: Turn, _words: str) -> None:
    """A sticker, a picture, a place, a voice: nothing of it can be stored as an answer."""
    turn.say("conversation.not_text")


async def identity_number(turn: Turn, _words: str) -> None:
    """A national identity number: intake has removed it; the message goes from the chat as well."""
    turn.answers.append(Answer("delete", message_id=turn.message.message_id))
    turn.say("conversation.identity_number" if turn.person else "access.stranger")


async def no_longer_known(turn: Turn, _words: str) -> None:
    """A button that we do not know any more, or never made."""
    turn.toast("toast.unknown_button" if turn.person else "toast.stranger", alert=True)


async def blocked_or_back(turn: Turn, _words: str) -> None:
    """The person has blocked the bot, or let it in again."""
    change = turn.update.my_chat_member
    if turn.person is None or change is None:
        return
    if change.new_chat_member.status in {"kicked", "left"}:
        await people.blocked(turn.session, turn.person_id, turn.at)
    else:
        await people.is_back(turn.session, turn.person, turn.at)
