"""Result targets that nobody has assessed in a plan's last round: they go up a level, as questions do.

The days are the plan's own for a round that is not answered. What has gone up is worked out from the steps of the
round that are taken, and ends by itself when the target is assessed or the round is over.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler.requests import Level, next_level
from scheduler.settings import PlanSettings, SettingsRefused
from scheduler.work import Work
from storage import attainments, directory
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Plan, Round, RoundStep

UP = "targets:up:"


@dataclass(frozen=True)
class Raised:
    """A unit that has not assessed so many result targets, as whoever is above it hears of it."""

    unit: str
    count: int


def days_up(work: Work, row: Round) -> dict[str, date]:
    """The days on which unanswered result targets go up a level; none but in the last round of a plan."""
    if row.year != work.plan.last_year:
        return {}
    days = work.settings.after_reply_by.escalate_after
    return {f"{UP}{number}": work.calendar.add(row.reply_by, after) for number, after in enumerate(days, 1)}


async def take_up(work: Work, row: Round, noted: Collection[str]) -> date | None:
    """Take the steps whose day has come, one at a time; returns the day of the next."""
    days = days_up(work, row)
    ahead = [step for step in days if step not in noted]
    if row.state == "open" and ahead and days[ahead[0]] <= work.today:
        step = ahead.pop(0)
        await _tell_above(work, row, number=int(step.removeprefix(UP)), total=len(days))
        work.session.add(RoundStep(round_id=id_of(row), step=step, at=work.at))
    return max(days[ahead[0]], work.calendar.add(work.today, 1)) if ahead else None


async def _tell_above(work: Work, row: Round, *, number: int, total: int) -> None:
    told: set[int] = set()
    for found in await attainments.to_assess(work.session, id_of(work.plan)):
        levels = _levels(work.directory, id_of(found.unit), number, total) if found.unit else []
        if len(levels) == number:
            told.update(levels[-1].people)
    for person_id in sorted(told):
        work.tell_of((person_id,), "targets_up", row.reply_by)


def _levels(people: Directory, unit_id: int, number: int, total: int) -> list[Level]:
    """The levels above a unit that have heard after so many of the steps; the last step goes to the office."""
    levels: list[Level] = []
    for step in range(1, number + 1):
        reached = levels[-1].number if levels else 0
        at_office = any(level.unit_id is None for level in levels)
        level = next_level(people, unit_id, reached, final=step == total, office_told=at_office)
        if level is None:
            break
        levels.append(level)
    return levels


async def raised_to(session: AsyncSession, person_id: int, today: date) -> tuple[Raised, ...]:
    """What has gone up to a person and is not assessed yet, by unit."""
    rows = await session.exec(
        select(Plan, RoundStep.step)
        .join(Round, col(Round.plan_id) == col(Plan.id))
        .join(RoundStep, col(RoundStep.round_id) == col(Round.id))
        .where(Round.state == "open", col(RoundStep.step).startswith(UP))
    )
    steps = {id_of(plan): (plan, int(step.removeprefix(UP))) for plan, step in sorted(rows, key=lambda row: row[1])}
    if not steps:
        return ()
    people = await directory.read(session, today)
    found: Counter[str] = Counter()
    for plan, number in steps.values():
        total = _how_often(plan)
        for target in await attainments.to_assess(session, id_of(plan)):
            levels = _levels(people, id_of(target.unit), number, total) if target.unit else []
            if target.unit and any(person_id in level.people for level in levels):
                found[target.unit.name] += 1
    return tuple(Raised(unit, count) for unit, count in sorted(found.items()))


def _how_often(plan: Plan) -> int:
    try:
        return len(PlanSettings.of(plan.settings).after_reply_by.escalate_after)
    except SettingsRefused:
        return len(PlanSettings().after_reply_by.escalate_after)
