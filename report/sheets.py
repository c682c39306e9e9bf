"""Real tables in a workbook: dates and numbers as such, and text that stays text."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from report import legible
from report.package import pack_again

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | date | None
Row = Sequence[Value]

LONGEST_TEXT = 32_767
"""Characters a cell can hold (Excel specifications and limits)."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take a text for a formula by, once the text is typed again or saved as CSV."""

NARROWEST_COLUMN, SPACE = 9, 3
WIDEST_COLUMN = 42
WIDEST_WORD = 66
"""What cannot be wrapped, a digest of 64 or the name of a file, is given so much."""
LINES_OF_LONG_TEXT, WIDEST_TO_READ = 10, 90
"""A text of more lines than this is given a wider column, as long as its lines can be read."""
FILTER_BUTTON = 4
LINE_HEIGHT = 15
HIGHEST_ROW = 409
WIDEST_COLUMN_OF_LONG_TEXTS = 255
"""A row is at most 409 points high: a text of more lines than that holds needs a wider column (Excel's limits)."""

LONGEST_HEADER = 200
"""The head of a printed page holds 255 characters, its codes counted (Excel specifications and limits)."""

WIDE_SHEET = 250
"""A sheet wider than this many characters is printed on A3, or it could not be read on paper."""
WIDEST_PAGE = 300
"""So many characters across a page of A3 can be read; a wider sheet is printed on several pages side by side."""
FONT, FONT_SIZE = "Calibri", 11
DATE_FORMAT = "dd.mm.yyyy"
AMOUNT_FORMAT = "#,##0"
TABLE_STYLE = "TableStyleLight1"
HEAD_FILL = "E6ECF0"


def without_the_hour(archive: bytes, made: datetime) -> bytes:
    """openpyxl writes the time of saving into the properties, whatever they say: set it to the snapshot's day."""
    name = "docProps/core.xml"
    with ZipFile(BytesIO(archive)) as source:
        properties = source.read(name).decode()
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    fixed = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", properties)
    return pack_again(archive, {name: fixed.encode()})


def write_table(sheet: "Worksheet", name: str, heads: Sequence[str], rows: Sequence[Row], top: int = 1) -> None:
    """Write heads and rows from the row `top` on, as a named table. A table needs at least one row of data."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    append(sheet, [heads, *(rows or [[None] * len(heads)])])
    last = top + max(len(rows), 1)
    table = Table(displayName=name, ref=f"A{top}:{get_column_letter(len(heads))}{last}")
    table.tableStyleInfo = TableStyleInfo(name=TABLE_STYLE, showRowStripes=True)
    sheet.add_table(table)
    _mark_heads(sheet, top, len(heads))


def _mark_heads(sheet: "Worksheet", top: int, count: int) -> None:
    """Bold on a shade, for programs that do not draw the style of a table."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    for column in range(1, count + 1):
        head = sheet.cell(top, column)
        head.font = Font(name=FONT, size=FONT_SIZE, bold=True)
        head.fill = PatternFill("solid", fgColor=HEAD_FILL)
        head.border = Border(bottom=Side("thin"))
        head.alignment = Alignment(vertical="bottom", wrap_text=True)


def append(sheet: "Worksheet", rows: Iterable[Row]) -> None:
    """Write rows below what is there: each value of its own kind; a text that looks like a formula stays a text.

    See CSV injection (OWASP).
    """
    looks = _Looks(sheet)
    for values in rows:
        sheet.append([looks.cell(value) for value in values])


class _Looks:
    """How cells look, by the kind of what is in them: worked out once for a sheet, since that takes longest of all."""

    def __init__(self, sheet: "Worksheet") -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        self.sheet = sheet
        self.new_cell = WriteOnlyCell
        text, formula, number, day = (WriteOnlyCell(sheet) for _ in range(4))
        for each in (text, formula):
            each.alignment = Alignment(vertical="top", wrap_text=True)
        formula.quotePrefix = True
        for each in (number, day):
            each.alignment = Alignment(vertical="top", horizontal="right", indent=1)
        day.number_format = DATE_FORMAT
        self.text, self.formula, self.number, self.day = map(_look, (text, formula, number, day))

    def cell(self, value: Value) -> object:
        """A cell of the value's own kind."""
        if value is None:
            return None
        cell = self.new_cell(self.sheet)
        if isinstance(value, str):
            cell.value = legible.text(value)[:LONGEST_TEXT]
            cell.data_type = "s"
            look = self.formula if cell.value.startswith(FORMULA_SIGNS) else self.text
        else:
            cell.value = value
            look = self.day if isinstance(value, date) else self.number
        cell._style = copy(look)  # type: ignore[attr-defined]  # as below
        return cell


