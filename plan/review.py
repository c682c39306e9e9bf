"""A draft, the questions about it, what a person has answered so far, and the draft that comes of it.

Whoever answers nothing gets the draft as it was read.
"""

from collections.abc import Mapping
from functools import cached_property

from plan.answers import Answers, years_in
from plan.cost import parse_amount
from plan.decision import ALWAYS, CHOICES, OF_A_WHOLE, SAID, UNANSWERED, WITH_VALUE, Choice, Decision, Fault
from plan.doubts import has_no_day
from plan.draft import MAX_NOK, MAX_UNIT, Draft, named_units
from plan.matching import folded
from plan.question import OF_A_VERSION, About, Key, Question, keys_of
from plan.settling import settle


class Review(Answers):
    """What answers there are to the questions about a draft, and what comes of those that were given."""

    def of_document(self) -> "Review":
        """The review of the document alone, without what is asked about a new version."""
        kept = tuple(question for question in self.questions if question.about not in OF_A_VERSION)
        decisions = {place: decision for place, decision in self.decisions.items() if place < len(kept)}
        return Review(self.draft, kept, decisions, self.known)

    def takes(self, place: int, decision: Decision) -> bool:
        """Whether this is an answer to that question."""
        question = self.questions[place]
        choices = CHOICES[question.about]
        if question.is_whole:
            choices = OF_A_WHOLE.get(question.about, frozenset({Choice.KEEP})) | {Choice.EACH}
        if decision.choice not in choices | ALWAYS:
            return False
        if decision.choice in {Choice.NEW, Choice.EXTERNAL} and question.about is About.RESPONSIBLE:
            return bool(question.text) and len(question.text or "") <= MAX_UNIT
        if decision.choice is Choice.OWNER:
            return decision.value in self.owners(question)
        return decision.choice not in WITH_VALUE or bool(decision.value)

    def unanswered(self, place: int) -> Decision:
        """What an unanswered question comes to: what was read."""
        question = self.questions[place]
        if question.is_whole and question.about not in OF_A_WHOLE:
            return Decision(choice=Choice.KEEP)
        if question.about is About.OWNER:
            owners = self.owners(question)
            return Decision(choice=Choice.OWNER, value=owners[0]) if owners else Decision(choice=Choice.NOBODY)
        if question.about in {About.RETITLED, About.SAME_TITLE}:
            return Decision(choice=Choice.SAME, value=question.like[0])
        if question.about is About.UNIT:
            return Decision(choice=Choice.EXTERNAL if self.reads_external(question.units[0]) else Choice.NEW)
        return Decision(choice=UNANSWERED.get(question.about, Choice.KEEP))

    def in_words(self, question: Question, text: str) -> Decision | Fault:
        """What words answer to a question, or what is wrong with them."""
        words = " ".join(text.split())
        if question.is_whole and question.about is not About.RESPONSIBLE:
            return Fault.NO_WORDS
        if question.about not in SAID:
            return self._unit_in_words(question, words)
        fault = self._fault(question, words)
        return fault or Decision(choice=Choice.WORDS, value=text if question.about is About.DEADLINE else words)

    def _fault(self, question: Question, words: str) -> Fault | None:
        if len(words) > SAID[question.about]:
            return Fault.TOO_LONG
        match question.about:
            case About.DEADLINE if has_no_day(self.understood(words)):
                return Fault.NO_DAY
            case About.COST if not _is_amount(words):
                return Fault.NO_AMOUNT
            case About.PERIOD if years_in(words) is None:
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

    def answered(self) -> dict[Key, Decision]:
        """The answers by what they answer, for the next version of the document."""
        found: dict[Key, Decision] = {}
        for place in self.asked:
            decision = self.decisions.get(place)
            if decision is None or decision.choice in {Choice.LATER, Choice.EACH}:
                continue
            question = self.questions[place]
            parts = [at for at, part in enumerate(self.questions) if part.parent == place]
            if question.is_whole and question.about not in OF_A_WHOLE:
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

    @cached_property
    def settled(self) -> Draft:
        """The draft as it was decided."""
        return settle(self)

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
            for question, decision in self.decided()
            if decision.choice is Choice.NOBODY
            for place in question.measures
        )

    @property
    def into(self) -> str | None:
        """The short name of the plan that this is said to be a version of; empty for one that is said to be new."""
        for question, decision in self.decided():
            if question.about is About.INTO and decision.choice in {Choice.SAME, Choice.NEW}:
                return decision.value or ""
        return None

    @property
    def matched(self) -> dict[str, str | None]:
        """Which numbers were said to be which stored ones, None for one that is no stored one."""
        return {
            self.numbered[question.measure].ref: decision.value if decision.choice is Choice.SAME else None
            for question, decision in self.decided()
            if question.about in {About.SAME_MEASURE, About.RETITLED, About.SAME_TITLE}
            and decision.choice in {Choice.SAME, Choice.NEW}
        }


def _is_amount(words: str) -> bool:
    amount = parse_amount(words).amount_nok
    return amount is not None and abs(amount) <= MAX_NOK
