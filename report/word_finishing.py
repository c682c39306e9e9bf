"""What is put right in a Word document that docxtpl has filled.

A document of a thousand measures has a hundred thousand elements: what is looked for is found by libxml2, and Python
sees only what is changed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document

SHORT_TABLE = 8
"""Rows, head and sum among them. A table of no more, with no more text than this, is short enough for one page."""
SHORT_TEXT = 900

_WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_TAGS = etree.XPath("descendant::w:sdtPr/w:tag", namespaces=_WORD)
_OPEN_CELLS = etree.XPath("descendant::w:tc[not(*[last()][self::w:p])]", namespaces=_WORD)
_BREAKING = etree.XPath("w:tr[not(w:trPr/w:cantSplit)]", namespaces=_WORD)
_TEXTS = etree.XPath("descendant::w:t/text()", namespaces=_WORD)
_LOW_PARAGRAPH = (
    f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
_PARAGRAPHS = etree.XPath("w:tc/w:p", namespaces=_WORD)


def mark_fields(document: "Document", hinted: Mapping[str, bool]) -> None:
    """A field can be written in and not removed; one in which nobody has written shows a hint, which Word replaces.

    `hinted`: whether nobody has written in a field, by its tag.
    """
    for tag in _TAGS(document.element.body):
        name = tag.get(qn("w:val"))
        if name not in hinted:
            continue
        lock = OxmlElement("w:lock")
        lock.set(qn("w:val"), "sdtLocked")
        tag.addnext(lock)
        if hinted[name]:
            lock.addnext(OxmlElement("w:showingPlcHdr"))


def end_cells_in_paragraphs(document: "Document") -> None:
    """Word opens no document in which a cell ends in something else (ISO/IEC 29500-1, 17.4.65): in one of no height."""
    for cell in _OPEN_CELLS(document.element.body):
        cell.append(parse_xml(_LOW_PARAGRAPH))


def describe_pictures(document: "Document", alternatives: Mapping[bytes, str]) -> None:
    """Give our pictures, known by their bytes, their alternative texts; pictures of the template's own keep theirs.

    Without a distance of their own, LibreOffice would not set them flush with the text.
    """
    for frame in document.element.body.iter(qn("wp:inline"), qn("wp:anchor")):
        properties, picture = frame.find(qn("wp:docPr")), next(frame.iter(qn("a:blip")), None)
        part = None if picture is None else document.part.related_parts.get(picture.get(qn("r:embed")))
        if part is not None and part.blob in alternatives:
            properties.set("descr", alternatives[part.blob])
            for side in ("distT", "distB", "distL", "distR"):
                frame.set(side, "0")


def keep_rows_together(document: "Document") -> None:
    """A short table stays on one page, and neither the first row of a long one nor the last, often a sum, stands alone.

    Nor does a short row break where the template lets rows break.
    """
    for table in document.element.body.iterchildren(qn("w:tbl")):
        rows, breaking = table.findall(qn("w:tr")), _BREAKING(table)
        is_short = not breaking and len(rows) <= SHORT_TABLE and _length(table) <= SHORT_TEXT
        for row in breaking:
            if _length(row) <= SHORT_TEXT:
                row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        # Where rows may break, each stands with what is said below it, and is never alone.
        ends = [*rows[:2], *([] if breaking else rows[-3:-1])]
        for row in rows[:-1] if is_short else ends:
            if _length(row) <= SHORT_TEXT:
                for paragraph in _PARAGRAPHS(row):
                    Paragraph(paragraph, document).paragraph_format.keep_with_next = True


def _length(element: Any) -> int:
    """How many characters stand in an element."""
    return sum(map(len, _TEXTS(element)))
