"""Where each block of a document stands: the headings above it, its chapter, the number of its section."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plan.documents.blocks import Block, Cell, Document, Paragraph, Table
from plan.documents.understanding.goal_words import AREAS, announced
from plan.documents.understanding.horizons import horizons_in
from plan.documents.understanding.measure_table import Surroundings
from plan.documents.understanding.numbering import bulleted
from plan.documents.understanding.packed import unpacked
from plan.documents.understanding.sections import Verdict, verdict
from plan.documents.understanding.sideways import upright
from plan.documents.understanding.vocabulary import unit_of_note

LOWEST = 9
"""The level of a bold line that serves as a heading without being one, or of the widest such line."""

MAX_DEPTH = 5

LONGEST_HEADING = 160
SHORTEST_GOAL = 10
NOTE_LINES = 3
"""How many lines above a table may say what unit its amounts are in."""

GOALS = ("mål", "delmål", "hovedmål", "hovudmål", "målsetting", "målsetning", "målsetjing")
_PART = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?"
    r"(?:tiltak\w*|(?:prioriterte|nye|aktuelle) tiltak|strategi(?:er|ar)?|resultatmål|indikator(?:er|ar)?|"
    r"utfordring(?:er|ar)?|status|bakgrunn|beskrivelse|beskriving|handlings(?:plan|del)|tabell|"
    r"(?:slik|hvordan|korleis|hva|kva|dette) (?:gjør|gjer|vil|skal) vi(?: \w+){0,3})\s*[:?]?",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"(?<=\s)\(?(\d|[a-h])\)\s+(?=\S)")
_COUNTED = list("123456789")
_LETTERED = list("abcdefgh")
_SECTION = re.compile(r"(?:kap(?:ittel|\.)?\s*)?(\d{1,2}(?:\.\d{1,2}){0,4})\b[.):]?\s*\S", re.IGNORECASE)


@dataclass(frozen=True)
class Placed:
    """A block and where it stands. `level` is that of a heading, from `LOWEST` for a bold line, else None."""

    block: Block
    around: Surroundings
    level: int | None = None


def outline(document: Document) -> list[Placed]:
    """Every block of a document but its table of contents, with its surroundings."""
    walk = _Walk(document.is_sheets)
    blocks = _with_goal_lines(
        [
            unpacked(upright(each)) if isinstance(each, Table) else each
            for block in continued(document.blocks)
            for each in (enumerated(block) if isinstance(block, Paragraph) else (block,))
        ]
    )
    terms = horizons_in(block.text for block in blocks if isinstance(block, Paragraph))
    walk.terms = terms
    placed = [walk.placed(block) for block in blocks if not (isinstance(block, Paragraph) and block.is_contents)]
    return [_with_unit(placed, index) if isinstance(each.block, Table) else each for index, each in enumerate(placed)]


def _with_goal_lines(blocks: list[Block]) -> list[Block]:
    """The blocks, with "Mål: …" over a table or a list of measures as a heading: it is what they are about."""
    found = list(blocks)
    heading: Paragraph | None = None
    for index, block in enumerate(blocks[:-1]):
        if not isinstance(block, Paragraph):
            continue
        if block.is_heading:
            heading = block
            continue
        above, below = blocks[index - 1] if index else None, blocks[index + 1]
        is_plain = not block.is_bold and block.marker is None and len(block.text) <= LONGEST_HEADING
        goal = announced(block.text) if is_plain and ":" in block.text else None
        over = announced(heading.text) if heading is not None else None
        is_within = over is not None and over.ref is not None and over.name not in AREAS
        if goal is None or len(goal.title) <= SHORTEST_GOAL or heading is None or is_within:
            continue
        is_first = above is heading and (isinstance(below, Table) or _leads_to_measures(blocks[index + 1 :]))
        if is_first or _opens_list(blocks[index + 1 : index + 3]):
            found[index] = replace(block, is_bold=True)
    return _with_goal_headings(found)


def _leads_to_measures(blocks: Sequence[Block]) -> bool:
    """Whether a table comes before anything but plain text and headings that only name a part of a section."""
    for block in blocks:
        if isinstance(block, Table):
            return True
        if (block.is_heading or block.is_bold) and not is_part(block.text):
            return False
        goal = announced(block.text)
        if goal is not None and goal.title:
            return False
    return False


def _with_goal_headings(blocks: list[Block]) -> list[Block]:
    """The blocks, with a heading that says no more than "Delmål" and the line below it as one: "Delmål: …"."""
    found: list[Block] = []
    for index, block in enumerate(blocks):
        before = found[-1] if found else None
        is_below = isinstance(block, Paragraph) and isinstance(before, Paragraph) and _is_bare_goal(before)
        if is_below and isinstance(block, Paragraph) and isinstance(before, Paragraph):
            is_line = not block.is_heading and not block.is_bold and block.marker is None
            is_title = SHORTEST_GOAL < len(block.text) <= LONGEST_HEADING and bulleted(block.text) is None
            if is_line and is_title and announced(block.text) is None and _leads_to_measures(blocks[index + 1 :]):
                text = f"{before.text.strip(' :')}: {block.text}"
                found[-1] = replace(block, text=text, is_bold=True)
                continue
        found.append(block)
    return found


def _is_bare_goal(block: Paragraph) -> bool:
    goal = announced(block.text) if block.is_heading or block.is_bold else None
    return goal is not None and goal.ref is None and not goal.title and goal.name in GOALS


def is_part(heading: str) -> bool:
    """Whether a heading only names a part of the section it is in: "Strategier", "Tiltak"."""
    return _PART.fullmatch(heading.strip()) is not None


def _opens_list(blocks: Sequence[Block]) -> bool:
    """Whether the first of two blocks says that measures follow, and the second is an item of a list."""
    if len(blocks) < 2 or not all(isinstance(block, Paragraph) for block in blocks):
        return False
    intro, item = blocks
    assert isinstance(intro, Paragraph)
    assert isinstance(item, Paragraph)
    is_intro = intro.text.endswith(":") and verdict(intro.text) is Verdict.MEASURES
    return is_intro and (item.marker is not None or bulleted(item.text) is not None)


def enumerated(block: Paragraph) -> Iterator[Paragraph]:
    """A paragraph that lists measures in a line ("Tiltak: 1) …, 2) …") as its beginning and the items; else itself."""
    marks = list(_ENUMERATED.finditer(block.text))
    names = [mark[1] for mark in marks]
    intro = block.text[: marks[0].start()].strip() if marks else ""
    is_list = names in (_COUNTED[: len(names)], _LETTERED[: len(names)]) and len(names) > 1
    if not is_list or not intro.endswith(":") or "tiltak" not in intro.casefold() or block.is_heading:
        yield block
        return
    yield replace(block, text=intro)
    ends = [*(mark.start() for mark in marks[1:]), len(block.text)]
    for mark, end in zip(marks, ends, strict=True):
        text = block.text[mark.end() : end].strip().rstrip(",;. ")
        yield replace(block, text=re.sub(r"[,;]?\s+(?:og|samt)$", "", text), marker=f"{mark[1]})", lead="")


def _with_unit(placed: list[Placed], index: int) -> Placed:
    """A table with the unit of its amounts, if a line right above or below it states one."""
    unit = 1
    for neighbour in range(index - 1, max(index - 1 - NOTE_LINES, -1), -1):
        block = placed[neighbour].block
        if unit != 1 or isinstance(block, Table):
            break
        unit = unit_of_note(block.text)
    below = placed[index + 1].block if index + 1 < len(placed) else None
    if unit == 1 and isinstance(below, Paragraph) and placed[index + 1].level is None:
        unit = unit_of_note(below.text)
    each = placed[index]
    return each if unit == 1 else replace(each, around=replace(each.around, unit=unit))


def continued(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with tables that only a page break parted made into one."""
    from plan.documents.blocks import joined
    from plan.documents.understanding.head import head_at

    waiting: Table | None = None
    for block in blocks:
        if isinstance(block, Table) and waiting is not None and block.sheet is None:
            same_head = _head_text(block) == _head_text(waiting)
            if block.width == waiting.width and block.rows and (same_head or not _has_head(block, head_at)):
                waiting = joined(waiting, _without_head(block) if same_head else block)
                continue
        if waiting is not None:
            yield waiting
            waiting = None
        if isinstance(block, Table):
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _without_head(table: Table) -> Table:
    """A table without the head that is repeated at the top of its page, all lines of it."""
    end = max((cell.row + cell.rows for cell in table.rows[0]), default=1)
    moved: dict[int, Cell] = {}
    rows = tuple(
        # A merged cell stays one cell in all the places it covers.
        tuple(moved.setdefault(id(cell), replace(cell, row=max(cell.row - end, 0))) for cell in row)
        for row in table.rows[end:]
    )
    return replace(table, rows=rows, row_numbers=table.row_numbers[end:], page_of_row=table.page_of_row[end:])


