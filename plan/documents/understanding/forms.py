"""Measures as small tables with a label in each row ("Ansvarlig | NAV") or in each cell ("Ansvarlig: NAV")."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plan.documents.blocks import Cell, Table
from plan.documents.understanding.candidate import Candidate, Doubt
from plan.documents.understanding.head import cells_of, head_at, is_deadline
from plan.documents.understanding.labels import Labelled, labelled
from plan.documents.understanding.listed import listed_in
from plan.documents.understanding.measure_table import Surroundings
from plan.documents.understanding.numbering import BULLET, bare_ref, bulleted, head_of_measure, is_ref, numbered
from plan.documents.understanding.vocabulary import Part, meaning_of
from plan.draft import Source

OWN = (Part.RESPONSIBLE, Part.DEADLINE)
_SURE = 4
"""So many rows that begin with different labels are no table under a head."""


def is_form(table: Table) -> bool:
    """Whether most rows of a table are a label and what belongs to it, an owner or a deadline among them."""
    if not 2 <= table.width <= 8:
        return False
    labels = labels_of(table)
    over = {row + 1 for row in range(len(labels) - 1) if _is_over_values(table, row)}
    plain = [row for row in range(len(table.rows)) if row + 1 not in over and _is_plain_head(table, row)]
    if plain and not _is_paired(table) and not _is_labelled_throughout(table):
        return False
    with_label = sum(bool(each) or row in over for row, each in enumerate(labels))
    parts = {label.part for each in labels for label in each}
    return len(parts) >= 3 and bool(parts & set(OWN)) and with_label * 10 >= len(table.rows) * 6


def _is_paired(table: Table) -> bool:
    """Whether every row is labels with a value to the right of each, two or more of them beside each other."""
    if table.width < 4 or table.width % 2 or len(table.rows) < 2:
        return False
    labels = [row[column] for row in table.rows for column in range(0, table.width, 2)]
    values = [row[column].text for row in table.rows for column in range(1, table.width, 2) if row[column].text]
    # A value that reaches over the places beside it leaves no label there.
    known = [meaning_of(cell.text) is not None for cell in labels if cell.column % 2 == 0 and cell.text]
    return all(known) and sum(meaning_of(value) is None for value in values) * 3 >= len(values) * 2


def _is_labelled_throughout(table: Table) -> bool:
    """Whether each row is a label and one value, which may begin with a word that also heads columns."""
    rows = [list({id(cell): cell for cell in row}.values()) for row in table.rows]
    if len(rows) < _SURE or any(len(cells) != 2 for cells in rows):
        return False
    labels = [meaning_of(label.text) for label, _ in rows]
    parts = {meaning.part for meaning in labels if meaning is not None}
    return None not in labels and len(parts) >= _SURE and bool(parts & set(OWN))


def _is_plain_head(table: Table, row: int) -> bool:
    # A sentence beside a label may begin with a word that also heads columns.
    return head_at(table, row) is not None and all(len(cell.text.split()) <= 4 for cell in cells_of(table.rows[row]))


def labels_of(table: Table) -> list[list[Labelled]]:
    """The labels of each row; a row that is nothing but labels has the values in the row below, which has none."""
    found: list[list[Labelled]] = []
    is_taken = False
    for number, row in enumerate(table.rows):
        is_taken_now, is_taken = is_taken, not is_taken and _is_over_values(table, number)
        if is_taken:
            found.append(_labels_over(row, table.rows[number + 1]))
        else:
            found.append([] if is_taken_now else row_labels(row))
    return found


def _is_over_values(table: Table, row: int) -> bool:
    """Whether a row is labels other than the title's, and the one below is their values and no more follow them."""
    if row + 1 >= len(table.rows):
        return False
    labels, values = cells_of(table.rows[row]), cells_of(table.rows[row + 1])
    parts = [meaning.part for cell in labels if (meaning := meaning_of(cell.text)) is not None]
    if len(labels) < 2 or len(parts) < len(labels) or not set(parts) & set(OWN):
        return False
    if set(parts) & {Part.TITLE, Part.YEAR, Part.TERM}:
        # "Frist | 2027" is a label with its value.
        return False
    if not values or any(len(cell.text.split()) > 4 or cell.text.count(":") for cell in labels):
        return False
    below = cells_of(table.rows[row + 2]) if row + 2 < len(table.rows) else []
    is_value = [meaning_of(cell.text) is None or is_deadline(cell.text) for cell in values]
    # A third row of as many cells is another row of a table with a head.
    return sum(is_value) * 2 >= len(values) and (len(below) < 2 or bool(row_labels(table.rows[row + 2])))


def _labels_over(labels: Sequence[Cell], values: Sequence[Cell]) -> list[Labelled]:
    found: list[Labelled] = []
    for column, cell in enumerate(labels):
        meaning = meaning_of(cell.text) if cell.column == column else None
        if meaning is not None and meaning.part not in (Part.YEAR, Part.TERM, Part.FOREIGN):
            found.append(Labelled(meaning.part, cell.text, values[column].text))
    return found


