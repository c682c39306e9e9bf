"""The office reminds units itself: within hours at once, else when they begin. The steps go on as before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.missing import Missing
from storage import nags, outbox
from storage.directory import Directory


@dataclass(frozen=True)
class Nagged:
    """What came of it: who is reminded and when, how much was nagged about before, and the units nobody answers for."""

    told: tuple[int, ...]
    goes_out_at: datetime
    count: int
    before: int
    unreachable: tuple[str, ...]


async def nag(
    session: AsyncSession,
    items: Iterable[Missing],
    people: Directory,
    *,
    person_id: int,
    key: str,
    at: datetime,
    hours: SendingHours,
) -> Nagged:
    """Remind whoever is asked about these, once a day for each however often it is wished.

    Whose daily message has not gone out yet gets it now, with this in it; the rest get a message of their own. `key`
    names that message: what is done twice under one key is said once.
    """
    opens = hours.next_open(at)
    by_person: dict[int, list[Missing]] = {}
    unreachable: list[str] = []
    count = before = 0
    for item in items:
        asked = people.asked(item.unit_id)
        if not asked:
            unreachable.append(item.question.unit)
        elif await _is_new(session, item, person_id, at, hours):
            count += 1
            for person in asked:
                by_person.setdefault(person, []).append(item)
        else:
            before += 1
    late = await outbox.have_had_daily(session, by_person, at, hours)
    await outbox.write_daily(session, by_person.keys() - late, at, hours)
    for person in late:
        data = {
            "requests": [item.question.request_id for item in by_person[person] if item.question.request_id],
            "questions": [item.question.question_id for item in by_person[person] if item.question.question_id],
        }
        await outbox.write_notice(session, person, f"{nags.NOTICE}:{key}", data, at, hours)
    return Nagged(tuple(by_person), opens, count, before, tuple(dict.fromkeys(unreachable)))


async def _is_new(session: AsyncSession, item: Missing, person_id: int, at: datetime, hours: SendingHours) -> bool:
    question = item.question
    day = hours.local_date(hours.next_open(at))
    if question.request_id:
        return await nags.add(session, day, person_id=person_id, at=at, request_id=question.request_id)
    return await nags.add(session, day, person_id=person_id, at=at, question_id=question.question_id)
