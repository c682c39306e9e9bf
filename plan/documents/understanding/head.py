"""Which rows of a table are its head, and what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plan.deadline import Kind, parse
from plan.documents.blocks import Cell, Table
from plan.documents.understanding.numbering import is_ref
from plan.documents.understanding.vocabulary import (
    LONGEST,
    Meaning,
    Part,
    folded,
    is_month,
    is_year,
    meaning_of,
    unit_of_amounts,
)
from plan.units import looks_like_unit

MAX_HEAD_ROWS = 4
_NOT_A_NAME = (Part.FOREIGN, Part.YEAR, Part.TERM, Part.IGNORED)
_NOT_MONEY = (Part.RESULT, Part.IGNORED, Part.FOREIGN)
_PLACE = re.compile(r"(?:anlegg|objekt|bygg|sted|stad)\b")
_LABELLED = re.compile(r"[A-ZÆØÅ][\w ./-]{1,40}:\s+\S")
"""A cell that is a label with its value: "Ansvar: NAV"."""
_MAX_NAME_WORDS = 4
_MOSTLY = 0.8
_UNIT_MARK = re.compile(r"\(?[xX✓✔•●■√AHDSM]\)?")
"""A mark in the column of a unit; a letter says in which way it takes part ("H" and "A" answer for the measure)."""
_MARK = re.compile(r"[xX✓✔•●■√]|ja", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column: what it holds (None: unknown), what it is called, and for amounts the year and the unit."""

    index: int
    part: Part | None
    name: str = ""
    year: int | None = None
    unit: int = 1
    is_weak: bool = False
    is_inferred: bool = False
    """The name says nothing that we know; what stands in the column does."""


@dataclass(frozen=True)
class Head:
    """The head of a table: the first row after it, and its columns. `is_guessed`: there is none in the table."""

    columns: tuple[Column, ...]
    end: int
    is_guessed: bool = False

    def having(self, part: Part) -> list[Column]:
        """The columns that hold a part."""
        return [column for column in self.columns if column.part is part]

    @property
    def parts(self) -> frozenset[Part]:
        """The parts there are columns for."""
        return frozenset(column.part for column in self.columns if column.part is not None)


def cells_of(row: Sequence[Cell]) -> list[Cell]:
    """The cells of a row that have text, each once however many places it covers."""
    found = {id(cell): cell for cell in row if cell.text}
    return list(found.values())


def is_head_row(row: Sequence[Cell]) -> bool:
    """Whether most of a row names parts of a measure, at least two of them."""
    cells = cells_of(row)
    if len(cells) < 2 or any(len(cell.text) > LONGEST + 30 for cell in cells):
        return False
    if sum(_LABELLED.match(cell.text) is not None for cell in cells) > 1:
        return False
    meanings = [meaning_of(cell.text) for cell in cells]
    named = {meaning.part for meaning in meanings if meaning and meaning.part not in _NOT_A_NAME}
    known = sum(meaning is not None for meaning in meanings)
    times = sum(meaning is not None and meaning.part in (Part.YEAR, Part.TERM) for meaning in meanings)
    # A row of data can hold a unit, a year or a word like "tiltak" by chance; in a head nearly all cells are names.
    if (len(named) >= 2 or (bool(named) and times >= 2)) and known * 3 >= len(cells) * 2:
        return True
    sure = {meaning.part for meaning in meanings if meaning and not meaning.is_weak}
    are_names = all(len(cell.text.split()) <= _MAX_NAME_WORDS and not is_deadline(cell.text) for cell in cells)
    others = {Part.RESPONSIBLE, Part.REF, Part.DEADLINE, Part.COST}
    return Part.TITLE in sure and bool(sure & others) and len(named) >= 3 and known * 2 >= len(cells) and are_names


def head_at(table: Table, row: int, unit: int = 1) -> Head | None:
    """The head that begins in a row, if one does. Below the first rows every cell of it must name a part.

    `unit` is that of the amounts where the head itself says nothing.
    """
    if not is_head_row(table.rows[row]) and not _is_over_marks(table, row):
        return None
    if row > 0 and any(is_head_row(above) for above in table.rows[:row]):
        cells = cells_of(table.rows[row])
        if any(meaning_of(cell.text) is None for cell in cells) or len(cells) * 2 < table.width:
            return None
    end = row + 1
    while end < min(len(table.rows), row + MAX_HEAD_ROWS) and _continues(table, row, end):
        end += 1
    above = _text_above(table, row)
    columns = tuple(_column(table, column, row, end, above, unit) for column in range(table.width))
    return Head(_with_units(columns, table, end), end)


