"""The goals of a plan: announced by headings, in a figure, in a column, or only by the numbers of the measures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from plan.documents.blocks import Paragraph, Table
from plan.documents.understanding.goal_words import AREAS, Announced, announced, coded_goal, is_under, numbered_goal
from plan.documents.understanding.head import cells_of
from plan.documents.understanding.numbering import bulleted
from plan.documents.understanding.outline import SHORTEST_GOAL, Placed
from plan.documents.understanding.sections import Verdict, nearest_verdict, verdict
from plan.draft import Goal

MAX_TITLE = 600
_MAIN = ("hovedmål", "hovudmål", "overordnet mål", "overordna mål")
"""Goals of the whole plan, which a line of plain text may state as well as a heading."""
_TOP = (*_MAIN, "formål", "visjon")
_TARGETS = re.compile(
    r"resultatmål|resultatmåla|indikator|"
    r"^(?:slik vil vi (?:at )?(?:ha )?det|(?:vi )?(?:har |vil ha )?(?:lykkes|lykkast|lukkast|nådd målet) når|"
    r"(?:vi er i mål|målet er nådd) når|(?:dette|det) vil vi oppnå|(?:kjennetegn|teikn|tegn) på|suksesskriteri\w*)"
    r"[^.]{0,60}:?$",
    re.IGNORECASE,
)
"""What leads into a list of targets, by name or in so many words."""
_LIST = re.compile(r"(?:delmål|hovedmål|hovudmål)(?:ene|a)?\s*:\s*$", re.IGNORECASE)
_MENTION = re.compile(r"(?:hoved|hovud|del)?mål\s*(\d{1,2}(?:\.\d{1,2})*)", re.IGNORECASE)
_NATIONAL = re.compile(r"nasjonale|statlige|statlege|regjering|kommuneplan", re.IGNORECASE)


@dataclass
class _Found:
    title: str = ""
    name: str = "mål"
    parent: str | None = None
    targets: list[str] = field(default_factory=list)


@dataclass
class Goals:
    """The goals found so far, by number, in the document's order."""

    _found: dict[str, _Found] = field(default_factory=dict)
    _made: int = 0
    _taken: set[str] = field(default_factory=set)
    """The numbers that the plan itself gives to goals, wherever it does."""
    has_sections: bool = False
    """Whether a numbered section that is not called a goal stands for one."""

    @classmethod
    def of(cls, placed: Sequence[Placed], cells: Iterable[str] = ()) -> "Goals":
        """The goals that headings, lists and figures announce. `cells` are those of measures' own columns of goals."""
        goals = cls()
        for text in cells:
            goal = announced(text)
            numbered = numbered_goal(text)
            ref = goal.ref if goal is not None else numbered[0] if numbered is not None else None
            goals._taken |= {ref} if ref else set()
        for each in placed:
            if isinstance(each.block, Paragraph) and len(each.block.text) <= MAX_TITLE:
                said = announced(each.block.text)
                goals._taken |= {said.ref} if said is not None and said.ref else set()
        reading = _Reading(goals, placed)
        for index in range(len(placed)):
            reading.read(index)
        return goals

    @property
    def is_empty(self) -> bool:
        """Whether the plan calls nothing a goal."""
        return not self._found

    def add(self, goal: Announced, parent: str | None = None) -> str:
        """Add a goal, or what was missing about a known one; returns its number."""
        same = self._like(goal.title) if goal.ref is None else goal.ref
        ref = same or self._new_ref(goal.name)
        known = self._found.setdefault(ref, _Found(name=goal.name))
        known.title = known.title or " ".join(goal.title.split())[:MAX_TITLE]
        known.parent = known.parent or (parent if parent != ref else None)
        return ref

    def add_section(self, goal: Announced) -> str:
        """Add a section as a goal; returns its number."""
        self.has_sections = True
        return self.add(goal)

    def add_target(self, ref: str, text: str) -> None:
        """Add a result target to a goal."""
        if text not in self._found[ref].targets:
            self._found[ref].targets.append(text)

    def resolve(self, texts: Sequence[str]) -> str | None:
        """The number of the goal that a measure stands under, named by the widest goal first; new ones are added."""
        ref: str | None = None
        for text in texts:
            numbered = numbered_goal(text)
            goal = announced(text)
            if numbered is None and goal is None:
                numbered = coded_goal(text)
            if numbered is not None:
                goal = Announced("mål", *numbered)
            elif goal is None:
                goal = Announced("mål", None, text)
            ref = self.add(goal, parent=ref)
        return ref

    def under(self, headings: Sequence[str], ref: str | None) -> str | None:
        """The known goal that the headings name, the nearest first, else the one the measure's number begins with."""
        for heading in headings:
            goal = announced(heading)
            mention = _MENTION.search(heading)
            number = goal.ref if goal is not None and goal.ref else (mention[1] if mention else None)
            if number in self._found:
                return number
            title = goal.title if goal is not None else heading
            same = self._like(title)
            if same is not None:
                return same
        coded = next((each for each in map(coded_goal, headings) if ref and each and is_under(ref, each[0])), None)
        if coded is not None and verdict(coded[1]) in (None, Verdict.OTHER):
            return self.add_section(Announced("mål", *coded))
        first = (ref or "").rpartition(".")[0]
        while first:
            if first in self._found:
                return first
            named = next((each for each in map(numbered_goal, headings) if each and each[0] == first), None)
            if named is not None and verdict(named[1]) in (None, Verdict.OTHER):
                return self.add_section(Announced("mål", *named))
            first = first.rpartition(".")[0]
        return None

    def drafted(self, used: set[str]) -> tuple[Goal, ...]:
        """The goals with a title, and those measures refer to."""
        top = [ref for ref, goal in self._found.items() if goal.name in _TOP and not ref[:1].isdigit()]
        kept = {ref: goal for ref, goal in self._found.items() if goal.title or ref in used}
        return tuple(
            Goal(
                ref=ref,
                parent_ref=goal.parent if goal.parent in kept else self._above(ref, goal, top, kept),
                title=goal.title or ref,
                result_targets=tuple(goal.targets),
            )
            for ref, goal in kept.items()
        )

    def _above(self, ref: str, goal: _Found, top: list[str], kept: dict[str, _Found]) -> str | None:
        before = ref.rpartition(".")[0]
        if before in kept:
            return before
        is_part = goal.name.startswith("del") and len(top) == 1 and top[0] in kept
        return top[0] if is_part and top[0] != ref else None

    def _like(self, title: str) -> str | None:
        folded = " ".join(title.casefold().split()).strip(" .")
        if not folded:
            return None
        for ref, goal in self._found.items():
            if goal.title and fuzz.ratio(folded, goal.title.casefold().strip(" .")) >= 92:
                return ref
        return None

    def _new_ref(self, name: str) -> str:
        if name in _TOP:
            letter = name[0].upper()
            if letter not in self._found:
                return letter
        while True:
            self._made += 1
            if str(self._made) not in self._found and str(self._made) not in self._taken:
                return str(self._made)


