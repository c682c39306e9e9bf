"""The municipality's logo and colour: in every document, frozen with it, and refused where they cannot be used."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from report import brand, changes, colours, emblem
from report.brand import LogoRefused, checked, read
from report.formats import render
from report.snapshot import Snapshot, canonical_json, digest
from report.wording import build
from tests.report import samples
from tests.report.accessible import faults, of_kind
from tests.report.logos import COLOUR, SHIELD, SVG, branded, embedded_png, png

ALTERNATIVE = "Kommunevåpenet til Vefsn kommune"
LOGOS = [SVG, png(), png(90, 300)]


def _colours_of_text(content: bytes) -> set[tuple[float, ...]]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return {
            tuple(round(float(part), 3) for part in instruction.operands)
            for instruction in pikepdf.parse_content_stream(pdf.pages[0])
            if str(instruction.operator) == "scn" and len(instruction.operands) == 3
        }


@pytest.mark.parametrize("logo", LOGOS)
def test_the_pdf_shows_the_logo_with_an_alternative_text_and_headings_in_the_colour(logo: bytes) -> None:
    content = render(branded(logo), "pdf")
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(of_kind(pdf, "/Figure")[0].Alt) == ALTERNATIVE
        assert faults(pdf) == set()
    wanted = tuple(round(part / 255, 3) for part in bytes.fromhex(COLOUR))
    assert wanted in _colours_of_text(content)
    assert wanted not in _colours_of_text(render(samples.vefsn(), "pdf"))


@pytest.mark.parametrize("logo", LOGOS)
def test_the_page_has_the_logo_inside_and_the_colour(logo: bytes) -> None:
    page = render(branded(logo), "html").decode()
    assert f'alt="{ALTERNATIVE}"' in page
    assert emblem.for_page(checked(logo)) in page
    assert f"--dark: #{COLOUR};" in page
    plain = render(samples.vefsn(), "html").decode()
    assert "<img" not in plain
    assert f"--dark: #{colours.USUAL};" in plain


@pytest.mark.parametrize("logo", LOGOS)
def test_word_shows_the_logo_with_an_alternative_text_and_headings_in_the_colour(logo: bytes) -> None:
    document = docx.Document(BytesIO(render(branded(logo), "docx")))
    frames = list(document.element.body.iter(qn("wp:inline")))
    assert frames[0].find(qn("wp:docPr")).get("descr") == ALTERNATIVE
    assert frames[0].extent.cy <= 20.1 * 36_000
    assert frames[0].extent.cx <= 50.1 * 36_000
    assert str(document.styles["Heading 1"].font.color.rgb).lower() == COLOUR
    plain = docx.Document(BytesIO(render(samples.vefsn(), "docx")))
    assert str(plain.styles["Heading 1"].font.color.rgb).lower() == colours.USUAL
    assert len(list(plain.element.body.iter(qn("wp:inline")))) == len(frames) - 1


def test_a_template_of_the_municipality_keeps_its_own_colours(tmp_path: Path) -> None:
    own = Path("templates/report/statusrapport.nb.docx").read_bytes()
    document = docx.Document(BytesIO(render(branded(), "docx", word_template=own)))
    assert str(document.styles["Heading 1"].font.color.rgb).lower() == colours.USUAL
    assert len(list(document.element.body.iter(qn("wp:inline")))) == 5


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
@pytest.mark.parametrize("logo", LOGOS)
def test_the_same_logo_gives_the_same_bytes_also_from_what_is_stored_when_the_file_is_gone(
    tmp_path: Path, logo: bytes, kind: str
) -> None:
    file = tmp_path / "logo"
    file.write_bytes(logo)
    snapshot = samples.vefsn(brand=read(file, COLOUR), state="approved", approved_on=samples.MADE_ON)
    first = render(snapshot, kind)
    file.unlink()
    assert render(Snapshot.model_validate_json(canonical_json(snapshot)), kind) == first


def test_a_new_logo_is_a_change_a_correction_tells_of_and_none_leaves_the_digest_as_it_was() -> None:
    assert "brand" not in canonical_json(samples.vefsn()).decode()
    assert digest(branded()) != digest(branded(png())) != digest(samples.vefsn())
    (change,) = changes.between(branded(), branded(png()))
    assert change.what == "brand"


def test_a_logo_is_as_large_as_fits_standing_or_lying() -> None:
    lying, standing = (build(branded(logo)).emblem for logo in (png(500, 100), png(100, 500)))
    assert lying is not None
    assert standing is not None
    assert (lying.width_mm, lying.height_mm) == (50, 10)
    assert (standing.width_mm, standing.height_mm) == (4, 20)


NESTED = "".join(f'<g id="n{n}">' + f'<use href="#n{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
REFUSED = {
    "a file that is no picture": (b"MZ\x90\x00 program", "logo_no_picture"),
    "a page": (b"<!doctype html><html><body>Hei</body></html>", "logo_no_picture"),
    "a drawing without its namespace": (b'<svg viewBox="0 0 1 1"/>', "logo_no_picture"),
    "an empty file": (b"", "logo_no_picture"),
    "half a PNG": (png()[:120], "logo_broken"),
    "a PNG that is only begun": (b"\x89PNG\r\n\x1a\n", "logo_broken"),
    "more pixels than a printer has": (png(1, 1, written=(60_000, 60_000)), "logo_too_many_pixels"),
    "a PNG of nothing": (png(1, 1, written=(0, 0)), "logo_broken"),
    "a script": (SHIELD.format("<script>alert(1)</script>").encode(), "logo_svg"),
    "what runs when it is shown": (SVG.replace(b"<path", b'<path onload="x()"'), "logo_svg"),
    "a page in the drawing": (SHIELD.format("<foreignObject/>").encode(), "logo_svg"),
    "a picture from outside": (SHIELD.format('<image href="https://example.org/x.png"/>').encode(), "logo_svg"),
    "a picture in the drawing": (SHIELD.format(f'<image href="{embedded_png()}"/>').encode(), "logo_svg"),
    "a drawing from outside": (SHIELD.format('<use xlink:href="file:///etc/passwd#a"/>').encode(), "logo_svg"),
    "a style from outside": (SHIELD.format("<style>@import 'https://example.org'</style>").encode(), "logo_svg"),
    "a colour from outside": (SVG.replace(b"#0b5d3b", b"url(https://example.org/#a)"), "logo_svg"),
    "text": (SHIELD.format("<text>Vefsn</text>").encode(), "logo_svg"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "logo_svg"),
    "uses of uses of uses": (SHIELD.format(f'<g id="n0"/>{NESTED}').encode(), "logo_svg"),
    "uses that run in a circle": (SHIELD.format('<g id="a"><use href="#a"/></g>').encode(), "logo_svg"),
    "no end of depth": (SHIELD.format("<g>" * 20_000 + "</g>" * 20_000).encode(), "logo_broken"),
    "no size": (SVG.replace(b'viewBox="0 0 40 50"', b'width="100%"'), "logo_svg_without_size"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused(name: str) -> None:
    content, code = REFUSED[name]
    with pytest.raises(LogoRefused) as refused:
        checked(content)
    assert refused.value.code == code


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    with file.open("wb") as opened:
        opened.truncate(40_000_000)
    with pytest.raises(LogoRefused) as refused:
        read(file, None)
    assert refused.value.code == "logo_too_large"
    assert refused.value.data == {"size": 40_000_000, "most": brand.MOST_BYTES}


@pytest.mark.parametrize("name", ["", "not-there.png", "."])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LogoRefused) as refused:
        read(tmp_path / name, None)
    assert refused.value.code == "logo_unreadable"


def test_what_drawing_programs_note_for_themselves_is_let_through() -> None:
    noted = SHIELD.format(
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>"
        "<i:view xmlns:i='http://www.inkscape.org/namespaces/inkscape' onload='x'/>"
        "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><rect fill='url(#a)' width='9'/>"
    )
    doctype = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg.dtd">'
    logo = checked((doctype + noted).encode())
    assert (logo.kind, logo.width, logo.height) == ("svg", 800, 1000)


def test_a_drawing_becomes_a_sharp_picture_for_word() -> None:
    from PIL import Image

    with Image.open(BytesIO(emblem.png(checked(SVG)))) as picture:
        assert picture.format == "PNG"
        assert picture.size[1] >= 300
    with ZipFile(BytesIO(render(branded(), "docx"))) as package:
        assert not [name for name in package.namelist() if name.endswith(".svg")]


@pytest.mark.parametrize(
    ("colour", "ratio"), [("000000", 21.0), ("ffffff", 1.0), ("777777", 4.48), ("767676", 4.54), ("ff0000", 4.0)]
)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert colours.contrast(colour) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("colour", ["ffffff", "ffd200", "7ac143", "00a0dc", "777777"])
def test_a_colour_that_is_too_pale_has_a_darker_one_that_can_be_read(colour: str) -> None:
    assert colours.contrast(colour) < colours.READABLE <= colours.contrast(colours.readable(colour))
    assert colours.contrast(colours.readable(colour)) < 5
