"""The commands that ask the bot's server who it is: `invite`, `init` and `doctor`, over HTTP."""

import asyncio
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from emulator import BotApiServer
from tests.report.logos import SVG
from tests.tiltaksvakt.command_line import VEFSN, CommandLine
from tiltaksvakt.settings import Settings

TOKEN = "123456:TEST"


@contextmanager
def bot_api_server() -> Iterator[str]:
    """A server in a thread of its own, since each command runs a loop of its own. Gives its address."""
    ready, address = threading.Event(), ""
    loop = asyncio.new_event_loop()
    done: asyncio.Event

    async def serve() -> None:
        nonlocal address, done
        done = asyncio.Event()
        async with BotApiServer.running(TOKEN, bot_username="eksempel_bot") as server:
            address = server.url
            ready.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(30)
        yield address
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Bot API server, set as ours."""
    with bot_api_server() as address:
        monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", address)
        yield address


def test_invite_asks_who_the_bot_is_and_remembers_it(cli_on_both: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    invite = ("invite", "--role", "admin", "--name", "Administratoren", "--json")
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    with bot_api_server() as address:
        monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", address)
        assert json.loads(cli_on_both(*invite).out)["link"].startswith("https://t.me/eksempel_bot?start=")
    assert json.loads(cli_on_both(*invite).out)["link"].startswith("https://t.me/eksempel_bot?start=")
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", "654321:OTHER")
    assert "svarer ikke" in cli_on_both(*invite).sentence


def test_a_token_the_server_does_not_know_is_refused(
    cli: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", "123456:hemmelig")
    ran = cli("invite", "--role", "admin", "--name", "X")
    assert "kjenner ikke nøkkelen" in ran.sentence
    assert "hemmelig" not in ran.err


INIT = ("init", "--municipality", "Øygarden", "--leader-title", "Rådmann", "--name", "Administratoren")


def test_init_sets_everything_up_without_a_question(cli: CommandLine, server: str, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n", "utf-8")
    ran = cli(*INIT, "--token-file", "token")
    assert (ran.code, ran.err) == (0, "")
    assert "https://t.me/eksempel_bot?start=" in ran.out
    settings = Settings.load()
    assert (settings.municipality, settings.leader_title, settings.token()) == ("Øygarden", "rådmann", TOKEN)
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert TOKEN not in (tmp_path / ".env").read_text("utf-8")


def test_init_leaves_an_env_file_alone_unless_told_otherwise(cli: CommandLine, server: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TILTAKSVAKT_LANGUAGE=nn\n", "utf-8")
    assert "--overwrite" in cli(*INIT, "--token", TOKEN).sentence
    assert cli(*INIT, "--token", TOKEN, "--overwrite").code == 0
    assert "LANGUAGE" not in (tmp_path / ".env").read_text("utf-8")
    assert Settings.load().token() == TOKEN


def test_init_writes_nothing_when_the_token_is_wrong(cli: CommandLine, server: str, tmp_path: Path) -> None:
    assert "TILTAKSVAKT_TELEGRAM_TOKEN" in cli(*INIT, "--token", "tull").sentence
    assert "kjenner ikke nøkkelen" in cli(*INIT, "--token", "123456:OTHER").sentence
    assert not (tmp_path / ".env").exists()


def test_init_refuses_what_an_env_file_cannot_hold_and_two_tokens(cli: CommandLine, server: str) -> None:
    assert "apostrof" in cli("init", "--municipality", "D'or", *INIT[3:], "--token", TOKEN).sentence
    assert "--token-file" in cli(*INIT, "--token", TOKEN, "--token-file", "token").sentence


def test_init_asks_for_nothing_the_environment_says(
    cli: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TILTAKSVAKT_MUNICIPALITY", "Øygarden")
    monkeypatch.setenv("TILTAKSVAKT_LEADER_TITLE", "rådmann")
    assert cli("init", "--name", "Administratoren").code == 0
    assert (tmp_path / ".env").read_text("utf-8").strip() == ""


def findings(cli: CommandLine) -> tuple[int, list[str]]:
    ran = cli("doctor")
    assert ran.err == ""
    return ran.code, ran.out.splitlines()


def test_doctor_says_what_is_well_and_what_is_to_be_done(
    cli_on_both: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TILTAKSVAKT_MUNICIPALITY", "Vefsn")
    code, lines = findings(cli_on_both)
    assert code == 1
    assert sum(line.startswith("✓") for line in lines) == 5
    assert any("Ingen administrator" in line for line in lines)
    assert any("Det er ingen planer" in line for line in lines)
    assert cli_on_both("plan", "import", VEFSN, "--yes").code == 1
    code, lines = findings(cli_on_both)
    assert code == 1
    assert any(line.startswith("!") and "uten oppfølgingsansvarlig: 1.4" in line for line in lines)
    assert any(line.startswith("!") and "ingen svarer for: Rådmannen" in line for line in lines)
    assert any(line.startswith("!") and "2021, 2022, 2023, 2024" in line for line in lines)


CONTRADICTIONS = """
UPDATE plan SET first_year = NULL, last_year = NULL, settings = '{"lead_days": [0], "colour": "red"}';
INSERT INTO meeting (plan_id, body, held_on) VALUES (1, 'Formannskapet', '2099-05-12'),
       (1, 'Helseutvalget', '2099-05-12');
