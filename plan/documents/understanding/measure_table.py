"""Measures in tables: which tables hold them, and which rows are measures, goals, sums or something else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from plan.documents.blocks import Cell, Table
from plan.documents.understanding.candidate import Amount, Candidate, Doubt, Group, Shape
from plan.documents.understanding.goal_words import is_goal
from plan.documents.understanding.head import Column, Head, cells_of, guessed, head_at, is_mark, settled
from plan.documents.understanding.numbering import bare_ref, head_of_measure, is_ref, lettered, numbered
from plan.documents.understanding.sections import Verdict, nearest_verdict, verdict
from plan.documents.understanding.vocabulary import Part
from plan.draft import Source

_SUM = re.compile(
    r"(?:sum|totalt?|i alt|til sammen|samla|samlet|delsum|netto|sum \w+)\b[^a-zæøå]*.{0,25}", re.IGNORECASE
)
_NO_TITLE = re.compile(r"[\W\d_]*")
_KEPT = (
    Part.DESCRIPTION,
    Part.RESPONSIBLE,
    Part.ALSO_AFFECTED,
    Part.DEADLINE,
    Part.FUNDING,
    Part.PRIORITY,
    Part.CATEGORY,
    Part.COMMENT,
)
_MONEY = (Part.COST, Part.YEAR)
MAX_GROUP_WORDS = 4


@dataclass(frozen=True)
class Surroundings:
    """Where a table stands: the headings above it (nearest first), its chapter, and its section's number."""

    headings: tuple[str, ...] = ()
    chapter: str = ""
    section: str | None = None


def groups_in(table: Table, around: Surroundings) -> Iterator[Group]:
    """The groups of measures in a table, one per head in it, those that turned out to be none included as empty."""
    reading = _Reading(table, around)
    reading.run()
    yield from reading.groups


@dataclass
class _Reading:
    """One pass from the first row to the last."""

    table: Table
    around: Surroundings
    groups: list[Group] = field(default_factory=list)
    banners: list[str] = field(default_factory=list)

    def run(self) -> None:
        row = 0
        while row < len(self.table.rows):
            head = head_at(self.table, row)
            if head is None:
                self._before_head(row)
                row += 1
                continue
            end = self._next_head(head.end)
            self._section(head, end)
            row = end
        if not self.groups:
            self._without_head()

    def _before_head(self, row: int) -> None:
        cells = cells_of(self.table.rows[row])
        if len(cells) == 1:
            self.banners.insert(0, cells[0].text)

    def _next_head(self, start: int) -> int:
        """The row where the next head begins, with the banners that stand right above it."""
        for row in range(start, len(self.table.rows)):
            if head_at(self.table, row) is not None:
                first = row
                while first > start and self._is_verdict(first - 1):
                    first -= 1
                return first
        return len(self.table.rows)

    def _is_verdict(self, row: int) -> bool:
        cells = cells_of(self.table.rows[row])
        return len(cells) == 1 and (verdict(cells[0].text) is not None or is_goal(cells[0].text))

    def _without_head(self) -> None:
        if nearest_verdict((*self.banners, *self.around.headings)) in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
            return
        first = next((row for row, cells in enumerate(self.table.rows) if len(cells_of(cells)) > 1), 0)
        head = guessed(self.table, first)
        if head is not None:
            self._section(head, len(self.table.rows))

    def _section(self, head: Head, end: int) -> None:
        rows = [row for row in range(head.end, end) if len(cells_of(self.table.rows[row])) > 0]
        body = [self.table.rows[row] for row in rows if not self._is_banner_shape(row)]
        head = head if head.is_guessed else settled(head, body)
        headings = (*self.banners, *self.around.headings)
        found = nearest_verdict(headings)
        evidence = _evidence(head, found)
        goals = tuple(banner for banner in self.banners if is_goal(banner))[:1]
        self.banners = []
        group = Group(Shape.TABLE, headings, self.around.chapter, self.around.section, parts=head.parts)
        self.groups.append(group)
        if evidence is None:
            return
        if found in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER) and evidence != "certain":
            return
        if found in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
            group.left_out = len(body)
            return
        group.is_list_of_others = evidence == "list"
        _Rows(self.table, head, group, rows, goals).run()

    def _is_banner_shape(self, row: int) -> bool:
        return len(cells_of(self.table.rows[row])) == 1


