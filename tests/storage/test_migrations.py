"""The migrations make the tables of the models, once, and nothing else."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  # registers the tables
from storage.database import WRITES, Database, DatabaseRefused, open_database
from storage.schema_version import HEAD, MIGRATIONS, upgrade


@pytest.fixture
async def unmigrated(database: Database) -> Database:
    """A database of each kind in which nothing has been made yet."""
    await _on(database, lambda connection: command.downgrade(_alembic(connection), "base"))
    return database


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def _on(database: Database, work: Callable[[Connection], Any]) -> Any:
    async with database.engine.connect() as connection:
        writing = await connection.execution_options(**{WRITES: True})
        result = await writing.run_sync(work)
        await writing.commit()
    return result


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, SQLModel.metadata))


def _checks(connection: Connection) -> dict[str, str]:
    """Every check by its name; PostgreSQL writes the rules in its own way, so that only SQLite can compare them."""
    looking = inspect(connection)
    found = [check for table in _tables(connection) for check in looking.get_check_constraints(table)]
    return {str(check["name"]): _rule(connection, check["sqltext"]) for check in found}


def _rule(connection: Connection, rule: str) -> str:
    return " ".join(rule.split()) if connection.dialect.name == "sqlite" else ""


def _checks_of_models(connection: Connection) -> dict[str, str]:
    constraints = [constraint for table in SQLModel.metadata.sorted_tables for constraint in table.constraints]
    return {
        str(check.name): _rule(connection, str(check.sqltext))
        for check in constraints
        if isinstance(check, CheckConstraint)
    }


async def test_the_migrated_tables_are_those_of_the_models(database: Database) -> None:
    assert await _on(database, _differences) == []


async def test_the_migrated_tables_have_every_check_of_the_models(database: Database) -> None:
    # Alembic does not compare checks.
    assert await _on(database, _checks) == await _on(database, _checks_of_models)


async def test_a_downgrade_leaves_nothing_and_an_upgrade_makes_everything_again(unmigrated: Database) -> None:
    assert await _on(unmigrated, _tables) == set()
    assert await upgrade(unmigrated)
    assert await _on(unmigrated, _differences) == []


async def test_a_downgrade_leaves_no_function_and_no_trigger(unmigrated: Database) -> None:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    }[unmigrated.dialect]
    assert await _on(unmigrated, lambda connection: connection.execute(text(catalogue)).all()) == []


async def test_a_database_that_is_up_to_date_is_left_alone(database: Database) -> None:
    assert not await upgrade(database)


async def test_two_processes_that_start_at_once_migrate_once(unmigrated: Database) -> None:
    second = open_database(unmigrated.engine.url.render_as_string(hide_password=False))
    did = await asyncio.gather(upgrade(unmigrated), upgrade(second))
    await second.close()
    assert sorted(did) == [False, True]
    assert await _on(unmigrated, _differences) == []


async def test_a_migration_that_fails_half_way_leaves_nothing(unmigrated: Database) -> None:
    await _on(unmigrated, lambda connection: connection.execute(text("CREATE TABLE membership (id INTEGER)")))
    with pytest.raises(DatabaseRefused):
        await upgrade(unmigrated)
    assert await _on(unmigrated, _tables) == {"membership"}


async def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    await _on(database, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(DatabaseRefused) as refused:
        await upgrade(database)
    assert (refused.value.code, refused.value.data) == ("newer_schema", {"found": "9999"})


def _heads() -> Iterator[str]:
    yield from ScriptDirectory(str(MIGRATIONS)).get_heads()


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    assert list(_heads()) == [HEAD]
