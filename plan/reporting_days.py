"""The days on which a plan is to be evaluated, reviewed, revised and the like: by its own words, and by the law.

Beyond what a plan says, every plan is to be looked at before its period ends, and after each municipal election: the
new council adopts a planning strategy within a year of its constitution (plan- og bygningsloven § 10-1), which has to
happen by the end of October of the election year (kommuneloven § 7-1).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from plan.annual import reporting_years
from plan.deadline import Period
from plan.deadline.stretch import last_of_month
from plan.draft import ReportingDate, ReportingKind

KINDS = tuple(kind for kind in ReportingKind if kind is not ReportingKind.COUNCIL_REPORT)
"""What is followed up here; a report to the council has a round of its own."""
AN_ELECTION = 2023
ELECTION_EVERY = 4
BUDGET_MONTH = 8  # the proposal for the budget is made in the autumn: what is to be in it has to be there before


class Basis(StrEnum):
    """Why a plan is to be looked at: its own words, its end, or a newly elected council."""

    PROMISE = "promise"
    PLAN_ENDS = "plan_ends"
    ELECTION = "election"


@dataclass(frozen=True)
class PromisedDay:
    """The last day for something a plan is to undergo.

    `text` is the plan's own, empty where the law or the plan's end is the reason. `provisional`: nobody has named the
    day, and this is the one to plan for.
    """

    on: date
    kind: ReportingKind
    basis: Basis = Basis.PROMISE
    text: str = ""
    body: str | None = None
    provisional: bool = False


def promised_days(promises: Iterable[ReportingDate], period: Period, *, ends: bool = True) -> list[PromisedDay]:
    """Every such day of a plan in order, one for each kind and day; what several sentences promise has all of them.

    `ends`: whether the plan has a period of its own that ends, or `period` is only how far to look. Where it ends in
    the year in which a new council adopts its planning strategy, it is revised once, for both reasons.
    """
    found: dict[tuple[date, ReportingKind], PromisedDay] = {}
    for each in (*_by_law(period, ends=ends), *_by_words(promises, period)):
        before = found.get((each.on, each.kind))
        found[each.on, each.kind] = each if before is None else _together(before, each)
    if ends:
        _revise_once(found, period.last)
    return sorted(found.values(), key=lambda each: (each.on, KINDS.index(each.kind)))


def municipal_election(year: int) -> date | None:
    """The second Monday of September every fourth year (valgloven § 2-1); None in the other years."""
    if (year - AN_ELECTION) % ELECTION_EVERY:
        return None
    first = date(year, 9, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7)


def _by_words(promises: Iterable[ReportingDate], period: Period) -> Iterator[PromisedDay]:
    """Each on the last day of its months; without a month, budget input in August and all else in December."""
    for promise in promises:
        rule = promise.rule
        if rule is None or promise.kind is ReportingKind.COUNCIL_REPORT:
            continue
        month = rule.months[-1] if rule.months else BUDGET_MONTH if promise.kind is ReportingKind.BUDGET else 12
        for year in reporting_years(rule, period):
            on = last_of_month(year, month)
            yield PromisedDay(on, promise.kind, text=promise.text, body=rule.body, provisional=not rule.months)


def _by_law(period: Period, *, ends: bool) -> Iterator[PromisedDay]:
    for year in period.years:
        if municipal_election(year) is not None:
            # The day of the constitution is not known; this is the last that it can be.
            yield PromisedDay(date(year + 1, 10, 31), ReportingKind.REVISION, Basis.ELECTION, provisional=True)
    if ends:
        yield PromisedDay(period.last, ReportingKind.REVISION, Basis.PLAN_ENDS)


def _revise_once(found: dict[tuple[date, ReportingKind], PromisedDay], last: date) -> None:
    """The day of a planning strategy in a plan's last year takes in the revision because the plan ends."""
    of_election = (each for each in found.values() if each.basis is Basis.ELECTION and each.on.year == last.year)
    strategy = next(of_election, None)
    if strategy is not None:
        both = _together(strategy, found.pop((last, ReportingKind.REVISION)))
        found[strategy.on, strategy.kind] = replace(both, provisional=strategy.provisional)


def _together(one: PromisedDay, other: PromisedDay) -> PromisedDay:
    texts = dict.fromkeys(filter(None, (*one.text.split("\n"), *other.text.split("\n"))))
    return replace(
        one, text="\n".join(texts), body=one.body or other.body, provisional=one.provisional and other.provisional
    )
