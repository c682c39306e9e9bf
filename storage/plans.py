"""Plans: writing a confirmed draft into the database, and reading plans back."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan import draft as drafts
from plan.refusal import Refused
from storage import audit, units
from storage.ids import id_of
from storage.tables import CostLine, Goal, Measure, MeasureUnit, Meeting, Plan, ReportingDate, ResultTarget


class PlanRefused(Refused):
    """A plan cannot be stored or found. `code` names a sentence in `templates/cli/plan.j2`; `data` fills it."""


def slug_of(draft: drafts.Draft) -> str:
    """The plan's short name for commands and file names: its title and years in plain ASCII letters."""
    missing = [str(year) for year in draft.period or () if str(year) not in draft.title]
    text = f"{draft.title} {'-'.join(missing)}".lower()
    for letter, ascii_letters in (("æ", "ae"), ("ø", "o"), ("å", "a"), ("–", "-")):
        text = text.replace(letter, ascii_letters)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "plan"


async def by_slug(session: AsyncSession, slug: str) -> Plan:
    """The plan of a slug, or of the only slug that begins so. Raises `PlanRefused` when there is none or several."""
    found = [plan for plan in await everyone(session) if plan.slug.startswith(slug.strip().lower())]
    exact = [plan for plan in found if plan.slug == slug.strip().lower()]
    if exact:
        return exact[0]
    if len(found) != 1:
        raise PlanRefused("unknown" if not found else "several", slug=slug, slugs=[plan.slug for plan in found])
    return found[0]


async def by_id(session: AsyncSession, plan_id: int) -> Plan | None:
    """A plan, archived or not."""
    return await session.get(Plan, plan_id)


async def everyone(session: AsyncSession) -> list[Plan]:
    """All plans that are not archived, oldest first."""
    return list(await session.exec(select(Plan).where(col(Plan.archived_at).is_(None)).order_by(col(Plan.id))))


async def set_settings(
    session: AsyncSession, plan: Plan, settings: dict[str, Any], *, actor: audit.Actor, at: datetime
) -> None:
    """Set what a plan overrides of the defaults; the log gets what was and what is."""
    before, plan.settings = plan.settings, settings
    await session.flush()
    audit.record(session, actor, at, "settings_set", "plan", id_of(plan), before=before, after=settings)


async def store(
    session: AsyncSession, draft: drafts.Draft, *, municipality: str, actor: audit.Actor, at: datetime
) -> Plan:
    """Write a draft that a person has confirmed: plan, goals, units, measures, costs, meetings.

    `municipality` is used where the draft names none. Raises `PlanRefused("exists")` for a slug that is taken.
    Rounds and due dates are the scheduler's to plan (`scheduler.planning`).
    """
    slug = slug_of(draft)
    if (await session.exec(select(Plan).where(Plan.slug == slug))).first():
        raise PlanRefused("exists", slug=slug)
    first, last = draft.period or (None, None)
    plan = Plan(
        slug=slug,
        title=draft.title,
        municipality=draft.municipality or municipality,
        first_year=first,
        last_year=last,
    )
    session.add(plan)
    await session.flush()
    plan_id = id_of(plan)
    unit_ids = await store_units(session, draft, actor, at)
    goal_ids = await _store_goals(session, plan_id, draft.goals)
    for position in range(len(draft.measures)):
        await store_measure(session, plan_id, position, draft, draft.measures[position], goal_ids, unit_ids)
    for promised in draft.reporting_dates:
        rule = promised.rule.model_dump(mode="json") if promised.rule else None
        session.add(ReportingDate(plan_id=plan_id, kind=promised.kind, text=promised.text, rule=rule))
    for meeting in {(meeting.body.casefold(), meeting.held_on): meeting for meeting in draft.meetings}.values():
        session.add(
            Meeting(plan_id=plan_id, body=meeting.body, held_on=meeting.held_on, own_papers_on=meeting.papers_on)
        )
    after = {"slug": slug, "measures": len(draft.measures), "goals": len(draft.goals)}
    audit.record(session, actor, at, "imported", "plan", plan_id, after=after)
    await session.flush()
    return plan


