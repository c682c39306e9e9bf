"""A Word draft is read back: the texts in its content controls, whatever has been done to it in Word."""

import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.status import Status
from report import legible
from report.draft_fields import (
    ASSESSMENT,
    DECISION,
    SUMMARY,
    measure_tag,
    measures_by_tag,
    part_tag,
    parts_by_tag,
    unit_tag,
)
from report.read_back import Comparison, ReadBackRefused, compare, read
from report.snapshot import OfficeTexts, Snapshot, UnitText, digest
from report.word import render
from report.wording import build
from templates import cli
from tests.report import samples

MEASURE, OTHER = "tv:measure:1.1", "tv:measure:1.2"


def changed(change: Callable[[WordDocument], None], snapshot: Snapshot | None = None) -> bytes:
    """A draft in which something has been changed."""
    document = Document(BytesIO(render(snapshot or samples.vefsn())))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def control(document: WordDocument, tag: str) -> Any:
    """The content control with a tag."""
    [found] = [
        node.getparent().getparent() for node in document.element.body.iter(qn("w:tag")) if node.get(qn("w:val")) == tag
    ]
    return found


def write(document: WordDocument, tag: str, *content: str) -> None:
    """Put other content (runs, or in the larger fields paragraphs) in a control, as Word would."""
    found = control(document, tag)
    for hint in found.iter(qn("w:showingPlcHdr")):
        hint.getparent().remove(hint)
    inside = found.find(qn("w:sdtContent"))
    inside[:] = [parse_xml(f"<w:x {nsdecls('w')}>{piece}</w:x>")[0] for piece in content]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(snapshot: Snapshot) -> dict[str, str | None]:
    """What the fields of a draft must say, by tag."""
    office = {DECISION: "\n".join(build(snapshot).decisions), SUMMARY: None, ASSESSMENT: None}
    parts = {tag: part.report_text for tag, (_measure, part) in parts_by_tag(snapshot).items()}
    return office | parts | {tag: measure.report_text for tag, measure in measures_by_tag(snapshot).items()}


def test_an_untouched_draft_says_what_the_report_says_and_changes_nothing() -> None:
    snapshot = samples.vefsn()
    draft = read(render(snapshot))
    assert draft.digest == digest(snapshot)
    assert draft.texts == texts(snapshot)
    assert None in draft.texts.values()
    assert not draft.tracked
    assert compare(draft, snapshot, snapshot) == Comparison((), ())


def test_a_number_of_any_length_has_a_tag_word_takes() -> None:
    measure = samples.MEASURES[0].model_copy(update={"ref": "1" * 80})
    snapshot = samples.vefsn(measures=(measure,))
    tags = read(render(snapshot)).texts
    assert [len(tag) <= 64 for tag in tags if tag.startswith("tv:measure:")] == [True]


def test_what_is_approved_has_no_fields() -> None:
    assert read(render(samples.all_done())).texts == {}


def test_a_measure_nobody_answered_takes_no_text() -> None:
    assert "tv:measure:1.6" not in read(render(samples.vefsn())).texts


def test_what_is_written_is_read_whatever_its_formatting() -> None:
    def change(document: WordDocument) -> None:
        bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>Fet</w:t></w:r>"
        write(document, MEASURE, bold, run(" og «kursiv”"), "<w:r><w:br/></w:r>", run("ny linje"))
        write(document, OTHER, run("Et"), "<w:hyperlink>" + run(" lenket ") + "</w:hyperlink>", run("ord"))

    snapshot = samples.vefsn()
    draft = read(changed(change))
    assert draft.texts[MEASURE] == "Fet og «kursiv”\nny linje"
    assert draft.texts[OTHER] == "Et lenket ord"
    found = compare(draft, snapshot, snapshot).changes
    assert [(each.name, each.title, each.also_changed) for each in found] == [
        ("1.1", "Rapporttekst 1.1", False),
        ("1.2", "Rapporttekst 1.2", False),
    ]


def test_paragraphs_about_a_measure_are_read_with_an_empty_line_between_them() -> None:
    def change(document: WordDocument) -> None:
        write(document, MEASURE, *paragraphs("Første", "Andre\nlinje"))

    assert read(changed(change)).texts[MEASURE] == "Første\n\nAndre\nlinje"


