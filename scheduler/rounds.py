"""The steps of a round: prepared, opened, the office's week, the papers, closed."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, select

from scheduler.parts import beside, with_parts
from scheduler.planning import MISSED_FOR, fair_reply_by, period_of, plan_ahead, prepare_on, short_until
from scheduler.requests import take_requests
from scheduler.targets import take_up
from scheduler.work import Work
from storage import attainments, replies, reports
from storage.ids import id_of
from storage.insert import insert_all
from storage.tables import Measure, Round, RoundStep, StatusRequest

DAY = timedelta(days=1)
DRAFT_COMES = ("office_week", "papers")  # once: with the papers only where the week was passed over
ASK_FOR_TARGETS = ("open", "office_week", "papers")


async def take_rounds(work: Work, rounds: Sequence[Round]) -> None:
    """Take the steps of these rounds whose day has come; of several that were missed, only the last that matters."""
    if not rounds:
        return
    rows = await work.session.exec(
        select(RoundStep.round_id, RoundStep.step).where(col(RoundStep.round_id).in_([id_of(row) for row in rounds]))
    )
    noted = set(rows)
    for row in rounds:
        await _take(work, row, {step for round_id, step in noted if round_id == row.id})


async def _take(work: Work, row: Round, noted: set[str]) -> None:
    days = _days(work, row)
    ahead = _after_the_last(noted, list(days))
    due = [step for step in ahead if days[step] <= work.today]
    step = "open" if "open" in due and "closed" not in due else next(reversed(due), None)
    if step == "closed":
        if "open" not in noted and row.meeting_on >= work.today - MISSED_FOR:
            _tell_those_who_prepare(work, "round_missed", row.meeting_on)
        await close_round(work, row)
        return
    if step == "open":
        await _open(work, row)
        if (until := short_until(row, work.today, work.calendar)) is not None:
            _tell_those_who_prepare(work, "round_short", until)
    elif step == "prepare":
        work.tell_of(work.directory.told(work.settings.tell_prepare), "prepare", row.opens_on)
    elif step is not None:
        work.tell_of(work.directory.office, step, row.papers_on)
    if step in DRAFT_COMES:
        await reports.announce(work.session, id_of(row), work.directory.office, work.today, work.at)
    if step in ASK_FOR_TARGETS and row.year == work.plan.last_year:
        await _ask_for_targets(work, row)
    if step is not None:
        work.session.add(RoundStep(round_id=id_of(row), step=step, at=work.at))
    is_behind = step == "open" and days["office_week"] <= work.today
    next_on = work.today + DAY if is_behind else min(days[step] for step in ahead if days[step] > work.today)
    up_on = await take_up(work, row, noted)
    row.next_on = min(next_on, up_on) if up_on else next_on


def _tell_those_who_prepare(work: Work, kind: str, day: date) -> None:
    if told := work.directory.told(work.settings.tell_prepare):
        work.tell_of(told, kind, day)


async def _ask_for_targets(work: Work, row: Round) -> None:
    """In the last round of a plan units say whether its result targets have been reached; the office where none can."""
    asked: set[int] = set()
    for found in await attainments.to_assess(work.session, id_of(work.plan)):
        people = work.directory.asked(id_of(found.unit)) if found.unit else ()
        asked.update(people or work.directory.office)
    for person_id in sorted(asked):
        work.tell_of((person_id,), "targets", row.reply_by)


def _after_the_last(noted: set[str], steps: Sequence[str]) -> Sequence[str]:
    """The steps that follow the last one taken: what was passed over is over."""
    last = max((number for number, step in enumerate(steps) if step in noted), default=-1)
    return steps[last + 1 :]


def _days(work: Work, row: Round) -> dict[str, date]:
    """The day of every step, in their order."""
    return {
        "prepare": prepare_on(row.opens_on, work.settings, work.calendar),
        "open": work.calendar.on_or_before(row.opens_on),
        "office_week": row.office_from,
        "papers": row.papers_on,
        "closed": row.meeting_on + DAY,
    }


async def _open(work: Work, row: Round) -> None:
    """Ask about every measure that is not closed and has somebody to ask."""
    row.state = "open"
    measures = await work.session.exec(
        select(Measure)
        .where(Measure.plan_id == row.plan_id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    closed = await replies.closed_measures(work.session, row.plan_id)
    requests = []
    asked = [measure for measure in measures if measure.id not in closed]
    for measure in asked:
        request = round_request(work, row, measure)
        if request is None:
            work.tell_of(work.directory.told(work.settings.tell_prepare), "no_owner", row.opens_on, measure)
        else:
            requests.append(request)
    await insert_all(work.session, with_parts(work, requests, await beside(work, asked)))
    fresh = await work.session.exec(
        select(StatusRequest).where(StatusRequest.round_id == row.id).order_by(col(StatusRequest.id))
    )
    await take_requests(work, [(request, row) for request in fresh])


def round_request(work: Work, row: Round, measure: Measure) -> StatusRequest | None:
    """A round's question about a measure; None where there is no unit to ask."""
    owner = work.owner_of(measure)
    if owner is None:
        return None
    return StatusRequest(
        measure_id=id_of(measure),
        unit_id=owner,
        reason="round",
        round_id=row.id,
        anchor_on=fair_reply_by(row, work.today, work.calendar),
        opened_at=work.at,
    )


async def close_round(work: Work, row: Round) -> None:
    """The meeting is over: what is still open stays unanswered, and nobody is asked about it any more."""
    row.state = "closed"
    row.next_on = None
    work.session.add(RoundStep(round_id=id_of(row), step="closed", at=work.at))
    left = await work.session.exec(
        select(StatusRequest)
        .where(StatusRequest.round_id == row.id, col(StatusRequest.closed_at).is_(None))
        .with_for_update()
    )
    for request in left:
        request.closed_at = work.at
        request.closed_because = "round_closed"
        request.next_on = None
    await work.session.flush()
    if period_of(work.plan) is None:
        # Nothing ends such a plan: its rounds go on, some years ahead.
        await plan_ahead(work.session, work.plan, work.today, work.calendar)
