"""Requests that wait for an answer, each with the measure it is about: of the many there may be no more is read than
a message says.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, cast
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Escalation, Measure, StatusRequest, Unit


class OpenRequest(NamedTuple):
    """A request with its measure, the unit that is asked, and `lead`, the one that answers for the whole, if any.

    `deadline` is the measure's as it is stored: JSON.
    """

    request_id: int
    unit_id: int
    part: bool
    reason: str
    anchor_on: date
    opened_at: datetime
    due_on: date | None
    put_off_until: date | None
    measure_id: int
    plan_id: int
    ref: str
    title: str
    deadline: str
    unit: str
    lead: str | None


_lead = aliased(Unit)


def _asked() -> Any:
    columns = (
        StatusRequest.id,
        StatusRequest.unit_id,
        StatusRequest.part,
        StatusRequest.reason,
        StatusRequest.anchor_on,
        StatusRequest.opened_at,
        StatusRequest.due_on,
        StatusRequest.put_off_until,
        Measure.id,
        Measure.plan_id,
        Measure.ref,
        Measure.title,
        cast(col(Measure.deadline), Text),
        Unit.name,
        _lead.name,
    )
    return (
        select(*columns)  # type: ignore[call-overload]
        .select_from(StatusRequest)
        .join(Measure, col(Measure.id) == col(StatusRequest.measure_id))
        .join(Unit, col(Unit.id) == col(StatusRequest.unit_id))
        .join(_lead, col(_lead.id) == col(Measure.owner_id), isouter=True)
        .where(col(StatusRequest.closed_at).is_(None))
        .order_by(col(StatusRequest.anchor_on), col(Measure.plan_id), col(Measure.position), col(StatusRequest.id))
    )


async def to_units(session: AsyncSession, unit_ids: Collection[int]) -> list[OpenRequest]:
    """What these units are asked, the most pressing first."""
    rows = await session.exec(_asked().where(col(StatusRequest.unit_id).in_(unit_ids)))
    return [OpenRequest(*row) for row in rows]


async def gone_up_to(session: AsyncSession, unit_ids: Collection[int], *, office: bool) -> list[OpenRequest]:
    """What has gone up to one of these units, or to the `office`, and is asked of none of them."""
    to_them = [col(Escalation.unit_id).in_(unit_ids)]
    if office:
        to_them.append(col(Escalation.unit_id).is_(None))
    rows = await session.exec(
        _asked().where(
            col(StatusRequest.unit_id).not_in(unit_ids),
            col(StatusRequest.id).in_(select(Escalation.request_id).where(or_(*to_them))),
        )
    )
    return [OpenRequest(*row) for row in rows]
