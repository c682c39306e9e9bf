"""Writing our own workbook: a plan, or an empty one to fill in. What a person reads in it is given as texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from plan.documents.own_workbook import EXAMPLE, FIRST_ROW, LISTS, MAX_ROWS, SHEETS, code_of, escaped
from plan.documents.yaml_file import COST_WORDS, FUNDING_WORDS, REPORTING_WORDS, tree_of
from plan.documents.yaml_values import Key
from plan.draft import FIRST_YEAR, LAST_YEAR, MAX_NOK, Draft
from plan.refusal import Refused

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""Characters a cell can hold (Excel specifications and limits)."""

Value = str | int | date | None
Row = dict[str, Value]

DATE_FORMAT, AMOUNT_FORMAT, TEXT_FORMAT = "dd.mm.yyyy", "#,##0", "@"
DATES = frozenset({("meetings", "held_on"), ("meetings", "papers_on")})
AMOUNTS = frozenset({("costs", "amount_nok")})
NUMBERS = frozenset({("costs", "year"), ("reporting_dates", "first_year"), ("reporting_dates", "last_year")})
CHOICES: Mapping[tuple[str, str], Sequence[str]] = {
    ("units", "external"): ("ja", "nei"),
    ("measures", "ref_is_the_plans"): ("ja", "nei"),
    ("measures", "funding"): tuple(FUNDING_WORDS),
    ("costs", "kind"): tuple(COST_WORDS),
    ("reporting_dates", "kind"): tuple(REPORTING_WORDS),
}
REFERENCES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("units", "superior"): ("units", "name"),
    ("goals", "parent_ref"): ("goals", "ref"),
    ("measures", "goal_ref"): ("goals", "ref"),
    ("measures", "owner"): ("units", "name"),
    ("costs", "measure"): ("measures", "ref"),
}
"""Cells that name something in another column."""

NAMES = frozenset({("units", "name"), ("units", "superior"), ("measures", "owner")})

WIDTHS: Mapping[str, int] = {"title": 50, "description": 60, "text": 60, "result_targets": 60, "comment": 40}
WIDTH = 18


class WorkbookRefused(Refused):
    """A plan does not fit in a workbook. `code` names a sentence in `templates/cli/plan.j2`; `data` fills it."""


@dataclass(frozen=True)
class Texts:
    """What a person reads: names of sheets, headings and examples by "sheet.column", and a guide.

    The guide is lines of (sheet, heading, explanation) below its own name and introduction.
    """

    sheets: Mapping[str, str]
    headings: Mapping[str, str]
    examples: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    guide_name: str = ""
    guide: Sequence[Sequence[str]] = ()


def write(draft: Draft, texts: Texts) -> bytes:
    """The plan as a workbook that reads back as the same draft, save sources and warnings.

    Raises `WorkbookRefused("too_long")` for a text longer than a cell can be.
    """
    return _saved(_sheets(_rows(draft), texts, with_examples=False))


def write_template(texts: Texts) -> bytes:
    """An empty workbook with an example in each sheet, which is not imported, and a guide."""
    book = _sheets({sheet: [] for sheet in SHEETS}, texts, with_examples=True)
    guide: Worksheet = book.create_sheet(texts.guide_name, 0)
    for line in texts.guide:
        guide.append([_cell(guide, part, TEXT_FORMAT) for part in line])
    for letter, width in (("A", 16), ("B", 24), ("C", 100)):
        guide.column_dimensions[letter].width = width
    return _saved(book)


def _saved(book: "Workbook") -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


# The rows


def _rows(draft: Draft) -> dict[str, list[Row]]:
    """The rows of each sheet, by the attributes of its columns."""
    tree = tree_of(draft)
    found: dict[str, list[Row]] = {
        sheet: [_row(sheet, values) for values in tree.get(key, ())]
        for sheet, key in (
            ("units", "enheter"),
            ("measures", "tiltak"),
            ("reporting_dates", "rapportering"),
            ("meetings", "møter"),
        )
    }
    found["plan"] = [_row("plan", tree["plan"])]
    found["costs"] = [
        _row("costs", {"tiltak": measure["nr"]} | cost)
        for measure in tree.get("tiltak", ())
        for cost in measure.get("kostnader", ())
    ]
    found["goals"] = [row for goal in tree.get("mål", ()) for row in _goal_rows(goal)]
    return found


def _row(sheet: str, values: Mapping[str, Any]) -> Row:
    row: Row = {}
    for key in SHEETS[sheet]:
        value = values.get(key.name)
        if (sheet, key.attribute) in LISTS and value is not None:
            value = "\n".join(_one_line(part) for part in ([value] if isinstance(value, str) else value))
        elif (sheet, key.attribute) in NAMES and value is not None:
            value = _one_line(value)
        row[key.attribute] = value
    return row


def _one_line(name: str) -> str:
    """A name as it is compared: in a cell of several names a line break ends it."""
    return " ".join(name.split())


