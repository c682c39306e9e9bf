"""The databases tests are lent: empty each time, and none with a schema somebody changed."""

import psycopg

from tests.shelf import Shelf

WRITE = """
INSERT INTO audit_log (at, actor, action, subject, subject_id)
VALUES (now(), 'scheduler', 'test', 'plan', 1) RETURNING id
"""


def test_a_database_comes_back_empty_and_counts_from_one_again(postgres_shelf: Shelf) -> None:
    for _ in range(2):
        name = postgres_shelf.take()
        with psycopg.connect(postgres_shelf.url_of(name)) as connection:
            assert connection.execute(WRITE).fetchone() == (1,)
        postgres_shelf.put_back(name)
    assert name in postgres_shelf.ready


def test_a_connection_that_was_left_open_does_not_keep_a_database_from_being_emptied(postgres_shelf: Shelf) -> None:
    name = postgres_shelf.take()
    left_open = psycopg.connect(postgres_shelf.url_of(name))
    left_open.execute(WRITE)
    postgres_shelf.put_back(name)
    assert name in postgres_shelf.ready
    left_open.close()


def test_a_database_whose_schema_was_changed_is_not_lent_again(postgres_shelf: Shelf) -> None:
    name = postgres_shelf.take()
    with psycopg.connect(postgres_shelf.url_of(name)) as connection:
        connection.execute("CREATE TABLE odd (id integer)")
    postgres_shelf.put_back(name)
    assert name not in postgres_shelf.ready