def _evidence(head: Head, found: Verdict | None) -> str | None:
    """Why the columns can be those of measures: "certain", "likely" or a "list" of others; None if they cannot."""
    parts = head.parts
    titles = head.having(Part.TITLE)
    is_strong = any(not column.is_weak for column in titles) or head.is_guessed
    owner, deadline = Part.RESPONSIBLE in parts, Part.DEADLINE in parts
    if not titles or (Part.FOREIGN in parts and not (is_strong and owner and deadline)):
        return None
    if (is_strong and (owner or deadline)) or (owner and deadline):
        return "certain"
    if Part.STATUS in parts:
        return None
    if found is Verdict.MEASURES and (owner or deadline):
        return "likely"
    return _weak_evidence(parts, is_strong and found is Verdict.MEASURES, is_strong)


def _weak_evidence(parts: frozenset[Part], is_headed: bool, is_strong: bool) -> str | None:
    """The same for columns with neither owner nor deadline."""
    if Part.PRIORITY in parts and Part.DESCRIPTION not in parts:
        return "list"
    described = {Part.REF, Part.DESCRIPTION, Part.GOAL, Part.COMMENT, Part.PRIORITY, Part.COST, Part.ALSO_AFFECTED}
    if is_headed and parts & described:
        return "likely"
    return "list" if is_strong and Part.YEAR in parts else None


