"""A Word template that somebody has changed is tried on reports of every kind, and what is wrong is said."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument

from report.approval import Stored, content_of
from report.formats import render
from report.snapshot import canonical_json
from report.template_check import MOST_BYTES, TemplateRefused, check
from report.word import template_for
from storage.tables import Report
from templates import cli
from tests.report import samples


def saved(document: WordDocument) -> bytes:
    """A document as Word would save it."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def with_paragraph(*runs: str) -> bytes:
    """Our template with one more paragraph, of these runs, under the title."""
    document = Document(str(template_for("nb")))
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    return saved(document)


def with_parts(parts: dict[str, bytes], replaced: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """Our template with more parts in its archive, and one text replaced in the list of content types."""
    target = BytesIO()
    with ZipFile(template_for("nb")) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            content = source.read(name)
            packed.writestr(name, content.replace(*replaced) if name == "[Content_Types].xml" else content)
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def refused(content: bytes) -> tuple[str, str]:
    """The code a template is refused with, and the sentence."""
    with pytest.raises(TemplateRefused) as caught:
        check(content, "nb")
    return caught.value.code, cli.say(caught.value.code, language="nb", **caught.value.data)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_our_templates_can_be_used_and_leave_nothing_out(language: str) -> None:
    assert check(template_for(language).read_bytes(), language) == []


def test_a_field_that_does_not_exist_is_named_with_the_text_around_it() -> None:
    code, sentence = refused(with_paragraph("Saksbehandler: {{ saksbehandler }} i kommunen"))
    assert code == "template.fault"
    assert sentence == (
        "Malen bruker «saksbehandler», som ikke finnes. Det står her: «Saksbehandler: {{ saksbehandler }} i kommunen»."
    )


@pytest.mark.parametrize(
    "loops",
    [
        ("sections", "measures"),
        ("sections", "measures", "parts"),
        ("unit_texts",),
        ("changes.measures",),
        ("deviations.measures",),
        ("economy.measures",),
        ("targets.targets",),
        ("unanswered.measures",),
        ("attachments.files",),
        ("pictures",),
        ("(correction or {'paragraphs': []}).paragraphs",),
    ],
)
def test_a_field_that_does_not_exist_is_found_wherever_only_some_reports_have_it(loops: tuple[str, ...]) -> None:
    begin = f"{{% for each in {loops[0]} %}}" + "".join(f"{{% for each in each.{inner} %}}" for inner in loops[1:])
    code, sentence = refused(with_paragraph(begin + "{{ each.saksnummer }}" + "{% endfor %}" * len(loops)))
    assert code == "template.fault"
    assert sentence.startswith("Malen bruker «saksnummer», som ikke finnes.")


def test_a_field_that_word_has_split_in_runs_is_one_field() -> None:
    assert check(with_paragraph("Rapport: {", "{ ti", "tle }", "}"), "nb") == []
    code, sentence = refused(with_paragraph("Rapport: {", "{ tit", "el }", "}"))
    assert code == "template.fault"
    assert "«titel»" in sentence


@pytest.mark.parametrize("text", ["Sak {{ title", "Sak {{ title }", "Sak { { title } }", "Sak { title }}"])
def test_a_half_field_is_refused_with_the_text_around_it(text: str) -> None:
    code, sentence = refused(with_paragraph(text))
    assert code in {"template.half_tag", "template.fault"}
    assert "Sak" in sentence


@pytest.mark.parametrize("text", ["{% for x in sections %}", "{% endif %}", "{% ukjent %}", "{{ title|ukjent }}"])
def test_a_broken_instruction_is_refused(text: str) -> None:
    code, sentence = refused(with_paragraph(f"Her: {text}"))
    assert code in {"template.fault", "template.unpaired"}
    assert sentence


def without_line(line: str, number: int) -> bytes:
    """Our template without the paragraph of an instruction, the first, second … of those that read so."""
    document = Document(str(template_for("nb")))
    found = [paragraph for paragraph in document.paragraphs if paragraph.text == line]
    found[number]._p.getparent().remove(found[number]._p)
    return saved(document)


@pytest.mark.parametrize(
    ("line", "number", "said"),
    [
        ("{%p if correction %}", 0, "«{%p endif %}» har ingen begynnelse: Foran den mangler «if»."),
        ("{%p endif %}", 2, "«{%p if correction %}» har ingen slutt: Etter den mangler «endif»."),
        (
            "{%p endfor %}",
            0,
            "«{%p for paragraph in correction.paragraphs %}» og «{%p endif %}» hører ikke sammen: Mellom dem mangler "
            "en instruks, «if» eller «endfor».",
        ),
    ],
)
def test_a_line_of_an_instruction_that_was_deleted_is_named_by_what_it_belongs_to(
    line: str, number: int, said: str
) -> None:
    code, sentence = refused(without_line(line, number))
    assert code == "template.unpaired"
    assert sentence.startswith(f"{said} Trolig er en linje i stilen Malkode slettet. Det står her: «")


def test_a_row_that_has_left_its_table_is_refused() -> None:
    alone = "{%tr for x in sections %}{%tr endfor %}"
    assert refused(with_paragraph(alone))[0] in {"template.fault", "template.broken"}


@pytest.mark.parametrize("text", ["{{ title.__class__ }}", "{{ 1/0 }}", "{{ digest + 1 }}", "{{ range(9**9)|list }}"])
def test_what_a_template_cannot_do_is_refused(text: str) -> None:
    assert refused(with_paragraph(text))[0] in {"template.fault", "template.broken"}


@pytest.mark.parametrize("content", [b"", b"PK", b"Hei", b"%PDF-1.7", with_parts({})[:9000]])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    assert refused(content)[0] == "template.not_word"


def test_a_workbook_is_no_word_document() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(target.getvalue())[0] == "template.not_word"


def test_an_old_or_locked_document_is_refused() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))[0] == "template.old_or_locked"


