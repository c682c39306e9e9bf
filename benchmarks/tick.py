"""Statements of one pass of the scheduler, with everything due at once and with nothing to do.

The first run opens a round of every measure, and finds a deadline within its lead time for each of them: two questions
about every measure, and one message for each person. The peer's figures are those of Kausal Watch's reminder engine
(its code of March 2024, run on PostgreSQL) with as many measures and people.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from sqlmodel import func, select

from benchmarks.databases import KINDS, Statements, counted, fresh, is_there
from benchmarks.municipality import HOURS, founded
from benchmarks.pairs import milliseconds, seconds
from benchmarks.scale import Scale
from benchmarks.table import Goal, Line, at_most, skipped, verdict
from scheduler.tick import tick
from storage.database import Database
from storage.tables import StatusRequest

FIRST, NOTHING = at_most(150), at_most(5)
PEER_FIRST, PEER_NOTHING = 3133, 1611
SOON = "1. mai hvert år"


async def run(scale: Scale) -> AsyncIterator[Line]:
    """Two lines for each kind of database."""
    for kind in scale.kinds:
        name = KINDS[kind]
        first, nothing = (f"statements of a tick, {which} ({name})" for which in ("first run", "nothing to do"))
        if not is_there(kind):
            yield skipped(first, "no server")
            yield skipped(nothing, "no server")
            continue
        async with fresh(kind) as database:
            place = await founded(database, scale.people, scale.measures, (SOON,))
            found = [await _pass(database, place.round_opens) for _ in range(2)]
            async with database.read() as session:
                asked = (await session.exec(select(func.count()).select_from(StatusRequest))).one()
            assert asked == 2 * scale.measures, f"{asked} questions were put"
        for what, (counts, taken), peer, goal in zip(
            (first, nothing), found, (PEER_FIRST, PEER_NOTHING), (FIRST, NOTHING), strict=True
        ):
            yield _line(what, counts, taken, peer, goal)


async def _pass(database: Database, at: datetime) -> tuple[Statements, float]:
    async def work() -> None:
        async with database.write() as session:
            await tick(session, at, HOURS)

    with counted(database) as counts:
        taken = await seconds(work)
    return counts, taken


def _line(what: str, counts: Statements, taken: float, peer: int, goal: Goal) -> Line:
    return Line(
        what,
        ours=f"{counts.count} in {milliseconds(taken)}",
        bare=f"{peer} (peer)",
        ratio=f"{counts.count / peer:.3f}",
        goal=goal.text,
        verdict=verdict(goal.holds(counts.count)),
    )
