"""A folder with a site in it: written whole, and what an earlier site left behind is taken away."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tiltaksvakt.cli.files import write_whole
from tiltaksvakt.cli.outcome import CommandRefused

LIST = ".tiltaksvakt.json"
"""The names of the files we have written, so that nothing else is ever taken away."""


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files by their paths below the folder, and take away those of an earlier site.

    Raises `CommandRefused` where something else lies in the folder, or where it takes no files. Pages that stay are
    replaced one by one, and the list is written first, so that one that is interrupted is finished by the next.
    """
    before = _written(folder)
    _put(folder, LIST, _listed({*before, *files}))
    for name, content in files.items():
        _put(folder, name, content)
    for name in sorted(before - set(files)):
        with suppress(OSError):
            (folder / name).unlink()
            (folder / name).parent.rmdir()  # only where nothing else is in it
    _put(folder, LIST, _listed(files))


def _written(folder: Path) -> set[str]:
    """What an earlier site consists of; nothing where the folder is new or empty."""
    try:
        if not folder.exists() or not any(folder.iterdir()):
            return set()
        names = set(json.loads((folder / LIST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandRefused("publish.not_ours", path=str(folder)) from None
    # A list that somebody has changed must not lead out of the folder.
    return {name for name in names if isinstance(name, str) and ".." not in Path(name).parts and name[:1] != "/"}


def _put(folder: Path, name: str, content: bytes) -> None:
    write_whole(folder / name, content, CommandRefused("publish.cannot_write", path=str(folder)), make_folder=True)


def _listed(names: object) -> bytes:
    assert isinstance(names, set | Mapping)
    return json.dumps({"files": sorted(names)}, indent=1).encode()
