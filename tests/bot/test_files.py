"""What may be attached, decided by what a file holds; and what is taken out of a photo before it is kept."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import photos
from bot.files.checking import MAX_BYTES, MAX_NAME, Checked, Problem, check, clean_name

NUMBER = "01810012311"  # synthetic: the month has 80 added
PLACE = b"GPS 65.84 13.19"


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


def exif(orientation: int | None = None, order: str = "<") -> bytes:
    """An Exif segment with a make, perhaps the way up, and a place."""
    entries = [struct.pack(f"{order}HHI4s", 0x010F, 2, 4, b"Cam\0")]
    if orientation:
        entries.append(struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0))
    tiff = {"<": b"II\x2a\x00", ">": b"MM\x00\x2a"}[order] + struct.pack(f"{order}IH", 8, len(entries))
    return segment(0xE1, b"Exif\0\0" + tiff + b"".join(entries) + bytes(4) + PLACE)


def jpeg(*before: bytes, after: bytes = b"") -> bytes:
    """A JPEG of the right shape, with a stuffed byte and a restart in the picture's own data."""
    frame = segment(0xC0, bytes([8, 0, 1, 0, 1, 1, 1, 0x11, 0]))
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\x12\xff\x00\x34\xff\xd0\x56"
    second = segment(0xC4, bytes(20)) + segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\x78"
    head = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return b"\xff\xd8" + head + b"".join(before) + frame + scan + second + b"\xff\xd9" + after


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