async def store_units(
    session: AsyncSession, draft: drafts.Draft, actor: audit.Actor, at: datetime
) -> dict[str, tuple[int, bool]]:
    """Every unit of the database by key: its id, and whether it is external.

    Those that the draft names and nobody knew are written; those that exist keep what they have.
    """
    for unit in draft.units:
        if await units.by_name(session, unit.name) is None:
            await units.set_unit(session, unit.name, external=unit.external, actor=actor, at=at)
    for unit in draft.units:
        if unit.superior and (stored := await units.by_name(session, unit.name)) and stored.superior_id is None:
            await units.set_unit(session, unit.name, superior=unit.superior, actor=actor, at=at)
    known = set(await units.by_every_name(session))
    for name in _named_units(draft.measures):
        if units.key_of(name) not in known:
            await units.set_unit(session, name, actor=actor, at=at)
    return {key: (id_of(unit), unit.external) for key, unit in (await units.by_every_name(session)).items()}


def _named_units(measures: Iterable[drafts.Measure]) -> list[str]:
    names = [name for measure in measures for name in (*measure.units, *([measure.owner] if measure.owner else []))]
    return list(dict.fromkeys(names))


async def _store_goals(session: AsyncSession, plan_id: int, goals: Sequence[drafts.Goal]) -> dict[str, int]:
    rows = {goal.ref: Goal(plan_id=plan_id, position=n, ref=goal.ref, title=goal.title) for n, goal in enumerate(goals)}
    session.add_all(rows.values())
    await session.flush()
    for goal in goals:
        if goal.parent_ref:
            rows[goal.ref].parent_id = rows[goal.parent_ref].id
        for position, text in enumerate(goal.result_targets):
            session.add(ResultTarget(goal_id=id_of(rows[goal.ref]), position=position, text=text))
    await session.flush()
    return {ref: id_of(row) for ref, row in rows.items()}


async def store_measure(
    session: AsyncSession,
    plan_id: int,
    position: int,
    draft: drafts.Draft,
    measure: drafts.Measure,
    goal_ids: dict[str, int],
    unit_ids: dict[str, tuple[int, bool]],
) -> Measure:
    """Write a measure of a draft, with its units and costs; goals are known by number, units by `units.key_of`."""
    row = Measure(
        plan_id=plan_id,
        position=position,
        ref=measure.ref,
        ref_is_ours=measure.ref_is_ours,
        title=measure.title,
        description=measure.description,
        goal_id=goal_ids[measure.goal_ref] if measure.goal_ref else None,
        responsible=measure.responsible,
        owner_id=_owner_id(draft, measure, unit_ids),
        deadline_text=measure.deadline.text,
        deadline=measure.deadline.to_json(),
        due_on=measure.deadline.due,
        funding=measure.funding,
        priority=None if measure.priority is None else str(measure.priority),
        also_affected=measure.also_affected,
        category=measure.category,
        comment=measure.comment,
    )
    session.add(row)
    await session.flush()
    add_units(session, row, measure.units, unit_ids)
    add_costs(session, row, measure.costs)
    await session.flush()
    return row


def add_units(session: AsyncSession, row: Measure, names: Iterable[str], unit_ids: dict[str, tuple[int, bool]]) -> None:
    """Write which units are responsible for a measure that has none yet."""
    for position, unit_id in enumerate(dict.fromkeys(unit_ids[units.key_of(name)][0] for name in names)):
        session.add(MeasureUnit(measure_id=id_of(row), unit_id=unit_id, position=position))


def add_costs(session: AsyncSession, row: Measure, costs: Iterable[drafts.CostLine]) -> None:
    """Write what a measure costs that has no costs yet."""
    for position, cost in enumerate(costs):
        session.add(CostLine(measure_id=id_of(row), position=position, **cost.model_dump(mode="json")))


def _owner_id(draft: drafts.Draft, measure: drafts.Measure, unit_ids: dict[str, tuple[int, bool]]) -> int | None:
    """The unit that is asked, unless the database knows it as external."""
    owner = draft.owner_of(measure)
    unit_id, external = unit_ids[units.key_of(owner)] if owner else (None, False)
    return None if external else unit_id
