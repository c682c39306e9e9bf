"""From the measures chosen to the draft: numbers, units, deadlines, costs, goals and what the plan promises."""

import re
from collections import Counter
from collections.abc import Sequence

from plan.cost import AmountWarning
from plan.deadline import Period, parse
from plan.documents.blocks import Document
from plan.documents.understanding import cover
from plan.documents.understanding.areas import areas_of, as_goal
from plan.documents.understanding.candidate import Candidate, Doubt, Group, Left
from plan.documents.understanding.choice import Choice
from plan.documents.understanding.goals import Goals
from plan.documents.understanding.legends import legend_of
from plan.documents.understanding.money import costs_of, funding_of, is_split, spread
from plan.documents.understanding.outline import Placed
from plan.documents.understanding.promises import promises_in, promises_of
from plan.documents.understanding.vocabulary import Part
from plan.draft import MAX_REF, MAX_TEXT, MAX_TITLE, MAX_UNIT, Draft, LeftOut, Measure, Unit
from plan.units import SOFT_BREAK, UnitNames, is_external

_INVESTMENT = re.compile(r"\binvester\w*", re.IGNORECASE)
_FALLBACK = "?"
MAX_LEFT_OUT = 200
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{3})[¹²³⁰⁴⁵⁶⁷⁸⁹]{1,2}(?!\w)")
"""A raised number after a word points to a note; "m²" keeps its own."""


def drafted(document: Document, placed: Sequence[Placed], choice: Choice, used: set[int]) -> Draft:
    """The draft plan of the chosen measures."""
    stated = cover.period_of(document)
    period = stated or cover.period_of_headings(document)
    title = cover.title_of(document)
    municipality = cover.municipality_of(document)
    goals = Goals.of(placed, (text for candidate in choice.candidates for text in candidate.goals))
    names = UnitNames.learnt_from(_responsible_texts(choice), legend_of(each.block for each in placed))
    measures = _with_one_spelling(_Drafting(choice, goals, names, period).measures())
    warnings = [*document.warnings, *(doubt.value for doubt in choice.doubts)]
    warnings += [Doubt.GOALS_FROM_HEADINGS.value] * goals.has_sections
    warnings += [Doubt.NO_TITLE.value] * (title is None)
    warnings += [Doubt.NO_PERIOD.value] * (period is None)
    warnings += [Doubt.PERIOD_FROM_HEADING.value] * (stated is None and period is not None)
    warnings += [Doubt.NO_MUNICIPALITY.value] * (municipality is None)
    units = dict.fromkeys(name for measure in measures for name in measure.units)
    return Draft(
        title=(title or cover.first_text(document) or _FALLBACK)[:MAX_TITLE],
        municipality=municipality[:MAX_UNIT] if municipality else None,
        period=period,
        goals=goals.drafted({measure.goal_ref for measure in measures if measure.goal_ref}),
        measures=tuple(measures),
        reporting_dates=(*promises_in(placed, used, title), *promises_of(measures, title)),
        units=tuple(Unit(name=name, external=is_external(name)) for name in units),
        warnings=tuple(dict.fromkeys(warnings)),
        left_out=_left_out(choice),
    )


def _left_out(choice: Choice) -> tuple[LeftOut, ...]:
    """What was left out, the rows of a table and the items of a list together, with where they begin."""
    places: dict[tuple[object, ...], list[Left]] = {}
    for doubt, left in choice.left_out:
        source = left.source
        place = (doubt, source.sheet, source.heading, source.table)
        places.setdefault(place, []).append(left)
    return tuple(
        LeftOut(
            code=str(doubt),
            source=found[0].source,
            texts=tuple(" ".join(each.text.split())[:MAX_TITLE] for each in found[:MAX_LEFT_OUT]),
        )
        for (doubt, *_), found in places.items()
    )


def _responsible_texts(choice: Choice) -> list[str]:
    return [
        candidate.texts[part]
        for candidate in choice.candidates
        for part in (Part.RESPONSIBLE, Part.ALSO_AFFECTED)
        if part in candidate.texts
    ]


