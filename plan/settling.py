"""The draft as it was decided."""

from collections.abc import Mapping, Sequence

from plan.answers import Answers, names_in
from plan.cost import parse_amount
from plan.deadline import Deadline, Kind
from plan.decision import Choice, Decision
from plan.draft import CostLine, Draft, Measure, Unit, named_units
from plan.matching import folded
from plan.question import About, Question


def settle(answers: Answers) -> Draft:
    """The draft as it was decided."""
    measures = tuple(_measure(answers, place) for place in answers.kept)
    title = answers.words(About.TITLE) or answers.draft.title
    return answers.draft.model_copy(
        update={
            "title": title,
            "municipality": answers.words(About.MUNICIPALITY) or answers.draft.municipality,
            "period": answers.period,
            "measures": measures,
            "units": _units(answers, measures),
        }
    )


def _units(answers: Answers, measures: Sequence[Measure]) -> tuple[Unit, ...]:
    found: dict[str, Unit] = {}
    names = names_in(measures)
    for unit in named_units(answers.draft):
        meant = answers.unit(unit.name)
        if unit.name in answers.named_still or meant.name in names:
            superior = answers.unit(unit.superior).name if unit.superior else None
            above = None if superior and folded(superior) == folded(meant.name) else superior
            found.setdefault(folded(meant.name), meant.model_copy(update={"superior": above}))
    for name in sorted(names):
        found.setdefault(folded(name), answers.unit(name))
    return tuple(found.values())


def _measure(answers: Answers, place: int) -> Measure:
    measure = answers.numbered[place]
    values: dict[str, object] = {
        "units": tuple(dict.fromkeys(answers.unit(name).name for name in measure.units)),
        "owner": answers.unit(measure.owner).name if measure.owner else None,
        "deadline": answers.read_deadline(place),
    }
    for question, decision in answers.decided():
        if place in question.measures:
            values |= _settled_by(answers, question, decision, place, values)
    return measure.model_copy(update=values)


def _settled_by(
    answers: Answers, question: Question, decision: Decision, place: int, values: Mapping[str, object]
) -> dict[str, object]:
    """The fields of a measure that an answer settles."""
    match question.about, decision.choice:
        case About.DEADLINE, Choice.WORDS:
            return {"deadline": answers.understood(decision.value or "")}
        case About.DEADLINE, Choice.WITHOUT:
            return {"deadline": Deadline(text=question.text or "", kind=Kind.NOT_UNDERSTOOD)}
        case About.COST, Choice.WORDS | Choice.WITHOUT:
            costs = values.get("costs", answers.draft.measures[place].costs)
            assert isinstance(costs, tuple)
            return {"costs": _with_amount(costs, question.lines[question.measures.index(place)], decision)}
        case About.RESPONSIBLE, Choice.SAME | Choice.NEW | Choice.EXTERNAL:
            unit = answers.unit(decision.value or question.text or "")
            return {"units": (unit.name,), "owner": None if unit.external else unit.name}
        case About.OWNER | About.OWNER_NOT_NAMED, Choice.OWNER | Choice.SAME:
            unit = answers.unit(decision.value or "")
            return {} if unit.external else {"owner": unit.name}
    return {}


def _with_amount(costs: tuple[CostLine, ...], number: int, decision: Decision) -> tuple[CostLine, ...]:
    """The cost lines with another amount in one of them, or with its text alone."""
    line = costs[number]
    if decision.choice is Choice.WORDS:
        changed = line.model_copy(update={"amount_nok": parse_amount(decision.value or "").amount_nok})
    else:
        changed = line.model_copy(update={"amount_nok": None, "text": line.text or str(line.amount_nok)})
    return (*costs[:number], changed, *costs[number + 1 :])
