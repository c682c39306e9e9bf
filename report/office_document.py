"""A Word document of headings, paragraphs and tables, in the dress of the status report, for what has no template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from report import legible
from report.package import pack_again
from report.word import template_for
from templates import words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

CELL, CAPTION, TABLE = "Tabelltekst", "Caption", "Tiltakstabell"


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, and whether it holds numbers."""

    head: str
    share: int
    is_number: bool = False


Cells = Sequence[str]


class OfficeDocument:
    """A landscape page of our own styles, filled from top to bottom. The same texts and day give the same bytes."""

    def __init__(self, title: str, leader_title: str, language: str, made_on: date) -> None:
        import docx
        from docx.enum.section import WD_ORIENT

        self.document: Document = docx.Document(str(template_for(language)))
        self._empty()
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        self.width = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
        properties = self.document.core_properties
        author = words.say("office.name", language=language, leader_title=leader_title)
        properties.title, properties.author, properties.last_modified_by = title, author, author
        moment = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001  # a day: documents have no zone
        properties.created = properties.modified = moment
        self.cell_style = self.document.styles[CELL].style_id
        self.document.add_paragraph(legible.line(title), style="Title")

    def _empty(self) -> None:
        """Take away what stands in the template, but for the styles, the language, the page and its number."""
        body = self.document.element.body
        for element in list(body):
            if not element.tag.endswith("}sectPr"):
                body.remove(element)
        for paragraph in self.document.sections[0].header.paragraphs:
            for run in list(paragraph._p):
                if not run.tag.endswith("}pPr"):
                    paragraph._p.remove(run)

    def heading(self, text: str) -> None:
        """A heading under the title."""
        self.document.add_heading(legible.line(text), 1)

    def paragraph(self, text: str) -> None:
        """A paragraph of running text."""
        self.document.add_paragraph(legible.text(text))

    def items(self, texts: Sequence[str]) -> None:
        """A list with bullets."""
        for text in texts:
            self.document.add_paragraph(legible.line(text), style="List Bullet")

    def table(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Sequence[Cells],
        totals: Sequence[Cells] = (),
        *,
        is_section: bool = False,
    ) -> None:
        """A table with a head that repeats on each page; `totals` are rows in bold at its end.

        Where a table `is_section`, its caption is the heading: by those a reader who hears the document finds the way.
        """
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Length
        from docx.text.paragraph import Paragraph

        if is_section:
            self.heading(caption)
        else:
            self.document.add_paragraph(legible.line(caption), style=CAPTION)
        table = self.document.add_table(rows=1 + len(rows) + len(totals), cols=len(columns))
        table.style = TABLE if TABLE in self.document.styles else "Table Grid"
        table.autofit = False
        described = OxmlElement("w:tblCaption")
        described.set(qn("w:val"), legible.line(caption))
        table._tbl.tblPr.append(described)
        whole = sum(column.share for column in columns)
        widths = [Length(self.width * column.share // whole) for column in columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        heads = [column.head for column in columns]
        last = len(rows) + len(totals)
        # Of a thousand rows: the cells themselves, since python-docx looks through the table for each of its own.
        for number, (row, texts) in enumerate(zip(table._tbl.tr_lst, (heads, *rows, *totals), strict=True)):
            properties = row.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            is_bold = number == 0 or number > len(rows)
            # Sums stay on one page, and with the row above them.
            is_kept = bool(totals) and len(rows) <= number < last
            for cell, column, width, text in zip(row.tc_lst, columns, widths, texts, strict=True):
                cell.width = width
                paragraph = Paragraph(cell.p_lst[0], table)
                paragraph._p.style = self.cell_style
                _fill(paragraph, text, is_bold=is_bold, is_number=column.is_number, is_kept=is_kept)

    def content(self) -> bytes:
        """The document as `.docx`."""
        target = BytesIO()
        self.document.save(target)
        return pack_again(target.getvalue())


def _fill(paragraph: "Paragraph", text: str, *, is_bold: bool, is_number: bool, is_kept: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.add_run(legible.line(text)).bold = is_bold or None
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if is_kept:
        paragraph.paragraph_format.keep_with_next = True
