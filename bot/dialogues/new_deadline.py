"""The new deadline of an answer in the making: whether one can be proposed, and what its phrase means as of now."""

from bot.answers import Button
from bot.dialogues.draft import Draft
from bot.turn import Turn
from plan import new_deadline
from plan.deadline import Deadline
from plan.new_deadline import Doubt
from plan.status import Status
from scheduler.planning import period_of
from storage import proposals
from storage.tables import Measure, Plan

PROPOSE = "nf"
LEAVE = "uf"


async def understood(turn: Turn, measure: Measure, phrase: str) -> Deadline | Doubt:
    """What a phrase means as a new deadline of a measure, or why it cannot be one."""
    plan = await turn.session.get_one(Plan, measure.plan_id)
    return new_deadline.read(phrase, turn.today, period_of(plan), measure.due_on)


async def proposed(turn: Turn, measure: Measure, draft: Draft) -> Deadline | None:
    """The deadline that is proposed with an answer; None without one, or where its day has come meanwhile."""
    if not _can_move(draft) or draft.deadline is None:
        return None
    found = await understood(turn, measure, draft.deadline)
    return found if isinstance(found, Deadline) else None


async def is_stale(turn: Turn, measure: Measure, draft: Draft) -> bool:
    """Whether the deadline that was shown can no longer be proposed: its day has come, or the plan has changed."""
    return draft.deadline is not None and _can_move(draft) and await proposed(turn, measure, draft) is None


def buttons(turn: Turn, draft: Draft) -> list[Button]:
    """ "Ny frist", or the way to leave the one that is proposed out."""
    if not _can_move(draft):
        return []
    if draft.deadline is None and not draft.parts and draft.status is not Status.DELAYED:
        return []  # first things first
    if draft.deadline is None:
        return [turn.button("new_deadline", draft.asked.press(PROPOSE))]
    return [
        turn.button("other_deadline", draft.asked.press(PROPOSE)),
        turn.button("no_new_deadline", draft.asked.press(LEAVE)),
    ]


def _can_move(draft: Draft) -> bool:
    return draft.status is not None and not draft.status.closes and not draft.asked.part_id


async def with_earlier(turn: Turn, draft: Draft) -> Draft:
    """The draft of a correction, with the new deadline that was proposed before and nobody has decided on."""
    found = await proposals.open_of_measure(turn.session, draft.asked.measure_id)
    if found is None or found.reply_id != draft.asked.supersedes_id:
        return draft
    return draft.with_deadline(found.deadline_text)
