"""Who is in the demo, and how each of them behaves in the chat. They know only what the bot shows them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import templates
from emulator import Button, Person, Seen
from plan.status import Status

QUESTION = "st:ip:"
LATER = "st:la:"
SAVE = "st:sa:"
NEXT = "nx:"
FIX = "fx:"
LISTED = re.compile(r"(?m)^• (\d+\.\d+) ")
TITLE = re.compile(r"(?m)^(\d+\.\d+) ")

Settle = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Script:
    """What is answered, by the number of the measure: the status's word and the comment. All of it is made up."""

    answers: Mapping[str, Mapping[str, str]]
    corrections: Mapping[str, Mapping[str, str]]
    report_texts: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Script":
        """The script in a file like `examples/vefsn-svar.yaml`."""
        return cls(data["svar"], data["rettet"], data["rapporttekst"])


@dataclass(frozen=True)
class Actor:
    """A person in the chat. `settle` lets the bot do what is to be done after each thing they do: nobody waits for the
    answer to a press, since the bot stands still meanwhile.

    `never`: the measures this person puts off for ever.
    """

    chat: Person
    script: Script
    settle: Settle
    never: frozenset[str] = frozenset()

    @property
    def is_asked(self) -> bool:
        """Whether the newest message asks about something this person means to answer."""
        last = self.chat.last
        if last is None or _button(last, NEXT) is None:
            return False
        return bool(set(LISTED.findall(last.text)) - self.never)

    async def say(self, text: str) -> str:
        """Write a message; returns the text of the newest answer."""
        await self.chat.send(text)
        await self.settle()
        return self.chat.last.text if self.chat.last else ""

    async def answer_all(self) -> None:
        """Press "Svar nå", and answer one measure after the other to the end."""
        await self.press_newest(NEXT)
        while (ref := self._asked_about()) is not None:
            if ref in self.never:
                await self.press_newest(LATER)
            else:
                await self.answer(self.script.answers[ref])

    async def answer(self, answer: Mapping[str, str]) -> None:
        """Press a status, write the comment, and press "Lagre"."""
        label = templates.words.say(f"button.status_{_status_of(answer['status']).value}")
        await self.chat.press(label, timeout=0)
        await self.settle()
        await self.say(answer["kommentar"])
        await self.press_newest(SAVE)

    async def correct(self, ref: str) -> None:
        """Press "Rett" under the answer about a measure, and answer again."""
        for message in reversed(self.chat.messages):
            button = _button(message, FIX)
            if button is not None and _title(message) == ref:
                await self._press(message, button)
                await self.answer(self.script.corrections[ref])
                return
        raise LookupError(ref)

    @property
    def title(self) -> str | None:
        """The number of the measure the newest message is about."""
        return _title(self.chat.last) if self.chat.last else None

    def offers(self, prefix: str) -> bool:
        """Whether the newest message has a button whose data begins so."""
        return self._find(prefix) is not None

    def _asked_about(self) -> str | None:
        """The number of the measure the newest question is about, if a question stands open."""
        return self.title if self.offers(QUESTION) else None

    async def press_newest(self, prefix: str) -> None:
        """Press that button."""
        found = self._find(prefix)
        assert found is not None, self.chat.transcript()
        await self._press(*found)

    async def _press(self, message: Seen, button: Button) -> None:
        await self.chat.press(data=button.data, message=message, timeout=0)
        await self.settle()

    def _find(self, prefix: str) -> tuple[Seen, Button] | None:
        """The button whose data begins so, under the newest message of the bot."""
        last = self.chat.last
        button = _button(last, prefix) if last is not None else None
        return (last, button) if last is not None and button is not None else None


def _status_of(word: str) -> Status:
    return next(status for status in Status if templates.words.say(f"status.{status.value}") == word)


def _title(message: Seen) -> str | None:
    found = TITLE.search(message.text)
    return found.group(1) if found else None


def _button(message: Seen, prefix: str) -> Button | None:
    buttons = (button for row in message.buttons for button in row)
    return next((button for button in buttons if button.data and button.data.startswith(prefix)), None)
