"""People: what a person with a Telegram client can do, for tests, the demo and the benchmarks."""

from collections.abc import Callable, Sequence
from typing import Any

from emulator.chats import Button, Chat, Press, Seen
from emulator.entities import detected
from emulator.files import image_size
from emulator.methods.content import CAPTION_LENGTH
from emulator.methods.sending import document_json
from emulator.world import CallbackAnswer, World

__all__ = ["CallbackAnswer", "NotSeenError", "Person"]

WAIT_SECONDS = 5.0
MOST_IN_ALBUM = 10  # https://core.telegram.org/bots/api#sendmediagroup
THUMBNAIL_PIXELS = 90
THUMBNAIL_BYTES = 100


class NotSeenError(AssertionError):
    """What a person waited for did not come; the message carries the conversation."""


def holds(condition: Callable[[], object]) -> bool:
    """Whether a condition is true; one that looks for a message that is not there yet is not."""
    try:
        return bool(condition())
    except NotSeenError:
        return False


class Person:
    """One Telegram user and their private chat with the bot (the chat's id is the user's)."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def id(self) -> int:
        """The Telegram id of the person and of the chat."""
        return self.chat.chat_id

    @property
    def name(self) -> str:
        """The first name."""
        name: str = self.chat.user["first_name"]
        return name

    @property
    def messages(self) -> list[Seen]:
        """What the person sees in the chat, oldest first; what was deleted is gone."""
        return [message for message in self.chat.messages.values() if not message.deleted]

    @property
    def history(self) -> list[Seen]:
        """Every message there ever was, the deleted ones too."""
        return list(self.chat.messages.values())

    @property
    def last(self) -> Seen:
        """The newest message from the bot; raises NotSeenError where there is none."""
        message = self.chat.last_from_bot
        if message is None:
            raise NotSeenError(f"the bot has written nothing to {self.name}\n{self.transcript()}")
        return message

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands the client offers beside the text field: each without its slash, and what it is for."""
        return [(each["command"], each["description"]) for each in self._world.commands.of_chat(self.id)]

    async def start(self, payload: str = "") -> Seen:
        """Presses start, or follows a link t.me/<bot>?start=<payload>; unblocks the bot first, as clients do."""
        self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def send(self, text: str, *, reply_to: Seen | None = None) -> Seen:
        """Sends a text of any length; answers the bot's newest message where that one forces a reply."""
        return self._send(reply_to=reply_to or self._forced(), text=text, entities=detected(text))

    async def edit(self, message: Seen, text: str) -> Seen:
        """Edits a message of one's own."""
        if message.from_bot or message.chat is not self.chat:
            raise ValueError("a person edits only messages of their own")
        message.text, message.entities = text, detected(text)
        message.edit_date = self._world.date()
        self._world.updates.add("edited_message", message.as_json())
        self._world.changes.announce()
        return message

    async def send_photo(self, content: bytes, caption: str = "", reply_to: Seen | None = None) -> Seen:
        """Sends an image; what is none is sent all the same, as one pixel, since a client may be broken."""
        return self._send_file(self._photo(content), content, caption, reply_to=reply_to)

    async def send_album(self, photos: Sequence[bytes], caption: str = "") -> list[Seen]:
        """Sends 2 to 10 images as an album: a message for each, of one group; the caption stands under the first."""
        if not 2 <= len(photos) <= MOST_IN_ALBUM:
            raise ValueError(f"an album has 2 to {MOST_IN_ALBUM} images, not {len(photos)}")
        group = {"media_group_id": f"{self.id}{len(self.chat.messages):06}"}
        captions = [caption, *[""] * (len(photos) - 1)]
        return [
            self._send_file(self._photo(content), content, text, options=group)
            for content, text in zip(photos, captions, strict=True)
        ]

    def _photo(self, content: bytes) -> dict[str, Any]:
        """The field of a message: the sizes Telegram keeps of an image, of which the last is the largest."""
        width, height = image_size(content) or (1, 1)
        stored = self._world.files.add("photos", "photo.jpg", "image/jpeg", content)
        sizes = [stored.as_json() | {"width": width, "height": height}]
        if width > THUMBNAIL_PIXELS or height > THUMBNAIL_PIXELS:
            small = self._world.files.add("photos", "photo.jpg", "image/jpeg", content[:THUMBNAIL_BYTES])
            sizes.insert(0, small.as_json() | {"width": THUMBNAIL_PIXELS, "height": THUMBNAIL_PIXELS})
        return {"photo": sizes}

    def _send_file(self, media: dict[str, Any], content: bytes, caption: str, **fields: Any) -> Seen:
        if len(caption) > CAPTION_LENGTH:
            raise ValueError(f"a caption has at most {CAPTION_LENGTH} characters, not {len(caption)}")
        return self._send(text=caption, entities=detected(caption), media=media, content=content, **fields)

    async def send_document(
        self,
        name: str,
        content: bytes,
        caption: str = "",
        mime_type: str = "application/octet-stream",
        reply_to: Seen | None = None,
    ) -> Seen:
        """Sends a file."""
        stored = self._world.files.add("documents", name, mime_type, content)
        return self._send_file({"document": document_json(stored)}, content, caption, reply_to=reply_to)

    async def send_voice(self, content: bytes = b"OggS", seconds: int = 1) -> Seen:
        """Sends a voice message."""
        stored = self._world.files.add("voice", "voice.oga", "audio/ogg", content)
        media = {"voice": stored.as_json() | {"duration": seconds, "mime_type": stored.mime_type}}
        return self._send(media=media, content=content)

    async def send_sticker(self, emoji: str = "👍") -> Seen:
        """Sends a sticker."""
        stored = self._world.files.add("stickers", "sticker.webp", "image/webp", b"RIFF")
        sticker = stored.as_json() | {"type": "regular", "width": 512, "height": 512, "emoji": emoji}
        return self._send(media={"sticker": sticker | {"is_animated": False, "is_video": False}})

    async def send_location(self, latitude: float = 65.84, longitude: float = 13.19) -> Seen:
        """Sends a place, in degrees."""
        return self._send(media={"location": {"latitude": latitude, "longitude": longitude}})

    async def send_contact(self, phone_number: str = "+4700000000", first_name: str = "Testperson") -> Seen:
        """Sends a contact card."""
        return self._send(media={"contact": {"phone_number": phone_number, "first_name": first_name}})

    async def press(
        self,
        label: str | None = None,
        *,
        data: str | None = None,
        message: Seen | None = None,
        timeout: float = WAIT_SECONDS,  # noqa: ASYNC109
    ) -> CallbackAnswer | None:
        """Presses a button by its label or data, on a given message or else the newest that has it.

        Returns what answerCallbackQuery said, or None when no answer came within `timeout` seconds. Data that no button
        has is sent all the same, from the given or newest message: a forged press. Raises NotSeenError for a label that
        no message shows and ValueError for a button that opens an address.
        """
        found = self._find_button(label, data, message)
        if found is None:
            if data is None:
                raise NotSeenError(f"{self.name} sees no button {label!r}\n{self.transcript()}")
            found = message or self.last, Button(data, data, None)
        pressed, button = found
        if button.data is None:
            raise ValueError(f"the button {button.text!r} sends nothing to the bot")
        self._check_not_blocked()
        self.chat.timeline.append(Press(button.text, pressed.message_id))
        query_id, press = self._world.add_press()
        self._world.updates.add("callback_query", self._callback_query(query_id, pressed, button.data))
        await self._world.changes.wait_until(lambda: press.answer is not None, timeout)
        return press.answer

    def block(self) -> None:
        """Blocks the bot; the bot is told by a my_chat_member update."""
        if not self.chat.blocked:
            self.chat.blocked = True
            self._tell_membership("member", "kicked")

    def unblock(self) -> None:
        """Lets the bot in again; the bot is told by a my_chat_member update."""
        if self.chat.blocked:
            self.chat.blocked = False
            self._tell_membership("kicked", "member")

    async def wait_for(
        self,
        condition: Callable[[], object],
        timeout: float = WAIT_SECONDS,  # noqa: ASYNC109
    ) -> None:
        """Waits until the condition is true, looked at again whenever anything happens on the server.

        Raises NotSeenError with the conversation after `timeout` seconds.
        """
        if not await self._world.changes.wait_until(lambda: holds(condition), timeout):
            raise NotSeenError(f"not within {timeout:g} seconds; {self.name} sees:\n{self.transcript()}")

    def transcript(self) -> str:
        """The conversation as text: who wrote what, the buttons below it, the presses; without deleted messages."""
        return "\n".join(line for entry in self.chat.timeline for line in self._lines(entry))

    def _lines(self, entry: Seen | Press) -> list[str]:
        if isinstance(entry, Press):
            return [f"{self.name} presses [{entry.label}]"]
        if entry.deleted:
            return []
        author = self._world.bot["username"] if entry.from_bot else self.name
        marks = " (edited)" if entry.edited else ""
        carried = "".join(f" <{kind}>" for kind in entry.media if kind != "document")
        carried += f" <document {entry.file_name}>" if entry.file_name else ""
        text = entry.text.replace("\n", "\n    ")
        rows = [
            "    " + " ".join(f"[{button.text}]" + (f"({button.url})" if button.url else "") for button in row)
            for row in entry.buttons
        ]
        return [f"{author}{marks}:{carried}{' ' if text else ''}{text}", *rows]

    def _forced(self) -> Seen | None:
        newest = next(reversed(self.chat.messages.values()), None)
        return newest if newest and newest.forces_reply and not newest.deleted else None

    def _send(self, **fields: Any) -> Seen:
        self._check_not_blocked()
        self.chat.opened = True
        message = self._world.add_message(self.chat, from_bot=False, **fields)
        self._world.updates.add("message", message.as_json())
        return message

    def _check_not_blocked(self) -> None:
        if self.chat.blocked:
            raise RuntimeError("a person who has blocked the bot cannot write to it: unblock() first")

    def _find_button(self, label: str | None, data: str | None, message: Seen | None) -> tuple[Seen, Button] | None:
        places = [message] if message is not None else reversed(self.messages)
        for place in places:
            for button in (button for row in place.buttons for button in row):
                if (label is None or button.text == label) and (data is None or button.data == data):
                    return place, button
        return None

    def _callback_query(self, query_id: str, message: Seen, data: str) -> dict[str, Any]:
        shown = message.as_json()
        if message.deleted:  # an InaccessibleMessage
            shown = {"chat": self.chat.as_json(), "message_id": message.message_id, "date": 0}
        return {
            "id": query_id,
            "from": self.chat.user,
            "message": shown,
            "chat_instance": str(self.id),
            "data": data,
        }

    def _tell_membership(self, before: str, after: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.chat.bot, "status": status, **until}

        change = {
            "chat": self.chat.as_json(),
            "from": self.chat.user,
            "date": self._world.date(),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        self._world.updates.add("my_chat_member", change)
        self._world.changes.announce()
