"""A draft, the questions about it, what a person has answered so far, and the draft that comes of it.

Whoever answers nothing gets the draft as it was read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from plan.changes import named_units
from plan.cost import parse_amount
from plan.deadline import Deadline, Kind, Period, parse
from plan.draft import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_NOK,
    MAX_REF,
    MAX_TEXT,
    MAX_TITLE,
    MAX_UNIT,
    CostLine,
    Draft,
    Measure,
    Unit,
)
from plan.matching import folded
from plan.questions import OF_A_VERSION, About, Key, Question, has_no_day, keys_of


class Choice(StrEnum):
    """An answer. The order is that of the numbers in buttons: a new one goes last."""

    TAKE = "take"
    LEAVE = "leave"
    SAME = "same"  # `value`: the name of the unit, the short name of the plan or the number of the measure meant
    NEW = "new"
    EXTERNAL = "external"
    WORDS = "words"  # `value`: the deadline, amount, number or name in a person's own words
    KEEP = "keep"
    OWNER = "owner"  # `value`: the unit as the document names it
    NOBODY = "nobody"
    WITHOUT = "without"  # without a day, or without an amount: the text alone
    EACH = "each"  # one by one
    LATER = "later"


_ALWAYS = frozenset({Choice.LATER})
_CHOICES: Mapping[About, frozenset[Choice]] = {
    About.INTO: frozenset({Choice.SAME, Choice.NEW}),
    About.TITLE: frozenset({Choice.WORDS, Choice.KEEP}),
    About.MUNICIPALITY: frozenset({Choice.WORDS}),
    About.PERIOD: frozenset({Choice.WORDS, Choice.KEEP}),
    About.MEASURE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.NUMBER: frozenset({Choice.WORDS, Choice.KEEP}),
    About.UNIT: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL}),
    About.RESPONSIBLE: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL, Choice.NOBODY}),
    About.DEADLINE: frozenset({Choice.WORDS, Choice.KEEP, Choice.WITHOUT}),
    About.COST: frozenset({Choice.WORDS, Choice.KEEP, Choice.WITHOUT}),
    About.OWNER: frozenset({Choice.OWNER, Choice.SAME, Choice.NOBODY}),
    About.PERIOD_CHANGE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.SAME_MEASURE: frozenset({Choice.SAME, Choice.NEW}),
    About.RETITLED: frozenset({Choice.SAME, Choice.NEW}),
    About.SAME_TITLE: frozenset({Choice.SAME, Choice.NEW}),
    About.OWNER_NOT_NAMED: frozenset({Choice.KEEP, Choice.OWNER, Choice.SAME}),
}
_OF_A_WHOLE: Mapping[About, frozenset[Choice]] = {
    About.MEASURE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.RESPONSIBLE: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL, Choice.NOBODY}),
}
_UNANSWERED = {
    About.MEASURE: Choice.TAKE,
    About.PERIOD_CHANGE: Choice.TAKE,
    About.INTO: Choice.NEW,
    About.SAME_MEASURE: Choice.NEW,
    About.RESPONSIBLE: Choice.NOBODY,
    About.MUNICIPALITY: Choice.LATER,
}
_SAID = {
    About.TITLE: MAX_TITLE,
    About.MUNICIPALITY: MAX_UNIT,
    About.PERIOD: MAX_UNIT,
    About.NUMBER: MAX_REF,
    About.DEADLINE: MAX_TEXT,
    About.COST: MAX_TEXT,
}
"""What is answered in one's own words, and how many characters it may have."""
_WITH_VALUE = frozenset({Choice.SAME, Choice.WORDS, Choice.OWNER})


class Decision(BaseModel):
    """What a person has answered."""

    model_config = ConfigDict(frozen=True)

    choice: Choice
    value: str | None = None


class Fault(StrEnum):
    """Why words are no answer to a question; each is a sentence of `templates/chat/plan_question.j2`."""

    NO_DAY = "no_day_in_words"
    NO_AMOUNT = "no_amount_in_words"
    NO_PERIOD = "no_period_in_words"
    TAKEN = "number_is_taken"
    TOO_LONG = "words_too_long"
    NO_WORDS = "answer_with_button"


