"""Reads the finished documents back as plain text, so that tests can compare what they say."""

import re
import unicodedata
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pikepdf
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook


def squeezed(text: str) -> str:
    """Text without white space, marks that only say where a word may be broken, and hyphens; in composed form."""
    return re.sub(r"[\s\u00a0\u00ad\u200b-]+", "", unicodedata.normalize("NFC", text))


def docx_text(document: bytes) -> str:
    """The body of a Word document in reading order."""
    body = Document(BytesIO(document)).element.body
    return "".join(_docx_piece(node) for node in body.iter())


def _docx_piece(node: Any) -> str:
    if node.tag == qn("w:t"):
        return str(node.text or "")
    return "\n" if node.tag in {qn("w:p"), qn("w:br")} else ""


def xlsx_text(workbook: bytes) -> str:
    """Every cell of every sheet, one a line."""
    book = load_workbook(BytesIO(workbook))
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def html_text(page: str) -> str:
    """What a page says, without its styles."""
    parser = _Text()
    parser.feed(page)
    return "".join(parser.pieces)


def pdf_text(document: bytes) -> str:
    """The text of a PDF in the order it is drawn, through the fonts' ToUnicode maps (PDF 1.7, section 9.10)."""
    with pikepdf.open(BytesIO(document)) as pdf:
        return "\n".join(page_text(page) for page in pdf.pages)


def page_text(page: pikepdf.Page) -> str:
    """The same of one page."""
    fonts = {name: _unicode_map(font) for name, font in page.resources.get("/Font", {}).items()}
    pieces: list[str] = []
    current: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj":
                pieces.append(_decoded(bytes(operands[0]), current))
            case "TJ":
                pieces += [_decoded(bytes(part), current) for part in operands[0] if isinstance(part, pikepdf.String)]
    return "".join(pieces)


def _decoded(codes: bytes, glyphs: dict[int, str]) -> str:
    return "".join(glyphs.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2))


def _unicode_map(font: Any) -> dict[int, str]:
    glyphs: dict[int, str] = {}
    source = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            glyphs[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = ord(bytes.fromhex(text).decode("utf-16-be"))
            glyphs.update({int(first, 16) + n: chr(start + n) for n in range(int(last, 16) - int(first, 16) + 1)})
    return glyphs
