"""`tiltaksvakt report read-back`: what the office wrote in the Word draft is shown, confirmed and stored."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from sqlmodel import select

from report import approval
from storage import report_texts, reports, written_texts
from storage.database import open_database
from storage.ids import id_of
from storage.tables import ReportTextEdit, StatusReply, WrittenText
from tests.storage.rows import AT, add_measure, add_person, add_plan, add_unit
from tests.tiltaksvakt.command_line import CommandLine

DRAFT = Path("plan-2021-v1.docx")


async def _answered(url: str, *offices: int) -> None:
    """A plan with two measures that are answered and one that is not, and so many of the office."""
    database = open_database(url)
    async with database.write() as session:
        unit = await add_unit(session)
        leader = await add_person(session, 1, unit)
        for chat_id in offices:
            await add_person(session, chat_id, is_office=True)
        plan = await add_plan(session)
        for ref in ("1.1", "1.2", "1.3"):
            measure = await add_measure(session, plan, ref, unit)
            if ref != "1.3":
                session.add(
                    StatusReply(
                        measure_id=id_of(measure),
                        unit_id=id_of(unit),
                        author_id=id_of(leader),
                        status="in_progress",
                        comment=f"Kommentar til {ref}",
                        at=AT,
                    )
                )
    await database.close()


async def _edit(url: str, text: str) -> None:
    """Another text about measure 1.1, as from the chat."""
    database = open_database(url)
    async with database.write() as session:
        reply = (await session.exec(select(StatusReply).order_by(StatusReply.id))).first()  # type: ignore[arg-type]
        assert reply is not None
        await report_texts.release(session, reply, text, person_id=2, at=AT)
    await database.close()


async def _stored(url: str) -> list[tuple[str, str | None, int]]:
    """What has been done to report texts: action, text, and by whom."""
    database = open_database(url)
    async with database.read() as session:
        rows = list(await session.exec(select(ReportTextEdit).order_by(ReportTextEdit.id)))  # type: ignore[arg-type]
    await database.close()
    return [(row.action, row.text, row.person_id) for row in rows]


def write(ref: str, text: str) -> None:
    """Write in the field of a measure in the draft."""
    document: Any = Document(str(DRAFT))
    for tag in document.element.body.iter(qn("w:tag")):
        if tag.get(qn("w:val")) == f"tv:measure:{ref}":
            for hint in tag.getparent().findall(qn("w:showingPlcHdr")):
                tag.getparent().remove(hint)
            texts = list(tag.getparent().getparent().iter(qn("w:t")))
            texts[0].text = text
    document.save(str(DRAFT))


@pytest.fixture
def drafted(cli_on_both: CommandLine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line in June 2021, with a draft in Word."""
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", "http://127.0.0.1:8081")
    monkeypatch.setenv("TILTAKSVAKT_CLOCK", "2021-06-01T10:00:00+02:00")
    asyncio.run(_answered(database_url, 2))
    assert cli_on_both("report", "plan", "2021", "--format", "docx").out == f"{DRAFT}\n"
    return cli_on_both


def test_what_was_written_is_shown_and_stored_with_who_wrote_it(drafted: CommandLine, database_url: str) -> None:
    assert drafted("report", "read-back", DRAFT, "--yes").out == "Tekstene i filen er de samme som de som er lagret.\n"
    write("1.1", "Skrevet i Word")
    ran = drafted("report", "read-back", DRAFT, "--dry-run")
    assert ran.out == "Rapporttekst 1.1\n  - (ingen tekst)\n  + Skrevet i Word\n\nÉn tekst ville blitt lagret.\n"
    assert asyncio.run(_stored(database_url)) == []
    assert "--yes" in drafted("report", "read-back", DRAFT).sentence
    assert asyncio.run(_stored(database_url)) == []

    ran = drafted("report", "read-back", DRAFT, "--yes")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Én tekst er lagret.")
    assert asyncio.run(_stored(database_url)) == [("edited", "Skrevet i Word", 2)]
    assert drafted("report", "read-back", DRAFT, "--yes").out == "Tekstene i filen er de samme som de som er lagret.\n"


