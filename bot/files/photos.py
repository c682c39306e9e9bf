"""What a photo tells beside what it shows: where and when it was taken, with which camera. It is taken out.

JPEG: ITU-T T.81, annex B, and Exif 2.32. PNG: W3C, Portable Network Graphics, 11.3. Only the way up is kept.
"""

import re
import struct
import zlib

_KEPT_MARKERS = {0xE0, 0xEE}  # JFIF and Adobe's note on colours
_APP1, _APP2 = 0xE1, 0xE2
_COMMENT = 0xFE
_START_OF_SCAN, _END = 0xDA, 0xD9
_COLOUR_PROFILE = b"ICC_PROFILE\x00"
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_SHORT = 3
# Where the picture's own data ends: a marker that is neither a stuffed byte nor a restart.
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_PNG_HEADER = b"\x89PNG\r\n\x1a\n"
_TELLING_CHUNKS = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def without_place_jpeg(content: bytes) -> bytes | None:
    """A JPEG without Exif, XMP, IPTC, comments and whatever follows the picture; None when it is damaged."""
    kept = [b"\xff\xd8"]
    at = 2
    while True:
        found = _next_marker(content, at)
        if found is None:
            return None
        marker, at = found
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + int.from_bytes(content[at : at + 2])
        if end < at + 2 or end > len(content):
            return None
        segment = content[at:end]
        if (written := _kept(marker, segment)) is not None:
            kept.append(written)
        at = end
        if marker == _START_OF_SCAN:
            following = _MARKER.search(content, at)
            if following is None:
                return None
            kept.append(content[at : following.start()])
            at = following.start()


def _next_marker(content: bytes, at: int) -> tuple[int, int] | None:
    """The marker at a place, and where what it begins starts; fill bytes may stand before it."""
    if content[at : at + 1] != b"\xff":
        return None
    while content[at : at + 1] == b"\xff":
        at += 1
    return (content[at], at + 1) if at < len(content) else None


def _kept(marker: int, segment: bytes) -> bytes | None:
    """A segment as it is written again; None where it is left out."""
    whole = bytes([0xFF, marker]) + segment
    if marker == _APP1:
        return _only_the_way_up(segment[2:])
    if marker == _APP2:
        return whole if segment[2:].startswith(_COLOUR_PROFILE) else None
    is_told = 0xE0 <= marker <= 0xEF or marker == _COMMENT
    return None if is_told and marker not in _KEPT_MARKERS else whole


def _only_the_way_up(data: bytes) -> bytes | None:
    """An Exif segment with nothing in it but which way is up; None where that is not said."""
    orientation = _orientation(data.removeprefix(_EXIF)) if data.startswith(_EXIF) else None
    if orientation is None:
        return None
    tag = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    body = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + tag + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def _orientation(tiff: bytes) -> int | None:
    """Which way is up, 2 to 8 (1: as it lies), from the first directory of the TIFF data."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return None
    first = struct.unpack_from(f"{order}I", tiff, 4)[0]
    if first + 2 > len(tiff):
        return None
    for number in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
        entry = first + 2 + 12 * number
        if entry + 12 > len(tiff):
            return None
        tag, kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if tag == _ORIENTATION:
            return value if kind == _SHORT and 2 <= value <= 8 else None
    return None


def without_place_png(content: bytes) -> bytes | None:
    """A PNG without texts, Exif and the time of its last change, and nothing after its end; None when it is damaged."""
    kept = [_PNG_HEADER]
    at = len(_PNG_HEADER)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        end = at + 12 + length
        kind = content[at + 4 : at + 8]
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end]):
            return None
        if kind not in _TELLING_CHUNKS:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    return None
