"""Files that were sent, by either side.

Source: https://core.telegram.org/bots/api#sending-files and #getfile.
"""

from dataclasses import dataclass
from typing import Any

from emulator.answers import bad_request

UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the server keeps: its ids, its path under `/file/bot<token>/` and its bytes."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def as_json(self) -> dict[str, Any]:
        """The fields that every kind of file has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileStore:
    """All files of one server, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, folder: str, name: str, mime_type: str, content: bytes) -> StoredFile:
        """Keeps a file; `folder` is Telegram's: documents, photos, voice, stickers."""
        number = len(self._by_id) + 1
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        path = f"{folder}/file_{number}{suffix}"
        stored = StoredFile(f"BQACAgQAAxk{number:08d}", f"AgAD{number:08d}", path, name, mime_type, content)
        self.put(stored)
        return stored

    def put(self, stored: StoredFile) -> None:
        """Keeps a file that has its ids already."""
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored

    def everything(self) -> list[StoredFile]:
        """All files, in the order in which they came."""
        return list(self._by_id.values())

    def by_id(self, file_id: str) -> StoredFile:
        """The file with an id; raises ApiError 400 where there is none."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("Invalid file_id") from None

    def by_path(self, path: str) -> StoredFile | None:
        """The file under a path of `/file/bot<token>/`."""
        return self._by_path.get(path)


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG image; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walks the segments of a JPEG (ITU T.81, B.1) to its frame header."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
