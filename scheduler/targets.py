"""Result targets that nobody has assessed: they go up a level, as questions do.

In a plan's last round the days are the plan's own for a round that is not answered. Where the office has asked outside
it, they are those for a deadline nobody has said anything about, counted from the day it asked. What has gone up is
worked out from the steps that are taken, and ends by itself when the target is assessed, or that is over.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.requests import Level, next_level
from scheduler.settings import PlanSettings
from scheduler.steps import Step, of_targets, take
from scheduler.work import Work
from storage import attainments, directory
from storage.attainments import Target
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Plan, Round, RoundStep, TargetAsk

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
        left = await attainments.to_assess(work.session, id_of(work.plan))
        number = int(step.removeprefix(UP))
        _tell_above(work, left, "targets_up", row.reply_by, number=number, total=len(days))
        work.session.add(RoundStep(round_id=id_of(row), step=step, at=work.at))
    return max(days[ahead[0]], work.calendar.add(work.today, 1)) if ahead else None


async def ask(session: AsyncSession, plan: Plan, at: datetime, hours: SendingHours) -> None:
    """The office asks the units of a plan now; who was asked before and has not answered keeps their days.

    Nothing follows from it in the plan's last round, which has its own steps.
    """
    if await attainments.in_last_round(session, plan):
        return
    row = await attainments.ask_of(session, id_of(plan))
    if row is not None and row.closed_on is None:
        return
    today = hours.local_date(at)
    row = row or TargetAsk(plan_id=id_of(plan), asked_on=today)
    row.asked_on, row.steps_taken, row.closed_on = today, 0, None
    row.next_on = of_targets(today, PlanSettings.usable(plan.settings), hours.calendar)[0].on
    session.add(row)
    await session.flush()


async def take_asks(work: Work, asks: Sequence[TargetAsk]) -> None:
    """Take the steps whose day has come after the office asked outside a round: reminders, then up a level."""
    for row in asks:
        steps = of_targets(row.asked_on, work.settings, work.calendar)
        left = await attainments.to_assess(work.session, id_of(work.plan))
        taken = take(steps, row.steps_taken, work.today, work.calendar)
        is_over = not left or taken.next_on is None or await attainments.in_last_round(work.session, work.plan)
        row.steps_taken, row.next_on = taken.behind, taken.next_on
        if is_over:
            row.closed_on, row.next_on = work.today, None
        elif taken.steps and taken.steps[-1].escalates:
            number = sum(step.escalates for step in steps[: taken.behind])
            _tell_above(work, left, "targets_unanswered", row.asked_on, number=number, total=_ups(steps))
        elif taken.steps:
            _tell_units(work, left, row.asked_on)
    await work.session.flush()


def _ups(steps: Sequence[Step]) -> int:
    return sum(step.escalates for step in steps)


def _tell_units(work: Work, left: Sequence[Target], asked_on: date) -> None:
    told = {person for found in left if found.unit for person in work.directory.asked(id_of(found.unit))}
    for person_id in sorted(told):
        work.tell_of((person_id,), "targets_again", asked_on)


def _tell_above(work: Work, left: Sequence[Target], kind: str, day: date, *, number: int, total: int) -> None:
    told: set[int] = set()
    for found in left:
        levels = _levels(work.directory, id_of(found.unit), number, total) if found.unit else []
        if len(levels) == number:
            told.update(levels[-1].people)
    for person_id in sorted(told):
        work.tell_of((person_id,), kind, day)


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
    found_up = [*await _up_in_rounds(session), *await _up_in_asks(session)]
    if not found_up:
        return ()
    people = await directory.read(session, today)
    found: Counter[str] = Counter()
    for plan_id, number, total in found_up:
        for target in await attainments.to_assess(session, plan_id):
            levels = _levels(people, id_of(target.unit), number, total) if target.unit else []
            if target.unit and any(person_id in level.people for level in levels):
                found[target.unit.name] += 1
    return tuple(Raised(unit, count) for unit, count in sorted(found.items()))


async def _up_in_rounds(session: AsyncSession) -> list[tuple[int, int, int]]:
    """Of each plan whose last round is open its id, how many levels were told, and how many are to be."""
    rows = await session.exec(
        select(Plan, RoundStep.step)
        .join(Round, col(Round.plan_id) == col(Plan.id))
        .join(RoundStep, col(RoundStep.round_id) == col(Round.id))
        .where(Round.state == "open", col(RoundStep.step).startswith(UP))
    )
    steps = {id_of(plan): (plan, int(step.removeprefix(UP))) for plan, step in sorted(rows, key=lambda row: row[1])}
    return [
        (plan_id, number, len(PlanSettings.usable(plan.settings).after_reply_by.escalate_after))
        for plan_id, (plan, number) in steps.items()
    ]


async def _up_in_asks(session: AsyncSession) -> list[tuple[int, int, int]]:
    """The same of each plan whose units were asked outside its last round."""
    rows = await session.exec(
        select(TargetAsk, Plan)
        .join(Plan, col(Plan.id) == col(TargetAsk.plan_id))
        .where(col(TargetAsk.closed_on).is_(None), col(TargetAsk.steps_taken) > 0)
    )
    found = []
    for row, plan in rows:
        after = PlanSettings.usable(plan.settings).after_deadline
        number = min(row.steps_taken - len(after.nag_after), len(after.escalate_after))
        found += [(row.plan_id, number, len(after.escalate_after))] if number > 0 else []
    return found
