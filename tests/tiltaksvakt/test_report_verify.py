"""`tiltaksvakt report verify`: stored versions and files against what they were, and the approved report as served."""

import asyncio
import io
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from report import approval
from storage import reports
from storage.database import open_database
from storage.ids import id_of
from tests.storage.rows import add_person
from tests.tiltaksvakt.command_line import SLUG, VEFSN, CommandLine

AT = datetime(2021, 4, 20, 9, 0, tzinfo=UTC)
FORMATS = ("docx", "pdf", "html", "xlsx", "json")
ALL = [word for form in FORMATS for word in ("--format", form)]


async def _approve(url: str) -> None:
    database = open_database(url)
    try:
        async with database.write() as session:
            person = await add_person(session, 77, is_office=True)
            [row] = await reports.everyone(session)
            printed = approval.print_approved(row.snapshot, AT.date())
            await approval.store(session, row, printed, person_id=id_of(person), at=AT)
    finally:
        await database.close()


@pytest.fixture
def imported(cli: CommandLine) -> CommandLine:
    """The command line on a database that holds the plan of Vefsn."""
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    return cli


@pytest.fixture(scope="session")
def approved_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first approved report of a process is kept: the others begin with a copy."""
    return tmp_path_factory.mktemp("approved") / "kept"


@pytest.fixture
def approved(cli: CommandLine, approved_folder: Path, tmp_path: Path) -> CommandLine:
    """The command line over a plan whose report of 2021 was made, written out as a draft, and approved."""
    if approved_folder.exists():
        shutil.copytree(approved_folder, tmp_path, dirs_exist_ok=True)
        return cli
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    cli("report", "rus", "2021", *ALL, "--out", "utkast")
    asyncio.run(_approve(f"sqlite:///{_file(tmp_path)}"))
    shutil.copytree(tmp_path, approved_folder)
    return cli


def _file(folder: Path) -> Path:
    return next(folder.rglob("tiltaksvakt.db"))


def _change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(_file(folder))) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_the_approved_report_is_written_as_it_was_after_every_rename(approved: CommandLine, tmp_path: Path) -> None:
    assert approved("report", "rus", "2021", *ALL, "--out", "godkjent").code == 0
    _change(
        tmp_path,
        "UPDATE unit SET name = 'Omdøpt ' || id, key = 'omdopt ' || id",
        "UPDATE goal SET title = 'Omdøpt ' || id",
        "UPDATE measure SET title = 'Omdøpt ' || id",
        "UPDATE person SET name = 'Omdøpt Testperson ' || id",
    )
    ran = approved("report", "rus", "2021", *ALL, "--out", "senere")
    assert ran.out.splitlines() == [f"senere/{SLUG}-2021-v1.{form}" for form in FORMATS]
    assert "Dette er endret siden da, og står ikke i den:" in ran.err
    for form in FORMATS:
        name = f"{SLUG}-2021-v1.{form}"
        assert (tmp_path / "senere" / name).read_bytes() == (tmp_path / "godkjent" / name).read_bytes(), form


def test_what_has_changed_since_the_approval_is_said_beside_the_approved_report(
    approved: CommandLine, tmp_path: Path
) -> None:
    ran = approved("report", "rus", "2021", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    _change(tmp_path, "UPDATE measure SET title = 'Et annet tiltak' WHERE ref = '1.6'")
    ran = approved("report", "rus", "2021", "--format", "json")
    assert ran.code == 0
    first, change, last = ran.err.splitlines()
    assert first.startswith("Versjon 1 av rapporten for 2021 ble godkjent 20.04.2021 kl. 11.00. Dette er endret")
    assert "1.6" in change
    assert "Et annet tiltak" in change
    assert last == "Kontoret lager en ny versjon med «/rapport 2021 rettelse» i chatten."


def test_versions_that_are_as_they_were_match(approved: CommandLine) -> None:
    ran = approved("report", "verify", "rus", "2021")
    assert ran.code == 0
    assert ran.out.startswith(
        "Versjon 1, godkjent 20.04.2021 kl. 11.00: Innholdet, loggen, PDF og nettside stemmer. SHA"
    )


@pytest.mark.parametrize(
    ("table", "statement", "told"),
    [
        ("report", "UPDATE report SET snapshot = replace(snapshot, '1.6', '1.7')", "INNHOLDET stemmer ikke"),
        ("report", "UPDATE report SET digest = '0'", "KONTROLLSUMMEN er en annen enn den som ble skrevet i loggen."),
        ("report_document", "UPDATE report_document SET content = x'78' WHERE format = 'pdf'", "PDF-EN mangler eller"),
        ("report_document", "DELETE FROM report_document WHERE format = 'html'", "NETTSIDEN mangler eller"),
    ],
)
def test_what_somebody_changed_in_the_database_is_found(
    approved: CommandLine, tmp_path: Path, table: str, statement: str, told: str
) -> None:
    trigger = {"report": "report_stays_approved", "report_document": "report_document_stays"}[table]
    _change(tmp_path, f"DROP TRIGGER {trigger}", statement)
    ran = approved("report", "verify", "rus", "2021")
    assert ran.code == 1
    assert told in ran.out


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_the_approved_report_is_known_again_and_one_of_the_draft_too(
    approved: CommandLine, form: str
) -> None:
    approved("report", "rus", "2021", "--format", form, "--out", "godkjent")
    ran = approved("report", "verify", f"godkjent/{SLUG}-2021-v1.{form}")
    assert ran.code == 0
    assert "er uendret: statusrapport 2021 for Rusmiddelpolitisk handlingsplan" in ran.out
    assert "versjon 1, godkjent 20.04.2021" in ran.out
    draft = approved("report", "verify", f"utkast/{SLUG}-2021-v1.{form}")
    assert draft.code == 0
    assert "er laget fra utkastet, før det ble godkjent" in draft.out


def _saved_again(content: bytes) -> bytes:
    document = docx.Document(io.BytesIO(content))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _with_another_word(content: bytes) -> bytes:
    document = docx.Document(io.BytesIO(content))
    document.paragraphs[-2].add_run("føyd til")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("form", "change", "code", "told"),
    [
        ("docx", _saved_again, 0, "har de samme ordene, men filen er lagret på nytt"),
        ("docx", _with_another_word, 1, "er ulik den som er lagret her"),
        ("html", lambda content: content.replace(b"1.6", b"1.7"), 1, "er ulik den som er lagret her"),
        ("pdf", lambda content: content + b"\n%", 1, "er ulik den som er lagret her"),
        ("json", lambda content: content.replace(b"1.6", b"1.7"), 1, "hører ikke til noen versjon som er lagret her"),
        ("json", lambda content: b"{}", 1, "hører ikke til noen versjon som er lagret her"),
    ],
)
def test_a_file_that_was_changed_is_told_of(
    approved: CommandLine, tmp_path: Path, form: str, change: Callable[[bytes], bytes], code: int, told: str
) -> None:
    approved("report", "rus", "2021", "--format", form, "--out", "godkjent")
    file = tmp_path / "godkjent" / f"{SLUG}-2021-v1.{form}"
    file.write_bytes(change(file.read_bytes()))
    ran = approved("report", "verify", file)
    assert (ran.code, told in ran.out) == (code, True), ran


@pytest.mark.parametrize("content", [b"", b"hei", b"PK\x03\x04 broken", b"%PDF-1.7 broken"])
def test_a_file_that_is_no_report_is_refused(approved: CommandLine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "fil").write_bytes(content)
    assert "ikke en rapport i formatet docx, pdf, html, xlsx eller json" in approved("report", "verify", "fil").sentence


def test_what_is_not_there_is_refused(approved: CommandLine) -> None:
    assert "kan ikke leses" in approved("report", "verify", "finnes-ikke.pdf").sentence
    assert "har ingen rapport for 2023" in approved("report", "verify", "rus", "2023").sentence
    assert "Det finnes ingen plan" in approved("report", "verify", "x", "2021").sentence


def test_the_command_goes_on_as_it_was_beside_what_is_under_it(imported: CommandLine, tmp_path: Path) -> None:
    written = imported("report", "--format", "json", "--out", "ut", "rus", "2021")
    assert written.out == f"ut/{SLUG}-2021-v1.json\n"
    told = imported("report", "--help").out
    assert "tiltaksvakt report PLAN ÅR [VALG]" in told
    assert "verify" in told
    assert "tiltaksvakt report verify FIL|PLAN [ÅR]" in imported("report", "verify", "--help").out
    shutil.rmtree(tmp_path / "ut")
