"""The report as a Word document, on a template a secretary can open and change in Word (docxtpl)."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError

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
    from report import word_columns, word_finishing  # heavy: only where a document is made
    from report.word_filling import Filling, instructions

    content = build(snapshot)
    drawn = _drawn(snapshot, content)
    document = Filling(BytesIO(template) if template else template_for(snapshot.language))
    try:
        document.render(_fields(document, content, drawn), instructions(), autoescape=True)
    except TemplateError as error:
        around = tuple(str(text) for text in getattr(error, "docx_context", ()))
        raise TemplateFaultError(error.message or type(error).__name__, around) from error
    word_finishing.mark_fields(document.docx, _hinted(content))
    word_finishing.end_cells_in_paragraphs(document.docx)
    word_finishing.describe_pictures(document.docx, _alternatives(content, drawn))
    word_columns.leave_out(document.docx, _columns_left_out(content), content.labels["no_value"])
    word_finishing.keep_rows_together(document.docx)
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


def _columns_left_out(content: Content) -> set[str]:
    """What the columns are called that say nothing, those of the kinds of money the plan has no amounts of too."""
    economy = content.economy
    kinds = {kind for place, kind in enumerate(economy.kinds) if place not in economy.shown}
    return kinds | {content.labels[f"column_{name}"] for name in content.left_out}


def _set_properties(document: "Document", content: Content, snapshot: Snapshot) -> None:
    properties = document.core_properties
    made = datetime.combine(snapshot.made_on, time(), UTC)
    properties.title, properties.subject = content.title[:255], content.running_title
    properties.author = properties.last_modified_by = content.author[:255]
    properties.created = properties.modified = made
    properties.identifier = f"sha256:{content.digest}"
    properties.comments = properties.keywords = ""
    properties.revision = snapshot.version
