"""A backup is the whole database, of either kind, and can be put into either; what is no backup is refused."""

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import StaticPool, create_engine, text
from sqlalchemy import select as select_core
from sqlmodel import SQLModel, select

from storage import audit, backup, copies
from storage.backup import ABOUT, CONTENT, BackupRefused
from storage.database import Database, open_database
from storage.ids import id_of
from storage.schema_version import MIGRATIONS
from storage.tables import Attachment, AttachmentContent, Plan, Unit
from tests.storage.rows import AT, add_measure, add_person, add_plan, add_unit

SOON = datetime(2021, 3, 2, 2, 0, tzinfo=UTC)


async def _all_rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with database.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, await connection.execute(select_core(table))), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }


async def _town(database: Database) -> None:
    """Rows that name each other, one that names a later one, a file, and a line in the log."""
    async with database.write() as session:
        first = await add_unit(session, "NAV")
        above = await add_unit(session, "Rådmannen")
        first.superior_id = above.id
        person = await add_person(session, 1001, first, is_admin=True)
        measure = await add_measure(session, await add_plan(session), owner=first, phrase="1.5.2021")
        row = Attachment(
            person_id=id_of(person),
            measure_id=measure.id,
            inbox_id=1,
            name="bilde.jpg",
            media_type="image/jpeg",
            size=3,
            digest="0" * 64,
            at=AT,
        )
        session.add(row)
        await session.flush()
        session.add(AttachmentContent(attachment_id=id_of(row), content=b"\x00\xff\x01"))
        audit.record(session, audit.COMMAND_LINE, AT, "added", "unit", 1, after={"name": "NAV"})


async def test_what_is_put_back_is_all_there_was(database: Database, tmp_path: Path) -> None:
    await _town(database)
    before = await _all_rows(database)
    made = await backup.write(database, tmp_path / "copy.zip", SOON)
    async with database.write() as session:
        await add_unit(session, "Ny enhet")
        (await session.get_one(Plan, 1)).title = "En annen plan"
    found = await backup.unpacked(tmp_path / "copy.zip", tmp_path / "content.db")
    await copies.put_back(tmp_path / "content.db", database)
    assert found == made
    assert found.made_at == SOON
    assert found.rows["unit"] == 2
    assert await _all_rows(database) == before


async def test_what_is_put_back_goes_on_with_numbers_of_its_own_and_the_log_only_grows(
    database: Database, tmp_path: Path
) -> None:
    await _town(database)
    await copies.copy_out(database, tmp_path / "copy.db")
    await copies.put_back(tmp_path / "copy.db", database)
    async with database.write() as session:
        assert (await add_unit(session, "Tredje")).id == 3
        audit.record(session, audit.COMMAND_LINE, AT, "added", "unit", 3, after={"name": "Tredje"})
    with pytest.raises(Exception, match="append-only"):
        async with database.write() as session:
            await session.exec(text("DELETE FROM audit_log"))  # type: ignore[call-overload]


async def test_a_backup_of_one_kind_of_database_can_be_put_into_the_other(
    database: Database, sqlite: Database, tmp_path: Path
) -> None:
    await _town(database)
    await copies.copy_out(database, tmp_path / "there.db")
    await copies.put_back(tmp_path / "there.db", sqlite)
    assert await _all_rows(sqlite) == await _all_rows(database)
    async with sqlite.write() as session:
        await add_unit(session, "Ny enhet")
    await copies.copy_out(sqlite, tmp_path / "back.db")
    await copies.put_back(tmp_path / "back.db", database)
    assert await _all_rows(database) == await _all_rows(sqlite)


async def test_a_copy_is_put_back_while_another_has_the_database_open(database: Database, tmp_path: Path) -> None:
    await _town(database)
    await copies.copy_out(database, tmp_path / "copy.db")
    other = open_database(database.engine.url.render_as_string(hide_password=False))
    try:
        async with other.write() as session:
            await add_unit(session, "Ny enhet")
        await copies.put_back(tmp_path / "copy.db", database)
        async with other.read() as session:
            assert sorted([unit.name for unit in await session.exec(select(Unit))]) == ["NAV", "Rådmannen"]
    finally:
        await other.close()


