"""Private chats: the messages in them, as the bot is told of them and as the person sees them.

Source: https://core.telegram.org/bots/api#message.
"""

from dataclasses import dataclass, field
from typing import Any

from emulator.entities import Entity, to_html
from emulator.keyboards import Markup


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard: its label and either the data it sends or the address it opens."""

    text: str
    data: str | None
    url: str | None


@dataclass(slots=True, eq=False)
class Seen:
    """A message in a chat. It is live: an edit by either side changes it, a deletion marks it.

    `text` is the text, or the caption of a file; `media` holds the fields of the Message object that carry a file, a
    place or a contact; `content` is the file's bytes; `date` is a Unix time.
    """

    message_id: int
    chat: "Chat"
    from_bot: bool
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    media: dict[str, Any] = field(default_factory=dict)
    content: bytes | None = None
    markup: Markup | None = None
    reply_to: "Seen | None" = None
    options: dict[str, Any] = field(default_factory=dict)
    silent: bool = False
    edit_date: int | None = None
    deleted: bool = False

    @property
    def html(self) -> str:
        """The text with its formatting as Telegram's HTML."""
        return to_html(self.text, self.entities)

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [Button(button["text"], button.get("callback_data"), button.get("url")) for button in row] for row in rows
        ]

    @property
    def edited(self) -> bool:
        """Whether the text, caption or keyboard was changed after it was sent."""
        return self.edit_date is not None

    @property
    def protected(self) -> bool:
        """Whether the message cannot be forwarded or saved."""
        return bool(self.options.get("has_protected_content"))

    @property
    def forces_reply(self) -> bool:
        """Whether the person's client opens a reply to this message."""
        return bool(self.markup and self.markup.get("force_reply"))

    @property
    def document(self) -> bytes | None:
        """The bytes of the document it carries."""
        return self.content if "document" in self.media else None

    @property
    def photo(self) -> bytes | None:
        """The bytes of the photo it carries."""
        return self.content if "photo" in self.media else None

    @property
    def file_name(self) -> str | None:
        """The name of the document it carries."""
        name: str | None = self.media.get("document", {}).get("file_name")
        return name

    def as_json(self) -> dict[str, Any]:
        """The Message object of the Bot API."""
        body = {
            "message_id": self.message_id,
            "from": self.chat.bot if self.from_bot else self.chat.user,
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.options,
            **self.media,
        }
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.reply_to is not None:
            body["reply_to_message"] = _without_reply(self.reply_to)
        if self.text:
            field_name = "caption" if self.media else "text"
            body[field_name] = self.text
            if self.entities:
                body["caption_entities" if self.media else "entities"] = self.entities
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button, as a line of the conversation."""

    label: str
    message_id: int


@dataclass(slots=True, eq=False)
class Chat:
    """The private chat of one person with the bot; `opened` once the person has written, `blocked` while they block."""

    user: dict[str, Any]
    bot: dict[str, Any]
    opened: bool = False
    blocked: bool = False
    messages: dict[int, Seen] = field(default_factory=dict)
    timeline: list[Seen | Press] = field(default_factory=list)
    action: str | None = None

    @property
    def chat_id(self) -> int:
        """The id of the chat, which is the id of the person."""
        chat_id: int = self.user["id"]
        return chat_id

    @property
    def last_from_bot(self) -> Seen | None:
        """The newest message of the bot that is still there."""
        for message in reversed(self.messages.values()):
            if message.from_bot and not message.deleted:
                return message
        return None

    def as_json(self) -> dict[str, Any]:
        """The Chat object of the Bot API."""
        names: dict[str, Any] = {
            key: self.user[key] for key in ("first_name", "last_name", "username") if key in self.user
        }
        return {"id": self.chat_id, "type": "private", **names}

    def add(self, message: Seen) -> None:
        """Puts a message at the end of the chat."""
        self.messages[message.message_id] = message
        self.timeline.append(message)

    def find(self, message_id: int) -> Seen | None:
        """A message of the chat that has not been deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


def _without_reply(message: Seen) -> dict[str, Any]:
    """A replied-to message never carries its own reply (#message, reply_to_message)."""
    body = message.as_json()
    body.pop("reply_to_message", None)
    return body
