"""Keeping the chats of a server in a folder, so that the next one goes on where it stopped.

The folder holds `chats.json`, with the lists of commands too, and one file for each that was sent. What waits for the
bot is not kept: call `BotApiServer.quiet()` before. Ids of updates go on well above the last, since the bot may have
seen more than was kept.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from emulator.chats import Chat, Press, Seen
from emulator.files import StoredFile
from emulator.world import World

CHATS = "chats.json"
UPDATES_AHEAD = 1000
_FIELDS = ("message_id", "from_bot", "date", "text", "entities", "media", "markup", "options", "silent", "edit_date")
_FILE_FIELDS = ("file_id", "unique_id", "path", "name", "mime_type")

Kept = dict[str, Any]


def save(world: World, folder: Path) -> None:
    """Write everything to the folder; a write that is cut off leaves what was there before. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for stored in world.files.everything():
        path = folder / stored.unique_id
        if not path.exists():
            _write(path, stored.content)
    kept = {
        "next_update_id": world.updates.next_id,
        "files": [{name: getattr(stored, name) for name in _FILE_FIELDS} for stored in world.files.everything()],
        "commands": world.commands.everything(),
        "chats": [_chat_as_kept(chat) for chat in world.chats.values()],
    }
    _write(folder / CHATS, json.dumps(kept, ensure_ascii=False).encode())


def load(world: World, folder: Path) -> None:
    """Take up what was saved in the folder, in a world where nothing has happened yet; nothing where there is none.

    Raises OSError, and ValueError or KeyError for what this module has not written.
    """
    path = folder / CHATS
    if not path.exists():
        return
    kept = json.loads(path.read_bytes())
    for fields in kept["files"]:
        world.files.put(StoredFile(content=(folder / fields["unique_id"]).read_bytes(), **fields))
    for (kind, chat_id, user_id, language), commands in kept["commands"]:
        world.commands.put((kind, chat_id, user_id, language), commands)
    for chat in kept["chats"]:
        _resume_chat(world, chat)
    ids = [message_id for chat in world.chats.values() for message_id in chat.messages]
    world.number_messages_from(max(ids, default=0) + 1)
    world.updates.restart_ids(kept["next_update_id"] + UPDATES_AHEAD)


def _write(path: Path, content: bytes) -> None:
    new = path.with_suffix(".new")
    with open(new, "wb", opener=_private) as file:
        file.write(content)
    new.replace(path)


def _private(path: str, flags: int) -> int:
    """Opens a file that only its owner may read: chats are nobody else's."""
    return os.open(path, flags, 0o600)


def _chat_as_kept(chat: Chat) -> Kept:
    return {
        "user": chat.user,
        "opened": chat.opened,
        "blocked": chat.blocked,
        "timeline": [_entry_as_kept(entry) for entry in chat.timeline],
    }


def _entry_as_kept(entry: Seen | Press) -> Kept:
    if isinstance(entry, Press):
        return {"pressed": entry.label, "message_id": entry.message_id}
    reply_to = entry.reply_to.message_id if entry.reply_to else None
    return {name: getattr(entry, name) for name in _FIELDS} | {"deleted": entry.deleted, "reply_to": reply_to}


def _resume_chat(world: World, kept: Kept) -> None:
    chat = Chat(kept["user"], world.bot, opened=kept["opened"], blocked=kept["blocked"])
    world.chats[chat.chat_id] = chat
    for entry in kept["timeline"]:
        if "pressed" in entry:
            chat.timeline.append(Press(entry["pressed"], entry["message_id"]))
            continue
        reply_to = chat.messages.get(entry.pop("reply_to"))
        chat.add(Seen(chat=chat, reply_to=reply_to, content=_content_of(world, entry["media"]), **entry))


def _content_of(world: World, media: Kept) -> bytes | None:
    """The bytes of what a message carries; nothing for a place or a contact."""
    for carried in _carried(media):
        if "file_id" in carried:
            return world.files.by_id(carried["file_id"]).content
    return None


def _carried(media: Kept) -> Iterable[Kept]:
    for value in media.values():
        yield from value if isinstance(value, list) else [value]
