"""Measures: finding them, and changing them with an entry in the audit log."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Deadline
from plan.draft import CostKind, Funding
from storage import audit
from storage.ids import id_of
from storage.tables import CostLine, Goal, Measure, MeasureUnit, Plan, Unit

DECIDES = {
    "owner_id": ("owner", "responsible", "unit", "owner_not_named"),
    "responsible": ("responsible",),
    "deadline": ("deadline",),
    "title": ("measure", "retitled"),
    "ref": ("number",),
    "amount": ("cost",),
}
"""What somebody has decided who sets a column: codes of `plan.question.About`."""


async def by_id(session: AsyncSession, measure_id: int) -> Measure | None:
    """A measure, archived or not."""
    return await session.get(Measure, measure_id)


async def by_ref(session: AsyncSession, ref: str) -> list[tuple[Measure, Plan]]:
    """The measures of a number, one for each plan that has it; archived ones are left out."""
    rows = await session.exec(
        select(Measure, Plan)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(
            func.lower(Measure.ref) == ref.strip().lower(),
            col(Measure.archived_at).is_(None),
            col(Plan.archived_at).is_(None),
        )
        .order_by(col(Plan.id))
    )
    return list(rows)


async def refs(session: AsyncSession) -> list[str]:
    """The numbers of the measures of every plan; archived ones are left out."""
    rows = select(Measure.ref).join(Plan, col(Plan.id) == col(Measure.plan_id))
    return list(await session.exec(rows.where(col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))))


async def of_plan(session: AsyncSession, plan_id: int) -> list[Measure]:
    """The measures of a plan in its own order; archived ones are left out."""
    rows = await session.exec(
        select(Measure)
        .where(Measure.plan_id == plan_id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position), col(Measure.id))
    )
    return list(rows)


async def own_lead_days(session: AsyncSession, plan_id: int) -> dict[int, list[int]]:
    """The lead days of the measures that have their own, by measure."""
    rows = await session.exec(
        select(col(Measure.id), col(Measure.lead_days)).where(
            Measure.plan_id == plan_id, col(Measure.lead_days).is_not(None)
        )
    )
    return {measure_id: days for measure_id, days in rows if measure_id is not None and days is not None}


async def of_units(session: AsyncSession, unit_ids: Collection[int]) -> list[tuple[Measure, Plan]]:
    """The measures that units follow up, by plan and in its order; archived ones are left out."""
    rows = await session.exec(
        select(Measure, Plan)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(
            col(Measure.owner_id).in_(unit_ids),
            col(Measure.archived_at).is_(None),
            col(Plan.archived_at).is_(None),
        )
        .order_by(col(Plan.id), col(Measure.position), col(Measure.id))
    )
    return list(rows)


async def goal_of(session: AsyncSession, measure: Measure) -> Goal | None:
    """The goal a measure serves."""
    return await session.get(Goal, measure.goal_id) if measure.goal_id else None


async def goal_by_ref(session: AsyncSession, plan_id: int, ref: str) -> Goal | None:
    """A goal of a plan by its number; an archived one is none."""
    rows = await session.exec(
        select(Goal).where(
            Goal.plan_id == plan_id, func.lower(Goal.ref) == ref.strip().lower(), col(Goal.archived_at).is_(None)
        )
    )
    return rows.first()


async def add(
    session: AsyncSession,
    plan_id: int,
    ref: str,
    title: str,
    deadline: Deadline,
    *,
    goal_id: int | None,
    responsible: str | None,
    owner: Unit | None,
    actor: audit.Actor,
    at: datetime,
) -> Measure:
    """A new measure at the end of a plan. Its due dates are the scheduler's to plan."""
    last = (await session.exec(select(func.max(Measure.position)).where(Measure.plan_id == plan_id))).one()
    measure = Measure(
        plan_id=plan_id,
        position=0 if last is None else last + 1,
        ref=ref,
        title=title,
        goal_id=goal_id,
        responsible=responsible,
        owner_id=owner.id if owner else None,
        deadline_text=deadline.text or None,
        deadline=deadline.to_json(),
        due_on=deadline.due,
        funding=Funding.UNKNOWN,
    )
    session.add(measure)
    await session.flush()
    if owner is not None:
        session.add(MeasureUnit(measure_id=id_of(measure), unit_id=id_of(owner), position=0))
    after = {"ref": ref, "title": title, "owner_id": measure.owner_id, "deadline": deadline.text}
    audit.record(session, actor, at, "added", "measure", id_of(measure), after=after)
    await session.flush()
    return measure


async def change(
    session: AsyncSession, measure: Measure, values: dict[str, Any], *, actor: audit.Actor, at: datetime
) -> None:
    """Set columns of a measure; the log gets what was and what is."""
    before = {name: _as_logged(getattr(measure, name)) for name in values}
    for name, value in values.items():
        decided(measure, name)
        setattr(measure, name, value)
    await session.flush()
    after = {name: _as_logged(value) for name, value in values.items()}
    audit.record(session, actor, at, "changed", "measure", id_of(measure), before=before, after=after)


