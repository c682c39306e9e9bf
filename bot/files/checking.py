"""What a file is, by its content, and whether it may be kept. Pure; a name only tells two kinds of text apart."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from bot import redaction
from bot.files import photos
from plan.documents import package
from plan.documents.problem import Code, DocumentRefused

MAX_BYTES = 10_000_000
MAX_NAME = 100
PDF_HEADER_WITHIN = 1024  # where readers look for it (ISO 32000-1, annex H.3.4.1)

_OFFICE = {
    b"wordprocessingml.document.main+xml": ("docx", "wordprocessingml.document"),
    b"spreadsheetml.sheet.main+xml": ("xlsx", "spreadsheetml.sheet"),
    b"presentationml.presentation.main+xml": ("pptx", "presentationml.presentation"),
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
# Basic and other scripts stand in folders of these names (OpenDocument 1.3, part 2, and LibreOffice's own).
_SCRIPTS = ("basic/", "scripts/", "dialogs/")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")  # ISO/IEC 23008-12, annex B
_TEXTS = {"txt": "text/plain", "csv": "text/csv"}
_ENDINGS = {"jpeg": "jpg", "heif": "heic"}
# What turns the order of writing round: "gpj.exe" would be read as a picture.
_UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NOT_IN_A_NAME = re.compile(r'[<>:"|?*\\/]')


class Problem(StrEnum):
    """Why a file is not kept. Each is a sentence of `templates/chat/attachments.j2`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    MACROS = "macros"
    OLD_OFFICE = "old_office"
    LOCKED = "locked"
    DAMAGED = "damaged"
    HOLDS_IDENTITY_NUMBER = "holds_identity_number"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its name with the ending of its kind, its media type, and its bytes.

    `may_tell_place` when it is a photo whose place and time we cannot take out.
    """

    name: str
    media_type: str
    content: bytes
    may_tell_place: bool = False


def check(name: str, content: bytes) -> Checked | Problem:
    """What a file is kept as, or why it is not. What a photo tells of its place is taken out where we can."""
    if not content:
        return Problem.EMPTY
    if len(content) > MAX_BYTES:
        return Problem.TOO_LARGE
    return _picture(name, content) or _document(name, content)


def _picture(name: str, content: bytes) -> Checked | Problem | None:
    if content.startswith(b"\xff\xd8\xff"):
        return _photo(name, "jpg", "image/jpeg", photos.without_place_jpeg(content))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _photo(name, "png", "image/png", photos.without_place_png(content))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return Checked(clean_name(name, "heic"), "image/heic", content, may_tell_place=True)
    return None


def _photo(name: str, ending: str, media_type: str, cleaned: bytes | None) -> Checked | Problem:
    return Problem.DAMAGED if cleaned is None else Checked(clean_name(name, ending), media_type, cleaned)


def _document(name: str, content: bytes) -> Checked | Problem:
    if b"%PDF-" in content[:PDF_HEADER_WITHIN]:
        return Checked(clean_name(name, "pdf"), "application/pdf", content)
    if package.is_compound(content):
        return Problem.LOCKED if "EncryptedPackage".encode("utf-16-le") in content else Problem.OLD_OFFICE
    if package.is_zip(content):
        return _archive(name, content)
    return _text(name, content)


def _archive(name: str, content: bytes) -> Checked | Problem:
    """An Office or OpenDocument file without macros; no other archive."""
    try:
        package.refuse_unsafe(content)
        with package.opened(content) as archive:
            found = _office_kind(archive)
            has_scripts = any(part.filename.casefold().startswith(_SCRIPTS) for part in archive.infolist())
    except DocumentRefused as refused:
        codes = {problem.code for problem in refused.problems}
        if Code.MACROS in codes:
            return Problem.MACROS
        return Problem.LOCKED if Code.ENCRYPTED in codes else Problem.DAMAGED
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, RuntimeError, NotImplementedError):
        return Problem.DAMAGED
    if found is None:
        return Problem.UNKNOWN_KIND
    if has_scripts or found == ("", ""):
        return Problem.MACROS
    ending, media_type = found
    return Checked(clean_name(name, ending), media_type, content)


def _office_kind(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    """The ending and media type; empty ones for a document that is made to hold macros; None for another archive."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        types = _part(archive, "[Content_Types].xml")
        if b"macroEnabled" in types:
            return "", ""
        for mark, (ending, kind) in _OFFICE.items():
            if mark in types:
                return ending, f"application/vnd.openxmlformats-officedocument.{kind}"
        return None
    if "mimetype" in names:
        media_type = _part(archive, "mimetype").strip()
        if media_type in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[media_type], media_type.decode()
    return None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(package.chunks(archive, name))


def _text(name: str, content: bytes) -> Checked | Problem:
    """Plain text or CSV, which only the name tells from a script."""
    ending = _ending(name)
    if ending not in _TEXTS or not _is_text(content):
        return Problem.UNKNOWN_KIND
    if redaction.find(_decoded(content)):
        return Problem.HOLDS_IDENTITY_NUMBER
    return Checked(clean_name(name, ending), _TEXTS[ending], content)


def _is_text(content: bytes) -> bool:
    text = _decoded(content)
    return not any(unicodedata.category(character) == "Cc" and character not in "\t\r\n\f" for character in text)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").casefold()


def clean_name(name: str, ending: str) -> str:
    """A name that is safe on every disk and in every list, with the ending of what the file is.

    A name without a letter or digit is empty: the caller has a better one.
    """
    text = unicodedata.normalize("NFC", name)
    text = _UNSEEN.sub("", text.replace("\\", "/").rpartition("/")[2])
    text = " ".join(_NOT_IN_A_NAME.sub(" ", text).split()).strip(". ")
    own = _ending(text)
    if _ENDINGS.get(own, own) == ending:
        text = text[: -len(own) - 1].strip(". ")
    if not any(character.isalnum() for character in text):
        return ""
    return f"{text[: MAX_NAME - len(ending) - 1].strip('. ')}.{ending}"
