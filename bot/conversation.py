"""What the bot says to what is no command: strangers, loose words, stickers, edits, old buttons, identity numbers."""

from bot.answers import Answer
from bot.dialogues import release, status
from bot.turn import Turn
from storage import dialogues, people

MAX_WORDS = 4000


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
    if len(text) > MAX_WORDS:
        turn.say("conversation.too_long", length=len(text), most=MAX_WORDS)
        return
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    handlers = {status.KIND: status.take_words, release.KIND: release.take_words}
    if dialogue is not None and dialogue.kind in handlers:
        await handlers[dialogue.kind](turn, dialogue, text)
    else:
        await status.loose_words(turn, text)


async def edited(turn: Turn, _words: str) -> None:
    """An edited message changes no stored answer: say so, and how to correct it."""
    turn.say("conversation.edited")


async def not_text(turn: Turn, _words: str) -> None:
    """A sticker, a picture, a place, a voice: nothing of it can be stored as an answer."""
    turn.say("conversation.not_text")


async def identity_number(turn: Turn, _words: str) -> None:
    """A national identity number: intake has removed it; the message goes from the chat as well."""
    turn.answers.append(Answer("delete", message_id=turn.message.message_id))
    turn.say("conversation.identity_number" if turn.person else "access.stranger")


async def no_longer_known(turn: Turn, _words: str) -> None:
    """A button that we do not know any more, or never made."""
    turn.toast("toast.unknown_button", alert=True)


async def blocked_or_back(turn: Turn, _words: str) -> None:
    """The person has blocked the bot, or let it in again."""
    change = turn.update.my_chat_member
    if turn.person is None or change is None:
        return
    if change.new_chat_member.status in {"kicked", "left"}:
        await people.blocked(turn.session, turn.person_id, turn.at)
    else:
        await people.is_back(turn.session, turn.person, turn.at)
