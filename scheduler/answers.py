"""What an answer does: it closes what was asked about the measure, and says when it next concerns us."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Kind
from plan.status import Status
from plan.workday import SendingHours
from scheduler.planning import without_unwanted
from storage import parts, question_backs
from storage.tables import Measure, Occurrence, StatusRequest


async def take_answer(
    session: AsyncSession, measure_id: int, status: Status, at: datetime, hours: SendingHours
) -> list[StatusRequest]:
    """Close the open requests about a whole measure, and its due dates as far as the answer settles them.

    Utgår settles every due date, and so does gjennomført, except those of a duty that comes again: then it is about
    those that have come or are asked about, and the others are asked about on their days. Any other answer settles
    those that have come; one that still lies ahead is asked about again on its day. Parts are asked for still, unless
    nothing is left to do. Returns the requests that were closed.
    """
    return await take_answers(session, [measure_id], status, at, hours)


async def take_answers(
    session: AsyncSession, measure_ids: Collection[int], status: Status, at: datetime, hours: SendingHours
) -> list[StatusRequest]:
    """The same answer about several measures, in as many statements as one takes, unless it closes them.

    The due dates are locked before what is asked about them is read: an answer that comes during a pass waits for what
    the pass asks (`scheduler.work.find_due`, which locks them in the same order).
    """
    today = hours.local_date(at)
    waiting = list(
        await session.exec(
            select(Occurrence)
            .where(col(Occurrence.measure_id).in_(measure_ids), col(Occurrence.closed_at).is_(None))
            .order_by(col(Occurrence.due_on))
            .with_for_update()
        )
    )
    requests = await _open_requests(session, measure_ids)
    _close(requests, at, "answered")
    asked = {request.occurrence_id for request in requests}
    by_measure: dict[int, list[Occurrence]] = {measure_id: [] for measure_id in measure_ids}
    for occurrence in waiting:
        by_measure[occurrence.measure_id].append(occurrence)
    for measure_id, rows in by_measure.items():
        occurrences = await _still_meant(session, measure_id, rows, asked, today)
        # A due date that is no working day is asked about on the one before, and settled from then on.
        with_days = [(occurrence, hours.calendar.on_or_before(occurrence.due_on)) for occurrence in occurrences]
        await _settle(session, measure_id, with_days, asked, status, at, today)
    await question_backs.answered(session, measure_ids, at, hours)
    await session.flush()
    return requests


async def _still_meant(
    session: AsyncSession, measure_id: int, rows: Sequence[Occurrence], asked: Collection[int | None], today: date
) -> Sequence[Occurrence]:
    """Without the days that the deadline no longer has: an answer is about none of them."""
    if all(row.next_on is not None or row.id in asked for row in rows):
        return rows  # as it is nearly always
    return await without_unwanted(session, await session.get_one(Measure, measure_id), rows, today)


async def _settle(
    session: AsyncSession,
    measure_id: int,
    occurrences: Sequence[tuple[Occurrence, date]],
    asked: Collection[int | None],
    status: Status,
    at: datetime,
    today: date,
) -> None:
    """What an answer does to the due dates of a measure that wait, each with the day it is asked about on."""
    if status.closes:
        _close(await parts.open_of_measure(session, measure_id), at, "measure_closed")
    about = {row.id for row, asked_on in occurrences if row.id in asked or asked_on <= today}
    if status is Status.DONE and about:
        # One answer is one done, the first of the year that is asked about; whoever has done more says so for each.
        rows = sorted((row for row, _ in occurrences if row.id in about), key=lambda row: row.due_on)
        next(row for row in rows if row.due_on.year == rows[-1].due_on.year).done_at = at
    whole = status is Status.DROPPED or (
        status.closes and not await _goes_on(session, measure_id, about_one=bool(about))
    )
    for occurrence, asked_on in occurrences:
        if asked_on <= today or (status.closes and (whole or occurrence.id in about)):
            occurrence.closed_at = at
            occurrence.next_on = None
        elif occurrence.id in asked:
            occurrence.next_on = asked_on


async def _goes_on(session: AsyncSession, measure_id: int, *, about_one: bool) -> bool:
    """Whether a measure that is gjennomført comes again: what recurs, and the next milestone after one of several."""
    kind = (await session.get_one(Measure, measure_id)).deadline["kind"]
    return kind == Kind.RECURRING or (kind == Kind.MILESTONES and about_one)


async def reopen_due_dates(session: AsyncSession, measure_id: int, at: datetime, hours: SendingHours) -> None:
    """After a correction away from gjennomført or utgår: due dates that lie ahead concern us again."""
    today = hours.local_date(at)
    rows = await session.exec(
        select(Occurrence).where(Occurrence.measure_id == measure_id, col(Occurrence.due_on) > today)
    )
    measure = await session.get_one(Measure, measure_id)
    for occurrence in await without_unwanted(session, measure, rows, today):
        asked_on = hours.calendar.on_or_before(occurrence.due_on)
        if occurrence.closed_at is not None and asked_on > today:
            occurrence.closed_at = None
            occurrence.next_on = asked_on
    await session.flush()


async def open_requests(session: AsyncSession, measure_id: int) -> list[StatusRequest]:
    """What is being asked about a whole measure now; its parts are in `storage.parts`."""
    return await _open_requests(session, [measure_id])


async def _open_requests(session: AsyncSession, measure_ids: Collection[int]) -> list[StatusRequest]:
    rows = await session.exec(
        select(StatusRequest).where(
            col(StatusRequest.measure_id).in_(measure_ids),
            col(StatusRequest.closed_at).is_(None),
            col(StatusRequest.part).is_(False),
        )
    )
    return list(rows)


async def take_part(session: AsyncSession, measure_id: int, unit_id: int, at: datetime) -> None:
    """A unit has said what there is to say of its part: it is asked for nothing more, and all else stays open."""
    _close(
        [request for request in await parts.open_of_measure(session, measure_id) if request.unit_id == unit_id],
        at,
        "answered",
    )
    await session.flush()


async def close_requests(session: AsyncSession, measure_id: int, at: datetime, because: str) -> None:
    """Stop asking about a whole measure: it was archived, or got another owner."""
    _close(await open_requests(session, measure_id), at, because)
    await session.flush()


async def close_parts(session: AsyncSession, measure_id: int, at: datetime) -> None:
    """Stop asking for the parts of a measure: it was archived."""
    _close(await parts.open_of_measure(session, measure_id), at, "measure_closed")
    await session.flush()


def _close(requests: Iterable[StatusRequest], at: datetime, because: str) -> None:
    for request in requests:
        request.closed_at, request.closed_because, request.next_on = at, because, None
