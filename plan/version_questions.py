"""What a person is asked about a new version of a plan: which measures are which, and what is to stay as it is."""

from collections.abc import Sequence

from plan.changes import Archived, DoubtCode, PlanChanges
from plan.comparison import compare
from plan.draft import Draft, Measure
from plan.matching import folded_title, likeness
from plan.question import About, Question
from plan.review import Review

MAX_ALIKE = 3


def version_questions(review: Review, before: Draft, archived: Archived) -> tuple[Question, ...]:
    """The questions about a reviewed document that is a new version of `before`.

    Those about identity are the same whatever has been answered; the others are asked of the measures as they are
    matched now.
    """
    of_document = review.of_document()
    first = compare(before, of_document.settled, archived)
    found = [*_period_change(before, of_document), *_identity(review, before, first)]
    matched = compare(before, of_document.settled, archived, review.matched)
    return (*found, *_owners(of_document, matched))


def _period_change(before: Draft, review: Review) -> list[Question]:
    after = review.settled.period
    if before.period is None or after is None or after == before.period:
        return []
    text = f"{before.period[0]}-{before.period[1]}"
    return [Question(about=About.PERIOD_CHANGE, text=text, like=(f"{after[0]}-{after[1]}",))]


def _identity(review: Review, before: Draft, changes: PlanChanges) -> list[Question]:
    found = []
    for doubt in changes.doubts:
        about = _ABOUT.get(doubt.code)
        if about is None or doubt.before is None:
            continue
        proposed: Sequence[Measure] = (doubt.before,)
        if doubt.code is DoubtCode.SAME_MEASURE:
            gone = [each for each in changes.measures.gone if each.ref != doubt.before.ref]
            gone.sort(key=lambda each: -likeness(each.title, doubt.after.title))
            proposed = [doubt.before, *gone[: MAX_ALIKE - 1]]
        elif doubt.code is DoubtCode.SAME_TITLE:
            titled = [each for each in before.measures if folded_title(each.title) == folded_title(doubt.after.title)]
            proposed = [doubt.before, *(each for each in titled if each.ref != doubt.before.ref)][:MAX_ALIKE]
        found.append(
            Question(
                about=about,
                measures=(_place(review, changes, doubt.after),),
                reasons=(doubt.code.value,),
                like=tuple(each.ref for each in proposed),
                titles=tuple(each.title for each in proposed),
            )
        )
    return found


_ABOUT = {
    DoubtCode.SAME_MEASURE: About.SAME_MEASURE,
    DoubtCode.RETITLED: About.RETITLED,
    DoubtCode.SAME_TITLE: About.SAME_TITLE,
}


def _owners(review: Review, changes: PlanChanges) -> list[Question]:
    return [
        Question(
            about=About.OWNER_NOT_NAMED,
            measures=(_place(review, changes, doubt.after),),
            reasons=(doubt.code.value,),
            text=doubt.unit,
        )
        for doubt in changes.doubts
        if doubt.code is DoubtCode.OWNER_NOT_NAMED
    ]


def _place(review: Review, changes: PlanChanges, measure: Measure) -> int:
    """The place in the draft of a measure of the difference, which has the settled ones in their order."""
    refs = [each.ref for each in changes.measures.current]
    return review.of_document().kept[refs.index(measure.ref)]


def remapped(old: Review, fresh: Sequence[Question]) -> Review:
    """The review with other questions about the version, and the answers to those that are asked still."""
    base = old.of_document()
    kept = {question: old.decisions[place] for place, question in enumerate(old.questions) if place in old.decisions}
    decisions = dict(base.decisions)
    for number, question in enumerate(fresh, start=len(base.questions)):
        if question in kept:
            decisions[number] = kept[question]
    return Review(old.draft, (*base.questions, *fresh), decisions, old.known)
