"""The steps of a request: on which day its unit is reminded, and when it goes up a level. Pure.

A reminder whose day is no working day goes out on the one before; a nag or an escalation on the one after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plan.draft import ReportingKind
from plan.workday import WorkCalendar
from scheduler.settings import FollowUp, PlanSettings

LAST_DAYS = 2
PAUSE_BEFORE_ESCALATION = 2
END_AFTER = 10  # working days


@dataclass(frozen=True)
class Step:
    """One step: `name` is stored with the reminder ("opened", "lead:60", "nag:1", "escalate:1"), `on` is its day."""

    name: str
    on: date

    @property
    def kind(self) -> str:
        """The name without its number: opened, halfway, last_days, reply_by, lead, due, nag or escalate."""
        return self.name.split(":")[0]

    @property
    def escalates(self) -> bool:
        """Whether the step goes to somebody else than the unit that was asked."""
        return self.kind == "escalate"


def of_round(
    opens: date, halfway: date, reply_by: date, settings: PlanSettings, calendar: WorkCalendar
) -> tuple[Step, ...]:
    """The steps of a round's request, in order of their days."""
    before = (
        Step("opened", calendar.on_or_before(opens)),
        Step("halfway", calendar.on_or_before(halfway)),
        Step("last_days", calendar.add(reply_by, -LAST_DAYS)),
        Step("reply_by", calendar.on_or_before(reply_by)),
    )
    return _in_order((*before, *_after(reply_by, settings.after_reply_by, calendar)))


def of_deadline(due: date, settings: PlanSettings, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The steps of a request about a deadline: the lead reminders, the day itself, then until it is answered."""
    return _around(due, settings.lead_days, settings.after_deadline, calendar)


def of_reporting_day(
    kind: ReportingKind, due: date, settings: PlanSettings, calendar: WorkCalendar
) -> tuple[Step, ...]:
    """The steps of a reporting day: notice of it, the day itself, then until somebody does it or moves it."""
    after = FollowUp(nag_after=settings.after_reporting_day, escalate_after=())
    return _around(due, settings.of_kind(kind).notice, after, calendar)


def _around(due: date, lead_days: Sequence[int], after: FollowUp, calendar: WorkCalendar) -> tuple[Step, ...]:
    leads = tuple(
        Step(f"lead:{days}", calendar.on_or_before(due - timedelta(days=days)))
        for days in lead_days
        if due - date.min > timedelta(days=days)
    )
    return _in_order((*leads, Step("due", calendar.on_or_before(due)), *_after(due, after, calendar)))


def of_targets(asked_on: date, settings: PlanSettings, calendar: WorkCalendar) -> tuple[Step, ...]:
    """The steps after units were asked about result targets outside a round; at the "end" it is asked no more."""
    steps = _in_order(_after(asked_on, settings.after_deadline, calendar))
    last = steps[-1].on if steps else asked_on
    return (*steps, Step("end", calendar.add(last, END_AFTER)))


def of_part(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Those of the steps that ask a unit for its part: reminded once after the day, and never taken up a level."""
    nags = [step for step in steps if step.kind == "nag"]
    return tuple(step for step in steps if not step.escalates and step not in nags[1:])


def _after(anchor: date, follow_up: FollowUp, calendar: WorkCalendar) -> tuple[Step, ...]:
    nags = (Step(f"nag:{n}", calendar.add(anchor, days)) for n, days in enumerate(follow_up.nag_after, 1))
    ups = (Step(f"escalate:{n}", calendar.add(anchor, days)) for n, days in enumerate(follow_up.escalate_after, 1))
    return (*nags, *ups)


def _in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps in the order they are listed, none on a day before the one ahead of it."""
    ordered: list[Step] = []
    for step in steps:
        ordered.append(Step(step.name, max(step.on, ordered[-1].on) if ordered else step.on))
    return tuple(ordered)


@dataclass(frozen=True)
class Taken:
    """What one pass takes up of a request: the steps, how many are then behind it, and the day of the next."""

    steps: tuple[Step, ...]
    behind: int
    next_on: date | None


def take(steps: Sequence[Step], behind: int, today: date, calendar: WorkCalendar) -> Taken:
    """Take up what is due of the steps after the first `behind`.

    Reminders that were missed are taken up together: they make one message. An escalation stands alone, and never
    comes sooner than two working days after whatever was said last: after a long downtime a unit is reminded before
    its superior hears of it.
    """
    rest = list(steps[behind:])
    due: list[Step] = []
    while rest and rest[0].on <= today and not (due and rest[0].escalates):
        due.append(rest.pop(0))
        if due[-1].escalates:
            break
    if not rest:
        return Taken(tuple(due), len(steps), None)
    following = rest[0].on
    if due and rest[0].escalates:
        following = max(following, calendar.add(today, PAUSE_BEFORE_ESCALATION))
    return Taken(tuple(due), len(steps) - len(rest), following)


def resume_on(
    steps: Sequence[Step], behind: int, today: date, calendar: WorkCalendar, put_off_until: date | None = None
) -> date | None:
    """The day of the step after the first `behind`, or the one it was put off to where that comes first.

    An escalation leaves the unit two working days from today.
    """
    if behind >= len(steps):
        return put_off_until
    step = steps[behind]
    on = max(step.on, calendar.add(today, PAUSE_BEFORE_ESCALATION)) if step.escalates else step.on
    return or_put_off(on, put_off_until)


def or_put_off(on: date | None, until: date | None) -> date | None:
    """The day of a step, or the one the unit put the question off to, whichever comes first; None without either."""
    return min((day for day in (on, until) if day is not None), default=None)