def test_macros_are_refused() -> None:
    assert refused(with_parts({"word/vbaProject.bin": b"x"}))[0] == "template.has_macros"
    types = (b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")
    assert refused(with_parts({}, types))[0] == "template.has_macros"


def test_a_file_of_40_megabytes_is_refused_before_it_is_opened() -> None:
    code, sentence = refused(bytes(40_000_000))
    assert code == "template.too_large"
    assert "40\u00a0MB" in sentence
    assert len(with_parts({})) < MOST_BYTES


def test_a_coat_of_arms_of_40_megabytes_is_refused() -> None:
    code, sentence = refused(with_parts({"word/media/image9.png": bytes(40_000_000)}))
    assert code == "template.picture_too_large"
    assert "40\u00a0MB" in sentence


def test_an_archive_that_unpacks_to_more_than_it_should_is_refused() -> None:
    assert (
        refused(with_parts({f"word/{number}.xml": bytes(20_000_000) for number in range(4)}))[0] == "template.too_large"
    )


def test_what_a_template_leaves_out_is_told_though_it_can_be_used() -> None:
    document = Document()
    document.add_paragraph("{{ title }}")
    assert check(saved(document), "nb") == ["decisions", "sections", "unanswered", "digest"]


def test_an_approved_report_is_made_again_on_ours_when_its_own_template_can_no_longer_be_used() -> None:
    broken = with_paragraph("{{ no_longer_there }}")
    for state, day in (("approved", samples.MADE_ON), ("draft", None)):
        snapshot = samples.vefsn(state=state, approved_on=day)
        text = canonical_json(snapshot).decode()
        row = Report(
            plan_id=1, year=2022, version=1, snapshot=text, digest="", made_at=datetime(2022, 5, 3, tzinfo=UTC)
        )
        stored = Stored(row, {}, broken)
        if state == "approved":
            name, content = content_of(stored, "docx")
            assert (name, content) == ("rusmiddelpolitisk-handlingsplan-2022-v1.docx", render(snapshot, "docx"))
        else:
            with pytest.raises(TemplateRefused) as caught:
                content_of(stored, "docx")
            assert caught.value.code == "template.in_use"
