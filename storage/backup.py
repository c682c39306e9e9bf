"""A backup: one file that holds a whole copy of the database, and says what it is and whether it is whole.

It is a zip archive of a SQLite file and of `backup.json`: the schema, the moment, the digest, how many rows each table
has. It is the same whichever database it was made of, needs no other program, and can be put into the other kind.
Everything is in the database (attachments and reports too), so that nothing else belongs in it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import SQLModel, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.refusal import Refused
from storage.copies import copy_out
from storage.database import Database, DatabaseRefused, open_database
from storage.schema_version import HEAD, upgrade

FORMAT = 1
CONTENT, ABOUT = "tiltaksvakt.db", "backup.json"
BLOCK = 1 << 20
MOST_ABOUT = 1 << 16
COUNTED = ("plan", "measure", "unit", "person", "status_reply")


class BackupRefused(Refused):
    """A backup cannot be made or used. `code` names the sentence in `templates/cli/backup.j2`; `data` fills it."""


@dataclass(frozen=True)
class Backup:
    """What a backup says of itself: when it was made, of which schema, how many rows each table had."""

    made_at: datetime
    schema: str
    sha256: str
    rows: dict[str, int]


async def rows_of(session: AsyncSession) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: (await session.exec(select(func.count()).select_from(table))).one()
        for table in SQLModel.metadata.sorted_tables
    }


def is_in_use(rows: dict[str, int]) -> bool:
    """Whether a database with so many rows holds anybody's work."""
    return any(rows[table] for table in ("plan", "unit", "person"))


async def write(database: Database, file: Path, at: datetime) -> Backup:
    """Write a backup in place of an earlier one of that name, for its owner alone; it is read again before it counts.

    Raises `BackupRefused` and `DatabaseRefused`.
    """
    _refuse_other(file)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            content = Path(folder) / CONTENT
            await copy_out(database, content)
            made = Backup(at, HEAD, _digest(content), _rows_in(content))
            os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(content, CONTENT)
                archive.writestr(ABOUT, json.dumps(_as_stored(made), indent=2))
            await unpacked(unfinished, Path(folder) / "again.db")
        unfinished.replace(file)
    except (OSError, ValueError):  # a zero byte in a path is a ValueError
        raise BackupRefused("cannot_write", path=str(file)) from None
    finally:
        with suppress(OSError, ValueError):
            unfinished.unlink()
    return made


def _refuse_other(file: Path) -> None:
    """Raises `BackupRefused` where there is a file that is no backup: it is not written over."""
    if file.exists():
        _about(file)


def _as_stored(made: Backup) -> dict[str, object]:
    return {
        "format": FORMAT,
        "made_at": made.made_at.isoformat(),
        "schema": made.schema,
        "sha256": made.sha256,
        "rows": made.rows,
    }


def _about(file: Path) -> Backup:
    """What a backup says of itself. Raises `BackupRefused`."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(ABOUT) as opened:
            stored = json.loads(opened.read(MOST_ABOUT))
        if stored["format"] != FORMAT:
            raise BackupRefused("newer", path=str(file))
        made_at = datetime.fromisoformat(stored["made_at"])
        if made_at.tzinfo is None:
            raise ValueError
        return Backup(made_at, str(stored["schema"]), str(stored["sha256"]), dict(stored["rows"]))
    except OSError:
        raise BackupRefused("cannot_read", path=str(file)) from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError):
        raise BackupRefused("not_a_backup", path=str(file)) from None


async def unpacked(file: Path, content: Path) -> Backup:
    """Unpack the copy in a backup and see that it is whole, and of a schema this version of the program knows.

    One of an earlier schema is migrated. Raises `BackupRefused`.
    """
    found = _about(file)
    try:
        with zipfile.ZipFile(file) as archive, archive.open(CONTENT) as packed, content.open("wb") as out:
            shutil.copyfileobj(packed, out, BLOCK)
    except OSError:
        raise BackupRefused("cannot_read", path=str(file)) from None
    except (zipfile.BadZipFile, KeyError, EOFError, zlib.error):
        raise BackupRefused("damaged", path=str(file)) from None
    if _digest(content) != found.sha256 or not _is_whole(content):
        raise BackupRefused("damaged", path=str(file))
    copy = open_database(f"sqlite:///{content}")
    try:
        await upgrade(copy)
    except DatabaseRefused as refused:
        if refused.code == "newer_schema":
            raise BackupRefused("newer", path=str(file)) from None
        raise
    finally:
        await copy.close()
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _is_whole(content: Path) -> bool:
    try:
        with closing(sqlite3.connect(content)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error:
        return False
    return bool(found == "ok")


def _rows_in(content: Path) -> dict[str, int]:
    """Counted without a trace: the file is already what the digest says."""
    names = [table.name for table in SQLModel.metadata.sorted_tables]
    with closing(sqlite3.connect(f"{content.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
