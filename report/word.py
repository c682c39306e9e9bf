"""The report as a Word document, on a template a secretary can open and change in Word (docxtpl)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from report import chart, columns, emblem, word_colours
from report.content import Content
from report.package import pack_again
from report.snapshot import Snapshot
from report.wording import build, sayer

if TYPE_CHECKING:
    from docx.document import Document
    from docxtpl import DocxTemplate

TEMPLATES = Path(__file__).parent.parent / "templates" / "report"
SOURCE_LANGUAGE = "nb"
PICTURE_WIDTH_CM = 15.5
STATUS_CHART, EMBLEM = "status", "emblem"
SHORT_TABLE = 8
"""Rows, head and sum among them. A table of no more, with no more text than this, is short enough for one page."""
SHORT_TEXT = 900


class TemplateFaultError(Exception):
    """The Word template cannot be used: `problem` names the field or instruction, `around` the text it stands in."""

    def __init__(self, problem: str, around: tuple[str, ...]) -> None:
        super().__init__(problem)
        self.problem = problem
        self.around = around


def template_for(language: str) -> Path:
    """The template in that language, or in bokmål where there is none."""
    own = TEMPLATES / f"statusrapport.{language}.docx"
    return own if own.exists() else TEMPLATES / f"statusrapport.{SOURCE_LANGUAGE}.docx"


def render(snapshot: Snapshot, *, template: bytes | None = None) -> bytes:
    """The report as `.docx`; the same snapshot and template give the same bytes.

    `template` is the content of the municipality's own; without one, ours in the language of the snapshot is used.

    A field the template names and the content does not have raises `TemplateFaultError`.
    """
    from docxtpl import DocxTemplate  # heavy: only where a document is made

    content = build(snapshot)
    drawn = _drawn(snapshot, content)
    document = DocxTemplate(BytesIO(template) if template else template_for(snapshot.language))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document.render(_fields(document, content, drawn), environment, autoescape=True)
    except TemplateError as error:
        around = tuple(str(text) for text in getattr(error, "docx_context", ()))
        raise TemplateFaultError(error.message or type(error).__name__, around) from error
    _mark_fields(document.docx, content)
    _end_cells_in_paragraphs(document.docx)
    _describe_pictures(document.docx, _alternatives(content, drawn))
    _put_shades_in_order(document.docx)
    _keep_rows_together(document.docx)
    _set_properties(document.docx, content, snapshot)
    if template is None and snapshot.brand is not None and snapshot.brand.colour is not None:
        word_colours.paint(document.docx, content.colour, content.tint)
    document.docx.core_properties.category = _name_of(template, snapshot.language)
    target = BytesIO()
    document.save(target)
    return pack_again(target.getvalue())


def _name_of(template: bytes | None, language: str) -> str:
    """Which template a document is made with: ours, or the beginning of the SHA-256 of the municipality's own."""
    return sayer(language)("word_template", digest=sha256(template).hexdigest()[:12] if template else None)


