"""Everything one server knows: the bot, the chats, the queue of updates, the files, the faults."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.answers import ApiError, bad_request, too_many_requests
from emulator.changes import Changes
from emulator.chats import Chat, Seen
from emulator.commands import CommandLists
from emulator.faults import BLOCKED, Faults
from emulator.files import FileStore
from emulator.limits import SendLimits
from emulator.updates import PRESS_KEPT, UpdateQueue
from emulator.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: the method as it was spelt, its parameters and the HTTP status (0 where none was given)."""

    method: str
    params: dict[str, Any]
    answer_code: int


@dataclass(slots=True)
class CallbackAnswer:
    """What the person sees after a press: a short text, in a box to be closed where `show_alert`."""

    text: str
    show_alert: bool


@dataclass(slots=True)
class PendingPress:
    """A press that waits for the bot's answer."""

    at: datetime
    answer: CallbackAnswer | None = None


class World:
    """The state of a server. `now` gives the aware time that messages carry; `steady` gives seconds for the limits."""

    def __init__(
        self,
        token: str,
        bot_username: str,
        now: Callable[[], datetime],
        steady: Callable[[], float],
        *,
        rate_limit: bool,
    ) -> None:
        self.token = token
        self.now = now
        self.bot: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": bot_username,
            "username": bot_username,
        }
        self.changes = Changes()
        self.updates = UpdateQueue(now, self.changes)
        self.webhook = Webhook(self.updates, self.changes)
        self.faults = Faults()
        self.limits = SendLimits(steady, enabled=rate_limit)
        self.files = FileStore()
        self.commands = CommandLists()
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, dict[str, Any]] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, PendingPress] = {}
        self.calls: list[Call] = []
        self._message_ids = itertools.count(1)
        self._press_ids = itertools.count(4_000_000_000_000_000_001)

    def number_messages_from(self, first: int) -> None:
        """Count messages from an id on."""
        self._message_ids = itertools.count(first)

    def date(self) -> int:
        """The present moment as a Unix time."""
        return int(self.now().timestamp())

    def chat(self, chat_id: str) -> Chat:
        """The chat a call names; raises ApiError 400 where it has not been opened and 403 where the bot is blocked."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise bad_request("Chat not found") from None
        if not chat.opened:
            raise bad_request("Chat not found")
        if chat.blocked:
            raise ApiError(403, BLOCKED)
        return chat

    def take_send_token(self, chat: Chat) -> None:
        """Counts a message against the limits; raises ApiError 429 where one is used up."""
        wait = self.limits.retry_after(chat.chat_id)
        if wait is not None:
            raise too_many_requests(wait)

    def add_message(self, chat: Chat, *, from_bot: bool, **fields: Any) -> Seen:
        """Puts a new message into a chat and tells everyone who waits."""
        message = Seen(next(self._message_ids), chat, from_bot, self.date(), **fields)
        chat.add(message)
        self.changes.announce()
        return message

    def add_press(self) -> tuple[str, PendingPress]:
        """A new press of a button and its callback query id."""
        query_id = str(next(self._press_ids))
        press = self.presses[query_id] = PendingPress(self.now())
        return query_id, press

    def answer_press(self, query_id: str, answer: CallbackAnswer) -> None:
        """Answers a press, once and in time; raises ApiError 400 otherwise."""
        press = self.presses.pop(query_id, None)
        if press is None or self.now() - press.at > PRESS_KEPT:
            raise bad_request("Query is too old and response timeout expired or query ID is invalid")
        press.answer = answer
        self.changes.announce()
