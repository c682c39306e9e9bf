"""What people do in a town under test, and what there is to see afterwards."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import QueuePool, text
from sqlmodel import SQLModel, select

from emulator import Person
from emulator.chats import Seen
from emulator.people import CallbackAnswer
from storage import audit, invitations, units
from storage.database import Database
from storage.people import Role
from storage.tables import Measure
from tests.town import Town, town

ROUND_OPENS = datetime(2021, 3, 15, 8, 0, tzinfo=UTC)
TRAFFIC = {"inbox", "state"}
MEMBERS = (
    (Role.ADMIN, "Testperson Admin", None),
    (Role.OFFICE, "Testperson Kontor", None),
    (Role.LEADER, "Testperson NAV", "NAV"),
    (Role.LEADER, "Testperson SLT", "SLT-koordinator"),
)


@dataclass
class Cast:
    """A town with the plan of Vefsn, one of each role, and two leaders: NAV (1.6) and SLT-koordinator (1.5, 1.7)."""

    town: Town
    admin: Person
    office: Person
    nav: Person
    slt: Person


@asynccontextmanager
async def cast(database: Database, at: datetime | None = None, language: str = "nb") -> AsyncIterator[Cast]:
    """A town everybody has joined. The first of its kind in a process is kept, and those after it begin as it was.

    Reading the plan and letting everybody in takes longer than most tests do after it.
    """
    kept = Path(_kept.name) / f"{language} {at or ''}"
    is_new = _is_new(database)
    if is_new and kept.exists():
        shutil.copy(kept / "town.db", str(database.engine.url.database))
        async with town(database, at, language, kept) as place:
            await place.settle()  # a service that starts looks how long nobody ran
            yield Cast(place, *place.server.people)
        return
    async with town(database, at, language) as place:
        await place.import_plan()
        people = await _joined(place)
        if is_new:
            _keep(place, kept)
        yield Cast(place, *people)


_kept = TemporaryDirectory(prefix="casts-")


def _is_new(database: Database) -> bool:
    """Whether nobody has used it yet, so that another file can take its place."""
    pool = database.engine.pool
    return isinstance(pool, QueuePool) and database.dialect == "sqlite" and pool.checkedin() + pool.checkedout() == 0


def _keep(place: Town, folder: Path) -> None:
    place.server.save(folder)
    file = str(place.database.engine.url.database)
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(folder / "town.db")) as kept:
        now.backup(kept)


async def _joined(place: Town) -> list[Person]:
    """Everybody comes in by their link, in one go."""
    people = []
    async with place.database.write() as session:
        for role, name, unit_name in MEMBERS:
            unit = await units.by_name(session, unit_name) if unit_name else None
            issued = await invitations.issue(
                session,
                role=role,
                name=name,
                unit_id=unit.id if unit else None,
                created_by=None,
                actor=audit.COMMAND_LINE,
                at=place.clock.now(),
            )
            people.append((place.stranger(), issued.token))
    for person, token in people:
        await person.start(token)
    await place.settle()
    return [person for person, _token in people]


async def say(place: Town, person: Person, words: str) -> Seen:
    """Send a message and see what the bot says last."""
    await person.send(words)
    await place.settle()
    return person.last


async def press(
    place: Town, person: Person, label: str | None = None, *, data: str | None = None, message: Seen | None = None
) -> CallbackAnswer:
    """Press a button and get the notice that ends the press."""
    pressing = asyncio.create_task(person.press(label, data=data, message=message))
    await asyncio.sleep(0)
    await place.settle()
    answer = await pressing
    assert answer is not None, f"the press of {label or data} was not answered\n{person.transcript()}"
    return answer


def labels(message: Seen) -> list[str]:
    """The buttons under a message."""
    return [button.text for row in message.buttons for button in row]


def data_of(message: Seen, label: str) -> str:
    """What a button under a message sends."""
    return next(button.data for row in message.buttons for button in row if button.text == label and button.data)


async def measure_id(database: Database, ref: str) -> int:
    async with database.read() as session:
        found = (await session.exec(select(Measure.id).where(Measure.ref == ref))).one()
        assert found is not None
        return found


async def dump(database: Database, without: set[str] = TRAFFIC) -> dict[str, list[str]]:
    """Every row of every table, as text; by default without what comes in."""
    names = sorted(set(SQLModel.metadata.tables) - without)
    statements = {name: f'SELECT * FROM "{name}"' for name in names}
    if database.engine.dialect.name == "sqlite":
        # Asked thousands of times: a connection of its own is many times faster than one that hops between threads.
        with closing(sqlite3.connect(database.engine.url.database or "")) as connection:
            return {name: _texts(connection.execute(statement)) for name, statement in statements.items()}
    async with database.read() as session:
        on = await session.connection()
        return {name: _texts(await on.execute(text(statement))) for name, statement in statements.items()}


def _texts(rows: Iterable[Sequence[object]]) -> list[str]:
    return sorted(json.dumps([str(value) for value in row], ensure_ascii=False) for row in rows)


async def everything(database: Database) -> str:
    """All that is stored, in one text to look for something in."""
    return json.dumps(await dump(database, set()), ensure_ascii=False)


async def count(database: Database, table: str, where: str = "1 = 1") -> int:
    async with database.read() as session:
        connection = await session.connection()
        rows = await connection.execute(text(f'SELECT count(*) FROM "{table}" WHERE {where}'))
        found = rows.scalar_one()
        assert isinstance(found, int)
        return found


async def values(database: Database, statement: str) -> list[tuple[object, ...]]:
    async with database.read() as session:
        connection = await session.connection()
        return [tuple(row) for row in await connection.execute(text(statement))]
