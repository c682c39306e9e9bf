"""What every document is turned into before it is understood: an ordered list of paragraphs and tables.

Word, PDF, Excel and CSV differ in how they say "this is a heading" or "these cells are one". That ends here: whoever
reads on (`plan.documents.understanding`) sees the same blocks whatever the document was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a line of a list.

    `level` is that of a heading (0 is the title of the document), None for running text. `marker` is what stands in
    front of an item of a list ("1.", "a)", "•"), whether it was typed or made by the program. `is_bold` says that
    all of it is bold; `is_contents` that it belongs to a table of contents. `lead` is the bold beginning of a
    paragraph that goes on in plain type.
    """

    text: str
    level: int | None = None
    marker: str | None = None
    is_bold: bool = False
    is_contents: bool = False
    page: int | None = None
    lead: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading at any level."""
        return self.level is not None


@dataclass(frozen=True)
class Cell:
    """A cell with the place where it begins and how far it reaches.

    `value` is what a spreadsheet holds where that is not text; `number_format` is how it is shown there. `marker` is a
    number the word processor puts in front, and `markers` what it puts in front of each line (None: nothing).
    `bold_lines` counts the bold lines it begins with where other text follows.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_bold: bool = False
    value: int | float | date | None = None
    number_format: str = ""
    marker: str | None = None
    markers: tuple[str | None, ...] = ()
    bold_lines: int = 0


@dataclass(frozen=True)
class Table:
    """A grid in which every row is equally long and a merged cell stands in every place it covers.

    `number` counts the tables of the document from 1 and `row_numbers` has the number a person sees beside each row
    (that of the sheet, or counted from 1). `page_of_row` is empty where pages are not known.
    """

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    row_numbers: tuple[int, ...]
    sheet: str | None = None
    page_of_row: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def page(self, row: int) -> int | None:
        """The page on which a row begins, if pages are known."""
        return self.page_of_row[row] if self.page_of_row else None


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A whole document. `margins` are the texts of page headers and footers, `warnings` codes about the file itself.

    `is_sheets` says that it is a spreadsheet: each sheet begins with a heading of its name.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    author: str = ""
    margins: tuple[str, ...] = ()
    is_sheets: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside tables, in order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables, in order."""
        return (block for block in self.blocks if isinstance(block, Table))


@dataclass
class GridBuilder:
    """Builds the rows of a table from cells that reach over several places."""

    _places: dict[tuple[int, int], Cell] = field(default_factory=dict)
    _rows: int = 0
    _columns: int = 0

    def put(self, cell: Cell) -> None:
        """Set a cell in all places it covers. Where cells overlap, the first one stays."""
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                self._places.setdefault((row, column), cell)
        self._rows = max(self._rows, cell.row + cell.rows)
        self._columns = max(self._columns, cell.column + cell.columns)

    def taken(self, row: int, column: int) -> bool:
        """Whether a cell stands there already."""
        return (row, column) in self._places

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """All rows, equally long; places nobody set are empty cells."""
        return tuple(
            tuple(self._places.get((row, column)) or Cell("", row, column) for column in range(self._columns))
            for row in range(self._rows)
        )


def joined(one: Table, two: Table) -> Table:
    """Two tables of the same width as one: the second goes on where the first ended."""
    shift = len(one.rows)
    moved: dict[int, Cell] = {}
    rows = tuple(
        tuple(moved.setdefault(id(cell), replace(cell, row=cell.row + shift)) for cell in row) for row in two.rows
    )
    last = one.row_numbers[-1] if one.row_numbers else 0
    return replace(
        one,
        rows=(*one.rows, *rows),
        row_numbers=(*one.row_numbers, *(last + number for number in two.row_numbers)),
        page_of_row=(*one.page_of_row, *two.page_of_row),
    )
