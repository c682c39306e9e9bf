"""The questions about a draft and what has been answered: which are still asked, and what names and times mean then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from plan.deadline import Deadline, Period, parse
from plan.decision import Choice, Decision
from plan.doubts import has_no_day
from plan.draft import FIRST_YEAR, LAST_YEAR, Draft, Measure, Unit, named_units
from plan.matching import folded
from plan.question import About, Question


@dataclass(frozen=True)
class Answers:
    """A draft, the questions about it, and the decisions so far by the place of the question."""

    draft: Draft
    questions: tuple[Question, ...]
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    known: Mapping[str, bool] = field(default_factory=dict)

    def measure_of(self, question: Question) -> Measure:
        """The measure a question is about, as it was read, with the number it was given."""
        measure = self.draft.measures[question.measure]
        return measure.model_copy(update={"deadline": self.read_deadline(question.measure)})

    def meant(self, name: str) -> str:
        """The unit that a name in the document stands for, as things have been decided."""
        return self.unit(name).name

    @cached_property
    def asked(self) -> tuple[int, ...]:
        """The places of the questions that are still worth asking, as things have been decided."""
        return tuple(place for place in range(len(self.questions)) if self._applies(place))

    @property
    def open(self) -> tuple[int, ...]:
        """The places of the questions that nobody has answered or put off."""
        return tuple(place for place in self.asked if place not in self.decisions)

    @property
    def undecided(self) -> tuple[int, ...]:
        """The places of the questions that are left open: not answered, or put off."""
        return tuple(place for place in self.asked if self._is_left(place))

    def _is_left(self, place: int) -> bool:
        decision = self.decisions.get(place)
        return decision is None or decision.choice is Choice.LATER

    def like_this(self, place: int) -> tuple[int, ...]:
        """The unanswered questions of the same kind as this one, itself included."""
        about = self.questions[place].about
        return tuple(other for other in self.open if self.questions[other].about is about)

    def reads_external(self, name: str) -> bool:
        """Whether a unit was read as one outside the municipality."""
        return any(unit.external for unit in self.draft.units if unit.name == name)

    def owners(self, question: Question) -> tuple[str, ...]:
        """The internal units of a measure, as the document names them: those that can be asked about it."""
        return self._owners_of(question.measure) if question.measures else ()

    def _owners_of(self, place: int) -> tuple[str, ...]:
        names = dict.fromkeys(self.draft.measures[place].units)
        found = {folded(self.unit(name).name): name for name in reversed(names) if not self.unit(name).external}
        return tuple(reversed(found.values()))

    def understood(self, phrase: str) -> Deadline:
        """A deadline in other words, in this plan's period."""
        period = self.period
        whole = Period.of_years(*period) if period and period[0] <= period[1] else None
        return parse(phrase, period=whole)

    @property
    def kept(self) -> tuple[int, ...]:
        """The places of the measures that are taken along."""
        return tuple(place for place in range(len(self.draft.measures)) if place not in self.left_out)

    @cached_property
    def numbered(self) -> tuple[Measure, ...]:
        """The measures as they were read, with the numbers they were given."""
        refs = {
            question.measure: decision.value
            for question, decision in self.decided()
            if question.about is About.NUMBER and decision.choice is Choice.WORDS and not question.is_whole
        }
        return tuple(
            measure.model_copy(update={"ref": refs[place], "ref_is_ours": False}) if refs.get(place) else measure
            for place, measure in enumerate(self.draft.measures)
        )

    def decided(self) -> Iterator[tuple[Question, Decision]]:
        """The answers to what is still asked."""
        for place, decision in self.decisions.items():
            if place in self.asked:
                yield self.questions[place], decision

    def words(self, about: About) -> str | None:
        """What was written about the plan itself."""
        return next((each.value for question, each in self._given() if question.about is about), None)

    def _given(self) -> Iterator[tuple[Question, Decision]]:
        """The answers in words, whether or not what they answer is asked any more."""
        for place, decision in self.decisions.items():
            if decision.choice is Choice.WORDS:
                yield self.questions[place], decision

    @cached_property
    def period(self) -> tuple[int, int] | None:
        """The first and the last year of the plan, as it was decided."""
        for place, question in enumerate(self.questions):
            decision = self.decisions.get(place)
            if question.about is About.PERIOD_CHANGE and decision and decision.choice is Choice.LEAVE:
                return years_in(question.text or "")
        return self.draft.period or years_in(self.words(About.PERIOD) or "")

    def read_deadline(self, place: int) -> Deadline:
        """The deadline of a measure as it was read, in the period that was decided."""
        deadline = self.draft.measures[place].deadline
        return self.understood(deadline.text) if deadline.text and self.period != self.draft.period else deadline

    def _of_measures(self, choice: Choice) -> Iterator[int]:
        for place, decision in self.decisions.items():
            question = self.questions[place]
            if decision.choice is choice and question.about is About.MEASURE and self._is_taken_apart(question):
                yield from question.measures

    @cached_property
    def left_out(self) -> frozenset[int]:
        """The places of the measures that were found to be none."""
        return frozenset(self._of_measures(Choice.LEAVE))

    def _is_taken_apart(self, question: Question) -> bool:
        """Whether a part stands by itself; what is no part always does."""
        if question.parent is None:
            return True
        decision = self.decisions.get(question.parent)
        return decision is not None and decision.choice is Choice.EACH

    @cached_property
    def named_still(self) -> frozenset[str]:
        """The units that are named by what is left of the measures, or by none at all."""
        left = [self.draft.measures[place] for place in self.kept]
        every, still = names_in(self.draft.measures), names_in(left)
        return frozenset(unit.name for unit in named_units(self.draft) if unit.name in still or unit.name not in every)

    def _applies(self, place: int) -> bool:
        question = self.questions[place]
        if not self._is_taken_apart(question):
            return False
        left_out = bool(question.measures) and all(at in self.left_out for at in question.measures)
        match question.about:
            case About.MEASURE:
                return True
            case About.UNIT:
                return any(name in self.named_still for name in question.units)
            case About.DEADLINE if not question.is_whole and self.period != self.draft.period:
                return not left_out and self._doubtful_still(question)
            case About.OWNER:
                places = [at for at in question.measures if at not in self.left_out]
                return any(len(self._owners_of(at)) > (0 if question.reasons else 1) for at in places)
        return not left_out

    def _doubtful_still(self, question: Question) -> bool:
        deadline = self.read_deadline(question.measure)
        codes = {warning.value for warning in deadline.warnings}
        return has_no_day(deadline) or not codes.isdisjoint(question.reasons)

    @cached_property
    def _decided_units(self) -> dict[str, Decision]:
        found = {}
        for place, decision in self.decisions.items():
            question = self.questions[place]
            is_name = question.about is About.UNIT and not question.is_whole and decision.choice is not Choice.LATER
            if is_name and self._is_taken_apart(question):
                found[folded(question.units[0])] = decision
            elif question.about is About.RESPONSIBLE and decision.choice in {Choice.NEW, Choice.EXTERNAL}:
                found.setdefault(folded(question.text or ""), decision)
        return found

    def unit(self, name: str) -> Unit:
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


def years_in(text: str) -> tuple[int, int] | None:
    """The years of a plan in words: "2026–2029", "fra 2026 til 2029", "2026"."""
    found = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    if not 1 <= len(found) <= 2 or not FIRST_YEAR <= found[0] <= found[-1] <= LAST_YEAR:
        return None
    return found[0], found[-1]


def names_in(measures: Sequence[Measure]) -> frozenset[str]:
    """The units that measures name."""
    return frozenset(name for measure in measures for name in (*measure.units, measure.owner) if name)
