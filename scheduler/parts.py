"""Who is asked for their part of a measure, beside the unit that answers for the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler.settings import PlanSettings
from scheduler.work import Work
from storage import parts
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import Measure, Round, StatusReply, StatusRequest

Units = dict[int, tuple[int, ...]]


@dataclass(frozen=True)
class Unasked:
    """A unit that has a part in measures that are asked about now, and nobody of which has joined."""

    plan_id: int
    unit: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """The units that have a part in measures, by measure: those that are asked, and those nobody of has joined."""

    asked: Units = field(default_factory=dict)
    unreachable: Units = field(default_factory=dict)


async def beside(work: Work, measures: Iterable[Measure]) -> Beside:
    """Who has a part in these measures; nobody where the plan does not ask for parts."""
    if not work.settings.ask_parts:
        return Beside()
    owners = {id_of(measure): measure.owner_id for measure in measures}
    named = await parts.named(work.session, list(owners))
    people = work.directory
    return Beside(
        {
            measure_id: tuple(unit_id for unit_id in units if is_asked(people, unit_id, owners[measure_id]))
            for measure_id, units in named.items()
        },
        {
            measure_id: tuple(unit_id for unit_id in units if not people.members(unit_id))
            for measure_id, units in named.items()
        },
    )


def is_asked(people: Directory, unit_id: int, owner_id: int | None) -> bool:
    """Whether a unit is asked for its part: somebody leads it, and not only those who answer for the whole."""
    of_owner = _leading(people, owner_id) if owner_id else ()
    return bool(set(_leading(people, unit_id)) - set(of_owner))


def _leading(people: Directory, unit_id: int) -> tuple[int, ...]:
    return people.leaders.get(unit_id) or people.deputies.get(unit_id, ())


async def not_told_since(work: Work, requests: Sequence[StatusRequest]) -> list[StatusRequest]:
    """The requests without those for parts that were told of when, or after, the due date they are about had come.

    As an answer about the whole does, what is said of a part settles the due dates that have come, whoever leads.
    """
    about_days = {request.measure_id for request in requests if request.part and request.due_on is not None}
    if not about_days:
        return list(requests)
    said = await parts.latest(work.session, about_days)
    return [
        request
        for request in requests
        if not (request.part and _is_settled(work, request, said.get((request.measure_id, request.unit_id))))
    ]


def _is_settled(work: Work, request: StatusRequest, reply: StatusReply | None) -> bool:
    if reply is None or request.due_on is None:
        return False
    return work.hours.local_date(reply.at) >= work.calendar.on_or_before(request.due_on)


def part_of(request: StatusRequest, unit_id: int) -> StatusRequest:
    """A request that asks another unit for its part, for the same reason and by the same day."""
    return StatusRequest(
        measure_id=request.measure_id,
        unit_id=unit_id,
        part=True,
        reason=request.reason,
        round_id=request.round_id,
        occurrence_id=request.occurrence_id,
        due_on=request.due_on,
        anchor_on=request.anchor_on,
        opened_at=request.opened_at,
        steps_taken=request.steps_taken,
    )


def with_parts(work: Work, wanted: Iterable[StatusRequest], units: Beside) -> list[StatusRequest]:
    """Requests about whole measures, each followed by those for its parts.

    The office hears of units that have a part and nobody of whom has joined: they are not asked.
    """
    found = []
    for whole in wanted:
        found += [whole, *(part_of(whole, unit_id) for unit_id in units.asked.get(whole.measure_id, ()))]
        staff = work.directory.told(work.settings.tell_nobody)
        for unit_id in units.unreachable.get(whole.measure_id, ()) if staff else ():
            work.tell(staff, "nobody_joined", part_of(whole, unit_id))
    return found


async def unasked(session: AsyncSession, people: Directory, settings: dict[int, PlanSettings]) -> tuple[Unasked, ...]:
    """Units of which nobody has joined that have a part in the measures of an open round, and have said nothing of it.

    The office asks them in another way.
    """
    rows = await session.exec(
        select(StatusRequest.measure_id, StatusRequest.round_id, Measure.ref, Measure.plan_id)
        .join(Measure, col(Measure.id) == col(StatusRequest.measure_id))
        .join(Round, col(Round.id) == col(StatusRequest.round_id))
        .where(Round.state == "open", col(StatusRequest.part).is_(False), col(StatusRequest.closed_at).is_(None))
        .order_by(col(Measure.plan_id), col(Measure.position))
    )
    asked = [row for row in rows if settings[row[3]].ask_parts]
    ids = [row[0] for row in asked]
    named = await parts.named(session, ids)
    said = await parts.latest(session, ids) if named else {}
    found: dict[tuple[int, int], list[str]] = {}
    for measure_id, round_id, ref, plan_id in asked:
        for unit_id in named.get(measure_id, ()):
            reply = said.get((measure_id, unit_id))
            if not people.members(unit_id) and (reply is None or reply.round_id != round_id):
                found.setdefault((plan_id, unit_id), []).append(ref)
    return tuple(
        Unasked(plan_id, people.units[unit_id].name, tuple(refs)) for (plan_id, unit_id), refs in found.items()
    )