def _goal_rows(goal: Mapping[str, Any]) -> list[Row]:
    """A goal and its first target in one row, each further target in one of its own."""
    first, *rest = goal.get("resultatmål") or [None]
    return [_row("goals", {**goal, "resultatmål": first}), *({"result_targets": target} for target in rest)]


# The sheets


def _sheets(rows: Mapping[str, Sequence[Row]], texts: Texts, *, with_examples: bool) -> "Workbook":
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, keys in SHEETS.items():
        columns = [EXAMPLE, *(key.attribute for key in keys)] if with_examples else [key.attribute for key in keys]
        page: Worksheet = book.create_sheet(texts.sheets[sheet])
        _write_heads(page, sheet, columns, keys, texts)
        if with_examples:
            values = {name: texts.examples.get(f"{sheet}.{name}") for name in columns}
            _append(page, sheet, columns, values | {EXAMPLE: texts.example}, is_example=True)
        for row in rows[sheet]:
            _append(page, sheet, columns, row)
        _format_columns(page, sheet, columns)
        _validate(page, sheet, columns, texts, first_column=1 if with_examples else 0)
    return book


def _write_heads(page: "Worksheet", sheet: str, columns: Sequence[str], keys: Sequence[Key], texts: Texts) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    required = {key.attribute for key in keys if key.required}
    page.append([code_of(sheet, column) for column in columns])
    page.row_dimensions[1].hidden = True
    heads = []
    for column in columns:
        heading = texts.example if column == EXAMPLE else texts.headings[f"{sheet}.{column}"]
        cell = _cell(page, heading, TEXT_FORMAT)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFF2CC" if column in required else "DDEBF7")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        heads.append(cell)
    page.append(heads)
    page.freeze_panes = f"A{FIRST_ROW}"


def _append(
    page: "Worksheet", sheet: str, columns: Sequence[str], row: Mapping[str, Value], *, is_example: bool = False
) -> None:
    from openpyxl.styles import Font

    cells = [_cell(page, row.get(column), _format(sheet, column)) for column in columns]
    if is_example:
        for cell in cells:
            cell.font = Font(italic=True, color="7F7F7F")
    page.append(cells)


def _cell(page: "Worksheet", value: Value, number_format: str) -> Any:
    """A cell of the value's own kind; a text that looks like a formula stays a text (CSV injection, OWASP)."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(page)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.number_format = number_format
    if isinstance(value, str):
        text = escaped(value)
        if len(text) > LONGEST_TEXT:
            raise WorkbookRefused("too_long", beginning=value[:60], limit=LONGEST_TEXT)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif value is not None:
        cell.value = value
        cell.number_format = "General" if number_format == TEXT_FORMAT else number_format
    return cell


def _format(sheet: str, column: str) -> str:
    if (sheet, column) in DATES:
        return DATE_FORMAT
    if (sheet, column) in AMOUNTS:
        return AMOUNT_FORMAT
    return "General" if (sheet, column) in NUMBERS else TEXT_FORMAT


def _format_columns(page: "Worksheet", sheet: str, columns: Sequence[str]) -> None:
    """Widths, and the format of cells that are yet to be filled: a number of a measure typed there stays a text."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        dimension = page.column_dimensions[get_column_letter(number)]
        dimension.width = WIDTHS.get(column, WIDTH)
        dimension.number_format = _format(sheet, column)


def _validate(page: "Worksheet", sheet: str, columns: Sequence[str], texts: Texts, *, first_column: int) -> None:
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        rule = _rule(sheet, column, texts, first_column)
        if rule is not None:
            letter = get_column_letter(number)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{MAX_ROWS}")
            page.add_data_validation(rule)


def _rule(sheet: str, column: str, texts: Texts, first_column: int) -> "DataValidation | None":
    """What may stand in a column, where Excel can watch over it."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place = (sheet, column)
    if place in CHOICES:
        return DataValidation(type="list", formula1=f'"{",".join(CHOICES[place])}"', allow_blank=True)
    if place in REFERENCES:
        other, wanted = REFERENCES[place]
        at = [key.attribute for key in SHEETS[other]].index(wanted) + 1 + first_column
        cells = f"${get_column_letter(at)}${FIRST_ROW}:${get_column_letter(at)}${MAX_ROWS}"
        return DataValidation(type="list", formula1=f"'{texts.sheets[other]}'!{cells}", allow_blank=True)
    if place in AMOUNTS | NUMBERS:
        low, high = (-MAX_NOK, MAX_NOK) if place in AMOUNTS else (FIRST_YEAR, LAST_YEAR)
        return DataValidation(type="whole", operator="between", formula1=str(low), formula2=str(high), allow_blank=True)
    if place in DATES:
        bounds = (f"DATE({FIRST_YEAR},1,1)", f"DATE({LAST_YEAR},12,31)")
        return DataValidation(type="date", operator="between", formula1=bounds[0], formula2=bounds[1], allow_blank=True)
    return None
