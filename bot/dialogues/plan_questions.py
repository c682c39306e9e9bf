"""The questions about a plan document in words, with the answers there are: for the chat and for the command line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

import templates
from bot.turn import shorten
from plan.cost import parse_amount
from plan.decision import Choice, Decision
from plan.doubts import Note, has_no_day
from plan.draft import Draft, LeftOut, Measure
from plan.question import About, Question
from plan.review import Review

CHOICES = tuple(Choice)
MAX_REFS = 12
MAX_PLACES = 3
MAX_TEXTS = 4
"""How much of what was left out of a plan a message names: places, and texts at each."""
REST = frozenset({About.UNIT, About.DEADLINE, About.COST, About.OWNER, About.NUMBER, About.MEASURE})
"""Where it makes sense to take the rest of a kind as the document has it."""

NEEDED: Mapping[About, tuple[str, ...]] = {
    About.INTO: ("titles",),
    About.TITLE: ("text",),
    About.MUNICIPALITY: (),
    About.PERIOD: (),
    About.MEASURE: ("measure", "reasons", "like"),
    About.NUMBER: ("measure", "reasons"),
    About.UNIT: ("unit", "like", "refs", "external"),
    About.RESPONSIBLE: ("measures", "text"),
    About.DEADLINE: ("measures", "deadline", "reasons", "is_lost"),
    About.COST: ("measures", "line", "reasons"),
    About.OWNER: ("measure", "partly"),
    About.PERIOD_CHANGE: ("before", "after"),
    About.SAME_MEASURE: ("measure", "proposed"),
    About.RETITLED: ("measure", "proposed"),
    About.SAME_TITLE: ("measure", "proposed"),
    About.OWNER_NOT_NAMED: ("measure", "unit"),
}
"""The arguments of the sentence of each kind of question, in `templates/chat/plan_question.j2`."""
ALWAYS_THERE: Mapping[About, tuple[tuple[Choice, str], ...]] = {
    About.TITLE: ((Choice.KEEP, "plan_keep_title"),),
    About.PERIOD: ((Choice.KEEP, "plan_no_period"),),
    About.NUMBER: ((Choice.KEEP, "plan_right"),),
}


@dataclass(frozen=True)
class Option:
    """An answer to choose: its label, a sentence of `templates/words/button.j2` or a name, and what it means.

    `value` is the place of what it chooses, among the proposals of the question or the units of the measure.
    """

    choice: Choice
    label: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    value: int = 0
    name: str = ""

    def text(self, language: str) -> str:
        """The label in words."""
        return self.name or templates.words.say(f"button.{self.label}", language=language, **self.values)


class Asking:
    """Puts the questions of a review into words."""

    def __init__(self, review: Review, language: str) -> None:
        self._review = review
        self._language = language

    def _say(self, name: str, /, **data: Any) -> Markup:
        return Markup(templates.chat.say(f"plan_question.{name}", language=self._language, **data).strip())

    def body(self, place: int) -> Markup:
        """The question itself, as Telegram's HTML."""
        question = self._review.questions[place]
        if question.is_whole and question.about is not About.RESPONSIBLE:
            return self._say(f"{question.about.value}_all", **self._about_all(question))
        return self._say(question.about.value, **self._about_one(question))

    def _measures(self, question: Question) -> list[Measure]:
        return [self._review.numbered[place] for place in question.measures]

    def _about_one(self, question: Question) -> dict[str, Any]:
        """What the sentence of a question needs."""
        measures = self._measures(question)
        found: dict[str, Any] = {
            "measures": measures,
            "reasons": question.reasons[:2],
            "like": question.like,
            "titles": question.titles,
            "text": question.text,
            "proposed": list(zip(question.like, question.titles, strict=False)),
            "partly": bool(question.reasons),
            "unit": question.text,
            "before": question.text,
            "after": "".join(question.like[:1]),
        }
        if measures:
            deadline = self._review.measure_of(question).deadline
            found |= {"measure": measures[0], "deadline": deadline, "is_lost": has_no_day(deadline)}
        if question.lines:
            found["line"] = measures[0].costs[question.lines[0]]
        if question.about is About.UNIT:
            (name,) = question.units
            refs = shortened_refs(naming(self._review.draft, name))
            found |= {"unit": name, "refs": refs, "external": self._review.reads_external(name)}
        return {name: found[name] for name in NEEDED[question.about]}

    def _about_all(self, question: Question) -> dict[str, Any]:
        review, measures = self._review, self._measures(question)
        match question.about:
            case About.UNIT:
                external = [name for name in question.units if review.reads_external(name)]
                return {"new": [name for name in question.units if name not in external], "external": external}
            case About.DEADLINE:
                return {"deadlines": list(self._deadlines(question))}
            case About.COST:
                lines = [measure.costs[line] for measure, line in zip(measures, question.lines, strict=True)]
                refs = [measure.ref for measure in measures]
                return {"amounts": list(zip(refs, lines, strict=True)), "reasons": question.reasons[:2]}
            case About.OWNER:
                return {"owners": list(self._owners(question))}
        return {"measures": measures, "reasons": question.reasons}

    def _parts(self, whole: Question) -> Iterator[Question]:
        place = self._review.questions.index(whole)
        return (part for part in self._review.questions if part.parent == place)

    def _deadlines(self, whole: Question) -> Iterator[tuple[list[str], Any]]:
        for part in self._parts(whole):
            yield [measure.ref for measure in self._measures(part)], self._review.measure_of(part).deadline

    def _owners(self, whole: Question) -> Iterator[tuple[Measure, str]]:
        for part in self._parts(whole):
            owners = self._review.owners(part)
            if owners and part.measure in self._review.kept:
                yield self._measures(part)[0], self._review.meant(owners[0])

    # The answers

    def options(self, place: int) -> list[Option]:
        """The answers to choose from; what takes words says so in its sentence."""
        question = self._review.questions[place]
        found = list(self._options(question))
        if question.is_whole:
            found.append(Option(Choice.EACH, "plan_each"))
        return found

    def _options(self, question: Question) -> Iterator[Option]:
        review, about = self._review, question.about
        if question.is_whole and about not in {About.MEASURE, About.RESPONSIBLE}:
            yield Option(Choice.KEEP, "plan_right")
            return
        for choice, label in ALWAYS_THERE.get(about, ()):
            yield Option(choice, label)
        if about in {About.UNIT, About.RESPONSIBLE}:
            yield from self._about_unit(question)
        elif about is About.MEASURE:
            yield Option(Choice.TAKE, "plan_take_all" if question.is_whole else "plan_take")
            yield Option(Choice.LEAVE, "plan_leave_all" if question.is_whole else "plan_leave")
        elif about is About.DEADLINE:
            yield from self._about_day(question)
        elif about is About.COST:
            read = review.measure_of(question).costs[question.lines[0]].amount_nok is not None
            yield Option(Choice.KEEP, "plan_right" if read else "plan_keep_text")
            if read:
                yield Option(Choice.WITHOUT, "plan_keep_text")
        elif about in {About.OWNER, About.OWNER_NOT_NAMED}:
            yield from self._about_owner(question)
        else:
            yield from _about_versions(question)

    def _about_unit(self, question: Question) -> Iterator[Option]:
        for number, name in enumerate(question.like):
            if question.about is About.UNIT:
                yield Option(Choice.SAME, "plan_same", {"unit": shorten(name)}, number)
            else:
                yield Option(Choice.SAME, name=shorten(name), value=number)
        place = self._review.questions.index(question)
        new = "plan_new_unit" if question.about is About.UNIT else "plan_unit_of_text"
        for choice, label in ((Choice.NEW, new), (Choice.EXTERNAL, "plan_external")):
            if self._review.takes(place, Decision(choice=choice)):
                yield Option(choice, label)
        if question.about is About.RESPONSIBLE:
            yield Option(Choice.NOBODY, "plan_nobody")

    def _about_day(self, question: Question) -> Iterator[Option]:
        deadline = self._review.measure_of(question).deadline
        if deadline.due is not None:
            yield Option(Choice.KEEP, "plan_keep_day", {"day": deadline.due})
            yield Option(Choice.WITHOUT, "plan_keep_without_day")
        else:
            yield Option(Choice.KEEP, "plan_keep_without_day" if has_no_day(deadline) else "plan_right")

    def _about_owner(self, question: Question) -> Iterator[Option]:
        if question.about is About.OWNER_NOT_NAMED:
            yield Option(Choice.KEEP, "plan_keep_owner", {"unit": shorten(question.text or "", 24)})
        units = self._review.draft.measures[question.measure].units
        for name in self._review.owners(question):
            yield Option(Choice.OWNER, name=shorten(name), value=units.index(name))
        if question.about is About.OWNER:
            yield Option(Choice.NOBODY, "plan_nobody")

    def decision(self, place: int, choice: int, value: int) -> Decision | None:
        """What the numbers of an answer mean; None for numbers that no answer has."""
        if choice >= len(CHOICES):
            return None
        question = self._review.questions[place]
        names: tuple[str, ...] = ()
        if CHOICES[choice] is Choice.SAME:
            names = question.like
        elif CHOICES[choice] is Choice.OWNER and question.measures:
            names = self._review.draft.measures[question.measure].units
        return Decision(choice=CHOICES[choice], value=names[value] if value < len(names) else None)

    # What was answered

    def answer(self, place: int) -> Markup | None:
        """What was answered, or None."""
        decision = self._review.decisions.get(place)
        if decision is None:
            return None
        about, value = self._review.questions[place].about, decision.value
        if decision.choice is Choice.KEEP and about is About.OWNER_NOT_NAMED:
            return self._say(
                "answer", choice="owner", value=self._review.questions[place].text, deadline=None, amount=None
            )
        in_words = decision.choice is Choice.WORDS and value is not None
        return self._say(
            "answer",
            choice=decision.choice.value,
            value=value,
            deadline=self._review.understood(value or "") if in_words and about is About.DEADLINE else None,
            amount=parse_amount(value).amount_nok if in_words and about is About.COST else None,
        )

    def line(self, number: int, place: int) -> Markup:
        """A question with its answer, as one line of a list."""
        question = self._review.questions[place]
        refs = shortened_refs([measure.ref for measure in self._measures(question)])
        subject = self._say("subject", about=question.about.value, refs=", ".join(refs), text=", ".join(question.units))
        return self._say("line", number=number, subject=subject, answer=self.answer(place))


