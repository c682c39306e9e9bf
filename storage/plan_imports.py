"""Plan documents under review: kept from the reading until somebody imports or drops them.

What was answered about an earlier version of a plan is not asked again.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.changes import PlanChanges
from plan.comparison import compare
from plan.decision import Choice, Decision
from plan.doubts import NO_TITLE
from plan.draft import Draft
from plan.matching import ALIKE, folded_title, likeness, match
from plan.question import Key, Question
from plan.questions import Known, questions
from plan.review import Review
from plan.version_questions import remapped, version_questions
from storage import audit, plan_changes, plans, units
from storage.ids import id_of
from storage.insert import insert_new
from storage.overtaken import overtaken_deadlines
from storage.plan_drafts import read_versions
from storage.tables import Measure, Plan, PlanImport

IMPORTED, DROPPED = "imported", "dropped"
NOTICE = "plan_waiting"


async def begin(
    session: AsyncSession, *, person_id: int, inbox_id: int, file_name: str, review: Review, at: datetime
) -> PlanImport | None:
    """Keep a document that was read. None where the person has another open review, or this update has one."""
    row = _row(review) | {
        "person_id": person_id,
        "inbox_id": inbox_id,
        "file_name": file_name,
        "state": "open",
        "begun_at": at,
    }
    return await open_of(session, person_id) if await insert_new(session, PlanImport, [row]) else None


async def keep_answers(session: AsyncSession, plan: Plan, review: Review, file_name: str, at: datetime) -> None:
    """Keep what was decided at the command line, where a review is over as soon as it is begun."""
    row = _row(review) | {"plan_id": plan.id, "file_name": file_name, "state": IMPORTED}
    session.add(PlanImport(**row, person_id=None, begun_at=at, ended_at=at))
    await session.flush()


def _row(review: Review) -> dict[str, Any]:
    return {
        "draft": review.draft.to_json(),
        "questions": [question.model_dump(mode="json") for question in review.questions],
        "decisions": {str(place): each.model_dump(mode="json") for place, each in review.decisions.items()},
    }


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


async def new_review(session: AsyncSession, draft: Draft, municipality: str | None, plan: Plan | None = None) -> Review:
    """What is to be asked about a document that was read, with what was answered about an earlier version of it.

    `municipality` is the one of the settings, empty where they have none. `plan` is the one it is a version of, where
    a person has said so.
    """
    known = await known_units(session)
    plan = plan or await recognised(session, draft)
    before = await _answered(session, plan) if plan else {}
    stored, others = {}, {}
    if plan is None:
        others = await _alike(session, draft)
    else:
        version, _archived = await read_versions(session, plan)
        pairs = match(version.measures, draft.measures, is_ours=lambda measure: measure.ref_is_ours).pairs
        stored = {new: version.measures[old] for new, old in pairs.items()}
    asked = questions(
        draft,
        Known(
            units=known,
            stored=stored,
            answered=frozenset(before),
            plans=others,
            municipality=bool(municipality or plan),
            period=bool(plan and plan.first_year),
        ),
    )
    review = Review(draft, asked, {}, known)
    return Review(draft, asked, review.answers(before), known)


async def recognised(session: AsyncSession, draft: Draft) -> Plan | None:
    """The plan that a document is a version of: the one of its title, else the one whose document was called the same.

    A document that states no title is called by its file, and files of different plans are often called alike: it is
    known again only by its measures.
    """
    plan = await plan_changes.same_plan(session, draft)
    if plan is not None:
        return plan
    for row, called in await _called(session):
        if (called.title, called.period) == (draft.title, draft.period) and (
            NO_TITLE not in draft.warnings or await _has_its_measures(session, row, draft)
        ):
            return row
    return None


async def _called(session: AsyncSession) -> list[tuple[Plan, Draft]]:
    """The plans there are, by what their documents called themselves; the latest documents first."""
    title, period = PlanImport.draft["title"].as_string(), PlanImport.draft["period"]
    rows = await session.exec(
        select(Plan, title, period)
        .join(PlanImport, col(PlanImport.plan_id) == col(Plan.id))
        .where(PlanImport.state == IMPORTED, col(Plan.archived_at).is_(None))
        .order_by(col(PlanImport.id).desc())
    )
    return [(plan, Draft(title=called, period=years)) for plan, called, years in rows]


async def _has_its_measures(session: AsyncSession, plan: Plan, draft: Draft) -> bool:
    """Whether half of the measures of a plan or of a document are in the other."""
    rows = await session.exec(select(Measure.title).where(Measure.plan_id == plan.id))
    known, found = {folded_title(title) for title in rows}, {folded_title(each.title) for each in draft.measures}
    return 2 * len(known & found) >= min(len(known), len(found)) > 0


async def _alike(session: AsyncSession, draft: Draft) -> dict[str, str]:
    """Short names and titles of the plans that are called much the same, or were, or have much the same measures."""
    everyone = await plans.everyone(session)
    same = {plan.slug: plan.title for plan in everyone if await _has_its_measures(session, plan, draft)}
    names = [(plan, plan.title) for plan in everyone]
    names += [(plan, called.title) for plan, called in await _called(session)]
    return same | {plan.slug: plan.title for plan, name in names if likeness(name, draft.title) >= ALIKE}


async def _answered(session: AsyncSession, plan: Plan) -> dict[Key, Decision]:
    """What was answered about earlier versions of a plan; the latest answer counts."""
    rows = await session.exec(
        select(PlanImport)
        .where(PlanImport.plan_id == plan.id, PlanImport.state == IMPORTED)
        .order_by(col(PlanImport.ended_at), col(PlanImport.id))
    )
    found: dict[Key, Decision] = {}
    for row in rows:
        found |= _read(row, {}).answered()
    return found


def _read(row: PlanImport, known: Mapping[str, bool]) -> Review:
    return Review(
        draft=Draft.from_json(row.draft),
        questions=tuple(Question.model_validate(stored) for stored in row.questions),
        decisions={int(place): Decision.model_validate(stored) for place, stored in row.decisions.items()},
        known=known,
    )


async def review_of(session: AsyncSession, row: PlanImport) -> Review:
    """The review as it was kept, with the units there are now."""
    return _read(row, await known_units(session))


async def renewed(session: AsyncSession, row: PlanImport) -> Review:
    """The review with what is to be asked about the plan as it is stored now, which others may have changed."""
    review = await renew(session, await review_of(session, row))
    for name, value in _row(review).items():
        if name != "draft" and getattr(row, name) != value:
            setattr(row, name, value)
    await session.flush()
    return review


async def renew(session: AsyncSession, review: Review, plan: Plan | None = None) -> Review:
    """The same without a row; `plan` is the one it is a version of, where that was said elsewhere."""
    plan = plan or await plan_of(session, review)
    if plan is None:
        return remapped(review, ())
    return remapped(review, version_questions(review, *await read_versions(session, plan)))


async def plan_of(session: AsyncSession, review: Review) -> Plan | None:
    """The plan that a document is a version of; None for one that is new."""
    if review.into:
        return next((plan for plan in await plans.everyone(session) if plan.slug == review.into), None)
    settled = review.of_document().settled
    if review.into is not None:
        return await plan_changes.same_plan(session, settled)
    return await recognised(session, settled) or await recognised(session, review.draft)


async def changes_of(session: AsyncSession, review: Review, plan: Plan) -> PlanChanges:
    """What a reviewed document changes in the plan as it is stored now."""
    before, archived = await read_versions(session, plan)
    return compare(before, review.settled, archived, review.matched, await overtaken_deadlines(session, plan))


async def decide(session: AsyncSession, row: PlanImport, decisions: Mapping[int, Decision]) -> None:
    """Keep answers to questions, in place of what was answered before."""
    stored = {str(place): decision.model_dump(mode="json") for place, decision in decisions.items()}
    row.decisions = row.decisions | stored
    await session.flush()


async def answered_here(session: AsyncSession, row: PlanImport, municipality: str | None) -> int:
    """How many questions were answered in this review, and not about an earlier version of the document."""
    review = await review_of(session, row)
    before = (await new_review(session, review.draft, municipality)).decisions
    return sum(before.get(place) != decision for place, decision in review.decisions.items())


async def mark_undecided(session: AsyncSession, plan: Plan, review: Review, refs: Sequence[str]) -> None:
    """Write with each measure what nobody has decided about it; `refs` are the numbers the settled measures got."""
    left = {
        ref: review.left_undecided.get(measure.ref, ())
        for ref, measure in zip(refs, review.settled.measures, strict=True)
    }
    decided = {
        (refs[number], review.questions[at].about.value)
        for number, place in enumerate(review.kept)
        for at, decision in review.decisions.items()
        if place in review.questions[at].measures and decision.choice is not Choice.LATER
    }
    rows = await session.exec(select(Measure).where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None)))
    for measure in rows:
        still = [about for about in measure.undecided or () if (measure.ref, about) not in decided]
        found = list(dict.fromkeys([*still, *left.get(measure.ref, ())])) or None
        if found != measure.undecided:
            measure.undecided = found
    await session.flush()


async def end(session: AsyncSession, row: PlanImport, state: str, at: datetime, plan: Plan | None = None) -> None:
    """The review is over: imported as a plan, or dropped."""
    row.state, row.ended_at, row.plan_id = state, at, plan.id if plan else None
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