def archive(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def word() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def sheet() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def types(kind: str) -> dict[str, str]:
    return {"[Content_Types].xml": f"<Types><Override ContentType='application/vnd.{kind}'/></Types>"}


ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
PDF = b"%PDF-1.7\n..."
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
KEPT = [
    ("bilde.jpg", jpeg(), "bilde.jpg", "image/jpeg"),
    ("BILDE.JPEG", jpeg(), "BILDE.jpg", "image/jpeg"),
    ("plan.exe", PDF, "plan.exe.pdf", "application/pdf"),
    ("skjermbilde.png", png(), "skjermbilde.png", "image/png"),
    ("foto.heic", HEIC, "foto.heic", "image/heic"),
    ("notat.docx", word(), "notat.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("tall", sheet(), "tall.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (
        "lysark.pptx",
        archive(**types("openxmlformats-officedocument.presentationml.presentation.main+xml")),
        "lysark.pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("notat.odt", archive(**ODT), "notat.odt", "application/vnd.oasis.opendocument.text"),
    ("referat.txt", "Møtet ble holdt.".encode("cp1252"), "referat.txt", "text/plain"),
    ("tall.csv", "år;antall\n2021;3\n".encode(), "tall.csv", "text/csv"),
]
REFUSED = [
    ("tom.txt", b"", Problem.EMPTY),
    ("stor.pdf", PDF + bytes(MAX_BYTES), Problem.TOO_LARGE),
    ("program.pdf", b"MZ\x90\x00" + bytes(100), Problem.UNKNOWN_KIND),
    ("program.txt", b"\x7fELF\x02\x01\x01\x00", Problem.UNKNOWN_KIND),
    ("skript.sh", b"#!/bin/sh\nrm -rf /\n", Problem.UNKNOWN_KIND),
    ("side.html", b"<script>alert(1)</script>", Problem.UNKNOWN_KIND),
    ("bilde.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Problem.UNKNOWN_KIND),
    ("mappe.zip", archive(a="b"), Problem.UNKNOWN_KIND),
    ("pakke.docx", archive(**types("android.package")), Problem.UNKNOWN_KIND),
    ("makro.docx", archive(**types("ms-word.document.macroEnabled.main+xml")), Problem.MACROS),
    ("makro.xlsx", archive(xl__vbaProject="x", **{"xl/vbaProject.bin": "x"}), Problem.MACROS),
    ("makro.odt", archive(**ODT, **{"Basic/Standard/Module1.xml": "x"}), Problem.MACROS),
    ("gammel.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Problem.OLD_OFFICE),
    (
        "passord.docx",
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        Problem.LOCKED,
    ),
    ("skadet.docx", word()[:2000], Problem.DAMAGED),
    ("skadet.jpg", jpeg()[:-2], Problem.DAMAGED),
    ("skadet.png", png()[:-3], Problem.DAMAGED),
    ("liste.csv", f"navn;nummer\nTestperson;{NUMBER}\n".encode(), Problem.HOLDS_IDENTITY_NUMBER),
]


@pytest.mark.parametrize(("name", "content", "kept_as", "media_type"), KEPT, ids=[row[0] for row in KEPT])
def test_a_file_is_known_by_its_content_and_named_after_it(
    name: str, content: bytes, kept_as: str, media_type: str
) -> None:
    found = check(name, content)
    assert isinstance(found, Checked), found
    assert (found.name, found.media_type) == (kept_as, media_type)
    assert found.may_tell_place == (media_type == "image/heic")


@pytest.mark.parametrize(("name", "content", "why"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_file_is_refused_for_a_reason_that_can_be_said(name: str, content: bytes, why: Problem) -> None:
    assert check(name, content) is why


NAMES = [
    ("../../etc/passwd", "passwd.pdf"),
    ("C:\\Users\\Test\\plan.pdf", "plan.pdf"),
    ("  mange   mellomrom .pdf", "mange mellomrom.pdf"),
    ("snudd\u202efdp.exe", "snuddfdp.exe.pdf"),
    ("linje\nskift\x00.pdf", "linjeskift.pdf"),
    ("a\u030arsplan.pdf", "årsplan.pdf"),
    ('<b>"navn"?*|.pdf', "b navn.pdf"),
    (".pdf", "pdf.pdf"),
    ("…", ""),
    ("x" * 300 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
]


@pytest.mark.parametrize(("name", "clean"), NAMES)
def test_a_name_is_made_safe(name: str, clean: str) -> None:
    assert clean_name(name, "pdf") == clean


def test_a_jpeg_loses_where_and_when_it_was_taken_and_keeps_the_picture() -> None:
    profile = segment(0xE2, b"ICC_PROFILE\0\x01\x01abc")
    telling = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE),
        segment(0xED, b"Photoshop 3.0\0" + PLACE),
        segment(0xFE, PLACE),
        segment(0xE2, b"MPF\0" + PLACE),
    )
    cleaned = photos.without_place_jpeg(jpeg(exif(), *telling, profile, after=jpeg(exif())))
    assert cleaned == jpeg(profile)
    assert photos.without_place_jpeg(cleaned) == cleaned


@pytest.mark.parametrize("order", ["<", ">"])
def test_which_way_is_up_is_kept(order: str) -> None:
    cleaned = photos.without_place_jpeg(jpeg(exif(6, order)))
    assert cleaned is not None
    assert PLACE not in cleaned
    assert b"Cam" not in cleaned
    assert photos._orientation(cleaned[cleaned.index(b"Exif\0\0") + 6 :]) == 6
    assert photos.without_place_jpeg(cleaned) == cleaned


def test_a_png_loses_what_is_written_into_it() -> None:
    telling = (chunk(b"tEXt", PLACE), chunk(b"eXIf", PLACE), chunk(b"tIME", bytes(7)), chunk(b"iTXt", PLACE))
    gamma = chunk(b"gAMA", bytes(4))
    assert photos.without_place_png(png(*telling, gamma) + PLACE) == png(gamma)


@given(st.binary(max_size=200), st.sampled_from(["", "a.txt", "b.csv", "c.jpg"]))
def test_no_content_makes_the_check_fail(content: bytes, name: str) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", jpeg(exif(6))[:90]):
        assert isinstance(check(name, start + content), Checked | Problem)
