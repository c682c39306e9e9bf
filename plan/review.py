"""What a person is asked about a draft before it is stored, what can be answered, and the draft that comes of it.

A name of a unit that looks like one that is known is a proposal and never taken silently. Whoever answers nothing gets
the draft as it was read.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process, utils

from plan.changes import named_units
from plan.deadline import Deadline, DeadlineWarning, Kind, Period, parse
from plan.draft import Draft, Measure, Unit
from plan.matching import folded

NOT_SURELY_A_MEASURE = ("title_guessed", "only_title", "columns_guessed")
NO_DAY = frozenset(
    {
        DeadlineWarning.NOT_UNDERSTOOD,
        DeadlineWarning.TOO_LONG,
        DeadlineWarning.YEAR_MISSING,
        DeadlineWarning.PERIOD_MISSING,
        DeadlineWarning.STARTING_POINT_MISSING,
        DeadlineWarning.DATE_IMPOSSIBLE,
        DeadlineWarning.WEEKDAY_MISMATCH,
        DeadlineWarning.START_AFTER_DUE,
        DeadlineWarning.SAME_AS_ABOVE,
    }
)
CLOSE = 80.0  # of 100, by rapidfuzz's WRatio
MAX_LIKE = 3
LONGEST_ABBREVIATION = 10
_CAPITALISED = re.compile("[A-ZÆØÅ][a-zæøå]*")


class About(StrEnum):
    """What a question is about, in the order in which they are asked: each may settle some of those after it."""

    MEASURE = "measure"  # is this a measure?
    UNIT = "unit"  # which unit is this name?
    DEADLINE = "deadline"  # which day?
    OWNER = "owner"  # which of several units is asked?


class Choice(StrEnum):
    """An answer. The order is that of the numbers in buttons: a new one goes last."""

    TAKE = "take"
    LEAVE = "leave"
    SAME = "same"  # `value`: the name of the unit that is meant
    NEW = "new"
    EXTERNAL = "external"
    PHRASE = "phrase"  # `value`: the deadline in other words
    KEEP = "keep"
    OWNER = "owner"  # `value`: the unit as the document names it
    NOBODY = "nobody"


CHOICES = {
    About.MEASURE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.UNIT: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL}),
    About.DEADLINE: frozenset({Choice.PHRASE, Choice.KEEP}),
    About.OWNER: frozenset({Choice.OWNER, Choice.NOBODY}),
}


class Question(BaseModel):
    """One question. `measure` is a place in the draft, `unit` a name in it, `reasons` are codes of doubts.

    `like` are names that may mean the same unit, the nearest first.
    """

    model_config = ConfigDict(frozen=True)

    about: About
    measure: int | None = None
    unit: str | None = None
    reasons: tuple[str, ...] = ()
    like: tuple[str, ...] = ()


class Decision(BaseModel):
    """What a person has answered."""

    model_config = ConfigDict(frozen=True)

    choice: Choice
    value: str | None = None


def questions(draft: Draft, known: Mapping[str, bool], owned: Collection[str] = frozenset()) -> tuple[Question, ...]:
    """Everything a person is to be asked about a draft; `known` has the units there are, and whether external.

    `owned` are the numbers of measures that are stored already with somebody who follows up.
    """
    owners = _about_owners(draft, {folded(ref) for ref in owned})
    return (*_about_measures(draft), *_about_units(draft, known), *_about_deadlines(draft), *owners)


def _about_measures(draft: Draft) -> Iterator[Question]:
    for place, measure in enumerate(draft.measures):
        reasons = tuple(code for code in NOT_SURELY_A_MEASURE if code in measure.warnings)
        if reasons:
            yield Question(about=About.MEASURE, measure=place, reasons=reasons)


def _about_units(draft: Draft, known: Mapping[str, bool]) -> Iterator[Question]:
    settled = {folded(name) for name in known}
    before: list[str] = []
    for unit in named_units(draft):
        if folded(unit.name) not in settled:
            yield Question(about=About.UNIT, unit=unit.name, like=like(unit.name, [*known, *before]))
            before.append(unit.name)


def _about_deadlines(draft: Draft) -> Iterator[Question]:
    for place, measure in enumerate(draft.measures):
        if has_no_day(measure.deadline):
            reasons = [warning.value for warning in measure.deadline.warnings if warning in NO_DAY]
            yield Question(
                about=About.DEADLINE,
                measure=place,
                reasons=tuple(reasons) or (DeadlineWarning.NOT_UNDERSTOOD.value,),
            )


def _about_owners(draft: Draft, owned: Collection[str]) -> Iterator[Question]:
    for place, measure in enumerate(draft.measures):
        if draft.owner_is_proposed(measure) and folded(measure.ref) not in owned:
            yield Question(about=About.OWNER, measure=place)


def like(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names that may mean the same unit, at most `MAX_LIKE`: those it is short for, then those spelt most alike."""
    short = [other for other in names if _is_short_for(name, other) or _is_short_for(other, name)]
    alike = process.extract(
        name, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=MAX_LIKE, score_cutoff=CLOSE
    )
    return tuple(dict.fromkeys([*short, *(other for other, _score, _place in alike)]))[:MAX_LIKE]


