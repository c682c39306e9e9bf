"""Finding what is due among a hundred times as many measures.

Both databases hold one plan, and every measure has one due date that can still fall due; on the day that is asked
about, the same number of them is due in each. `find_due` is the search alone; the whole tick also puts the questions
and is rolled back. Rows are written directly, since only their number matters.
"""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import date, timedelta

import psycopg
from sqlalchemy.engine import URL

from benchmarks.databases import KINDS, fresh, is_there
from benchmarks.municipality import HOURS, at_ten, founded
from benchmarks.pairs import Pairs, in_turn, milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.table import Line, at_most, skipped
from scheduler.tick import tick
from scheduler.work import find_due
from storage.database import Database

GOAL = at_most(2)
TODAY = date(2021, 2, 1)
LEAD = timedelta(days=60)
UNITS = 20
SERIES = {
    "sqlite": "(WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < {count} - 1) "
    "SELECT n FROM series)",
    "postgresql": "generate_series(0, {count} - 1) AS series(n)",
}
MEASURES = """
    INSERT INTO measure (plan_id, position, ref, ref_is_ours, title, owner_id, deadline, due_on, funding)
    SELECT 1, n, '1.' || n, {false}, 'Tiltak nummer ' || n, 1 + n % {units}, '{{"text": "", "kind": "date"}}',
        date('{later}'), 'unknown'
    FROM {series}
"""
# What is due lies spread over the whole table.
OCCURRENCES = """
    INSERT INTO occurrence (measure_id, due_on, next_on)
    SELECT id, date('{later}'), date(CASE WHEN position % {each} = 0 THEN '{today}' ELSE '{later}' END)
    FROM measure
"""


async def run(scale: Scale) -> AsyncIterator[Line]:
    """Two lines for each kind of database."""
    few, many = scale.due_among
    for kind in scale.kinds:
        name = KINDS[kind]
        what = f"{scale.due} due among {many:,}, against {few:,} ({name})"
        if not is_there(kind):
            yield skipped(f"find {what}", "no server")
            continue
        async with fresh(kind) as small, fresh(kind) as big:
            await _fill(small, few, scale.due)
            await _fill(big, many, scale.due)
            yield (await _compare(scale, _find, big, small)).line(f"find {what}", milliseconds, GOAL)
            yield (await _compare(scale, _tick, big, small)).line(f"tick, {what}", milliseconds, GOAL)


async def _compare(
    scale: Scale, work: Callable[[Database, int], Awaitable[None]], big: Database, small: Database
) -> Pairs:
    async def taken(database: Database) -> float:
        return await seconds(lambda: work(database, scale.due))

    for database in (small, big):
        await taken(database)
    return await in_turn(scale.searches, lambda: taken(big), lambda: taken(small))


async def _find(database: Database, expected: int) -> None:
    async with database.rehearse() as session:
        due = await find_due(session, TODAY)
    assert sum(len(of_plan.occurrences) for of_plan in due) == expected, "all that is due is found"


async def _tick(database: Database, expected: int) -> None:
    async with database.rehearse() as session:
        notices = await tick(session, at_ten(TODAY), HOURS)
    assert len({notice.measure_id for notice in notices}) == expected, "all that is due is taken up"


async def _fill(database: Database, count: int, due: int) -> None:
    """Write the measures and their due dates, of which so many are due."""
    await founded(database, UNITS, 0)
    await database.close()
    words = {
        "series": SERIES[database.dialect].format(count=count),
        "false": "0" if database.dialect == "sqlite" else "false",
        "units": UNITS,
        "today": TODAY,
        "later": TODAY + LEAD,
        "each": count // due,
    }
    statements = [MEASURES.format(**words), OCCURRENCES.format(**words)]
    if database.dialect == "sqlite":
        _fill_sqlite(database.engine.url, statements)
    else:
        _fill_postgres(database.engine.url, statements)


def _fill_sqlite(url: URL, statements: list[str]) -> None:
    with closing(sqlite3.connect(url.database or "", isolation_level=None)) as connection:
        # A log of half a gigabyte would be written beside the file: what breaks here is thrown away whole.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        for statement in ["BEGIN", *statements, "COMMIT"]:
            connection.execute(statement)
        connection.execute("PRAGMA journal_mode=WAL")


def _fill_postgres(url: URL, statements: list[str]) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        # The keys are right by construction; checking each takes longer than all the rest.
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())
        connection.execute("VACUUM ANALYZE")