def _has_head(table: Table, head_at: object) -> bool:
    assert callable(head_at)
    is_banner = len({id(cell) for cell in table.rows[0] if cell.text}) == 1 and table.rows[0][0].columns == table.width
    return is_banner or any(head_at(table, row) is not None for row in range(min(2, len(table.rows))))


def _head_text(table: Table) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.casefold().split()) for cell in table.rows[0]) if table.rows else ()


class _Walk:
    """Goes through the blocks and remembers the headings."""

    def __init__(self, is_sheets: bool) -> None:
        self._is_sheets = is_sheets
        self._headings: list[tuple[int, str]] = []
        self.terms: dict[str, tuple[int, int]] = {}

    def placed(self, block: Block) -> Placed:
        level = self._level(block) if isinstance(block, Paragraph) else None
        if level is not None and isinstance(block, Paragraph):
            stays = self._goal_of_section(level) if is_part(block.text) else None
            self._headings = [each for each in self._headings if each[0] < level or each is stays]
            around = self._around()
            if level > 0:
                self._headings.append((level, block.text))
            return Placed(block, around, level)
        return Placed(block, self._around())

    def _goal_of_section(self, level: int) -> tuple[int, str] | None:
        """The goal in a line that a heading of this level goes on with, as both stand in the same section."""
        for place, heading in enumerate(self._headings):
            goal = announced(heading[1]) if heading[0] >= LOWEST else None
            if goal is not None and goal.title:
                is_inside = place > 0 and all(above < level for above, _ in self._headings[:place])
                return heading if is_inside else None
        return None

    def _level(self, block: Paragraph) -> int | None:
        if block.level is not None:
            return block.level
        is_line = block.is_bold and len(block.text) <= LONGEST_HEADING and block.marker in (None, "")
        if not is_line or "\n" in block.text:
            return None
        # Bold lines that are numbered nest as their numbers do; one without a number is below them.
        number = _SECTION.match(block.text)
        return LOWEST + (number[1].count(".") if number else MAX_DEPTH)

    def _around(self) -> Surroundings:
        nearest_first = tuple(text for _, text in reversed(self._headings))
        top = self._headings[0][1] if self._headings else ""
        number = _SECTION.match(top)
        section = next((found[1] for text in nearest_first if (found := _SECTION.match(text))), None)
        return Surroundings(nearest_first, number[1].split(".")[0] if number else top, section, terms=self.terms)
