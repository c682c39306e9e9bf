"""Bringing a database to the schema this version of the program knows."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import WRITES, Database, DatabaseRefused, explain

HEAD = "0024"
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_483_114


async def upgrade(database: Database) -> bool:
    """Migrate to `HEAD`; True if anything was done.

    One short query when there is nothing to do: Alembic is only imported when it is needed. Raises
    `DatabaseRefused` when the database cannot be opened or was made by a newer version of the program.
    """
    try:
        async with database.engine.connect() as connection:
            current = await connection.run_sync(_current)
        if current == HEAD:
            return False
        async with database.engine.connect() as connection:
            writing = await connection.execution_options(**{WRITES: True})
            did = await writing.run_sync(_migrate)
            await writing.commit()
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise explain(error) from error
    return did


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> bool:
    """Migrate in a writing transaction, of which there is one at a time; whether another has not done it meanwhile."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
    current = _current(connection)
    if current == HEAD:
        return False
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseRefused("newer_schema", found=current)
    command.upgrade(config, HEAD)
    return True
