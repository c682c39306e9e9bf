"""`python -m benchmarks.year DATABASE API DAYS`: live through so many days of work, twice, and print the memory.

A day has four ticks within hours and a delivery after each, and nobody writes in chat. On Fridays everything that has
been open for a week is answered, so that reminders go out and nothing piles up.
"""

import asyncio
import gc
import logging
import sys
from datetime import datetime, timedelta

from sqlmodel import col, select

from benchmarks.municipality import FIRST_DAY, HOURS, HandClock, at_ten, serving
from benchmarks.resident import resident_bytes
from plan.status import Status
from scheduler.answers import take_answer
from storage import replies
from storage.database import Database, open_database
from storage.tables import Membership, StatusRequest
from tiltaksvakt.service import Service

TICKS_A_DAY = 4
FRIDAY = 4
A_WEEK = timedelta(days=7)


def main() -> None:
    """Print the resident bytes after the days, and after as many again."""
    url, api, days = sys.argv[1:]
    logging.disable(logging.WARNING)
    asyncio.run(_live(url, api, int(days)))


async def _live(url: str, api: str, days: int) -> None:
    database = open_database(url)
    clock = HandClock(at_ten(FIRST_DAY))
    async with serving(database, api, clock) as service:
        for number in range(2 * days):
            await _day(service, database, clock, at_ten(FIRST_DAY + timedelta(days=number)))
            if (number + 1) % days == 0:
                gc.collect()
                print(resident_bytes(), flush=True)
    await database.close()


async def _day(service: Service, database: Database, clock: HandClock, at: datetime) -> None:
    for hour in range(TICKS_A_DAY):
        clock.at = at + timedelta(hours=hour)
        await service.tick()
        await service.deliver()
    if at.weekday() == FRIDAY:
        await _answer(database, at)


async def _answer(database: Database, at: datetime) -> None:
    """Answer what has been open for a week."""
    async with database.write() as session:
        rows = await session.exec(
            select(StatusRequest.measure_id, StatusRequest.unit_id, Membership.person_id)
            .join(Membership, col(Membership.unit_id) == col(StatusRequest.unit_id))
            .where(
                col(StatusRequest.closed_at).is_(None),
                col(StatusRequest.part).is_(False),
                StatusRequest.opened_at <= at - A_WEEK,
            )
            .distinct()
        )
        for measure_id, unit_id, person_id in rows:
            replies.add(
                session,
                measure_id=measure_id,
                unit_id=unit_id,
                author_id=person_id,
                status=Status.IN_PROGRESS,
                comment="Arbeidet følger planen.",
                at=at,
            )
            await take_answer(session, measure_id, Status.IN_PROGRESS, at, HOURS)


if __name__ == "__main__":
    main()
