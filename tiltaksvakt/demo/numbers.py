"""What happened in the demo, counted from what is stored."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import measures, rounds
from storage.ids import id_of
from storage.requests import outcome_of_round
from storage.tables import Escalation, OutboxRow, Plan, Reminder, StatusReply, StatusRequest

FIRST_STEPS = ("opened", "due")


@dataclass(frozen=True)
class Numbers:
    """Measures of the plan, asked about and answered in the round; answers by the office, corrections; reminders
    after a question was put; escalations; messages the bot sent on its own initiative.
    """

    measures: int
    asked: int
    answered: int
    on_behalf: int
    corrected: int
    reminders: int
    escalations: int
    messages: int


async def count(session: AsyncSession, plan: Plan, year: int) -> Numbers:
    """Count a plan's year."""
    row = await rounds.of_year(session, id_of(plan), year)
    assert row is not None
    outcome = await outcome_of_round(session, id_of(row))
    return Numbers(
        measures=len(await measures.of_plan(session, id_of(plan))),
        asked=outcome.asked,
        answered=outcome.answered,
        on_behalf=await _number(session, StatusReply, col(StatusReply.on_behalf)),
        corrected=await _number(session, StatusReply, col(StatusReply.supersedes_id).is_not(None)),
        reminders=await _reminders(session),
        escalations=await _number(session, Escalation),
        messages=await _number(session, OutboxRow, col(OutboxRow.state) == "sent"),
    )


async def _number(session: AsyncSession, table: Any, *where: Any) -> int:
    return int((await session.exec(select(func.count()).select_from(table).where(*where))).one())


async def _reminders(session: AsyncSession) -> int:
    """Every step that reminded the unit again: all but the question itself and what went past the unit."""
    questions = await _number(session, StatusRequest)
    steps = await _number(session, Reminder, col(Reminder.step).not_like("escalate%"))
    return steps - questions
