"""Excel workbooks as blocks: a heading per sheet, and its cells as one table. Formulas are never computed."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from plan.documents import package
from plan.documents.blocks import Block, Cell, Document, GridBuilder, Paragraph, Table
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.documents.understanding import understand
from plan.draft import Draft

MAX_ROWS = 20_000
MAX_CELLS = 400_000
MAX_COLUMNS = 200
FORMULA_WITHOUT_VALUE = "formula_without_value"
HIDDEN_SHEET = "hidden_sheet"


def recognises(name: str, content: bytes) -> bool:
    """Whether the content is an Excel workbook."""
    return package.is_workbook(content)


def read_bytes(content: bytes) -> Draft:
    """The draft in a workbook. Raises `DocumentRefused`."""
    return understand(blocks_of(content))


def blocks_of(content: bytes) -> Document:
    """The blocks of a workbook. Raises `DocumentRefused`."""
    package.refuse_unsafe(content)
    has_formulas = _refuse_large(content)
    try:
        return _document(content, has_formulas)
    except DocumentRefused:
        raise
    except Exception as error:  # openpyxl fails in many ways on what is no workbook
        raise DocumentRefused([Problem(Code.DAMAGED)]) from error


def _refuse_large(content: bytes) -> bool:
    """Raise `DocumentRefused` for more rows or cells than a plan has; otherwise say whether there are formulas.

    openpyxl holds some hundred bytes a cell, so the parts are counted before it is let in.
    """
    rows = cells = formulas = 0
    with package.opened(content) as archive:
        sheets = [name for name in archive.namelist() if re.search(r"worksheets/[^/]+\.xml$", name)]
        for name in sheets:
            rest = b""
            for chunk in package.chunks(archive, name):
                part = rest + chunk
                # What may be the beginning of a tag is counted with the next piece.
                cut = part.rfind(b"<") if b"<" in part[-10:] else len(part)
                part, rest = part[:cut], part[cut:]
                rows += len(re.findall(rb"<(?:\w+:)?row[ >/]", part))
                cells += len(re.findall(rb"<(?:\w+:)?c[ >/]", part))
                formulas += len(re.findall(rb"<(?:\w+:)?f[ >/]", part))
                if rows > MAX_ROWS or cells > MAX_CELLS:
                    raise DocumentRefused([Problem(Code.TOO_MANY_ROWS, data={"limit": MAX_ROWS})])
    return formulas > 0


def _document(content: bytes, has_formulas: bool) -> Document:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of parts it leaves out (pictures, validation); none of them is text.
        warnings.simplefilter("ignore")
        values = load_workbook(BytesIO(content), data_only=True, keep_links=False)
        formulas = load_workbook(BytesIO(content), keep_links=False) if has_formulas else None
    blocks: list[Block] = []
    found: list[str] = []
    for number, sheet in enumerate(values.worksheets, start=1):
        if sheet.sheet_state != "visible":
            found.append(HIDDEN_SHEET)
            continue
        blocks.append(Paragraph(sheet.title, level=1))
        grid, missing = _grid(sheet, None if formulas is None else formulas[sheet.title])
        found += [FORMULA_WITHOUT_VALUE] * missing
        rows = grid.rows()
        blocks.append(Table(rows, number, tuple(range(1, len(rows) + 1)), sheet=sheet.title))
    properties = values.properties
    return Document(
        tuple(blocks),
        title=properties.title or "",
        author=properties.creator if properties.creator and properties.creator != "openpyxl" else "",
        is_sheets=True,
        warnings=tuple(dict.fromkeys(found)),
    )


def _grid(sheet: Any, formulas: Any | None) -> tuple[GridBuilder, bool]:
    """The cells of a sheet, and whether one has a formula whose value is not stored."""
    grid = GridBuilder()
    missing = False
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    filled = list(_filled(sheet))
    last = max((cell.row for cell in filled), default=0)
    for cell in filled:
        area = spans.get((cell.row, cell.column))
        rows = min(area.max_row, last) - area.min_row + 1 if area else 1
        columns = min(area.max_col, MAX_COLUMNS) - area.min_col + 1 if area else 1
        value = cell.value
        grid.put(
            Cell(
                _shown(value, cell.number_format),
                cell.row - 1,
                cell.column - 1,
                max(rows, 1),
                max(columns, 1),
                is_bold=bool(cell.font and cell.font.b),
                value=_typed(value),
                number_format=cell.number_format or "",
            )
        )
    if formulas is not None:
        known = {(cell.row, cell.column) for cell in filled}
        missing = any(cell.data_type == "f" and (cell.row, cell.column) not in known for cell in _filled(formulas))
    return grid, missing


def _filled(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows(max_col=MAX_COLUMNS):
        for cell in row:
            if cell.value is not None and not (isinstance(cell.value, str) and not cell.value.strip()):
                yield cell


def _typed(value: object) -> int | float | date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return None
    return value if isinstance(value, int | float | date) else None


def _shown(value: object, number_format: str) -> str:
    """A value as text: dates as 31.12.2022, and numbers with as many decimals as their format has."""
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value).replace("_x000D_", "").strip()


def _number(value: int | float, number_format: str) -> str:
    decimals = re.fullmatch(r"0\.(0+)(?:_\)|\s)*", number_format or "")
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)