def _look(cell: "Cell") -> Any:
    """What openpyxl has worked out of how a cell looks (openpyxl.styles.styleable.StyleArray)."""
    return cell._style  # type: ignore[attr-defined]  # not in the types of openpyxl


def fit_columns(sheet: "Worksheet", heads: Sequence[str], rows: Sequence[Row]) -> None:
    """Make each column as wide as what stands in it, within reason, and each row as high as its longest text needs.

    Excel measures the rows itself when it opens a file; other programs show what the file says.
    """
    from openpyxl.utils import get_column_letter

    texts = [[_shown(value) for value in row] for row in (heads, *rows)]
    widths = [_width([row[index] for row in texts[1:]], head) for index, head in enumerate(heads)]
    for index, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    for number, row in enumerate(texts, start=1):
        fit_row(sheet, number, row, widths)


def fit_row(sheet: "Worksheet", number: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as its longest text needs in columns of these widths."""
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    if lines > 1:
        sheet.row_dimensions[number].height = min(lines * LINE_HEIGHT, HIGHEST_ROW)


def write_total(sheet: "Worksheet", values: Row) -> None:
    """A sum in bold below what is there."""
    from openpyxl.styles import Font

    append(sheet, [values])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(name=FONT, size=FONT_SIZE, bold=True)


def _shown(value: Value) -> str:
    """As much as is seen of a value in its cell: an amount has spaces in it, and stands away from the edge."""
    if isinstance(value, int):
        return f"{value:,} "
    return "" if value is None else DATE_FORMAT if isinstance(value, date) else value


def _width(texts: Sequence[str], head: str) -> int:
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    word = max((len(word) for text in texts for word in text.split()), default=0)
    length = max(map(len, texts), default=0) * 1.1
    least = max(len(word) for word in head.split()) + FILTER_BUTTON
    width = max(
        min(max(longest + SPACE, least, NARROWEST_COLUMN), WIDEST_COLUMN),
        min(word + SPACE, WIDEST_WORD),
        min(ceil(length / LINES_OF_LONG_TEXT), WIDEST_TO_READ),
    )
    most = HIGHEST_ROW // LINE_HEIGHT
    # So that the longest fits in the highest row there can be, unless it has more lines of its own.
    high = [text for text in texts if _lines(text, width) > most >= len(text.splitlines())]
    while width < WIDEST_COLUMN_OF_LONG_TEXTS and any(_lines(text, width) > most for text in high):
        width += 1
    return width


def _lines(text: str, width: int) -> int:
    """How many lines a text takes, a little too many rather than too few: words are not broken."""
    lines = text.splitlines()
    return sum(1 if len(line) + SPACE <= width else ceil(len(line) * 1.1 / (width - 1)) for line in lines) or 1


def as_amounts(sheet: "Worksheet", *, first: int, last: int) -> None:
    """Show the numbers of these columns, counted from 1, in thousands apart; the head is left alone."""
    for row in sheet.iter_rows(min_row=2, min_col=first, max_col=last):
        for cell in row:
            cell.number_format = AMOUNT_FORMAT


def set_up_print(sheet: "Worksheet", title: str, page_of: tuple[str, str], *, landscape: bool = True) -> None:
    """As few pages wide as can be read and as many high as need be, the title above and "Side 1 av 3" below.

    Where there are several side by side, each has the first two columns, number and name.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    width = sum(column.width for column in sheet.column_dimensions.values())
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if width > WIDE_SHEET else sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.fitToWidth = ceil(width / WIDEST_PAGE)
    if width > WIDEST_PAGE:
        sheet.print_title_cols = "A:B"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page, of = page_of
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    sheet.oddHeader.left.text = title.replace("&", "&&")[:LONGEST_HEADER]
    sheet.oddFooter.right.text = f"{page} &P {of} &N"
