"""Status replies: storing one, correcting one, and reading what stands.

Replies are in the order in which they came, which is that of their ids: the clock that dates them may have run ahead
and been put right since, and what came later is newer all the same.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from plan.deadline import Kind
from plan.status import Status
from storage.tables import Measure, Occurrence, Proposal, StatusReply, StatusRequest

CLOSING = [status.value for status in Status if status.closes]
COMING_AGAIN = [Kind.RECURRING.value, Kind.MILESTONES.value]


_correction = aliased(StatusReply)
# Made once: an alias of a table has a copy of each of its columns, and every answer is looked for this way.
_IS_CORRECTED = select(_correction.id).where(_correction.supersedes_id == StatusReply.id).exists()


def uncorrected() -> SelectOfScalar[StatusReply]:
    """The replies that no correction has superseded, about whole measures and about parts."""
    return select(StatusReply).where(~_IS_CORRECTED)


def standing() -> SelectOfScalar[StatusReply]:
    """The replies about whole measures that no correction has superseded; parts are in `storage.parts`."""
    return uncorrected().where(col(StatusReply.part).is_(False))


def last_of_each(*about: Mapped[int], among: Sequence[ColumnElement[bool]]) -> SelectOfScalar[StatusReply]:
    """The last uncorrected reply about each thing, in their order; the many before them are not read."""
    last = select(func.max(StatusReply.id).label("id")).where(~_IS_CORRECTED, *among).group_by(*about).subquery()
    return select(StatusReply).join(last, last.c.id == col(StatusReply.id)).order_by(col(StatusReply.id))


async def latest(session: AsyncSession, measure_ids: Collection[int]) -> dict[int, StatusReply]:
    """The last standing reply of each measure that has one."""
    wanted = col(StatusReply.measure_id).in_(measure_ids), col(StatusReply.part).is_(False)
    rows = await session.exec(last_of_each(col(StatusReply.measure_id), among=wanted))
    return {row.measure_id: row for row in rows}


async def closed_measures(session: AsyncSession, plan_id: int, among: Collection[int] | None = None) -> set[int]:
    """The measures of a plan whose last standing reply closes them: gjennomført, or utgår unless that was turned down.

    One that recurs, or has several milestones, is not closed by gjennomført while it has a due date left.
    With `among`, only these measures are looked at, and only their replies.
    """
    number = func.row_number().over(partition_by=col(StatusReply.measure_id), order_by=col(StatusReply.id).desc())
    wanted = col(Measure.plan_id) == plan_id if among is None else col(Measure.id).in_(among)
    ranked = (
        select(StatusReply.id, StatusReply.measure_id, StatusReply.status, number.label("number"))
        .join(Measure, col(Measure.id) == col(StatusReply.measure_id))
        .where(wanted, ~_IS_CORRECTED, col(StatusReply.part).is_(False))
        .subquery()
    )
    turned_down = select(Proposal.reply_id).where(Proposal.kind == "closing", Proposal.state == "rejected")
    rows = await session.exec(
        select(ranked.c.measure_id).where(
            ranked.c.number == 1,
            ranked.c.status.in_(CLOSING),
            ranked.c.id.not_in(turned_down),
            or_(ranked.c.status != Status.DONE, ranked.c.measure_id.not_in(_comes_again(wanted))),
        )
    )
    return set(rows)


def _comes_again(wanted: ColumnElement[bool]) -> SelectOfScalar[int]:
    """Measures that fall due again: what is asked about now has a request, and what lies ahead a day."""
    asked = select(StatusRequest.id).where(
        col(StatusRequest.occurrence_id) == col(Occurrence.id), col(StatusRequest.closed_at).is_(None)
    )
    return (
        select(Occurrence.measure_id)
        .join(Measure, col(Measure.id) == col(Occurrence.measure_id))
        .where(
            wanted,
            col(Measure.deadline)["kind"].as_string().in_(COMING_AGAIN),
            col(Occurrence.closed_at).is_(None),
            or_(col(Occurrence.next_on).is_not(None), asked.exists()),
        )
    )


async def of_measure(session: AsyncSession, measure_id: int) -> list[StatusReply]:
    """Every standing reply about a whole measure, newest first."""
    rows = await session.exec(
        standing().where(StatusReply.measure_id == measure_id).order_by(col(StatusReply.id).desc())
    )
    return list(rows)


async def ever_of_measure(session: AsyncSession, measure_id: int) -> list[StatusReply]:
    """Every reply about a whole measure there has been, also those that were corrected, newest first."""
    rows = await session.exec(
        select(StatusReply)
        .where(StatusReply.measure_id == measure_id, col(StatusReply.part).is_(False))
        .order_by(col(StatusReply.id).desc())
    )
    return list(rows)


async def of_update(session: AsyncSession, inbox_id: int) -> StatusReply | None:
    """The reply an update made, if it has made one."""
    return (await session.exec(select(StatusReply).where(StatusReply.inbox_id == inbox_id))).first()


async def by_id(session: AsyncSession, reply_id: int) -> StatusReply | None:
    """A reply, standing or not."""
    return await session.get(StatusReply, reply_id)


async def correction_of(session: AsyncSession, reply_id: int) -> StatusReply | None:
    """The reply that superseded one, if there is one."""
    return (await session.exec(select(StatusReply).where(StatusReply.supersedes_id == reply_id))).first()


async def corrected_by(session: AsyncSession, reply: StatusReply) -> list[StatusReply]:
    """The replies that one supersedes, each superseded by the one before it."""
    found: list[StatusReply] = []
    earlier = reply.supersedes_id
    while earlier is not None:
        found.append(await session.get_one(StatusReply, earlier))
        earlier = found[-1].supersedes_id
    return found


async def has_been_corrected(session: AsyncSession, reply_id: int) -> bool:
    """Whether a correction has superseded a reply."""
    return (await session.exec(select(StatusReply.id).where(StatusReply.supersedes_id == reply_id))).first() is not None


def add(
    session: AsyncSession,
    *,
    measure_id: int,
    unit_id: int,
    author_id: int,
    status: Status,
    comment: str | None,
    at: datetime,
    on_behalf: bool = False,
    part: bool = False,
    round_id: int | None = None,
    supersedes_id: int | None = None,
    inbox_id: int | None = None,
) -> StatusReply:
    """Store a reply; a correction names the one it supersedes. What it does to requests: `scheduler.answers`."""
    reply = StatusReply(
        measure_id=measure_id,
        unit_id=unit_id,
        author_id=author_id,
        on_behalf=on_behalf,
        part=part,
        status=status.value,
        comment=comment,
        at=at,
        round_id=round_id,
        supersedes_id=supersedes_id,
        inbox_id=inbox_id,
    )
    session.add(reply)
    return reply
