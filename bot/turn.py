"""One update being handled: who wrote, when, with which rights, and what is answered."""

from base64 import b64encode
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import CallbackQuery, Message, Update

import templates
from bot.answers import MAX_CAPTION, MAX_TOAST, Answer, Button, Keyboard
from bot.long_text import split
from plan.workday import SendingHours
from report.snapshot import Brand
from storage import directory, people, working_hours
from storage.audit import Actor
from storage.ids import id_of
from storage.people import Role
from storage.tables import Person, Unit

PER_ROW = 2
MAX_LABEL = 40


@dataclass
class House:
    """What the bot knows of the municipality it works for: its name, its leader's title, its hours, its own name.

    `hours` are those that hold now: `refresh` reads what admins have set over the `usual` ones. `report_dir` is the
    folder approved reports are put in; without one they are put nowhere. `brand` is how its documents look.
    """

    municipality: str
    leader_title: str
    hours: SendingHours
    bot_id: int
    bot_username: str
    language: str = "nb"
    report_dir: Path | None = None
    brand: Brand | None = None

    def __post_init__(self) -> None:
        self.usual = self.hours

    async def refresh(self, session: AsyncSession) -> None:
        """Take up the quiet weeks and hours that hold now."""
        self.hours = await working_hours.read(session, self.usual)


