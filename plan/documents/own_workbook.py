"""Our own workbook: a plan in sheets with fixed columns, read back exactly as it was written.

Each sheet says what its columns are in a hidden first row ("tiltaksvakt:measures.ref"), so that headings may be in any
language, columns in any order, and other sheets may be added. The second row has the headings. The values are those of
a plan file (`plan.documents.yaml_file`) and are read and checked as such. Formulas are never computed.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from plan.documents import package
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.documents.yaml_file import (
    COST_KEYS,
    FILE_KEYS,
    GOAL_KEYS,
    MEASURE_KEYS,
    MEETING_KEYS,
    PLAN_KEYS,
    REPORTING_KEYS,
    UNIT_KEYS,
    plan_of,
    read_tree,
)
from plan.documents.yaml_tree import Mapping, Node, Scalar, Sequence
from plan.documents.yaml_values import Key
from plan.draft import Draft, Source
from plan.matching import folded

MARK = "tiltaksvakt"
EXAMPLE = "example"
MAX_ROWS = 20_000
MAX_COLUMNS = 60
FIRST_ROW = 3
"""The first row of values; above it are the codes and the headings."""

_LOOKED_THROUGH = 1_000_000
_ROWS_OF_A_SHEET = 1_000_000

SHEETS: Final[dict[str, tuple[Key, ...]]] = {
    "plan": PLAN_KEYS,
    "units": UNIT_KEYS,
    "goals": GOAL_KEYS,
    "measures": tuple(key for key in MEASURE_KEYS if key.attribute != "costs"),
    "costs": (Key("tiltak", "measure", PLAN_KEYS[0].read, required=True), *COST_KEYS),
    "reporting_dates": REPORTING_KEYS,
    "meetings": MEETING_KEYS,
}
"""The sheets in their order, and the columns of each as the keys of a plan file."""

LISTS = frozenset({("measures", "units"), ("reporting_dates", "months")})
"""Columns whose cells hold several values, a line each; months may be separated by commas too."""


def code_of(sheet: str, column: str) -> str:
    """What the hidden row has above a column."""
    return f"{MARK}:{sheet}.{column}"


def recognises(name: str, content: bytes) -> bool:
    """Whether the content is a workbook with our codes near the beginning of one of its parts."""
    if not package.is_workbook(content):
        return False
    mark = code_of("measures", "").encode()
    with package.opened(content) as archive:
        for part in archive.namelist():
            if re.fullmatch(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml", part):
                beginning = b""
                for chunk in package.chunks(archive, part):
                    beginning += chunk
                    if mark in beginning or len(beginning) > _LOOKED_THROUGH:
                        break
                if mark in beginning:
                    return True
    return False


def read_bytes(content: bytes) -> Draft:
    """The plan in the workbook. Raises `DocumentRefused` with all that is wrong, each with its sheet and row."""
    package.refuse_unsafe(content)
    workbook = _Workbook()
    workbook.take(content)
    keys = tuple(_without_need_of_period(key) for key in FILE_KEYS)
    problems = list(workbook.costs_of_nothing())
    try:
        draft = read_tree(workbook.tree(), keys)
    except DocumentRefused as refused:
        problems += refused.problems
    if problems:
        in_order = sorted(problems, key=lambda problem: problem.line or 0)
        raise DocumentRefused(workbook.placed(problem) for problem in in_order)
    measures = [
        measure.model_copy(update={"source": workbook.source(measure.source.row)}) for measure in draft.measures
    ]
    return draft.model_copy(update={"measures": tuple(measures)})


def _without_need_of_period(key: Key) -> Key:
    """The key of a plan file, but a plan without a period has none in its workbook either."""
    if key.attribute != "plan":
        return key
    return replace(key, read=plan_of(tuple(replace(each, required=each.attribute == "title") for each in PLAN_KEYS)))


@dataclass(frozen=True)
class _Row:
    """A row of values by column; only filled cells are there. `line` names sheet and row in one number."""

    line: int
    texts: dict[str, str]


class _Workbook:
    """Gathers the rows of the sheets with codes, and makes of them the tree a plan file is parsed into."""

    def __init__(self) -> None:
        self._titles: list[str] = []
        self._rows: dict[str, list[_Row]] = {sheet: [] for sheet in SHEETS}

    def take(self, content: bytes) -> None:
        """Read every sheet. Raises `DocumentRefused`."""
        from openpyxl import load_workbook

        try:
            with warnings.catch_warnings():
                # openpyxl warns of parts it leaves out; none of them is a value.
                warnings.simplefilter("ignore")
                book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
                for sheet in book.worksheets:
                    self._take_sheet(sheet)
                book.close()
        except DocumentRefused:
            raise
        except Exception as error:  # openpyxl fails in many ways on what is no workbook
            raise DocumentRefused([Problem(Code.DAMAGED)]) from error

    def _take_sheet(self, sheet: Any) -> None:
        self._titles.append(sheet.title)
        columns: dict[int, tuple[str, str]] = {}
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            if number > MAX_ROWS:
                raise DocumentRefused([Problem(Code.TOO_MANY_ROWS, data={"limit": MAX_ROWS})])
            if number == 1:
                columns = _columns(cells)
                if not columns:
                    return
            elif number >= FIRST_ROW:
                self._take_row(number, cells, columns)

    def _take_row(self, number: int, cells: Any, columns: dict[int, tuple[str, str]]) -> None:
        found: dict[str, dict[str, str]] = {}
        for place, cell in enumerate(cells):
            text = _text(cell) if place in columns else ""
            if text:
                sheet, column = columns[place]
                found.setdefault(sheet, {}).setdefault(column, text)
        for sheet, texts in found.items():
            if EXAMPLE not in texts:
                self._rows[sheet].append(_Row(len(self._titles) * _ROWS_OF_A_SHEET + number, texts))

    def source(self, line: int | None) -> Source:
        """The sheet and row of a line."""
        sheet, row = divmod(line or 0, _ROWS_OF_A_SHEET)
        return Source(sheet=self._titles[sheet - 1], row=row) if 0 < sheet <= len(self._titles) else Source()

    def placed(self, problem: Problem) -> Problem:
        """A problem with its sheet and row in the place of a line."""
        return replace(problem, line=None, place=self.source(problem.line))

    def tree(self) -> Node:
        """The tree a plan file is parsed into."""
        root = Mapping(0)
        names = {key.attribute: key.name for key in FILE_KEYS}
        merged = {name: text for row in self._rows["plan"] for name, text in row.texts.items()}
        line = self._rows["plan"][0].line if self._rows["plan"] else 0
        root.pairs.append((Scalar("plan", line), _mapping("plan", _Row(line, merged))))
        nodes: dict[str, list[Node]] = {
            sheet: [_mapping(sheet, row) for row in self._rows[sheet]]
            for sheet in ("units", "reporting_dates", "meetings")
        }
        nodes["goals"], nodes["measures"] = list(self._goals()), list(self._measures())
        for sheet, items in nodes.items():
            if items or sheet == "measures":
                first = self._rows[sheet][0].line if self._rows[sheet] else 0
                root.pairs.append((Scalar(names[sheet], first), Sequence(first, items)))
        return root

    def costs_of_nothing(self) -> Iterator[Problem]:
        """The costs that name a measure which is not there, or none."""
        refs = {folded(row.texts.get("ref", "")) for row in self._rows["measures"]}
        for row in self._rows["costs"]:
            ref = row.texts.get("measure")
            if ref is None:
                yield Problem(Code.MISSING_KEY, line=row.line, data={"key": "tiltak", "where": "kostnader"})
            elif folded(ref) not in refs:
                yield Problem(Code.UNKNOWN_MEASURE, line=row.line, data={"measure": ref})

    def _goals(self) -> Iterator[Mapping]:
        """Each goal; a row with nothing but a result target goes on with the goal above it."""
        targets: Sequence | None = None
        for row in self._rows["goals"]:
            text = row.texts.get("result_targets")
            if targets is None or set(row.texts) != {"result_targets"}:
                goal = _mapping("goals", _Row(row.line, row.texts | {"result_targets": ""}))
                targets = Sequence(row.line)
                goal.pairs.append((Scalar("resultatmål", row.line), targets))
                yield goal
            if text:
                targets.items.append(Scalar(text, row.line))

    def _measures(self) -> Iterator[Mapping]:
        """Each measure with its costs, which stand in a sheet of their own."""
        costs: dict[str, list[Node]] = {}
        for row in self._rows["costs"]:
            costs.setdefault(folded(row.texts.get("measure", "")), []).append(_mapping("costs", row))
        for row in self._rows["measures"]:
            measure = _mapping("measures", row)
            lines = costs.pop(folded(row.texts.get("ref", "")), [])
            if lines:
                measure.pairs.append((Scalar("kostnader", row.line), Sequence(row.line, lines)))
            yield measure


def _mapping(sheet: str, row: _Row) -> Mapping:
    """A row under the keys of a plan file, without empty cells."""
    pairs: list[tuple[Node, Node]] = []
    for key in SHEETS[sheet]:
        text = row.texts.get(key.attribute)
        if not text or (sheet, key.attribute) == ("costs", "measure"):
            continue
        value: Node = Scalar(text, row.line)
        if (sheet, key.attribute) in LISTS:
            separator = r"[,;\n]" if key.attribute == "months" else r"\n"
            parts = [part.strip() for part in re.split(separator, text)]
            value = Sequence(row.line, [Scalar(part, row.line) for part in parts if part])
        pairs.append((Scalar(key.name, row.line), value))
    return Mapping(row.line, pairs)


def _columns(cells: Any) -> dict[int, tuple[str, str]]:
    """Which sheet and column each place of a row of codes stands for."""
    found = {}
    for place, cell in enumerate(cells):
        sheet, _, column = str(cell.value or "").removeprefix(f"{MARK}:").partition(".")
        known = {key.attribute for key in SHEETS.get(sheet, ())} | {EXAMPLE}
        if sheet in SHEETS and column in known and str(cell.value).startswith(MARK):
            found[place] = (sheet, column)
    return found


def _text(cell: Any) -> str:
    """The value of a cell as a plan file would have it: dates as 31.12.2022, whole numbers without decimals."""
    value = cell.value
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime | date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, str):
        return unescaped(value).strip()
    # A formula over several cells is an object with its text; any other kind of value is nothing a plan has.
    return "" if value is None else str(getattr(value, "text", value))


def _number(value: int | float, number_format: str) -> str:
    decimals = re.fullmatch(r"0\.(0+)", number_format)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    return str(int(value)) if value == int(value) else f"{value:.10g}"


def unescaped(text: str) -> str:
    """A text with what XML cannot hold, which Office writes as _xFFFF_ (ECMA-376, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def escaped(text: str) -> str:
    """The reverse of `unescaped`, for any text."""
    safe = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub("[\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", safe)
