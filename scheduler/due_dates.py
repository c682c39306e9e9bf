"""Due dates whose day has come: a lead reminder opens a request, and so does the day itself."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from scheduler.requests import take_steps
from scheduler.steps import of_deadline
from scheduler.work import RETRY_WITHOUT_OWNER, Work
from storage.ids import id_of
from storage.tables import Measure, Occurrence, StatusRequest


async def take_due_dates(work: Work, due: Sequence[Occurrence]) -> None:
    """Ask about every due date that is near or has come."""
    measures = {
        id_of(measure): measure
        for measure in await work.session.exec(
            select(Measure).where(col(Measure.id).in_({occurrence.measure_id for occurrence in due}))
        )
    }
    known = await _requests_of(work, due)
    requests = []
    for occurrence in due:
        measure = measures[occurrence.measure_id]
        owner = work.directory.units.get(measure.owner_id) if measure.owner_id else None
        if owner is None or owner.external:
            occurrence.next_on = work.today + RETRY_WITHOUT_OWNER
            work.tell_of(work.directory.admins, "no_owner", occurrence.due_on, measure)
            continue
        occurrence.next_on = None
        request = _request(work, occurrence, measure, id_of(owner))
        requests.append(_reopened(known, request) or request)
    work.session.add_all(requests)
    await work.session.flush()
    await take_steps(work, requests, {})


async def _requests_of(work: Work, due: Sequence[Occurrence]) -> list[StatusRequest]:
    ids = {occurrence.id for occurrence in due}
    rows = await work.session.exec(select(StatusRequest).where(col(StatusRequest.occurrence_id).in_(ids)))
    return list(rows)


def _reopened(known: Sequence[StatusRequest], wanted: StatusRequest) -> StatusRequest | None:
    """The very question asked before, when a measure went to another owner and came back: it goes on where it was."""
    for request in known:
        same = (request.occurrence_id, request.reason, request.unit_id)
        if same == (wanted.occurrence_id, wanted.reason, wanted.unit_id):
            request.closed_at, request.closed_because = None, None
            return request
    return None


def _request(work: Work, occurrence: Occurrence, measure: Measure, unit_id: int) -> StatusRequest:
    """A request that begins at the step of today: lead reminders that lie further back are not said late."""
    lead = occurrence.due_on > work.today and work.calendar.on_or_before(occurrence.due_on) > work.today
    anchor = occurrence.due_on if lead else max(occurrence.due_on, work.today)
    return StatusRequest(
        measure_id=id_of(measure),
        unit_id=unit_id,
        reason="lead" if lead else "due",
        occurrence_id=occurrence.id,
        due_on=occurrence.due_on,
        anchor_on=anchor,
        opened_at=work.at,
        steps_taken=_steps_behind(work, measure, anchor) if lead else 0,
    )


def _steps_behind(work: Work, measure: Measure, anchor: date) -> int:
    steps = of_deadline(anchor, work.settings[measure.plan_id], work.calendar)
    return max(sum(step.on <= work.today for step in steps) - 1, 0)
