"""Nothing is missing for those who have the Word file read aloud, and the check that says so finds what is taken."""

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from report.office_document import Column, OfficeDocument
from report.word import render, template_for
from tests.report import samples
from tests.report.accessible_word import faults

SAMPLES = [samples.vefsn, samples.with_parts, samples.several_years, samples.empty, samples.nasty, samples.all_done]


def opened(content: bytes) -> WordDocument:
    """A document of ours as python-docx sees it."""
    return Document(BytesIO(content))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_is_missing_in_any_kind_of_report(sample: samples.Sample, language: str) -> None:
    assert faults(opened(render(sample().model_copy(update={"language": language})))) == set()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_nothing_is_missing_in_the_documents_that_have_no_template(language: str) -> None:
    made = OfficeDocument("Innspill til økonomiplan", "rådmann", language, samples.MADE_ON)
    made.heading("Tiltak etter prioritet")
    made.table("Tiltak", [Column("Tiltak", 3), Column("2023", 1, is_number=True)], [["Kurs", "1"]], [["Sum", "1"]])
    assert faults(opened(made.content())) == set()


def _no_alternative(document: WordDocument) -> None:
    next(document.element.body.iter(qn("wp:docPr"))).set("descr", " ")


def _no_header(document: WordDocument) -> None:
    mark = next(document.element.body.iter(qn("w:tblHeader")))
    mark.getparent().remove(mark)


def _no_caption(document: WordDocument) -> None:
    caption = next(document.element.body.iter(qn("w:tblCaption")))
    caption.getparent().remove(caption)


def _no_title(document: WordDocument) -> None:
    document.core_properties.title = ""


def _no_language(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.attrib.pop(qn("w:val"))


def _headings(document: WordDocument) -> None:
    first = next(p for p in document.paragraphs if p.style and p.style.name == "Heading 1")
    first.style = "Heading 3"


TAKEN = [_no_alternative, _no_header, _no_caption, _no_title, _no_language, _headings]


@pytest.mark.parametrize("take_away", TAKEN)
def test_what_is_taken_from_the_document_is_found(take_away: Callable[[WordDocument], None]) -> None:
    document = opened(render(samples.several_years()))
    take_away(document)
    assert faults(document) == {take_away.__name__.removeprefix("_")}


def test_a_header_mark_that_is_taken_from_the_template_is_found() -> None:
    template, target = Document(str(template_for("nb"))), BytesIO()
    for mark in list(template.element.body.iter(qn("w:tblHeader"))):
        mark.getparent().remove(mark)
    template.save(target)
    assert faults(opened(render(samples.vefsn(), template=target.getvalue()))) == {"no_header"}
