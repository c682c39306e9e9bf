"""The questions about a plan document at a terminal: the same as in the chat, answered by number or in words."""

import html
import re

from bot.dialogues.plan_questions import Asking, Option
from plan.decision import Choice, Decision, Fault
from plan.review import Review
from tiltaksvakt.cli.outcome import CommandRefused
from tiltaksvakt.cli.workspace import Workspace

BACK = "-"


def go_through(workspace: Workspace, review: Review) -> Review:
    """Ask everything that is open; an empty answer puts a question off. Raises `CommandRefused` when input ends."""
    before: list[int] = []
    while review.open:
        place = review.open[0]
        decision = _ask(workspace, review, place)
        if decision is not None:
            before.append(place)
            review = _with(review, place, decision)
        elif before:
            decided = {at: given for at, given in review.decisions.items() if at != before[-1]}
            review = Review(review.draft, review.questions, decided, review.known)
            before.pop()
    return review


def _with(review: Review, place: int, decision: Decision) -> Review:
    return Review(review.draft, review.questions, {**review.decisions, place: decision}, review.known)


def _ask(workspace: Workspace, review: Review, place: int) -> Decision | None:
    """The answer to one question; None for a step back."""
    language = workspace.settings.language
    asking = Asking(review, language)
    options = asking.options(place)
    print()
    print(workspace.say("plan.question", number=review.asked.index(place) + 1, total=len(review.asked)))
    print(plain(asking.body(place)))
    for number, option in enumerate(options, start=1):
        print(f"  {number} {option.text(language)}")
    while True:
        typed = _input(workspace.say("plan.answer"))
        if typed == BACK:
            return None
        if not typed:
            return Decision(choice=Choice.LATER)
        answer = _answer(review, asking, place, options, typed)
        if isinstance(answer, Decision):
            return answer
        from templates import chat

        said = chat.say(f"plan_question.{answer.value}", language=language, text=typed, length=len(typed))
        print(plain(said))


def _answer(review: Review, asking: Asking, place: int, options: list[Option], typed: str) -> Decision | Fault:
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        option = options[int(typed) - 1]
        chosen = asking.decision(place, list(Choice).index(option.choice), option.value)
        if chosen is not None and review.takes(place, chosen):
            return chosen
    return review.in_words(review.questions[place], typed)


def _input(prompt: str) -> str:
    try:
        return input(prompt + " ").strip()
    except EOFError:
        raise CommandRefused("plan.declined") from None


def plain(said: str) -> str:
    """A sentence of the chat as plain text."""
    return html.unescape(re.sub(r"<[^>]+>", "", said)).strip()