def _is_short_for(short: str, name: str) -> bool:
    """Whether "HeRe" may stand for "Helse og rehabilitering": each part begins a word, in their order."""
    parts = _CAPITALISED.findall(short)
    if len(parts) < 2 or "".join(parts) != short or len(short) > LONGEST_ABBREVIATION:
        return False
    words = iter(re.findall(r"\w+", name.casefold()))
    return all(any(word.startswith(part.casefold()) for word in words) for part in parts)


@dataclass(frozen=True)
class Review:
    """A draft, the questions about it, and the decisions so far by the place of the question."""

    draft: Draft
    questions: tuple[Question, ...]
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    known: Mapping[str, bool] = field(default_factory=dict)

    def measure_of(self, question: Question) -> Measure:
        """The measure a question is about, as it was read."""
        assert question.measure is not None
        return self.draft.measures[question.measure]

    @cached_property
    def asked(self) -> tuple[int, ...]:
        """The places of the questions that are still worth asking, as things have been decided."""
        return tuple(place for place, question in enumerate(self.questions) if self._applies(question))

    @property
    def open(self) -> tuple[int, ...]:
        """The places of the questions that nobody has answered."""
        return tuple(place for place in self.asked if place not in self.decisions)

    def like_this(self, place: int) -> tuple[int, ...]:
        """The unanswered questions of the same kind as this one, itself included."""
        about = self.questions[place].about
        return tuple(other for other in self.open if self.questions[other].about is about)

    def takes(self, place: int, decision: Decision) -> bool:
        """Whether this is an answer to that question."""
        question = self.questions[place]
        if decision.choice not in CHOICES[question.about]:
            return False
        if decision.choice is Choice.OWNER:
            return decision.value in self.owners(question)
        return decision.choice not in (Choice.SAME, Choice.PHRASE) or bool(decision.value)

    def unanswered(self, place: int) -> Decision:
        """What an unanswered question comes to: what was read."""
        question = self.questions[place]
        match question.about:
            case About.MEASURE:
                return Decision(choice=Choice.TAKE)
            case About.UNIT:
                return Decision(choice=Choice.EXTERNAL if self.reads_external(question) else Choice.NEW)
            case About.DEADLINE:
                return Decision(choice=Choice.KEEP)
            case About.OWNER:
                owners = self.owners(question)
                return Decision(choice=Choice.OWNER, value=owners[0]) if owners else Decision(choice=Choice.NOBODY)

    def reads_external(self, question: Question) -> bool:
        """Whether the unit a question is about was read as one outside the municipality."""
        return any(unit.external for unit in self.draft.units if unit.name == question.unit)

    def owners(self, question: Question) -> tuple[str, ...]:
        """The internal units of a measure, as the document names them: those that can be asked about it."""
        names = dict.fromkeys(self.measure_of(question).units)
        found = {folded(self._unit(name).name): name for name in reversed(names) if not self._unit(name).external}
        return tuple(reversed(found.values()))

    def understood(self, phrase: str) -> Deadline:
        """A deadline in other words, in this plan's period."""
        period = self.draft.period
        whole = Period.of_years(*period) if period and period[0] <= period[1] else None
        return parse(phrase, period=whole)

    @cached_property
    def settled(self) -> Draft:
        """The draft as it was decided."""
        kept = [place for place in range(len(self.draft.measures)) if place not in self._left_out]
        measures = tuple(self._measure(place) for place in kept)
        return self.draft.model_copy(update={"measures": measures, "units": self._units(measures)})

    @property
    def asked_of_nobody(self) -> frozenset[str]:
        """The numbers of the measures for which a person decided that nobody is asked yet."""
        places = [place for place in self._of(Choice.NOBODY) if place in self.asked]
        return frozenset(self.measure_of(self.questions[place]).ref for place in places)

    def _of(self, choice: Choice) -> list[int]:
        return [place for place, decision in self.decisions.items() if decision.choice is choice]

    @cached_property
    def _left_out(self) -> frozenset[int | None]:
        return frozenset(self.questions[place].measure for place in self._of(Choice.LEAVE))

    @cached_property
    def _named_still(self) -> frozenset[str]:
        """The units that are named by what is left of the measures, or by none at all."""
        left = [measure for place, measure in enumerate(self.draft.measures) if place not in self._left_out]
        every, still = _names(self.draft.measures), _names(left)
        return frozenset(unit.name for unit in named_units(self.draft) if unit.name in still or unit.name not in every)

    def _applies(self, question: Question) -> bool:
        match question.about:
            case About.MEASURE:
                return True
            case About.UNIT:
                return question.unit in self._named_still
            case About.DEADLINE:
                return question.measure not in self._left_out
            case About.OWNER:
                return question.measure not in self._left_out and len(self.owners(question)) > 1

    @cached_property
    def _decided_units(self) -> dict[str, Decision]:
        found = {}
        for place, decision in self.decisions.items():
            if (name := self.questions[place].unit) is not None:
                found[folded(name)] = decision
        return found

    def _unit(self, name: str) -> Unit:
        """What a name in the document stands for. Two names that were each said to be the other stay as they are."""
        seen: set[str] = set()
        meant = name
        while (decision := self._decided_units.get(folded(meant))) and decision.choice is Choice.SAME:
            if folded(meant) in seen:
                meant = name
                break
            seen.add(folded(meant))
            meant = decision.value or meant
        for known, external in self.known.items():
            if folded(known) == folded(meant):
                return Unit(name=known, external=external)
        listed = next(
            (unit for unit in named_units(self.draft) if folded(unit.name) == folded(meant)), Unit(name=meant)
        )
        decision = self._decided_units.get(folded(meant))
        if decision is None or decision.choice is Choice.SAME:
            return listed
        return listed.model_copy(update={"external": decision.choice is Choice.EXTERNAL})

    def _units(self, measures: Sequence[Measure]) -> tuple[Unit, ...]:
        found: dict[str, Unit] = {}
        names = _names(measures)
        for unit in named_units(self.draft):
            meant = self._unit(unit.name)
            if unit.name in self._named_still or meant.name in names:
                superior = self._unit(unit.superior).name if unit.superior else None
                above = None if superior and folded(superior) == folded(meant.name) else superior
                found.setdefault(folded(meant.name), meant.model_copy(update={"superior": above}))
        return tuple(found.values())

    def _measure(self, place: int) -> Measure:
        measure = self.draft.measures[place]
        values: dict[str, object] = {
            "units": tuple(dict.fromkeys(self._unit(name).name for name in measure.units)),
            "owner": self._unit(measure.owner).name if measure.owner else None,
        }
        for number in self.asked:
            question, decision = self.questions[number], self.decisions.get(number)
            if question.measure != place or decision is None or decision.value is None:
                continue
            if decision.choice is Choice.PHRASE:
                values["deadline"] = self.understood(decision.value)
            elif decision.choice is Choice.OWNER and decision.value in self.owners(question):
                values["owner"] = self._unit(decision.value).name
        return measure.model_copy(update=values)


def _names(measures: Sequence[Measure]) -> frozenset[str]:
    return frozenset(name for measure in measures for name in (*measure.units, measure.owner) if name)


def has_no_day(deadline: Deadline) -> bool:
    """Whether a phrase leaves the very doubt that made us ask for it."""
    return deadline.kind is Kind.NOT_UNDERSTOOD or not NO_DAY.isdisjoint(deadline.warnings)
