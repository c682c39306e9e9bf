"""Bad input: one sentence that says what to do, exit code 2, and no traceback."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from templates import cli as sentences
from tests.tiltaksvakt.command_line import ROOT, VEFSN, CommandLine, as_process
from tiltaksvakt.cli.refusals import SUBJECTS


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("plna list", "Mente du «plan»?"),
        ("plan lst", "Mente du «list»?"),
        ("xyz", "--help"),
        ("tick --att 2021-03-15", "Mente du «--at»?"),
        ("tick --at", "skal ha en verdi"),
        ("tick --json=3", "uten verdi"),
        ("plan show", "PLAN mangler"),
        ("invite --role admin", "--name mangler"),
        ("plan show a b", "anførselstegn"),
        ("tick --at i-går", "«i-går» er ikke et tidspunkt"),
        ("tick --at 0001-01-01T00:00:00+14:00", "Året 1 kan ikke brukes"),
        ("report x to-tusen", "årstall"),
        ("report x 2021 --format odt", "Velg blant: docx, pdf, html, xlsx, json"),
        ("report x 2021", "Det finnes ingen plan"),
        ("plan show x", "Det finnes ingen plan"),
        ("meeting set x 31.02.2021", "er ikke en dato"),
        ("meeting set x 12.05.9999", "Året 9999 kan ikke brukes"),
        ("deadline 2022 --period 2020-", "planperiode"),
        ("invite --role sjef --name X", "Velg blant: admin, office, leader"),
        ("invite --role leader --name X", "--unit"),
        ("invite --role admin --name X --unit NAV", "--role leader"),
        ("invite --role leader --name X --unit NAV", "Det finnes ingen enhet"),
        ("invite --role admin --name X", "TILTAKSVAKT_TELEGRAM_TOKEN"),
        ("unit set NAV --superior Ingen", "Det finnes ingen enhet som heter «Ingen»"),
        ("plan import no-such-file.yaml", "kan ikke leses"),
        ("plan read .", "kan ikke leses"),
        ("run", "TILTAKSVAKT_TELEGRAM_TOKEN"),
        ("init", "Oppgi --municipality"),
    ],
)
def test_bad_input_is_one_sentence_that_says_what_to_do(cli: CommandLine, arguments: str, says: str) -> None:
    assert says in cli(*arguments.split()).sentence


def codes() -> Iterator[str]:
    """Every code that the rooms refuse with, as the name of its sentence."""
    for file in sorted((ROOT / "tiltaksvakt").rglob("*.py")):
        yield from re.findall(r'Refused\(\s*"([a-z_]+\.[a-z_]+)"', file.read_text("utf-8"))
    for module, subject in SUBJECTS.items():
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
        yield from (f"{subject}.{code}" for code in re.findall(r'Refused\(\s*"([a-z_]+)"', source))


def test_every_refusal_has_its_sentence() -> None:
    found = set(codes())
    assert len(found) > 40
    assert found <= set(sentences.names())


def test_an_empty_name_is_refused(cli: CommandLine) -> None:
    assert "Et navn er tomt" in cli("unit", "set", " \u200e\x07 ".replace("\u200e", "")).sentence


def test_a_group_without_a_command_shows_its_help(cli: CommandLine) -> None:
    ran = cli("plan")
    assert ran.code == 2
    assert "Kommandoer:" in ran.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEZONE", "Oslo"),
        ("CLOCK", "2021-02-01T08:00:00+01:00"),
        ("DATABASE_URL", "mysql://root@localhost/x"),
        ("DATABASE_URL", "not a url"),
        ("DATABASE_URL", "sqlite:////proc/no/such/file.db"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"TILTAKSVAKT_{name}", value)
    assert f"TILTAKSVAKT_{name}" in cli("plan", "list").sentence


def test_a_file_that_is_no_database_is_refused(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("Kjære kommune, dette er ikke en database." * 100, "utf-8")
    monkeypatch.setenv("TILTAKSVAKT_DATABASE_URL", "sqlite:///letter.txt")
    assert "Databasen kan ikke åpnes" in cli("plan", "list").sentence


def test_a_database_of_a_newer_version_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    assert cli("plan", "list").code == 0
    with sqlite3.connect(tmp_path / "data" / "tiltaksvakt.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "nyere versjon" in cli("plan", "list").sentence


def test_every_error_of_a_plan_file_is_a_line_with_its_number(cli: CommandLine, tmp_path: Path) -> None:
    text = VEFSN.read_text("utf-8")
    wrong = text.replace("periode: 2020-2024", "periode: 2024").replace("kommune: Vefsn", "komune: Vefsn")
    (tmp_path / "plan.yaml").write_text(wrong.replace("overordnet: Rådmannen", "overordnet: Ingen", 1), "utf-8")
    ran = cli("plan", "import", "plan.yaml", "--yes")
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Linje ") for line in lines)
    assert "kommune" in lines[0]
    assert cli("plan", "list").out.startswith("Det er ingen planer")


def test_an_error_of_our_own_is_one_sentence_and_its_place_is_in_the_log(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_self: object) -> list[str]:
        raise ZeroDivisionError("-".join(["skrevet", "i", "chatten"]))

    monkeypatch.setattr("plan.draft.Draft.to_json", fail)
    assert "ZeroDivisionError" in cli("plan", "read", VEFSN, "--json").sentence
    log = tmp_path / "data" / "errors.log"
    assert "plans.py" in log.read_text("utf-8")
    assert "skrevet-i-chatten" not in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_real_process_refuses_without_a_traceback(tmp_path: Path) -> None:
    assert "TILTAKSVAKT_TELEGRAM_TOKEN" in as_process("run", cwd=tmp_path).sentence
    assert "TILTAKSVAKT_TELEGRAM_TOKEN" in as_process("run", cwd=tmp_path, TELEGRAM_TOKEN="hemmelig").sentence
    assert "hemmelig" not in as_process("run", cwd=tmp_path, TELEGRAM_TOKEN="hemmelig").err
    unreachable = as_process(
        "invite", "--role=admin", "--name=X", cwd=tmp_path, TELEGRAM_TOKEN="1:a", TELEGRAM_API="http://127.0.0.1:1"
    )
    assert "svarer ikke" in unreachable.sentence