def _keep_rows_together(document: "Document") -> None:
    """A short table stays on one page, and the last row of a long one, often its sum, never stands alone.

    Nor does a short row break where the template lets rows break.
    """
    from docx.oxml import OxmlElement  # as above
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    def length(element: Any) -> int:
        return sum(len(text.text or "") for text in element.iter(qn("w:t")))

    def keep(paragraphs: Iterable[Any]) -> None:
        for paragraph in paragraphs:
            Paragraph(paragraph, document).paragraph_format.keep_with_next = True

    def may_break(row: Any) -> bool:
        return row.trPr is None or row.trPr.find(qn("w:cantSplit")) is None

    # Its elements, since python-docx wraps every row of a table, and there may be a thousand, to give the last three.
    for table in document.element.body.iterchildren(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        breaking = [row for row in rows if may_break(row)]
        is_short = not breaking and len(rows) <= SHORT_TABLE and length(table) <= SHORT_TEXT
        for row in breaking:
            if length(row) <= SHORT_TEXT:
                row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for row in rows[:-1] if is_short else rows[-3:-1]:
            if length(row) <= SHORT_TEXT:
                keep(row.iterfind(f"{qn('w:tc')}/{qn('w:p')}"))


def _fields(document: "DocxTemplate", content: Content, drawn: Mapping[str, bytes]) -> dict[str, object]:
    from docx.shared import Cm  # as above
    from docxtpl import InlineImage

    widths = {EMBLEM: content.emblem.width_mm / 10} if content.emblem else {}
    images = {
        name: InlineImage(document, BytesIO(picture), width=Cm(widths.get(name, PICTURE_WIDTH_CM)))
        for name, picture in drawn.items()
    }
    fields = content.model_dump()
    shown = [picture | {"image": images[picture["name"]]} for picture in fields["pictures"]]
    return fields | {"pictures": shown, "chart_picture": images.get(STATUS_CHART), "logo": images.get(EMBLEM)}


def _drawn(snapshot: Snapshot, content: Content) -> dict[str, bytes]:
    """Every picture of the report by its name, the chart of the summary as `STATUS_CHART`, the logo as `EMBLEM`."""
    found = {} if content.chart is None else {STATUS_CHART: chart.png(content.chart)}
    if snapshot.brand is not None and snapshot.brand.logo is not None:
        found[EMBLEM] = emblem.png(snapshot.brand.logo)
    return found | {picture.name: columns.png(picture) for picture in content.pictures}


def _alternatives(content: Content, drawn: Mapping[str, bytes]) -> dict[bytes, str]:
    """The alternative texts by the pictures' bytes."""
    texts = {picture.name: picture.alternative for picture in content.pictures}
    if content.chart is not None:
        texts[STATUS_CHART] = content.chart.alternative
    if content.emblem is not None:
        texts[EMBLEM] = content.emblem.alternative
    return {picture: texts[name] for name, picture in drawn.items()}


def _mark_fields(document: "Document", content: Content) -> None:
    """A field can be written in and not removed; one in which nobody has written shows a hint, which Word replaces."""
    from docx.oxml import OxmlElement  # as above
    from docx.oxml.ns import qn

    hinted = _hinted(content)
    if not hinted:
        return
    for tag in list(document.element.body.iter(qn("w:tag"))):
        if tag.get(qn("w:val")) not in hinted:
            continue
        lock = OxmlElement("w:lock")
        lock.set(qn("w:val"), "sdtLocked")
        tag.addnext(lock)
        if hinted[tag.get(qn("w:val"))]:
            lock.addnext(OxmlElement("w:showingPlcHdr"))


def _end_cells_in_paragraphs(document: "Document") -> None:
    """Word opens no document in which a cell ends in something else (ISO/IEC 29500-1, 17.4.65)."""
    from docx.oxml import OxmlElement  # as above
    from docx.oxml.ns import qn

    for cell in document.element.body.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _hinted(content: Content) -> dict[str, bool]:
    """The fields of a draft by tag, and whether nobody has written in them."""
    if content.fields is None:
        return {}
    whole = (content.fields.decision, content.fields.summary, content.fields.assessment)
    rows = [row for section in content.sections for row in section.measures]
    return (
        {field.tag: not field.lines for field in whole}
        | {part.field.tag: False for part in content.unit_texts if part.field}
        | {row.field.tag: row.text_is_ours for row in rows if row.field}
        | {part.field.tag: part.text_is_ours for row in rows for part in row.parts if part.field}
    )


def _describe_pictures(document: "Document", alternatives: dict[bytes, str]) -> None:
    """Give our pictures, known by their bytes, their alternative texts; pictures of the template's own keep theirs.

    Without a distance of their own, LibreOffice would not set them flush with the text.
    """
    from docx.oxml.ns import qn  # as above

    for frame in document.element.body.iter(qn("wp:inline"), qn("wp:anchor")):
        properties, picture = frame.find(qn("wp:docPr")), next(frame.iter(qn("a:blip")), None)
        part = None if picture is None else document.part.related_parts.get(picture.get(qn("r:embed")))
        if part is not None and part.blob in alternatives:
            properties.set("descr", alternatives[part.blob])
            for side in ("distT", "distB", "distL", "distR"):
                frame.set(side, "0")


def _put_shades_in_order(document: "Document") -> None:
    """docxtpl writes a cell's colour first of its properties; the schema has it later (ISO/IEC 29500-1, CT_TcPr)."""
    from docx.oxml.ns import qn  # as above

    for shade in list(document.element.body.iter(qn("w:shd"))):
        properties = shade.getparent()
        if properties.tag == qn("w:tcPr"):
            properties.insert_element_before(
                shade, "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"
            )


def _set_properties(document: "Document", content: Content, snapshot: Snapshot) -> None:
    properties = document.core_properties
    made = datetime.combine(snapshot.made_on, time(), UTC)
    properties.title, properties.subject = content.title[:255], content.running_title
    properties.author = properties.last_modified_by = content.author[:255]
    properties.created = properties.modified = made
    properties.identifier = f"sha256:{content.digest}"
    properties.comments = properties.keywords = ""
    properties.revision = snapshot.version
