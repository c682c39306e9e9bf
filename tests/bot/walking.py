"""Conversations written as lines, walked over HTTP, and what came of them.

at 2021-03-15 08:00          the clock is set, in UTC
slt: Kurset er holdt         a message
slt> Lagre                   a press of the newest button that is called so, or begins so before "…"
slt+ bilde.png               a photo; any other name is a document, a draft of the bot's own with a text in it
slt^ Kurset er holdt         a message in reply to the newest of the bot
slt~ Kurset er avlyst        the newest message of one's own, edited
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.dialogues import wizard
from emulator import Person
from emulator.chats import Seen
from report.draft_fields import ASSESSMENT
from tests.bot.acting import Cast, dump, values
from tests.bot.test_files import jpeg
from tests.bot.word_drafts import received, written_in

LINE = re.compile(r"(?P<who>\w+) ?(?P<act>[:>+^~]) ?(?P<what>.+)")


@dataclass(frozen=True)
class Walk:
    """A conversation: its lines, and the kinds of dialogues, the kinds of buttons and the tasks that come in it."""

    lines: str
    dialogues: str
    presses: str
    tasks: str = ""

    @property
    def steps(self) -> list[str]:
        """The lines, without what is around them."""
        return [line.strip() for line in self.lines.splitlines() if line.strip()]

    @property
    def commands(self) -> set[str]:
        """The commands that are sent in it."""
        return {
            found["what"][1:].split()[0]
            for found in map(LINE.fullmatch, self.steps)
            if found and found["what"][0] == "/"
        }


@dataclass
class Walked:
    """What a walk has met: kinds of dialogues, steps of tasks, prefixes of buttons, and what presses said."""

    dialogues: set[str] = field(default_factory=set)
    steps: set[tuple[str, str]] = field(default_factory=set)
    presses: set[str] = field(default_factory=set)
    toasts: list[str] = field(default_factory=list)


async def walk(place: Cast, steps: Sequence[str], between: Callable[[], Awaitable[None]] | None = None) -> Walked:
    """Walk the lines, see above. `between` is called when an update is taken in, and before it is handled."""
    met = Walked()
    for line in steps:
        if line.startswith("at "):
            await place.town.go_to(datetime.fromisoformat(line[3:]).replace(tzinfo=UTC))
            continue
        found = LINE.fullmatch(line)
        assert found, line
        acting = asyncio.create_task(_act(getattr(place, found["who"]), found["act"], found["what"], met))
        await asyncio.sleep(0)
        if between is not None:
            await place.town.service.take_in(0)
            await between()
        await place.town.settle()
        await acting
        await _look(place, met)
    return met


async def _act(person: Person, act: str, what: str, met: Walked) -> None:
    if act == ":":
        await person.send(what)
    elif act == ">":
        message, label, data = _button(person, what)
        met.presses.add(data.partition(":")[0])
        answer = await person.press(label, data=data, message=message)
        assert answer is not None, f"the press of {what} was not answered\n{person.transcript()}"
        met.toasts.append(answer.text)
    elif act == "+":
        await (
            person.send_photo(jpeg()) if what.endswith(".png") else person.send_document(what, _content(person, what))
        )
    elif act == "^":
        await person.send(what, reply_to=person.last)
    else:
        mine = next(message for message in reversed(person.messages) if not message.from_bot)
        await person.edit(mine, what)


CONTENT = {"handlingsplan.csv": b"Nr;Tiltak;Ansvar;Frist\n1;Felles kurs;NAV;2024\n2;Turdag;;en gang snart\n"}


def _content(person: Person, name: str) -> bytes:
    """What a document holds: one of ours, or the draft the bot has sent, with an assessment written in it."""
    return CONTENT[name] if name in CONTENT else written_in(received(person, name), ASSESSMENT, "Det går bra.")


def _button(person: Person, label: str) -> tuple[Seen, str, str]:
    """The newest button that is called so."""
    begins = label.endswith("…") and label[:-1]
    for message in reversed(person.messages):
        for button in (button for row in message.buttons for button in row):
            if button.data and (button.text == label or (begins and button.text.startswith(begins))):
                return message, button.text, button.data
    raise AssertionError(f"{person.name} sees no button {label!r}\n{person.transcript()}")


async def _look(place: Cast, met: Walked) -> None:
    """Where everybody is in their conversation now."""
    for kind, stored in await values(place.town.database, "SELECT kind, data FROM dialogue"):
        met.dialogues.add(str(kind))
        data = json.loads(stored) if isinstance(stored, str) else stored
        if kind == wizard.KIND:
            assert isinstance(data, dict)
            met.steps.add((data["task"], data["at"] or "sure"))


async def outcome(place: Cast) -> dict[str, list[str]]:
    """Everything that is stored, and what everybody has seen."""
    people = (place.admin, place.office, place.nav, place.slt)
    seen = {f"chat of {person.name} {person.id}": person.transcript().splitlines() for person in people}
    menus = {f"menu {person.id}": [name for name, _ in person.menu] for person in people}
    return {**await dump(place.town.database), **seen, **menus}