def test_a_field_holds_a_paragraph_for_each_of_its_text_and_a_cell_ends_in_one() -> None:
    text = "Første avsnitt\nmed to linjer.\n\nAndre avsnitt."
    measure = samples.MEASURES[1].model_copy(
        update={"report_text": text, "answered_by": None, "status_on": None, "on_behalf": False}
    )
    snapshot = samples.vefsn(measures=(measure,))
    document = Document(BytesIO(render(snapshot)))
    found = control(document, measure_tag(measure.ref))
    assert len(found.findall(f"{qn('w:sdtContent')}/{qn('w:p')}")) == 2
    assert found.getparent().tag == qn("w:tc")
    # Word opens no document in which a cell ends in something else (ISO/IEC 29500-1, 17.4.65).
    assert all(cell[-1].tag == qn("w:p") for cell in document.element.body.iter(qn("w:tc")))
    assert compare(read(render(snapshot)), snapshot, snapshot) == Comparison((), ())


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    def change(document: WordDocument) -> None:
        by = 'w:id="1" w:author="Test" w:date="2022-05-04T10:00:00Z"'
        gone = f"<w:del {by}><w:r><w:delText>fire</w:delText></w:r></w:del>"
        write(document, MEASURE, run("Tre "), gone, f"<w:ins {by}>{run('fem')}</w:ins>", run(" stillinger"))

    draft = read(changed(change))
    assert draft.texts[MEASURE] == "Tre fem stillinger"
    assert draft.tracked


def test_a_field_that_was_emptied_takes_the_text_away() -> None:
    snapshot = samples.vefsn()
    draft = read(changed(lambda document: write(document, MEASURE, run("  "))))
    [change] = compare(draft, snapshot, snapshot).changes
    assert (change.name, change.after) == ("1.1", None)


def test_a_field_that_was_deleted_changes_nothing_and_is_named() -> None:
    def change(document: WordDocument) -> None:
        found = control(document, MEASURE)
        found.getparent().remove(found)

    snapshot = samples.vefsn()
    found = compare(read(changed(change)), snapshot, snapshot)
    assert (found.changes, found.missing) == ((), ("Rapporttekst 1.1",))


def test_a_table_that_was_moved_is_read_where_it_is() -> None:
    def change(document: WordDocument) -> None:
        table = next(control(document, MEASURE).iterancestors(qn("w:tbl")))
        document.element.body.insert(0, table)
        write(document, MEASURE, run("Flyttet"))

    assert read(changed(change)).texts[MEASURE] == "Flyttet"


def test_a_field_that_was_copied_and_changed_is_refused() -> None:
    def copy(document: WordDocument) -> Any:
        row = next(control(document, MEASURE).iterancestors(qn("w:tr")))
        other = deepcopy(row)
        row.addnext(other)
        return other

    assert read(changed(copy)).texts[MEASURE] == texts(samples.vefsn())[MEASURE]

    def copy_and_change(document: WordDocument) -> None:
        for node in copy(document).iter(qn("w:sdtContent")):
            node.find(f".//{qn('w:t')}").text = "En annen"

    with pytest.raises(ReadBackRefused) as caught:
        read(changed(copy_and_change))
    assert caught.value.code == "read_back.twice"


def with_first(**changes: Any) -> Snapshot:
    """The plan, with other fields of measure 1.1."""
    measures = [m.model_copy(update=changes) if m.ref == "1.1" else m for m in samples.MEASURES]
    return samples.vefsn(measures=tuple(measures))


def test_what_was_changed_in_the_meantime_is_told_apart() -> None:
    made_from = samples.vefsn()
    draft = read(changed(lambda document: write(document, MEASURE, run("Fra Word"))))
    [change] = compare(draft, made_from, with_first(report_text="Fra chatten")).changes
    assert (change.before, change.after, change.also_changed) == ("Fra chatten", "Fra Word", True)
    [change] = compare(draft, made_from, with_first(status=Status.DONE)).changes
    assert change.also_changed
    assert compare(draft, made_from, with_first(report_text="Fra Word")).changes == ()


def other_file(change: Callable[[WordDocument], None]) -> bytes:
    document = Document()
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_word"),
        (b"%PDF-1.7", "not_word"),
        (bytes(21_000_000), "too_large"),
        (other_file(lambda document: None), "not_ours"),
    ],
)
def test_a_file_that_is_no_draft_of_ours_is_refused_in_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(ReadBackRefused) as caught:
        read(content)
    assert caught.value.code == f"read_back.{code}"
    assert cli.say(caught.value.code, language="nb", **caught.value.data).endswith(".")


def paragraphs(*written: str) -> list[str]:
    """Paragraphs of runs, a line break for each new line."""
    pieces = ["<w:r><w:br/></w:r>".join(map(run, text.split("\n"))) for text in written]
    return [f"<w:p>{piece}</w:p>" for piece in pieces]


WRITTEN = OfficeTexts(
    summary="En linje.\nEn til.", assessment="Et avsnitt.\n\nEt til.", decision="Tas til orientering."
)


