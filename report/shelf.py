"""Putting approved documents where an archive finds them: whole, and never in place of another content."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def put(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[str]:
    """Write files that are not there yet; the names of those that are there with another content, which is kept.

    Names are plain ASCII (`report.formats.file_name`). Raises `OSError` where the folder takes none.
    """
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return [name for name, content in files if not _is_put(folder / name, content)]


def _is_put(path: Path, content: bytes) -> bool:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(content)
        # Unlike renaming, linking fails where the name is taken.
        os.link(unfinished, path)
    except FileExistsError:
        return path.read_bytes() == content
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return True
