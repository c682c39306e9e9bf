"""Plans added, changed and archived by hand; `storage.plans` writes those that come as documents."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import Draft
from storage import audit, plans, reporting_days
from storage.ids import id_of
from storage.tables import Plan, Round


async def add(
    session: AsyncSession,
    title: str,
    period: tuple[int, int],
    *,
    municipality: str,
    actor: audit.Actor,
    at: datetime,
) -> Plan:
    """A plan without measures. Raises `PlanRefused("exists")`."""
    draft = Draft(title=title, period=period)
    return await plans.store(session, draft, municipality=municipality, actor=actor, at=at)


async def change(
    session: AsyncSession, plan: Plan, values: dict[str, Any], *, actor: audit.Actor, at: datetime
) -> None:
    """Set columns of a plan; its short name stays, since commands and files go by it."""
    before = _as_logged(plan, values)
    for name, value in values.items():
        setattr(plan, name, value)
    await session.flush()
    audit.record(session, actor, at, "changed", "plan", id_of(plan), before=before, after=_as_logged(plan, values))


def _as_logged(plan: Plan, columns: Collection[str]) -> dict[str, object]:
    """Columns of a plan as the log names them: its first and last year are its period."""
    years = {"first_year", "last_year"}
    found = {name: getattr(plan, name) for name in columns if name not in years}
    return found if years.isdisjoint(columns) else found | {"period": f"{plan.first_year}–{plan.last_year}"}


async def archive(
    session: AsyncSession, plan: Plan, *, into: Plan | None = None, actor: audit.Actor, at: datetime
) -> None:
    """Take a plan out of use: nothing is asked about it any more, and nothing is deleted.

    `into` is the plan that takes over, where two are merged.
    """
    for row in await session.exec(select(Round).where(Round.plan_id == plan.id, col(Round.state) != "closed")):
        row.state, row.next_on = "closed", None
    await reporting_days.stop(session, id_of(plan))
    plan.archived_at = at
    await session.flush()
    after = {"plan": into.slug} if into else None
    audit.record(session, actor, at, "merged" if into else "archived", "plan", id_of(plan), after=after)
