"""`tiltaksvakt publish`: what is written of approved reports, what is not, and what is left alone."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from report import approval
from storage import reports
from storage.database import open_database
from storage.ids import id_of
from storage.tables import Measure, StatusReply
from tests.report.logos import png
from tests.report.reading import pdf_text
from tests.storage.rows import add_person, add_unit
from tests.tiltaksvakt.command_line import SLUG, VEFSN, CommandLine

AT = datetime(2021, 4, 20, 9, 0, tzinfo=UTC)
SITE = Path("nettsider")


async def _approve(file: Path, name: str) -> None:
    database = open_database(f"sqlite:///{file}")
    try:
        async with database.write() as session:
            person = await add_person(session, 77, is_office=True)
            person.name = name
            [row] = await reports.everyone(session)
            printed = approval.print_approved(row.snapshot, AT.date())
            await approval.store(session, row, printed, person_id=id_of(person), at=AT)
    finally:
        await database.close()


def _approved(cli: CommandLine, folder: Path, name: str = "Testperson Kontor") -> None:
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    cli("report", "rus", "2021", "--format", "json", "--out", folder / "utkast")
    asyncio.run(_approve(next((folder / "data").rglob("tiltaksvakt.db")), name))


def _tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_pages_of_an_approved_report_are_written_and_again_over_themselves(
    cli: CommandLine, tmp_path: Path
) -> None:
    _approved(cli, tmp_path)
    ran = cli("publish", SITE)
    assert ran.code == 0, ran
    assert ran.out.startswith("Nettsidene er skrevet, med én plan. Forsiden er nettsider/index.html.")
    written = _tree(SITE)
    assert {"index.html", f"{SLUG}/index.html", f"{SLUG}/tiltak-1-4.html", f"{SLUG}/rapport-2021.pdf"} <= written
    # What an earlier site had and this one has not is taken away; what somebody else put there is not.
    (SITE / SLUG / "tiltak-9-9.html").write_text("gammel")
    listed = (SITE / ".tiltaksvakt.json").read_text()
    (SITE / ".tiltaksvakt.json").write_text(listed.replace('"index.html"', f'"{SLUG}/tiltak-9-9.html", "index.html"'))
    (SITE / "kommunens.txt").write_text("min egen")
    assert cli("publish", SITE).code == 0
    assert _tree(SITE) == written | {"kommunens.txt"}


def test_the_pages_are_called_by_the_municipality_of_the_settings_or_else_of_the_plans(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "TILTAKSVAKT_MUNICIPALITY" in cli("publish", SITE).sentence
    cli("plan", "import", VEFSN, "--yes")
    cli("publish", SITE)
    assert "<title>Handlingsplaner i Vefsn kommune</title>" in (SITE / "index.html").read_text("utf-8")
    monkeypatch.setenv("TILTAKSVAKT_MUNICIPALITY", "Grane kommune")
    cli("publish", SITE)
    assert "<h1>Handlingsplaner i Grane kommune</h1>" in (SITE / "index.html").read_text("utf-8")


def test_without_an_approved_report_the_front_page_says_so_and_shows_nothing_more(
    cli: CommandLine, tmp_path: Path
) -> None:
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    cli("report", "rus", "2021", "--format", "json", "--out", tmp_path / "utkast")
    ran = cli("publish", SITE)
    assert ran.code == 0
    assert "ingen plan har en godkjent statusrapport" in ran.out
    assert _tree(SITE) == {"index.html", ".tiltaksvakt.json"}


def test_a_folder_with_something_else_in_it_is_left_alone(cli: CommandLine, tmp_path: Path) -> None:
    _approved(cli, tmp_path)
    SITE.mkdir()
    (SITE / "min.txt").write_text("viktig")
    assert "Mappen nettsider inneholder noe annet" in cli("publish", SITE).sentence
    assert _tree(SITE) == {"min.txt"}


def test_a_list_that_leads_out_of_the_folder_takes_nothing_away(cli: CommandLine, tmp_path: Path) -> None:
    _approved(cli, tmp_path)
    outside = tmp_path / "utenfor.txt"
    outside.write_text("viktig")
    SITE.mkdir()
    (SITE / ".tiltaksvakt.json").write_text(f'{{"files": ["../utenfor.txt", "{outside}"]}}')
    assert cli("publish", SITE).code == 0
    assert outside.exists()


def test_a_place_that_takes_no_files_is_said(cli: CommandLine, tmp_path: Path) -> None:
    _approved(cli, tmp_path)
    Path("fil").write_text("en fil")
    assert "kan ikke skrives til fil/nettsider" in cli("publish", "fil/nettsider").sentence


def test_a_file_in_the_place_of_the_folder_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    _approved(cli, tmp_path)
    SITE.write_text("en fil")
    assert "nettsider" in cli("publish", SITE).sentence


INTERNAL, AUTHOR = "Vi rekker det ikke: Hemmelighetskremmer er sykmeldt.", "Testperson Enhetsleder"


async def _answer(file: Path) -> None:
    """A leader has answered about every measure, with a comment that nobody has released, and the office has not."""
    database = open_database(f"sqlite:///{file}")
    try:
        async with database.write() as session:
            unit = await add_unit(session, "Svarenheten")
            author = await add_person(session, 78, unit)
            author.name = AUTHOR
            for measure in (await session.exec(select(Measure))).all():
                session.add(
                    StatusReply(
                        measure_id=id_of(measure),
                        unit_id=id_of(unit),
                        author_id=id_of(author),
                        status="delayed",
                        comment=INTERNAL,
                        at=AT,
                    )
                )
    finally:
        await database.close()


def test_an_internal_comment_and_who_wrote_it_are_in_no_file_of_the_site(cli: CommandLine, tmp_path: Path) -> None:
    assert cli("plan", "import", VEFSN, "--yes").code == 1
    database = next((tmp_path / "data").rglob("tiltaksvakt.db"))
    asyncio.run(_answer(database))
    cli("report", "rus", "2021", "--format", "json", "--out", tmp_path / "utkast")
    asyncio.run(_approve(database, "Testperson Kontor"))
    assert cli("publish", SITE).code == 0
    files = [SITE / name for name in _tree(SITE)]
    texts = {file.name: pdf_text(file.read_bytes()) for file in files if file.suffix == ".pdf"}
    texts |= {file.name: file.read_text("utf-8") for file in files if file.suffix != ".pdf"}
    assert "Forsinket" in texts["rapport-2021.pdf"]
    assert "Forsinket" in texts["tiltak-1-4.html"]
    for secret in ("Hemmelighetskremmer", AUTHOR, "Testperson Kontor"):
        assert [name for name, text in texts.items() if secret in " ".join(text.split())] == []


def test_a_page_that_names_somebody_who_uses_the_bot_stops_everything(cli: CommandLine, tmp_path: Path) -> None:
    # The plan says "psykisk helse" somewhere: somebody with that name stands for a name in a report text.
    _approved(cli, tmp_path, name="Psykisk Helse")
    refused = cli("publish", SITE).sentence
    assert refused.startswith("Psykisk Helse er nevnt på siden")
    assert not SITE.exists()


def test_a_logo_of_forty_megabytes_is_refused_and_the_pages_are_as_they_were(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _approved(cli, tmp_path)
    assert cli("publish", SITE).code == 0
    before = {name: (SITE / name).read_bytes() for name in _tree(SITE)}
    logo = tmp_path / "logo.png"
    logo.write_bytes(png() + bytes(40_000_000))
    monkeypatch.setenv("TILTAKSVAKT_LOGO", str(logo))
    refused = cli("publish", SITE).sentence
    assert "TILTAKSVAKT_LOGO" in refused
    assert "40" in refused
    assert cli("publish", "andre-nettsider").code == 2
    assert {name: (SITE / name).read_bytes() for name in _tree(SITE)} == before
    assert not Path("andre-nettsider").exists()
