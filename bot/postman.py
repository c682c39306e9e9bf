"""Sending to Telegram: the one place where the bot's words leave the house."""

import asyncio
import logging
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, Protocol

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError

from bot.answers import DOCUMENTS, MAX_CAPTION, Answer, Keyboard
from bot.menu import set_menu
from bot.pace import Pace
from bot.telegram_errors import TransportError, classify

log = logging.getLogger(__name__)

FETCH_SECONDS = 60.0  # without a word from Telegram's file server
SHOWN_SECONDS = 4  # a chat action is shown for five (https://core.telegram.org/bots/api#sendchataction)
SLOW_SECONDS = 0.3  # what takes no longer is done before anybody has seen that it is under way
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
HARMLESS = {
    "edit": ("message is not modified",),
    "toast": ("query is too old", "query id is invalid"),
    "delete": ("message to delete not found", "message can't be deleted"),
}
CANNOT_EDIT = ("message to edit not found", "message can't be edited")


class Documents(Protocol):
    """What makes files to send: their names and bytes."""

    async def make(self, answer: Answer) -> tuple[str, bytes]:
        """What an answer asks for, one of `bot.answers.DOCUMENTS`."""


class DocumentNotMade(Exception):
    """A report or a plan could not be made into a file; trying again will not help."""


