"""Documents that cannot or must not be read: each is refused with its own code, and nothing large is unpacked."""

import io
import tracemalloc
import zipfile
import zlib
from contextlib import suppress

import docx
import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from plan.documents import MAX_BYTES, package, read
from plan.documents.problem import Code, DocumentRefused
from plan.documents.workbook_file import FORMULA_WITHOUT_VALUE, MAX_ROWS
from tests.plan.documents.made import Grid, Heading, Line, Made, as_pdf, as_table_of, as_word, as_workbook

SMALL = Made(
    [
        Heading(1, "Handlingsplan 2024-2026"),
        Grid(
            [
                ["Nr", "Tiltak", "Ansvar", "Frist"],
                ["1", "Lys i gata", "Teknisk", "2025"],
                ["2", "Ny park", "Teknisk", "2026"],
            ]
        ),
    ]
)
NO_MEASURES = Made([Heading(1, "Referat"), Line("Møtet ble satt."), Grid([["Navn", "Rolle"], ["A", "Leder"]])])


def refused(name: str, content: bytes) -> Code:
    with pytest.raises(DocumentRefused) as caught:
        read(name, content)
    return caught.value.problems[0].code


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info.filename))
        new.writestr(name, part)
    return written.getvalue()


@pytest.mark.parametrize("write", [as_word, as_pdf, as_table_of])
def test_the_content_decides_what_a_file_is(write: object) -> None:
    assert callable(write)
    assert [measure.ref for measure in read("plan.txt", write(SMALL)).measures] == ["1", "2"]


@pytest.mark.parametrize("write", [as_word, as_pdf, as_table_of])
def test_a_document_without_measures_is_refused(write: object) -> None:
    assert callable(write)
    assert refused("referat.docx", write(NO_MEASURES)) is Code.NO_MEASURES


@pytest.mark.parametrize("write", [as_word, as_pdf, as_table_of])
def test_half_a_file_is_damaged(write: object) -> None:
    assert callable(write)
    content = write(SMALL)
    assert refused("plan", content[: len(content) // 2]) in (Code.DAMAGED, Code.UNKNOWN_FORMAT)


@pytest.mark.parametrize("write", [as_word, as_table_of])
def test_a_part_that_is_no_xml_is_damaged(write: object) -> None:
    assert callable(write)
    content = write(SMALL)
    name = "word/document.xml" if write is as_word else "xl/workbook.xml"
    assert refused("plan", with_part(content, name, b"<not xml")) is Code.DAMAGED


@pytest.mark.parametrize(("write", "name"), [(as_word, "word/document.xml"), (as_table_of, "xl/workbook.xml")])
def test_entities_that_unfold_are_never_read(write: object, name: str) -> None:
    assert callable(write)
    bomb = b'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refused("plan", with_part(write(SMALL), name, bomb)) is Code.DAMAGED


@pytest.mark.parametrize(("write", "folder"), [(as_word, "word"), (as_table_of, "xl")])
def test_a_file_with_macros_is_refused_and_says_so(write: object, folder: str) -> None:
    assert callable(write)
    assert refused("plan.docm", with_part(write(SMALL), f"{folder}/vbaProject.bin", b"x")) is Code.MACROS


@pytest.mark.parametrize(("write", "name"), [(as_word, "word/media/x.xml"), (as_table_of, "xl/media/x.xml")])
def test_a_zip_bomb_is_not_unpacked(write: object, name: str) -> None:
    assert callable(write)
    bomb = with_part(write(SMALL), name, b"\x00" * (package.MAX_XML + 1))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert refused("plan", bomb) is Code.UNPACKS_TOO_LARGE
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_picture_does_not_count_as_text_but_has_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_part(as_word(SMALL), "word/media/x.png", b"\x00" * 3_000_000)
    assert read("plan", content).measures
    monkeypatch.setattr(package, "MAX_UNPACKED", 1_000_000)
    assert refused("plan", content) is Code.UNPACKS_TOO_LARGE


def test_a_file_behind_a_password_is_told_from_one_of_an_old_format() -> None:
    compound = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 500
    assert refused("plan.docx", compound + "EncryptedPackage".encode("utf-16-le")) is Code.ENCRYPTED
    assert refused("plan.doc", compound + "WordDocument".encode("utf-16-le")) is Code.OLD_FORMAT


def test_a_pdf_behind_a_password_is_refused() -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(SMALL))) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="eier", user="bruker"))
    assert refused("plan.pdf", written.getvalue()) is Code.ENCRYPTED


def test_a_pdf_that_anybody_may_open_is_read() -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(SMALL))) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="eier", user=""))
    assert len(read("plan.pdf", written.getvalue()).measures) == 2


def test_a_pdf_without_text_is_refused() -> None:
    scanned = typst.compile(b"#rect(width: 10cm, height: 10cm, fill: gray)", format="pdf")
    assert isinstance(scanned, bytes)
    assert refused("plan.pdf", scanned) is Code.NO_TEXT


def test_a_pdf_of_very_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan.documents.pdf_file.MAX_PAGES", 2)
    long = typst.compile(b"#pagebreak()\na\n#pagebreak()\nb\n#pagebreak()\nc", format="pdf")
    assert isinstance(long, bytes)
    assert refused("plan.pdf", long) is Code.TOO_MANY_PAGES


