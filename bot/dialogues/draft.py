"""The answer in the making: what a person has chosen and written so far. It is stored first when they say so.

It stands in the database (`storage.dialogues`), so that it is there tomorrow and after a restart. Whatever else an
answer can hold is one more field here: `bot.dialogues.summary` shows it and has its buttons, `bot.dialogues.storing`
stores it with the answer.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.dialogues.asked import Asked
from bot.turn import Turn
from plan.status import Status
from storage import dialogues
from storage.tables import Dialogue

KIND = "status"
NO_MEASURE = Asked(0)
UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Part:
    """Some words of a comment, and the message they were written in (0: none)."""

    text: str
    message_id: int = 0


@dataclass(frozen=True)
class HeldFile:
    """A file that was sent, as Telegram tells of it: `size` in bytes, and the `group` of an album."""

    file_id: str
    name: str
    size: int
    message_id: int
    caption: str = ""
    group: str | None = None


@dataclass(frozen=True)
class Draft:
    """An answer in the making. `carried` words were there before: what is written next takes their place.

    `files_to` is a stored answer: files that are sent now go with it (0: with this one). `held` is a document that may
    be a plan to import, until the person has said what it is.
    `deadline` is the phrase of a new deadline that is proposed; while `asks_deadline`, what is written next is one.
    Where it is not clear yet which measure is meant, `meant` is the status that was written, or `UNCHANGED`, and
    `named` the number, where several plans have it. `how` and `said_on` (ISO) are how and when a unit said it, where
    the office writes it down.
    `behind` are the drafts that wait until this one is done, in their order; they have none behind themselves.
    """

    asked: Asked
    status: Status | None = None
    parts: tuple[Part, ...] = ()
    carried: bool = False
    deadline: str | None = None
    asks_deadline: bool = False
    files_to: int = 0
    held: HeldFile | None = None
    how: str | None = None
    said_on: str | None = None
    named: str | None = None
    meant: str | None = None
    behind: tuple["Draft", ...] = ()

    @property
    def comment(self) -> str | None:
        """What was written, a line for each message."""
        return "\n".join(part.text for part in self.parts) or None

    @property
    def is_complete(self) -> bool:
        """Whether it can be stored: a status, and a reason where the status needs one."""
        return self.status is not None and (bool(self.parts) or not self.status.needs_reason)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been chosen or written yet: the question has only been put."""
        return self.status is None and not self.parts and self.meant is None

    @property
    def is_loose(self) -> bool:
        """Whether it is words that may be about any measure."""
        return not self.asked.measure_id and self.named is None

    def with_words(self, part: Part) -> "Draft":
        """The draft with something more written."""
        kept = () if self.carried else self.parts
        return replace(self, parts=(*kept, part), carried=False)

    def with_deadline(self, phrase: str | None) -> "Draft":
        """The draft with another new deadline, or without one."""
        return replace(self, deadline=phrase, asks_deadline=False)

    def before(self, others: "Sequence[Draft]") -> "Draft":
        """The draft with others behind it; of these, those that are empty are left out."""
        kept = tuple(replace(other, behind=()) for other in others if not other.is_empty)
        return replace(self, behind=kept)

    def all(self) -> "tuple[Draft, ...]":
        """This draft and those behind it."""
        return (replace(self, behind=()), *self.behind)

    def to_json(self) -> dict[str, Any]:
        """For the row of the conversation."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Draft":
        """The reverse of `to_json`."""
        return cls(
            asked=Asked(**stored["asked"]),
            status=Status(stored["status"]) if stored["status"] else None,
            parts=tuple(Part(**part) for part in stored["parts"]),
            carried=stored["carried"],
            deadline=stored.get("deadline"),
            asks_deadline=stored.get("asks_deadline", False),
            files_to=stored.get("files_to", 0),
            held=HeldFile(**stored["held"]) if stored.get("held") else None,
            how=stored.get("how"),
            said_on=stored.get("said_on"),
            named=stored.get("named"),
            meant=stored.get("meant"),
            behind=tuple(cls.from_json(other) for other in stored["behind"]),
        )


def of_dialogue(dialogue: Dialogue | None) -> Draft | None:
    """The answer a conversation is about; None for another conversation."""
    if dialogue is None or dialogue.kind != KIND or "asked" not in dialogue.data:
        return None
    return Draft.from_json(dialogue.data)


async def current(turn: Turn) -> Draft | None:
    """The answer the person is making, if they are."""
    return of_dialogue(await dialogues.of_person(turn.session, turn.person_id))


async def everything(turn: Turn) -> tuple[Draft, ...]:
    """The answer the person is making, and those that wait behind it."""
    found = await current(turn)
    return found.all() if found else ()


async def keep(turn: Turn, draft: Draft) -> None:
    """Remember an answer in the making, in place of any other conversation."""
    await dialogues.begin(turn.session, turn.person_id, KIND, draft.to_json(), turn.at)


async def about(turn: Turn, asked: Asked) -> Draft | None:
    """The answer in the making that a button is about, with the others behind it; None when there is none."""
    drafts = await everything(turn)
    found = next((draft for draft in drafts if draft.asked.is_about_the_same(asked)), None)
    return found.before([other for other in drafts if other is not found]) if found else None


async def drop(turn: Turn, asked: Asked) -> Draft | None:
    """Forget the answer in the making about something; returns the one that has waited behind it."""
    waiting = await everything(turn)
    left = [draft for draft in waiting if not draft.is_empty and not draft.asked.is_about_the_same(asked)]
    if not left:
        await dialogues.end(turn.session, turn.person_id)
        return None
    following = left[0].before(left[1:])
    await keep(turn, following)
    return following


async def of_measure(turn: Turn, measure_id: int) -> list[Dialogue]:
    """The conversations in which somebody has begun an answer about a measure; corrections are left out."""
    found = []
    for row in await dialogues.of_kind(turn.session, KIND):
        draft = of_dialogue(row)
        if draft and any(_begun_about(each, measure_id) for each in draft.all()):
            found.append(row)
    return found


async def move(turn: Turn, source_id: int, target_id: int) -> None:
    """What anybody has begun to answer about one measure is about another from now on."""
    for row in await of_measure(turn, source_id):
        first, *others = [_moved(each, source_id, target_id) for each in Draft.from_json(row.data).all()]
        row.data = replace(first, behind=tuple(others)).to_json()
    await turn.session.flush()


def _begun_about(draft: Draft, measure_id: int) -> bool:
    return draft.asked.measure_id == measure_id and not draft.asked.supersedes_id and not draft.is_empty


def _moved(draft: Draft, source_id: int, target_id: int) -> Draft:
    if not _begun_about(draft, source_id):
        return draft
    return replace(draft, asked=replace(draft.asked, measure_id=target_id, request_id=0))
