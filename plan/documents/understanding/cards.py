"""Measures as headed blocks with labelled lines; those in small tables with a label in each row are in `forms`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plan.documents.blocks import Paragraph, Table
from plan.documents.understanding.candidate import Candidate, Doubt, Group, Shape
from plan.documents.understanding.forms import OWN, forms_in, is_form, labels_of
from plan.documents.understanding.goal_words import is_goal
from plan.documents.understanding.head import head_at
from plan.documents.understanding.items import shared_in
from plan.documents.understanding.labels import Labelled, label_alone, labelled, owner_of
from plan.documents.understanding.measure_table import Surroundings
from plan.documents.understanding.numbering import bare_ref, bulleted, head_of_measure, is_ref, lettered, numbered
from plan.documents.understanding.outline import LOWEST, Placed
from plan.documents.understanding.said import said_in
from plan.documents.understanding.sections import Verdict, nearest_verdict
from plan.documents.understanding.told import split_lead, told_in
from plan.documents.understanding.vocabulary import Part, is_year, meaning_of
from plan.draft import Source

_LOOK_AHEAD = 8
_LONGEST_PLAIN = 150
_WITHOUT_COLON = re.compile(r"(Ansvarlig|Ansvarleg|Ansvar|Tidsfrist|Frist)\s+(\S.{1,80})")
_WHAT = re.compile(r"(?:Hva|Kva|Aktivitet|Innsats|Oppg[aå]ve|Handling)\s*:\s*(\S.{3,300})", re.IGNORECASE)
_BARE_LABEL = re.compile(
    r"(Ansvarlig|Ansvarleg|Ansvar|Tids\w+|Frist|Kostnad\w*|Økonomi|Finansiering|Samarbeid\w*)\s+(\S.{1,80})"
)
"""A label whose sign was lost, as the tabs of a Word file are in its PDF; sure only where a block has several."""
_SENTENCE = re.compile(r"[A-ZÆØÅ][\wæøå-]*(?: [\wæøå-]+){0,4}? (?:skal|vil|må|bør) \S.*", re.DOTALL)
_ONE_LINE = (*OWN, Part.ALSO_AFFECTED, Part.PRIORITY, Part.START, Part.STATUS, Part.CATEGORY, Part.REF, Part.GOAL)


@dataclass(frozen=True)
class Opening:
    """How a block of a measure opens: its number and title. `is_named` says that it calls itself a measure."""

    title: str
    ref: str | None = None
    is_named: bool = False
    is_sentence: bool = False
    is_what: bool = False
    """It opens with "Hva:", which is also how the measure of a heading is described."""
    is_below: bool = False
    """It is plain, or "Tiltak:" with the title in the line below: a measure only where more are written so."""
    told: str = ""
    """What the paragraph it opens with goes on to tell."""


@dataclass
class Cards:
    """The groups found, and the blocks that are part of a measure and nothing else."""

    groups: list[Group] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def cards_in(placed: Sequence[Placed]) -> Cards:
    """The measures that are written as blocks, grouped by where they stand."""
    shared = shared_in(placed) | frozenset(told_in(placed))
    openings = {
        index: opening
        for index in range(len(placed))
        if not _heads_list(placed, index, shared) and (opening := _opening(placed, index)) is not None
    }
    asked = Counter(placed[index].around.headings for index, opening in openings.items() if opening.is_what)
    if max(asked.values(), default=0) < 2:
        openings = {index: opening for index, opening in openings.items() if not opening.is_what}
    openings = _without_lone_heading(placed, openings)
    openings = _sentences(placed, openings) or _of_one_kind(openings, placed)
    cards = Cards()
    own_headings = {block.text for index in openings if isinstance(block := placed[index].block, Paragraph)}
    for index, opening in openings.items():
        around = _outside(placed[index].around, own_headings)
        if nearest_verdict(around.headings) in (Verdict.OLD, Verdict.EXISTING):
            continue
        end = _end(placed, index, openings)
        candidate, parts = _Block(placed, index, end, opening).candidate(cards.used)
        _group_for(cards.groups, around, parts).candidates.append(candidate)
        cards.used.update(range(index, end))
    for index, each in enumerate(placed):
        if isinstance(each.block, Table) and index not in cards.used and is_form(each.block):
            cards.used.add(index)
            if nearest_verdict(each.around.headings) not in (Verdict.OLD, Verdict.EXISTING):
                for candidate, parts in forms_in(each.block, each.around):
                    _group_for(cards.groups, each.around, parts).candidates.append(candidate)
    return cards


def _without_lone_heading(placed: Sequence[Placed], openings: dict[int, Opening]) -> dict[int, Opening]:
    """The openings without "Tiltak:" that stands once under its headings: it is one itself."""
    below = Counter(placed[index].around.headings for index, opening in openings.items() if opening.is_below)
    return {
        index: opening
        for index, opening in openings.items()
        if not opening.is_below or below[placed[index].around.headings] > 1
    }


def _heads_list(placed: Sequence[Placed], index: int, shared: frozenset[int]) -> bool:
    """Whether a block is in a list of measures with one owner below it, or heads that list."""
    if index in shared:
        return True
    for later in range(index + 1, min(index + 1 + _LOOK_AHEAD, len(placed))):
        block, level = placed[later].block, placed[later].level
        if later in shared:
            return True
        if not isinstance(block, Paragraph) or (level is not None and level < LOWEST):
            return False
        if any(label.part not in (Part.GOAL, Part.DESCRIPTION) for label in labelled(block.text)[1] if label.value):
            return False
    return False


def _outside(around: Surroundings, own_headings: set[str]) -> Surroundings:
    """The surroundings without the headings of measures and what is under them: a bold line ends no section."""
    within = [number for number, heading in enumerate(around.headings) if heading in own_headings]
    return replace(around, headings=around.headings[within[-1] + 1 :]) if within else around


def _group_for(groups: list[Group], around: Surroundings, parts: frozenset[Part]) -> Group:
    group = next((each for each in groups if each.headings == around.headings), None)
    if group is None:
        group = Group(Shape.CARDS, around.headings, around.chapter, around.section)
        groups.append(group)
    group.parts |= parts
    return group


def _sentences(placed: Sequence[Placed], others: dict[int, Opening]) -> dict[int, Opening]:
    """The measures where each is a sentence of what will be done, with its owner or deadline labelled right below."""
    if sum(opening.is_named for opening in others.values()) > 1:
        return {}
    found = {index: opening for index in range(len(placed) - 1) if (opening := _sentence(placed, index)) is not None}
    under = Counter(placed[index].around.headings for index in found)
    # One alone under its heading is what the heading's measure is described with.
    return found if any(count > 1 for count in under.values()) else {}


def _sentence(placed: Sequence[Placed], index: int) -> Opening | None:
    block, below = placed[index].block, placed[index + 1].block
    if not isinstance(block, Paragraph) or not isinstance(below, Paragraph) or placed[index].level is not None:
        return None
    if len(block.text) > 300 or labelled(block.text)[1] or _SENTENCE.fullmatch(block.text) is None:
        return None
    before, found = labelled(below.text)
    is_owned = not before and any(label.part in OWN for label in found)
    return Opening(block.text, is_sentence=True) if is_owned else None


# Where blocks begin and end ---------------------------------------------------------------------------


def _opening(placed: Sequence[Placed], index: int) -> Opening | None:
    block = placed[index].block
    if not isinstance(block, Paragraph) or block.level == 0:
        return None
    own = labelled(block.text)[1]
    what = _WHAT.fullmatch(block.text) if placed[index].level is None else None
    if what is not None and not own:
        return Opening(what[1], is_what=True) if _labels_ahead(placed, index) else None
    named = head_of_measure(block.text) if len(block.text) <= 300 else None
    if named is not None:
        is_line = placed[index].level is not None or _labels_ahead(placed, index)
        return _named(named.ref, named.rest, placed, index) if is_line else None
    if own:
        return _labelled_title(placed, index, own) or _below(placed, index, block)
    return (
        _led(placed, index, block)
        or _below(placed, index, block)
        or _line(placed, index, block)
        or _plain(placed, index, block)
    )


def _plain(placed: Sequence[Placed], index: int, block: Paragraph) -> Opening | None:
    """A block that opens with a plain line, with labels in the very next one."""
    below = placed[index + 1].block if index + 1 < len(placed) else None
    is_short = len(block.text) <= _LONGEST_PLAIN and not block.text.endswith((":", ".", ","))
    if not is_short or placed[index].level is not None or not isinstance(below, Paragraph):
        return None
    if nearest_verdict(placed[index].around.headings) is not Verdict.MEASURES or block.marker is not None:
        return None
    above = placed[index - 1].block if index else None
    if isinstance(above, Paragraph) and (_is_only_title(above.text) or head_of_measure(above.text) is not None):
        return None
    before, found = labelled(below.text)
    is_owned = not before and bool({label.part for label in found if label.value} & set(OWN))
    return Opening(block.text, is_named=True, is_below=True) if is_owned else None


def _labelled_title(placed: Sequence[Placed], index: int, own: Sequence[Labelled]) -> Opening | None:
    """A block that opens with "Tiltak: …"."""
    first = own[0]
    is_title = first.part is Part.TITLE and bool(first.value) and len(first.value) <= 400
    return Opening(first.value, is_named=True) if is_title and _labels_ahead(placed, index, own[1:]) else None


def _led(placed: Sequence[Placed], index: int, block: Paragraph) -> Opening | None:
    """A block that opens with the bold beginning of a paragraph."""
    lead = split_lead(block) if placed[index].level is None and block.marker is None else None
    return Opening(lead[0], told=lead[1]) if lead is not None and _labels_right_below(placed, index) else None


def _below(placed: Sequence[Placed], index: int, block: Paragraph) -> Opening | None:
    """A block that opens with "Tiltak:" as a line of its own; the title is the line below."""
    title = placed[index + 1].block if index + 1 < len(placed) else None
    if not _is_only_title(block.text) or not isinstance(title, Paragraph) or placed[index + 1].level is not None:
        return None
    is_title = len(title.text) <= 300 and title.marker is None and not labelled(title.text)[1]
    is_title = is_title and label_alone(title.text) is None
    return Opening(title.text, is_named=True, is_below=True) if is_title and _labels_ahead(placed, index) else None


def _line(placed: Sequence[Placed], index: int, block: Paragraph) -> Opening | None:
    """A block that opens with a heading, a numbered line or an item of a list."""
    split = numbered(block.text)
    if _is_only_title(split.rest if split is not None else block.text):
        return None
    is_line = placed[index].level is not None or block.marker is not None or split is not None
    is_short = len(block.text) <= 300 and label_alone(block.text) is None
    if not is_line or not is_short or not _labels_ahead(placed, index):
        return None
    return Opening(split.rest, split.ref) if split is not None else Opening(block.text.rstrip(":"), _marker_ref(block))


def _is_only_title(text: str) -> bool:
    """Whether a line names what measures are called and nothing else: "Tiltak" stands over them."""
    meaning = meaning_of(text)
    return meaning is not None and meaning.part is Part.TITLE and not meaning.is_weak and len(text.split()) == 1


def _labels_right_below(placed: Sequence[Placed], index: int) -> bool:
    """Whether an owner or a deadline is labelled in the very next paragraphs, before another that begins in bold."""
    for each in placed[index + 1 : index + 4]:
        if not isinstance(each.block, Paragraph) or each.level is not None:
            return False
        before, found = labelled(each.block.text)
        if found and not before:
            return bool({label.part for label in found} & set(OWN))
        if each.block.lead:
            return False
    return False


def _named(ref: str, title: str, placed: Sequence[Placed], index: int) -> Opening | None:
    """A block that opens with "Tiltak 1.1"; the title may be the line below."""
    if title:
        part = meaning_of(title)
        is_goal = part is not None and part.part is Part.GOAL and len(title) < 15
        return None if is_goal else Opening(title, ref, is_named=True)
    below = placed[index + 1].block if index + 1 < len(placed) else None
    if isinstance(below, Paragraph) and not labelled(below.text)[1] and len(below.text) <= 300:
        return Opening(below.text, ref, is_named=True)
    return None


def _marker_ref(block: Paragraph) -> str | None:
    return bare_ref(block.marker) if block.marker and is_ref(block.marker) else None


def _labels_ahead(placed: Sequence[Placed], index: int, own: Sequence[Labelled] = ()) -> bool:
    """Whether an owner or a deadline is labelled soon, before another heading or a blank stretch of prose."""
    if any(each.part in OWN for each in own):
        return True
    prose = 0
    for each in placed[index + 1 : index + 1 + _LOOK_AHEAD]:
        if isinstance(each.block, Table):
            if _is_measure_table(each.block):
                return False
            continue
        is_heading = each.level is not None and each.level < LOWEST
        if is_heading and (owner_of((each.block.text,)) is not None or is_goal(each.block.text)):
            # "Ansvar: NAV" as a heading stands over the measures of NAV, "Mål 2: …" over those of a goal.
            return False
        before, found = labelled(each.block.text)
        own_parts = {label.part for label in found} & set(OWN)
        is_at_end = len(own_parts) > 1 and not _is_item(each.block)
        if (own_parts and (not before or is_at_end)) or label_alone(each.block.text) in OWN:
            return True
        is_section = each.level is not None and each.level < LOWEST and numbered(each.block.text) is not None
        if not is_section and (found or label_alone(each.block.text) is not None):
            continue
        is_other_block = each.level is not None and (each.level < LOWEST or prose > 0)
        prose += 1
        if is_other_block or prose > 4 or head_of_measure(each.block.text) is not None:
            return False
    return False


def _is_item(block: Paragraph) -> bool:
    is_typed = bulleted(block.text) or numbered(block.text) or lettered(block.text)
    return block.marker is not None or is_typed is not None


def _of_one_kind(openings: dict[int, Opening], placed: Sequence[Placed]) -> dict[int, Opening]:
    """Where blocks call themselves measures, others that do not are none; a lone one without labels is none either."""
    named = {index: opening for index, opening in openings.items() if opening.is_named}
    if len(named) >= 2:
        return named
    openings = {index: opening for index, opening in openings.items() if not _only_announces(placed, index, openings)}
    with_labels = {index: opening for index, opening in openings.items() if _labels_ahead(placed, index)}
    lines = {index for index in with_labels if placed[index].level is None and not with_labels[index].is_named}
    headed = {index: opening for index, opening in with_labels.items() if index not in lines}
    if len(headed) <= len(lines):
        return with_labels
    depths = {opening.ref.count(".") for opening in headed.values() if opening.ref and "." in opening.ref}
    # A line numbered as the headings are is one that lost its type.
    return {
        index: opening
        for index, opening in with_labels.items()
        if index in headed or (opening.ref and opening.ref.count(".") in depths)
    }


def _only_announces(placed: Sequence[Placed], index: int, openings: dict[int, Opening]) -> bool:
    """Whether another block opens before anything is labelled: then this is the heading of a section."""
    for later in range(index + 1, len(placed)):
        block = placed[later].block
        if later in openings:
            return True
        if not isinstance(block, Paragraph) or labelled(block.text)[1] or label_alone(block.text) is not None:
            return False
    return False


def _end(placed: Sequence[Placed], index: int, openings: dict[int, Opening]) -> int:
    if openings[index].is_sentence:
        return _end_of_labels(placed, index + 1)
    level = placed[index].level
    for end in range(index + 1, len(placed)):
        other = placed[end].level
        if end in openings:
            return end
        if other is not None and other < LOWEST and (level is None or level >= LOWEST or other <= level):
            return end
        block = placed[end].block
        if isinstance(block, Table) and _is_measure_table(block):
            return end
        if (
            other is not None
            and other >= LOWEST
            and isinstance(block, Paragraph)
            and _is_other_section(block, openings[index])
        ):
            return end
    return len(placed)


def _end_of_labels(placed: Sequence[Placed], start: int) -> int:
    for end in range(start, len(placed)):
        block = placed[end].block
        if not isinstance(block, Paragraph) or placed[end].level is not None or labelled(block.text)[0]:
            return end
    return len(placed)


def _is_other_section(block: Paragraph, opening: Opening) -> bool:
    """Whether a bold line is numbered like the measure and not below it: the heading of what comes next."""
    found = numbered(block.text)
    if found is None or opening.ref is None or "." not in opening.ref or not found.ref.replace(".", "").isdigit():
        return False
    return not found.ref.startswith(f"{opening.ref}.")


def _is_measure_table(table: Table) -> bool:
    for row in range(len(table.rows)):
        head = head_at(table, row)
        if head is not None and {Part.TITLE} < head.parts and head.parts & {*OWN, Part.PRIORITY}:
            return True
    return False


# What stands in a block -------------------------------------------------------------------------------


@dataclass
class _Block:
    """One measure from its opening to its end."""

    placed: Sequence[Placed]
    begin: int
    end: int
    opening: Opening
    waiting: Part | None = None

    def candidate(self, used: set[int]) -> tuple[Candidate, frozenset[Part]]:
        """The measure, and the parts it has labels for."""
        start = self.placed[self.begin]
        assert isinstance(start.block, Paragraph)
        heading = start.around.headings[0] if start.around.headings else None
        self.found = Candidate(self.opening.title, Source(page=start.block.page, heading=heading), ref=self.opening.ref)
        self.parts: set[Part] = set()
        self.found.add(Part.DESCRIPTION, self.opening.told)
        if self.opening.is_named and labelled(start.block.text)[1]:
            self._labels(labelled(start.block.text)[1][1:])
        own = [each.block.text for each in self.placed[self.begin + 1 : self.end] if isinstance(each.block, Paragraph)]
        bare = [text for text in own if _BARE_LABEL.fullmatch(text)]
        self.bare_label = _WITHOUT_COLON if self.opening.is_named else None
        if len(bare) > 1 and any(_WITHOUT_COLON.fullmatch(text) for text in bare):
            self.bare_label = _BARE_LABEL
        for each in self.placed[self.begin + 1 : self.end]:
            if isinstance(each.block, Table):
                self._table(each.block, each.around.unit)
            elif each.block.text != self.opening.title:
                self._paragraph(each.block)
        self._said()
        if not self.parts & set(OWN):
            self.found.doubts.append(Doubt.TITLE_GUESSED if not self.opening.is_named else Doubt.ONLY_TITLE)
        return self.found, frozenset(self.parts)

    def _said(self) -> None:
        """What no label names and a sentence of the description does."""
        for part, text in said_in(self.found.texts.get(Part.DESCRIPTION, "")):
            if part not in self.parts:
                self.parts.add(part)
                self.found.add(part, text)
                self.found.doubts.append(Doubt.READ_FROM_TEXT)

    def _paragraph(self, block: Paragraph) -> None:
        before, found = labelled(block.text)
        alone = label_alone(block.text) if block.is_bold or block.is_heading else None
        bare = self.bare_label.fullmatch(block.text) if self.bare_label is not None and not found else None
        meaning = meaning_of(bare[1]) if bare is not None else None
        if bare is not None and meaning is not None and meaning.part not in self.parts:
            self._labels([Labelled(meaning.part, bare[1], bare[2])])
        elif found and any(label.part not in self.parts for label in found) and (not before or len(found) > 1):
            if before:
                self._prose(replace(block, text=before))
            self._labels(found)
        elif alone is not None and alone not in self.parts:
            self.parts.add(alone)
            self.waiting = alone
        else:
            self._prose(block)

    def _labels(self, found: Sequence[Labelled]) -> None:
        for label in found:
            if label.part in self.parts:
                self.found.add(Part.DESCRIPTION, f"{label.label}: {label.value}")
                continue
            self.parts.add(label.part)
            self._take(label.part, label.value)
            self.waiting = None if label.value and label.part is not Part.DESCRIPTION else label.part

    def _take(self, part: Part, value: str) -> None:
        if part is Part.GOAL:
            self.found.goals = (value,) if value else ()
        elif part is Part.REF and is_ref(value):
            self.found.ref = self.found.ref or bare_ref(value)
        else:
            self.found.add(part, value)

    def _prose(self, block: Paragraph) -> None:
        text = block.text
        part = self.waiting or Part.DESCRIPTION
        if part in _ONE_LINE:
            if block.marker is None:
                self.waiting = None
            self._take(part, text)
        elif part is Part.COST and len(text) > 200:
            self.found.add(Part.DESCRIPTION, text)
        else:
            self.found.add(part, text)

    def _table(self, table: Table, unit: int) -> None:
        if self.waiting is not Part.DESCRIPTION:
            self.waiting = None
        rows = tuple(tuple(cell.text for cell in row) for row in table.rows)
        has_years = any(is_year(text) for row in rows[:2] for text in row)
        if is_form(table):
            self._labels([label for labels in labels_of(table) for label in labels])
        elif has_years and not self.found.cost_table:
            self.found.cost_table, self.found.cost_unit = rows, unit
            self.parts.add(Part.COST)
