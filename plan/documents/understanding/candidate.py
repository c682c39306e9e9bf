"""A measure as it was found, before it is known whether it is one and what belongs with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum, auto

from plan.documents.understanding.vocabulary import Part
from plan.draft import Source


class Doubt(StrEnum):
    """A doubt about a measure or about the whole draft, as its warnings carry it."""

    REF_MENDED = "ref_mended"
    """The spreadsheet held a number that cannot be the plan's ("2.1" between 2.9 and 2.11, or a date)."""
    REF_NOT_UNIQUE = "ref_not_unique"
    """The plan numbers several measures alike; the number is made by us."""
    COLUMNS_GUESSED = "columns_guessed"
    """The table has no head that we understand; its columns are known by what stands in them."""
    TITLE_GUESSED = "title_guessed"
    """Nothing says that this is the title of a measure."""
    ONLY_TITLE = "only_title"
    """A row or an item with a title and nothing else."""
    RESPONSIBLE_MISSING = "responsible_missing"
    RESPONSIBLE_UNCLEAR = "responsible_unclear"
    """The plan says something about responsibility that names no unit."""
    RESPONSIBLE_PARTLY_UNCLEAR = "responsible_partly_unclear"
    DEADLINE_FROM_COLUMNS = "deadline_from_columns"
    """The deadline is made of the years whose columns are marked."""
    DEADLINE_FROM_BANNER = "deadline_from_banner"
    """The deadline is the year that stands as a row of its own above the measure."""
    OWNER_FROM_COLUMNS = "owner_from_columns"
    """The owner is made of the units whose columns are marked."""
    OWNER_FROM_BANNER = "owner_from_banner"
    """The owner stands in a heading or a row above the measures."""
    READ_FROM_TEXT = "read_from_text"
    """Who or when is said by a sentence of running text."""
    SHARED_BELOW = "shared_below"
    """Who and when stand once below the whole list that the measure is in."""
    SEVERAL_IN_CELL = "several_in_cell"
    """The measure is one of several that stand as a list in one cell, and shares what the rest of the row says."""
    LIST_AS_TITLE = "list_as_title"
    """The title is a list in one cell: one measure or several."""
    SHORTENED = "shortened"
    """The text was longer than a measure can hold."""

    NO_TITLE = "no_title"
    NO_PERIOD = "no_period"
    PERIOD_FROM_HEADING = "period_from_heading"
    """The period is that of a heading or a sheet of measures, which may be shorter than the plan's."""
    NO_MUNICIPALITY = "no_municipality"
    GOALS_FROM_HEADINGS = "goals_from_headings"
    """The plan calls nothing a goal; what the headings say that its measures are about stands in their place."""
    TABLE_LEFT_OUT = "table_left_out"
    """A table that looks like one of measures stands under a heading that says it is not."""
    TABLE_UNSURE = "table_unsure"
    """A table names measures and nothing that a measure has, and tells of others than those that are kept."""
    HEADING_IGNORED = "heading_ignored"
    """Nothing else holds measures than tables whose headings say that they are something else."""
    LIST_LEFT_OUT = "list_left_out"
    """A second list that repeats the measures of the first holds rows the first does not."""
    ROWS_LEFT_OUT = "rows_left_out"
    """Rows of a table of measures that could not be read as measures."""


class Shape(Enum):
    """How measures were written down."""

    TABLE = auto()
    CARDS = auto()
    """Headed blocks with labelled lines."""
    ITEMS = auto()
    """A list with neither owner nor deadline."""


@dataclass(frozen=True)
class Amount:
    """A cell about money: what stands in it, and what its column is called. `unit` is 1,000 for thousands of kroner."""

    text: str
    head: str
    year: int | None = None
    unit: int = 1
    value: int | float | None = None


@dataclass
class Candidate:
    """A measure as found. `texts` has what stands in its cells or after its labels, verbatim."""

    title: str
    source: Source
    ref: str | None = None
    texts: dict[Part, str] = field(default_factory=dict)
    amounts: list[Amount] = field(default_factory=list)
    cost_table: tuple[tuple[str, ...], ...] = ()
    cost_unit: int = 1
    """1,000 where a line beside the table of costs says so."""
    goals: tuple[str, ...] = ()
    """The goals it stands under as the document names them, the widest first."""
    also_under: tuple[str, ...] = ()
    """The headings above another list that tells of the same measure."""
    area: str | None = None
    """The row above it that names what some measures of a table are about, and is not called a goal."""
    doubts: list[Doubt] = field(default_factory=list)
    ref_value: int | float | date | None = None
    """The number as a spreadsheet holds it, where that is not text."""

    def add(self, part: Part, text: str) -> None:
        """Add a text to what is known of a part; the same text is not added twice."""
        text = text.strip()
        known = self.texts.get(part)
        if text and text not in (known or "").split("\n"):
            self.texts[part] = f"{known}\n{text}" if known else text


@dataclass(frozen=True)
class Left:
    """Something that looks like a measure and was not taken for one: what it says, and where it stands."""

    text: str
    source: Source


@dataclass
class Group:
    """Measures that stand together: in one table, in one chapter of blocks, in one list.

    `headings` are those above it, the nearest first; `chapter` tells the groups of different chapters or sheets
    apart; `section` is the number of the nearest numbered heading. `parts` are those the group has a column or a
    label for. `is_list_of_others` says that its columns only make sense as a list of measures described elsewhere.
    """

    shape: Shape
    headings: tuple[str, ...]
    chapter: str
    section: str | None = None
    candidates: list[Candidate] = field(default_factory=list)
    parts: frozenset[Part] = frozenset()
    is_list_of_others: bool = False
    left_out: list[Left] = field(default_factory=list)
    unsure: list[Left] = field(default_factory=list)
    """What a table names that has neither owner, deadline, number nor cost: measures, or a list of something else."""


def parts_of(groups: Sequence[Group]) -> frozenset[Part]:
    """The parts that any of the groups has a place for."""
    return frozenset().union(*(group.parts for group in groups))