def _is_over_marks(table: Table, row: int) -> bool:
    """Whether a row names the title for certain, something else of a measure, and columns that are only marked."""
    cells = cells_of(table.rows[row])
    meanings = [meaning for cell in cells if (meaning := meaning_of(cell.text)) is not None]
    has_title = any(meaning.part is Part.TITLE and not meaning.is_weak for meaning in meanings)
    unknown = [cell for cell in cells if meaning_of(cell.text) is None]
    if not has_title or len(meanings) < 2 or len(unknown) < 2 or any(len(cell.text) > LONGEST for cell in cells):
        return False
    return all(_is_only_marked(table, cell.column, row + 1) for cell in unknown)


def _is_only_marked(table: Table, column: int, start: int) -> bool:
    texts = [row[column].text for row in table.rows[start:] if row[column].text]
    return all(_UNIT_MARK.fullmatch(text.strip()) for text in texts)


def _with_units(columns: tuple[Column, ...], table: Table, start: int) -> tuple[Column, ...]:
    """The columns with those as units that are named as units are and only marked, where no other names the owner."""
    marked = [column for column in columns if column.part is None and column.name]
    marked = [column for column in marked if _is_only_marked(table, column.index, start)]
    named = sum(looks_like_unit(column.name) for column in marked)
    if len(marked) < 2 or named * 2 < len(marked) or any(each.part is Part.RESPONSIBLE for each in columns):
        return columns
    return tuple(replace(column, part=Part.UNIT) if column in marked else column for column in columns)


def _continues(table: Table, first: int, row: int) -> bool:
    """Whether a row is a second line of the head: new names under a wide cell or an empty one, or years."""
    new = [cell for cell in cells_of(table.rows[row]) if cell.row == row]
    if not new:
        return any(cell.row < row and cell.text for cell in table.rows[row])
    if len(new) == 1 and new[0].columns > 1 and new[0].columns * 10 >= table.width * 6:
        # A row over the whole table ("2024", "1. Skoleveier") is about the rows below it.
        return False
    for cell in new:
        above = table.rows[row - 1][cell.column]
        meaning = meaning_of(cell.text)
        is_year = meaning is not None and meaning.part is Part.YEAR
        under_wide = above.columns > 1 and above.row >= first
        if not (is_year or under_wide or (not above.text and meaning is not None)):
            return False
        if len(cell.text) > LONGEST or (under_wide and not is_year and is_ref(cell.text)):
            return False
    starts_row = table.rows[row][0]
    return starts_row.row < row or not starts_row.text or meaning_of(starts_row.text) is not None


def _text_above(table: Table, row: int) -> str:
    return " ".join(cell.text for above in table.rows[max(row - 2, 0) : row] for cell in cells_of(above))[:300]


def _column(table: Table, index: int, first: int, end: int, above: str, stated: int) -> Column:
    names = list(dict.fromkeys(table.rows[row][index].text for row in range(first, end) if table.rows[row][index].text))
    name = " / ".join(names)
    meaning: Meaning | None = None
    for each in reversed(names):
        meaning = meaning_of(each)
        if meaning is not None:
            break
    if meaning is None:
        return Column(index, None, name)
    if meaning.part is Part.YEAR and any(above and above.part in _NOT_MONEY for above in map(meaning_of, names)):
        # Tonnes, hours or people in a year are no amounts.
        return Column(index, Part.IGNORED, name)
    unit = unit_of_amounts(name)
    if unit == 1 and meaning.part in (Part.YEAR, Part.COST, Part.FUNDING) and len(names) < 2:
        unit = unit_of_amounts(above) if re.search(r"beløp|tall|kostnad|kroner|kr\b", above, re.IGNORECASE) else 1
    unit = stated if unit == 1 and meaning.part in (Part.YEAR, Part.COST) else unit
    return Column(index, meaning.part, name, meaning.year, unit, meaning.is_weak)


# By what stands in the columns ------------------------------------------------------------------------


def settled(head: Head, rows: Sequence[Sequence[Cell]]) -> Head:
    """The head with the doubts about its columns settled by what stands in them."""
    columns = [_by_content(column, rows) for column in head.columns]
    columns = _inferred(_with_title(_one_title(columns, rows)), rows)
    columns = _one_deadline(columns, rows)
    columns = _one_responsible(columns)
    return replace(head, columns=tuple(columns))


