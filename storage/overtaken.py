"""Deadlines that an approval has moved since the plan was last read: what the document still says about them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.difference import same_text
from plan.draft import Draft
from plan.matching import folded
from storage.tables import Measure, Plan, PlanImport, Proposal


async def overtaken_deadlines(session: AsyncSession, plan: Plan) -> dict[str, str | None]:
    """The plan's own words by measure number, where an approved deadline stands in their place.

    A measure whose deadline was changed otherwise since then is left out, and so is one about which a document that
    was imported after the approval said something else.
    """
    found: dict[str, str | None] = {}
    imported = await _imported(session, plan)
    for measure, approved in await _approved(session, plan):
        own = _own_words(measure, approved)
        since = [draft for ended_at, draft in imported if ended_at > _decided(approved[-1])]
        if own and all(same_text(own[0], text) for draft in since for text in _said(draft, measure)):
            found[measure.ref] = own[0]
    return found


async def _approved(session: AsyncSession, plan: Plan) -> list[tuple[Measure, list[Proposal]]]:
    """The measures with deadlines that were approved, oldest first."""
    rows = await session.exec(
        select(Measure, Proposal)
        .join(Proposal, col(Proposal.measure_id) == col(Measure.id))
        .where(Measure.plan_id == plan.id, Proposal.kind == "deadline", Proposal.state == "approved")
        .order_by(col(Proposal.decided_at), col(Proposal.id))
    )
    found: dict[int | None, tuple[Measure, list[Proposal]]] = {}
    for measure, proposal in rows:
        found.setdefault(measure.id, (measure, []))[1].append(proposal)
    return list(found.values())


def _own_words(measure: Measure, approved: Sequence[Proposal]) -> tuple[str | None] | None:
    """What stood before the approvals that led to the deadline there is now; None where something else led to it."""
    words = measure.deadline_text
    own: tuple[str | None] | None = None
    for proposal in reversed(approved):
        if not same_text(proposal.deadline_text, words):
            break
        words = proposal.replaced_text
        own = (words,)
    return own


async def _imported(session: AsyncSession, plan: Plan) -> list[tuple[datetime, Draft]]:
    rows = await session.exec(select(PlanImport).where(PlanImport.plan_id == plan.id, PlanImport.state == "imported"))
    return [(row.ended_at, Draft.from_json(row.draft)) for row in rows if row.ended_at is not None]


def _said(draft: Draft, measure: Measure) -> list[str]:
    return [each.deadline.text for each in draft.measures if folded(each.ref) == folded(measure.ref)]


def _decided(proposal: Proposal) -> datetime:
    assert proposal.decided_at is not None
    return proposal.decided_at
