"""Methods that change or remove a message that was sent."""

from datetime import timedelta
from typing import Any

from emulator.answers import bad_request
from emulator.chats import Chat, Seen
from emulator.entities import Entity
from emulator.keyboards import Markup, inline_markup
from emulator.methods.content import message_caption, message_text
from emulator.parameters import Parameters
from emulator.world import World

DELETABLE = timedelta(hours=48)
MOST_DELETED = 100


async def edit_message_text(world: World, parameters: Parameters) -> dict[str, Any]:
    """#editmessagetext: another text and keyboard; without `reply_markup` the keyboard goes."""
    text, entities = message_text(parameters)
    markup = inline_markup(parameters)
    message = _own_message(world, parameters)
    if message.media:
        raise bad_request("There is no text in the message to edit")
    return _changed(world, message, text, entities, markup)


async def edit_message_caption(world: World, parameters: Parameters) -> dict[str, Any]:
    """#editmessagecaption: another caption and keyboard of a photo or document."""
    caption, entities = message_caption(parameters)
    markup = inline_markup(parameters)
    message = _own_message(world, parameters)
    if not message.media:
        raise bad_request("There is no caption in the message to edit")
    return _changed(world, message, caption, entities, markup)


async def edit_message_reply_markup(world: World, parameters: Parameters) -> dict[str, Any]:
    """#editmessagereplymarkup: another keyboard, or none."""
    markup = inline_markup(parameters)
    message = _own_message(world, parameters)
    return _changed(world, message, message.text, message.entities, markup)


async def delete_message(world: World, parameters: Parameters) -> bool:
    """#deletemessage: any message of a private chat, until it is 48 hours old."""
    chat = world.chat(parameters.text("chat_id"))
    message = chat.find(_message_id(parameters))
    if message is None:
        raise bad_request("Message to delete not found")
    _check_age(world, message)
    _delete(world, [message])
    return True


async def delete_messages(world: World, parameters: Parameters) -> bool:
    """#deletemessages: up to 100 at once; those that are not there are skipped."""
    chat = world.chat(parameters.text("chat_id"))
    ids = parameters.structure("message_ids", "message identifiers")
    if not isinstance(ids, list) or not all(isinstance(each, int) for each in ids):
        raise bad_request("Expected an Array of Numbers as message identifiers")
    if not ids:
        raise bad_request("Message identifiers are not specified")
    if len(ids) > MOST_DELETED:
        raise bad_request("Too many message identifiers specified")
    messages = [message for message in map(chat.find, ids) if message is not None]
    for message in messages:
        _check_age(world, message)
    _delete(world, messages)
    return True


def _message_id(parameters: Parameters) -> int:
    message_id = parameters.integer("message_id")
    if message_id <= 0:
        raise bad_request("Message identifier is not specified")
    return message_id


def _own_message(world: World, parameters: Parameters) -> Seen:
    """The message a call wants to edit; only the bot's own can be."""
    chat: Chat = world.chat(parameters.text("chat_id"))
    message = chat.find(_message_id(parameters))
    if message is None:
        raise bad_request("Message to edit not found")
    if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("Message can't be edited")
    return message


def _changed(world: World, message: Seen, text: str, entities: list[Entity], markup: Markup | None) -> dict[str, Any]:
    if (text, entities, markup) == (message.text, message.entities, message.markup):
        raise bad_request(
            "Message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    world.take_send_token(message.chat)
    message.text, message.entities, message.markup = text, entities, markup
    message.edit_date = world.date()
    world.changes.announce()
    return message.as_json()


def _check_age(world: World, message: Seen) -> None:
    if world.date() - message.date > DELETABLE.total_seconds():
        raise bad_request("Message can't be deleted for everyone")


def _delete(world: World, messages: list[Seen]) -> None:
    for message in messages:
        message.deleted = True
    world.changes.announce()
