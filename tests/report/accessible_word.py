"""What a Word document lacks for those who have it read aloud, as codes: what Word's own checker looks for."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

LOOKS = "w:tblLook"


def faults(document: Document) -> set[str]:
    """Everything that is wrong: empty where nothing is."""
    return set(_of_document(document)) | {code for table in _of_data(document) for code in _of_table(table)}


def _of_document(document: Document) -> Iterator[str]:
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    if any(not (picture.get("descr") or "").strip() for picture in pictures):
        yield "no_alternative"
    if not document.core_properties.title:
        yield "no_title"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    if len(languages) != 1 or None in languages:
        yield "no_language"
    levels = _levels(document)
    if not levels or levels[0] != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield "headings"


def _levels(document: Document) -> list[int]:
    names = [paragraph.style.name or "" for paragraph in document.paragraphs if paragraph.style]
    return [int(name.removeprefix("Heading ")) for name in names if name.startswith("Heading ")]


def _of_data(document: Document) -> list[Any]:
    """The tables of data: all but those that say they have no head, as the facts at the top do."""
    tables = list(document.element.body.iter(qn("w:tbl")))
    return [table for table in tables if (look := table.tblPr.find(qn(LOOKS))) is None or _has_head(look)]


def _has_head(look: Any) -> bool:
    return bool(look.get(qn("w:firstRow")) != "0")


def _of_table(table: Any) -> Iterator[str]:
    first = table.find(qn("w:tr"))
    if first is None or first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
        yield "no_header"
    elif any(not "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip() for cell in first.iter(qn("w:tc"))):
        yield "empty_header"
    caption = table.tblPr.find(qn("w:tblCaption"))
    if caption is None or not caption.get(qn("w:val")):
        yield "no_caption"
