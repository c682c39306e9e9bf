"""Measures as paragraphs of running text, each of which says by itself who answers for it and when."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from plan.documents.blocks import Paragraph
from plan.documents.understanding.goal_words import is_goal
from plan.documents.understanding.labels import Labelled, labelled
from plan.documents.understanding.numbering import BULLET, bulleted
from plan.documents.understanding.outline import Placed
from plan.documents.understanding.said import said_in
from plan.documents.understanding.sections import Verdict, nearest_verdict, verdict
from plan.documents.understanding.vocabulary import Part, meaning_of

_LONGEST = 2_000
_LONGEST_TITLE = 120
_FIRST = re.compile(r"(.{4,120}?[a-zæøå0-9)»])[.:]\s+(?=[A-ZÆØÅ«0-9])(\S.*)", re.DOTALL)
"""A first sentence that can be a title, and what follows it."""


@dataclass(frozen=True)
class Told:
    """A measure told in a paragraph: its title, what else is told of it, and who and when."""

    title: str
    rest: str
    labels: tuple[Labelled, ...]
    is_read: bool = False
    """A sentence says who or when, and no label does."""
    is_whole: bool = True
    """It says both who and when."""


def told_in(placed: Sequence[Placed]) -> dict[int, Told]:
    """The paragraphs that are a measure by themselves; one alone under its headings tells of the heading's measure."""
    found = {index: told for index, each in enumerate(placed) if (told := _told(each)) is not None}
    # The headings of a measure are no headings of measures: there one paragraph may say who, another when.
    found = {
        index: told
        for index, told in found.items()
        if told.is_whole or any(verdict(each) is Verdict.MEASURES for each in placed[index].around.headings[:1])
    }
    under = Counter(placed[index].around.headings for index in found)
    if max(under.values(), default=0) < 2:
        return {}
    alone = {
        index
        for index in found
        if under[placed[index].around.headings] < 2
        and nearest_verdict(placed[index].around.headings) is not Verdict.MEASURES
    }
    return {index: told for index, told in found.items() if index not in alone}


def split_lead(block: Paragraph) -> tuple[str, str] | None:
    """The title in the bold beginning of a paragraph and what follows; None where that is none."""
    title = block.lead.strip().rstrip(".:–- ")
    rest = block.text.removeprefix(block.lead).strip().lstrip(".:–- ")
    is_title = 4 <= len(title) <= _LONGEST_TITLE and meaning_of(title) is None and not is_goal(block.lead)
    return (title, rest) if is_title and rest and block.text.startswith(block.lead) else None


def _told(each: Placed) -> Told | None:
    block = each.block
    if not isinstance(block, Paragraph) or each.level is not None or block.is_contents or len(block.text) > _LONGEST:
        return None
    if block.marker is not None or bulleted(block.text) is not None:
        return None
    if nearest_verdict(each.around.headings) in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
        return None
    before, labels = labelled(block.text)
    own = {label.part for label in labels if label.value}
    is_whole = {Part.RESPONSIBLE, Part.DEADLINE} <= own
    is_read = not own & {Part.RESPONSIBLE, Part.DEADLINE}
    if is_read:
        labels = [Labelled(part, BULLET, text) for part, text in said_in(block.text)]
        before = block.text
        is_whole = {Part.RESPONSIBLE, Part.DEADLINE} <= {label.part for label in labels}
    if not before or not (is_whole or own & {Part.RESPONSIBLE, Part.DEADLINE}):
        return None
    title, rest = _split(block, before)
    return Told(title, rest, tuple(labels), is_read, is_whole) if not is_read or rest else None


def _split(block: Paragraph, before: str) -> tuple[str, str]:
    lead = split_lead(block)
    if lead is not None and before.startswith(block.lead):
        return lead[0], before.removeprefix(block.lead).strip().lstrip(".:–- ")
    first = _FIRST.fullmatch(before)
    return (first[1], first[2].strip()) if first is not None else (before, "")
