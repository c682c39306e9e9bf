"""A conversation told as it goes: what each person wrote and pressed, and all that the bot then said or changed."""

from datetime import datetime

import templates
from emulator import Person
from emulator.chats import Seen
from plan.workday import OSLO
from tests.bot.acting import press
from tests.town import Town


class Telling:
    """Writes down a conversation in one language. `cast` names the people who take part, in the order they are told of.

    A message the bot changes is told again as it is now: on a phone it stands where it stood.
    """

    def __init__(self, town: Town, language: str, cast: dict[str, Person]) -> None:
        self.town = town
        self.language = language
        self.cast = cast
        self.lines: list[str] = []
        self._told: dict[tuple[str, int], str] = {}

    def begin(self) -> None:
        """Begin a new conversation: what has been said until now is not told."""
        self._tell()
        self.lines = []

    def text(self) -> str:
        """The conversation so far."""
        return "\n".join(self.lines).strip() + "\n"

    async def at(self, moment: datetime) -> None:
        """Let time pass; what happens then is told."""
        await self.town.go_to(moment)
        self.lines += ["", f"== {moment.astimezone(OSLO):%Y-%m-%d %H:%M} ==", ""]
        self._tell()

    async def says(self, name: str, words: str, *, to: Seen | None = None) -> None:
        """Somebody writes, perhaps in reply to a message."""
        await self.cast[name].send(words, reply_to=to) if to else await self.cast[name].send(words)
        self._line(name, words)
        await self.town.settle()
        self._tell()

    async def edits(self, name: str, message: Seen, words: str) -> None:
        """Somebody changes what they wrote."""
        await self.cast[name].edit(message, words)
        self._line(f"{name} (changes the message)", words)
        await self.town.settle()
        self._tell()

    async def presses(self, name: str, button: str, **values: object) -> None:
        """Somebody presses the newest button with this label, a sentence of `words/button.j2`, in their language."""
        label = templates.words.say(f"button.{button}", language=self.language, **values)
        await self.presses_label(name, label)

    async def presses_label(self, name: str, label: str) -> None:
        """The same for a label that is a name or a number."""
        answer = await press(self.town, self.cast[name], label)
        self._line(name, f"[{label}]")
        if answer.text:
            self.lines.append(f"    ({answer.text})")
        self._tell()

    async def goes_on(self, name: str, sent: str) -> None:
        """Somebody has sent something; what the bot makes of it is told."""
        self._line(name, sent)
        await self.town.settle()
        self._tell()

    def written(self, name: str) -> Seen:
        """The last message somebody wrote."""
        return next(message for message in reversed(self.cast[name].messages) if not message.from_bot)

    def _tell(self) -> None:
        """Everything that stands otherwise in the chats than when it was last told."""
        for name, person in self.cast.items():
            for message in person.messages:
                shown = _shown(message)
                before = self._told.get((name, message.message_id))
                if not message.from_bot or shown == before:
                    continue
                self._told[name, message.message_id] = shown
                self._line(f"Tiltaksvakt → {name}{' (changed)' if before else ''}", shown)

    def _line(self, who: str, words: str) -> None:
        first, *rest = words.split("\n")
        self.lines += [f"{who}: {first}", *(f"    {line}".rstrip() for line in rest)]


def _shown(message: Seen) -> str:
    """A message as it is seen: its text, what it carries, and the buttons under it."""
    carried = [f"<{message.file_name or kind}>" for kind in message.media]
    rows = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return "\n".join([*carried, *message.text.split("\n"), *rows])
