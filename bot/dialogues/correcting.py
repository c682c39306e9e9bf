"""Correcting a stored answer: what is answered then supersedes it, and never overwrites it."""

from bot.dialogues.asked import Asked
from bot.dialogues.question import ask
from bot.dialogues.still_open import answerable
from bot.press_data import number
from bot.turn import Turn
from storage import replies


async def fix(turn: Turn, data: str) -> None:
    """ "Rett" under a stored answer: the question again."""
    reply_id = number(data)
    reply = await replies.by_id(turn.session, reply_id) if reply_id else None
    if reply is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    asked = Asked.of_reply(reply)
    if await answerable(turn, asked) is not None:
        await ask(turn, asked)
