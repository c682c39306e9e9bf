"""Methods that put something into a chat."""

from typing import Any

from emulator.answers import bad_request
from emulator.chats import Chat, Seen
from emulator.files import PHOTO_BYTES, StoredFile, image_size
from emulator.keyboards import reply_markup
from emulator.methods.content import message_caption, message_text
from emulator.parameters import Parameters, Upload
from emulator.world import World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(world: World, parameters: Parameters) -> dict[str, Any]:
    """#sendmessage: a text."""
    text, entities = message_text(parameters)
    options = {}
    preview = parameters.structure("link_preview_options", "link preview options")
    if preview is not None:
        if not isinstance(preview, dict):
            raise bad_request("Object expected as link preview options")
        options["link_preview_options"] = preview
    return _put(world, parameters, text=text, entities=entities, options=options)


async def send_photo(world: World, parameters: Parameters) -> dict[str, Any]:
    """#sendphoto: an image of at most 10 MB, uploaded or known by its id."""
    caption, entities = message_caption(parameters)
    chat = world.chat(parameters.text("chat_id"))
    stored = _known_or_uploaded(world, parameters, "photo", "photos")
    size = image_size(stored.content)
    if len(stored.content) > PHOTO_BYTES:
        raise bad_request("File is too big for a photo")
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    media = {"photo": [stored.as_json() | {"width": size[0], "height": size[1]}]}
    return _put(world, parameters, chat, text=caption, entities=entities, media=media, content=stored.content)


async def send_document(world: World, parameters: Parameters) -> dict[str, Any]:
    """#senddocument: a file of at most 50 MB, uploaded or known by its id."""
    caption, entities = message_caption(parameters)
    chat = world.chat(parameters.text("chat_id"))
    stored = _known_or_uploaded(world, parameters, "document", "documents")
    media = {"document": document_json(stored)}
    return _put(world, parameters, chat, text=caption, entities=entities, media=media, content=stored.content)


async def send_chat_action(world: World, parameters: Parameters) -> bool:
    """#sendchataction: tells the person that something is under way."""
    chat = world.chat(parameters.text("chat_id"))
    action = parameters.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat.action = action
    world.changes.announce()
    return True


def document_json(stored: StoredFile) -> dict[str, Any]:
    """The Document object of a stored file."""
    return stored.as_json() | {"file_name": stored.name, "mime_type": stored.mime_type}


def _put(world: World, parameters: Parameters, chat: Chat | None = None, **fields: Any) -> dict[str, Any]:
    """Checks what all messages share, then adds the message to the chat."""
    markup = reply_markup(parameters)
    chat = chat or world.chat(parameters.text("chat_id"))
    reply_to = _replied_to(chat, parameters)
    world.take_send_token(chat)
    if parameters.boolean("protect_content"):
        fields["options"] = {**fields.get("options", {}), "has_protected_content": True}
    message = world.add_message(
        chat,
        from_bot=True,
        markup=markup,
        reply_to=reply_to,
        silent=parameters.boolean("disable_notification"),
        **fields,
    )
    chat.action = None
    return message.as_json()


def _replied_to(chat: Chat, parameters: Parameters) -> Seen | None:
    """The message that is replied to (#replyparameters)."""
    given = parameters.structure("reply_parameters", "reply parameters")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("Object expected as reply parameters")
    message_id = given.get("message_id")
    message = chat.find(message_id) if isinstance(message_id, int) else None
    if message is None and not given.get("allow_sending_without_reply"):
        raise bad_request("Message to be replied not found")
    return message


def _known_or_uploaded(world: World, parameters: Parameters, name: str, folder: str) -> StoredFile:
    upload = parameters.upload(name)
    if upload is not None:
        return _stored(world, upload, folder)
    value = parameters.text(name)
    if not value:
        raise bad_request(f"There is no {name} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("Failed to get HTTP URL content")
    return world.files.by_id(value)


def _stored(world: World, upload: Upload, folder: str) -> StoredFile:
    if not upload.content:
        raise bad_request("File must be non-empty")
    return world.files.add(folder, upload.name, upload.mime_type, upload.content)
