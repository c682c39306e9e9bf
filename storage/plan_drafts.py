"""A stored plan as the draft it would be read as: what an import is compared with, and what an export writes."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan import draft as drafts
from plan.changes import Archived
from plan.deadline import Deadline
from storage import units
from storage.ids import id_of
from storage.tables import CostLine, Goal, Measure, MeasureUnit, Meeting, Plan, ReportingDate, ResultTarget, Unit

Row = TypeVar("Row")


async def read_draft(session: AsyncSession, plan: Plan) -> drafts.Draft:
    """The plan as it stands, with owners stated and every unit of the municipality; what is archived is left out."""
    return (await read_versions(session, plan))[0]


async def read_versions(session: AsyncSession, plan: Plan) -> tuple[drafts.Draft, Archived]:
    """The plan as it stands, and what has been in it. A dozen statements, whatever the size."""
    known = {id_of(unit): unit for unit in await units.everyone(session)}
    goal_rows = await _of_plan(session, Goal, plan)
    goals = {id_of(row): goal for row, goal in zip(goal_rows, await _goals(session, plan, goal_rows), strict=True)}
    measure_rows = await _of_plan(session, Measure, plan)
    current_goals = {id_of(row): row.ref for row in goal_rows if row.archived_at is None}
    measures = await _measures(session, plan, measure_rows, current_goals, known)
    draft = drafts.Draft(
        title=plan.title,
        municipality=plan.municipality,
        period=(plan.first_year, plan.last_year) if plan.first_year and plan.last_year else None,
        goals=tuple(goals[goal_id] for goal_id in current_goals),
        measures=tuple(measure for row, measure in zip(measure_rows, measures, strict=True) if row.archived_at is None),
        reporting_dates=await _reporting_dates(session, plan),
        units=tuple(_unit(unit, known) for unit in known.values()),
        meetings=await _meetings(session, plan),
    )
    archived = Archived(
        goals=tuple(goals[id_of(row)] for row in goal_rows if row.archived_at),
        measures=tuple(measure for row, measure in zip(measure_rows, measures, strict=True) if row.archived_at),
    )
    return draft, archived


async def _of_plan(session: AsyncSession, table: type[Row], plan: Plan) -> list[Row]:
    """The goals or measures of a plan, archived ones too, in its order."""
    columns = col(table.plan_id), col(table.position), col(table.id)  # type: ignore[attr-defined]  # both have them
    return list(await session.exec(select(table).where(columns[0] == plan.id).order_by(*columns[1:])))


async def _goals(session: AsyncSession, plan: Plan, rows: Sequence[Goal]) -> list[drafts.Goal]:
    targets = await session.exec(
        select(ResultTarget)
        .join(Goal, col(Goal.id) == col(ResultTarget.goal_id))
        .where(Goal.plan_id == plan.id)
        .order_by(col(ResultTarget.position))
    )
    by_goal = _grouped((target.goal_id, target.text) for target in targets)
    refs = {row.id: row.ref for row in rows}
    return [
        drafts.Goal(
            ref=row.ref,
            parent_ref=refs.get(row.parent_id),
            title=row.title,
            result_targets=tuple(by_goal.get(id_of(row), ())),
        )
        for row in rows
    ]


async def _measures(
    session: AsyncSession, plan: Plan, rows: Sequence[Measure], goal_refs: dict[int, str], known: dict[int, Unit]
) -> list[drafts.Measure]:
    of_plan = select(Measure.id).where(Measure.plan_id == plan.id)
    named = await session.exec(
        select(MeasureUnit).where(col(MeasureUnit.measure_id).in_(of_plan)).order_by(col(MeasureUnit.position))
    )
    names = _grouped((row.measure_id, known[row.unit_id].name) for row in named)
    lines = await session.exec(
        select(CostLine).where(col(CostLine.measure_id).in_(of_plan)).order_by(col(CostLine.position))
    )
    costs = _grouped((line.measure_id, _cost(line)) for line in lines)
    return [
        drafts.Measure(
            ref=row.ref,
            ref_is_ours=row.ref_is_ours,
            title=row.title,
            description=row.description,
            goal_ref=goal_refs.get(row.goal_id) if row.goal_id else None,
            responsible=row.responsible,
            units=tuple(names.get(id_of(row), ())),
            deadline=Deadline.from_json(row.deadline),
            costs=tuple(costs.get(id_of(row), ())),
            funding=drafts.Funding(row.funding),
            priority=row.priority,
            category=row.category,
            comment=row.comment,
            owner=_owner(row, known),
            also_affected=row.also_affected,
        )
        for row in rows
    ]


def _owner(row: Measure, known: dict[int, Unit]) -> str | None:
    """Who follows up; a unit that was found to be outside the municipality afterwards is not asked."""
    owner = known[row.owner_id] if row.owner_id else None
    return owner.name if owner and not owner.external else None


def _cost(line: CostLine) -> drafts.CostLine:
    return drafts.CostLine(year=line.year, kind=drafts.CostKind(line.kind), amount_nok=line.amount_nok, text=line.text)


def _unit(unit: Unit, known: dict[int, Unit]) -> drafts.Unit:
    superior = known[unit.superior_id].name if unit.superior_id else None
    return drafts.Unit(name=unit.name, superior=superior, external=unit.external)


async def _reporting_dates(session: AsyncSession, plan: Plan) -> tuple[drafts.ReportingDate, ...]:
    rows = await session.exec(
        select(ReportingDate).where(ReportingDate.plan_id == plan.id).order_by(col(ReportingDate.id))
    )
    return tuple(
        drafts.ReportingDate(
            kind=drafts.ReportingKind(row.kind),
            text=row.text,
            rule=drafts.YearlyRule.model_validate(row.rule) if row.rule else None,
        )
        for row in rows
    )


async def _meetings(session: AsyncSession, plan: Plan) -> tuple[drafts.Meeting, ...]:
    rows = await session.exec(
        select(Meeting).where(Meeting.plan_id == plan.id).order_by(col(Meeting.held_on), col(Meeting.id))
    )
    return tuple(drafts.Meeting(body=row.body, held_on=row.held_on, papers_on=row.own_papers_on) for row in rows)


def _grouped(pairs: Iterable[tuple[int, Row]]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