@dataclass(frozen=True)
class Review:
    """A draft, the questions about it, and the decisions so far by the place of the question."""

    draft: Draft
    questions: tuple[Question, ...]
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    known: Mapping[str, bool] = field(default_factory=dict)

    def measure_of(self, question: Question) -> Measure:
        """The measure a question is about, as it was read, with the number it was given."""
        measure = self.draft.measures[question.measure]
        return measure.model_copy(update={"deadline": self._read_deadline(question.measure)})

    def of_document(self) -> "Review":
        """The review of the document alone, without what is asked about a new version."""
        kept = tuple(question for question in self.questions if question.about not in OF_A_VERSION)
        decisions = {place: decision for place, decision in self.decisions.items() if place < len(kept)}
        return Review(self.draft, kept, decisions, self.known)

    def meant(self, name: str) -> str:
        """The unit that a name in the document stands for, as things have been decided."""
        return self._unit(name).name

    # What is asked

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

    def takes(self, place: int, decision: Decision) -> bool:
        """Whether this is an answer to that question."""
        question = self.questions[place]
        choices = _CHOICES[question.about]
        if question.is_whole:
            choices = _OF_A_WHOLE.get(question.about, frozenset({Choice.KEEP})) | {Choice.EACH}
        if decision.choice not in choices | _ALWAYS:
            return False
        if decision.choice in {Choice.NEW, Choice.EXTERNAL} and question.about is About.RESPONSIBLE:
            return bool(question.text) and len(question.text or "") <= MAX_UNIT
        if decision.choice is Choice.OWNER:
            return decision.value in self.owners(question)
        return decision.choice not in _WITH_VALUE or bool(decision.value)

    def unanswered(self, place: int) -> Decision:
        """What an unanswered question comes to: what was read."""
        question = self.questions[place]
        if question.is_whole and question.about not in _OF_A_WHOLE:
            return Decision(choice=Choice.KEEP)
        if question.about is About.OWNER:
            owners = self.owners(question)
            return Decision(choice=Choice.OWNER, value=owners[0]) if owners else Decision(choice=Choice.NOBODY)
        if question.about in {About.RETITLED, About.SAME_TITLE}:
            return Decision(choice=Choice.SAME, value=question.like[0])
        if question.about is About.UNIT:
            return Decision(choice=Choice.EXTERNAL if self.reads_external(question.units[0]) else Choice.NEW)
        return Decision(choice=_UNANSWERED.get(question.about, Choice.KEEP))

    def reads_external(self, name: str) -> bool:
        """Whether a unit was read as one outside the municipality."""
        return any(unit.external for unit in self.draft.units if unit.name == name)

    def owners(self, question: Question) -> tuple[str, ...]:
        """The internal units of a measure, as the document names them: those that can be asked about it."""
        return self._owners_of(question.measure) if question.measures else ()

    def _owners_of(self, place: int) -> tuple[str, ...]:
        names = dict.fromkeys(self.draft.measures[place].units)
        found = {folded(self._unit(name).name): name for name in reversed(names) if not self._unit(name).external}
        return tuple(reversed(found.values()))

    def in_words(self, question: Question, text: str) -> Decision | Fault:
        """What words answer to a question, or what is wrong with them."""
        words = " ".join(text.split())
        if question.is_whole and question.about is not About.RESPONSIBLE:
            return Fault.NO_WORDS
        if question.about not in _SAID:
            return self._unit_in_words(question, words)
        fault = self._fault(question, words)
        return fault or Decision(choice=Choice.WORDS, value=text if question.about is About.DEADLINE else words)

    def _fault(self, question: Question, words: str) -> Fault | None:
        if len(words) > _SAID[question.about]:
            return Fault.TOO_LONG
        match question.about:
            case About.DEADLINE if has_no_day(self.understood(words)):
                return Fault.NO_DAY
            case About.COST if not _is_amount(words):
                return Fault.NO_AMOUNT
            case About.PERIOD if _years(words) is None:
                return Fault.NO_PERIOD
            case About.NUMBER:
                taken = {folded(each.ref) for place, each in enumerate(self.numbered) if place != question.measure}
                return Fault.TAKEN if folded(words) in taken else None
        return None

    def _unit_in_words(self, question: Question, words: str) -> Decision | Fault:
        names_unit = question.about in {About.UNIT, About.RESPONSIBLE, About.OWNER, About.OWNER_NOT_NAMED}
        if not names_unit:
            return Fault.NO_WORDS
        if len(words) > MAX_UNIT:
            return Fault.TOO_LONG
        known = [*self.known, *(unit.name for unit in named_units(self.draft))]
        written_alike = next((name for name in known if folded(name) == folded(words)), words)
        return Decision(choice=Choice.SAME, value=written_alike)

    def understood(self, phrase: str) -> Deadline:
        """A deadline in other words, in this plan's period."""
        period = self._period
        whole = Period.of_years(*period) if period and period[0] <= period[1] else None
        return parse(phrase, period=whole)

    def answered(self) -> dict[Key, Decision]:
        """The answers by what they answer, for the next version of the document."""
        found: dict[Key, Decision] = {}
        for place in self.asked:
            decision = self.decisions.get(place)
            if decision is None or decision.choice in {Choice.LATER, Choice.EACH}:
                continue
            question = self.questions[place]
            parts = [at for at, part in enumerate(self.questions) if part.parent == place]
            if question.is_whole and question.about not in _OF_A_WHOLE:
                for part in parts:
                    kept = self.unanswered(part)
                    found |= dict.fromkeys(keys_of(self.draft, self.questions[part]), kept)
            else:
                found |= dict.fromkeys(keys_of(self.draft, question), decision)
        return found

    def answers(self, before: Mapping[Key, Decision]) -> dict[int, Decision]:
        """Which of these questions were answered about an earlier version, by their places."""
        found = {}
        for place, question in enumerate(self.questions):
            given = {before[key] for key in keys_of(self.draft, question) if key in before}
            if question.parent is None and not question.is_whole and len(given) == 1:
                found[place] = given.pop()
        return {place: decision for place, decision in found.items() if self.takes(place, decision)}

    # What was decided

    @cached_property
    def settled(self) -> Draft:
        """The draft as it was decided."""
        measures = tuple(self._measure(place) for place in self.kept)
        title = self._words(About.TITLE) or self.draft.title
        return self.draft.model_copy(
            update={
                "title": title,
                "municipality": self._words(About.MUNICIPALITY) or self.draft.municipality,
                "period": self._period,
                "measures": measures,
                "units": self._units(measures),
            }
        )

    @property
    def kept(self) -> tuple[int, ...]:
        """The places of the measures that are taken along."""
        return tuple(place for place in range(len(self.draft.measures)) if place not in self._left_out)

    @cached_property
    def numbered(self) -> tuple[Measure, ...]:
        """The measures as they were read, with the numbers they were given."""
        refs = {
            question.measure: decision.value
            for question, decision in self._decided()
            if question.about is About.NUMBER and decision.choice is Choice.WORDS and not question.is_whole
        }
        return tuple(
            measure.model_copy(update={"ref": refs[place], "ref_is_ours": False}) if refs.get(place) else measure
            for place, measure in enumerate(self.draft.measures)
        )

    @cached_property
    def left_undecided(self) -> dict[str, tuple[str, ...]]:
        """What nobody has decided about each measure that is taken along: codes of `About` by its number."""
        found: dict[str, list[str]] = {}
        for place in self.undecided:
            question = self.questions[place]
            names = set(question.units)
            for at in self.kept:
                measure = self.numbered[at]
                if at in question.measures or names & {*measure.units, measure.owner}:
                    found.setdefault(measure.ref, []).append(question.about.value)
        return {ref: tuple(dict.fromkeys(codes)) for ref, codes in found.items()}

    @property
    def asked_of_nobody(self) -> frozenset[str]:
        """The numbers of the measures for which a person decided that nobody is asked yet."""
        return frozenset(
            self.numbered[place].ref
            for question, decision in self._decided()
            if decision.choice is Choice.NOBODY
            for place in question.measures
        )

    @property
    def into(self) -> str | None:
        """The short name of the plan that this is said to be a version of; empty for one that is said to be new."""
        for question, decision in self._decided():
            if question.about is About.INTO and decision.choice in {Choice.SAME, Choice.NEW}:
                return decision.value or ""
        return None

    @property
    def matched(self) -> dict[str, str | None]:
        """Which numbers were said to be which stored ones, None for one that is no stored one."""
        return {
            self.numbered[question.measure].ref: decision.value if decision.choice is Choice.SAME else None
            for question, decision in self._decided()
            if question.about in {About.SAME_MEASURE, About.RETITLED, About.SAME_TITLE}
            and decision.choice in {Choice.SAME, Choice.NEW}
        }

    def _decided(self) -> Iterator[tuple[Question, Decision]]:
        for place, decision in self.decisions.items():
            if place in self.asked:
                yield self.questions[place], decision

    def _words(self, about: About) -> str | None:
        return next((each.value for question, each in self._given() if question.about is about), None)

    def _given(self) -> Iterator[tuple[Question, Decision]]:
        """The answers in words, whether or not what they answer is asked any more."""
        for place, decision in self.decisions.items():
            if decision.choice is Choice.WORDS:
                yield self.questions[place], decision

    @cached_property
    def _period(self) -> tuple[int, int] | None:
        for place, question in enumerate(self.questions):
            decision = self.decisions.get(place)
            if question.about is About.PERIOD_CHANGE and decision and decision.choice is Choice.LEAVE:
                return _years(question.text or "")
        return self.draft.period or _years(self._words(About.PERIOD) or "")

    def _read_deadline(self, place: int) -> Deadline:
        """The deadline of a measure as it was read, in the period that was decided."""
        deadline = self.draft.measures[place].deadline
        return self.understood(deadline.text) if deadline.text and self._period != self.draft.period else deadline

    def _of_measures(self, choice: Choice) -> Iterator[int]:
        for place, decision in self.decisions.items():
            question = self.questions[place]
            if decision.choice is choice and question.about is About.MEASURE and self._is_taken_apart(question):
                yield from question.measures

    @cached_property
    def _left_out(self) -> frozenset[int]:
        return frozenset(self._of_measures(Choice.LEAVE))

    def _is_taken_apart(self, question: Question) -> bool:
        """Whether a part stands by itself; what is no part always does."""
        if question.parent is None:
            return True
        decision = self.decisions.get(question.parent)
        return decision is not None and decision.choice is Choice.EACH

    @cached_property
    def _named_still(self) -> frozenset[str]:
        """The units that are named by what is left of the measures, or by none at all."""
        left = [self.draft.measures[place] for place in self.kept]
        every, still = _names(self.draft.measures), _names(left)
        return frozenset(unit.name for unit in named_units(self.draft) if unit.name in still or unit.name not in every)

    def _applies(self, place: int) -> bool:
        question = self.questions[place]
        if not self._is_taken_apart(question):
            return False
        left_out = bool(question.measures) and all(at in self._left_out for at in question.measures)
        match question.about:
            case About.MEASURE:
                return True
            case About.UNIT:
                return any(name in self._named_still for name in question.units)
            case About.DEADLINE if not question.is_whole and self._period != self.draft.period:
                return not left_out and self._doubtful_still(question)
            case About.OWNER:
                places = [at for at in question.measures if at not in self._left_out]
                return any(len(self._owners_of(at)) > (0 if question.reasons else 1) for at in places)
        return not left_out

    def _doubtful_still(self, question: Question) -> bool:
        codes = {warning.value for warning in self._read_deadline(question.measure).warnings}
        return not codes.isdisjoint(question.reasons)

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
        for name in sorted(names):
            found.setdefault(folded(name), self._unit(name))
        return tuple(found.values())

    def _measure(self, place: int) -> Measure:
        measure = self.numbered[place]
        values: dict[str, object] = {
            "units": tuple(dict.fromkeys(self._unit(name).name for name in measure.units)),
            "owner": self._unit(measure.owner).name if measure.owner else None,
            "deadline": self._read_deadline(place),
        }
        for question, decision in self._decided():
            if place in question.measures:
                values |= self._settled_by(question, decision, place, values)
        return measure.model_copy(update=values)

    def _settled_by(
        self, question: Question, decision: Decision, place: int, values: Mapping[str, object]
    ) -> dict[str, object]:
        """The fields of a measure that an answer settles."""
        match question.about, decision.choice:
            case About.DEADLINE, Choice.WORDS:
                return {"deadline": self.understood(decision.value or "")}
            case About.DEADLINE, Choice.WITHOUT:
                return {"deadline": Deadline(text=question.text or "", kind=Kind.NOT_UNDERSTOOD)}
            case About.COST, Choice.WORDS | Choice.WITHOUT:
                costs = values.get("costs", self.draft.measures[place].costs)
                assert isinstance(costs, tuple)
                return {"costs": _with_amount(costs, question.lines[question.measures.index(place)], decision)}
            case About.RESPONSIBLE, Choice.SAME | Choice.NEW | Choice.EXTERNAL:
                unit = self._unit(decision.value or question.text or "")
                return {"units": (unit.name,), "owner": None if unit.external else unit.name}
            case About.OWNER | About.OWNER_NOT_NAMED, Choice.OWNER | Choice.SAME:
                unit = self._unit(decision.value or "")
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


def _is_amount(words: str) -> bool:
    amount = parse_amount(words).amount_nok
    return amount is not None and abs(amount) <= MAX_NOK


def _years(text: str) -> tuple[int, int] | None:
    """The years of a plan in words: "2026–2029", "fra 2026 til 2029", "2026"."""
    found = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    if not 1 <= len(found) <= 2 or not FIRST_YEAR <= found[0] <= found[-1] <= LAST_YEAR:
        return None
    return found[0], found[-1]


def _names(measures: Sequence[Measure]) -> frozenset[str]:
    return frozenset(name for measure in measures for name in (*measure.units, measure.owner) if name)