def test_what_the_office_and_the_units_wrote_is_read_back_too() -> None:
    def change(document: WordDocument) -> None:
        write(document, SUMMARY, *paragraphs("Ny linje.", "Og en til."))
        write(document, ASSESSMENT, *paragraphs("Avsnitt", "To\nlinjer"))
        write(document, DECISION, *paragraphs("Vedtas.", "Følges opp."))
        write(document, unit_tag("NAV"), *paragraphs("Skrevet om"))

    snapshot = samples.vefsn(office_texts=WRITTEN, unit_texts=(UnitText(unit="NAV", text="Fra enheten"),))
    draft = read(render(snapshot))
    assert compare(draft, snapshot, snapshot) == Comparison((), ())
    assert draft.texts[ASSESSMENT] == "Et avsnitt.\n\nEt til."
    found = compare(read(changed(change, snapshot)), snapshot, snapshot).changes
    assert [(each.kind, each.name, each.before, each.after) for each in found] == [
        ("decision", None, "Tas til orientering.", "Vedtas.\nFølges opp."),
        ("summary", None, "En linje.\nEn til.", "Ny linje.\nOg en til."),
        ("assessment", None, "Et avsnitt.\n\nEt til.", "Avsnitt\n\nTo\nlinjer"),
        ("unit", "NAV", "Fra enheten", "Skrevet om"),
    ]
    assert not any(each.also_changed for each in found)


def test_what_units_say_of_their_parts_is_read_back_with_the_measure_and_the_unit() -> None:
    snapshot = samples.with_parts()
    assert read(render(snapshot)).texts == texts(snapshot)
    tag, (measure, part) = next(iter(parts_by_tag(snapshot).items()))
    assert tag == part_tag(measure.ref, part.unit)
    found = compare(
        read(changed(lambda document: write(document, tag, run("Skrevet om")), snapshot)), snapshot, snapshot
    )
    assert [(each.kind, each.name, each.unit, each.before, each.after) for each in found.changes] == [
        ("part", measure.ref, part.unit, part.report_text, "Skrevet om")
    ]
    approved = samples.with_parts().model_copy(update={"state": "approved", "approved_on": snapshot.made_on})
    assert read(render(approved)).texts == {}


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    def change(document: WordDocument) -> None:
        gone = '<w:pPr><w:rPr><w:del w:id="1" w:author="Test"/></w:rPr></w:pPr>'
        write(document, SUMMARY, f"<w:p>{gone}{run('En linje')}</w:p>", *paragraphs(", som går videre"))

    assert read(changed(change)).texts[SUMMARY] == "En linje, som går videre"


def test_our_own_proposal_is_nobodys_text() -> None:
    made_from, now = samples.vefsn(), with_first(status=Status.DONE)
    draft = read(changed(lambda document: write(document, DECISION, *paragraphs("Vårt vedtak"))))
    [change] = compare(draft, made_from, now).changes
    assert (change.kind, change.after, change.also_changed) == ("decision", "Vårt vedtak", False)
    emptied = read(changed(lambda document: write(document, DECISION, *paragraphs(""))))
    assert compare(emptied, made_from, made_from).changes == ()


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@settings(max_examples=15, deadline=None)
@given(st.lists(TYPED, min_size=2, max_size=2), TYPED, TYPED, TYPED)
def test_whatever_is_written_comes_back_as_it_was(written: list[str], summary: str, assessment: str, unit: str) -> None:
    answered = [measure for measure in samples.MEASURES if measure.status is not None]
    pairs = zip(answered, written, strict=False)
    measures = tuple(measure.model_copy(update={"report_text": text or None}) for measure, text in pairs)
    office = OfficeTexts(summary=summary or None, assessment=assessment or None)
    units = (UnitText(unit="NAV", text=unit),)
    snapshot = samples.vefsn(measures=measures, office_texts=office, unit_texts=units)
    draft = read(render(snapshot))
    assert compare(draft, snapshot, snapshot) == Comparison((), ())
    for measure, text in zip(measures, written, strict=True):
        assert draft.texts[measure_tag(measure.ref)] == (legible.text(text) or None)
    for tag, text in ((SUMMARY, summary), (ASSESSMENT, assessment), (unit_tag("NAV"), unit)):
        assert "".join((draft.texts[tag] or "").split()) == "".join(legible.text(text).split())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_draft_saved_by_libreoffice_is_read_or_refused_and_never_half_read(tmp_path: Path) -> None:
    def change(document: WordDocument) -> None:
        write(document, MEASURE, run("Skrevet om"))

    (tmp_path / "utkast.docx").write_bytes(changed(change))
    arguments = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless"]
    arguments += ["--convert-to", "docx", "--outdir", str(tmp_path / "ut"), str(tmp_path / "utkast.docx")]
    subprocess.run(arguments, check=True, capture_output=True, timeout=180)
    saved = (tmp_path / "ut" / "utkast.docx").read_bytes()
    with ZipFile(BytesIO(saved)) as archive:
        keeps_the_fields = MEASURE.encode() in archive.read("word/document.xml")
    if keeps_the_fields:
        assert read(saved).texts[MEASURE] == "Skrevet om"
    else:  # older versions drop the tags
        assert read(saved).texts == {}
