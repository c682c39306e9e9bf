"""PostgreSQL databases to test on: made once, and emptied between the tests, since making one takes half a second."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import uuid4

import psycopg

# As a replica the server fires no triggers: neither foreign keys nor the log that can only grow stand in the way.
EMPTY = """
SET session_replication_role = replica;
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', found.tablename);
    END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(quote_ident(found.sequencename)::regclass, 1, false);
    END LOOP;
END $$;
"""
END_CONNECTIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SCHEMA = """
SELECT (SELECT string_agg(version_num, ',') FROM alembic_version),
    (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
"""


class Shelf:
    """The databases of one worker. One that comes back with another schema than it left with is thrown away.

    Raises `psycopg.OperationalError` where no server answers.
    """

    def __init__(self, server: str, migrate: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        self.server = server
        self.migrate = migrate
        self.ready: list[str] = []
        self.schema: tuple[object, ...] | None = None
        self.ready.append(self._make())

    def take(self) -> str:
        """The name of a migrated, empty database."""
        return self.ready.pop() if self.ready else self._make()

    def put_back(self, name: str) -> None:
        """Empty a database for the next test; connections that were left open are ended."""
        with psycopg.connect(self.url_of(name), autocommit=True) as connection:
            connection.execute(END_CONNECTIONS)
            is_as_it_was = self._schema_of(connection) == self.schema
            if is_as_it_was:
                connection.execute(EMPTY)
        if is_as_it_was:
            self.ready.append(name)
        else:
            self._drop(name)

    def clear(self) -> None:
        """Leave nothing on the server."""
        while self.ready:
            self._drop(self.ready.pop())

    def url_of(self, name: str) -> str:
        """The URL of one of the databases."""
        return f"{self.server.rsplit('/', 1)[0]}/{name}"

    def _make(self) -> str:
        name = f"tiltaksvakt_test_{uuid4().hex[:8]}"
        with psycopg.connect(self.server, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
            # Tests end processes, never the server: waiting for its disk would prove nothing.
            connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off'.encode())
        asyncio.run(self.migrate(self.url_of(name)))
        with psycopg.connect(self.url_of(name), autocommit=True) as connection:
            self.schema = self._schema_of(connection)
        return name

    def _drop(self, name: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    @staticmethod
    def _schema_of(connection: psycopg.Connection) -> tuple[object, ...] | None:
        try:
            return connection.execute(SCHEMA).fetchone()
        except psycopg.errors.UndefinedTable:
            return None
