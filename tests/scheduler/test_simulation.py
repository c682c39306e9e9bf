"""Generated municipalities live through a year: nothing of what never may happen does."""

import asyncio
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from storage.database import open_database
from tests.scheduler.desk import Desk
from tests.scheduler.never import NEVER, History, Never
from tests.scheduler.years import Town, Year, towns

YEARS = int(os.environ.get("TILTAKSVAKT_TEST_YEARS", "25" if os.environ.get("CI") else "4"))


async def _live(town: Town, file: Path) -> History:
    database = open_database(f"sqlite:///{file}", alone=True)
    try:
        return await Year(town, Desk(database), file.with_suffix(".copy")).live()
    finally:
        await database.close()


@settings(
    max_examples=YEARS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # A year takes a second or two: the town that failed is shown as it is, not searched for a smaller one.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(town=towns())
def test_in_a_year_of_any_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, town: Town) -> None:
    folder = tmp_path_factory.mktemp("year")
    shutil.copy(sqlite_template, folder / "year.db")
    history = asyncio.run(_live(town, folder / "year.db"))
    shutil.rmtree(folder)
    assert {name: found for name in NEVER if (found := getattr(Never, name)(history))} == {}
