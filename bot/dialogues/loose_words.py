"""Words outside a dialogue: asked which open measure they are about, so that no answer is lost."""

from bot.answers import Button
from bot.dialogues import status
from bot.dialogues.asked import LOOSE, Asked
from bot.press_data import numbers
from bot.turn import Turn, rows_of, shorten
from scheduler import digest
from storage import dialogues
from storage.people import Role
from storage.tables import Dialogue

MAX_CHOICES = 20


async def take(turn: Turn, dialogue: Dialogue | None, text: str) -> None:
    """Ask what the words are about. Words that are still waiting for their measure go before them."""
    questions = await digest.questions_of(turn.session, turn.person_id)
    if not questions:
        turn.say("conversation.nothing_to_answer" if turn.is_one_of(Role.LEADER) else "conversation.not_understood")
        return
    if dialogue is not None and dialogue.kind == LOOSE:
        text = f"{dialogue.data['text']}\n{text}"
    await dialogues.begin(turn.session, turn.person_id, LOOSE, {"text": text}, turn.at)
    buttons = [
        Button(shorten(f"{question.ref} {question.title}"), f"lo:{question.measure_id}:{question.request_id}")
        for question in questions[:MAX_CHOICES]
    ]
    turn.say("status.which_measure", text=text, keyboard=rows_of(buttons, 1))


async def chosen(turn: Turn, data: str) -> None:
    """The measure was chosen: ask for its status; the words become the comment."""
    found = numbers(data, 2)
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if found is None or dialogue is None or dialogue.kind != LOOSE:
        turn.toast("toast.unknown_button", alert=True)
        return
    measure_id, request_id = found
    await status.ask_about_words(turn, dialogue, Asked(measure_id, request_id))
