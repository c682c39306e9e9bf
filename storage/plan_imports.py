"""Plan documents under review: kept from the reading until somebody imports or drops them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import Draft
from plan.review import Decision, Question, Review
from storage import audit, plan_changes, units
from storage.ids import id_of
from storage.insert import insert_new
from storage.plan_drafts import read_draft
from storage.tables import Measure, Plan, PlanImport

IMPORTED, DROPPED = "imported", "dropped"


async def begin(
    session: AsyncSession,
    *,
    person_id: int,
    inbox_id: int,
    file_name: str,
    draft: Draft,
    questions: Sequence[Question],
    at: datetime,
) -> PlanImport | None:
    """Keep a document that was read. None where the person has another open review, or this update has one."""
    row = {
        "person_id": person_id,
        "inbox_id": inbox_id,
        "file_name": file_name,
        "draft": draft.to_json(),
        "questions": [question.model_dump(mode="json") for question in questions],
        "decisions": {},
        "state": "open",
        "begun_at": at,
    }
    return await open_of(session, person_id) if await insert_new(session, PlanImport, [row]) else None


async def by_id(session: AsyncSession, import_id: int) -> PlanImport | None:
    """A review, over or not."""
    return await session.get(PlanImport, import_id)


async def by_update(session: AsyncSession, inbox_id: int) -> PlanImport | None:
    """The review that an update's document led to."""
    return (await session.exec(select(PlanImport).where(PlanImport.inbox_id == inbox_id))).first()


async def open_of(session: AsyncSession, person_id: int) -> PlanImport | None:
    """The review a person has not ended."""
    rows = await session.exec(select(PlanImport).where(PlanImport.person_id == person_id, PlanImport.state == "open"))
    return rows.first()


async def known_units(session: AsyncSession) -> dict[str, bool]:
    """The units of the municipality by name, and whether each is outside it."""
    return {unit.name: unit.external for unit in await units.everyone(session)}


async def owned_already(session: AsyncSession, draft: Draft) -> frozenset[str]:
    """The numbers of the measures in the stored version of a plan that somebody follows up; none for a new plan."""
    plan = await plan_changes.same_plan(session, draft)
    stored = (await read_draft(session, plan)).measures if plan else ()
    return frozenset(measure.ref for measure in stored if measure.owner)


async def review_of(session: AsyncSession, row: PlanImport) -> Review:
    """The review as it stands, with the units there are now."""
    return Review(
        draft=Draft.from_json(row.draft),
        questions=tuple(Question.model_validate(stored) for stored in row.questions),
        decisions={int(place): Decision.model_validate(stored) for place, stored in row.decisions.items()},
        known=await known_units(session),
    )


async def decide(session: AsyncSession, row: PlanImport, decisions: Mapping[int, Decision]) -> None:
    """Keep answers to questions, in place of what was answered before."""
    stored = {str(place): decision.model_dump(mode="json") for place, decision in decisions.items()}
    row.decisions = row.decisions | stored
    await session.flush()


async def end(session: AsyncSession, row: PlanImport, state: str, at: datetime) -> None:
    """The review is over: imported or dropped."""
    row.state, row.ended_at = state, at
    await session.flush()


async def leave_unasked(
    session: AsyncSession, plan: Plan, refs: Collection[str], *, actor: audit.Actor, at: datetime
) -> None:
    """Take the unit that follows up from measures for which a person has chosen none."""
    rows = await session.exec(
        select(Measure).where(
            Measure.plan_id == plan.id, col(Measure.ref).in_(refs), col(Measure.owner_id).is_not(None)
        )
    )
    for measure in rows:
        before, measure.owner_id = measure.owner_id, None
        audit.record(
            session,
            actor,
            at,
            "changed",
            "measure",
            id_of(measure),
            before={"owner_id": before},
            after={"owner_id": None},
        )
    await session.flush()
