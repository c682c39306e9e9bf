"""Methods about the bot itself and about the chats it is in."""

from typing import Any

from emulator.answers import bad_request
from emulator.commands import language_code
from emulator.parameters import Parameters
from emulator.world import World

_MENU_BUTTONS = frozenset({"default", "commands", "web_app"})
_CAPABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


async def get_me(world: World, parameters: Parameters) -> dict[str, Any]:
    """#getme: the bot as a User object."""
    return world.bot | _CAPABILITIES


async def get_chat(world: World, parameters: Parameters) -> dict[str, Any]:
    """#getchat: a chat as a ChatFullInfo object."""
    return world.chat(parameters.text("chat_id")).as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def set_my_commands(world: World, parameters: Parameters) -> bool:
    """#setmycommands: the list of commands of a scope and language."""
    world.commands.set(parameters)
    return True


async def get_my_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    """#getmycommands: the list of exactly this scope and language."""
    return world.commands.get(parameters)


async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """#deletemycommands: removes the list of a scope and language."""
    world.commands.delete(parameters)
    return True


async def set_my_name(world: World, parameters: Parameters) -> bool:
    """#setmyname: 0 to 64 characters."""
    return _set_profile(world, parameters, "name", 64)


async def get_my_name(world: World, parameters: Parameters) -> dict[str, str]:
    """#getmyname: the name for a language; the username where none was set."""
    stored = _profile(world, parameters, "name")
    return {"name": stored["name"] or world.bot["first_name"]}


async def set_my_description(world: World, parameters: Parameters) -> bool:
    """#setmydescription: 0 to 512 characters, shown in an empty chat."""
    return _set_profile(world, parameters, "description", 512)


async def get_my_description(world: World, parameters: Parameters) -> dict[str, str]:
    """#getmydescription: the description for a language."""
    return _profile(world, parameters, "description")


async def set_my_short_description(world: World, parameters: Parameters) -> bool:
    """#setmyshortdescription: 0 to 120 characters, shown on the profile page."""
    return _set_profile(world, parameters, "short_description", 120)


async def get_my_short_description(world: World, parameters: Parameters) -> dict[str, str]:
    """#getmyshortdescription: the short description for a language."""
    return _profile(world, parameters, "short_description")


async def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    """#setchatmenubutton: the button beside the input field, of one chat or (without `chat_id`) of all."""
    button = parameters.structure("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _MENU_BUTTONS:
        raise bad_request("Can't parse menu button: Unsupported type specified")
    world.menu_buttons[_menu_chat(world, parameters)] = button
    return True


async def get_chat_menu_button(world: World, parameters: Parameters) -> dict[str, Any]:
    """#getchatmenubutton: the button of one chat, or of all."""
    buttons = world.menu_buttons
    return buttons.get(_menu_chat(world, parameters)) or buttons.get(0) or {"type": "default"}


def _menu_chat(world: World, parameters: Parameters) -> int:
    chat_id = parameters.text("chat_id")
    return world.chat(chat_id).chat_id if chat_id else 0


def _set_profile(world: World, parameters: Parameters, name: str, longest: int) -> bool:
    text = parameters.text(name)
    if len(text) > longest:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    world.profile[name, language_code(parameters)] = text
    return True


def _profile(world: World, parameters: Parameters, name: str) -> dict[str, str]:
    language = language_code(parameters)
    return {name: world.profile.get((name, language)) or world.profile.get((name, ""), "")}
