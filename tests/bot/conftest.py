"""A SQLite database of one's own, for what does not depend on the kind of database."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, open_database


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    shutil.copy(sqlite_template, tmp_path / "town.db")
    opened = open_database(f"sqlite:///{tmp_path / 'town.db'}")
    yield opened
    await opened.close()