def guessed(table: Table, start: int, *, is_headed: bool = False) -> Head | None:
    """The columns of a table without a head, if numbers, units and deadlines stand clearly apart.

    `is_headed` says that the heading above calls them measures: then units and deadlines beside a text are enough.
    """
    rows = [row for row in table.rows[start:] if len(cells_of(row)) > 1]
    if len(rows) < 2 or table.width < 3:
        return None
    columns = [Column(index, _likely_part(_texts(rows, index))) for index in range(table.width)]
    found = [column.part for column in columns]
    known = {Part.RESPONSIBLE, Part.DEADLINE} & set(found)
    is_plain = is_headed and len(known) == 2 and found[0] is None and Part.REF not in found
    if not is_plain and (Part.REF not in found[:2] or not known or found.count(Part.REF) > 1):
        return None
    titles = [column.index for column in columns if column.part is None and _mean_length(rows, column.index) >= 10]
    if not titles:
        return None
    # The first text after the number is the measure; what follows tells more about it.
    for order, index in enumerate(titles):
        columns[index] = replace(columns[index], part=Part.TITLE if order == 0 else Part.DESCRIPTION)
    return Head(tuple(_one_responsible(_one_deadline(columns, rows))), start, is_guessed=True)


def _likely_part(texts: list[str]) -> Part | None:
    if not texts:
        return None
    if _share(texts, is_ref) > 0.7:
        return Part.REF
    if _share(texts, is_deadline) > 0.6:
        return Part.DEADLINE
    return Part.RESPONSIBLE if _share(texts, _names_units) > 0.6 else None


def _by_content(column: Column, rows: Sequence[Sequence[Cell]]) -> Column:
    texts = _texts(rows, column.index)
    if not texts:
        return column
    if column.part is None and not column.name and _share(texts, is_ref) >= 0.7:
        return replace(column, part=Part.REF)
    if column.part in (Part.TITLE, Part.GOAL) and _share(texts, is_ref) >= 0.7:
        return replace(column, part=Part.REF)
    if column.part is Part.DEADLINE and column.is_weak and _share(texts, is_deadline) < 0.5:
        return replace(column, part=Part.DESCRIPTION)
    if column.part is Part.STATUS and re.search("gjennomfør|utført", folded(column.name)):
        return replace(column, part=Part.DEADLINE, is_weak=True) if _share(texts, is_deadline) > 0.8 else column
    return column