class _Drafting:
    """Makes the measures, group by group."""

    def __init__(self, choice: Choice, goals: Goals, names: UnitNames, period: tuple[int, int] | None) -> None:
        self._choice = choice
        self._goals = goals
        self._names = names
        self._period = Period.of_years(*period) if period else None
        self._has_owners = any(Part.RESPONSIBLE in candidate.texts for candidate in choice.candidates)

    def measures(self) -> list[Measure]:
        """The measures in the document's order, each with a number of its own."""
        found: list[Measure] = []
        goals: list[str | None] = []
        for group in self._choice.groups:
            split = is_split(group)
            for candidate in group.candidates:
                goal = self._goals.resolve(candidate.goals) if candidate.goals else None
                goals.append(goal or self._goals.under((*group.headings, *candidate.also_under), candidate.ref))
                found.append(self._measure(candidate, group, goals[-1], split))
        if not any(goals) and self._goals.is_empty:
            found = [self._in_area(*each) for each in zip(found, areas_of(self._choice.groups), strict=True)]
            goals = [measure.goal_ref for measure in found]
        refs = numbers(self._choice.groups, goals)
        return [
            measure.model_copy(
                update={
                    "ref": ref,
                    "ref_is_ours": is_ours,
                    "warnings": (*measure.warnings, *([Doubt.REF_NOT_UNIQUE.value] if is_ours and doubtful else [])),
                }
            )
            for measure, (ref, is_ours, doubtful) in zip(found, refs, strict=True)
        ]

    def _in_area(self, measure: Measure, area: str | None) -> Measure:
        """A measure of a plan that calls nothing a goal, with what it is about: a numbered section, or a category."""
        goal = as_goal(area)
        if goal is not None:
            return measure.model_copy(update={"goal_ref": self._goals.add_section(goal)})
        return measure if area is None else measure.model_copy(update={"category": measure.category or area[:MAX_TEXT]})

    def _measure(self, candidate: Candidate, group: Group, goal: str | None, split: bool) -> Measure:
        texts = candidate.texts

        def text(part: Part) -> str | None:
            return texts[part].replace(SOFT_BREAK, " ")[:MAX_TEXT] if part in texts else None

        warnings = [doubt.value for doubt in candidate.doubts]
        named = self._names.named_in(texts.get(Part.RESPONSIBLE))
        warnings += self._doubts_about_owner(texts.get(Part.RESPONSIBLE), named.names, named.has_remark)
        costs, money = costs_of(candidate, split)
        deadline = parse(text(Part.DEADLINE), period=self._period)
        dated = spread(candidate, costs, deadline)
        warnings += [doubt for doubt in money if dated is costs or doubt != AmountWarning.PER_YEAR]
        is_investment = any(_INVESTMENT.search(heading) for heading in group.headings[:1])
        category = texts.get(Part.CATEGORY, "").replace(SOFT_BREAK, " ") or ("Investering" if is_investment else None)
        too_long = len(candidate.title) > MAX_TITLE or any(len(text) > MAX_TEXT for text in texts.values())
        warnings += [Doubt.SHORTENED.value] * too_long

        return Measure(
            ref=_FALLBACK,
            title=_NOTE_MARK.sub("", candidate.title.replace(SOFT_BREAK, " "))[:MAX_TITLE],
            description=text(Part.DESCRIPTION),
            goal_ref=goal,
            responsible=text(Part.RESPONSIBLE),
            units=tuple(name[:MAX_UNIT] for name in named.names),
            deadline=deadline,
            costs=dated,
            funding=funding_of(candidate, costs, group.headings),
            priority=(texts.get(Part.PRIORITY) or "")[:MAX_UNIT] or None,
            category=category,
            comment=text(Part.COMMENT),
            source=candidate.source,
            warnings=tuple(dict.fromkeys(warnings)),
            also_affected=text(Part.ALSO_AFFECTED),
        )

    def _doubts_about_owner(self, text: str | None, names: Sequence[str], has_remark: bool) -> list[str]:
        if text is None:
            return [Doubt.RESPONSIBLE_MISSING.value] if self._has_owners else []
        if not names:
            return [Doubt.RESPONSIBLE_UNCLEAR.value]
        return [Doubt.RESPONSIBLE_PARTLY_UNCLEAR.value] if has_remark else []


def numbers(groups: Sequence[Group], goals: Sequence[str | None]) -> list[tuple[str, bool, bool]]:
    """A number for each measure, whether it is ours, and whether that is because the plan's own is not unique.

    Ours are the number of the section and the measure's place in it (or its priority, where each has one of its own),
    so that reading the plan again gives the same.
    """
    own = Counter((candidate.ref or "").casefold() for group in groups for candidate in group.candidates)
    found: list[tuple[str, bool, bool]] = []
    taken = {ref for ref, count in own.items() if ref and count == 1}
    index = 0
    for group in groups:
        places = _places(group)
        for candidate, place in zip(group.candidates, places, strict=True):
            ref = (candidate.ref or "")[:MAX_REF]
            if ref and own[ref.casefold()] == 1:
                found.append((ref, False, False))
            else:
                made = _free(_wished(ref, group, goals[index], place), taken)
                taken.add(made.casefold())
                found.append((made, True, bool(ref)))
            index += 1
    return found


def _wished(ref: str, group: Group, goal: str | None, place: str) -> str:
    if ref:
        return f"{goal}{'.' if ref[0].isdigit() else ''}{ref}" if goal else f"{group.section or 'T'}-{ref}"
    return f"{group.section}-{place}" if group.section else f"T{place}"


def _places(group: Group) -> list[str]:
    """The place of each measure in its group; its priority where all have different ones."""
    priorities = [candidate.texts.get(Part.PRIORITY, "") for candidate in group.candidates]
    if all(priority.isdigit() for priority in priorities) and len(set(priorities)) == len(priorities):
        return priorities
    return [str(number) for number in range(1, len(priorities) + 1)]


def _free(wished: str, taken: set[str]) -> str:
    wished = wished[: MAX_REF - 4]
    free = wished
    count = 1
    while free.casefold() in taken:
        count += 1
        # A number of ours counts on; one of the plan's gets its turn added.
        free = f"T{count}" if re.fullmatch(r"T\d+", wished) else f"{wished}-{count}"
    return free


def _with_one_spelling(measures: list[Measure]) -> list[Measure]:
    """The measures with every unit spelt as it is spelt most often: small and capital letters do not make two units."""
    counts = Counter(name for measure in measures for name in measure.units)
    best: dict[str, str] = {}
    for name, _ in counts.most_common():
        best.setdefault(" ".join(name.casefold().split()), name)
    return [
        measure.model_copy(
            update={"units": tuple(dict.fromkeys(best[" ".join(name.casefold().split())] for name in measure.units))}
        )
        for measure in measures
    ]
