"""A place of one's own: no settings from outside, an empty working directory."""

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("TILTAKSVAKT_") and name != "TILTAKSVAKT_TEST_POSTGRES":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
