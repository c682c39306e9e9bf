"""Moving a measure to another goal or plan, and merging two. Nothing about a measure is deleted."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.awaited import come_true
from plan.deadline import Deadline
from plan.refusal import Refused
from storage import audit, conditions, measures, proposals, question_backs
from storage.ids import id_of
from storage.tables import Attachment, CostLine, Measure, MeasureUnit


class MeasureRefused(Refused):
    """A measure cannot be changed so; `check_mergeable` says why."""


@dataclass(frozen=True)
class Merged:
    """What the measure that took over got from the other, as it had none of its own.

    `come_true`: that what both wait for has come true, from which its deadline counts now.
    """

    owner: bool = False
    deadline: bool = False
    come_true: bool = False


async def merge(
    session: AsyncSession,
    source: Measure,
    target: Measure,
    *,
    with_costs: bool,
    across: bool = False,
    actor: audit.Actor,
    at: datetime,
) -> Merged:
    """Let one measure take over for another, which is archived and points to it; its answers and files stay with it.

    The units that were responsible for the one are responsible for the other too. The one that takes over keeps its
    follow-up owner and its deadline, and gets the other's where it has none; with `with_costs` it gets the other's
    costs besides its own. What both wait for has come true for it as well. Files that wait for an answer wait for one
    about it. `across`: they may be of two plans, as when those are merged. Raises `MeasureRefused`.
    """
    await check_mergeable(session, source, target, across=across)
    there = set(await session.exec(select(MeasureUnit.unit_id).where(MeasureUnit.measure_id == target.id)))
    rows = select(MeasureUnit).where(MeasureUnit.measure_id == source.id).order_by(col(MeasureUnit.position))
    new = [row.unit_id for row in await session.exec(rows) if row.unit_id not in there]
    for number, unit_id in enumerate(new, len(there)):
        session.add(MeasureUnit(measure_id=id_of(target), unit_id=unit_id, position=number))
    if with_costs:
        await _add_costs(session, source, target)
    got = lacking(source, target)
    values = {"owner_id": source.owner_id} if got.owner else {}
    if got.deadline:
        values |= {name: getattr(source, name) for name in ("deadline_text", "deadline", "due_on")}
    if values:
        await measures.change(session, target, values, actor=actor, at=at)
    said_on = await conditions.carry_over(session, source, target)
    if said_on is not None:
        deadline = come_true(Deadline.from_json(target.deadline), said_on)
        counted = {"deadline": deadline.to_json(), "due_on": deadline.due}
        await measures.change(session, target, counted, actor=actor, at=at)
        got = replace(got, come_true=True)
    waiting = update(Attachment).where(col(Attachment.measure_id) == source.id, col(Attachment.reply_id).is_(None))
    await session.exec(waiting.values(measure_id=target.id).execution_options(synchronize_session="fetch"))
    source.archived_at, source.merged_into_id = at, target.id
    await session.flush()
    after = {"measure_id": target.id, "with_costs": with_costs}
    audit.record(session, actor, at, "merged", "measure", id_of(source), after=after)
    return got


def lacking(source: Measure, target: Measure) -> Merged:
    """What one measure has and the other lacks."""
    return Merged(
        owner=target.owner_id is None and source.owner_id is not None,
        deadline=not target.deadline_text and bool(source.deadline_text),
    )


async def check_mergeable(session: AsyncSession, source: Measure, target: Measure, *, across: bool = False) -> None:
    """Raise `MeasureRefused` where a measure cannot take over, or somebody must decide something first.

    "same"; "other_plan"; "proposal_waits", which the office decides; "question_waits", which the unit answers.
    """
    if source.id == target.id:
        raise MeasureRefused("same", ref=source.ref)
    if source.plan_id != target.plan_id and not across:
        raise MeasureRefused("other_plan", ref=source.ref, into=target.ref)
    if await proposals.open_of_measure(session, id_of(source)):
        raise MeasureRefused("proposal_waits", ref=source.ref)
    if await question_backs.open_of_measure(session, id_of(source)):
        raise MeasureRefused("question_waits", ref=source.ref)


async def _add_costs(session: AsyncSession, source: Measure, target: Measure) -> None:
    """The costs of the one stay with it, for the record; the other has them from now on."""
    own = await measures.costs_of(session, id_of(target))
    first = max((line.position for line in own), default=-1) + 1
    for position, line in enumerate(await measures.costs_of(session, id_of(source)), first):
        copy = CostLine(
            measure_id=id_of(target),
            position=position,
            year=line.year,
            kind=line.kind,
            amount_nok=line.amount_nok,
            text=line.text,
        )
        session.add(copy)
    await session.flush()


async def merged_into(session: AsyncSession, measure: Measure) -> list[Measure]:
    """The measures that were merged into one."""
    return list(await session.exec(select(Measure).where(Measure.merged_into_id == measure.id).order_by(Measure.ref)))


async def move(
    session: AsyncSession, measure: Measure, goal_id: int | None, *, actor: audit.Actor, at: datetime
) -> None:
    """Put a measure under another goal of its plan, last among its measures."""
    last = (await session.exec(select(func.max(Measure.position)).where(Measure.plan_id == measure.plan_id))).one()
    values = {"goal_id": goal_id, "position": (last or 0) + 1}
    await measures.change(session, measure, values, actor=actor, at=at)
