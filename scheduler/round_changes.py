"""What the office does to a round: opens it, moves a meeting, its papers or the reply-by date, closes it, calls it off.

Whoever has been told of days that move, and has not answered yet, is told of the new ones at once within hours.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.case_route import same_body
from plan.workday import SendingHours
from scheduler.meeting_checks import Case, RoundRefused, case_of, check_meeting, check_papers
from scheduler.planning import plan_ahead
from scheduler.rounds import close_round, take_rounds
from scheduler.settings import PlanSettings
from scheduler.work import Work
from storage import audit, directory, meetings, outbox, rounds
from storage.ids import id_of
from storage.tables import Plan, Round, RoundStep, StatusRequest

MOVED, OVER = "round_moved", "round_over"


@dataclass(frozen=True)
class Change:
    """Who changes a round, when, and what follows from the plan."""

    session: AsyncSession
    plan: Plan
    actor: audit.Actor
    at: datetime
    hours: SendingHours

    @property
    def today(self) -> date:
        """The day it is where the people are."""
        return self.hours.local_date(self.at)

    @property
    def settings(self) -> PlanSettings:
        """The plan's own settings over the defaults."""
        return PlanSettings.usable(self.plan.settings)

    async def case(self, row: Round | None, year: int, body: str, *, again: bool = False) -> Case:
        """What the checks of a body's meeting in a year are made against. Raises `RoundRefused`."""
        calendar = self.hours.calendar
        return await case_of(self.session, self.plan, row, year, body, today=self.today, calendar=calendar, again=again)

    async def work(self) -> Work:
        """What a pass of the scheduler works with."""
        people = await directory.read(self.session, self.today)
        return Work(self.session, self.at, self.today, self.hours, people, self.plan, self.settings)

    def log(
        self, row: Round, action: str, field: str = "", before: date | None = None, after: date | None = None
    ) -> None:
        """An entry in the audit log; `field` is the day that was changed, from `before` to `after`."""
        was = {field: before.isoformat()} if before is not None else None
        now = {field: after.isoformat()} if after is not None else None
        audit.record(self.session, self.actor, self.at, action, "round", id_of(row), before=was, after=now)


async def open_now(change: Change, row: Round) -> None:
    """Ask the units today instead of on the round's day. Raises `RoundRefused`."""
    if row.state != "planned":
        raise RoundRefused("not_planned", year=row.year)
    if row.reply_by <= change.today:
        raise RoundRefused("too_late_to_open", day=row.reply_by)
    change.log(row, "round_opened", "opens_on", row.opens_on, change.today)
    row.opens_on = min(row.opens_on, change.today)
    work = await change.work()
    await take_rounds(work, [row])
    await work.finish()
    told = {notice.person_id for notice in work.notices if notice.person_id is not None}
    await outbox.write_daily(change.session, told, change.at, change.hours)


async def move_meeting(change: Change, year: int, body: str, held_on: date, papers_on: date | None = None) -> Round:
    """Set a body's meeting of a year, and move what has not happened yet. Raises `RoundRefused`.

    `papers_on` is the day its papers go out; without it the day is counted back from the meeting.
    """
    before = await rounds.of_year(change.session, id_of(change.plan), year)
    case = await change.case(before, year, body)
    check_meeting(case, year, body, held_on, papers_on)
    if papers_on == case.dates(held_on, None).papers:
        papers_on = None
    return await _follow(
        change,
        year,
        before,
        lambda: meetings.set_meeting(
            change.session, change.plan, body, held_on, actor=change.actor, at=change.at, own_papers_on=papers_on
        ),
    )


async def move_papers(change: Change, year: int, body: str, papers_on: date) -> Round:
    """Set the day the papers of a body's meeting go out; what counts back from it moves. Raises `RoundRefused`."""
    before = await rounds.of_year(change.session, id_of(change.plan), year)
    case = await change.case(before, year, body)
    known = await meetings.of_year(change.session, change.plan, year)
    meeting = next((each for each in known if same_body(each.body, body)), None)
    if meeting is None:
        raise RoundRefused("papers_need_meeting", body=body)
    check_papers(case, meeting.held_on, papers_on)
    own = None if papers_on == case.dates(meeting.held_on, None).papers else papers_on
    return await _follow(
        change,
        year,
        before,
        lambda: meetings.set_papers(change.session, meeting, own, actor=change.actor, at=change.at),
    )


