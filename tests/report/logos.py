"""Made-up coats of arms, and files that are none."""

import struct
import zlib
from base64 import b64encode
from typing import Any

from report.brand import checked
from report.snapshot import Brand, Snapshot
from tests.report import samples

SHIELD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 50">{}'
    '<path fill="#0b5d3b" d="M0 0h40v30q0 15-20 20q-20-5-20-20z"/><circle cx="20" cy="20" r="9" fill="#fff"/></svg>'
)
SVG = SHIELD.format("").encode()
COLOUR = "0b5d3b"


def png(width: int = 400, height: int = 120, *, written: tuple[int, int] | None = None) -> bytes:
    """A green PNG of a size; `written` is the size its head says."""
    rows = (b"\x00" + b"\x0b\x5d\x3b" * width) * height
    head = struct.pack(">IIBBBBB", *(written or (width, height)), 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def embedded_png() -> str:
    """A PNG as an address."""
    return f"data:image/png;base64,{b64encode(png(2, 2)).decode()}"


def branded(logo: bytes = SVG, **changes: Any) -> Snapshot:
    """The plan of Vefsn with a logo and a colour."""
    return samples.vefsn(brand=Brand(colour=COLOUR, logo=checked(logo)), **changes)
