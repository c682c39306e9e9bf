"""What several tests of the report need."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium or Chrome. CI must have one; elsewhere its tests are skipped."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    reason = "no chromium, chromium-browser or google-chrome is installed"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
