"""The doubts of the readers: which of them a person is asked about, and which are told and not asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from plan.cost import AmountWarning
from plan.deadline import Deadline, DeadlineWarning, Kind, Period
from plan.draft import Draft, LeftOut, Measure
from plan.question import Question

NO_TITLE = "no_title"
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


def has_no_day(deadline: Deadline) -> bool:
    """Whether a phrase leaves the very doubt that made us ask for it."""
    return deadline.kind is Kind.NOT_UNDERSTOOD or not NO_DAY.isdisjoint(deadline.warnings)


def doubts_about_day(measure: Measure) -> tuple[str, ...]:
    """Why the day of a deadline may be the wrong one, or is missing."""
    doubts = [warning.value for warning in measure.deadline.warnings if warning in NO_DAY | WHICH_DAY]
    return (*doubts, *((BEFORE_PLAN,) if BEFORE_PLAN in measure.warnings else ()))


def doubts_about(deadline: Deadline, period: Period | None) -> tuple[str, ...]:
    """Why a deadline that somebody writes in a plan of a period may be another than was meant."""
    is_early = period is not None and deadline.is_before(period.first)
    doubts = [warning.value for warning in deadline.warnings if warning in NO_DAY | WHICH_DAY]
    if is_early:
        doubts = [BEFORE_PLAN, *(doubt for doubt in doubts if doubt != DeadlineWarning.OUTSIDE_PERIOD)]
    return tuple(doubts)


@dataclass(frozen=True)
class Note:
    """What the reading of a document doubted and no question settles: the numbers of the measures it is about.

    Without any it is about the document. `phrase` is the deadline it is about, `left_out` what was not taken along.
    """

    code: str
    refs: tuple[str, ...] = ()
    phrase: str = ""
    left_out: tuple[LeftOut, ...] = ()


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
    return tuple(
        Note(code, tuple(refs), phrase, tuple(each for each in draft.left_out if each.code == code))
        for (code, phrase), refs in found.items()
    )
