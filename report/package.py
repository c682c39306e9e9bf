"""Office files are zip archives: here they are packed so that the same parts are always the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can have (APPNOTE 4.4.6)."""


def pack_again(archive: bytes, replaced: dict[str, bytes] | None = None) -> bytes:
    """The same archive without the hour it was packed at; `replaced` gives entries another content by name."""
    target = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, (replaced or {}).get(name) or source.read(name))
    return target.getvalue()