class Postman:
    """Sends messages and answers at Telegram's pace. Every failure is a `TransportError`.

    `documents` makes stored reports and plans into files.
    """

    def __init__(self, bot: Bot, pace: Pace, documents: Documents) -> None:
        self.bot = bot
        self.pace = pace
        self.documents = documents

    async def message(self, chat_id: int, text: str, keyboard: Keyboard = ()) -> int:
        """Send a message and return its id."""
        await self.pace.wait()
        async with _classified():
            sent = await self.bot.send_message(
                chat_id,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup(keyboard),
                link_preview_options=NO_PREVIEW,
            )
        return sent.message_id

    async def report(self, chat_id: int, report_id: int, text: str, keyboard: Keyboard = ()) -> int:
        """Send a stored report as a Word document with words under it, and return the message's id.

        Where it cannot be made, or the words do not fit under it, the words go alone.
        """
        try:
            name, content = await self.documents.make(Answer("report", report_id=report_id, format="docx"))
        except Exception as error:
            log.error("not made: %s", type(error).__name__, extra={"action": "not_made", "report": report_id})
            return await self.message(chat_id, text, keyboard)
        if len(text) > MAX_CAPTION:
            return await self.message(chat_id, text, keyboard)
        await self.pace.wait()
        async with _classified():
            sent = await self.bot.send_document(
                chat_id,
                content,
                caption=text,
                parse_mode=ParseMode.HTML,
                filename=name,
                reply_markup=markup(keyboard),
            )
        return sent.message_id

    async def fetch(self, file_id: str) -> bytes:
        """The content of a file somebody sent. Raises `TransportError`.

        Telegram gives a bot files of up to 20 MB (https://core.telegram.org/bots/api#getfile).
        """
        async with _classified():
            file = await self.bot.get_file(file_id)
            return bytes(await file.download_as_bytearray(read_timeout=FETCH_SECONDS))

    async def answer(self, chat_id: int, answer: Answer) -> None:
        """Give one answer. What Telegram refuses because it is already so, or too late to matter, is no failure.

        Raises `TransportError`, and `DocumentNotMade` for what could not be made into a file.
        """
        try:
            await self._give(chat_id, answer)
        except TransportError as error:
            refusal = error.reason.lower()
            if answer.do == "edit" and any(words in refusal for words in CANNOT_EDIT):
                await self.message(chat_id, answer.text, answer.keyboard)
            elif not any(words in refusal for words in HARMLESS.get(answer.do, ())):
                raise

    async def _give(self, chat_id: int, answer: Answer) -> None:
        if answer.do == "send":
            await self.message(chat_id, answer.text, answer.keyboard)
            return
        if answer.do in DOCUMENTS:
            await self._send_document(chat_id, answer)
            return
        if answer.do == "menu":
            await self._set_menu(chat_id, answer)
            return
        if answer.content is not None:
            await self._send_content(chat_id, answer, b64decode(answer.content))
            return
        async with _classified():
            if answer.do == "edit":
                await self.bot.edit_message_text(
                    answer.text,
                    chat_id=chat_id,
                    message_id=answer.message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup(answer.keyboard),
                    link_preview_options=NO_PREVIEW,
                )
            elif answer.do == "toast":
                assert answer.query_id is not None
                await self.bot.answer_callback_query(answer.query_id, answer.text or None, show_alert=answer.alert)
            elif answer.do == "delete":
                assert answer.message_id is not None
                await self.bot.delete_message(chat_id, answer.message_id)

    async def _set_menu(self, chat_id: int, answer: Answer) -> None:
        """Set a menu. That somebody else cannot be reached is no failure of the answer."""
        try:
            await set_menu(self.bot, answer.chat_id or chat_id, answer.menu)
        except TransportError as error:
            if answer.chat_id is None or not error.permanent:
                raise

    async def _send_content(self, chat_id: int, answer: Answer, content: bytes) -> None:
        await self.pace.wait()
        more: dict[str, Any] = {
            "caption": answer.text or None,
            "parse_mode": ParseMode.HTML,
            "filename": answer.file_name,
            "reply_markup": markup(answer.keyboard),
        }
        async with _classified():
            if answer.do in {"photo", "overview"}:
                await self.bot.send_photo(chat_id, content, **more)
            else:
                await self.bot.send_document(chat_id, content, **more)

    async def _send_document(self, chat_id: int, answer: Answer) -> None:
        is_picture = answer.do == "overview"
        async with self.busy(chat_id, ChatAction.UPLOAD_PHOTO if is_picture else ChatAction.UPLOAD_DOCUMENT):
            try:
                name, content = await self.documents.make(answer)
            except Exception as error:
                raise DocumentNotMade(answer.do) from error
        if is_picture:
            await self._send_content(chat_id, replace(answer, file_name=name), content)
            return
        await self.pace.wait()
        async with _classified():
            await self.bot.send_document(chat_id, content, filename=name)

    @asynccontextmanager
    async def busy(self, chat_id: int, action: ChatAction) -> AsyncIterator[None]:
        """Show in a chat that something is under way, for as long as it takes. Whether it shows is no matter."""
        await self._show_busy(chat_id, action)
        async with self._going_on(chat_id, action, SHOWN_SECONDS):
            yield

    @asynccontextmanager
    async def busy_if_slow(self, chat_id: int) -> AsyncIterator[None]:
        """Show in a chat that an answer is being made, once that takes longer than a moment.

        It is sent beside what is done, and never waited for: that may hold a transaction.
        """
        async with self._going_on(chat_id, ChatAction.TYPING, SLOW_SECONDS):
            yield

    @asynccontextmanager
    async def _going_on(self, chat_id: int, action: ChatAction, first_after: float) -> AsyncIterator[None]:
        going_on = asyncio.create_task(self._go_on_showing(chat_id, action, first_after))
        try:
            yield
        finally:
            going_on.cancel()
            await asyncio.gather(going_on, return_exceptions=True)

    async def _go_on_showing(self, chat_id: int, action: ChatAction, first_after: float) -> None:
        await asyncio.sleep(first_after)
        while True:
            await self._show_busy(chat_id, action)
            await asyncio.sleep(SHOWN_SECONDS)

    async def _show_busy(self, chat_id: int, action: ChatAction) -> None:
        with suppress(TelegramError):
            await self.bot.send_chat_action(chat_id, action)


@asynccontextmanager
async def _classified() -> AsyncIterator[None]:
    try:
        yield
    except TelegramError as error:
        raise classify(error) from error


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """A keyboard as Telegram has it, or None for none."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in keyboard]
    )
