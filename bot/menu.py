"""The menu of commands Telegram shows beside the text field: each person's own (Bot API, `BotCommandScopeChat`)."""

from datetime import date

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

import templates
from bot.commands import COMMANDS
from bot.telegram_errors import TransportError, classify
from storage import directory, people
from storage.database import Database
from storage.people import Role

Menu = tuple[tuple[str, str], ...]


async def set_menus(bot: Bot, database: Database, language: str, on: date) -> None:
    """Set the menu of strangers, which has nothing but a greeting, and of everybody who is in on a day.

    A person Telegram does not take a menu for is passed over. Raises `bot.telegram_errors.TransportError` where
    trying again can help.
    """
    async with database.read() as session:
        menus = [
            (person.chat_id, menu_of(await people.roles_of(session, person, on), person.language))
            for person in (await directory.read(session)).people.values()
        ]
    await set_menu(bot, None, (("start", _word("start", language)),))
    for chat_id, menu in menus:
        try:
            await set_menu(bot, chat_id, menu)
        except TransportError as error:
            if not error.permanent:
                raise


async def set_menu(bot: Bot, chat_id: int | None, menu: Menu) -> None:
    """Set the menu of one chat, or with None that of all the others. Raises `TransportError`."""
    scope = None if chat_id is None else BotCommandScopeChat(chat_id)
    try:
        await bot.set_my_commands([BotCommand(name, text) for name, text in menu], scope=scope)
    except TelegramError as error:
        raise classify(error) from error


def menu_of(roles: frozenset[Role], language: str) -> Menu:
    """The commands these roles may use, with what each is for."""
    return tuple((command.name, _word(command.name, language)) for command in COMMANDS if command.roles & roles)


def _word(name: str, language: str) -> str:
    return templates.words.say(f"command.{name}", language=language)