def test_a_text_that_was_taken_out_in_word_is_taken_back(drafted: CommandLine, database_url: str) -> None:
    write("1.1", "Skrevet i Word")
    drafted("report", "read-back", DRAFT, "--yes")
    drafted("report", "plan", "2021", "--format", "docx")
    Path("plan-2021-v2.docx").replace(DRAFT)
    write("1.1", "")
    assert "  + (ingen tekst)" in drafted("report", "read-back", DRAFT, "--yes").out
    assert [action for action, _, _ in asyncio.run(_stored(database_url))] == ["edited", "withdrawn"]


def test_a_text_that_two_have_changed_is_left_for_somebody_to_look_at(drafted: CommandLine, database_url: str) -> None:
    write("1.1", "Fra Word")
    write("1.2", "Også fra Word")
    asyncio.run(_edit(database_url, "Fra chatten"))
    ran = drafted("report", "read-back", DRAFT, "--yes")
    assert ran.code == 1
    assert "«Rapporttekst 1.1» er også endret her" in ran.out
    assert [text for _, text, _ in asyncio.run(_stored(database_url))] == ["Fra chatten", "Også fra Word"]


def test_a_file_that_is_not_a_draft_of_this_database_is_refused(drafted: CommandLine) -> None:
    document = Document(str(DRAFT))
    document.core_properties.identifier = f"sha256:{'0' * 64}"
    document.save("annen.docx")
    assert "finnes ikke her" in drafted("report", "read-back", "annen.docx").sentence
    Path("tekst.docx").write_text("Hei", "utf-8")
    assert "ikke et Word-dokument" in drafted("report", "read-back", "tekst.docx").sentence
    assert "kan ikke leses" in drafted("report", "read-back", "finnes-ikke.docx").sentence
    Path("stor.docx").write_bytes(bytes(25_000_000))
    assert "for stor" in drafted("report", "read-back", "stor.docx").sentence


def test_the_draft_of_an_approved_report_and_the_report_itself_are_told_apart_from_strangers(
    drafted: CommandLine, database_url: str
) -> None:
    write("1.1", "For sent")
    asyncio.run(_approve(database_url))
    assert "er godkjent (versjon 1)" in drafted("report", "read-back", DRAFT).sentence
    drafted("report", "plan", "2021", "--format", "docx")
    assert "er godkjent (versjon 1)" in drafted("report", "read-back", DRAFT).sentence


async def _approve(url: str) -> None:
    database = open_database(url)
    async with database.write() as session:
        [row] = await reports.everyone(session)
        printed = approval.print_approved(row.snapshot, AT.date())
        await approval.store(session, row, printed, person_id=2, at=AT)
    await database.close()


def test_a_draft_with_an_identity_number_is_refused_with_the_field_it_stands_in(
    drafted: CommandLine, database_url: str
) -> None:
    write("1.1", "Skrevet i Word")
    write("1.2", "Gjelder 01810012311 i år.")
    for option in ("--dry-run", "--yes"):
        ran = drafted("report", "read-back", DRAFT, option)
        assert ran.code == 2
        assert ran.out == ""
        assert "fødselsnummer i «Rapporttekst 1.2»" in ran.sentence
        assert "01810012311" not in ran.err
    assert asyncio.run(_stored(database_url)) == []


