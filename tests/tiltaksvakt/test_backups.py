"""`backup` and `restore` at the command line: what they say, refuse, keep and leave behind."""

import asyncio
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.intake import HEARD
from scheduler import outage
from scheduler.planning import plan_ahead
from scheduler.tick import tick
from storage import outages, outbox, state
from storage.database import Database, open_database
from storage.ids import id_of
from storage.tables import OutboxRow
from tests.storage.rows import add_measure, add_person, add_plan, add_unit
from tests.tiltaksvakt.command_line import CommandLine
from tests.town import HOURS

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


def _in_database(url: str, work: Any) -> Any:
    async def do() -> Any:
        database = open_database(url)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(do())


async def _town(database: Database) -> None:
    """NAV is asked about one measure; a notice waits, and another is being sent."""
    async with database.write() as session:
        unit = await add_unit(session, "NAV")
        person_id = id_of(await add_person(session, 1001, unit))
        await add_person(session, 1002, await add_unit(session, "Skolen"))
        plan = await add_plan(session, period=(2026, 2027))
        await add_measure(session, plan, "1", unit, "2.3.2026")
        await plan_ahead(session, plan, date(2026, 1, 5), HOURS.calendar)
        assert await tick(session, OPENED, HOURS)
        await outbox.write_notice(session, person_id, "plan_stopped:1", {"plan": "Plan", "setting": None}, NIGHT, HOURS)
        claimed = await outbox.claim(session, OPENED, HOURS)
        assert claimed is not None


async def _messages(database: Database) -> list[OutboxRow]:
    async with database.read() as session:
        return list(await session.exec(select(OutboxRow)))


def test_a_backup_is_written_and_nothing_in_use_is_written_over_without_a_yes(
    cli_on_both: CommandLine, database_url: str, tmp_path: Path
) -> None:
    _in_database(database_url, _town)
    ran = cli_on_both("backup", "copy.zip")
    assert (ran.code, ran.err) == (0, "")
    assert "én plan, ett tiltak, 2 enheter, 2 personer, 0 statusmeldinger" in ran.out
    assert sorted(zipfile.ZipFile(tmp_path / "copy.zip").namelist()) == ["backup.json", "tiltaksvakt.db"]
    cli_on_both("unit", "set", "Barnehagen")
    refused = cli_on_both("restore", "copy.zip")
    assert "Databasen er i bruk: én plan, ett tiltak, 3 enheter" in refused.sentence
    assert "--yes" in refused.sentence
    assert "Barnehagen" in cli_on_both("unit", "list").out


def test_what_is_replaced_is_kept(cli_on_both: CommandLine, database_url: str, tmp_path: Path) -> None:
    _in_database(database_url, _town)
    cli_on_both("backup", "copy.zip")
    cli_on_both("unit", "set", "Barnehagen")
    ran = cli_on_both("restore", "copy.zip", "--yes")
    assert (ran.code, ran.err) == (1, "")
    assert "Svar og endringer etter" in ran.out
    assert "Barnehagen" not in cli_on_both("unit", "list").out
    (kept,) = (tmp_path / "data" / "backup").iterdir()
    assert str(kept.relative_to(tmp_path)) in ran.out
    assert cli_on_both("restore", kept, "--yes").code == 1
    assert "Barnehagen" in cli_on_both("unit", "list").out


def test_an_empty_database_is_filled_without_more_ado(cli: CommandLine, tmp_path: Path) -> None:
    _in_database(f"sqlite:///{tmp_path}/data/tiltaksvakt.db", _town)
    assert cli("backup", "copy.zip").code == 0
    (tmp_path / "data" / "tiltaksvakt.db").unlink()
    assert cli("restore", "copy.zip").code == 1
    assert "NAV" in cli("unit", "list").out
    assert not (tmp_path / "data" / "backup").exists()


def test_without_a_name_a_backup_has_the_moment_in_its_name(cli: CommandLine, tmp_path: Path) -> None:
    assert cli("backup").code == 0
    (made,) = (tmp_path / "data" / "backup").iterdir()
    assert made.name.startswith("tiltaksvakt-20")


def test_what_cannot_be_written_or_is_no_backup_is_refused_in_a_sentence(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("tittel: Plan")
    assert "plan.yaml er ikke en sikkerhetskopi" in cli("backup", "plan.yaml").sentence
    assert "plan.yaml er ikke en sikkerhetskopi" in cli("restore", "plan.yaml").sentence
    assert "kan ikke skrives" in cli("backup", "plan.yaml/copy.zip").sentence
    assert "kan ikke leses" in cli("restore", "nowhere.zip").sentence


def test_after_a_restore_whoever_is_asked_gets_one_message_and_what_waits_says_that_it_may_have_come(
    cli_on_both: CommandLine, database_url: str
) -> None:
    _in_database(database_url, _town)
    cli_on_both("backup", "copy.zip")
    assert cli_on_both("restore", "copy.zip", "--yes").code == 1
    messages = _in_database(database_url, _messages)
    assert {row.state for row in messages} == {"waiting"}
    assert {row.person_id for row in messages} == {1}, "nobody asks the school anything"
    assert [(row.kind, row.resent) for row in messages if row.kind != "daily"] == [("plan_stopped:1", True)]
    assert all(row.claimed_at is None for row in messages)

    async def known(database: Database) -> tuple[Any, Any, Any]:
        async with database.read() as session:
            return (
                (await outages.recent(session))[-1],
                await state.get(session, HEARD),
                await state.get(session, outage.RUNNING),
            )

    found, heard, running = _in_database(database_url, known)
    assert found.why == "restored"
    assert found.since < found.until
    assert heard == running == {"at": found.until.isoformat()}
