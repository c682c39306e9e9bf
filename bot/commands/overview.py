"""/oversikt: how a plan stands."""

from bot.turn import Turn
from plan.status import Status
from storage import measures, plans, replies, rounds
from storage.ids import id_of
from storage.requests import outcome_of_round
from storage.tables import Measure, StatusReply

UNANSWERED = "unanswered"


async def overview(turn: Turn, _words: str) -> None:
    """Each plan at a glance: how many measures have which status, how many of those asked have answered."""
    found = await plans.everyone(turn.session)
    if not found:
        turn.say("overview.no_plan")
    for plan in found:
        rows = await measures.of_plan(turn.session, id_of(plan))
        last = await replies.latest(turn.session, [id_of(measure) for measure in rows])
        statuses = [last[id_of(measure)].status if id_of(measure) in last else UNANSWERED for measure in rows]
        row = await rounds.open_of_plan(turn.session, id_of(plan))
        outcome = await outcome_of_round(turn.session, id_of(row)) if row else None
        turn.say(
            "overview.plan",
            plan=plan,
            counts={status: statuses.count(status) for status in (*Status, UNANSWERED) if status in statuses},
            total=len(rows),
            late=[measure for measure in rows if _is_late(turn, measure, last)],
            round=row,
            asked=outcome.asked if outcome else 0,
            answered=outcome.answered if outcome else 0,
        )


def _is_late(turn: Turn, measure: Measure, last: dict[int, StatusReply]) -> bool:
    reply = last.get(id_of(measure))
    closed = reply is not None and reply.status in replies.CLOSING
    return measure.due_on is not None and measure.due_on < turn.today and not closed
