"""The python-telegram-bot application: every handler of the table, and nothing that runs by itself.

`Application.initialize()` is enough for `process_update`. The updater is off: it tells Telegram that an update was
handled before it was (`bot.intake` does not).
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx
from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot import turn as turns
from bot.access import Command, Handler, Press, may
from bot.answers import Answer
from bot.commands import COMMANDS, PRESSES
from bot.conversation import (
    blocked_or_back,
    edited,
    identity_number,
    no_longer_known,
    not_text,
    plain_text,
    stranger,
    unknown_command,
)
from bot.dialogues import attaching
from bot.menu import menu_of
from bot.redaction import REDACTED
from bot.turn import Turn

Bot = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
PRIVATE = filters.ChatType.PRIVATE
WRITTEN = filters.UpdateType.MESSAGE & PRIVATE
POLL_READ_TIMEOUT = timedelta(seconds=40)


def build(token: str, api: str) -> Bot:
    """The application for a token, against the Bot API server at `api` (scheme and host, without "/bot")."""
    trust = {"verify": _trusted()}
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api.rstrip('/')}/bot")
        .base_file_url(f"{api.rstrip('/')}/file/bot")
        .updater(None)
        .job_queue(None)
        .request(HTTPXRequest(connection_pool_size=64, media_write_timeout=60, httpx_kwargs=trust))
        .get_updates_request(
            HTTPXRequest(connection_pool_size=2, read_timeout=POLL_READ_TIMEOUT.total_seconds(), httpx_kwargs=trust)
        )
        .build()
    )
    application.add_handlers(handlers())
    application.add_error_handler(_hand_over)
    return application


@cache
def _trusted() -> SSLContext:
    """The certificates we trust, read once: each client would read them anew, which takes a while."""
    return httpx.create_ssl_context()


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Every handler, in the order in which they are asked; the first that fits takes the update."""
    return [
        MessageHandler(PRIVATE & _RedactedFilter(), _run(identity_number)),
        CallbackQueryHandler(_run(no_longer_known), pattern=_is_from_elsewhere),
        *(CommandHandler(command.name, _guarded(command, stranger), filters=WRITTEN) for command in COMMANDS),
        *(CallbackQueryHandler(_guarded(press, stranger), pattern=f"^{press.prefix}:") for press in PRESSES),
        CallbackQueryHandler(_run(no_longer_known)),
        MessageHandler(WRITTEN & filters.COMMAND, _known(unknown_command)),
        MessageHandler(WRITTEN & filters.TEXT, _known(plain_text)),
        MessageHandler(WRITTEN & (filters.Document.ALL | filters.PHOTO), _known(attaching.received)),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & PRIVATE, _known(edited)),
        MessageHandler(WRITTEN, _known(not_text)),
        ChatMemberHandler(_run(blocked_or_back), ChatMemberHandler.MY_CHAT_MEMBER),
    ]


class _RedactedFilter(filters.MessageFilter):
    """Messages from which intake removed a national identity number."""

    def filter(self, message: Any) -> bool:
        return bool(message.api_kwargs.get(REDACTED))


def _is_from_elsewhere(_data: object) -> bool:
    """A button in a group, or under a message Telegram no longer shows us: never ours."""
    query = turns.current.get().query
    return query.message is None or query.message.chat.type != "private"


def _run(handler: Handler) -> Callable[[Update, Context], Any]:
    """A handler that anybody reaches."""

    async def callback(_update: Update, _context: Context) -> None:
        turn = turns.current.get()
        await handler(turn, "")
        _end_press(turn)

    return callback


def _known(handler: Handler) -> Callable[[Update, Context], Any]:
    """A handler for those who have been let in."""

    async def callback(_update: Update, _context: Context) -> None:
        turn = turns.current.get()
        await (handler if turn.person else stranger)(turn, "")

    return callback


def _guarded(entry: Command | Press, stranger_handler: Handler) -> Callable[[Update, Context], Any]:
    """The entry's handler, for its roles only. The rest get a refusal, and strangers the one polite line."""

    async def callback(update: Update, _context: Context) -> None:
        turn = turns.current.get()
        roles = turn.roles
        if entry.roles and turn.person is None:
            await stranger_handler(turn, "")
        elif not may(turn, entry.roles):
            _refuse(turn, entry)
        else:
            await entry.handler(turn, _rest(update, entry))
        if turn.roles != roles:
            turn.answers.append(Answer("menu", menu=menu_of(turn.roles, turn.language)))
        _end_press(turn)

    return callback


def _refuse(turn: Turn, entry: Command | Press) -> None:
    if isinstance(entry, Press):
        turn.toast("toast.not_yours", alert=True)
    else:
        turn.say("access.refused", command=entry.name)


def _rest(update: Update, entry: Command | Press) -> str:
    """What follows the command, or the prefix of a button's data."""
    if isinstance(entry, Press):
        assert update.callback_query is not None
        return (update.callback_query.data or "").removeprefix(f"{entry.prefix}:")
    assert update.message is not None
    parts = (update.message.text or "").split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""


def _end_press(turn: Turn) -> None:
    """Every press is answered, or the button keeps turning for half a minute."""
    if turn.update.callback_query is not None and not any(answer.do == "toast" for answer in turn.answers):
        turn.toast()


async def _hand_over(_update: object, context: Context) -> None:
    """`process_update` swallows what a handler raises: keep it, so that the update is not taken for handled."""
    turn = turns.current.get()
    error = context.error
    turn.failure = error if isinstance(error, Exception) else RuntimeError(repr(error))
