"""Proposing a new deadline with an answer: a phrase is asked for, and shown back as it was understood."""

from dataclasses import replace
from datetime import date

from bot.answers import Keyboard
from bot.dialogues import draft as drafts
from bot.dialogues import new_deadline, summary
from bot.dialogues.asked import Asked
from bot.dialogues.draft import Draft
from bot.turn import Turn
from plan.new_deadline import LONGEST, Doubt
from scheduler.planning import period_of
from storage.tables import Measure, Plan


async def ask(turn: Turn, measure: Measure, asked: Asked) -> None:
    """ "Ny frist": the next words are the phrase."""
    draft = await drafts.about(turn, asked)
    if asked.part_id:
        turn.toast("toast.unknown_button", alert=True)
        return
    if draft is None or draft.status is None:
        await summary.go_back(turn, measure, asked)
        return
    await drafts.keep(turn, replace(draft, asks_deadline=True))
    plan = await turn.session.get_one(Plan, measure.plan_id)
    last = _last_day(plan)
    turn.edit(
        "proposals.ask", keyboard=_leave(turn, draft), measure=measure, last=last, example=_example(turn.today, last)
    )


def _example(today: date, last: date | None) -> int:
    """A year a new deadline can be in: the next, or where the plan ends before it this one, or the year it ends in."""
    return min(today.year + 1, last.year) if last else today.year + 1


def _leave(turn: Turn, draft: Draft) -> Keyboard:
    return ((turn.button("no_new_deadline", draft.asked.press(new_deadline.LEAVE)),),)


def _last_day(plan: Plan) -> date | None:
    period = period_of(plan)
    return period.last if period else None


async def take_words(turn: Turn, measure: Measure, draft: Draft, text: str) -> None:
    """The phrase: what it means is shown with the answer; where it is in doubt, another is asked for."""
    found = await new_deadline.understood(turn, measure, text)
    if not isinstance(found, Doubt):
        await summary.show(turn, draft.with_deadline(found.text), below=True)
        return
    plan = await turn.session.get_one(Plan, measure.plan_id)
    last = _last_day(plan)
    turn.say(
        "proposals.doubt",
        keyboard=_leave(turn, draft),
        why=found.value,
        text=text[:LONGEST],
        last=last,
        most=LONGEST,
        example=_example(turn.today, last),
    )


async def leave_out(turn: Turn, measure: Measure, asked: Asked) -> None:
    """The answer without a new deadline."""
    draft = await drafts.about(turn, asked)
    if draft is None or draft.status is None:
        await summary.go_back(turn, measure, asked)
    else:
        await summary.show(turn, draft.with_deadline(None))
