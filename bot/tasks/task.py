"""What an admin can do step by step: the questions of a task, how an answer is understood, and what is done then.

The same task is done by a wizard (`bot.dialogues.wizard`) and by a one-line command, which answers some questions
at once.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.turn import Turn
from plan.refusal import Refused

Answers = dict[str, Any]
"""What has been answered, by the name of the step: values that JSON can hold."""

BY_ID = re.compile(r"#([0-9]{1,9})")


class TaskRefused(Refused):
    """An answer cannot be used, or the task cannot be done; `code` is a sentence of `templates/chat`, in full."""


@dataclass(frozen=True)
class Choice:
    """A button that answers a question: its value, at most 40 bytes, and its label."""

    value: str
    label: str


async def _no_choices(_turn: Turn, _answers: Answers) -> list[Choice]:
    return []


async def _no_data(_turn: Turn, _answers: Answers) -> dict[str, Any]:
    return {}


async def _always(_turn: Turn, _answers: Answers) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One question: `ask` is its sentence, and `data` what the sentence needs.

    `take` makes words or the value of a button into the answer, or raises `TaskRefused`. A step that is not `needed`
    is passed over; an `optional` one can be skipped, and its answer is then None.
    """

    name: str
    ask: str
    take: Callable[[Turn, Answers, str], Awaitable[Any]]
    choices: Callable[[Turn, Answers], Awaitable[list[Choice]]] = _no_choices
    data: Callable[[Turn, Answers], Awaitable[dict[str, Any]]] = _no_data
    needed: Callable[[Turn, Answers], Awaitable[bool]] = _always
    optional: bool = False


@dataclass(frozen=True)
class Task:
    """Something an admin can have done. `do` does it and says so, in the transaction of the turn.

    With `sure` it is done after a yes: `sure` gives the sentence of the question and its data. `fields` are the words
    of a one-line command and the steps they answer; `joint` stands between the answers of the first two steps,
    or of the first and the one that is `joined` to it.
    """

    code: str
    steps: tuple[Step, ...]
    do: Callable[[Turn, Answers], Awaitable[None]]
    sure: Callable[[Turn, Answers], Awaitable[tuple[str, dict[str, Any]]]] | None = None
    fields: dict[str, str] = field(default_factory=dict)
    joint: str | None = None
    joined: str | None = None

    def step(self, name: str) -> Step:
        """The step of a name."""
        return next(step for step in self.steps if step.name == name)


def by_id(words: str) -> int | None:
    """The id in the value of a button, "#12"; None for words."""
    match = BY_ID.fullmatch(words.strip())
    return int(match.group(1)) if match else None


def text(most: int, *, empty: str | None = None) -> Callable[[Turn, Answers, str], Awaitable[str]]:
    """An answer that is a text in one line, of at most so many characters; `empty` is the sentence for none."""

    async def take(_turn: Turn, _answers: Answers, words: str) -> str:
        found = " ".join(words.split())
        if not found:
            raise TaskRefused(empty or "wizard.empty")
        if len(found) > most:
            raise TaskRefused("wizard.too_long", length=len(found), most=most)
        return found

    return take


def one_of(choices: dict[str, str]) -> Callable[[Turn, Answers, str], Awaitable[str]]:
    """An answer that is one of some words; each is a code, and several words may mean the same."""

    async def take(_turn: Turn, _answers: Answers, words: str) -> str:
        found = choices.get(words.strip().lower())
        if found is None:
            taught = [word for number, word in enumerate(choices) if choices[word] not in [*choices.values()][:number]]
            raise TaskRefused("wizard.one_of", words=taught)
        return found

    return take
