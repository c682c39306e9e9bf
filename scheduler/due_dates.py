"""Due dates whose day has come: a lead reminder opens a request, and so does the day itself."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlmodel import col, select

from scheduler.parts import beside, not_told_since, with_parts
from scheduler.planning import period_of, plan_occurrences
from scheduler.requests import is_part_asked_again, resume_requests, take_requests
from scheduler.steps import of_deadline
from scheduler.work import Work
from storage import proposals, replies
from storage.ids import id_of
from storage.insert import insert_all
from storage.tables import Measure, Occurrence, StatusRequest

FIRST_RETRY = timedelta(days=7)


async def take_due_dates(work: Work, due: Sequence[tuple[Occurrence, Measure]]) -> None:
    """Ask about every due date that is near or has come.

    Not about a measure that is gjennomført or utgår; and about one for which something is proposed not before that is
    decided.
    """
    if not due:
        return
    concerned = {id_of(measure) for _, measure in due}
    closed = await replies.closed_measures(work.session, id_of(work.plan), concerned)
    undecided = await proposals.undecided(work.session, concerned)
    asked = [(occurrence, measure) for occurrence, measure in due if measure.id not in closed | undecided]
    for occurrence, measure in due:
        occurrence.next_on = None
        if measure.id in closed:
            occurrence.closed_at = work.at
        elif measure.id in undecided:
            occurrence.next_on = work.calendar.add(work.today, 1)
        elif work.owner_of(measure) is None:
            _tell_of_no_owner(work, occurrence, measure)
    await _ask(work, asked)
    if period_of(work.plan) is None:
        # Nothing ends such a plan: what recurs in it is planned on, some years ahead.
        measures = {id_of(measure): measure for _, measure in asked}
        await plan_occurrences(work.session, work.plan, work.settings, work.today, work.calendar, measures.values())


def _tell_of_no_owner(work: Work, occurrence: Occurrence, measure: Measure) -> None:
    """The admins hear of it each week until the day has come, then ever more seldom, and no more after the plan's end.

    The wait is doubled: a week after the day, then two, four, eight weeks later.
    """
    period = period_of(work.plan)
    if period is not None and period.last < work.today and occurrence.due_on < work.today:
        return
    occurrence.next_on = work.today + max(FIRST_RETRY, work.today - occurrence.due_on)
    work.tell_of(work.directory.told(work.settings.tell_prepare), "no_owner", occurrence.due_on, measure)


async def _ask(work: Work, due: Iterable[tuple[Occurrence, Measure]]) -> None:
    whole = [
        due_request(work, occurrence, measure, owner)
        for occurrence, measure in due
        if (owner := work.owner_of(measure)) is not None
    ]
    rows = await _requests_about(work, {request.occurrence_id for request in whole})
    known = {_key(row): row for row in rows}
    waiting = {(row.occurrence_id, row.unit_id) for row in rows if row.part and row.closed_at is None}
    wanted = [
        request
        for request in with_parts(work, whole, await beside(work, [measure for _, measure in due]))
        # A part that was asked for before the day is not asked for once more on it.
        if not (request.part and (request.occurrence_id, request.unit_id) in waiting)
    ]
    wanted = await not_told_since(work, wanted)
    new = [request for request in wanted if _key(request) not in known]
    await insert_all(work.session, new)
    fresh = {_key(row): row for row in await _requests_about(work, {request.occurrence_id for request in new})}
    await take_requests(work, [(fresh[_key(request)], None) for request in new])
    again = []
    for request in wanted:
        row = known.get(_key(request))
        if row is not None and (not request.part or is_part_asked_again(row)):
            row.part = request.part
            again.append(row)
    await resume_requests(work, [(row, None) for row in again])


def _key(request: StatusRequest) -> tuple[int | None, str, int]:
    return request.occurrence_id, request.reason, request.unit_id


async def _requests_about(work: Work, occurrence_ids: Collection[int | None]) -> list[StatusRequest]:
    if not occurrence_ids:
        return []
    rows = await work.session.exec(select(StatusRequest).where(col(StatusRequest.occurrence_id).in_(occurrence_ids)))
    return list(rows)


def due_request(work: Work, occurrence: Occurrence, measure: Measure, unit_id: int) -> StatusRequest:
    """A request that begins at the step of today: lead reminders that lie further back are not said late."""
    lead = work.calendar.on_or_before(occurrence.due_on) > work.today and not occurrence.starts
    anchor = occurrence.due_on if lead else max(occurrence.due_on, work.today)
    steps = of_deadline(anchor, work.settings.leading(measure.lead_days), work.calendar)
    behind = max(sum(step.on <= work.today for step in steps) - 1, 0)
    return StatusRequest(
        measure_id=id_of(measure),
        unit_id=unit_id,
        reason="lead" if lead else "due",
        occurrence_id=occurrence.id,
        due_on=occurrence.due_on,
        anchor_on=anchor,
        opened_at=work.at,
        steps_taken=behind if lead else 0,
    )
