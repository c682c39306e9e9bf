"""Measures as a plain list under a heading that says so, with neither columns nor labelled blocks."""

import re
from collections.abc import Mapping, Sequence

from plan.documents.blocks import Paragraph
from plan.documents.understanding.candidate import Candidate, Doubt, Group, Shape
from plan.documents.understanding.head import is_deadline
from plan.documents.understanding.labels import labelled, owner_and_deadline, owner_of
from plan.documents.understanding.numbering import (
    BULLET,
    bare_ref,
    bulleted,
    head_of_measure,
    is_ref,
    lettered,
    numbered,
)
from plan.documents.understanding.outline import Placed
from plan.documents.understanding.sections import Verdict, nearest_verdict, verdict
from plan.documents.understanding.told import Told, told_in
from plan.documents.understanding.vocabulary import Part
from plan.draft import Source
from plan.units import looks_like_unit

_OPENS = re.compile(
    r"\btiltak\w*\b|(?:hva|kva|dette|slik) (?:skal|vil) vi|(?:vi|kommunen|skolen|skulen) (?:skal|vil)\b.{0,40}:?$|"
    r"handlingar|aktiviteter|aktivitetar",
    re.IGNORECASE,
)
_INTRO = 200
_IN_BRACKETS = re.compile(r"(\S.{4,}?)\s*[(\[]([^()\[\]]{2,90})[)\]][.;]?", re.DOTALL)
_AFTER_DASHES = re.compile(r"(\S.{4,}?)\s+[–—-]\s+([^–—]{2,60}\s+[–—-]\s+[^–—]{2,60})", re.DOTALL)
_AFTER_DASH = re.compile(r"(\S.{4,}?)\s+[–—-]\s+([^–—]{2,90})", re.DOTALL)


def items_in(placed: Sequence[Placed]) -> list[Group]:
    """The lists of measures, one group for each."""
    groups: list[Group] = []
    group: Group | None = None
    kind: str | None = None
    previous: Placed | None = None
    shared = shared_in(placed)
    sharing: list[Candidate] = []
    told = told_in(placed)
    groups += _told_groups(placed, told)
    for index, each in enumerate(placed):
        if index in told:
            group, previous = None, each
            continue
        item = _item(each.block) if isinstance(each.block, Paragraph) else None
        if item is None or not isinstance(each.block, Paragraph) or (each.level is not None and each.level < 9):
            is_more = group is not None and isinstance(each.block, Paragraph) and each.level is None and _is_more(each)
            if is_more and group is not None and group.candidates and isinstance(each.block, Paragraph):
                for candidate in sharing or group.candidates[-1:]:
                    _more(candidate, each.block.text)
                    candidate.doubts += [Doubt.SHARED_BELOW] * (candidate in sharing)
                group.parts |= frozenset(group.candidates[-1].texts)
            else:
                group = None
            previous = each
            continue
        marker, text = item
        if group is None and (_opens(each, previous) or _is_owned(each, text)):
            kind = _kind(marker)
            group = Group(Shape.ITEMS, each.around.headings, each.around.chapter, each.around.section)
            groups.append(group)
        if group is not None:
            if _kind(marker) != kind and group.candidates:
                group.candidates[-1].add(Part.DESCRIPTION, text)
            else:
                group.candidates.append(_candidate(each, marker, text))
                group.parts |= frozenset(group.candidates[-1].texts)
                sharing = [] if index not in shared or index - 1 not in shared else sharing
                sharing += [group.candidates[-1]] if index in shared else []
        previous = each
    return [each for each in groups if each.candidates]


def _told_groups(placed: Sequence[Placed], told: Mapping[int, Told]) -> list[Group]:
    """The measures that are paragraphs by themselves, those under the same headings together."""
    groups: dict[tuple[str, ...], Group] = {}
    for index, each in told.items():
        around, block = placed[index].around, placed[index].block
        assert isinstance(block, Paragraph)
        heading = around.headings[0] if around.headings else None
        candidate = Candidate(each.title, Source(page=block.page, heading=heading))
        candidate.add(Part.DESCRIPTION, each.rest)
        for label in each.labels:
            candidate.add(label.part, label.value)
        candidate.doubts += [Doubt.READ_FROM_TEXT] * each.is_read
        split = head_of_measure(each.title) or numbered(each.title)
        if split is not None and split.rest:
            candidate.ref, candidate.title = split.ref, split.rest
        group = groups.setdefault(around.headings, Group(Shape.ITEMS, around.headings, around.chapter, around.section))
        group.candidates.append(candidate)
        group.parts |= frozenset(candidate.texts)
    return list(groups.values())


def shared_in(placed: Sequence[Placed]) -> frozenset[int]:
    """Which blocks are items of a list of measures whose owner and deadline stand once, right below the list.

    Those of a list are all or none: where one item says who or when by itself, the lines below are the last one's.
    """
    found: set[int] = set()
    run: list[int] = []
    for index, each in enumerate(placed):
        if _is_bare_item(each):
            run = [*run, index] if run and run[-1] == index - 1 else [index]
            continue
        is_below = len(run) > 1 and run[-1] == index - 1 and isinstance(each.block, Paragraph)
        is_below = is_below and not any(head_of_measure(above) for above in each.around.headings[:2])
        if is_below and _is_more(each) and _opens(placed[run[0]], placed[run[0] - 1] if run[0] else None):
            found.update(run)
        run = []
    return frozenset(found)