def _inferred(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Columns with names that we do not know, by what stands in them: a part that no other column holds."""
    parts = {column.part for column in columns}
    found: dict[int, Part] = {}
    unknown = [column for column in columns if column.part is None and column.name]
    if Part.REF not in parts and Part.TITLE in parts:
        numbers = [column for column in unknown if _are_refs(_texts(rows, column.index))]
        found |= {column.index: Part.REF for column in numbers[:1]}
    if not parts & {Part.DEADLINE, Part.START, Part.TERM, Part.YEAR}:
        timed = [column for column in unknown if _share(_texts(rows, column.index), is_deadline) >= 0.6]
        found |= {column.index: Part.DEADLINE for column in timed[:1]}
    timed_parts = {*parts, *found.values()} & {Part.DEADLINE, Part.TERM, Part.YEAR, Part.COST}
    if Part.TITLE not in parts and Part.RESPONSIBLE in parts and timed_parts:
        long = [column for column in unknown if column.index not in found and _mean_length(rows, column.index) >= 10]
        varied = sorted(long, key=lambda column: -len(set(_texts(rows, column.index))))
        found |= {column.index: Part.TITLE for column in varied[:1]}
    return [
        replace(column, part=found[column.index], is_weak=True, is_inferred=True) if column.index in found else column
        for column in columns
    ]


def _are_refs(texts: list[str]) -> bool:
    return len(set(texts)) == len(texts) > 1 and _share(texts, is_ref) >= 0.7


def _one_title(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Of several columns that may hold the title, one: a certain name before a vague one, then the most varied."""
    titles = [column for column in columns if column.part is Part.TITLE]
    if len(titles) < 2:
        return columns

    def rank(column: Column) -> tuple[bool, int, int]:
        cells = [row[column.index] for row in rows]
        distinct = len({id(cell) for cell in cells if cell.text})
        return (not column.is_weak, distinct, -column.index)

    best = max(titles, key=rank)
    under_one_name = [column for column in titles if column.name == best.name]

    def other(column: Column) -> Column:
        if column.part is not Part.TITLE or column is best:
            return column
        return replace(column, part=Part.CATEGORY if column in under_one_name else Part.DESCRIPTION)

    return [other(column) for column in columns]


def _with_title(columns: list[Column]) -> list[Column]:
    """Where no column is the title's, the description is what the measure is called, if it is owned and timed."""
    parts = {column.part for column in columns}
    described = [column for column in columns if column.part is Part.DESCRIPTION]
    places = [column for column in columns if column.part is Part.TITLE and _PLACE.match(folded(column.name))]
    if places and any("tiltak" in folded(column.name) for column in described):
        # "Anlegg | Beskrivelse av tiltak": where it is done, and what.
        columns = [replace(column, part=Part.CATEGORY) if column in places else column for column in columns]
        parts.discard(Part.TITLE)
    described.sort(key=lambda column: re.match("beskriv|skildr|omtal", folded(column.name)) is None)
    is_measure = {Part.RESPONSIBLE, Part.DEADLINE} <= parts
    if Part.TITLE in parts or not described or not (is_measure or "tiltak" in folded(described[0].name)):
        return columns
    is_weak = "tiltak" not in folded(described[0].name)
    return [
        replace(column, part=Part.TITLE, is_weak=is_weak) if column is described[0] else column for column in columns
    ]


def _one_deadline(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """The end before the start; a start alone is the deadline."""
    deadlines = [column for column in columns if column.part is Part.DEADLINE]
    if not deadlines:
        starts = [column for column in columns if column.part is Part.START]
        return [replace(column, part=Part.DEADLINE) if column in starts[:1] else column for column in columns]
    in_parts = [_share(_texts(rows, column.index), is_month) > _MOSTLY for column in deadlines]
    in_parts += [_share(_texts(rows, column.index), is_year) > _MOSTLY for column in deadlines]
    if len(deadlines) == 2 and sum(in_parts) == 2 and in_parts[:2] in ([True, False], [False, True]):
        # One has the month and the other the year.
        return columns
    best = max(deadlines, key=lambda column: (not column.is_weak, _share(_texts(rows, column.index), is_deadline)))
    return [
        replace(column, part=Part.COMMENT) if column.part is Part.DEADLINE and column is not best else column
        for column in columns
    ]


def without_weak_goals(head: Head) -> Head:
    """The head of a table under a goal: a column of strategies or needs tells what kind of measure it is."""
    taken = Part.CATEGORY in head.parts
    return replace(
        head,
        columns=tuple(
            replace(column, part=Part.DESCRIPTION if taken else Part.CATEGORY)
            if column.part is Part.GOAL and column.is_weak
            else column
            for column in head.columns
        ),
    )


def _one_responsible(columns: list[Column]) -> list[Column]:
    """The column that speaks of responsibility before one that says who does it; the others take part."""
    owners = [column for column in columns if column.part is Part.RESPONSIBLE]
    if len(owners) < 2:
        return columns

    def rank(column: Column) -> tuple[bool, bool, bool, int]:
        name = folded(column.name)
        main = name.startswith(("hoved", "hovud", "oppfølg"))
        return (not column.is_weak, main, "ansvar" in name, -column.index)

    best = max(owners, key=rank)
    return [
        replace(column, part=Part.ALSO_AFFECTED) if column.part is Part.RESPONSIBLE and column is not best else column
        for column in columns
    ]


def is_deadline(text: str) -> bool:
    """Whether a short text says when."""
    return len(text) <= 80 and parse(text).kind not in (Kind.NOT_UNDERSTOOD, Kind.NOT_GIVEN)


def is_mark(text: str) -> bool:
    """Whether a cell only marks its column."""
    return _MARK.fullmatch(text.strip()) is not None


def _names_units(text: str) -> bool:
    parts = re.split(r"[\n,;/]", text)
    return any(looks_like_unit(part.strip()) for part in parts) and len(text) <= 150


def _texts(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    return [row[index].text for row in rows if row[index].text][:60]


def _share(texts: list[str], holds: object) -> float:
    assert callable(holds)
    return sum(bool(holds(text)) for text in texts) / len(texts) if texts else 0.0


def _mean_length(rows: Sequence[Sequence[Cell]], index: int) -> float:
    texts = _texts(rows, index)
    return sum(map(len, texts)) / len(texts) if texts else 0.0
