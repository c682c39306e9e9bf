"""What a measure waits for has come true: its deadline counts from then, and the office is told."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.awaited import come_true, waiting_again
from plan.deadline import Deadline
from plan.workday import SendingHours
from scheduler.changes import counts_from_now, measure_changed
from storage import audit, conditions, directory, measures, outbox
from storage.ids import id_of
from storage.tables import Measure

MET = "condition_met"
NOT_MET = "condition_not_met"


async def has_come_true(session: AsyncSession, measure: Measure, *, by: int, at: datetime, hours: SendingHours) -> bool:
    """A unit says that what its measure waits for has come true; False where that is known already.

    A deadline such as "within six months after …" counts from the day on which it is said.
    """
    today = hours.local_date(at)
    if not await conditions.add(session, measure, today):
        return False
    before = Deadline.from_json(measure.deadline)
    await _set(session, measure, before, come_true(before, today), by, at, hours)
    await _note(session, measure, MET, by, at, hours)
    return True


async def not_after_all(session: AsyncSession, measure: Measure, *, by: int, at: datetime, hours: SendingHours) -> bool:
    """It has not come true after all: the measure waits as before. False where nobody had said that it had."""
    said_on = await conditions.met_on(session, measure)
    if said_on is None or not await conditions.take_back(session, measure):
        return False
    before = Deadline.from_json(measure.deadline)
    await _set(session, measure, before, waiting_again(before, said_on), by, at, hours)
    await _note(session, measure, NOT_MET, by, at, hours)
    return True


async def _set(
    session: AsyncSession,
    measure: Measure,
    before: Deadline,
    after: Deadline,
    by: int,
    at: datetime,
    hours: SendingHours,
) -> None:
    if after == before:
        return
    values = {"deadline": after.to_json(), "due_on": after.due}
    await measures.change(session, measure, values, actor=audit.Actor.person(by), at=at)
    await measure_changed(session, measure, at, hours)
    await counts_from_now(session, measure, at, hours)


async def _note(session: AsyncSession, measure: Measure, what: str, by: int, at: datetime, hours: SendingHours) -> None:
    """In the log, and to everybody of the office but whoever says it.

    Where the opposite still waits to be said, nothing is: they have heard of neither. Each time is told by itself, also
    on one day.
    """
    after = {"due_on": measure.due_on.isoformat() if measure.due_on else None}
    audit.record(session, audit.Actor.person(by), at, what, "measure", id_of(measure), after=after)
    opposite = NOT_MET if what == MET else MET
    people = await directory.read(session, hours.local_date(at))
    for person_id in people.office:
        if await outbox.withdraw(session, person_id, f"{opposite}:{measure.id}") or person_id == by:
            continue
        kind = f"{what}:{measure.id}:{at.timestamp():.0f}"
        await outbox.write_notice(session, person_id, kind, {}, at, hours)
