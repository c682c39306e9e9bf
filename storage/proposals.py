"""Proposals: new deadlines and closings that came with an answer, and what the office has decided about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Deadline
from storage import audit
from storage.ids import id_of
from storage.tables import Measure, Plan, Proposal, StatusReply

DEADLINE, CLOSING = "deadline", "closing"
OPEN, APPROVED, REJECTED, WITHDRAWN = "open", "approved", "rejected", "withdrawn"


@dataclass(frozen=True)
class Waiting:
    """A proposal with what it is about."""

    proposal: Proposal
    reply: StatusReply
    measure: Measure


async def add(session: AsyncSession, reply: StatusReply, deadline: Deadline | None, at: datetime) -> Proposal:
    """What an answer proposes: a new deadline, or without one that the measure lapses. Nothing else may be open."""
    proposal = Proposal(
        measure_id=reply.measure_id,
        reply_id=id_of(reply),
        kind=DEADLINE if deadline else CLOSING,
        deadline_text=deadline.text if deadline else None,
        deadline=deadline.to_json() if deadline else None,
        due_on=deadline.due if deadline else None,
        made_by_id=reply.author_id,
        made_at=at,
    )
    session.add(proposal)
    await session.flush()
    after = {"measure_id": reply.measure_id, "kind": proposal.kind, "due_on": _day(proposal)}
    actor = audit.Actor.person(reply.author_id)
    audit.record(session, actor, at, "proposed", "proposal", id_of(proposal), after=after)
    return proposal


async def by_id(session: AsyncSession, proposal_id: int) -> Proposal | None:
    """A proposal, decided or not."""
    return await session.get(Proposal, proposal_id)


async def open_of_measure(session: AsyncSession, measure_id: int) -> Proposal | None:
    """The proposal about a measure that nobody has decided on."""
    rows = await session.exec(select(Proposal).where(Proposal.measure_id == measure_id, Proposal.state == OPEN))
    return rows.first()


async def open_of_reply(session: AsyncSession, reply: StatusReply) -> Proposal | None:
    """What came with an answer, as long as nobody has decided on it."""
    rows = await session.exec(select(Proposal).where(Proposal.reply_id == reply.id, Proposal.state == OPEN))
    return rows.first()


async def was_approved(session: AsyncSession, measure_id: int) -> bool:
    """Whether the last thing that was decided about a measure is that it lapses."""
    rows = await session.exec(
        select(Proposal.kind, Proposal.state)
        .where(Proposal.measure_id == measure_id, col(Proposal.state).in_([APPROVED, REJECTED]))
        .order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc())
    )
    return rows.first() == (CLOSING, APPROVED)


async def of_measures(session: AsyncSession, measure_ids: Collection[int]) -> list[Proposal]:
    """Every proposal about some measures that was not withdrawn, oldest first."""
    rows = await session.exec(
        select(Proposal)
        .where(col(Proposal.measure_id).in_(measure_ids), Proposal.state != WITHDRAWN)
        .order_by(col(Proposal.id))
    )
    return list(rows)


async def undecided(session: AsyncSession, measure_ids: Collection[int]) -> set[int]:
    """Those of the measures about which something is proposed and not decided."""
    rows = await session.exec(
        select(Proposal.measure_id).where(col(Proposal.measure_id).in_(measure_ids), Proposal.state == OPEN)
    )
    return set(rows)


async def waiting(session: AsyncSession) -> list[Waiting]:
    """What waits for a decision, in the order of the plans; nothing about measures that were taken out of use."""
    rows = await session.exec(
        select(Proposal, StatusReply, Measure)
        .join(StatusReply, col(StatusReply.id) == col(Proposal.reply_id))
        .join(Measure, col(Measure.id) == col(Proposal.measure_id))
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(Proposal.state == OPEN, col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))
        .order_by(col(Plan.id), col(Measure.position), col(Proposal.id))
    )
    return [Waiting(proposal, reply, measure) for proposal, reply, measure in rows]


async def count_waiting(session: AsyncSession) -> int:
    """How many proposals wait for a decision."""
    rows = await session.exec(
        select(func.count())
        .select_from(Proposal)
        .join(Measure, col(Measure.id) == col(Proposal.measure_id))
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(Proposal.state == OPEN, col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))
    )
    return rows.one()


async def withdraw(session: AsyncSession, proposal: Proposal, *, actor: audit.Actor, at: datetime) -> None:
    """The unit has said something else since."""
    if await _decide(session, id_of(proposal), at, state=WITHDRAWN):
        audit.record(session, actor, at, "withdrawn", "proposal", id_of(proposal))


async def approve(session: AsyncSession, proposal: Proposal, measure: Measure, *, by: int, at: datetime) -> bool:
    """Say yes; False when it is decided already. The deadline that is replaced is kept with it."""
    replaced = {"replaced_text": measure.deadline_text, "replaced_on": measure.due_on}
    values = replaced if proposal.kind == DEADLINE else {}
    if not await _decide(session, id_of(proposal), at, state=APPROVED, decided_by_id=by, **values):
        return False
    await session.refresh(proposal)
    _record_decision(session, proposal, "approved", by, at)
    return True


async def turn_down(session: AsyncSession, proposal: Proposal, reason: str, *, by: int, at: datetime) -> bool:
    """Say no, and why; False when it is decided already."""
    if not await _decide(session, id_of(proposal), at, state=REJECTED, decided_by_id=by, reason=reason):
        return False
    await session.refresh(proposal)
    _record_decision(session, proposal, "turned_down", by, at)
    return True


async def _decide(session: AsyncSession, proposal_id: int, at: datetime, **values: object) -> bool:
    """Of two who decide at once, one does."""
    statement = (
        update(Proposal)
        .where(col(Proposal.id) == proposal_id, col(Proposal.state) == OPEN)
        .values(decided_at=at, **values)
        .execution_options(synchronize_session=False)
    )
    result = await session.exec(statement)
    return result.rowcount == 1


def _record_decision(session: AsyncSession, proposal: Proposal, action: str, by: int, at: datetime) -> None:
    after = {"measure_id": proposal.measure_id, "kind": proposal.kind, "due_on": _day(proposal)}
    audit.record(session, audit.Actor.person(by), at, action, "proposal", id_of(proposal), after=after)


def _day(proposal: Proposal) -> str | None:
    return proposal.due_on.isoformat() if proposal.due_on else None