async def test_a_copy_leaves_out_what_has_been_erased(sqlite: Database, tmp_path: Path) -> None:
    async with sqlite.write() as session:
        plan = await add_plan(session)
        plan.title = "ET NAVN SOM SKAL BORT" * 200
    async with sqlite.write() as session:
        await session.delete(await session.get_one(Plan, 1))
    await copies.copy_out(sqlite, tmp_path / "copy.db")
    assert b"ET NAVN SOM SKAL BORT" not in (tmp_path / "copy.db").read_bytes()


async def test_a_backup_is_for_its_owner_alone_and_takes_the_place_of_the_last(
    sqlite: Database, tmp_path: Path
) -> None:
    file = tmp_path / "backup" / "copy.zip"
    for _ in range(2):
        await backup.write(sqlite, file, SOON)
    assert os.stat(file).st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["copy.zip"]


async def test_what_is_no_backup_is_not_written_over(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("tittel: Plan")
    with pytest.raises(BackupRefused) as refused:
        await backup.write(sqlite, tmp_path / "plan.yaml", SOON)
    assert refused.value.code == "not_a_backup"
    assert (tmp_path / "plan.yaml").read_text() == "tittel: Plan"


async def _refused(file: Path, tmp_path: Path) -> str:
    with pytest.raises(BackupRefused) as refused:
        await backup.unpacked(file, tmp_path / "content.db")
    return refused.value.code


async def test_what_cannot_be_trusted_is_refused_for_what_is_wrong_with_it(sqlite: Database, tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    await backup.write(sqlite, good, SOON)
    with zipfile.ZipFile(good) as archive:
        about, content = json.loads(archive.read(ABOUT)), archive.read(CONTENT)

    def made(name: str, about: object, content: bytes | None) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(ABOUT, json.dumps(about))
            if content is not None:
                archive.writestr(CONTENT, content)
        return tmp_path / name

    changed = content[:-100] + b"x" * 100
    (tmp_path / "half.zip").write_bytes(good.read_bytes()[:500])
    (tmp_path / "empty.zip").touch()
    assert {
        "changed": await _refused(made("changed.zip", about, changed), tmp_path),
        "without": await _refused(made("without.zip", about, None), tmp_path),
        "no day": await _refused(made("day.zip", about | {"made_at": "i går"}, content), tmp_path),
        "newer form": await _refused(made("form.zip", about | {"format": 2}, content), tmp_path),
        "half": await _refused(tmp_path / "half.zip", tmp_path),
        "empty": await _refused(tmp_path / "empty.zip", tmp_path),
        "no list": await _refused(made("list.zip", [], content), tmp_path),
        "not there": await _refused(tmp_path / "nowhere.zip", tmp_path),
        "a folder": await _refused(tmp_path, tmp_path),
    } == {
        "changed": "damaged",
        "without": "damaged",
        "no day": "not_a_backup",
        "newer form": "newer",
        "half": "not_a_backup",
        "empty": "not_a_backup",
        "no list": "not_a_backup",
        "not there": "cannot_read",
        "a folder": "cannot_read",
    }


def _of_schema(file: Path, made: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """A backup whose database has been changed, and that says so."""
    with zipfile.ZipFile(file) as archive:
        about = json.loads(archive.read(ABOUT))
        archive.extract(CONTENT, made.parent)
    content = made.parent / CONTENT
    with closing(sqlite3.connect(content)) as connection:
        change(connection)
        connection.commit()
    about["sha256"] = hashlib.sha256(content.read_bytes()).hexdigest()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(ABOUT, json.dumps(about))
        archive.write(content, CONTENT)
    return made


async def test_a_backup_of_a_newer_schema_is_refused(sqlite: Database, tmp_path: Path) -> None:
    await backup.write(sqlite, tmp_path / "good.zip", SOON)

    def newer(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    made = _of_schema(tmp_path / "good.zip", tmp_path / "newer.zip", newer)
    assert await _refused(made, tmp_path) == "newer"


async def test_a_backup_of_an_earlier_schema_is_brought_up_to_date(sqlite: Database, tmp_path: Path) -> None:
    await _town(sqlite)
    before = await _all_rows(sqlite)
    await backup.write(sqlite, tmp_path / "good.zip", SOON)

    def earlier(connection: sqlite3.Connection) -> None:
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        with engine.connect() as opened:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = opened
            command.downgrade(config, "-1")
            opened.commit()

    made = _of_schema(tmp_path / "good.zip", tmp_path / "earlier.zip", earlier)
    await backup.unpacked(made, tmp_path / "content.db")
    await copies.put_back(tmp_path / "content.db", sqlite)
    assert await _all_rows(sqlite) == before
