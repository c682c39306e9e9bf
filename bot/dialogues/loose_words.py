"""Words outside a dialogue: asked which open measure they are about, so that no answer is lost."""

from bot.answers import Button
from bot.dialogues import draft as drafts
from bot.dialogues.asked import Asked
from bot.dialogues.draft import NO_MEASURE, Draft, Part
from bot.dialogues.question import ask, questions_of
from bot.dialogues.still_open import answerable
from bot.paging import page_of
from bot.press_data import number, numbers
from bot.turn import Turn, rows_of, shorten
from scheduler.open_questions import Question
from storage import attachments
from storage.people import Role

PER_PAGE = 10
PAGE = "g"


async def take(turn: Turn, part: Part) -> None:
    """Ask what the words are about. Words that are still waiting for their measure go before them."""
    questions = await questions_of(turn)
    if not questions:
        turn.say("conversation.nothing_to_answer" if turn.is_one_of(Role.LEADER) else "conversation.not_understood")
        return
    waiting = await drafts.everything(turn)
    mine = next((each for each in waiting if each.is_loose), Draft(NO_MEASURE))
    draft = mine.with_words(part).before([each for each in waiting if not each.is_loose])
    await drafts.keep(turn, draft)
    await ask_which(turn)


async def ask_which(turn: Turn, page_number: int = 0) -> None:
    """Which open measure the words and files are about that have come without one, a page at a time."""
    draft = await drafts.current(turn)
    files = await attachments.waiting_of(turn.session, turn.person_id, None)
    questions = await questions_of(turn)
    page = page_of(questions, page_number, PER_PAGE)
    buttons = [Button(shorten(f"{question.ref} {question.title}"), _press(question)) for question in page.items]
    keyboard = (*rows_of(buttons, 1), *page.turning(turn, f"lo:{PAGE}:"))
    text = draft.comment if draft and draft.is_loose else None
    if files:
        names = [each.name for each in files]
        turn.show("attachments.which_measure", names=names, text=text, keyboard=keyboard)
    else:
        turn.show("status.which_measure", text=text, keyboard=keyboard)


def _press(question: Question) -> str:
    asked = Asked.of_question(question)
    part = f":{asked.part_id}" if asked.part_id else ""
    return f"lo:{asked.measure_id}:{asked.request_id}{part}"


async def chosen(turn: Turn, data: str) -> None:
    """The measure was chosen: ask for its status; the words become the comment. Or another page of the measures."""
    code, _, rest = data.partition(":")
    if code == PAGE and (page := number(rest)) is not None:
        await _turn_page(turn, page)
        return
    found = numbers(data, 2) or numbers(data, 3)
    draft = await drafts.current(turn)
    if found is None or draft is None or draft.asked.measure_id not in {0, found[0]}:
        turn.toast("toast.unknown_button", alert=True)
        return
    measure_id, request_id, *part = found
    asked = Asked(measure_id, request_id, part_id=part[0] if part else 0)
    if await answerable(turn, asked) is not None:
        await ask(turn, asked, edit=True)


async def _turn_page(turn: Turn, page: int) -> None:
    draft = await drafts.current(turn)
    waiting = await attachments.waiting_of(turn.session, turn.person_id, None)
    if waiting or (draft is not None and draft.is_loose):
        await ask_which(turn, page)
    else:
        turn.toast("toast.unknown_button", alert=True)
