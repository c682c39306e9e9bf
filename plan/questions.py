"""What a person is asked about a draft before it is stored: each doubt that a person can settle, once.

Doubts of one kind that hardly differ are one question about them all, which can be taken apart.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from plan.changes import named_units
from plan.cost import AmountWarning
from plan.deadline import Deadline, DeadlineWarning, Kind
from plan.draft import Draft, Measure
from plan.matching import folded, folded_title
from plan.unit_likeness import MAX_LIKE, like, mentioned

NOT_SURELY_A_MEASURE = ("title_guessed", "only_title", "columns_guessed")
TITLE_TWICE = "title_twice"
NUMBER_DOUBTS = ("ref_mended", "ref_not_unique")
NUMBERS_MADE = "numbers_made"
"""No doubt of the reader: the plan has no numbers of its own, and an admin should know where these come from."""
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
WHICH_DAY = frozenset(
    {
        DeadlineWarning.REST_NOT_UNDERSTOOD,
        DeadlineWarning.COUNTED_FROM_PLAN_START,
        DeadlineWarning.OUTSIDE_PERIOD,
        DeadlineWarning.SEVERAL_DATES,
        DeadlineWarning.SEVERAL_KINDS,
        DeadlineWarning.GUESSED_CENTURY,
        DeadlineWarning.YEAR_ASSUMED,
        DeadlineWarning.SCHOOL_YEAR_ASSUMED,
        DeadlineWarning.ELECTION_PERIOD_ASSUMED,
        DeadlineWarning.AMBIGUOUS_RANGE,
        DeadlineWarning.DATE_IN_CONDITION,
        DeadlineWarning.DAY_OF_MONTH_UNPLACED,
    }
)
"""A time was understood, and may be the wrong one. The other warnings change no day, and are told and not asked."""
BEFORE_PLAN = "deadline_before_plan"
UNREAD = frozenset(
    {
        AmountWarning.NOT_READ,
        AmountWarning.RANGE,
        AmountWarning.SEVERAL,
        AmountWarning.SCALE_MISSING,
        AmountWarning.LOOKS_LIKE_YEAR,
    }
)
MENDED = frozenset(
    {
        AmountWarning.AMBIGUOUS,
        AmountWarning.SCALE_MISSING,
        AmountWarning.LOOKS_LIKE_YEAR,
        AmountWarning.FULL_KRONER_ASSUMED,
    }
)


class About(StrEnum):
    """What a question is about, in the order in which they are asked: each may settle some of those after it."""

    INTO = "into"  # is this a new version of a plan we have?
    TITLE = "title"  # what is the plan called?
    MUNICIPALITY = "municipality"
    PERIOD = "period"  # which years does it cover?
    MEASURE = "measure"  # is this a measure?
    NUMBER = "number"  # is this its number?
    UNIT = "unit"  # which unit is this name?
    RESPONSIBLE = "responsible"  # who is meant by a text that names nobody?
    DEADLINE = "deadline"  # which day?
    COST = "cost"  # which amount?
    OWNER = "owner"  # which of several units is asked?
    # Of a new version of a plan:
    PERIOD_CHANGE = "period_change"  # does it cover other years now?
    SAME_MEASURE = "same_measure"  # is it one that is gone?
    RETITLED = "retitled"  # is it still the same?
    SAME_TITLE = "same_title"  # which of several with this title?
    OWNER_NOT_NAMED = "owner_not_named"  # does the unit still follow up?


OF_A_VERSION = frozenset(
    {About.PERIOD_CHANGE, About.SAME_MEASURE, About.RETITLED, About.SAME_TITLE, About.OWNER_NOT_NAMED}
)


class Question(BaseModel):
    """One question. `measures` are places in the draft, `units` names in it, `reasons` are codes of doubts.

    `text` is what the document says, verbatim. `like` are proposals, the likeliest first: names of units, short names
    of plans, or numbers of stored measures, with their `titles`. `lines` are the cost lines, one of each measure.
    `parent` is the place of the question it is a part of: it is asked when that is taken apart.
    """

    model_config = ConfigDict(frozen=True)

    about: About
    measures: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    text: str | None = None
    like: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    parent: int | None = None
    is_whole: bool = False

    @property
    def measure(self) -> int:
        """The measure it is about, where it is about one."""
        return self.measures[0]


Key = tuple[str, ...]


def keys_of(draft: Draft, question: Question) -> tuple[Key, ...]:
    """What the answer to a question answers, by itself: the same in another version of the document."""
    titles = [folded_title(draft.measures[place].title) for place in question.measures]
    about = question.about.value
    match question.about:
        case About.UNIT:
            return tuple((about, folded(name)) for name in question.units)
        case About.DEADLINE:
            return ((about, folded(question.text or "")),)
        case About.MEASURE | About.NUMBER | About.RESPONSIBLE | About.OWNER:
            said = [folded(draft.measures[place].responsible or "") for place in question.measures]
            return tuple((about, title, text) for title, text in zip(titles, said, strict=True))
        case About.COST:
            return tuple((about, title, folded(question.text or "")) for title in titles)
        case About.TITLE | About.MUNICIPALITY | About.PERIOD:
            return ((about,),)
    return ()


def has_no_day(deadline: Deadline) -> bool:
    """Whether a phrase leaves the very doubt that made us ask for it."""
    return deadline.kind is Kind.NOT_UNDERSTOOD or not NO_DAY.isdisjoint(deadline.warnings)


@dataclass(frozen=True)
class Known:
    """What is known before a document is read.

    `units` by name and whether external; `stored` are the measures of the stored version of the plan, by the place of
    the same in the draft; `answered` is what was answered about an earlier version; `plans` are short names and titles
    of plans it may be a version of; `municipality` and `period` say whether these are known.
    """

    units: Mapping[str, bool] = field(default_factory=dict)
    stored: Mapping[int, Measure] = field(default_factory=dict)
    answered: Collection[Key] = frozenset()
    plans: Mapping[str, str] = field(default_factory=dict)
    municipality: bool = False
    period: bool = False


NOTHING_KNOWN = Known()


def questions(draft: Draft, known: Known = NOTHING_KNOWN) -> tuple[Question, ...]:
    """Everything a person is to be asked about a draft."""
    return tuple(_Asking(draft, known).all())


class _Asking:
    def __init__(self, draft: Draft, known: Known) -> None:
        self._draft, self._known = draft, known
        self._found: list[Question] = []
        self._internal = [unit.name for unit in named_units(draft) if not known.units.get(unit.name, unit.external)]

    def all(self) -> list[Question]:
        self._about_the_plan()
        self._about_measures()
        self._about_numbers()
        self._about_units()
        self._about_responsible()
        self._about_deadlines()
        self._about_costs()
        self._about_owners()
        return self._found

    def _ask(self, found: Iterable[Question], whole: Callable[[Sequence[Question]], Question] | None = None) -> None:
        """Ask each; where there are several and `whole` puts them together, that first.

        What was answered before stands by itself, so that only what is new is put together.
        """
        new = []
        for question in found:
            if any(key in self._known.answered for key in keys_of(self._draft, question)):
                self._found.append(question)
            else:
                new.append(question)
        if whole is None or len(new) < 2:
            self._found += new
            return
        place = len(self._found)
        self._found.append(whole(new))
        self._found += [question.model_copy(update={"parent": place}) for question in new]

    def _is_news(self, place: int, name: str) -> bool:
        """Whether a field of a measure is not what is stored already, or somebody has answered about it."""
        stored = self._known.stored.get(place)
        measure = self._draft.measures[place]
        if stored is None:
            return True
        match name:
            case "deadline":
                return folded(stored.deadline.text) != folded(measure.deadline.text)
            case "costs":
                return stored.costs != measure.costs
            case "responsible":
                return folded(stored.responsible or "") != folded(measure.responsible or "")
        return False

    def _asked_about(self, question: Question, name: str) -> bool:
        answered = any(key in self._known.answered for key in keys_of(self._draft, question))
        return answered or any(self._is_news(place, name) for place in question.measures)

    def _about_the_plan(self) -> None:
        draft, known = self._draft, self._known
        if known.plans:
            self._found.append(Question(about=About.INTO, like=tuple(known.plans), titles=tuple(known.plans.values())))
        if "no_title" in draft.warnings:
            self._found.append(Question(about=About.TITLE, text=draft.title, reasons=("no_title",)))
        if draft.municipality is None and not known.municipality:
            self._found.append(Question(about=About.MUNICIPALITY, reasons=("no_municipality",)))
        if draft.period is None and not known.period:
            self._found.append(Question(about=About.PERIOD, reasons=("no_period",)))

    def _about_measures(self) -> None:
        first: dict[str, int] = {}
        by_reasons: dict[tuple[str, ...], list[Question]] = {}
        for place, measure in enumerate(self._draft.measures):
            reasons = [code for code in NOT_SURELY_A_MEASURE if code in measure.warnings]
            other = first.setdefault(folded_title(measure.title), place)
            same = (self._draft.measures[other].ref,) if other != place else ()
            if same and measure.description == self._draft.measures[other].description:
                reasons.append(TITLE_TWICE)
            question = Question(about=About.MEASURE, measures=(place,), reasons=tuple(reasons), like=same)
            if reasons and self._asked_about(question, "is"):
                by_reasons.setdefault(tuple(reasons), []).append(question)
        for found in by_reasons.values():
            self._ask(found, _together)

    def _about_numbers(self) -> None:
        for code in NUMBER_DOUBTS:
            found = [
                Question(about=About.NUMBER, measures=(place,), text=measure.ref, reasons=(code,))
                for place, measure in enumerate(self._draft.measures)
                if code in measure.warnings
            ]
            self._ask([each for each in found if self._asked_about(each, "number")], _together)

    def _about_units(self) -> None:
        settled = {folded(name) for name in self._known.units}
        before: list[str] = []
        alike: list[Question] = []
        unlike: list[Question] = []
        for unit in named_units(self._draft):
            if folded(unit.name) not in settled:
                proposed = like(unit.name, [*self._known.units, *before])
                (alike if proposed else unlike).append(Question(about=About.UNIT, units=(unit.name,), like=proposed))
                before.append(unit.name)
        self._ask(alike)
        self._ask(unlike, _together)

    def _about_responsible(self) -> None:
        by_text: dict[str, list[int]] = {}
        for place, measure in enumerate(self._draft.measures):
            if not {"responsible_unclear", "responsible_missing"}.isdisjoint(measure.warnings) and not measure.units:
                by_text.setdefault(folded(measure.responsible or ""), []).append(place)
        for places in by_text.values():
            text = self._draft.measures[places[0]].responsible
            reason = "responsible_unclear" if text else "responsible_missing"
            found = [
                Question(about=About.RESPONSIBLE, measures=(place,), text=text, reasons=(reason,), like=self._who(text))
                for place in places
            ]
            self._ask([each for each in found if self._asked_about(each, "responsible")], _together)

    def _who(self, text: str | None) -> tuple[str, ...]:
        """The units that a text may mean, then those that most measures name."""
        known = [name for name, external in self._known.units.items() if not external]
        names = list(dict.fromkeys([*known, *self._internal]))
        named = Counter(name for measure in self._draft.measures for name in measure.units if name in self._internal)
        often = [name for name, _count in named.most_common(MAX_LIKE)]
        return tuple(dict.fromkeys([*(mentioned(text, names) if text else ()), *often]))[: MAX_LIKE + 1]

    def _about_deadlines(self) -> None:
        by_text: dict[str, list[int]] = {}
        for place, measure in enumerate(self._draft.measures):
            if measure.deadline.text and (_doubts_about_day(measure) or has_no_day(measure.deadline)):
                by_text.setdefault(folded(measure.deadline.text), []).append(place)
        without: list[Question] = []
        doubtful: list[Question] = []
        for places in by_text.values():
            measure = self._draft.measures[places[0]]
            question = Question(
                about=About.DEADLINE,
                measures=tuple(places),
                text=measure.deadline.text,
                reasons=_doubts_about_day(measure) or (DeadlineWarning.NOT_UNDERSTOOD.value,),
            )
            if self._asked_about(question, "deadline"):
                (without if has_no_day(measure.deadline) else doubtful).append(question)
        self._ask(without)
        self._ask(doubtful, _together)

    def _about_costs(self) -> None:
        by_text: dict[tuple[str, ...], list[Question]] = {}
        for place, measure in enumerate(self._draft.measures):
            for question in self._doubtful_lines(place, measure):
                if self._asked_about(question, "costs"):
                    key = (folded(question.text or ""), *question.reasons)
                    # An amount that was read may be another one in another measure: only a text is the same.
                    unread = measure.costs[question.lines[0]].amount_nok is None
                    by_text.setdefault(key if unread else (*key, str(place)), []).append(question)
        for found in by_text.values():
            is_one = len({each.measure for each in found}) == len(found)
            self._ask([_merged(found)] if is_one else found, _together)

    def _doubtful_lines(self, place: int, measure: Measure) -> Iterator[Question]:
        unread = tuple(code for code in measure.warnings if code in UNREAD)
        mended = tuple(code for code in measure.warnings if code in MENDED)
        for number, line in enumerate(measure.costs):
            reasons = mended if line.amount_nok is not None else unread if line.text else ()
            if reasons:
                yield Question(about=About.COST, measures=(place,), lines=(number,), text=line.text, reasons=reasons)

    def _about_owners(self) -> None:
        found = []
        for place, measure in enumerate(self._draft.measures):
            partly = "responsible_partly_unclear" in measure.warnings
            stored = self._known.stored.get(place)
            several = self._draft.owner_is_proposed(measure)
            if (several or (partly and measure.units and measure.owner is None)) and not (stored and stored.owner):
                reasons = ("responsible_partly_unclear",) if partly else ()
                found.append(Question(about=About.OWNER, measures=(place,), reasons=reasons, text=measure.responsible))
        self._ask(found, _together)


def _doubts_about_day(measure: Measure) -> tuple[str, ...]:
    doubts = [warning.value for warning in measure.deadline.warnings if warning in NO_DAY | WHICH_DAY]
    return (*doubts, *((BEFORE_PLAN,) if BEFORE_PLAN in measure.warnings else ()))


def _together(parts: Sequence[Question]) -> Question:
    """The question about all of these at once."""
    first = parts[0]
    texts = {part.text for part in parts}
    return first.model_copy(
        update={
            "measures": tuple(place for part in parts for place in part.measures),
            "units": tuple(name for part in parts for name in part.units),
            "reasons": tuple(dict.fromkeys(code for part in parts for code in part.reasons)),
            "lines": tuple(line for part in parts for line in part.lines),
            "text": first.text if len(texts) == 1 else None,
            "like": first.like if first.about is About.RESPONSIBLE else (),
            "is_whole": True,
        }
    )


def _merged(parts: Sequence[Question]) -> Question:
    """One question about the same text in several measures."""
    whole = _together(parts)
    return whole.model_copy(update={"is_whole": False})


@dataclass(frozen=True)
class Note:
    """What the reading of a document doubted and no question settles: the numbers of the measures it is about.

    Without any it is about the document. `phrase` is the deadline it is about.
    """

    code: str
    refs: tuple[str, ...] = ()
    phrase: str = ""


def notes(draft: Draft, asked: Sequence[Question]) -> tuple[Note, ...]:
    """Every doubt of the reading that is no question, each once."""
    covered = {(code, place) for question in asked for code in question.reasons for place in question.measures}
    of_plan = {code for question in asked for code in question.reasons if not question.measures}
    found: dict[tuple[str, str], list[str]] = {(code, ""): [] for code in draft.warnings if code not in of_plan}
    for place, measure in enumerate(draft.measures):
        doubts = [(code, "") for code in measure.warnings]
        doubts += [(warning.value, measure.deadline.text) for warning in measure.deadline.warnings]
        if measure.ref_is_ours and "ref_not_unique" not in measure.warnings:
            doubts.append((NUMBERS_MADE, ""))
        for code, phrase in dict.fromkeys(doubts):
            if (code, place) not in covered:
                found.setdefault((code, phrase), []).append(measure.ref)
    return tuple(Note(code, tuple(refs), phrase) for (code, phrase), refs in found.items())
