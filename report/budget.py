"""What the yearly budget work wants of the plans: the measures by priority, with money per year."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import CostKind
from storage import replies
from storage.ids import id_of
from storage.tables import CostLine, Measure, Plan, Unit

YEARS = 4
"""A municipality's economic plan covers at least the next four years (kommuneloven § 14-1)."""

Amounts = dict[CostKind, dict[int | None, int]]
"""Whole kroner by kind and year; the year None holds what lies outside the years, or has none."""


@dataclass(frozen=True)
class Line:
    """A measure that is neither gjennomført nor utgår: how urgent it is, and what the plan says it costs.

    `amounts` is empty where the plan states no amount; `funding` then says how it is to be paid for
    (`plan.draft.Funding`), and `words` are the plan's own about the cost.
    """

    plan: str
    ref: str
    title: str
    priority: str | None
    unit: str | None
    funding: str
    amounts: Amounts
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budget:
    """The lines of some plans, most urgent first, and the four years they are shown for."""

    plans: tuple[str, ...]
    years: tuple[int, ...]
    lines: tuple[Line, ...]

    def total(self, kind: CostKind, year: int | None) -> int | None:
        """The sum of a kind in a year; None where no line has an amount of it."""
        found = [line.amounts[kind][year] for line in self.lines if year in line.amounts.get(kind, {})]
        return sum(found) if found else None

    @property
    def kinds(self) -> tuple[CostKind, ...]:
        """The kinds any line has an amount of."""
        return tuple(kind for kind in CostKind if any(kind in line.amounts for line in self.lines))


async def read(session: AsyncSession, plans: Sequence[Plan], first_year: int) -> Budget:
    """The budget input of plans, for the four years from the first."""
    years = tuple(range(first_year, first_year + YEARS))
    found = [(place, line) for plan in plans for place, line in await _of_plan(session, plan, years)]
    lines = [line for _, line in sorted(found, key=lambda pair: (_urgency(pair[1].priority), pair[0]))]
    return Budget(tuple(plan.title for plan in plans), years, tuple(lines))


async def _of_plan(session: AsyncSession, plan: Plan, years: Sequence[int]) -> list[tuple[tuple[int, int], Line]]:
    rows = await session.exec(
        select(Measure, Unit.name)
        .join(Unit, col(Unit.id) == col(Measure.owner_id), isouter=True)
        .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    closed = await replies.closed_measures(session, id_of(plan))
    costs: dict[int, list[CostLine]] = {}
    of_plan = select(Measure.id).where(Measure.plan_id == plan.id)
    for cost in await session.exec(select(CostLine).where(col(CostLine.measure_id).in_(of_plan))):
        costs.setdefault(cost.measure_id, []).append(cost)
    return [
        ((id_of(plan), measure.position), _line(plan, measure, unit, costs.get(id_of(measure), []), years))
        for measure, unit in rows
        if measure.id not in closed
    ]


def _line(plan: Plan, measure: Measure, unit: str | None, costs: Sequence[CostLine], years: Sequence[int]) -> Line:
    amounts: Amounts = {}
    for cost in costs:
        if cost.amount_nok is not None:
            year = cost.year if cost.year in years else None
            of_kind = amounts.setdefault(CostKind(cost.kind), {})
            of_kind[year] = of_kind.get(year, 0) + cost.amount_nok
    return Line(
        plan=plan.title,
        ref=measure.ref,
        title=measure.title,
        priority=measure.priority,
        unit=unit,
        funding=measure.funding,
        amounts=amounts,
        words=tuple(dict.fromkeys(cost.text for cost in costs if cost.text and cost.amount_nok is None)),
    )


def _urgency(priority: str | None) -> tuple[int, int, str]:
    """Numbers first, the smallest of them first; then other words; what has no priority last."""
    if priority is None:
        return (2, 0, "")
    return (0, int(priority), "") if priority.isdecimal() else (1, 0, priority.casefold())
