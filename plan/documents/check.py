"""What in a draft contradicts itself. Nothing is mended: a person decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import islice

from plan.case_route import same_body
from plan.documents.problem import Code, Path, Problem, Value
from plan.draft import Draft, Measure, Unit

MAX_COMPARED = 500


def check(draft: Draft) -> Iterator[Problem]:
    """Every contradiction in a draft, each with its path; doubts among them are marked.

    Names of units are compared with the list of units only where the draft has one.
    """
    yield from _period(draft)
    yield from _units(draft)
    yield from _goals(draft)
    yield from _measures(draft)
    yield from _meetings(draft)


def with_doubts(draft: Draft, problems: Iterable[Problem]) -> Draft:
    """The draft with the code of each problem that concerns a measure among that measure's warnings."""
    codes: dict[int, list[str]] = {}
    for problem in problems:
        match problem.path:
            case ("measures", int(number), *_):
                codes.setdefault(number, []).append(problem.code.value)
    if not codes:
        return draft
    measures = [
        measure.model_copy(update={"warnings": (*measure.warnings, *codes.get(number, ()))})
        for number, measure in enumerate(draft.measures)
    ]
    return draft.model_copy(update={"measures": tuple(measures)})


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is spelt most like this one, if any is close. Looks at no more names than people have."""
    by_folded = {_folded(candidate): candidate for candidate in islice(known, MAX_COMPARED)}
    found = get_close_matches(_folded(name), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _period(draft: Draft) -> Iterator[Problem]:
    if draft.period is not None and draft.period[0] > draft.period[1]:
        first, last = draft.period
        yield _problem(Code.PERIOD_REVERSED, ("period",), first=first, last=last)


def _units(draft: Draft) -> Iterator[Problem]:
    names = [unit.name for unit in draft.units]
    yield from _duplicates(Code.DUPLICATE_UNIT, "units", "name", names)
    superiors = {unit.name: unit.superior for unit in draft.units}
    in_cycles = _in_cycles(superiors)
    for number, unit in enumerate(draft.units):
        path = ("units", number, "superior")
        if unit.superior is not None and unit.superior not in superiors:
            yield _unknown_unit(unit.superior, path, superiors)
        elif unit.name in in_cycles:
            yield _problem(Code.SUPERIOR_CYCLE, path, unit=unit.name, superior=unit.superior)


def _goals(draft: Draft) -> Iterator[Problem]:
    yield from _duplicates(Code.DUPLICATE_GOAL, "goals", "ref", [goal.ref for goal in draft.goals])
    parents = {goal.ref: goal.parent_ref for goal in draft.goals}
    in_cycles = _in_cycles(parents)
    for number, goal in enumerate(draft.goals):
        path = ("goals", number, "parent_ref")
        if goal.parent_ref is not None and goal.parent_ref not in parents:
            yield _problem(Code.UNKNOWN_GOAL, path, goal=goal.parent_ref)
        elif goal.ref in in_cycles:
            yield _problem(Code.GOAL_CYCLE, path, goal=goal.ref, parent=goal.parent_ref)


def _measures(draft: Draft) -> Iterator[Problem]:
    yield from _duplicates(Code.DUPLICATE_MEASURE, "measures", "ref", [measure.ref for measure in draft.measures])
    goals = {goal.ref for goal in draft.goals}
    units = {unit.name: unit for unit in draft.units}
    for number, measure in enumerate(draft.measures):
        path = ("measures", number)
        if measure.goal_ref is not None and measure.goal_ref not in goals:
            yield _problem(Code.UNKNOWN_GOAL, (*path, "goal_ref"), goal=measure.goal_ref)
        yield from _units_of(measure, units, path)
        if draft.period is not None and measure.deadline.is_before(date(draft.period[0], 1, 1)):
            yield _problem(
                Code.DEADLINE_BEFORE_PLAN,
                (*path, "deadline"),
                doubt=True,
                measure=measure.ref,
                deadline=measure.deadline.text,
                first=draft.period[0],
            )


def _units_of(measure: Measure, known: Mapping[str, Unit], path: Path) -> Iterator[Problem]:
    if not known:
        return
    for number, name in enumerate(measure.units):
        if name not in known:
            yield _unknown_unit(name, (*path, "units", number), known)
    if measure.owner is None:
        return
    if measure.owner not in known:
        yield _unknown_unit(measure.owner, (*path, "owner"), known)
    elif known[measure.owner].external:
        yield _problem(Code.EXTERNAL_OWNER, (*path, "owner"), measure=measure.ref, unit=measure.owner)


def _meetings(draft: Draft) -> Iterator[Problem]:
    """Two bodies on a day: nobody could say which of them the round counts back from."""
    for number, meeting in enumerate(draft.meetings):
        for other in draft.meetings[:number]:
            if other.held_on == meeting.held_on and not same_body(other.body, meeting.body):
                yield _problem(
                    Code.TWO_MEETINGS,
                    ("meetings", number, "held_on"),
                    body=meeting.body,
                    other=other.body,
                    day=meeting.held_on.isoformat(),
                )
                break


def _duplicates(code: Code, table: str, attribute: str, names: Sequence[str]) -> Iterator[Problem]:
    # Case and spaces do not tell two things apart: people say the number or the name aloud.
    seen: set[str] = set()
    for number, name in enumerate(names):
        if _folded(name) in seen:
            yield _problem(code, (table, number, attribute), name=name)
        seen.add(_folded(name))


def _in_cycles(above: Mapping[str, str | None]) -> set[str]:
    """The names that are above themselves. Each name is walked once, so that a long chain costs its length."""
    found: set[str] = set()
    done: set[str] = set()
    for name in above:
        way: dict[str, None] = {}
        step: str | None = name
        while step is not None and step not in done and step not in way:
            way[step] = None
            step = above.get(step)
        if step in way:
            steps = list(way)
            found.update(steps[steps.index(step) :])
        done.update(way)
    return found


def _unknown_unit(name: str, path: Path, known: Iterable[str]) -> Problem:
    return _problem(Code.UNKNOWN_UNIT, path, unit=name, nearest=nearest(name, known))


def _problem(code: Code, path: Path, doubt: bool = False, **data: Value) -> Problem:
    return Problem(code, path=path, data=data, doubt=doubt)
