"""What is wrong with a plan document, as codes and places. The sentences are in `templates/cli/plan_file.j2`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

from plan.draft import Source

MAX_PROBLEMS = 500


class Code(StrEnum):
    """What can be wrong. Every code is a macro of the same name in `templates/cli/plan_file.j2`."""

    # The file as a whole
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    UNKNOWN_FORMAT = "unknown_format"
    NOT_UTF8 = "not_utf8"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    OLD_FORMAT = "old_format"
    MACROS = "macros"
    TOO_MANY_PAGES = "too_many_pages"
    NO_TEXT = "no_text"
    NO_MEASURES = "no_measures"
    TOO_MANY_PROBLEMS = "too_many_problems"

    # The YAML of a plan file
    SYNTAX = "syntax"
    COLON = "colon"
    TAB = "tab"
    CONTROL_CHARACTER = "control_character"
    ALIAS = "alias"
    TAG = "tag"
    SEVERAL_DOCUMENTS = "several_documents"
    TOO_DEEP = "too_deep"
    TOO_MANY_VALUES = "too_many_values"
    DUPLICATE_KEY = "duplicate_key"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    NOT_A_TEXT = "not_a_text"
    MISSING_VALUE = "missing_value"

    # A value
    TOO_LONG = "too_long"
    UNKNOWN_WORD = "unknown_word"
    NOT_A_YEAR = "not_a_year"
    NOT_AN_INTERVAL = "not_an_interval"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_DATE = "not_a_date"
    NOT_A_MONTH = "not_a_month"
    NOT_A_PERIOD = "not_a_period"
    MONTHS_NOT_NEIGHBOURS = "months_not_neighbours"
    YEARS_REVERSED = "years_reversed"

    # The plan against itself
    PERIOD_REVERSED = "period_reversed"
    DUPLICATE_GOAL = "duplicate_goal"
    DUPLICATE_MEASURE = "duplicate_measure"
    DUPLICATE_UNIT = "duplicate_unit"
    UNKNOWN_GOAL = "unknown_goal"
    UNKNOWN_MEASURE = "unknown_measure"
    GOAL_CYCLE = "goal_cycle"
    UNKNOWN_UNIT = "unknown_unit"
    SUPERIOR_CYCLE = "superior_cycle"
    EXTERNAL_OWNER = "external_owner"
    DEADLINE_BEFORE_PLAN = "deadline_before_plan"
    TWO_MEETINGS = "two_meetings"
    PAPERS_AFTER_MEETING = "papers_after_meeting"


Value = str | int | None
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    `line` counts from 1 in a text file; `place` is where it stands in a document with pages, tables or sheets; `path`
    names the value in the draft, as `("measures", 3, "goal_ref")`. `data` fills the sentence. A `doubt` does not stop
    an import, but a person must look at it.
    """

    code: Code
    line: int | None = None
    place: Source | None = None
    path: Path = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    doubt: bool = False


class DocumentRefused(Exception):
    """The document cannot be read as a plan; `problems` says all that is wrong with it, in the document's order.

    After `MAX_PROBLEMS` the rest is one more, `TOO_MANY_PROBLEMS`: nobody reads on.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = tuple(islice(problems, MAX_PROBLEMS + 1))
        if len(found) > MAX_PROBLEMS:
            found = (*found[:-1], Problem(Code.TOO_MANY_PROBLEMS, data={"limit": MAX_PROBLEMS}))
        self.problems = found
        super().__init__(", ".join(problem.code for problem in self.problems))
