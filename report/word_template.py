"""Lays the first version of the Word template: `python -m report.word_template templates/report/statusrapport.nb.docx`.

The `.docx` it makes is what counts from then on: it is kept in the repository and may be changed in Word. This
script is for starting over, or for a template in another language.

Fields are those of `report.content.Content`. Headings and column heads are plain text in the template, in the words
of `templates/report/statusrapport.j2`. Lines in the style "Malkode" are instructions (loops, conditions) and
leave no trace in the report.
"""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from report.figures import COST_KINDS
from report.package import pack_again
from report.wording import labels, sayer

FONT = "Arial"
SIGN_FONT = "Segoe UI Symbol"
DARK = RGBColor(0x1F, 0x3A, 0x4D)
GREY = RGBColor(0x57, 0x53, 0x4E)
HEADER_FILL = "E6ECF0"
LINE_COLOUR = "C9C5C1"
TEXT_WIDTH_CM = 17.0
CELL_MARGIN = 85
"""Twentieths of a point: 1.5 mm on either side of a cell's text."""
LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}

CELL, NOTE, CODE, NOTICE, KIND, CAPTION = "Tabelltekst", "Tabellnotat", "Malkode", "Merknad", "Dokumenttype", "Caption"
HINT = "Skrivefelt"
WORDS = "Figurtekst"
SAID, SAID_NOTE = "Rapporttekst", "Rapportnotat"
"""What is said about a measure, over the whole width of the table and in line with the measure's title."""
TABLE = "Tiltakstabell"

MEASURE_COLUMNS = (1.6, 5.7, 3.6, 3.3, 2.8)
COUNT_COLUMNS = (5.0, 3.0)
YEAR_COLUMNS = (2.0, 3.0, 3.0, 3.0, 3.0, 3.0)
MONEY_COLUMNS = (1.4, 3.75, 2.25, 1.95, 1.85, 1.85, 2.1, 1.85)
UNANSWERED_COLUMNS = (1.5, 4.2, 3.3, 2.1, 2.45, 3.45)
CHANGE_COLUMNS = (1.6, 8.2, 3.9, 3.3)
DEVIATION_COLUMNS = (1.6, 5.0, 3.5, 3.9, 3.0)
TARGET_COLUMNS = (2.4, 5.8, 2.6, 6.2)
ATTACHMENT_COLUMNS = (1.6, 6.0, 2.2, 7.2)
FACT_COLUMNS = (4.2, 12.8)


def build(language: str = "nb") -> WordDocument:
    """The template in a language whose sentences exist."""
    document = Document()
    _drop_thumbnail(document)
    _set_page(document)
    _set_styles(document, LOCALES[language])
    _Body(document, language).write()
    return document


