"""The outbox: what the bot says on its own initiative, claimed by one worker at a time and said once."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import OSLO, SendingHours
from storage import directory
from storage.insert import insert_new
from storage.tables import OutboxRow

DAILY = "daily"
BUTTONS = "buttons"  # in the data of a notice: [name of its label, what it sends] of each button under it
ABOUT = "about"  # in the data of a notice: ids of the plans whose measures it tells of
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 12
LONGEST_WAIT = timedelta(days=31)  # an attempt a day and the quiet weeks of summer
IN_ANOTHER = "said in another message"
OPEN = ("waiting", "claimed")
IS_OPEN = col(OutboxRow.state).in_(bindparam(None, OPEN, expanding=True, literal_execute=True))
"""In the words of the index of open rows, as in `storage.inbox`."""
WITHIN_THE_DAY = timedelta(hours=12)  # longer than the hours of a day, shorter than a night


class _Daily(NamedTuple):
    """What of a daily message says whether it has gone out."""

    person_id: int
    day: date
    state: str
    claimed_at: datetime | None
    sent_at: datetime | None


async def write_daily(session: AsyncSession, people: Collection[int], at: datetime, hours: SendingHours) -> None:
    """Make sure that each of these people gets a daily message: today's if it has not gone out, else the next day's.

    One that still waits since an earlier day is today's: its text is made when it goes out.
    """
    if not people:
        return
    opens = hours.next_open(at)
    day = hours.local_date(opens)
    rows = await _daily_rows(session, people, day, hours)
    too_late = {row.person_id for row in rows if _has_gone_out(row, day, at, hours)}
    covered = {row.person_id for row in rows if _will_go_out(row, day, at)} - too_late
    later = hours.next_open(_midnight_after(day, hours)) if too_late else opens
    had = _days_had(rows)
    rows_wanted = []
    for person_id in sorted(set(people) - covered):
        when = _first_free(had.get(person_id, ()), later if person_id in too_late else opens, hours)
        rows_wanted.append(_row(person_id, when, at, hours))
    await insert_new(session, OutboxRow, rows_wanted)


def _days_had(rows: Iterable[_Daily]) -> dict[int, set[date]]:
    """The days whose message waits no more, by person."""
    found: dict[int, set[date]] = {}
    for row in rows:
        if row.state != "waiting":
            found.setdefault(row.person_id, set()).add(row.day)
    return found


def _first_free(had: Collection[date], opens: datetime, hours: SendingHours) -> datetime:
    """When hours open on the first day on which a message of a person waits, or that has had none.

    Where the clock was set back, days that are still to come have had their message.
    """
    while hours.local_date(opens) in had:
        opens = hours.next_open(_midnight_after(hours.local_date(opens), hours))
    return opens


async def write_next_daily(session: AsyncSession, person_id: int, at: datetime, hours: SendingHours) -> None:
    """Something that can wait is said in the person's next daily message: one that waits, else the next day's."""
    rows = await _daily_rows(session, [person_id], hours.local_date(at), hours)
    if not any(row.state == "waiting" for row in rows):
        opens = hours.next_open(_midnight_after(hours.local_date(at), hours))
        when = _first_free(_days_had(rows).get(person_id, ()), opens, hours)
        await insert_new(session, OutboxRow, [_row(person_id, when, at, hours)])


async def have_had_daily(session: AsyncSession, people: Collection[int], at: datetime, hours: SendingHours) -> set[int]:
    """Those of these people whose daily message has gone out on the day on which the next message may go out."""
    day = hours.local_date(hours.next_open(at))
    rows = await _daily_rows(session, people, day, hours)
    return {row.person_id for row in rows if _has_gone_out(row, day, at, hours)}


async def last_sent(session: AsyncSession, person_id: int, today: date) -> datetime | None:
    """When the last daily message to a person went out, of those that are not dated ahead of a day in Oslo."""
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, OSLO)
    sent_at = select(func.max(OutboxRow.sent_at)).where(
        OutboxRow.person_id == person_id,
        OutboxRow.kind == DAILY,
        OutboxRow.state == "sent",
        col(OutboxRow.sent_at) < tomorrow,
    )
    return (await session.exec(sent_at)).one()


async def _daily_rows(session: AsyncSession, people: Collection[int], day: date, hours: SendingHours) -> list[_Daily]:
    """The daily messages of people that can matter on a day: of the days around it, and sent on it."""
    is_near = (col(OutboxRow.day) >= day - LONGEST_WAIT) | (col(OutboxRow.sent_at) >= _midnight(day, hours))
    columns = (OutboxRow.person_id, OutboxRow.day, OutboxRow.state, OutboxRow.claimed_at, OutboxRow.sent_at)
    rows = select(*columns).where(  # type: ignore[call-overload]
        OutboxRow.kind == DAILY, col(OutboxRow.person_id).in_(people), is_near
    )
    return [_Daily(*row) for row in await session.exec(rows)]


def _has_gone_out(row: _Daily, day: date, at: datetime, hours: SendingHours) -> bool:
    """Whether a row is the message of the day, and its text is made or will never be."""
    if row.state == "claimed":
        return not _is_lost(row, at)
    if row.state == "sent":
        assert row.sent_at is not None
        return day in (row.day, hours.local_date(row.sent_at))
    return row.day == day and row.state != "waiting"


def _will_go_out(row: _Daily, day: date, at: datetime) -> bool:
    return row.day <= day and (row.state == "waiting" or (row.state == "claimed" and _is_lost(row, at)))


def _is_lost(row: _Daily, at: datetime) -> bool:
    """Whether a claim has lapsed, so that another worker takes it over and makes the text anew."""
    return row.claimed_at is not None and row.claimed_at <= at - LEASE


def _midnight(day: date, hours: SendingHours) -> datetime:
    return datetime.combine(day, time.min, hours.zone)


def _midnight_after(day: date, hours: SendingHours) -> datetime:
    return _midnight(day + timedelta(days=1), hours)


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


async def withdraw(session: AsyncSession, person_id: int, kind: str) -> bool:
    """Take back what waits to be said to a person, of a kind with anything after a colon; whether there was any."""
    statement = delete(OutboxRow).where(
        col(OutboxRow.person_id) == person_id,
        col(OutboxRow.kind).startswith(f"{kind}:"),
        col(OutboxRow.state) == "waiting",
    )
    return (await session.exec(statement.execution_options(synchronize_session=False))).rowcount > 0


async def write_or_move(
    session: AsyncSession, person_id: int, kind: str, at: datetime, opens: datetime, day: date
) -> None:
    """Something to be said on a later day, once: while it waits it can be moved, and is not said again after that."""
    rows = await session.exec(select(OutboxRow).where(OutboxRow.person_id == person_id, OutboxRow.kind == kind))
    row = rows.first()
    if row is None:
        values = {"data": {}, "written_at": at, "not_before": opens}
        await insert_new(session, OutboxRow, [{"person_id": person_id, "day": day, "kind": kind} | values])
    elif row.state == "waiting" and row.not_before != opens:
        await _change_if(session, row, day=day, not_before=opens)


async def tell_office(session: AsyncSession, row: OutboxRow, at: datetime, hours: SendingHours) -> None:
    """A person could not be reached: the office hears of it in its next daily message."""
    others = set((await directory.read(session, hours.local_date(at))).office) - {row.person_id}
    await write_daily(session, others, at, hours)


async def next_messages(session: AsyncSession, people: Collection[int]) -> dict[int, datetime]:
    """When the next message to each of these people may go out, for those for whom one waits."""
    rows = await session.exec(
        select(OutboxRow.person_id, func.min(OutboxRow.not_before))
        .where(OutboxRow.state == "waiting", col(OutboxRow.person_id).in_(people))
        .group_by(col(OutboxRow.person_id))
    )
    return {person_id: when for person_id, when in rows if when is not None}


async def by_id(session: AsyncSession, row_id: int) -> OutboxRow | None:
    """A message."""
    return await session.get(OutboxRow, row_id)


async def has_due(session: AsyncSession, at: datetime) -> bool:
    """Whether anything may go out now: a look that needs no writing transaction."""
    return (await session.exec(select(OutboxRow.id).where(_claimable(at)).limit(1))).first() is not None


def _claimable(at: datetime) -> ColumnElement[bool]:
    free = (col(OutboxRow.state) == "waiting") & (col(OutboxRow.not_before) <= at)
    lost = (col(OutboxRow.state) == "claimed") & (col(OutboxRow.claimed_at) <= at - LEASE)
    return IS_OPEN & (free | lost)


async def claim(session: AsyncSession, at: datetime, hours: SendingHours) -> OutboxRow | None:
    """Claim the next row that may go out, or None when there is none or another worker was faster.

    Two workers never hold one row. A claim whose worker has not reported for two minutes is taken over and marked
    `resent`: the person may then get the message twice, but never not at all. One that has been claimed
    `MAX_ATTEMPTS` times without a report is given up. Of several daily messages that wait for a person, the claimed
    one speaks for all: its text is made when it goes out. Whoever has had one on this day, or for whom one is on its
    way, gets none: what it would have said is in that of the next day.
    """
    found = (
        await session.exec(select(OutboxRow).where(_claimable(at)).order_by(col(OutboxRow.not_before)).limit(1))
    ).first()
    if found is None:
        return None
    if found.state == "claimed" and found.resent and found.attempts >= MAX_ATTEMPTS:
        await _change_if(session, found, state="failed", claimed_at=None, problem="lost")
        return None
    others = await _others_of_day(session, found, at, hours) if found.kind == DAILY else ()
    if any(other.has_spoken for other in others):
        if await _change_if(session, found, state="dropped", claimed_at=None, problem=IN_ANOTHER):
            await write_daily(session, [found.person_id], at, hours)
        return None
    resent = found.resent or found.state == "claimed" or any(other.resent for other in others)
    if not await _change_if(session, found, state="claimed", claimed_at=at, attempts=found.attempts + 1, resent=resent):
        return None
    await _drop(session, [other.row_id for other in others])
    await session.refresh(found)
    return found


async def _change_if(session: AsyncSession, row: OutboxRow, **values: object) -> bool:
    """Change a row that is still as it was read."""
    claimed_at = col(OutboxRow.claimed_at)
    statement = (
        update(OutboxRow)
        .where(
            col(OutboxRow.id) == row.id,
            col(OutboxRow.state) == row.state,
            claimed_at.is_(None) if row.claimed_at is None else claimed_at == row.claimed_at,
        )
        .values(**values)
    )
    result = await session.exec(statement.execution_options(synchronize_session=False))
    return result.rowcount == 1


class _Other(NamedTuple):
    """Another daily message to the same person on the same day; `has_spoken`: it went out, or is on its way."""

    row_id: int
    has_spoken: bool
    resent: bool


async def _others_of_day(
    session: AsyncSession, found: OutboxRow, at: datetime, hours: SendingHours
) -> tuple[_Other, ...]:
    """The other daily messages to a person that went out on this day or would, locked for this transaction.

    Locked in one order, so that of two workers who hold a message each the second waits and sees what the first does.
    """
    today = hours.local_date(at)
    waits = (col(OutboxRow.state) == "waiting") & (col(OutboxRow.not_before) <= at + WITHIN_THE_DAY)
    is_on_its_way = (col(OutboxRow.state) == "claimed") & (col(OutboxRow.claimed_at) > at - LEASE)
    went_out = col(OutboxRow.sent_at).between(_midnight(today, hours), _midnight_after(today, hours))
    rows = await session.exec(
        select(OutboxRow.id, OutboxRow.state, OutboxRow.resent)
        .where(
            OutboxRow.person_id == found.person_id,
            OutboxRow.kind == DAILY,
            waits | is_on_its_way | went_out | (col(OutboxRow.id) == found.id),
        )
        .order_by(col(OutboxRow.id))
        .with_for_update()
    )
    return tuple(
        _Other(row_id, state != "waiting", resent)
        for row_id, state, resent in rows
        if row_id is not None and row_id != found.id
    )


async def _drop(session: AsyncSession, row_ids: Collection[int]) -> None:
    if row_ids:
        statement = update(OutboxRow).where(col(OutboxRow.id).in_(row_ids), col(OutboxRow.state) == "waiting")
        dropped = statement.values(state="dropped", problem=IN_ANOTHER)
        await session.exec(dropped.execution_options(synchronize_session=False))


async def sent(
    session: AsyncSession, row_id: int, at: datetime, message_id: int | None, kept: dict[str, Any] | None = None
) -> None:
    """The message went out; `kept` is what is to be kept with it, such as what it told (`storage.told`)."""
    data = {"data": kept} if kept is not None else {}
    await _settle(session, row_id, state="sent", sent_at=at, message_id=message_id, **data)


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


async def may_have_come(session: AsyncSession) -> None:
    """What waits may have gone out before, and says so when it does; what was claimed waits again."""
    statement = update(OutboxRow).where(IS_OPEN).values(state="waiting", claimed_at=None, resent=True)
    await session.exec(statement.execution_options(synchronize_session=False))


async def bring_forward(session: AsyncSession, at: datetime, hours: SendingHours) -> None:
    """The clock was set back: nothing waits for the moment it showed before, or is held by a worker of then."""
    waits = (col(OutboxRow.state) == "waiting") & (col(OutboxRow.written_at) > at)
    people = set(await session.exec(select(OutboxRow.person_id).where(waits, OutboxRow.kind == DAILY)))
    held = (col(OutboxRow.state) == "claimed") & (col(OutboxRow.claimed_at) > at)
    for statement in (
        delete(OutboxRow).where(waits, OutboxRow.kind == DAILY),  # type: ignore[arg-type]
        update(OutboxRow).where(waits).values(not_before=hours.next_open(at)),
        update(OutboxRow).where(held).values(claimed_at=at - LEASE),
    ):
        await session.exec(statement.execution_options(synchronize_session=False))
    await write_daily(session, people, at, hours)
