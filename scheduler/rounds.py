"""The steps of a round: prepared, opened, the office's week, the papers, closed."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, select

from scheduler.requests import take_steps
from scheduler.work import Work
from storage import replies
from storage.ids import id_of
from storage.tables import Measure, Round, RoundStep, StatusRequest

LATE_REPLY_DAYS = 3


async def take_rounds(work: Work, rounds: Sequence[Round]) -> None:
    """Take every step of these rounds whose day has come, one after the other."""
    for row in rounds:
        while row.next_on is not None and row.next_on <= work.today:
            await _take_step(work, row)


async def _take_step(work: Work, row: Round) -> None:
    opens = work.calendar.on_or_before(row.opens_on)
    if row.meeting_on < work.today:
        await _close(work, row)
    elif row.state == "planned" and opens <= work.today:
        await _open(work, row)
    elif row.state == "planned":
        _note(work, row, "prepare")
        work.tell_of(work.directory.admins, "prepare", row.opens_on)
        row.next_on = opens
    elif row.papers_on <= work.today:
        _note(work, row, "papers")
        work.tell_of(work.directory.office, "papers", row.papers_on)
        row.next_on = row.meeting_on + timedelta(days=1)
    else:
        _note(work, row, "office_week")
        work.tell_of(work.directory.office, "office_week", row.papers_on)
        row.next_on = row.papers_on


async def _open(work: Work, row: Round) -> None:
    """Ask about every measure that is not closed and has somebody to ask."""
    row.state = "open"
    row.next_on = max(row.office_from, work.today + timedelta(days=1))
    _note(work, row, "open")
    reply_by = _reply_by(work, row)
    measures = await work.session.exec(
        select(Measure)
        .where(Measure.plan_id == row.plan_id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    closed = await replies.closed_measures(work.session, row.plan_id)
    requests = []
    for measure in measures:
        owner = work.directory.units.get(measure.owner_id) if measure.owner_id else None
        if owner is None or owner.external:
            work.tell_of(work.directory.admins, "no_owner", row.opens_on, measure)
        elif measure.id not in closed:
            requests.append(
                StatusRequest(
                    measure_id=id_of(measure),
                    unit_id=id_of(owner),
                    reason="round",
                    round_id=row.id,
                    anchor_on=reply_by,
                    opened_at=work.at,
                )
            )
    work.session.add_all(requests)
    await work.session.flush()
    await take_steps(work, requests, {id_of(row): row})


def _reply_by(work: Work, row: Round) -> date:
    """The reply-by date; a round that opens too late for its own gets a few working days all the same."""
    return max(row.reply_by, min(work.calendar.add(work.today, LATE_REPLY_DAYS), row.meeting_on))


async def _close(work: Work, row: Round) -> None:
    """The meeting is over: what is still open stays unanswered, and nobody is asked about it any more."""
    row.state = "closed"
    row.next_on = None
    _note(work, row, "closed")
    left = await work.session.exec(
        select(StatusRequest).where(StatusRequest.round_id == row.id, col(StatusRequest.closed_at).is_(None))
    )
    for request in left:
        request.closed_at = work.at
        request.closed_because = "round_closed"
        request.next_on = None


def _note(work: Work, row: Round, step: str) -> None:
    work.session.add(RoundStep(round_id=id_of(row), step=step, at=work.at))