class _Body:
    """Writes the template from top to bottom."""

    def __init__(self, document: WordDocument, language: str) -> None:
        self.document = document
        self.labels = labels(language)
        self.kinds = [sayer(language)("cost", kind=kind) for kind in COST_KINDS]

    def write(self) -> None:
        self.write_running_head_and_foot()
        self.write_first_page()
        self.write_summary()
        self.write_changes()
        self.write_pictures()
        self.write_sections()
        self.write_deviations()
        self.write_unit_texts()
        self.write_economy()
        self.write_targets()
        self.write_unanswered()
        self.write_assessment()
        self.write_attachments()
        self.write_archived()
        self.write_about()

    def write_running_head_and_foot(self) -> None:
        section = self.document.sections[0]
        head = section.header.paragraphs[0]
        head.text = "{{ municipality }}  ·  {{ running_title }}{% for mark in marks %}  ·  {{ mark }}{% endfor %}"
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot.add_run(f"{self.labels['page_word']} ")
        _add_field(foot, "PAGE")
        foot.add_run(f" {self.labels['of_word']} ")
        _add_field(foot, "NUMPAGES")

    def write_first_page(self) -> None:
        self.code("if logo")
        self.add("{{ logo }}").paragraph_format.line_spacing = 1.0
        self.code("endif")
        self.add("{{ municipality }}  ·  {{ kind }}", KIND)
        self.add("{{ title }}", "Title")
        self.code("if notice")
        self.add("{{ notice }}", NOTICE)
        self.code("endif")
        facts = self.table(FACT_COLUMNS, style=None)
        self.loop(facts, "fact in facts", ["{{ fact.label }}", '{{ fact.lines|join("\\n") }}'], bold_first=True)
        self.code("if correction")
        self.prose("correction", "Heading 1")
        self.code("endif")
        self.heading("heading_decision")
        self.field("decision", "decisions", "List Number")

    def write_summary(self) -> None:
        self.heading("heading_summary")
        self.field("summary", "office_summary")
        self.code("for line in summary")
        self.add("{{ line }}")
        self.code("endfor")
        self.code("if chart")
        self.add("{{ counts_caption }}", CAPTION)
        counts = self.table(
            COUNT_COLUMNS, ["column_status"], [self.labels["column_count"]], title="{{ counts_caption }}"
        )
        _, repeated, _ = self.loop(counts, "count in counts", ["", "{{ count.count }}"], numbers_from=1)
        self.status(repeated.cells[0], "count.status")
        self.add_row(counts, [self.labels["total"], "{{ total }}"], bold=True, numbers_from=1)
        self.figure("chart.caption", "chart_picture")
        self.code("endif")

    def write_assessment(self) -> None:
        self.code("if assessment")
        self.add("{{ assessment.heading }}", "Heading 1")
        self.field("assessment", "assessment.paragraphs")
        self.code("endif")

    def write_unit_texts(self) -> None:
        self.code("if unit_texts")
        self.heading("heading_unit_texts")
        self.code("for part in unit_texts")
        self.add("{{ part.heading }}", "Heading 2")
        self.code("if part.field")
        self.in_control("part.field", [*self.paragraphs("part.paragraphs")])
        self.code("else")
        self.paragraphs("part.paragraphs")
        self.code("endif")
        self.code("endfor")
        self.code("endif")

    def field(self, name: str, lines: str, style: str | None = None) -> None:
        """Paragraphs that the office can write in a draft, in a content control; in what is approved, paragraphs."""
        of = f"fields.{name}"
        self.code("if fields")
        inside = [*self.paragraphs(f"{of}.lines", style), self.code(f"if not {of}.lines")]
        inside += [self.add(f"{{{{ {of}.hint }}}}", HINT), self.code("endif")]
        self.in_control(of, inside)
        self.code("else")
        self.paragraphs(lines, style)
        self.code("endif")

    def in_control(self, field: str, paragraphs: Sequence[Paragraph]) -> None:
        """Put paragraphs that stand together in a content control."""
        control = _control(f"{{{{ {field}.tag }}}}", f"{{{{ {field}.title }}}}")
        paragraphs[0]._p.addprevious(control)
        control[-1].extend([paragraph._p for paragraph in paragraphs])

    def paragraphs(self, texts: str, style: str | None = None) -> list[Paragraph]:
        """A paragraph for each of some texts."""
        return [self.code(f"for text in {texts}"), self.add("{{ text }}", style), self.code("endfor")]

    def prose(self, field: str, style: str) -> None:
        """A heading of the content's own, and its paragraphs."""
        self.add(f"{{{{ {field}.heading }}}}", style)
        self.code(f"for paragraph in {field}.paragraphs")
        self.add("{{ paragraph }}")
        self.code("endfor")

    def write_sections(self) -> None:
        self.heading("heading_measures")
        self.code("if no_sections")
        self.add("{{ no_sections }}")
        self.code("endif")
        self.code("for section in sections")
        for level in (2, 3, 4):
            self.code(f"if section.level == {level}")
            self.add("{{ section.heading }}", f"Heading {level}")
            self.code("endif")
        # What is said of a goal stands with its first measure, or that it has none; of many targets only the last does.
        self.kept_if("section.measures or section.targets or section.note", "if section.lead", "{{ section.lead }}")
        self.code("if section.targets")
        label = self.add("")
        label.add_run(self.labels["label_targets"]).bold = True
        label.paragraph_format.keep_with_next = True
        self.kept_if(
            "(section.measures or section.note) and (loop.last or section.targets|length in (2, 3, 4))",
            "for target in section.targets",
            "{{ target }}",
            "List Bullet",
        )
        self.code("endif")
        self.code("if section.note")
        self.add("{{ section.note }}", NOTE)
        self.code("endif")
        self.code("if section.measures")
        self.write_measures()
        self.code("endif")
        self.code("endfor")

    def write_measures(self) -> None:
        """Each measure in two rows: the measure, and under it over the whole width what is said about it."""
        columns = ["column_ref", "column_measure", "column_responsible", "column_deadline", "column_status"]
        table = self.table(MEASURE_COLUMNS, columns, title="{{ section.caption }}")
        _, row, end = self.loop(table, "measure in section.measures", ["{{ measure.ref }}"])
        title, responsible, deadline, status = row.cells[1:]
        self.cell(title, "").add_run("{{ measure.title }}").bold = True
        # Not in the row below: LibreOffice keeps no paragraphs of a cell together, and might leave it without the text.
        self.conditional(title, "measure.source", "{{ measure.source }}")
        self.cell(responsible, "{{ measure.responsible }}")
        self.conditional(responsible, "measure.follow_up", "{{ measure.follow_up }}")
        self.cell(deadline, "{{ measure.deadline }}")
        self.repeated(deadline, "note in measure.deadline_notes", "{{ note }}")
        self.status(status, "measure.status")
        self.repeated(status, "past in measure.earlier", "{{ past }}")
        for cell in row.cells:
            _leave_out_edge(cell, "bottom")
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        said = self.row_below(table, end)
        _leave_out_edge(said, "top")
        self.write_report_text(said)
        self.write_parts(said)

    def row_below(self, table: Table, end: _Row) -> _Cell:
        """The only cell of another row of a loop, before its end. It may be longer than a page, and break."""
        row = self.add_row(table, [])
        end._tr.addprevious(row._tr)
        properties = row._tr.get_or_add_trPr()
        for mark in list(properties.iter(qn("w:cantSplit"))):
            properties.remove(mark)
        cell: _Cell = row.cells[0].merge(row.cells[-1])
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        return cell

    def write_report_text(self, cell: _Cell) -> None:
        """The text about a measure: in a content control where the office can write it, in small where it is ours."""
        first = cell.paragraphs[0]
        first.text, first.style = "{%p if measure.text_is_ours %}", CODE
        for style, after in ((SAID_NOTE, "{%p else %}"), (SAID, "{%p endif %}")):
            self.write_text_of(cell, "measure", style)
            cell.add_paragraph(after, CODE)

    def write_text_of(self, cell: _Cell, said: str, style: str) -> None:
        """What stands about a measure or a part of it, in a content control where a draft takes another.

        The control holds paragraphs: LibreOffice would lay the line breaks of a plain one in front of its text.
        """
        cell.add_paragraph(f"{{%p if {said}.field %}}", CODE)
        self.in_control(f"{said}.field", self.paragraphs_in(cell, said, style))
        cell.add_paragraph("{%p else %}", CODE)
        self.paragraphs_in(cell, said, style)
        cell.add_paragraph("{%p endif %}", CODE)

    def paragraphs_in(self, cell: _Cell, said: str, style: str) -> list[Paragraph]:
        """A paragraph in a cell for each of a text."""
        return [
            cell.add_paragraph(f"{{%p for text in {said}.paragraphs %}}", CODE),
            cell.add_paragraph("{{ text }}", style),
            cell.add_paragraph("{%p endfor %}", CODE),
        ]

    def write_parts(self, cell: _Cell) -> None:
        """What each unit says of its part, under what is said of the whole."""
        cell.add_paragraph("{%p for part in measure.parts %}", CODE)
        label = cell.add_paragraph("", SAID)
        label.add_run("{{ part.label }}").bold = True
        label.paragraph_format.space_before = Pt(4)
        label.paragraph_format.keep_with_next = True
        self.conditional(cell, "part.source", "{{ part.source }}", SAID_NOTE)
        for condition, style in (
            ("part.text and not part.text_is_ours", SAID),
            ("part.text and part.text_is_ours", SAID_NOTE),
        ):
            cell.add_paragraph(f"{{%p if {condition} %}}", CODE)
            self.write_text_of(cell, "part", style)
            cell.add_paragraph("{%p endif %}", CODE)
        cell.add_paragraph("{%p endfor %}", CODE)

    def write_economy(self) -> None:
        self.heading("heading_economy")
        self.intro("economy", "economy.years")
        self.code("if economy.years")
        self.add("{{ economy.years_caption }}", CAPTION)
        amounts = [f"{{{{ row.amounts[{n}] }}}}" for n in range(len(self.kinds))]
        totals = [f"{{{{ economy.totals[{n}] }}}}" for n in range(len(self.kinds))]
        years = self.table(YEAR_COLUMNS, ["column_year"], self.kinds, title="{{ economy.years_caption }}")
        self.loop(years, "row in economy.years", ["{{ row.label }}", *amounts], numbers_from=1)
        self.add_row(years, [self.labels["total"], *totals], bold=True, numbers_from=1)
        self.code("endif")
        self.code("if economy.measures")
        self.add("{{ economy.measures_caption }}", CAPTION)
        heads = ["column_ref", "column_measure", "column_funding"]
        money = self.table(MONEY_COLUMNS, heads, self.kinds, title="{{ economy.measures_caption }}")
        texts = ["{{ row.ref }}", "{{ row.title }}", "{{ row.funding }}"]
        self.loop(money, "row in economy.measures", [*texts, *amounts], numbers_from=3)
        self.add_row(money, [self.labels["total"], "", "", *totals], bold=True, numbers_from=3)
        self.code("endif")
        self.code("if economy.left_out")
        self.add("{{ economy.left_out }}", NOTE)
        self.code("endif")
        self.code("if economy.without_amount")
        intro = self.add("{{ economy.without_amount_intro }}")
        intro.paragraph_format.space_before = Pt(10)
        intro.paragraph_format.keep_with_next = True
        self.code("for line in economy.without_amount")
        self.add("{{ line }}", "List Bullet")
        self.code("endfor")
        self.code("endif")

    def write_unanswered(self) -> None:
        self.heading("heading_unanswered")
        self.intro("unanswered", "unanswered.measures")
        self.code("if unanswered.measures")
        columns = ["column_ref", "column_measure", "column_unit", "column_asked", "column_reminded", "column_escalated"]
        table = self.table(UNANSWERED_COLUMNS, columns, title="{{ unanswered.caption }}")
        fields = ("ref", "title", "unit", "asked", "reminded", "escalated")
        self.loop(table, "row in unanswered.measures", [f"{{{{ row.{field} }}}}" for field in fields])
        self.code("endif")

    def write_changes(self) -> None:
        self.part("changes", "measures")
        columns = ["column_ref", "column_measure", "column_before", "column_now"]
        table = self.table(CHANGE_COLUMNS, columns, title="{{ changes.caption }}")
        _, row, _ = self.loop(
            table, "row in changes.measures", ["{{ row.ref }}", "{{ row.title }}", "{{ row.before }}"]
        )
        self.status(row.cells[3], "row.status")
        self.code("endif")

    def write_pictures(self) -> None:
        """Each picture under its caption, and what it shows in words beside it."""
        self.code("if pictures")
        self.heading("heading_pictures")
        self.code("endif")
        self.code("for picture in pictures")
        self.figure("picture.caption", "picture.image").paragraph_format.keep_with_next = True
        # One paragraph, as the picture: LibreOffice keeps two together, and of more might leave the last behind.
        words = self.add('{{ picture.words|join("\\n") }}', WORDS)
        words.add_run().add_break()
        note = words.add_run("{{ picture.note }}")
        note.font.size, note.font.color.rgb = Pt(7.5), GREY
        self.code("endfor")

    def figure(self, caption: str, picture: str) -> Paragraph:
        """A picture under its caption, in one paragraph: LibreOffice would leave the caption at the foot of a page."""
        paragraph = self.add(f"{{{{ {caption} }}}}", CAPTION)
        paragraph.add_run().add_break()
        paragraph.add_run(f"{{{{ {picture} }}}}")
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = False
        return paragraph

    def write_deviations(self) -> None:
        self.part("deviations", "measures")
        columns = ["column_ref", "column_measure", "column_deviation", "column_deadline", "column_proposed_deadline"]
        table = self.table(DEVIATION_COLUMNS, columns, title="{{ deviations.caption }}")
        texts = ["{{ row.ref }}", "{{ row.title }}", '{{ row.reasons|join("\\n") }}', "{{ row.deadline }}"]
        _, row, _ = self.loop(table, "row in deviations.measures", [*texts, "{{ row.proposed }}"])
        self.conditional(row.cells[3], "row.changed", "{{ row.changed }}")
        self.code("endif")

    def write_targets(self) -> None:
        self.part("targets", "targets")
        columns = ["column_goal", "column_target", "column_assessed", "column_attainment_reason"]
        table = self.table(TARGET_COLUMNS, columns, title="{{ targets.caption }}")
        texts = ["{{ row.goal }}", "{{ row.text }}", "{{ row.attainment }}", '{{ row.reason or "" }}']
        self.loop(table, "row in targets.targets", texts)
        self.code("endif")

    def write_attachments(self) -> None:
        # Else what is said about the report might stand alone on the last page.
        self.part("attachments", "files", with_next="not archived")
        columns = ["column_ref", "column_file", "column_size", "column_digest"]
        table = self.table(ATTACHMENT_COLUMNS, columns, title="{{ attachments.caption }}")
        texts = ["{{ row.ref }}", "{{ row.name }}", "{{ row.size }}"]
        _, row, _ = self.loop(table, "row in attachments.files", texts)
        run = self.cell(row.cells[3], "").add_run("{{ row.digest }}")
        run.font.name, run.font.size = "Courier New", Pt(7.5)
        self.code("endif")

    def intro(self, name: str, rows: str, *, with_next: str | None = None) -> None:
        """The intro of a part. It stays with what follows where that is its table; with the next heading, if asked."""
        self.code(f"if {rows}" + (f" or {with_next}" if with_next else ""))
        self.add(f"{{{{ {name}.intro }}}}").paragraph_format.keep_with_next = True
        self.code("else")
        self.add(f"{{{{ {name}.intro }}}}")
        self.code("endif")

    def kept_if(self, condition: str, instruction: str, text: str, style: str | None = None) -> None:
        """A text under an instruction, which stays with what follows where the condition holds."""
        self.code(instruction)
        self.code(f"if {condition}")
        self.add(text, style).paragraph_format.keep_with_next = True
        self.code("else")
        self.add(text, style)
        self.code("endif")
        self.code(f"end{instruction.split(maxsplit=1)[0]}")

    def part(self, name: str, rows: str, *, with_next: str | None = None) -> None:
        """A heading and an intro, and the start of what only stands there when there are rows."""
        self.heading(f"heading_{name}")
        self.intro(name, f"{name}.{rows}", with_next=with_next)
        self.code(f"if {name}.{rows}")

    def write_archived(self) -> None:
        self.code("if archived")
        self.heading("heading_archived")
        self.add("{{ archived.intro }}").paragraph_format.keep_with_next = True
        self.code("for line in archived.measures")
        self.add("{{ line }}", "List Bullet")
        self.code("endfor")
        self.code("endif")

    def write_about(self) -> None:
        self.heading("heading_about")
        self.code("for line in about")
        self.add("{{ line }}").paragraph_format.keep_with_next = True
        self.code("endfor")
        digest = self.add(f"{self.labels['label_digest']}: ")
        run = digest.add_run("{{ digest }}")
        run.font.name, run.font.size = "Courier New", Pt(8.5)

    # --- the pieces ---

    def add(self, text: str, style: str | None = None) -> Paragraph:
        return self.document.add_paragraph(text, style)

    def heading(self, label: str) -> None:
        self.add(self.labels[label], "Heading 1")

    def code(self, instruction: str) -> Paragraph:
        return self.add(f"{{%p {instruction} %}}", CODE)

    def table(
        self,
        widths: Sequence[float],
        heads: Sequence[str] = (),
        more_heads: Sequence[str] = (),
        *,
        style: str | None = TABLE,
        title: str | None = None,
    ) -> Table:
        """A table with a repeated header row of labels and texts; columns under `more_heads` hold numbers."""
        table: Table = self.document.add_table(rows=1 if heads else 0, cols=len(widths), style=style)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        if style is not None:
            _indent(table)
        _describe(table, title, has_header=bool(heads))
        if heads:
            row = table.rows[0]
            _mark_row(row._tr, header=True)
            for cell, text in zip(row.cells, [*(self.labels[head] for head in heads), *more_heads], strict=True):
                self.cell(cell, text).paragraph_format.keep_with_next = True
            for cell in row.cells[len(heads) :]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._set_widths(table, widths)
        return table

    def _set_widths(self, table: Table, widths: Sequence[float]) -> None:
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)

    def add_row(
        self, table: Table, texts: Sequence[str], *, bold: bool = False, numbers_from: int | None = None
    ) -> _Row:
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx has no types here
        _mark_row(row._tr, header=False)
        for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            cell.width = column.width
            paragraph = self.cell(cell, texts[index] if index < len(texts) else "")
            if numbers_from is not None and index >= numbers_from:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.bold = bold or None
        return row

    def loop(
        self,
        table: Table,
        over: str,
        texts: Sequence[str],
        *,
        numbers_from: int | None = None,
        bold_first: bool = False,
    ) -> tuple[_Row, _Row, _Row]:
        """Three rows: the instruction, the row that is repeated, the end."""
        start = self.add_row(table, [f"{{%tr for {over} %}}"])
        row = self.add_row(table, texts, numbers_from=numbers_from)
        if bold_first:
            row.cells[0].paragraphs[0].runs[0].bold = True
        end = self.add_row(table, ["{%tr endfor %}"])
        for instruction in (start, end):
            instruction.cells[0].paragraphs[0].style = CODE
        return start, row, end

    def cell(self, cell: _Cell, text: str) -> Paragraph:
        paragraph: Paragraph = cell.paragraphs[0]
        paragraph.text, paragraph.style = text, CELL
        return paragraph

    def status(self, cell: _Cell, field: str) -> None:
        """A status in colour, sign and word; the sign in a font that has it."""
        paragraph = self.cell(cell, f"{{% cellbg {field}.fill %}}")
        paragraph.add_run(f"{{{{ {field}.sign }}}}").font.name = SIGN_FONT
        paragraph.add_run(f" {{{{ {field}.word }}}}")

    def conditional(self, cell: _Cell, condition: str, text: str, style: str = NOTE) -> None:
        self._note(cell, f"if {condition}", text, "endif", style)

    def repeated(self, cell: _Cell, over: str, text: str) -> None:
        self._note(cell, f"for {over}", text, "endfor")

    def _note(self, cell: _Cell, start: str, text: str, end: str, style: str = NOTE) -> None:
        cell.add_paragraph(f"{{%p {start} %}}", CODE)
        cell.add_paragraph(text, style)
        cell.add_paragraph(f"{{%p {end} %}}", CODE)


