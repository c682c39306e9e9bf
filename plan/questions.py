"""What a person is asked about a draft before it is stored: each doubt that a person can settle, once.

Doubts of one kind that hardly differ are one question about them all, which can be taken apart.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plan.deadline import DeadlineWarning
from plan.doubts import (
    MENDED,
    NO_TITLE,
    NOT_SURELY_A_MEASURE,
    NUMBER_DOUBTS,
    TITLE_TWICE,
    UNREAD,
    doubts_about_day,
    has_no_day,
)
from plan.draft import Draft, Measure, named_units
from plan.matching import folded, folded_title
from plan.question import About, Key, Question, keys_of
from plan.unit_likeness import MAX_LIKE, like, mentioned


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
        if NO_TITLE in draft.warnings:
            self._found.append(Question(about=About.TITLE, text=draft.title, reasons=(NO_TITLE,)))
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
            if measure.deadline.text and (doubts_about_day(measure) or has_no_day(measure.deadline)):
                by_text.setdefault(folded(measure.deadline.text), []).append(place)
        without: list[Question] = []
        doubtful: list[Question] = []
        for places in by_text.values():
            measure = self._draft.measures[places[0]]
            question = Question(
                about=About.DEADLINE,
                measures=tuple(places),
                text=measure.deadline.text,
                reasons=doubts_about_day(measure) or (DeadlineWarning.NOT_UNDERSTOOD.value,),
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