def row_labels(row: Sequence[Cell]) -> list[Labelled]:
    """The labels of a row, each with the cell to its right, or with what follows it in its own cell."""
    cells = list({id(cell): cell for cell in row}.values())
    inside = _labels_inside([cell for cell in cells if cell.text])
    if inside:
        return inside
    found: list[Labelled] = []
    # A form need not begin in the first column of its sheet.
    position = next((number for number, cell in enumerate(cells) if cell.text), 0)
    while position < len(cells) - 1:
        meaning = meaning_of(cells[position].text)
        if meaning is None or meaning.part in (Part.YEAR, Part.TERM, Part.FOREIGN) or len(cells[position].text) > 50:
            return found
        found.append(Labelled(meaning.part, cells[position].text, _value(cells[position + 1], meaning.part)))
        position += 2
    return found


def _value(cell: Cell, part: Part) -> str:
    """What a label says; a list of measures with a bullet before each, whoever made it."""
    listed = listed_in(cell) if part is Part.TITLE else None
    is_several = listed is not None and listed.is_several and all(item.ref is None for item in listed.items)
    return "\n".join(f"{BULLET} {item.text}" for item in listed.items) if listed and is_several else cell.text


def _each_alone(candidate: Candidate) -> list[Candidate]:
    """The measures of a title that is a list: they share all else that the form says."""
    items = [bulleted(line) for line in candidate.title.split("\n")]
    if len(items) < 2 or not all(items):
        return [candidate]
    doubts = [*candidate.doubts, Doubt.SEVERAL_IN_CELL]
    return [replace(candidate, title=item or "", texts={**candidate.texts}, doubts=doubts) for item in items]


def _labels_inside(cells: Sequence[Cell]) -> list[Labelled]:
    """The labels of a row whose every cell is labelled lines ("Ansvar: NAV | Frist: 2025"); none of any other row."""
    found: list[Labelled] = []
    for cell in cells:
        before, labels = labelled(cell.text)
        if before or not labels or not any(label.value for label in labels):
            return []
        found += labels
    return found


def forms_in(table: Table, around: Surroundings) -> list[tuple[Candidate, frozenset[Part]]]:
    """The measures of a form; a title or a number opens a new one."""
    rows = labels_of(table)
    values = {row + 1 for row, labels in enumerate(rows) if labels and _is_over_values(table, row)}
    has_deadline = any(label.part is Part.DEADLINE and not _is_weak(label) for labels in rows for label in labels)
    forms = _Forms(table, around.headings[0] if around.headings else None, has_deadline)
    for number, (row, labels) in enumerate(zip(table.rows, rows, strict=True)):
        if labels:
            for label in labels:
                forms.label(number, label)
        elif len(cells_of(row)) == 1 and number not in values:
            forms.banner(number, cells_of(row)[0].text)
    return forms.finished()


@dataclass
class _Forms:
    """The measures of one form while its rows are read."""

    table: Table
    heading: str | None
    has_deadline: bool
    """Whether a label names nothing but the deadline."""
    found: list[tuple[Candidate, set[Part]]] = field(default_factory=list)

    def banner(self, row: int, text: str) -> None:
        """A row over all columns: a new measure if it is numbered or the first."""
        named = head_of_measure(text) or numbered(text)
        if named is not None:
            self._open(row, named.rest, named.ref)
        elif row == 0:
            self._open(row, text, None)

    def label(self, row: int, label: Labelled) -> None:
        """A label and its value."""
        is_empty = not self.found
        if label.part is Part.TITLE:
            self._title(row, label)
            return
        if is_empty or (label.part is Part.REF and Part.REF in self.found[-1][1]):
            self._open(row, "", None)
        _fill(self.found[-1], label, has_deadline=self.has_deadline)

    def _title(self, row: int, label: Labelled) -> None:
        named = numbered(label.value)
        ref = head_of_measure(label.label)
        title = named.rest if named is not None else label.value
        if not self.found or self.found[-1][0].title:
            self._open(row, "", None)
        candidate = self.found[-1][0]
        candidate.title = title
        candidate.ref = candidate.ref or (named.ref if named is not None else ref.ref if ref is not None else None)

    def _open(self, row: int, title: str, ref: str | None) -> None:
        source = Source(
            page=self.table.page(row),
            sheet=self.table.sheet,
            heading=self.heading,
            table=self.table.number,
            row=self.table.row_numbers[row],
        )
        self.found.append((Candidate(title, source, ref=ref), set()))

    def finished(self) -> list[tuple[Candidate, frozenset[Part]]]:
        """The measures that have a title; one without takes it from the heading."""
        for candidate, _ in self.found:
            if not candidate.title and self.heading is not None:
                named = head_of_measure(self.heading) or numbered(self.heading)
                candidate.title = named.rest if named is not None else self.heading
                candidate.ref = candidate.ref or (named.ref if named is not None else None)
        titled = [(candidate, frozenset(parts)) for candidate, parts in self.found if candidate.title]
        return [(each, parts) for candidate, parts in titled for each in _each_alone(candidate)]


def _is_weak(label: Labelled) -> bool:
    meaning = meaning_of(label.label)
    return meaning is not None and meaning.is_weak


def _fill(found: tuple[Candidate, set[Part]], label: Labelled, *, has_deadline: bool) -> None:
    candidate, parts = found
    if label.part is Part.DEADLINE and _is_weak(label) and (has_deadline or not is_deadline(label.value)):
        # "Gjennomføring" is how as often as when.
        label = replace(label, part=Part.DESCRIPTION)
    parts.add(label.part)
    if label.part is Part.REF and is_ref(label.value):
        candidate.ref = bare_ref(label.value)
    elif label.part is Part.GOAL and label.value:
        candidate.goals = (*candidate.goals, label.value)
    else:
        candidate.add(label.part, label.value)
