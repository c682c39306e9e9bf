"""What every room's tests share: a migrated database of each kind, thrown away after the test."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

import templates
from storage import audit
from storage import database as databases
from storage.database import Database, open_database
from storage.schema_version import upgrade
from tests import compiled
from tests.shelf import Shelf

POSTGRES = os.environ.get("TILTAKSVAKT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
# How long an example takes says something of the machine, and nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# httpcore looks for it at every request, and not to find it takes a third of the request's time.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
KINDS = ("sqlite", "postgresql")
QUERIES = "tests/storage/"
# Each takes long for every case there is: outside CI the first stands for all.
LONG = (
    "tests/bot/test_restarts.py::test_a_restart_at_every_step_changes_nothing",
    "tests/benchmarks/test_benchmarks.py::test_a_benchmark_runs_to_its_end",
    "tests/report/test_formats.py::test_a_thousand_measures_all_stand_in_the_document",
    "tests/transcripts/test_transcripts.py::test_the_usual_conversations_read_as_they_are_written_down",
)
LOGGED = {name for name in templates.words.names() if name.startswith("log")}
# Kept for whoever has to look closer, and of no interest to an admin: digests, sizes, the numbers of rows and codes.
UNSAID = {"sha256", "digest", "size", "inbox_id", "reply_id", "undecided", "value", "position"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Hold all but the queries on SQLite alone and nothing in a browser, but for CI, which holds everything, on both.

    What the databases do differently is in the queries, and those are held on both everywhere.
    """
    if os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="held in CI; CI=1 make test runs it in Chromium or Chrome"))
    left_out = [item for item in items if _database_of(item) == "postgresql" and not item.nodeid.startswith(QUERIES)]
    for test in LONG:
        left_out += [item for item in items if item.nodeid.startswith(test)][1:]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _database_of(item: pytest.Item) -> object:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database_url") if callspec else None


@pytest.fixture(scope="session", autouse=True)
def _compile_once() -> Iterator[None]:
    """Compiling a statement takes longer than running it, and every engine would compile them all anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "create_async_engine", compiled.make_engine)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file; every test gets a copy, since migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_shelf() -> Iterator[Shelf]:
    """Migrated PostgreSQL databases of this worker. Without a server: a skip, and a failure in CI."""
    try:
        shelf = Shelf(POSTGRES, migrate)
    except psycopg.OperationalError as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs PostgreSQL (TILTAKSVAKT_TEST_POSTGRES): {error}")
        pytest.skip("no PostgreSQL to test on; set TILTAKSVAKT_TEST_POSTGRES to the URL of one")
    yield shelf
    shelf.clear()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database; a test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    shelf: Shelf = request.getfixturevalue("postgres_shelf")
    name = shelf.take()
    yield shelf.url_of(name)
    shelf.put_back(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database of each kind."""
    opened = open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture(autouse=True)
def _log_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test makes the log record has words in /logg: an action, a subject or a field without them fails."""
    recorded = audit.record

    def record(session: Any, actor: Any, at: Any, action: str, subject: str, *rest: Any, **values: Any) -> None:
        fields = {field for side in ("before", "after") for field in values.get(side) or {}}
        names = {f"log.{action}", f"log_subject.{subject}", *(f"log_field.{field}" for field in fields - UNSAID)}
        assert names <= LOGGED, f"no words for {sorted(names - LOGGED)} in templates/words/log*.j2"
        recorded(session, actor, at, action, subject, *rest, **values)

    monkeypatch.setattr(audit, "record", record)


async def migrate(url: str) -> None:
    """Bring a database to the newest version of the schema."""
    database = open_database(url)
    await upgrade(database)
    compiled.share(database.engine)
    await database.close()


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite database of one's own, for what does not depend on the kind of database."""
    shutil.copy(sqlite_template, tmp_path / "town.db")
    opened = open_database(f"sqlite:///{tmp_path / 'town.db'}")
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium or Chrome, which CI must have; elsewhere nothing asks for it."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("no chromium, chromium-browser or google-chrome is installed")
