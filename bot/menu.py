"""The menu of commands Telegram shows beside the text field: each person's own (Bot API, `BotCommandScopeChat`)."""

from collections.abc import Sequence
from datetime import date

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

import templates
from bot.answers import Answer
from bot.commands import COMMANDS
from bot.telegram_errors import TransportError, classify
from bot.turn import Turn
from storage import absences, directory, people
from storage.database import Database
from storage.people import Role

GREETING = "start"
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
    await _set_each(bot, [(None, strangers_menu(language)), *menus])


async def turn_menus(bot: Bot, database: Database, before: date, on: date) -> bool:
    """Set the menus that are others on a day than on one before: absences begin and end. Whether there were any.

    Raises `TransportError` where trying again can help.
    """
    async with database.read() as session:
        if await absences.away_on(session, before) == await absences.away_on(session, on):
            return False
        changed = []
        for person in (await directory.read(session)).people.values():
            roles = await people.roles_of(session, person, on)
            if roles != await people.roles_of(session, person, before):
                changed.append((person.chat_id, menu_of(roles, person.language)))
    await _set_each(bot, changed)
    return bool(changed)


async def _set_each(bot: Bot, menus: Sequence[tuple[int | None, Menu]]) -> None:
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
    """The commands these roles may use, with what each is for; strangers have a greeting of their own."""
    mine = [
        command for command in COMMANDS if command.roles & roles or (not command.roles and command.name != GREETING)
    ]
    return tuple((command.name, _word(command.name, language)) for command in mine)


def strangers_menu(language: str) -> Menu:
    """What somebody sees who is not in: nothing but the greeting."""
    return ((GREETING, _word(GREETING, language)),)


async def menus_after(turn: Turn) -> list[Answer]:
    """The menus that what was done has changed: of people who are something else now, and of those who have left."""
    found = []
    for person_id in sorted(turn.changed_people):
        person = await people.by_id(turn.session, person_id)
        if person is not None and person.chat_id is not None:
            menu = menu_of(await people.roles_of(turn.session, person, turn.today), person.language)
            found.append(Answer("menu", menu=menu, chat_id=person.chat_id))
    left = strangers_menu(turn.house.language)
    return [*found, *(Answer("menu", menu=left, chat_id=chat_id) for chat_id in turn.left_chats)]


def _word(name: str, language: str) -> str:
    return templates.words.say(f"command.{name}", language=language)
