"""Absences whose day has come: whoever stands in hears what waits, and whoever is back is welcomed."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import WorkCalendar
from scheduler.notices import Notice
from storage.absences import DAY
from storage.directory import Directory
from storage.tables import Absence, Escalation, Membership, StatusRequest


async def take_absences(
    session: AsyncSession, due: Sequence[Absence], today: date, calendar: WorkCalendar, people: Directory
) -> list[Notice]:
    """Take up the absences that begin or are over. A first day that was missed is over as well: who is back is told."""
    notices: list[Notice] = []
    begun = [row for row in due if row.last_on >= today]
    for row in begun:
        row.next_on = calendar.on_or_after(row.last_on + DAY)
    waiting = await _units_that_wait(session, {row.person_id for row in begun})
    for row in begun:
        told = _told(people, row.person_id, waiting.get(row.person_id, set()))
        notices += [Notice(person_id=person_id, kind="stand_in", due=row.last_on) for person_id in sorted(told)]
    for row in due:
        if row.last_on < today:
            row.next_on = None
            if row.person_id not in people.away:
                notices.append(Notice(person_id=row.person_id, kind="back", due=row.last_on))
    await session.flush()
    return notices


async def _units_that_wait(session: AsyncSession, away: Collection[int]) -> dict[int, set[int]]:
    """The units of those who are away about which something is open: asked of them, or gone up to them."""
    if not away:
        return {}
    up = select(Escalation.unit_id).where(
        Escalation.request_id == StatusRequest.id, Escalation.unit_id == Membership.unit_id
    )
    rows = await session.exec(
        select(Membership.person_id, Membership.unit_id)
        .join(StatusRequest, or_(StatusRequest.unit_id == Membership.unit_id, up.exists()))
        .where(col(Membership.person_id).in_(away), col(StatusRequest.closed_at).is_(None))
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for person_id, unit_id in rows:
        found.setdefault(person_id, set()).add(unit_id)
    return found


def _told(people: Directory, away: int, units: Collection[int]) -> set[int]:
    """Who has heard nothing of these units before, and is asked for them now that somebody is away."""
    told: set[int] = set()
    for unit_id in units:
        asked = people.asked(unit_id)
        others = set(people.members(unit_id)) - set(people.away)
        heir = people.stand_in(away)
        told |= ({heir} if heir in asked else set(asked)) - (others & set(asked))
        if not asked:
            told |= set(people.office)
    return {person_id for person_id in told if person_id is not None}
