"""Taking up a round that was called off: it goes on where it was, and whoever is asked hears of it."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import col, select

from scheduler.changes import ask_in_round
from scheduler.meeting_checks import RoundRefused, check_meeting
from scheduler.part_changes import ask_parts
from scheduler.planning import fair_reply_by, plan_ahead
from scheduler.requests import resume_requests
from scheduler.round_changes import Change, move_meeting, tell, waiting
from scheduler.work import Work
from storage import measures, outbox
from storage.ids import id_of
from storage.tables import Round, RoundStep, StatusRequest

AGAIN = "round_again"


async def take_up(change: Change, row: Round, body: str | None = None, held_on: date | None = None) -> None:
    """Ask the units all the same; with a body and a day, after its meeting was moved there. Raises `RoundRefused`.

    A round that had not opened when it was called off opens on its day. In one that had, the questions that went with
    it are put again; what the office had called off by itself before, stays so.
    """
    called_off_at = row.called_off_at
    if called_off_at is None:
        raise RoundRefused("not_called_off", year=row.year)
    case = await change.case(row, row.year, body or row.body, again=True)
    own = None if row.papers_on == case.dates(row.meeting_on, None).papers else row.papers_on
    check_meeting(case, row.year, body or row.body, held_on or row.meeting_on, None if held_on else own)
    row.called_off_at, row.state, row.next_on = None, "open" if case.is_open else "planned", change.today
    closing = delete(RoundStep).where(col(RoundStep.round_id) == row.id, col(RoundStep.step) == "closed")
    await change.session.exec(closing)
    if held_on is None:
        await plan_ahead(change.session, change.plan, change.today, change.hours.calendar)
    else:
        await move_meeting(change, row.year, body or row.body, held_on)
    change.log(row, "round_taken_up")
    if case.is_open:
        await _ask_again(change, row, called_off_at)


async def _ask_again(change: Change, row: Round, called_off_at: datetime) -> None:
    work = await change.work()
    rows = list(await change.session.exec(select(StatusRequest).where(StatusRequest.round_id == row.id)))
    apart = {
        request.measure_id
        for request in rows
        if request.closed_because == "called_off" and request.closed_at != called_off_at and not request.part
    }
    went_with_it = [request for request in rows if request.closed_at == called_off_at]
    for request in went_with_it:
        request.anchor_on = fair_reply_by(row, work.today, work.calendar)
    found = await measures.of_plan(change.session, id_of(change.plan))
    for measure in found:
        if measure.id not in apart:
            await ask_in_round(work, row, measure)
    await resume_requests(work, [(request, row) for request in went_with_it if request.part and request.closed_at])
    await ask_parts(work, found)
    await _say(change, work, row)


async def _say(change: Change, work: Work, row: Round) -> None:
    """Those who are asked hear of the round itself; the others in their daily message."""
    await work.finish()
    asked = await waiting(change, row)
    told = {notice.person_id for notice in work.notices if notice.person_id is not None}
    await outbox.write_daily(change.session, told - asked, change.at, change.hours)
    await tell(change, asked, f"{AGAIN}:{row.id}:{change.at:%H%M%S}")
