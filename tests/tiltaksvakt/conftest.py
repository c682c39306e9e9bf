"""A place of one's own: no settings from outside, an empty working directory, a terminal of a known width."""

import os
import shutil
from pathlib import Path

import pytest

from tests.tiltaksvakt.command_line import CommandLine


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("TILTAKSVAKT_") and name != "TILTAKSVAKT_TEST_POSTGRES":
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], sqlite_template: Path, tmp_path: Path) -> CommandLine:
    """The command line, on a SQLite file of its own."""
    (tmp_path / "data").mkdir()
    shutil.copy(sqlite_template, tmp_path / "data" / "tiltaksvakt.db")
    return CommandLine(capsys)


@pytest.fixture
def cli_on_both(cli: CommandLine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line, on a database of each kind."""
    monkeypatch.setenv("TILTAKSVAKT_DATABASE_URL", database_url)
    return cli
