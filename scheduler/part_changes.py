"""What a change of a measure, its units or its plan means for the parts that are asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import SendingHours
from scheduler.parts import beside, not_told_since, part_of
from scheduler.planning import fair_reply_by
from scheduler.requests import is_part_asked_again, resume_requests, take_requests
from scheduler.settings import PlanSettings
from scheduler.work import Work
from storage import directory, measures, outbox, parts, replies
from storage.ids import id_of
from storage.tables import Measure, Plan, Round, StatusRequest

Asked = list[tuple[StatusRequest, Round | None]]


async def parts_changed(session: AsyncSession, measures: Iterable[Measure], at: datetime, hours: SendingHours) -> None:
    """Ask for the parts of measures as they are now, in the rounds and about the due dates that are open."""
    by_plan: dict[int, list[Measure]] = {}
    for measure in measures:
        by_plan.setdefault(measure.plan_id, []).append(measure)
    for plan_id, of_plan in by_plan.items():
        work = await work_of(session, await session.get_one(Plan, plan_id), at, hours)
        await ask_parts(work, of_plan)
        await tell(work, hours)


async def unit_changed(session: AsyncSession, unit_ids: Iterable[int], at: datetime, hours: SendingHours) -> None:
    """People or the kind of units have changed: their parts are asked for, or no longer."""
    measures = await parts.concerning(session, list(unit_ids))
    await parts_changed(session, measures, at, hours)


async def work_of(session: AsyncSession, plan: Plan, at: datetime, hours: SendingHours) -> Work:
    """What a pass over a plan works with, as of a moment between two passes."""
    today = hours.local_date(at)
    people = await directory.read(session, today)
    settings = PlanSettings.usable(plan.settings)
    own_leads = await measures.own_lead_days(session, id_of(plan))
    return Work(session, at, today, hours, people, plan, settings, own_leads=own_leads)


async def tell(work: Work, hours: SendingHours) -> None:
    """Store what was taken up; whom it concerns hears of it within the day's one message."""
    await work.finish()
    told = {notice.person_id for notice in work.notices if notice.person_id is not None}
    await outbox.write_daily(work.session, told, work.at, hours)


async def ask_parts(work: Work, measures: Sequence[Measure]) -> None:
    """Ask the units that have a part in what is asked now and have not been asked, and stop asking the others."""
    ids = [id_of(measure) for measure in measures]
    asked = await parts.asked(work.session, ids)
    closed = await replies.closed_measures(work.session, id_of(work.plan), ids) if asked else set()
    archived = {measure.id for measure in measures if measure.archived_at is not None}
    units = (await beside(work, measures)).asked if asked else {}
    wanted = {measure_id: found for measure_id, found in units.items() if measure_id not in closed | archived}
    _stop(work, asked, wanted, archived | closed)
    await work.session.flush()
    known = {_subject(row): row for row, _round in asked}
    waiting = {(_about(row), row.unit_id) for row, _round in asked if row.part and row.closed_at is None}
    fresh: Asked = []
    again: Asked = []
    for whole, row in asked:
        if whole.part or not _is_asked(whole, row):
            continue
        for unit_id in wanted.get(whole.measure_id, ()):
            if (_about(whole), unit_id) in waiting:
                continue
            waiting.add((_about(whole), unit_id))
            before = known.get((*_subject(whole)[:-1], unit_id))
            if before is None:
                fresh.append((_late(work, part_of(whole, unit_id), row), row))
            elif is_part_asked_again(before):
                before.part = True
                again.append((before, row))
    new = {id(request) for request in await not_told_since(work, [request for request, _row in fresh])}
    fresh = [(request, row) for request, row in fresh if id(request) in new]
    work.session.add_all(request for request, _row in fresh)
    await work.session.flush()
    await take_requests(work, [(request, row) for request, row in fresh if row])
    await resume_requests(work, [*again, *((request, row) for request, row in fresh if not row)])


def _is_asked(whole: StatusRequest, row: Round | None) -> bool:
    """Whether parts are asked for beside a whole: it waits for an answer, or has one in a round that goes on."""
    is_answered = whole.closed_because == "answered" and row is not None and row.state == "open"
    return whole.closed_at is None or is_answered


def _about(request: StatusRequest) -> tuple[int, int | None, int | None]:
    """The measure, and the round or due date, whatever the reason it is asked for."""
    return request.measure_id, request.round_id, request.occurrence_id


def _subject(request: StatusRequest) -> tuple[int, int | None, int | None, str, int]:
    return request.measure_id, request.round_id, request.occurrence_id, request.reason, request.unit_id


def _stop(work: Work, asked: Asked, wanted: dict[int, tuple[int, ...]], closed: Iterable[int | None]) -> None:
    """Close the parts that are wanted no more: the unit has none, or answers for the whole."""
    for request, _row in asked:
        if request.part and request.closed_at is None and request.unit_id not in wanted.get(request.measure_id, ()):
            because = "measure_closed" if request.measure_id in closed else "owner_changed"
            request.closed_at, request.closed_because, request.next_on = work.at, because, None


def _late(work: Work, request: StatusRequest, row: Round | None) -> StatusRequest:
    """A part that is asked for later than the whole: in a round by a day that gives the unit time."""
    request.opened_at = work.at
    if row is not None:
        request.anchor_on = fair_reply_by(row, work.today, work.calendar)
        request.steps_taken = 0
    return request