@dataclass
class _Reading:
    """Goes through the blocks and remembers which goal it is under."""

    goals: Goals
    placed: Sequence[Placed]
    current: str | None = None
    collects: str | None = None

    def read(self, index: int) -> None:
        each = self.placed[index]
        if nearest_verdict(each.around.headings) in (Verdict.OLD, Verdict.EXISTING):
            return
        if any(_NATIONAL.search(heading) for heading in each.around.headings):
            return
        if isinstance(each.block, Table):
            self._figure(each.block)
            return
        if each.level is not None or each.block.marker is None:
            self.collects = None if not self._is_item(each.block) else self.collects
        self._paragraph(index, each.block, is_line=each.level is not None)

    def _is_item(self, block: Paragraph) -> bool:
        return block.marker is not None or bulleted(block.text) is not None

    def _paragraph(self, index: int, block: Paragraph, *, is_line: bool) -> None:
        if self._is_item(block) and self.collects is not None:
            text = bulleted(block.text) or block.text
            if self.collects == "targets" and self.current is not None:
                self.goals.add_target(self.current, text)
            elif self.collects == "goals":
                self.goals.add(Announced("delmål", None, text))
            return
        if _TARGETS.search(block.text) and len(block.text) <= 150:
            self.collects = "targets"
            return
        if _LIST.search(block.text) and not _NATIONAL.search(block.text):
            self.collects = "goals"
            return
        goal = announced(block.text) if len(block.text) <= MAX_TITLE else None
        if goal is None or goal.name.startswith("resultat"):
            return
        is_stated = goal.name in _MAIN and ":" in block.text and len(goal.title) >= SHORTEST_GOAL
        if not (is_line or goal.ref or is_stated):
            return
        title = goal.title or self._title_below(index, goal.ref)
        if goal.ref is None and not title:
            return
        named = Announced(goal.name, goal.ref, title if len(title) <= MAX_TITLE else "")
        self.current = self.goals.add(named, parent=self._area(index) if goal.ref is None else None)

    def _area(self, index: int) -> str | None:
        """The numbered area that a goal without a number stands in."""
        above = map(announced, self.placed[index].around.headings)
        return next((area.ref for area in above if area is not None and area.ref and area.name in AREAS), None)

    def _title_below(self, index: int, ref: str | None) -> str:
        """The title that stands on the line below the number of the goal: numbered alike, or set in bold."""
        below = self.placed[index + 1] if index + 1 < len(self.placed) else None
        if below is None or not isinstance(below.block, Paragraph):
            return ""
        numbered = numbered_goal(below.block.text)
        if numbered is not None and numbered[0] == ref:
            return numbered[1]
        is_title = below.block.is_bold and below.block.level is None and len(below.block.text) > 15
        return below.block.text if is_title and not below.block.text.endswith(":") else ""

    def _figure(self, table: Table) -> None:
        """The goals of a figure: a box with "Delmål 1:" and the box below it."""
        for number, row in enumerate(table.rows):
            for cell in cells_of(row):
                goal = announced(cell.text) if cell.row == number else None
                below = table.rows[cell.row + cell.rows] if cell.row + cell.rows < len(table.rows) else None
                if goal is None or goal.title or below is None or goal.name.startswith("resultat"):
                    continue
                title = below[cell.column].text
                is_named = goal.ref is not None or goal.name in _TOP
                if (
                    is_named
                    and len(title) > 15
                    and announced(title) is None
                    and below[cell.column].columns == cell.columns
                ):
                    self.goals.add(Announced(goal.name, goal.ref, title))