def test_a_pdf_whose_text_unpacks_to_gigabytes_is_refused() -> None:
    stream = zlib.compress(b" " * 160_000_000)
    bomb = b"%PDF-1.4\n1 0 obj<</Length 1/Filter/FlateDecode>>\nstream\n" + stream + b"\nendstream endobj"
    assert refused("plan.pdf", bomb) is Code.UNPACKS_TOO_LARGE


def test_a_stream_that_is_packed_twice_is_not_unpacked() -> None:
    bomb = b"%PDF-1.4\n1 0 obj<</Filter[/FlateDecode/FlateDecode]>>\nstream\nx\nendstream endobj"
    assert refused("plan.pdf", bomb) is Code.DAMAGED


def test_a_drawing_of_many_lines_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan.documents.pdf_file.MAX_RULES", 3)
    # The table cannot be seen, but the page is read as text and the doubt is told.
    lines = Made(
        [*SMALL.parts, Heading(1, "Tiltak"), Line("Tiltak 1: Lys\n"), Line("Ansvar: Teknisk"), Line("Frist: 2025")]
    )
    assert "page_not_read" in read("plan.pdf", as_pdf(lines)).warnings


def test_a_spreadsheet_of_a_hundred_thousand_rows_is_refused_before_it_is_opened() -> None:
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    large = with_part(
        as_table_of(SMALL), "xl/worksheets/sheet1.xml", sheet + row * 100_000 + b"</sheetData></worksheet>"
    )
    tracemalloc.start()
    assert refused("plan.xlsx", large) is Code.TOO_MANY_ROWS
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_word_file_of_a_hundred_thousand_paragraphs_is_refused_before_it_is_opened() -> None:
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    lines = b"<w:p><w:r><w:t>Tiltak 1: Lys</w:t></w:r></w:p>" * 100_000
    large = with_part(as_word(SMALL), "word/document.xml", body + lines + b"</w:body></w:document>")
    assert refused("plan.docx", large) is Code.TOO_MANY_ROWS


def test_a_csv_file_of_very_many_rows_is_refused() -> None:
    assert refused("plan.csv", b"Tiltak;Ansvar\n" + b"a;b\n" * (MAX_ROWS + 1)) is Code.TOO_MANY_ROWS


def test_a_csv_file_with_a_field_without_end_is_refused() -> None:
    assert refused("plan.csv", b'Tiltak;Ansvar;Frist\n"' + b"a" * 200_000) is Code.DAMAGED


def test_an_upload_over_the_limit_is_refused_by_its_size_alone() -> None:
    assert refused("plan.docx", b"PK\x03\x04" + b"\x00" * MAX_BYTES) is Code.TOO_LARGE


def test_a_zip_that_is_no_office_file_is_unknown() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.txt", "hei")
    assert refused("plan.docx", written.getvalue()) is Code.UNKNOWN_FORMAT


def test_a_formula_is_not_computed_and_one_without_a_value_is_a_doubt() -> None:
    content = as_workbook({"Plan": [["Nr", "Tiltak", "Ansvar", "Frist"], ["1", "Lys", "Teknisk", "=2000+25"]]})
    draft = read("plan.xlsx", content)
    assert draft.measures[0].deadline.text == ""
    assert FORMULA_WITHOUT_VALUE in draft.warnings


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["Nr", "Tiltak", "Ansvar"])
    workbook.worksheets[0].append(["1", "Lys", "Teknisk"])
    hidden = workbook.create_sheet("Gamle tiltak")
    hidden.append(["Nr", "Tiltak", "Ansvar"])
    hidden.append(["9", "Mørke", "Teknisk"])
    hidden.sheet_state = "hidden"
    written = io.BytesIO()
    workbook.save(written)
    draft = read("plan.xlsx", written.getvalue())
    assert [measure.ref for measure in draft.measures] == ["1"]
    assert "hidden_sheet" in draft.warnings


def test_an_empty_word_document_is_refused() -> None:
    written = io.BytesIO()
    docx.Document().save(written)
    assert refused("plan.docx", written.getvalue()) is Code.NO_MEASURES


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.xlsx", "a.csv", "a"]))
def test_no_bytes_crash_the_readers(content: bytes, name: str) -> None:
    for head in (b"", b"%PDF-1.7\n", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")):
        with suppress(DocumentRefused):
            assert read(name, head + content).measures


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_broken_document_crashes_the_readers(data: st.DataObject) -> None:
    content = bytearray(_INTACT[data.draw(st.integers(0, len(_INTACT) - 1))])
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DocumentRefused):
        assert read("plan", bytes(content)).measures


_INTACT = [as_word(SMALL), as_pdf(SMALL), as_table_of(SMALL)]


def test_a_word_file_of_more_rows_than_a_plan_has_is_refused_before_it_is_opened() -> None:
    with zipfile.ZipFile(io.BytesIO(as_word(SMALL))) as archive:
        body = archive.read("word/document.xml")
    many = body.replace(b"</w:tbl>", b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 10_001 + b"</w:tbl>")
    assert refused("plan.docx", with_part(as_word(SMALL), "word/document.xml", many)) is Code.TOO_MANY_ROWS


@pytest.mark.parametrize("write", [as_word, as_table_of])
def test_half_an_office_file_is_damaged_and_not_of_an_unknown_kind(write: object) -> None:
    assert callable(write)
    whole = write(SMALL)
    assert refused("plan.docx", whole[: len(whole) // 2]) is Code.DAMAGED