def _about_versions(question: Question) -> Iterator[Option]:
    match question.about:
        case About.INTO:
            for number, title in enumerate(question.titles):
                yield Option(Choice.SAME, "plan_version_of", {"title": shorten(title)}, number)
            yield Option(Choice.NEW, "plan_new_plan")
        case About.PERIOD_CHANGE:
            yield Option(Choice.TAKE, "plan_change_period")
            yield Option(Choice.LEAVE, "plan_keep_period", {"period": question.text})
        case About.SAME_MEASURE | About.SAME_TITLE | About.RETITLED:
            for number, ref in enumerate(question.like):
                yield Option(Choice.SAME, "plan_is_same", {"ref": ref}, number)
            yield Option(Choice.NEW, "plan_is_other")


def naming(draft: Draft, name: str) -> list[str]:
    """The numbers of the measures that name a unit."""
    return [measure.ref for measure in draft.measures if name in (*measure.units, measure.owner)]


def shortened_refs(refs: list[str] | tuple[str, ...]) -> list[str]:
    """Numbers to list: of many the first ones and the last."""
    return list(refs) if len(refs) <= MAX_REFS else [*refs[: MAX_REFS - 2], "…", refs[-1]]


def note_in_words(note: Note, language: str) -> str:
    """What is doubtful and not asked, in the sentence the command line has for it."""
    name = f"doubt.{note.code}" if f"doubt.{note.code}" in templates.cli.names() else "doubt.other"
    refs = ", ".join(shortened_refs(note.refs))
    said = templates.cli.say(name, language=language, measure=refs, phrase=note.phrase, code=note.code)
    return " ".join([said, *(_left_out_in_words(each, language) for each in note.left_out[:MAX_PLACES])])


def _left_out_in_words(left_out: LeftOut, language: str) -> str:
    texts = left_out.texts[:MAX_TEXTS]
    more = len(left_out.texts) - len(texts)
    return templates.cli.say("doubt.left_out", language=language, place=left_out.source, texts=texts, more=more)
