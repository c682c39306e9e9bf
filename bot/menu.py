"""The menu of commands Telegram shows beside the text field: each person's own (Bot API, `BotCommandScopeChat`)."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

import templates
from bot.commands import COMMANDS
from bot.telegram_errors import classify
from storage import directory, people
from storage.people import Role
from storage.tables import Person


async def set_menus(bot: Bot, session: AsyncSession, language: str) -> None:
    """Set the menu of strangers, which has nothing but a greeting, and of everybody who is in.

    Raises `bot.telegram_errors.TransportError`.
    """
    try:
        await bot.set_my_commands(_commands(["start"], language))
        for person in (await directory.read(session)).people.values():
            await set_menu(bot, person, await people.roles_of(session, person))
    except TelegramError as error:
        raise classify(error) from error


async def set_menu(bot: Bot, person: Person, roles: frozenset[Role]) -> None:
    """Set the menu of one person: what their roles may."""
    assert person.chat_id is not None
    names = [command.name for command in COMMANDS if command.roles & roles]
    await bot.set_my_commands(_commands(names, person.language), scope=BotCommandScopeChat(person.chat_id))


def _commands(names: Iterable[str], language: str) -> list[BotCommand]:
    return [BotCommand(name, templates.words.say(f"command.{name}", language=language)) for name in names]
