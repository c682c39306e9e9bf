"""How many of a year's due dates are done, for duties that come several times a year."""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.tally import Tally
from storage.tables import Occurrence, StatusRequest


async def of_measures(session: AsyncSession, wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], Tally]:
    """The counts of some measures in some years, by measure and year: one statement, and none where none is wanted."""
    if not wanted:
        return {}
    asked = select(StatusRequest.id).where(
        col(StatusRequest.occurrence_id) == col(Occurrence.id), col(StatusRequest.closed_at).is_(None)
    )
    years = [year for _measure_id, year in wanted]
    rows = await session.exec(
        select(Occurrence)
        .where(
            col(Occurrence.measure_id).in_({measure_id for measure_id, _year in wanted}),
            col(Occurrence.due_on).between(date(min(years), 1, 1), date(max(years), 12, 31)),
            # Not a day that a changed deadline no longer has, and nothing was said of.
            or_(
                col(Occurrence.done_at).is_not(None),
                col(Occurrence.closed_at).is_not(None),
                col(Occurrence.next_on).is_not(None),
                asked.exists(),
            ),
        )
        .order_by(col(Occurrence.due_on))
    )
    found: dict[tuple[int, int], list[Occurrence]] = {}
    for row in rows:
        found.setdefault((row.measure_id, row.due_on.year), []).append(row)
    return {
        key: Tally(key[1], tuple(row.due_on for row in found[key]), sum(row.done_at is not None for row in found[key]))
        for key in wanted
        if key in found
    }