UPDATE unit SET superior_id = (SELECT id FROM unit WHERE key = 'nav') WHERE key = 'rådmannen';
UPDATE unit SET superior_id = (SELECT id FROM unit WHERE key = 'rådmannen') WHERE key = 'nav';
"""
SLUG = "rusmiddelpolitisk-handlingsplan-2020-2024"


def test_doctor_says_in_a_line_each_what_contradicts_itself_and_what_to_do_about_it(
    cli: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    with sqlite3.connect(tmp_path / "data" / "tiltaksvakt.db") as connection:
        connection.executescript(CONTRADICTIONS)
    connection.close()
    code, lines = findings(cli)
    assert code == 1
    for begins, ends in (
        (f"Planen {SLUG} har ingen periode", f"/plan endre periode {SLUG} til"),
        (f"Planen {SLUG} har flere møter 12. mai 2099: Formannskapet, Helseutvalget.", '--body "Helseutvalget"'),
        ("Disse enhetene ligger under hverandre i ring", "/enhet flytt "),
        (
            f"Planen {SLUG} står stille: innstillingen «Påminnelser før frist»",
            f"/innstillinger {SLUG} frister standard",
        ),
        (f"Planen {SLUG} står stille: innstillingene har noe som er ukjent («colour»)", "så faller det bort."),
        (f"Planen {SLUG} har enheter ingen svarer for:", "«tiltaksvakt invite»"),
    ):
        found = [line for line in lines if line.startswith(f"! {begins}")]
        assert len(found) == 1, (begins, lines)
        assert ends in found[0]


PARTS = """
INSERT INTO person (name, chat_id, joined_at, is_admin, is_office, language)
       VALUES ('Testperson', 1000, '2021-01-04 09:00:00', 0, 0, 'nb');
INSERT INTO measure_unit (measure_id, unit_id, position)
       SELECT measure.id, unit.id, 9 FROM measure, unit WHERE measure.ref = '1.1' AND unit.key = 'brann og redning';
