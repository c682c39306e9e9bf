"""Measures in tables: which tables hold them, and which rows are measures, goals, sums or something else."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from plan.documents.blocks import Table
from plan.documents.understanding.candidate import Group, Left, Shape
from plan.documents.understanding.goal_words import announced, is_goal
from plan.documents.understanding.head import (
    Head,
    cells_of,
    guessed,
    head_at,
    settled,
    without_weak_goals,
)
from plan.documents.understanding.measure_rows import Rows, banner_of
from plan.documents.understanding.sections import Verdict, nearest_verdict, verdict
from plan.documents.understanding.vocabulary import Part, unit_of_note
from plan.draft import Source


@dataclass(frozen=True)
class Surroundings:
    """Where a table stands: the headings above it (nearest first), its chapter, and its section's number.

    `unit` is 1,000 where a line beside the table says that its amounts are in thousands of kroner. `terms` has the
    years of short, middle and long term, where the plan explains them.
    """

    headings: tuple[str, ...] = ()
    chapter: str = ""
    section: str | None = None
    unit: int = 1
    terms: dict[str, tuple[int, int]] = field(default_factory=dict)


def groups_in(table: Table, around: Surroundings, *, is_lenient: bool = False) -> Iterator[Group]:
    """The groups of measures in a table, one per head in it, those that turned out to be none included as empty.

    `is_lenient` reads those too whose heading says that they are something else, though not what is old or done.
    """
    reading = _Reading(table, around, is_lenient)
    reading.run()
    yield from reading.groups


@dataclass
class _Reading:
    """One pass from the first row to the last."""

    table: Table
    around: Surroundings
    is_lenient: bool = False
    groups: list[Group] = field(default_factory=list)
    banners: list[str] = field(default_factory=list)

    def run(self) -> None:
        row = 0
        while row < len(self.table.rows):
            head = head_at(self.table, row, self.around.unit)
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
        text = banner_of(cells_of(self.table.rows[row]))
        if text is None:
            return
        unit = unit_of_note(text)
        if unit != 1 and self.around.unit == 1:
            self.around = replace(self.around, unit=unit)
        self.banners.insert(0, text)

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
        found = self._verdict((*self.banners, *self.around.headings))
        if found in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
            return
        first = next((row for row, cells in enumerate(self.table.rows) if len(cells_of(cells)) > 1), 0)
        head = guessed(self.table, first, is_headed=found is Verdict.MEASURES)
        if head is not None:
            self._section(head, len(self.table.rows))

    def _section(self, head: Head, end: int) -> None:
        rows = [row for row in range(head.end, end) if len(cells_of(self.table.rows[row])) > 0]
        body = [self.table.rows[row] for row in rows if not self._is_banner_shape(row)]
        head = head if head.is_guessed else settled(head, body)
        headings = (*self.banners, *self.around.headings)
        has_goals = any(column.part is Part.GOAL and not column.is_weak for column in head.columns)
        if has_goals or any(announced(heading) is not None for heading in headings):
            head = without_weak_goals(head)
        found = self._verdict(headings)
        evidence = _evidence(head, found)
        above, self.banners = tuple(self.banners), []
        group = Group(Shape.TABLE, headings, self.around.chapter, self.around.section, parts=head.parts)
        self.groups.append(group)
        is_named = _names_measures(head)
        if evidence is None and self.is_lenient and is_named:
            evidence = "likely"
        if evidence is None:
            is_open = found not in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER)
            group.unsure = self._left(head, rows, headings) if is_named and is_open else []
            return
        if found in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER) and evidence != "certain":
            return
        if found in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
            group.left_out = self._left(head, rows, headings)
            return
        group.is_list_of_others = evidence == "list"
        Rows(self.table, head, group, rows, above, terms=self.around.terms).run()

    def _left(self, head: Head, rows: list[int], headings: tuple[str, ...]) -> list[Left]:
        """What the rows of a table that is not read call their measures."""
        title = head.having(Part.TITLE)[0].index
        return [
            Left(self.table.rows[row][title].text, self._source(row, headings))
            for row in rows
            if self.table.rows[row][title].text and not self._is_banner_shape(row)
        ]

    def _source(self, row: int, headings: tuple[str, ...]) -> Source:
        heading = headings[0] if headings and headings[0] != self.table.sheet else None
        page, number = self.table.page(row), self.table.row_numbers[row]
        return Source(page=page, sheet=self.table.sheet, heading=heading, table=self.table.number, row=number)

    def _verdict(self, headings: tuple[str, ...]) -> Verdict | None:
        found = nearest_verdict(headings)
        return None if self.is_lenient and found is Verdict.OTHER else found

    def _is_banner_shape(self, row: int) -> bool:
        return len(cells_of(self.table.rows[row])) == 1


def _names_measures(head: Head) -> bool:
    """Whether a column is certainly one of measures, and no other says that the table is about something else."""
    is_certain = any(not column.is_weak for column in head.having(Part.TITLE))
    return is_certain and not head.parts & {Part.FOREIGN, Part.STATUS}


def _evidence(head: Head, found: Verdict | None) -> str | None:
    """Why the columns can be those of measures: "certain", "likely" or a "list" of others; None if they cannot."""
    parts = head.parts
    titles = head.having(Part.TITLE)
    is_strong = any(not column.is_weak for column in titles) or head.is_guessed
    owner, deadline = bool(parts & {Part.RESPONSIBLE, Part.UNIT}), bool(parts & {Part.DEADLINE, Part.TERM})
    if not titles or (Part.FOREIGN in parts and not (is_strong and owner and deadline)):
        return None
    if (is_strong and (owner or deadline)) or (owner and deadline):
        return "certain"
    if Part.STATUS in parts:
        return None
    if found is Verdict.MEASURES and (owner or deadline):
        return "likely"
    is_budgeted = {Part.REF, Part.YEAR} <= parts
    return _weak_evidence(parts, (is_strong or is_budgeted) and found is Verdict.MEASURES, is_strong)


def _weak_evidence(parts: frozenset[Part], is_headed: bool, is_strong: bool) -> str | None:
    """The same for columns with neither owner nor deadline."""
    if Part.PRIORITY in parts and Part.DESCRIPTION not in parts:
        return "list"
    described = {Part.REF, Part.DESCRIPTION, Part.GOAL, Part.COMMENT, Part.PRIORITY, Part.COST, Part.ALSO_AFFECTED}
    if is_headed and parts & described:
        return "likely"
    return "list" if is_strong and Part.YEAR in parts else None