@dataclass
class Turn:
    """One update, handled in one writing transaction. Handlers read and write through `session` and answer here.

    `person` is None for a stranger, and `answers_for` are the units they may answer for today, by name, as they are
    when the update comes. `changed_people` are those whose menu of commands is another now, by id, and
    `left_chats` the chats of people who are no longer in. Nothing is sent while the transaction is open: `answers`
    are kept with the update, and go out after the commit.
    """

    session: AsyncSession
    at: datetime
    update: Update
    inbox_id: int
    house: House
    person: Person | None = None
    roles: frozenset[Role] = frozenset()
    answers_for: Sequence[Unit] = ()
    answers: list[Answer] = field(default_factory=list)
    failure: Exception | None = None
    changed_people: set[int] = field(default_factory=set)
    left_chats: list[int] = field(default_factory=list)

    @property
    def person_id(self) -> int:
        """The id of the person who wrote; only for handlers that strangers never reach."""
        assert self.person is not None
        return id_of(self.person)

    @property
    def actor(self) -> Actor:
        """The person as the audit log names them."""
        return Actor.person(self.person_id)

    @property
    def today(self) -> date:
        """The day it is where the people are."""
        return self.house.hours.local_date(self.at)

    @property
    def message(self) -> Message:
        """The message that was written."""
        assert self.update.effective_message is not None
        return self.update.effective_message

    @property
    def query(self) -> CallbackQuery:
        """The press of a button."""
        assert self.update.callback_query is not None
        return self.update.callback_query

    @property
    def language(self) -> str:
        """The language of the person, or the municipality's for a stranger."""
        return self.person.language if self.person else self.house.language

    async def is_written_by(self, person: Person) -> None:
        """The update is this person's: read what they are, and answer for, now."""
        self.person = person
        self.answers_for = await directory.units_answered_by(self.session, self.person_id, self.today)
        self.roles = people.roles(person, self.answers_for)

    def is_one_of(self, *roles: Role) -> bool:
        """Whether the person has any of these roles."""
        return bool(self.roles.intersection(roles))

    def text(self, sentence: str, /, **data: object) -> str:
        """A sentence of `templates/chat`, in the person's language, as Telegram's HTML."""
        return templates.chat.say(sentence, language=self.language, **data)

    def word(self, sentence: str, /, **data: object) -> str:
        """A sentence of `templates/words`, in the person's language, as plain text."""
        return templates.words.say(sentence, language=self.language, **data)

    def button(self, label: str, data: str, **values: object) -> Button:
        """A button whose label is a sentence of `templates/chat/button.j2`."""
        return Button(self.word(f"button.{label}", **values), data)

    def say(self, sentence: str, /, *, keyboard: Keyboard = (), **data: object) -> None:
        """Answer with a message; a long one is split, and the buttons go under its last part."""
        self._send(split(self.text(sentence, **data)), keyboard)

    def edit(self, sentence: str, /, *, keyboard: Keyboard = (), **data: object) -> None:
        """Put another text in the message whose button was pressed; what does not fit follows in new ones."""
        self.edit_text(self.text(sentence, **data), keyboard)

    def edit_text(self, html: str, keyboard: Keyboard = ()) -> None:
        """Put a text that is made already in the message whose button was pressed."""
        message = self.query.message
        assert message is not None
        first, *more = split(html)
        under_first = () if more else keyboard
        self.answers.append(Answer("edit", text=first, keyboard=under_first, message_id=message.message_id))
        if more:
            self._send(more, keyboard)

    def show(self, sentence: str, /, *, keyboard: Keyboard = (), **data: object) -> None:
        """Answer a press in the message it was made in, and words with a message."""
        (self.say if self.update.callback_query is None else self.edit)(sentence, keyboard=keyboard, **data)

    def _send(self, parts: Sequence[str], keyboard: Keyboard) -> None:
        for part in parts[:-1]:
            self.answers.append(Answer("send", text=part))
        self.answers.append(Answer("send", text=parts[-1], keyboard=keyboard))

    def toast(self, sentence: str | None = None, /, *, alert: bool = False, **data: object) -> None:
        """End the press of a button, with a notice if there is something to say."""
        text = self.word(sentence, **data)[:MAX_TOAST] if sentence else ""
        self.answers.insert(0, Answer("toast", text=text, query_id=self.query.id, alert=alert))

    def send_photo(self, sentence: str, content: bytes, /, *, keyboard: Keyboard = (), **data: object) -> None:
        """Answer with a picture and words of at most 1024 characters under it."""
        self._send_content("photo", self.text(sentence, **data), "bilde.png", content, keyboard)

    def send_file(self, sentence: str, name: str, content: bytes, /, **data: object) -> None:
        """Answer with a document and words of at most 1024 characters under it."""
        self._send_content("file", self.text(sentence, **data), name, content, ())

    def _send_content(
        self, do: Literal["photo", "file"], text: str, name: str, content: bytes, keyboard: Keyboard
    ) -> None:
        encoded = b64encode(content).decode()
        self.answers.append(Answer(do, text=text, file_name=name, content=encoded, keyboard=keyboard))

    def send_attachment(self, attachment_id: int, ending: str) -> None:
        """Answer with an attachment as a document."""
        self.answers.append(Answer("attachment", attachment_id=attachment_id, format=ending))

    def send_report(self, report_id: int, form: str) -> None:
        """Answer with a stored report as a document."""
        self.answers.append(Answer("report", report_id=report_id, format=form))

    def send_workbook(self, plan_id: int | None) -> None:
        """Answer with a plan as a workbook; without a plan with an empty one."""
        self.answers.append(Answer("export", plan_id=plan_id, format=self.language))

    def send_overview(self, plan_id: int, sentence: str, /, **data: object) -> None:
        """Answer with a picture of how a plan stands, and words under it; those that have no room follow."""
        first, *more = split(self.text(sentence, **data), MAX_CAPTION)
        self.answers.append(Answer("overview", text=first, plan_id=plan_id, format=self.language))
        if more:
            self._send(more, ())

    def send_calendar(self, plan_id: int | None, first: date, last: date) -> None:
        """Answer with the dates of a plan from one day to another as a calendar file; without a plan of all of them."""
        span = f"{first.isoformat()}/{last.isoformat()}/{self.at.isoformat()}"
        self.answers.append(Answer("calendar", plan_id=plan_id, span=span, format=self.language))

    def send_budget(self, plan_id: int | None, first_year: int) -> None:
        """Answer with the budget input of a plan, or of all, for four years as a workbook."""
        span = f"{first_year}/{self.at.isoformat()}"
        self.answers.append(Answer("budget", plan_id=plan_id, span=span, format=self.language))

    def send_budget_document(self, plan_id: int | None, first_year: int) -> None:
        """Answer with the same as a Word document."""
        span = f"{first_year}/{self.at.isoformat()}"
        self.answers.append(Answer("budget_document", plan_id=plan_id, span=span, format=self.language))

    def send_together(self) -> None:
        """Answer with all plans in one Word document, as of today."""
        self.answers.append(Answer("together", span=self.today.isoformat(), format=self.language))


def rows_of(buttons: Sequence[Button], per_row: int = PER_ROW) -> Keyboard:
    """Buttons in rows."""
    return tuple(tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row))


def shorten(text: str, limit: int = MAX_LABEL) -> str:
    """A text cut at a word to fit a label."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


current: ContextVar[Turn] = ContextVar("current_turn")