def test_who_wrote_is_named_where_several_are_of_the_office(
    cli_on_both: CommandLine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILTAKSVAKT_TELEGRAM_API", "http://127.0.0.1:8081")
    monkeypatch.setenv("TILTAKSVAKT_CLOCK", "2021-06-01T10:00:00+02:00")
    asyncio.run(_answered(database_url, 2, 3))
    cli_on_both("report", "plan", "2021", "--format", "docx")
    write("1.1", "Skrevet i Word")
    sentence = cli_on_both("report", "read-back", DRAFT, "--yes").err
    assert "--person: Testperson 2, Testperson 3" in sentence
    assert cli_on_both("report", "read-back", DRAFT, "--yes", "--person", "testperson 3").code == 0
    assert asyncio.run(_stored(database_url)) == [("edited", "Skrevet i Word", 3)]


async def _write_of_unit(url: str, text: str, *, released: bool) -> None:
    """A paragraph of the unit."""
    database = open_database(url)
    async with database.write() as session:
        await written_texts.write(
            session,
            1,
            2021,
            "unit",
            text,
            unit_id=1,
            person_id=2 if released else 1,
            inbox_id=None,
            at=AT,
            released=released,
        )
    await database.close()


async def _written(url: str) -> list[tuple[str, str | None, int]]:
    """The texts for the report itself: kind, text, and by whom."""
    database = open_database(url)
    async with database.read() as session:
        rows = list(await session.exec(select(WrittenText).order_by(WrittenText.id)))  # type: ignore[arg-type]
    await database.close()
    return [(row.kind, row.text, row.author_id) for row in rows]


def write_lines(tag: str, *lines: str) -> None:
    """Write paragraphs in a field of the report as a whole."""
    document: Any = Document(str(DRAFT))
    [found] = [each for each in document.element.body.iter(qn("w:tag")) if each.get(qn("w:val")) == tag]
    for hint in found.getparent().findall(qn("w:showingPlcHdr")):
        found.getparent().remove(hint)
    inside = found.getparent().getparent().find(qn("w:sdtContent"))
    inside[:] = [parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{line}</w:t></w:r></w:p>") for line in lines]
    document.save(str(DRAFT))


def test_the_offices_texts_are_stored_and_stand_in_the_next_draft(drafted: CommandLine, database_url: str) -> None:
    write_lines("tv:summary", "Første linje", "Andre linje")
    write_lines("tv:assessment", "Vurdert", "I to avsnitt")
    write_lines("tv:decision", "Tas til etterretning.")
    ran = drafted("report", "read-back", DRAFT, "--yes")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "3 tekster er lagret.")
    assert asyncio.run(_written(database_url)) == [
        ("decision", "Tas til etterretning.", 2),
        ("summary", "Første linje\nAndre linje", 2),
        ("assessment", "Vurdert\n\nI to avsnitt", 2),
    ]
    drafted("report", "plan", "2021", "--format", "docx")
    assert "er de samme som de som er lagret" in drafted("report", "read-back", "plan-2021-v2.docx", "--yes").out


def test_a_summary_that_is_too_long_is_not_stored(drafted: CommandLine, database_url: str) -> None:
    write_lines("tv:summary", *"123456")
    write_lines("tv:assessment", "Vurdert")
    ran = drafted("report", "read-back", DRAFT, "--yes")
    assert ran.code == 1
    assert "Sammendraget har 6 linjer" in ran.out
    assert asyncio.run(_written(database_url)) == [("assessment", "Vurdert", 2)]


def test_a_units_paragraph_is_edited_unless_the_unit_has_written_another(
    drafted: CommandLine, database_url: str
) -> None:
    asyncio.run(_write_of_unit(database_url, "Fra enheten", released=True))
    drafted("report", "plan", "2021", "--format", "docx")
    Path("plan-2021-v2.docx").replace(DRAFT)
    write_lines("tv:unit:Enhet", "Redigert")
    assert drafted("report", "read-back", DRAFT, "--yes").code == 0
    assert asyncio.run(_written(database_url))[-1] == ("unit", "Redigert", 2)

    drafted("report", "plan", "2021", "--format", "docx")
    Path("plan-2021-v3.docx").replace(DRAFT)
    asyncio.run(_write_of_unit(database_url, "Noe nytt", released=False))
    write_lines("tv:unit:Enhet", "Redigert igjen")
    ran = drafted("report", "read-back", DRAFT, "--yes")
    assert ran.code == 1
    assert "«Enhet» er også endret her" in ran.out
    assert asyncio.run(_written(database_url))[-1] == ("unit", "Noe nytt", 1)
