"""The budget input as a workbook: a line for each measure and kind of amount, with a column for each year."""

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, cast

from report.budget import Budget, Line
from report.sheets import AMOUNT_FORMAT, Row, fit_columns, set_up_print, without_the_hour, write_table, write_total
from report.wording import labels, sayer
from templates import cli, words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_AMOUNT = 7  # the column of the first year


def render(budget: Budget, made: datetime, language: str) -> bytes:
    """The budget input as `.xlsx`, as of a moment. The same lines and day give the same bytes."""
    from openpyxl import Workbook  # heavy: only where a workbook is made

    def say(name: str, **data: object) -> str:
        return cli.say(f"budget.{name}", language=language, **data)

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = say("sheet")
    years = [*map(str, budget.years), say("other_years")]
    heads = [*say("columns").split("|"), *years, say("note")]
    rows = [row for line in budget.lines for row in _rows(line, budget, language)]
    write_table(sheet, "Budsjett", heads, rows)
    _add_totals(sheet, budget, language, len(rows))
    fit_columns(sheet, heads, rows)
    for column in sheet.iter_cols(min_col=FIRST_AMOUNT, max_col=FIRST_AMOUNT + len(years) - 1, min_row=2):
        for cell in column:
            cell.number_format = AMOUNT_FORMAT
    sheet.freeze_panes = "D2"
    sheet.print_title_rows = "1:1"
    book.properties.title = say("title", plans=budget.plans)
    named = labels(language)
    set_up_print(sheet, book.properties.title, (named["page_word"], named["of_word"]))
    day = datetime.combine(made.date(), time(), made.tzinfo)
    book.properties.created = day.replace(tzinfo=None)
    target = BytesIO()
    book.save(target)
    return without_the_hour(target.getvalue(), day)


def _rows(line: Line, budget: Budget, language: str) -> list[Row]:
    """A row for each kind of amount; one without amounts where the plan states none."""
    about = (line.priority, line.plan, line.ref, line.title, line.unit)
    note = "; ".join(line.words) or sayer(language)("funding", code=line.funding)
    if not line.amounts:
        return [(*about, None, *[None] * (len(budget.years) + 1), note)]
    return [
        (
            *about,
            words.say(f"cost.{kind.value}", language=language),
            *(of_kind.get(year) for year in (*budget.years, None)),
            None,
        )
        for kind, of_kind in line.amounts.items()
    ]


def _add_totals(sheet: "Worksheet", budget: Budget, language: str, count: int) -> None:
    """The sum of each kind below the table, a row apart from it, so that sorting the table leaves them alone."""
    rows: list[Row] = [()] if count else []
    for kind in budget.kinds:
        name = cli.say("budget.total", language=language, kind=words.say(f"cost.{kind.value}", language=language))
        rows.append((None, None, None, name, None, None, *(budget.total(kind, year) for year in (*budget.years, None))))
    for row in rows:
        write_total(sheet, row)
