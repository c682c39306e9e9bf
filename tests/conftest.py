"""What every room's tests share: a migrated database of each kind, thrown away after the test."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from storage.database import Database, open_database
from storage.schema_version import upgrade

POSTGRES = os.environ.get("TILTAKSVAKT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file; every test gets a copy, since migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated PostgreSQL database to copy. Without a server: a skip, and a failure in CI."""
    name = f"tiltaksvakt_template_{uuid4().hex[:8]}"
    try:
        _administer(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs PostgreSQL (TILTAKSVAKT_TEST_POSTGRES): {error}")
        pytest.skip("no PostgreSQL to test on; set TILTAKSVAKT_TEST_POSTGRES to the URL of one")
    asyncio.run(_migrate(_url_of(name)))
    yield name
    _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database; a test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    template = request.getfixturevalue("postgres_template")
    name = f"tiltaksvakt_test_{uuid4().hex[:8]}"
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _url_of(name)
    _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database of each kind."""
    opened = open_database(database_url)
    yield opened
    await opened.close()


async def _migrate(url: str) -> None:
    database = open_database(url)
    await upgrade(database)
    await database.close()


def _administer(statement: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())


def _url_of(name: str) -> str:
    return f"{POSTGRES.rsplit('/', 1)[0]}/{name}"
