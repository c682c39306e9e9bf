"""The rows under the head of a table: which are measures, goals, sums, or more about the measure above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from plan.documents.blocks import Cell, Table
from plan.documents.understanding.candidate import Amount, Candidate, Doubt, Group, Left
from plan.documents.understanding.goal_words import announced, coded_goal, is_goal, is_under, numbered_goal
from plan.documents.understanding.head import Column, Head, cells_of, is_deadline, is_mark
from plan.documents.understanding.horizons import deadline_of
from plan.documents.understanding.labels import labelled, owner_of
from plan.documents.understanding.listed import Item, Listed, listed_in
from plan.documents.understanding.numbering import bare_ref, bulleted, head_of_measure, is_ref, lettered, numbered
from plan.documents.understanding.vocabulary import Part, is_year
from plan.draft import Source
from plan.units import SOFT_BREAK

_SUM = re.compile(
    r"(?:sum|totalt?|i alt|til sammen|samla|samlet|delsum|netto|sum \w+)\b[^a-zæøå]*.{0,25}", re.IGNORECASE
)
_BANNER_YEAR = re.compile(
    r"(?:(?:tiltak|prosjekt|gjennomføres|gjennomførast|planlagt|år|året)\s+)?(?:i |for )?(?:året )?"
    r"((?:19|20)\d\d(?: ?[-–/] ?(?:(?:19|20)\d\d|\d\d))?):?",
    re.IGNORECASE,
)
_TIMED = re.compile(r"frist\b|\bnår\b|\btid", re.IGNORECASE)
"""In the name of a column that also says who is responsible."""
_TOLD = re.compile(r"([^\n]{4,100}[^\n.,;:!?])\n([A-ZÆØÅ«].{15,}[.!?])", re.DOTALL)
"""A line that is no sentence, and sentences below it."""
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
_MAIN = ("H", "A")
"""The marks of who has the main responsibility, or the responsibility: "hovedansvar", "ansvar"."""
_MONEY = (Part.COST, Part.YEAR)
MAX_GROUP_WORDS = 4


@dataclass
class Rows:
    """Reads the rows under one head."""

    table: Table
    head: Head
    group: Group
    rows: Sequence[int]
    above: tuple[str, ...] = ()
    """The rows over the whole table right above its head, the nearest first."""
    goal_banner: tuple[str, ...] = ()
    area_banner: str | None = None
    banner_year: str | None = None
    banner_owner: str | None = None
    goal_cells: dict[int, str] = field(default_factory=dict)
    last: Candidate | None = None
    last_title: Cell | None = None
    terms: dict[str, tuple[int, int]] = field(default_factory=dict)

    def run(self) -> None:
        """Fill the group with what the rows hold."""
        self.title = self.head.having(Part.TITLE)[0]
        self.ref = next(iter(self.head.having(Part.REF)), None)
        self.banner_owner = owner_of(self.group.headings)
        self.goal_banner = tuple(text for text in self.above if is_goal(text) or self._numbers_below(text))[:1]
        heading = self.group.headings[0].strip() if self.group.headings else ""
        # "Tiltak 2025" says when; a sheet that is called "2025" may be a copy of that year's list.
        year = _BANNER_YEAR.fullmatch(heading) if heading[:1].isalpha() else None
        if year is not None and year[1].isdigit() and not self.head.parts & {Part.DEADLINE, Part.TERM, Part.YEAR}:
            self.banner_year = year[1]
        for row in self.rows:
            self._row(row)
        mend_refs(self.group.candidates)
        if Part.DESCRIPTION not in self.head.parts:
            _split_told(self.group.candidates)
        _split_refs(self.group.candidates, has_ref_column=self.ref is not None)

    def _row(self, row: int) -> None:
        cells = self.table.rows[row]
        filled = cells_of(cells)
        title = cells[self.title.index]
        banner = banner_of(filled) if len(filled) > 1 else None
        if banner is not None:
            self._banner(banner)
        elif self._is_banner(row, filled):
            self._banner(filled[0].text)
        elif _is_sum(filled, title):
            self.last = None
        elif self.last is not None and self._goes_on(row, cells, title):
            self._append(cells, self.last)
        elif _NO_TITLE.fullmatch(title.text) or self._is_note(row, filled):
            self._leave_out(row, filled)
        elif all(cell.row < row for cell in filled):
            return
        else:
            self._measures(row, cells, title)

    def _measures(self, row: int, cells: Sequence[Cell], title: Cell) -> None:
        """The measure of a row; each of several where its title is a list."""
        if title.bold_lines:
            self._measure(row, cells, title, _headed(title))
            return
        headed = self._headed_by_number(title)
        if headed is not None:
            self._measure(row, cells, title, headed)
            return
        found = listed_in(title)
        ref = cells[self.ref.index].text if self.ref is not None else ""
        if found is None or ref:
            self._measure(row, cells, title, Item(title.text))
        elif found.is_several and not self._has_amounts(cells):
            for place, item in enumerate(found.items):
                self._measure(row, cells, title, item)
                self._share(cells, place, len(found.items))
        else:
            item = found.items[0] if not found.lead and len(found.items) == 1 else Item(title.text)
            self._measure(row, cells, title, item)
            if found.is_several:
                self.group.candidates[-1].doubts.append(Doubt.LIST_AS_TITLE)

    def _headed_by_number(self, title: Cell) -> Item | None:
        """The measure of a cell whose first line has the only number and whose rest is sentences."""
        first, *rest = re.split(f"[\n{SOFT_BREAK}]", title.text)
        found = numbered(first)
        more = " ".join(rest).strip()
        if found is None or self.ref is not None or not more or any(numbered(line) for line in rest):
            return None
        is_told = more[:1].isupper() and more.endswith((".", "!")) and not found.rest.endswith((".", ","))
        return Item(found.rest, found.ref, more) if is_told and found.rest else None

    def _has_amounts(self, cells: Sequence[Cell]) -> bool:
        """Whether a row states amounts: they are those of all that stands in it together."""
        money = [column for column in self.head.columns if column.part in _MONEY]
        return any(re.search(r"\d", cells[column.index].text) for column in money)

    def _share(self, cells: Sequence[Cell], place: int, count: int) -> None:
        """What the row says of one of several measures in a cell: a line each, where each has a deadline of its own."""
        candidate = self.group.candidates[-1]
        candidate.doubts.append(Doubt.SEVERAL_IN_CELL)
        columns = self.head.having(Part.DEADLINE)
        deadlines = cells[columns[0].index].text.split("\n") if columns else []
        if len(deadlines) != count or not all(map(is_deadline, deadlines)):
            return
        for part in (Part.DEADLINE, Part.RESPONSIBLE):
            lines = candidate.texts.get(part, "").split("\n")
            if len(lines) == count:
                candidate.texts[part] = lines[place]

    def _is_banner(self, row: int, filled: list[Cell]) -> bool:
        if len(filled) != 1:
            return False
        cell = filled[0]
        if cell.columns * 10 >= self.table.width * 6 and self.table.width > 1:
            return True
        is_title = cell.column == self.title.index
        goes_on = cell.text[:1].islower() or (bulleted(cell.text) is not None and self._more_items(cell) is not None)
        if is_title and self.last is not None and goes_on and self._begins_page(row):
            return False
        if is_title and (is_goal(cell.text) or cell.is_bold or self._others_are_numbered()):
            return True
        if is_title and len(cell.text.split()) <= MAX_GROUP_WORDS and self._others_are_filled():
            self._leave_out(row, filled)
            return True
        has_number = cell.marker is not None or head_of_measure(cell.text) is not None
        return not is_title and cell.column <= self.title.index and not has_number and not is_ref(cell.text)

    def _leave_out(self, row: int, filled: list[Cell]) -> None:
        self.group.left_out.append(Left(" | ".join(cell.text for cell in filled), self._source(row)))

    def _is_note(self, row: int, filled: list[Cell]) -> bool:
        """Whether a row is a single cell apart from the table: below an empty row, with no full row after it."""
        is_apart = row > 0 and not cells_of(self.table.rows[row - 1])
        return len(filled) == 1 and is_apart and all(len(cells_of(after)) < 2 for after in self.table.rows[row:])

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
        year = _BANNER_YEAR.fullmatch(text.strip())
        if year is not None:
            self.banner_year = year[1]
            return
        owner = owner_of((text,))
        if owner is not None:
            self.banner_owner = owner
            return
        if is_goal(text) or self._numbers_below(text):
            # A strategy is one of the goal above it.
            above = [each for each in self.goal_banner[:1] if not _is_strategy(each)] if _is_strategy(text) else []
            self.goal_banner = (*above, text)
        else:
            self.area_banner = text
        self.goal_cells.clear()

    def _numbers_below(self, text: str) -> bool:
        """Whether measures of the table are numbered under the number a banner begins with ("1. Skoleveier", 1.1)."""
        found = numbered_goal(text) or coded_goal(text)
        if found is None or self.ref is None:
            return False
        refs = [self.table.rows[row][self.ref.index].text for row in self.rows]
        return any(is_under(ref, found[0]) for ref in refs if is_ref(ref))

    def _goes_on(self, row: int, cells: Sequence[Cell], title: Cell) -> bool:
        """Whether a row tells more about the measure above: its title is merged, empty, or broken by a page."""
        if title is self.last_title and title.rows > 1:
            return True
        ref = cells[self.ref.index].text if self.ref is not None else ""
        if not title.text:
            return not ref
        if not self._begins_page(row):
            return False
        if self.ref is not None and self.last is not None and self.last.ref is not None:
            return not ref
        if len(cells_of(cells)) == 1 and bulleted(title.text) is not None and self._more_items(title) is not None:
            return True
        return title.text[:1].islower()

    def _begins_page(self, row: int) -> bool:
        return bool(self.table.page_of_row) and self.table.page(row) != self.table.page(row - 1)

    def _more_items(self, title: Cell) -> Listed | None:
        """The items with which a list of measures in a cell goes on after a page break."""
        is_list = self.last_title is not None and listed_in(self.last_title) is not None
        return listed_in(title) if is_list and self.ref is None else None

    def _append_items(self, more: Listed, candidate: Candidate) -> None:
        """Add each further item of a list as a measure that shares what the row of the first ones says."""
        shared = (Doubt.SEVERAL_IN_CELL,)
        candidate.doubts += [doubt for doubt in shared if doubt not in candidate.doubts]
        for item in more.items:
            own = replace(candidate, title=item.text, ref=item.ref, texts=dict(candidate.texts))
            own.doubts, own.amounts = list(candidate.doubts), list(candidate.amounts)
            self.group.candidates.append(own)
            self.last = own

    def _append(self, cells: Sequence[Cell], candidate: Candidate) -> None:
        for column in self.head.columns:
            cell = cells[column.index]
            if column.part is Part.TITLE and cell is not self.last_title and cell.text:
                more = self._more_items(cell)
                lead = more.lead if more is not None else cell.text
                candidate.title = f"{candidate.title} {lead}".strip()
                if more is not None:
                    self._append_items(more, candidate)
            elif column.part in _KEPT and cell.text:
                _go_on(candidate, column.part, cell.text)
            elif column.part in _MONEY and cell.text:
                candidate.amounts.append(amount_in(column, cell))

    def _measure(self, row: int, cells: Sequence[Cell], title: Cell, item: Item) -> None:
        candidate = Candidate(
            item.text, self._source(row), ref=item.ref, goals=self._goals(cells), area=self.area_banner
        )
        ref = cells[self.ref.index] if self.ref is not None else None
        if ref is not None and (ref.text or ref.marker):
            candidate.ref = bare_ref(ref.text or ref.marker or "")
            candidate.ref_value = ref.value
        elif title.marker and is_ref(title.marker) and item.text == title.text:
            candidate.ref = bare_ref(title.marker)
        if item.rest:
            candidate.add(Part.DESCRIPTION, item.rest)
        self._take_labels(candidate)
        self._take(candidate, cells)
        if self.head.is_guessed or any(column.is_inferred for column in self.head.columns):
            candidate.doubts.append(Doubt.COLUMNS_GUESSED)
        if not candidate.texts and not candidate.amounts and candidate.ref is None:
            candidate.doubts.append(Doubt.ONLY_TITLE)
        self.group.candidates.append(candidate)
        self.last, self.last_title = candidate, title

    def _take_labels(self, candidate: Candidate) -> None:
        """Take what a title cell says in labelled lines below the title ("Kurs", then "Ansvar: NAV")."""
        before, labels = labelled(candidate.title)
        own = [label for label in labels if label.part in _KEPT and label.part not in self.head.parts and label.value]
        if before and own:
            candidate.title = before
            for label in own:
                candidate.add(label.part, label.value)

    def _take(self, candidate: Candidate, cells: Sequence[Cell]) -> None:
        """Take what the columns of a row hold."""
        for column in self.head.columns:
            cell = cells[column.index]
            if not cell.text or _is_marked(column, cell):
                continue
            if column.part in _MONEY:
                candidate.amounts.append(amount_in(column, cell))
            elif column.part is Part.RESPONSIBLE and _TIMED.search(column.name):
                _add_owner_and_deadline(candidate, cell.text)
            elif column.part is Part.DEADLINE and Part.DEADLINE in candidate.texts:
                known = candidate.texts[Part.DEADLINE]
                candidate.texts[Part.DEADLINE] = f"{cell.text} {known}" if is_year(known) else f"{known} {cell.text}"
            elif column.part in _KEPT:
                candidate.add(column.part, cell.text)
        marked = [column for column in self.head.columns if _is_marked(column, cells[column.index])]
        if marked and Part.DEADLINE not in self.head.parts:
            years = [str(column.year) for column in marked if column.year is not None]
            terms = [column.name for column in marked if column.part is Part.TERM]
            candidate.add(Part.DEADLINE, ", ".join(years) or deadline_of(terms, self.terms))
            candidate.doubts.append(Doubt.DEADLINE_FROM_COLUMNS)
        self._take_units(candidate, cells)
        if self.banner_year is not None and Part.DEADLINE not in candidate.texts:
            candidate.add(Part.DEADLINE, self.banner_year)
            candidate.doubts.append(Doubt.DEADLINE_FROM_BANNER)
        if self.banner_owner is not None and Part.RESPONSIBLE not in candidate.texts:
            candidate.add(Part.RESPONSIBLE, self.banner_owner)
            candidate.doubts.append(Doubt.OWNER_FROM_BANNER)

    def _take_units(self, candidate: Candidate, cells: Sequence[Cell]) -> None:
        """Take who answers and who takes part from the columns of units: a letter for the main one, else all marked."""
        marked = [
            (column.name, cells[column.index].text.strip(" ()").upper())
            for column in self.head.having(Part.UNIT)
            if cells[column.index].text
        ]
        main = [name for name, mark in marked if mark in _MAIN] or [name for name, _ in marked]
        if main:
            candidate.add(Part.RESPONSIBLE, ", ".join(main))
            candidate.add(Part.ALSO_AFFECTED, ", ".join(name for name, _ in marked if name not in main))
            candidate.doubts.append(Doubt.OWNER_FROM_COLUMNS)

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


def _is_marked(column: Column, cell: Cell) -> bool:
    return (column.year is not None or column.part is Part.TERM) and is_mark(cell.text)


def _headed(title: Cell) -> Item:
    """The measure in a cell that begins in bold: that is its title, and the rest tells more about it."""
    lines = title.text.split("\n")
    named = " ".join(lines[: title.bold_lines])
    return Item(named, rest="\n".join(lines[title.bold_lines :]))


def _add_owner_and_deadline(candidate: Candidate, text: str) -> None:
    """Add a cell that says who and when: each line, or what follows the last comma, that is a deadline says when."""
    lines = re.split(f"[\n{SOFT_BREAK}]", text)
    if len(lines) == 1:
        lines = [part.strip() for part in re.split(r"[,;/](?=[^,;/]*$)", text)]
    if len(lines) == 1 or not is_deadline(lines[-1]):
        candidate.add(Part.RESPONSIBLE, text)
        return
    for line in lines:
        candidate.add(Part.DEADLINE if is_deadline(line) else Part.RESPONSIBLE, line)


def _go_on(candidate: Candidate, part: Part, text: str) -> None:
    """Add a text that a page broke off: small letters go on with the line, anything else is a new one."""
    known = candidate.texts.get(part)
    if known and text[:1].islower() and part in (Part.RESPONSIBLE, Part.DEADLINE, Part.ALSO_AFFECTED):
        candidate.texts[part] = f"{known} {text}"
    else:
        candidate.add(part, text)


def banner_of(filled: Sequence[Cell]) -> str | None:
    """What a row says of the rows below: its only cell, or the name of a goal and the goal beside it."""
    if len(filled) == 1:
        return filled[0].text
    name = announced(filled[0].text) if len(filled) == 2 else None
    is_goal_beside = name is not None and not name.title and announced(filled[1].text) is None
    return f"{filled[0].text.rstrip(' :')}: {filled[1].text}" if is_goal_beside else None


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


def amount_in(column: Column, cell: Cell) -> Amount:
    """What a cell of a column of money says."""
    value = cell.value if isinstance(cell.value, int | float) else None
    return Amount(cell.text, column.name, column.year, column.unit, value)


def _is_strategy(text: str) -> bool:
    goal = announced(text)
    return goal is not None and goal.name == "strategi"


def _is_sum(filled: list[Cell], title: Cell) -> bool:
    label = title.text or (filled[0].text if filled else "")
    return _SUM.fullmatch(label.strip()) is not None


def _split_told(candidates: list[Candidate]) -> None:
    """Take the sentences that tell more out of the titles, where most titles are a line with such sentences below."""
    found = [_TOLD.fullmatch(candidate.title) for candidate in candidates]
    if len(candidates) < 2 or sum(each is not None for each in found) * 10 < len(candidates) * 6:
        return
    for candidate, each in zip(candidates, found, strict=True):
        if each is not None:
            candidate.title = each[1].strip()
            candidate.add(Part.DESCRIPTION, each[2])


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
