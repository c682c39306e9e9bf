"""What a pass of the scheduler decides to tell somebody, as data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Notice:
    """One thing one person is to be told, and why. `person_id` is None where there is nobody to tell.

    `kind` is the step's kind ("opened", "halfway", "last_days", "reply_by", "lead", "due", "nag", "escalate"),
    "again" (the day to which a unit put it off has come),
    "nobody_joined" (the office hears of a question nobody of the unit can get), "no_owner", "prepare",
    "round_short" (a round opened too late for its dates) and "round_missed" (its meeting was before it could) (admins),
    "targets" (who says whether result targets have been reached), "targets_up" (who is above them),
    "targets_again" and "targets_unanswered" (the same, asked outside the last round), "office_week" and
    "papers" (the office), "stand_in" (who stands in for somebody who is away from today), "back" (who
    was away, and is welcomed), "plan_stopped" (admins: what is due in a plan could not be taken up).
    `due` is the day it is about: reply-by, due date, opening or meeting, or the last day somebody is away. `plan_id` is
    None for what is about people and no plan.
    """

    person_id: int | None
    kind: str
    due: date
    unit_id: int | None = None
    measure_id: int | None = None
    reason: str | None = None
    plan_id: int | None = None