"""
ANSWERED_FOR = """
INSERT INTO membership (person_id, unit_id, kind) SELECT 1, id, 'leader' FROM unit WHERE key = 'brann og redning';
"""


def test_doctor_names_the_units_that_are_to_say_something_of_their_part_and_that_nobody_answers_for(
    cli: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    assert cli("unit", "set", "Brann og redning").code == 0

    def said_of_parts(script: str) -> list[str]:
        with sqlite3.connect(tmp_path / "data" / "tiltaksvakt.db") as connection:
            connection.executescript(script)
        connection.close()
        begins = f"! Planen {SLUG} har enheter som skal si noe om sin del, men som ingen svarer for: "
        return [line.removeprefix(begins) for line in findings(cli)[1] if line.startswith(begins)]

    (line,) = said_of_parts(PARTS)
    assert "Brann og redning" in line
    assert line.endswith("ellers må kontoret spørre dem på annen måte.")
    assert not any("Brann og redning" in line for line in said_of_parts(ANSWERED_FOR))
    assert said_of_parts("UPDATE plan SET settings = '{\"ask_parts\": false}'") == []


ASTRAY = """
INSERT INTO person (id, name, language, is_admin, is_office, joined_at) VALUES (1, 'X', 'nb', 0, 0, 0);
INSERT INTO outbox (person_id, day, kind, data, written_at, not_before, state, attempts, resent, problem)
VALUES (1, '2021-01-01', 'daily', '{}', 0, 0, 'failed', 1, 0, 'forbidden'),
       (1, '2021-01-02', 'daily', '{}', 0, 0, 'failed', 1, 0, 'forbidden');
INSERT INTO inbox (bot_id, update_id, received_at, state, attempts) VALUES (1, 1, 0, 'set_aside', 3);
"""


def test_doctor_shows_messages_that_went_astray(
    cli: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    with sqlite3.connect(tmp_path / "data" / "tiltaksvakt.db") as connection:
        connection.executescript(ASTRAY)
    connection.close()
    code, lines = findings(cli)
    assert code == 1
    assert any("2 meldinger kunne ikke leveres (forbidden)" in line for line in lines)
    assert any("1 melding fra chatten er lagt til side" in line for line in lines)


def test_doctor_ends_with_2_where_the_service_cannot_do_its_job(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, lines = findings(cli)
    assert code == 2
    assert any(line.startswith("✗") and "TILTAKSVAKT_TELEGRAM_TOKEN" in line for line in lines)
    monkeypatch.setenv("TILTAKSVAKT_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    code, lines = findings(cli)
    assert code == 2
    assert any(line.startswith("✗") and "Databasen kan ikke åpnes" in line for line in lines)
    monkeypatch.setenv("TILTAKSVAKT_TIMEZONE", "Oslo")
    assert findings(cli) == (2, ["✗ " + "TILTAKSVAKT_TIMEZONE skal være navnet på en tidssone, som Europe/Oslo."])


def test_doctor_and_run_say_that_the_logo_cannot_be_used(
    cli: CommandLine, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TILTAKSVAKT_LOGO", str(tmp_path / "shield.svg"))
    (tmp_path / "shield.svg").write_bytes(bytes(40_000_000))
    code, lines = findings(cli)
    assert code == 2
    (said,) = [line for line in lines if line.startswith("✗")]
    assert "TILTAKSVAKT_LOGO" in said
    assert "40 MB" in " ".join(said.split())
    assert cli("run").sentence.split() == said.removeprefix("✗ ").split()
    (tmp_path / "shield.svg").write_bytes(SVG)
    code, lines = findings(cli)
    assert code == 1
    assert any(line.startswith("✓") and "Kommunevåpenet" in line for line in lines)


def test_doctor_notices_a_misspelt_setting(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TILTAKSVAKT_TELEGRAM_TOKN=1:a\n", "utf-8")
    assert any("TILTAKSVAKT_TELEGRAM_TOKN er ikke en innstilling" in line for line in findings(cli)[1])


def test_doctor_leaves_nothing_behind(cli: CommandLine, tmp_path: Path) -> None:
    before = os.listdir(tmp_path / "data")
    findings(cli)
    with sqlite3.connect(tmp_path / "data" / "tiltaksvakt.db") as connection:
        assert connection.execute("SELECT count(*) FROM state").fetchone() == (0,)
    connection.close()
    assert os.listdir(tmp_path / "data") == before
