"""The lists of commands a bot shows, by scope and language.

Source: https://core.telegram.org/bots/api#setmycommands and #botcommandscope.
"""

import re
from typing import Any

from emulator.answers import bad_request
from emulator.parameters import Parameters

MOST_COMMANDS = 100
COMMAND_LENGTH = 32
DESCRIPTION_LENGTH = 256

_CHAT_SCOPES = {"chat": ("chat_id",), "chat_administrators": ("chat_id",), "chat_member": ("chat_id", "user_id")}
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", *_CHAT_SCOPES})

Key = tuple[str, str, str, str]


class CommandLists:
    """One list of commands per scope and language."""

    def __init__(self) -> None:
        self._lists: dict[Key, list[dict[str, str]]] = {}

    def set(self, parameters: Parameters) -> None:
        """Replaces the list of a scope and language; an empty list removes it."""
        key = _key(parameters)
        commands = parameters.structure("commands", "commands")
        if not isinstance(commands, list):
            raise bad_request("Expected an Array of BotCommand")
        if len(commands) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._lists[key] = [_command(command) for command in commands]

    def get(self, parameters: Parameters) -> list[dict[str, str]]:
        """The list of exactly this scope and language; empty where none was set."""
        return self._lists.get(_key(parameters), [])

    def everything(self) -> list[tuple[Key, list[dict[str, str]]]]:
        """Every list there is, to `put` back later."""
        return list(self._lists.items())

    def put(self, key: Key, commands: list[dict[str, str]]) -> None:
        """A list that was checked when it was set."""
        self._lists[key] = commands

    def of_chat(self, chat_id: int) -> list[dict[str, str]]:
        """What a client shows in a chat: the chat's own list, else everybody's."""
        return self._lists.get(("chat", str(chat_id), "", "")) or self._lists.get(("default", "", "", ""), [])

    def delete(self, parameters: Parameters) -> None:
        """Removes the list of a scope and language."""
        self._lists.pop(_key(parameters), None)


def language_code(parameters: Parameters) -> str:
    """The language a call is about: two small letters, or empty for everyone else; else ApiError 400."""
    code = parameters.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("Invalid language code specified")
    return code


def _key(parameters: Parameters) -> Key:
    scope = parameters.structure("scope", "BotCommandScope")
    if scope is None:
        scope = {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("Can't parse BotCommandScope: Expected an Object")
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    for name in _CHAT_SCOPES.get(kind, ()):
        if not scope.get(name):
            raise bad_request(f"Can't parse BotCommandScope: {name} is empty")
    return kind, str(scope.get("chat_id", "")), str(scope.get("user_id", "")), language_code(parameters)


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("Can't parse BotCommand: Expected an Object")
    name = _field(command, "command").strip().removeprefix("/")
    description = _field(command, "description").strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > COMMAND_LENGTH:
        raise bad_request(f"Command length must not exceed {COMMAND_LENGTH}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > DESCRIPTION_LENGTH:
        raise bad_request(f"Command description length must not exceed {DESCRIPTION_LENGTH}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _field(command: dict[str, Any], name: str) -> str:
    value = command.get(name)
    if not isinstance(value, str):
        raise bad_request(f'Can\'t parse BotCommand: Field "{name}" must be of type String')
    return value
