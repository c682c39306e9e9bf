"""`tiltaksvakt template`: a secretary's Word template is got, tried, used, and taken back."""

import sqlite3
from pathlib import Path

import pytest
from docx import Document

from tests.tiltaksvakt.command_line import VEFSN, CommandLine


def change(path: Path, old: str, new: str) -> None:
    """Replace the text of a paragraph in a Word file."""
    document = Document(str(path))
    [paragraph] = [paragraph for paragraph in document.paragraphs if old in paragraph.text]
    text = paragraph.text.replace(old, new)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text
    document.save(str(path))


def headings(cli: CommandLine) -> list[str]:
    """The headings of the report of a year in Word."""
    [path] = cli("report", "rus", "2021", "--format", "docx").out.splitlines()
    return [p.text for p in Document(path).paragraphs if p.style and p.style.name == "Heading 1"]


@pytest.fixture
def with_plan(cli_on_both: CommandLine) -> CommandLine:
    assert cli_on_both("plan", "import", VEFSN, "--yes").code in {0, 1}
    return cli_on_both


def test_a_changed_template_is_used_until_it_is_taken_back(with_plan: CommandLine) -> None:
    ran = with_plan("template", "export", "--out", "mal")
    assert (ran.code, ran.out) == (0, "mal/statusrapport.nb.docx\n")
    change(Path("mal/statusrapport.nb.docx"), "Forslag til vedtak", "Innstilling")
    assert with_plan("template", "check", "mal/statusrapport.nb.docx").code == 0
    assert "Forslag til vedtak" in headings(with_plan)

    ran = with_plan("template", "install", "mal/statusrapport.nb.docx")
    assert ran.code == 0
    assert "er tatt i bruk for rapporter på bokmål" in ran.out
    assert "Innstilling" in headings(with_plan)
    with_plan("template", "export", "--out", "igjen")
    assert Path("igjen/statusrapport.nb.docx").read_bytes() == Path("mal/statusrapport.nb.docx").read_bytes()

    assert "lages igjen med malen som følger med" in with_plan("template", "reset").out
    assert "Forslag til vedtak" in headings(with_plan)
    assert "lages allerede" in with_plan("template", "reset").out


def test_a_template_that_cannot_be_used_leaves_the_one_in_use(with_plan: CommandLine) -> None:
    with_plan("template", "export")
    good, broken = Path("statusrapport.nb.docx"), Path("ny.docx")
    change(good, "Forslag til vedtak", "Innstilling")
    with_plan("template", "install", good)
    broken.write_bytes(good.read_bytes())
    change(broken, "{{ title }}", "{{ tittel }}")
    sentence = with_plan("template", "install", broken).sentence
    assert "«tittel», som ikke finnes" in sentence
    assert "Innstilling" in headings(with_plan)


def _break(file: Path) -> None:
    """The template in use names a field there is no more, as one from before an upgrade may."""
    content = Path("statusrapport.nb.docx")
    change(content, "{{ title }}", "{{ tittel }}")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE word_template SET content = ?", (content.read_bytes(),))
    connection.close()


def test_a_template_in_use_that_an_upgrade_has_broken_is_told_of_with_what_to_do(
    cli: CommandLine, tmp_path: Path
) -> None:
    assert cli("plan", "import", VEFSN, "--yes").code in {0, 1}
    cli("template", "export")
    assert cli("template", "install", "statusrapport.nb.docx").code == 0
    assert "Kommunens egen Word-mal kan brukes (bokmål)." in cli("doctor").out
    assert "Word-mal" not in cli("doctor", "--health").out
    _break(tmp_path / "data" / "tiltaksvakt.db")
    sentence = cli("report", "rus", "2021", "--format", "docx").sentence
    assert sentence.startswith(
        "Kommunens egen Word-mal kan ikke brukes lenger. Malen bruker «tittel», som ikke finnes."
    )
    assert "«tiltaksvakt template reset»" in sentence
    told = cli("doctor")
    assert sentence in " ".join(told.out.split())
    assert told.code == cli("doctor", "--health").code, "a template keeps the service from nothing"
    assert cli("report", "rus", "2021", "--format", "pdf").code == 0


def test_the_language_of_a_template_is_in_its_name_or_said(cli: CommandLine) -> None:
    assert cli("template", "export", "--language", "nn").out == "statusrapport.nn.docx\n"
    assert "på nynorsk" in cli("template", "install", "statusrapport.nn.docx").out
    assert "på engelsk" in cli("template", "install", "statusrapport.nn.docx", "--language", "en").out
    assert "på nynorsk" in cli("template", "reset", "--language", "nn").out
    assert "--language" in cli("template", "export", "--language", "sv").sentence


def test_what_a_template_leaves_out_is_for_somebody_to_look_at(cli: CommandLine) -> None:
    document = Document()
    document.add_paragraph("{{ title }} {{ decisions }} {{ sections }} {{ unanswered }}")
    document.save("kort.docx")
    ran = cli("template", "check", "kort.docx")
    assert ran.code == 1
    assert "Malen viser ikke kontrollsummen: feltet digest." in ran.out


def test_a_file_that_is_not_there_or_too_large_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    assert "kan ikke leses" in cli("template", "install", "finnes-ikke.docx").sentence
    (tmp_path / "stor.docx").write_bytes(bytes(40_000_000))
    assert "Malen er for stor" in cli("template", "check", "stor.docx").sentence
    (tmp_path / "file").write_text("x", "utf-8")
    assert "kan ikke skrives" in cli("template", "export", "--out", "file").sentence
