"""The outbox: what the bot says on its own initiative, claimed by one worker at a time and said once."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from storage import directory
from storage.insert import insert_new
from storage.tables import OutboxRow

DAILY = "daily"
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 12


async def write_daily(session: AsyncSession, people: Collection[int], at: datetime, hours: SendingHours) -> None:
    """Make sure that each of these people gets a daily message: today's if it has not gone out, else the next day's."""
    if not people:
        return
    opens = hours.next_open(at)
    day = hours.local_date(opens)
    gone = await session.exec(
        select(OutboxRow.person_id).where(
            OutboxRow.kind == DAILY,
            OutboxRow.day == day,
            col(OutboxRow.person_id).in_(people),
            OutboxRow.state != "waiting",
        )
    )
    too_late = set(gone)
    later = hours.next_open(_midnight_after(day, hours)) if too_late else opens
    rows = [_row(person_id, later if person_id in too_late else opens, at, hours) for person_id in sorted(people)]
    await insert_new(session, OutboxRow, rows)


def _midnight_after(day: date, hours: SendingHours) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), hours.zone)


def _row(person_id: int, opens: datetime, at: datetime, hours: SendingHours) -> dict[str, Any]:
    day = hours.local_date(opens)
    return {"person_id": person_id, "day": day, "kind": DAILY, "data": {}, "written_at": at, "not_before": opens}


async def write_notice(
    session: AsyncSession, person_id: int, kind: str, data: dict[str, Any], at: datetime, hours: SendingHours
) -> None:
    """Something a person set off that another is to hear: at once, within hours. Unique per person, day and kind."""
    opens = hours.next_open(at)
    row = _row(person_id, opens, at, hours) | {"kind": kind, "data": data}
    await insert_new(session, OutboxRow, [row])


async def tell_office(session: AsyncSession, row: OutboxRow, at: datetime, hours: SendingHours) -> None:
    """A person could not be reached: the office hears of it in its next daily message."""
    others = set((await directory.read(session)).office) - {row.person_id}
    await write_daily(session, others, at, hours)


async def has_due(session: AsyncSession, at: datetime) -> bool:
    """Whether anything may go out now: a look that needs no writing transaction."""
    return (await session.exec(select(OutboxRow.id).where(_claimable(at)).limit(1))).first() is not None


def _claimable(at: datetime) -> ColumnElement[bool]:
    free = (col(OutboxRow.state) == "waiting") & (col(OutboxRow.not_before) <= at)
    lost = (col(OutboxRow.state) == "claimed") & (col(OutboxRow.claimed_at) <= at - LEASE)
    return free | lost


async def claim(session: AsyncSession, at: datetime) -> OutboxRow | None:
    """Claim the next row that may go out, or None. Two workers never hold one row.

    A claim whose worker has not reported for two minutes is taken over once and marked `resent`: the person may
    then get the message twice, but never not at all.
    """
    candidates = select(OutboxRow.id, OutboxRow.claimed_at).where(_claimable(at)).order_by(col(OutboxRow.not_before))
    found = (await session.exec(candidates.limit(1))).first()
    if found is None:
        return None
    row_id, claimed_at = found
    since = col(OutboxRow.claimed_at)
    unchanged = since.is_(None) if claimed_at is None else since == claimed_at
    result = await session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row_id, col(OutboxRow.state).in_(("waiting", "claimed")), unchanged)
        .values(
            state="claimed",
            claimed_at=at,
            attempts=col(OutboxRow.attempts) + 1,
            resent=case((col(OutboxRow.state) == "claimed", True), else_=col(OutboxRow.resent)),
        )
    )
    if result.rowcount != 1:
        return None
    return await session.get(OutboxRow, row_id, populate_existing=True)


async def sent(session: AsyncSession, row_id: int, at: datetime, message_id: int | None) -> None:
    """The message went out."""
    await _settle(session, row_id, state="sent", sent_at=at, message_id=message_id)


async def dropped(session: AsyncSession, row_id: int, why: str) -> None:
    """Nothing of the message is wanted any more."""
    await _settle(session, row_id, state="dropped", problem=why)


async def failed(session: AsyncSession, row_id: int, why: str) -> None:
    """The message cannot be delivered, now or later."""
    await _settle(session, row_id, state="failed", problem=why)


async def postponed(session: AsyncSession, row_id: int, until: datetime, why: str, *, resent: bool) -> None:
    """Try again, not before a moment; `resent` when the message may have arrived all the same."""
    await _settle(session, row_id, state="waiting", not_before=until, problem=why, resent=resent)


async def _settle(session: AsyncSession, row_id: int, **values: object) -> None:
    statement = update(OutboxRow).where(col(OutboxRow.id) == row_id, OutboxRow.state == "claimed")  # type: ignore[arg-type]
    await session.exec(statement.values(claimed_at=None, **values))
