"""An admin reviews a plan that was read from a document: the doubts one by one, then what will be written, then yes."""

from bot.answers import Button, Keyboard
from bot.dialogues import plan_summary
from bot.dialogues.plan_buttons import (
    ALL,
    ANSWER,
    ASK,
    DROP_SURELY,
    GO,
    LATER,
    LIST,
    NUMBERS,
    SUMMARY,
    data_of,
    stamp,
)
from bot.dialogues.plan_questions import CHOICES, REST, Asking
from bot.dialogues.plan_storing import drop, store_reviewed
from bot.dialogues.plan_summary import show_answers, show_final, show_summary, stop_listening
from bot.press_data import numbers
from bot.turn import Turn, rows_of, shorten
from plan.decision import Choice, Decision, Fault
from plan.review import Review
from scheduler.plan_reviews import remind_later
from storage import dialogues, plan_imports
from storage.people import Role
from storage.tables import Dialogue, PlanImport

KIND = plan_summary.KIND


async def _ask_next(turn: Turn, row: PlanImport, review: Review, start: int) -> None:
    """The first unanswered question from a place on, else the first there is; after the last, what will be written.

    Where nobody has answered, that is; what was put off is asked again when the rest is done and one begins anew.
    """
    if not review.open:
        review = await plan_imports.renewed(turn.session, row)
    waiting = review.open or (review.undecided if start == 0 else ())
    following = [place for place in waiting if place >= start] or list(waiting)
    if following:
        await _ask(turn, row, review, following[0])
    else:
        await show_final(turn, row)


async def _ask(turn: Turn, row: PlanImport, review: Review, place: int) -> None:
    await dialogues.begin(turn.session, turn.person_id, KIND, {"import_id": row.id, "place": place}, turn.at)
    asking = Asking(review, turn.language)
    turn.show(
        "plan_question.page",
        keyboard=(*rows_of(_answers(turn, row, review, place), 1), *_way(turn, row, review, place)),
        position=review.asked.index(place) + 1,
        total=len(review.asked),
        body=asking.body(place),
        answer=asking.answer(place),
    )


def _answers(turn: Turn, row: PlanImport, review: Review, place: int) -> list[Button]:
    """A button for each answer there is to a question, and one for the rest of its kind."""
    question = review.questions[place]
    buttons = [
        Button(option.text(turn.language), data_of(ANSWER, row, place, CHOICES.index(option.choice), option.value))
        for option in Asking(review, turn.language).options(place)
    ]
    alike = len(review.like_this(place))
    if question.about in REST and not question.is_whole and alike > 1 and place in review.open:
        buttons.append(turn.button("plan_rest", data_of(ALL, row, place), count=alike))
    return buttons


def _way(turn: Turn, row: PlanImport, review: Review, place: int) -> Keyboard:
    """Back, on, and out."""
    before = [other for other in review.asked if other < place]
    back = turn.button("back", data_of(ASK, row, before[-1]) if before else data_of(SUMMARY, row))
    decision = review.decisions.get(place)
    if decision is None or decision.choice is Choice.LATER:
        on = turn.button("plan_decide_later", data_of(ANSWER, row, place, CHOICES.index(Choice.LATER), 0))
    else:
        on = turn.button("plan_next", data_of(GO, row, place + 1))
    answers = turn.button("plan_answers", data_of(LIST, row, 0))
    return ((back, on), (answers, turn.button("plan_pause", data_of(LATER, row))))


async def pressed(turn: Turn, data: str) -> None:
    """A button of a review; it is checked again, since the review may be over or somebody else's."""
    code, _, rest = data.partition(":")
    found = numbers(rest, NUMBERS[code]) if code in NUMBERS else None
    if found is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    row = await plan_imports.by_id(turn.session, found[0])
    if row is None or row.person_id != turn.person_id or row.state != "open":
        turn.toast("toast.review_over", alert=True)
        return
    await remind_later(turn.session, row, turn.at, turn.house.hours)
    await _pressed(turn, code, row, found[1:])


async def _pressed(turn: Turn, code: str, row: PlanImport, rest: tuple[int, ...]) -> None:
    match code:
        case "su":
            await show_summary(turn, row)
        case "la":
            await stop_listening(turn)
            turn.edit("plan_import.later", file=shorten(row.file_name))
        case "dr" | "ds":
            await drop(turn, row, surely=code == DROP_SURELY)
        case "im" if rest[0] == stamp(row):
            await store_reviewed(turn, row, rest[1])
        case "im" | "fi":
            await show_final(turn, row)
        case _:
            await _pressed_about(turn, code, row, await plan_imports.review_of(turn.session, row), rest)


async def _pressed_about(turn: Turn, code: str, row: PlanImport, review: Review, rest: tuple[int, ...]) -> None:
    if code == GO:
        await _ask_next(turn, row, review, rest[0])
    elif code == LIST:
        await show_answers(turn, row, review, rest[0])
    elif rest[0] not in review.asked:
        turn.toast("toast.unknown_button", alert=True)
    elif code == ASK:
        await _ask(turn, row, review, rest[0])
    elif code == ALL:
        await _decide(turn, row, {place: review.unanswered(place) for place in review.like_this(rest[0])}, rest[0])
    else:
        await _answered(turn, row, review, *rest)


async def _answered(turn: Turn, row: PlanImport, review: Review, place: int, choice: int, value: int) -> None:
    decision = Asking(review, turn.language).decision(place, choice, value)
    if decision is None or not review.takes(place, decision):
        turn.toast("toast.unknown_button", alert=True)
    else:
        await _decide(turn, row, {place: decision}, place)


async def _decide(turn: Turn, row: PlanImport, decisions: dict[int, Decision], place: int) -> None:
    """Keep the answers and go on."""
    await plan_imports.decide(turn.session, row, decisions)
    await _ask_next(turn, row, await plan_imports.review_of(turn.session, row), place + 1)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words in answer to the question that was put last."""
    row = await plan_imports.by_id(turn.session, dialogue.data["import_id"])
    if row is None or row.state != "open" or not turn.is_one_of(Role.ADMIN):
        await stop_listening(turn)
        turn.say("conversation.not_understood")
        return
    await remind_later(turn.session, row, turn.at, turn.house.hours)
    review = await plan_imports.review_of(turn.session, row)
    place: int = dialogue.data["place"]
    if place not in review.asked:  # another question has settled it, or the plan has changed
        await _ask_next(turn, row, review, place)
        return
    decision = review.in_words(review.questions[place], text)
    if isinstance(decision, Fault):
        back = turn.button("back", data_of(ASK, row, place))
        turn.say(f"plan_question.{decision.value}", text=text, length=len(text), keyboard=((back,),))
        return
    await plan_imports.decide(turn.session, row, {place: decision})
    review = await plan_imports.review_of(turn.session, row)
    if decision.choice is Choice.WORDS:
        # Shown as it was understood; more words take its place.
        change = turn.button("back", data_of(ASK, row, place))
        keyboard = ((change, turn.button("plan_next", data_of(GO, row, place + 1))),)
        answer = Asking(review, turn.language).answer(place)
        turn.say("plan_import.understood", answer=answer, keyboard=keyboard)
    else:
        await _ask_next(turn, row, review, place + 1)