async def _follow(change: Change, year: int, before: Round | None, write: Callable[[], Awaitable[object]]) -> Round:
    """Write a change of the case route, plan again what follows from it, and tell whom it concerns."""
    days = (before.reply_by, before.meeting_on) if before else None
    await write()
    await plan_ahead(change.session, change.plan, change.today, change.hours.calendar)
    row = await rounds.of_year(change.session, id_of(change.plan), year)
    assert row is not None
    if days != (row.reply_by, row.meeting_on):
        await tell_moved(change, row)
    return row


async def move_reply_by(change: Change, row: Round, reply_by: date) -> None:
    """Give the units another day to reply by; the meeting stays. Raises `RoundRefused`."""
    case = await change.case(row, row.year, row.body)
    case.check_day(reply_by, lambda day: max(row.opens_on, change.today) < day < row.papers_on)
    if row.state == "closed":
        raise RoundRefused("is_closed", year=row.year)
    if not row.opens_on < reply_by < row.papers_on:
        raise RoundRefused("reply_by_between", first=row.opens_on, last=row.papers_on)
    change.log(row, "reply_by_moved", "reply_by", row.reply_by, reply_by)
    row.own_reply_by = reply_by
    await plan_ahead(change.session, change.plan, change.today, change.hours.calendar)
    await tell_moved(change, row)


async def close_now(change: Change, row: Round) -> None:
    """End a round before its meeting: what is not answered stays so in the report. Raises `RoundRefused`."""
    if row.state != "open":
        raise RoundRefused("not_open", year=row.year)
    await tell(change, await waiting(change, row), _over(change, row))
    await close_round(await change.work(), row)
    change.log(row, "round_closed")


async def call_off(change: Change, row: Round) -> None:
    """There will be no round: nobody is asked, and whoever was need not answer. Raises `RoundRefused`."""
    if row.state == "closed":
        raise RoundRefused("is_closed", year=row.year)
    await tell(change, await waiting(change, row), _over(change, row))
    row.state, row.next_on, row.called_off_at = "closed", None, change.at
    change.session.add(RoundStep(round_id=id_of(row), step="closed", at=change.at))
    for request in await _open_requests(change, row):
        request.closed_at, request.closed_because, request.next_on = change.at, "called_off", None
    await change.session.flush()
    change.log(row, "round_called_off")


def _over(change: Change, row: Round) -> str:
    """Each end is told by itself: a round can be called off, taken up and called off again on one day."""
    return f"{OVER}:{row.id}:{change.at:%H%M%S}"


async def tell_moved(change: Change, row: Round) -> None:
    """Whoever was asked and has not answered hears of the new days; the office and the admins too, in its own week.

    Each change is told by itself, so that days that were moved and moved back on one day are told both times.
    """
    if row.state == "open":
        people = await waiting(change, row)
        if row.office_from <= change.today:
            found = await directory.read(change.session, change.today)
            people |= {*found.office, *found.admins}
        days = f"{row.reply_by.isoformat()}:{row.meeting_on.isoformat()}"
        await tell(change, people, f"{MOVED}:{row.id}:{days}:{change.at:%H%M%S}")


async def waiting(change: Change, row: Round) -> set[int]:
    """The people who are asked in a round and have not answered."""
    people = await directory.read(change.session, change.today)
    return {person for request in await _open_requests(change, row) for person in people.asked(request.unit_id)}


async def tell(change: Change, people: set[int], kind: str) -> None:
    """Write a notice of a kind to everybody but whoever makes the change."""
    for person_id in sorted(people - {change.actor.person_id}):
        await outbox.write_notice(change.session, person_id, kind, {}, change.at, change.hours)


async def _open_requests(change: Change, row: Round) -> list[StatusRequest]:
    rows = await change.session.exec(
        select(StatusRequest).where(StatusRequest.round_id == row.id, col(StatusRequest.closed_at).is_(None))
    )
    return list(rows)