def _drop_thumbnail(document: WordDocument) -> None:
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21.0 - TEXT_WIDTH_CM) / 2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.0)
    section.header_distance = section.footer_distance = Cm(1.1)


def _set_styles(document: WordDocument, locale: str) -> None:
    _set_language(document, locale)
    styles = document.styles
    normal = _style(document, "Normal", size=10.5, after=6)
    normal.paragraph_format.line_spacing = 1.1
    normal.paragraph_format.widow_control = True
    _style(document, "Title", size=21, before=0, after=8, colour=DARK, bold=True)
    _remove_borders(styles["Title"].element)
    for name, size, before in (("Heading 1", 15, 16), ("Heading 2", 12.5, 14), ("Heading 3", 11, 12)):
        _style(document, name, size=size, before=before, after=5, colour=DARK, bold=True).next_paragraph_style = normal
    heading = _style(document, "Heading 4", size=10.5, before=12, after=4, colour=DARK, bold=True)
    heading.font.italic = False
    for name in ("Header", "Footer"):
        _style(document, name, size=8.5, after=0, colour=GREY)
    for name in ("List Number", "List Bullet"):
        _style(document, name, size=10.5, after=3)
    _style(document, CAPTION, size=9, before=10, after=4, colour=DARK, bold=True).paragraph_format.keep_with_next = True
    _style(document, CELL, size=8.5, after=0)
    _style(document, NOTE, size=7.5, before=2, after=0, colour=GREY)
    _style(document, WORDS, size=9.5, after=2).paragraph_format.keep_together = True
    _style(document, SAID, size=9, after=4)
    _style(document, SAID_NOTE, size=7.5, before=0, after=3, colour=GREY)
    for name in (SAID, SAID_NOTE):
        styles[name].paragraph_format.left_indent = Cm(MEASURE_COLUMNS[0])
    _style(document, CODE, size=7, after=0, colour=RGBColor(0x7C, 0x2D, 0x12))
    _style(document, KIND, size=9.5, after=4, colour=GREY)
    _shade(_style(document, HINT, size=10.5, before=2, after=8, colour=GREY), fill="F1F5F9", edge="1F3A4D")
    _shade(_style(document, NOTICE, size=10, before=2, after=10), fill="FFF4D6", edge="B45309")
    for name in (CELL, NOTE, CODE, SAID, SAID_NOTE):
        styles[name].paragraph_format.line_spacing = 1.05
    _hyphenate(document, normal, (styles[CELL], styles[NOTE]))
    styles.element.append(parse_xml(_TABLE_STYLE))


