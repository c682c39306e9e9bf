"""Real tables in a workbook: dates and numbers as such, and text that stays text."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from report import legible
from report.package import pack_again

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | date | None
Row = Sequence[Value]

LONGEST_TEXT = 32_767
"""Characters a cell can hold (Excel specifications and limits)."""

WIDEST_COLUMN = 60
DATE_FORMAT = "dd.mm.yyyy"
AMOUNT_FORMAT = "#,##0"
TABLE_STYLE = "TableStyleLight9"


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


def append(sheet: "Worksheet", rows: Iterable[Row]) -> None:
    """Write rows below what is there."""
    for values in rows:
        sheet.append([cell(sheet, value) for value in values])


def cell(sheet: "Worksheet", value: Value) -> object:
    """A cell of the value's own kind; a text that looks like a formula stays a text (CSV injection, OWASP)."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None:
        return None
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = legible.text(value)[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, date):
        cell.number_format = DATE_FORMAT
    return cell


def fit_columns(sheet: "Worksheet", heads: Sequence[str], rows: Sequence[Row]) -> None:
    """Make each column as wide as what stands in it, within reason."""
    from openpyxl.utils import get_column_letter

    for index, head in enumerate(heads):
        longest = max((len(str(row[index])) for row in rows if row[index] is not None), default=0)
        width = min(max(longest, len(head) + 3, 10) + 2, WIDEST_COLUMN)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
