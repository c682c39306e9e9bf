"""Writing files for somebody: whole, or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from tiltaksvakt.cli.outcome import CommandRefused


def write_whole(path: Path, content: bytes, refusal: CommandRefused, *, make_folder: bool = False) -> None:
    """Write a file in place of any there is. Raises `refusal` where that cannot be done."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except (OSError, ValueError):  # a zero byte in a path is a ValueError
        with suppress(OSError, ValueError):
            unfinished.unlink()
        raise refusal from None