@dataclass
class _Rows:
    """Reads the rows under one head."""

    table: Table
    head: Head
    group: Group
    rows: Sequence[int]
    goal_banner: tuple[str, ...] = ()
    goal_cells: dict[int, str] = field(default_factory=dict)
    last: Candidate | None = None
    last_title: Cell | None = None

    def run(self) -> None:
        """Fill the group with what the rows hold."""
        self.title = self.head.having(Part.TITLE)[0]
        self.ref = next(iter(self.head.having(Part.REF)), None)
        for row in self.rows:
            self._row(row)
        mend_refs(self.group.candidates)
        _split_refs(self.group.candidates, has_ref_column=self.ref is not None)

    def _row(self, row: int) -> None:
        cells = self.table.rows[row]
        filled = cells_of(cells)
        title = cells[self.title.index]
        if self._is_banner(row, filled):
            self._banner(filled[0].text)
        elif _is_sum(filled, title):
            self.last = None
        elif self.last is not None and self._goes_on(row, cells, title):
            self._append(cells, self.last)
        elif _NO_TITLE.fullmatch(title.text):
            self.group.left_out += 1
        elif all(cell.row < row for cell in filled):
            return
        else:
            self._measure(row, cells, title)

    def _is_banner(self, row: int, filled: list[Cell]) -> bool:
        if len(filled) != 1:
            return False
        cell = filled[0]
        if cell.columns * 10 >= self.table.width * 6 and self.table.width > 1:
            return True
        is_title = cell.column == self.title.index
        if is_title and (is_goal(cell.text) or cell.is_bold or self._others_are_numbered()):
            return True
        if is_title and len(cell.text.split()) <= MAX_GROUP_WORDS and self._others_are_filled():
            self.group.left_out += 1
            return True
        has_number = cell.marker is not None or head_of_measure(cell.text) is not None
        return not is_title and cell.column <= self.title.index and not has_number and not is_ref(cell.text)

    def _others_are_filled(self) -> bool:
        """Whether most rows have an owner or a deadline, so that a few words alone name a group of measures."""
        columns = [*self.head.having(Part.RESPONSIBLE), *self.head.having(Part.DEADLINE)]
        full = [row for row in self.rows if len(cells_of(self.table.rows[row])) > 1]
        owned = sum(any(self.table.rows[row][column.index].text for column in columns) for row in full)
        return owned >= 1 and owned * 2 >= len(full)

    def _others_are_numbered(self) -> bool:
        ref = self.ref
        return ref is not None and any(self.table.rows[row][ref.index].text for row in self.rows)

    def _banner(self, text: str) -> None:
        self.last = None
        if is_goal(text):
            self.goal_banner = (text,)
        self.goal_cells.clear()

    def _goes_on(self, row: int, cells: Sequence[Cell], title: Cell) -> bool:
        """Whether a row tells more about the measure above: its title is merged, empty, or broken by a page."""
        if title is self.last_title and title.rows > 1:
            return True
        ref = cells[self.ref.index].text if self.ref is not None else ""
        if not title.text:
            return not ref
        if self.table.page(row) == self.table.page(row - 1) or not self.table.page_of_row:
            return False
        if self.ref is not None and self.last is not None and self.last.ref is not None:
            return not ref
        return title.text[:1].islower()

    def _append(self, cells: Sequence[Cell], candidate: Candidate) -> None:
        for column in self.head.columns:
            cell = cells[column.index]
            if column.part is Part.TITLE and cell is not self.last_title and cell.text:
                candidate.title = f"{candidate.title} {cell.text}"
            elif column.part in _KEPT and cell.text:
                _go_on(candidate, column.part, cell.text)
            elif column.part in _MONEY and cell.text:
                candidate.amounts.append(_amount(column, cell))

    def _measure(self, row: int, cells: Sequence[Cell], title: Cell) -> None:
        candidate = Candidate(title.text, self._source(row), goals=self._goals(cells))
        ref = cells[self.ref.index] if self.ref is not None else None
        if ref is not None and (ref.text or ref.marker):
            candidate.ref = bare_ref(ref.text or ref.marker or "")
            candidate.ref_value = ref.value
        elif title.marker and is_ref(title.marker):
            candidate.ref = bare_ref(title.marker)
        self._take(candidate, cells)
        if self.head.is_guessed:
            candidate.doubts.append(Doubt.COLUMNS_GUESSED)
        if not candidate.texts and not candidate.amounts and candidate.ref is None:
            candidate.doubts.append(Doubt.ONLY_TITLE)
        self.group.candidates.append(candidate)
        self.last, self.last_title = candidate, title

    def _take(self, candidate: Candidate, cells: Sequence[Cell]) -> None:
        """Take what the columns of a row hold."""
        marked: list[int] = []
        for column in self.head.columns:
            cell = cells[column.index]
            if not cell.text:
                continue
            if column.year is not None and is_mark(cell.text):
                marked.append(column.year)
            elif column.part in _MONEY:
                candidate.amounts.append(_amount(column, cell))
            elif column.part in _KEPT:
                candidate.add(column.part, cell.text)
        if marked and Part.DEADLINE not in self.head.parts:
            candidate.add(Part.DEADLINE, ", ".join(map(str, marked)))
            candidate.doubts.append(Doubt.DEADLINE_FROM_COLUMNS)

    def _goals(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """The goals of a row: those in its own columns, where an empty cell means the one above, else the banner."""
        columns = self.head.having(Part.GOAL)
        for column in columns:
            text = cells[column.index].text
            if text:
                self.goal_cells[column.index] = text
                for later in columns:
                    if later.index > column.index:
                        self.goal_cells.pop(later.index, None)
        own = tuple(self.goal_cells[column.index] for column in columns if column.index in self.goal_cells)
        return own or self.goal_banner

    def _source(self, row: int) -> Source:
        heading = self.group.headings[0] if self.group.headings else None
        return Source(
            page=self.table.page(row),
            sheet=self.table.sheet,
            heading=heading if heading != self.table.sheet else None,
            table=self.table.number,
            row=self.table.row_numbers[row],
        )


def _go_on(candidate: Candidate, part: Part, text: str) -> None:
    """Add a text that a page broke off: small letters go on with the line, anything else is a new one."""
    known = candidate.texts.get(part)
    if known and text[:1].islower() and part in (Part.RESPONSIBLE, Part.DEADLINE, Part.ALSO_AFFECTED):
        candidate.texts[part] = f"{known} {text}"
    else:
        candidate.add(part, text)


def mend_refs(candidates: Sequence[Candidate]) -> None:
    """Numbers that a spreadsheet has made into something else: 2.1 after 2.9 was typed 2.10, 1 February was 1.2."""
    for number, candidate in enumerate(candidates):
        value = candidate.ref_value
        if isinstance(value, date):
            candidate.ref = f"{value.day}.{value.month}"
            candidate.doubts.append(Doubt.REF_MENDED)
        elif isinstance(value, float) and number > 0:
            before = re.fullmatch(r"(\d+)\.(\d*9)", candidates[number - 1].ref or "")
            wanted = f"{before[1]}.{int(before[2]) + 1}" if before else ""
            if wanted.rstrip("0") == candidate.ref and wanted != candidate.ref:
                candidate.ref = wanted
                candidate.doubts.append(Doubt.REF_MENDED)


def _amount(column: Column, cell: Cell) -> Amount:
    value = cell.value if isinstance(cell.value, int | float) else None
    return Amount(cell.text, column.name, column.year, column.unit, value)


def _is_sum(filled: list[Cell], title: Cell) -> bool:
    label = title.text or (filled[0].text if filled else "")
    return _SUM.fullmatch(label.strip()) is not None


def _split_refs(candidates: list[Candidate], *, has_ref_column: bool) -> None:
    """Take the numbers out of the titles, where most titles begin with one."""
    if has_ref_column or not candidates:
        return
    for split in (head_of_measure, numbered, lettered):
        found = [split(candidate.title) for candidate in candidates]
        if sum(each is not None and bool(each.rest) for each in found) * 10 < len(candidates) * 6:
            continue
        for candidate, each in zip(candidates, found, strict=True):
            if each is not None and each.rest and candidate.ref is None:
                candidate.ref, candidate.title = each.ref, each.rest
        return
