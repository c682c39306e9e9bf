"""How a plan stands at this moment, by goal: the numbers of a picture and of the words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from report.figures import STATUS_ORDER, UNANSWERED
from storage import goals, measures, replies, rounds
from storage.ids import id_of
from storage.requests import Outcome, outcome_of_round
from storage.tables import Goal, Measure, Plan, Round, StatusReply

MOST_BARS = 12
Counts = dict[str, int]


@dataclass(frozen=True)
class Bar:
    """The measures of a goal by status. `kind`: "goal", "outside" (of no goal), "others" (goals without room)."""

    kind: str
    counts: Counts
    ref: str = ""
    title: str = ""


@dataclass(frozen=True)
class Glance:
    """A plan's measures by their last reported status, all and by goal, and how far the open round has come."""

    plan: Plan
    measures: tuple[Measure, ...]
    last: dict[int, StatusReply]
    counts: Counts
    bars: tuple[Bar, ...]
    round: Round | None
    outcome: Outcome

    def late(self, today: date) -> list[Measure]:
        """The measures whose last day has passed, and that are neither gjennomført nor utgår."""
        return [
            measure
            for measure in self.measures
            if measure.due_on is not None and measure.due_on < today and not self._is_closed(measure)
        ]

    def _is_closed(self, measure: Measure) -> bool:
        reply = self.last.get(id_of(measure))
        return reply is not None and reply.status in replies.CLOSING


async def read(session: AsyncSession, plan: Plan) -> Glance:
    """How a plan stands now."""
    rows = await measures.of_plan(session, id_of(plan))
    last = await replies.latest(session, [id_of(measure) for measure in rows])
    row = await rounds.open_of_plan(session, id_of(plan))
    outcome = await outcome_of_round(session, id_of(row)) if row else Outcome(0, 0)
    bars = _bars(await goals.of_plan(session, id_of(plan)), rows, last)
    return Glance(plan, tuple(rows), last, _count(rows, last), bars, row, outcome)


def _count(rows: Sequence[Measure], last: dict[int, StatusReply]) -> Counts:
    """The statuses that occur, in the order of the report."""
    found = [last[id_of(measure)].status if id_of(measure) in last else UNANSWERED for measure in rows]
    return {status: found.count(status) for status in STATUS_ORDER if status in found}


def _bars(known: Sequence[Goal], rows: Sequence[Measure], last: dict[int, StatusReply]) -> tuple[Bar, ...]:
    """One bar for each goal that has measures; where these are too many, for each goal at the top."""
    own = {id_of(goal): goal for goal in known}
    homes = {id_of(measure): own.get(measure.goal_id or 0) for measure in rows}
    if len({goal.id for goal in homes.values() if goal}) > MOST_BARS:
        homes = {measure_id: _top(goal, own) for measure_id, goal in homes.items()}
    found = []
    for goal in known:
        under = [measure for measure in rows if homes[id_of(measure)] is goal]
        if under:
            found.append((goal, under))
    shown = found if len(found) <= MOST_BARS else found[: MOST_BARS - 1]
    bars = [Bar("goal", _count(under, last), goal.ref, goal.title) for goal, under in shown]
    others = [measure for _goal, under in found[len(shown) :] for measure in under]
    outside = [measure for measure in rows if homes[id_of(measure)] is None]
    bars += [Bar("others", _count(others, last))] if others else []
    bars += [Bar("outside", _count(outside, last))] if outside else []
    return tuple(bars)


def _top(goal: Goal | None, own: dict[int, Goal]) -> Goal | None:
    """The goal at the top that a goal lies under."""
    while goal is not None and goal.parent_id in own:
        goal = own[goal.parent_id]
    return goal