def _style(
    document: WordDocument,
    name: str,
    *,
    size: float,
    after: float,
    before: float = 0,
    colour: RGBColor | None = None,
    bold: bool | None = None,
) -> ParagraphStyle:
    """The paragraph style of that name, made if there is none, in our font."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if not style.builtin:
        style.base_style = styles["Normal"]
    style.font.size, style.font.bold = Pt(size), bold
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:cs"), FONT)
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _hyphenate(document: WordDocument, everywhere: ParagraphStyle, narrow: Sequence[ParagraphStyle]) -> None:
    """Words are divided where columns are narrow, and nowhere else (ISO/IEC 29500-1, 17.15.1.10 and 17.3.1.34)."""
    document.settings.element.insert_element_before(OxmlElement("w:autoHyphenation"), *_AFTER_HYPHENATION)
    for style in (everywhere, *narrow):
        mark = OxmlElement("w:suppressAutoHyphens")
        if style is not everywhere:
            mark.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().insert_element_before(mark, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


_AFTER_HYPHENATION = (
    "w:consecutiveHyphenLimit",
    "w:hyphenationZone",
    "w:doNotHyphenateCaps",
    "w:drawingGridHorizontalSpacing",
    "w:drawingGridVerticalSpacing",
    "w:characterSpacingControl",
    "w:footnotePr",
    "w:endnotePr",
    "w:compat",
    "w:rsids",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:decimalSymbol",
    "w:listSeparator",
)


def _set_language(document: WordDocument, locale: str) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
        language.set(qn("w:eastAsia"), locale)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), locale)
    document.core_properties.language = locale


def _remove_borders(style: BaseOxmlElement) -> None:
    for borders in list(style.iter(qn("w:pBdr"))):
        parent = borders.getparent()
        assert parent is not None
        parent.remove(borders)


def _shade(style: ParagraphStyle, *, fill: str, edge: str) -> None:
    properties = style.element.get_or_add_pPr()
    border = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{edge}"/>'
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:ind"
    )
    properties.insert_element_before(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'),
        "w:tabs",
        "w:spacing",
        "w:ind",
    )


def _indent(table: Table) -> None:
    """Set the table's edge flush with the text, which Word else shifts left by the cell margin."""
    table._tbl.tblPr.insert_element_before(
        parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{CELL_MARGIN}" w:type="dxa"/>'),
        "w:tblBorders",
        "w:shd",
        "w:tblLayout",
        "w:tblCellMar",
        "w:tblLook",
    )