async def units_of(session: AsyncSession, measure_id: int) -> list[Unit]:
    """The units that are responsible for a measure, in the plan's order."""
    rows = select(Unit).join(MeasureUnit, col(MeasureUnit.unit_id) == col(Unit.id))
    ordered = rows.where(MeasureUnit.measure_id == measure_id).order_by(col(MeasureUnit.position))
    return list(await session.exec(ordered))


async def set_units(
    session: AsyncSession, measure: Measure, units: Sequence[Unit], *, actor: audit.Actor, at: datetime
) -> None:
    """Set the units that are responsible for a measure; the one that follows it up stays one of them."""
    before = [id_of(unit) for unit in await units_of(session, id_of(measure))]
    wanted = [id_of(unit) for unit in units]
    if wanted and measure.owner_id is not None and measure.owner_id not in wanted:
        wanted.insert(0, measure.owner_id)
    await session.exec(delete(MeasureUnit).where(col(MeasureUnit.measure_id) == measure.id))
    for position, unit_id in enumerate(wanted):
        session.add(MeasureUnit(measure_id=id_of(measure), unit_id=unit_id, position=position))
    await session.flush()
    sides = {"before": {"unit_ids": before}, "after": {"unit_ids": wanted}}
    audit.record(session, actor, at, "changed", "measure", id_of(measure), **sides)


def decided(measure: Measure, name: str) -> None:
    """Somebody has set a column, or the `amount`: what was undecided about it no longer is."""
    left = [about for about in measure.undecided or () if about not in DECIDES.get(name, ())]
    if left != (measure.undecided or []):
        measure.undecided = left or None


async def undecided(session: AsyncSession) -> list[tuple[Measure, Plan]]:
    """The measures about which something was put off when their plan was imported, by plan and in its order."""
    rows = await session.exec(
        select(Measure, Plan)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(col(Measure.undecided).is_not(None), col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))
        .order_by(col(Plan.id), col(Measure.position), col(Measure.id))
    )
    return list(rows)


async def confirm(session: AsyncSession, measure: Measure, *, actor: audit.Actor, at: datetime) -> None:
    """What was undecided about a measure is right as it stands."""
    before, measure.undecided = measure.undecided, None
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "changed",
        "measure",
        id_of(measure),
        before={"undecided": before},
        after={"undecided": None},
    )


async def set_amount(
    session: AsyncSession, measure: Measure, amount_nok: int | None, *, actor: audit.Actor, at: datetime
) -> bool:
    """Set what a measure costs; False where it has several amounts, so that nobody can tell which is meant.

    The amount is that of the one line there is, of the one that could not be read, or of a new one. None takes it away.
    """
    lines = await costs_of(session, id_of(measure))
    unread = [line for line in lines if line.amount_nok is None]
    if len(lines) > 1 and len(unread) != 1:
        return False
    line = next(iter(unread or lines), None)
    before = line.amount_nok if line else None
    if line is not None:
        line.amount_nok = amount_nok
        if amount_nok is None and not line.text:
            await session.delete(line)
    elif amount_nok is not None:
        kind = CostKind.SPENDING.value
        session.add(CostLine(measure_id=id_of(measure), position=0, kind=kind, amount_nok=amount_nok))
    decided(measure, "amount")
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "changed",
        "measure",
        id_of(measure),
        before={"amount": before},
        after={"amount": amount_nok},
    )
    return True


async def archive(session: AsyncSession, measure: Measure, *, actor: audit.Actor, at: datetime) -> None:
    """Take a measure out of use. Nothing about it is deleted."""
    measure.archived_at = at
    await session.flush()
    audit.record(session, actor, at, "archived", "measure", id_of(measure))


def _as_logged(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


async def without_owner(session: AsyncSession) -> list[tuple[Measure, Plan]]:
    """The measures that nobody follows up."""
    rows = await session.exec(
        select(Measure, Plan)
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .where(col(Measure.owner_id).is_(None), col(Measure.archived_at).is_(None), col(Plan.archived_at).is_(None))
        .order_by(col(Plan.id), col(Measure.position))
    )
    return list(rows)


async def costs_of(session: AsyncSession, measure_id: int) -> list[CostLine]:
    """What a measure costs, in the plan's order."""
    costs = select(CostLine).where(CostLine.measure_id == measure_id).order_by(col(CostLine.position))
    return list(await session.exec(costs))


async def is_archived(session: AsyncSession, plan_id: int, ref: str) -> bool:
    """Whether a number of the plan belongs to an archived measure: numbers are not used twice."""
    rows = await session.exec(
        select(Measure.id).where(
            Measure.plan_id == plan_id, func.lower(Measure.ref) == ref.lower(), col(Measure.archived_at).is_not(None)
        )
    )
    return rows.first() is not None
