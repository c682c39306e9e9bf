"""Documents made by code: one description, written as Word, PDF (through Typst) and Excel."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import docx
import typst
from docx.document import Document as WordDocument
from openpyxl import Workbook


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph; `lead` is a bold beginning before the text."""

    text: str
    is_bold: bool = False
    lead: str = ""


@dataclass(frozen=True)
class Items:
    """A list; `style` is "bullet", "number" or "letter" (typed)."""

    items: Sequence[str]
    style: str = "bullet"


@dataclass(frozen=True)
class Wide:
    """A cell over several columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. A row lists only the cells that begin in it."""

    rows: Sequence[Sequence[str | Wide]]
    widths: Sequence[int] = ()
    repeats_head: bool = False

    def placed(self) -> Iterator[tuple[int, int, Wide]]:
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for each in cells:
                cell = each if isinstance(each, Wide) else Wide(each)
                while (row, column) in taken:
                    column += 1
                taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                yield row, column, cell
                column += cell.columns

    @property
    def width(self) -> int:
        return max(column + cell.columns for _, column, cell in self.placed())


Part = Heading | Line | Items | Grid


@dataclass(frozen=True)
class Made:
    """A document: its parts in order, and what stands in its properties."""

    parts: Sequence[Part]
    title: str = ""
    is_landscape: bool = False
    footer: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def _lettered(items: Sequence[str]) -> list[str]:
    return [f"{letter}) {item}" for letter, item in zip("abcdefgh", items, strict=False)]


# Word -------------------------------------------------------------------------------------------------


def as_word(made: Made) -> bytes:
    document = docx.Document()
    document.core_properties.title = made.title
    document.core_properties.author = ""
    if made.footer:
        document.sections[0].footer.paragraphs[0].text = made.footer
    for part in made.parts:
        _word_part(document, part)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _word_part(document: WordDocument, part: Part) -> None:
    match part:
        case Heading(level, text):
            document.add_heading(text, level)
        case Line(text, is_bold, lead):
            paragraph = document.add_paragraph()
            if lead:
                paragraph.add_run(f"{lead} ").bold = True
            paragraph.add_run(text).bold = is_bold or None
        case Items(items, style):
            names = {"bullet": "List Bullet", "number": "List Number"}
            for text in _lettered(items) if style == "letter" else items:
                document.add_paragraph(text, style=names.get(style))
        case Grid():
            table = document.add_table(rows=len(part.rows), cols=part.width, style="Table Grid")
            for row, column, cell in part.placed():
                target = table.cell(row, column)
                if cell.rows > 1 or cell.columns > 1:
                    target = target.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
                target.text = cell.text


# PDF --------------------------------------------------------------------------------------------------


def as_pdf(made: Made) -> bytes:
    body = "\n".join(_typst_part(part) for part in made.parts)
    flipped = "true" if made.is_landscape else "false"
    source = f"""
#set document(title: {_quoted(made.title)})
#set page(paper: "a4", flipped: {flipped}, margin: 2cm, footer: [{_text(made.footer)}])
#set text(size: 10pt, lang: "nb", hyphenate: false)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#set table(inset: 4pt)
{body}
"""
    written = typst.compile(source.encode("utf-8"), format="pdf")
    assert isinstance(written, bytes)
    return written


def _typst_part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return f"#heading(level: {level})[{_text(text)}]\n"
        case Line(text, is_bold, lead):
            bold = f"#strong[{_text(lead)}] " if lead else ""
            return f"#strong[{_text(text)}]\n\n" if is_bold else f"{bold}{_text(text)}\n\n"
        case Items(items, style):
            if style == "letter":
                return "".join(f"{_text(text)}\n\n" for text in _lettered(items))
            name = "enum" if style == "number" else "list"
            return f"#{name}({', '.join(f'[{_text(item)}]' for item in items)})\n"
        case Grid():
            return _typst_table(part)


def _typst_table(grid: Grid) -> str:
    widths = ", ".join(f"{width}fr" for width in (grid.widths or (1,) * grid.width))
    cells: dict[int, list[str]] = {}
    for row, _, cell in grid.placed():
        span = f"colspan: {cell.columns}, rowspan: {cell.rows}"
        cells.setdefault(row, []).append(f"table.cell({span})[{_text(cell.text)}]")
    rows = [", ".join(each) for _, each in sorted(cells.items())]
    if grid.repeats_head:
        rows[0] = f"table.header({rows[0]})"
    return f"#table(columns: ({widths}), {', '.join(rows)})\n"


def _text(text: str) -> str:
    return "#linebreak()".join(f"#{_quoted(line)};" for line in text.split("\n"))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Excel ------------------------------------------------------------------------------------------------

Value = str | int | float | None | object


def as_workbook(sheets: dict[str, Sequence[Sequence[Value]]], merged: dict[str, Sequence[str]] | None = None) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def as_table_of(made: Made) -> bytes:
    """The tables of a document as sheets of a workbook, with their merged cells."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    name = "Plan"
    count = 0
    for part in made.parts:
        if isinstance(part, Heading):
            name = part.text
        elif isinstance(part, Grid):
            count += 1
            # Excel takes 31 characters, and none of those that mean something in a formula.
            title = "".join(letter for letter in name if letter not in "[]:*?/\\")[:25]
            sheet = workbook.create_sheet(title if title not in workbook.sheetnames else f"{title} ({count})")
            for row, column, cell in part.placed():
                sheet.cell(row + 1, column + 1, cell.text or None)
                if cell.rows > 1 or cell.columns > 1:
                    sheet.merge_cells(
                        start_row=row + 1,
                        start_column=column + 1,
                        end_row=row + cell.rows,
                        end_column=column + cell.columns,
                    )
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()