def _is_bare_item(each: Placed) -> bool:
    """Whether a block is an item of a list that says nothing but what is to be done."""
    if not isinstance(each.block, Paragraph) or each.level is not None:
        return False
    item = _item(each.block)
    return item is not None and not labelled(item[1])[1] and head_of_measure(each.block.text) is None


def _item(block: Paragraph) -> tuple[str, str] | None:
    """The marker and the text of an item; None for a paragraph that is no item."""
    if block.marker is not None:
        return block.marker, block.text
    bare = bulleted(block.text)
    if bare is not None:
        return BULLET, bare
    found = head_of_measure(block.text) or numbered(block.text) or lettered(block.text)
    return (found.ref, found.rest) if found is not None and found.rest else None


def _kind(marker: str) -> str:
    if marker == BULLET or not any(letter.isalnum() for letter in marker):
        return BULLET
    return "number" if any(letter.isdigit() for letter in marker) else "letter"


def _opens(each: Placed, previous: Placed | None) -> bool:
    """Whether what stands right above an item says that measures follow, and nothing above that says otherwise."""
    headings = each.around.headings
    if nearest_verdict(headings) in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
        return False
    above = previous.block if previous is not None else None
    intro = above.text if isinstance(above, Paragraph) and len(above.text) <= _INTRO else ""
    if verdict(intro) in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
        return False
    if previous is not None and previous.level is not None:
        is_measures = nearest_verdict(headings) is Verdict.MEASURES
        return _OPENS.search(intro) is not None or (is_measures and owner_of((intro,)) is not None)
    is_headed = bool(headings) and verdict(headings[0]) is Verdict.MEASURES
    if is_headed and intro and previous is not None and previous.block is not each.block:
        return not labelled(intro)[1] or _OPENS.search(intro) is not None
    return intro.endswith(":") and _OPENS.search(intro) is not None


def _is_owned(each: Placed, text: str) -> bool:
    """Whether an item itself says who and when, where no heading says that it is no measure."""
    before, found = labelled(text)
    if nearest_verdict(each.around.headings) in (Verdict.OLD, Verdict.EXISTING, Verdict.OTHER):
        return False
    ending = Candidate(text, Source())
    if not found:
        _take_ending(ending)
    parts = {label.part for label in found if before} | ending.texts.keys()
    return {Part.RESPONSIBLE, Part.DEADLINE} <= parts


def _is_more(each: Placed) -> bool:
    assert isinstance(each.block, Paragraph)
    _, found = labelled(each.block.text)
    return bool(found) and any(label.part in (Part.RESPONSIBLE, Part.DEADLINE) for label in found)


def _more(candidate: Candidate, text: str) -> None:
    if Doubt.ONLY_TITLE in candidate.doubts:
        candidate.doubts.remove(Doubt.ONLY_TITLE)
    for label in labelled(text)[1]:
        candidate.add(label.part, label.value)


def _candidate(each: Placed, marker: str, text: str) -> Candidate:
    assert isinstance(each.block, Paragraph)
    before, found = labelled(text)
    heading = each.around.headings[0] if each.around.headings else None
    candidate = Candidate(before or text, Source(page=each.block.page, heading=heading))
    for label in found if before else ():
        candidate.add(label.part, label.value)
    if _kind(marker) != BULLET and is_ref(marker):
        candidate.ref = bare_ref(marker)
    if not candidate.texts:
        _take_ending(candidate)
    owner = owner_of(each.around.headings)
    if owner is not None and Part.RESPONSIBLE not in candidate.texts:
        candidate.add(Part.RESPONSIBLE, owner)
        candidate.doubts.append(Doubt.OWNER_FROM_BANNER)
    if not candidate.texts:
        candidate.doubts.append(Doubt.ONLY_TITLE)
    return candidate


def _take_ending(candidate: Candidate) -> None:
    """Take who and when from the end of an item without labels: "Kurs for ansatte (NAV, 2026)", "Kurs – NAV, 2026"."""
    found = _IN_BRACKETS.fullmatch(candidate.title) or _AFTER_DASHES.fullmatch(candidate.title)
    found = found or _AFTER_DASH.fullmatch(candidate.title)
    if found is None:
        return
    owner, deadline = owner_and_deadline(found[2])
    if not deadline and is_deadline(owner):
        owner, deadline = "", owner
    is_owner = all(looks_like_unit(part.strip()) for part in re.split(r",|/| og ", owner) if part.strip())
    if found.re is _AFTER_DASHES and not (is_owner and owner and deadline):
        found = _AFTER_DASH.fullmatch(candidate.title)
        owner, deadline = ("", found[2]) if found is not None and is_deadline(found[2]) else ("", "")
        is_owner = True
    if found is None or not is_owner or (found.re is not _IN_BRACKETS and not deadline):
        return
    candidate.title = found[1].strip()
    candidate.add(Part.RESPONSIBLE, owner)
    candidate.add(Part.DEADLINE, deadline)
    candidate.doubts.append(Doubt.READ_FROM_TEXT)
