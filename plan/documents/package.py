"""What can be known about an Office file before it is unpacked: what it is, and whether it is safe to open.

An Office file is a zip archive of XML parts (ECMA-376). The limits hold on what the archive declares, and Python's
`zipfile` never unpacks a member beyond its declared size.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from plan.documents.problem import Code, DocumentRefused, Problem

MAX_UNPACKED = 200_000_000
MAX_XML = 30_000_000
MAX_PARTS = 5_000
_CHUNK = 1_000_000

_ZIP = b"PK\x03\x04"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_WORD = b"wordprocessingml.document.main+xml"
_WORD_TEMPLATE = b"wordprocessingml.template.main+xml"
_SHEETS = b"spreadsheetml.sheet.main+xml"
_SHEETS_TEMPLATE = b"spreadsheetml.template.main+xml"


def is_word(content: bytes) -> bool:
    """Whether the content is a Word document, whatever its extension. One with macros counts too."""
    types = _content_types(content)
    return any(
        mark in types for mark in (_WORD, _WORD_TEMPLATE, b"ms-word.document.macroEnabled", b"ms-word.template.")
    )


def is_workbook(content: bytes) -> bool:
    """Whether the content is an Excel workbook, whatever its extension. One with macros counts too."""
    types = _content_types(content)
    return any(
        mark in types for mark in (_SHEETS, _SHEETS_TEMPLATE, b"ms-excel.sheet.macroEnabled", b"ms-excel.template")
    )


def is_compound(content: bytes) -> bool:
    """Whether it is a compound file: an Office file behind a password, or one from before 2007."""
    return content.startswith(_COMPOUND)


def is_zip(content: bytes) -> bool:
    """Whether it is a zip archive."""
    return content.startswith(_ZIP)


def refuse_compound(content: bytes) -> None:
    """Raise `DocumentRefused` for a compound file, saying which of the two it is."""
    is_encrypted = "EncryptedPackage".encode("utf-16-le") in content
    raise DocumentRefused([Problem(Code.ENCRYPTED if is_encrypted else Code.OLD_FORMAT)])


def refuse_damaged(content: bytes) -> None:
    """Raise `DocumentRefused` for an archive that cannot be opened, or an Office file that was not recognised."""
    with opened(content) as archive:
        if "[Content_Types].xml" in archive.namelist() and not _content_types(content):
            raise DocumentRefused([Problem(Code.DAMAGED)])


def refuse_unsafe(content: bytes) -> None:
    """Raise `DocumentRefused` if the archive is damaged, encrypted, unpacks too large or holds macros."""
    with opened(content) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise DocumentRefused([Problem(Code.ENCRYPTED)])
        xml = sum(part.file_size for part in parts if part.filename.casefold().endswith((".xml", ".rels", ".vml")))
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or xml > MAX_XML:
            limit = MAX_XML if xml > MAX_XML else MAX_UNPACKED
            raise DocumentRefused([Problem(Code.UNPACKS_TOO_LARGE, data={"limit_mb": limit // 1_000_000})])
        if any(part.filename.casefold().endswith("vbaproject.bin") for part in parts):
            raise DocumentRefused([Problem(Code.MACROS)])
        for part in parts:
            if part.filename.casefold().endswith((".xml", ".rels")) and _has_doctype(archive, part):
                raise DocumentRefused([Problem(Code.DAMAGED)])


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive in the content. Raises `DocumentRefused` if there is none."""
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentRefused([Problem(Code.DAMAGED)]) from error


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part of the archive, unpacked a piece at a time. Raises `DocumentRefused` if it is damaged."""
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
        raise DocumentRefused([Problem(Code.DAMAGED)]) from error


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    # Office never writes one; entities that unfold into gigabytes need one.
    return b"<!DOCTYPE" in next(chunks(archive, part.filename), b"")[:10_000]


def _content_types(content: bytes) -> bytes:
    if not is_zip(content):
        return b""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            info = archive.getinfo("[Content_Types].xml")
            return archive.read(info) if info.file_size < MAX_XML else b""
    except Exception:  # a damaged archive fails in many ways; which one does not matter here
        return b""
