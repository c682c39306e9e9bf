"""Word drafts that come in chat, and what somebody writes in them in Word."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from emulator import Person


def received(person: Person, name: str) -> bytes:
    """A document the bot has sent."""
    return next(seen.document for seen in reversed(person.messages) if seen.file_name == name and seen.document)


def written_in(draft: bytes, tag: str, *lines: str) -> bytes:
    """A draft with other lines in one of its fields, as Word would put them there."""
    document: Any = Document(BytesIO(draft))
    [found] = [each.getparent() for each in document.element.body.iter(qn("w:tag")) if each.get(qn("w:val")) == tag]
    for hint in found.findall(qn("w:showingPlcHdr")):
        found.remove(hint)
    inside = found.getparent().find(qn("w:sdtContent"))
    is_in_line = inside.find(qn("w:p")) is None
    runs = [f"<w:r {nsdecls('w')}><w:t>{line}</w:t></w:r>" for line in lines]
    wrapped = runs if is_in_line else [f"<w:p {nsdecls('w')}>{run}</w:p>" for run in runs]
    inside[:] = [parse_xml(piece) for piece in wrapped]
    target = BytesIO()
    document.save(target)
    return target.getvalue()
