"""What a handler answers, as data that survives a restart: written with the effects, sent after the commit."""

from dataclasses import dataclass
from typing import Any, Literal

MAX_CAPTION = 1024  # https://core.telegram.org/bots/api#sendphoto
MAX_TOAST = 200  # https://core.telegram.org/bots/api#answercallbackquery
MAX_CALLBACK_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton


@dataclass(frozen=True)
class Button:
    """An inline button: its label, and up to 64 bytes that come back when it is pressed."""

    label: str
    data: str

    def __post_init__(self) -> None:
        assert 1 <= len(self.data.encode()) <= MAX_CALLBACK_BYTES, self.data


DOCUMENTS = frozenset(
    {"report", "export", "calendar", "budget", "budget_document", "together", "attachment", "overview"}
)
"""What is sent as a file that is made when it is sent."""

Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Answer:
    """One call to Telegram that belongs to an update.

    send: a message. edit: a message of ours gets another text and keyboard. toast: the notice that ends a press;
    `alert` makes it a box. report: a stored report as a document in a format. delete: a message is removed. menu: the
    person's own menu of commands (name, what it is for). plan: a document that was sent to us is fetched (`file_id`)
    and read as a plan, and what comes of it is answered in its place; `message_id` is the message it came in.
    export: a plan as a workbook, or an empty one where `plan_id` is None. calendar: the dates of a plan, or of all
    where `plan_id` is None, as a calendar file; `span` is the first day, the last day and the present moment. budget:
    the same for the budget input as a workbook; `span` is the first year and the present moment. budget_document: the
    same as a Word document. together: all plans as one Word document; `span` is the day. photo and file: a
    picture or a document with `text` under it; `content` is its bytes in Base64.
    attach: a file that was sent to us is fetched and kept with a stored answer (`reply_id`), or for the one in the
    making about `measure_id` (None: about no measure yet); `group` is the album it came in. attachment: such a file is
    sent back. approve: the draft of a report (`report_id`) is printed as it will be, and then frozen. overview: how a
    plan stands, as a picture with `text` under it. shelve: an approved report (`report_id`) is put in its folder.
    read_back: a Word draft that was sent to us is fetched and read, as a plan is.

    `chat_id` is another chat than the update's, for a menu.
    """

    do: Literal[
        "send",
        "edit",
        "toast",
        "report",
        "delete",
        "menu",
        "plan",
        "export",
        "calendar",
        "budget",
        "budget_document",
        "together",
        "photo",
        "file",
        "attach",
        "attachment",
        "overview",
        "approve",
        "shelve",
        "read_back",
    ]
    text: str = ""
    keyboard: Keyboard = ()
    message_id: int | None = None
    query_id: str | None = None
    alert: bool = False
    report_id: int | None = None
    format: str | None = None
    menu: tuple[tuple[str, str], ...] = ()
    file_id: str | None = None
    file_name: str | None = None
    plan_id: int | None = None
    span: str | None = None
    content: str | None = None
    chat_id: int | None = None
    measure_id: int | None = None
    reply_id: int | None = None
    group: str | None = None
    attachment_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """For the inbox row; empty fields are left out."""
        full = {
            "do": self.do,
            "text": self.text,
            "keyboard": [[[button.label, button.data] for button in row] for row in self.keyboard],
            "message_id": self.message_id,
            "query_id": self.query_id,
            "alert": self.alert,
            "report_id": self.report_id,
            "format": self.format,
            "menu": self.menu,
            "file_id": self.file_id,
            "file_name": self.file_name,
            "plan_id": self.plan_id,
            "span": self.span,
            "content": self.content,
            "chat_id": self.chat_id,
            "measure_id": self.measure_id,
            "reply_id": self.reply_id,
            "group": self.group,
            "attachment_id": self.attachment_id,
        }
        return {name: value for name, value in full.items() if value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Answer":
        """The reverse of `to_json`."""
        rows = stored.get("keyboard", [])
        keyboard = tuple(tuple(Button(label, data) for label, data in row) for row in rows)
        menu = tuple((name, text) for name, text in stored.get("menu", []))
        return cls(**{**stored, "keyboard": keyboard, "menu": menu})

    @property
    def shows_again(self) -> bool:
        """Whether giving it a second time would show the person something a second time."""
        return self.do in {"send", "photo", "file"} or self.do in DOCUMENTS