def _describe(table: Table, title: str | None, *, has_header: bool) -> None:
    """Say what the table is to those who cannot see it (ISO/IEC 29500-1, 17.4.62 and 17.4.55)."""
    properties = table._tbl.tblPr
    for look in list(properties.iter(qn("w:tblLook"))):
        properties.remove(look)
    flag = "1" if has_header else "0"
    properties.append(
        parse_xml(
            f'<w:tblLook {nsdecls("w")} w:val="{"0420" if has_header else "0400"}" w:firstRow="{flag}" '
            'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )
    )
    if title is not None:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), title)
        properties.append(caption)


def _mark_row(row: BaseOxmlElement, *, header: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _leave_out_edge(cell: _Cell, edge: str) -> None:
    """No line on one side of a cell (ISO/IEC 29500-1, 17.4.66), which stands after its width and span."""
    properties = cell._tc.get_or_add_tcPr()
    borders = f'<w:tcBorders {nsdecls("w")}><w:{edge} w:val="nil"/></w:tcBorders>'
    properties.insert_element_before(
        parse_xml(borders), "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"
    )


def _control(tag: str, title: str) -> BaseOxmlElement:
    """A content control, still empty (ISO/IEC 29500-1, 17.5.2.29)."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{title}"/><w:tag w:val="{tag}"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)


_LINE = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE_COLOUR}"'
_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr>
    <w:tblBorders><w:top {_LINE}/><w:bottom {_LINE}/><w:insideH {_LINE}/></w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="50" w:type="dxa"/><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>
      <w:bottom w:w="50" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/><w:vAlign w:val="bottom"/></w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def main() -> None:
    """Write the template to the path given; its name tells the language ("statusrapport.nb.docx")."""
    path = Path(sys.argv[1])
    language = path.name.split(".")[-2]
    laid = BytesIO()
    build(language).save(laid)
    path.write_bytes(pack_again(laid.getvalue()))


if __name__ == "__main__":
    main()
