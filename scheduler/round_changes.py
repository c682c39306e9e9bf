"""What the office does to a round: opens it now, moves a meeting or the reply-by date, closes it, calls it off.

Whoever has been told of days that move, and has not answered yet, is told of the new ones at once within hours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.annual import round_dates
from plan.refusal import Refused
from plan.workday import SendingHours
from scheduler.planning import LATE_REPLY_DAYS, plan_ahead
from scheduler.rounds import close_round, take_rounds
from scheduler.settings import PlanSettings
from scheduler.work import Work
from storage import audit, directory, meetings, outbox
from storage.ids import id_of
from storage.tables import Meeting, Plan, Round, RoundStep, StatusRequest

MOVED, OVER = "round_moved", "round_over"
SEARCH_DAYS = 400


class RoundRefused(Refused):
    """What somebody wants of a round cannot be; `code` is a sentence of `templates/chat/rounds.j2`."""


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
        return PlanSettings.of(self.plan.settings)

    async def work(self) -> Work:
        """What a pass of the scheduler works with."""
        people = await directory.read(self.session, self.today)
        return Work(self.session, self.at, self.today, self.hours.calendar, people, self.plan, self.settings)

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


async def move_meeting(change: Change, year: int, body: str, held_on: date) -> Round:
    """Set a body's meeting of a year, and move what has not happened yet. Raises `RoundRefused`."""
    before = await _round_of(change, year)
    await check_meeting(change, before, year, body, held_on)
    days = (before.reply_by, before.meeting_on) if before else None
    await meetings.set_meeting(change.session, change.plan, body, held_on, actor=change.actor, at=change.at)
    await plan_ahead(change.session, change.plan, change.today, change.hours.calendar)
    row = await _round_of(change, year)
    assert row is not None
    if days != (row.reply_by, row.meeting_on):
        await tell_moved(change, row)
    return row


async def move_reply_by(change: Change, row: Round, reply_by: date) -> None:
    """Give the units another day to reply by; the meeting stays. Raises `RoundRefused`."""
    _check_day(change, reply_by, lambda day: max(row.opens_on, change.today) < day < row.papers_on)
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
    await _tell(change, await _waiting(change, row), f"{OVER}:{row.id}")
    await close_round(await change.work(), row)
    change.log(row, "round_closed")


async def call_off(change: Change, row: Round) -> None:
    """There will be no round: nobody is asked, and whoever was need not answer. Raises `RoundRefused`."""
    if row.state == "closed":
        raise RoundRefused("is_closed", year=row.year)
    await _tell(change, await _waiting(change, row), f"{OVER}:{row.id}")
    row.state, row.next_on, row.called_off_at = "closed", None, change.at
    change.session.add(RoundStep(round_id=id_of(row), step="closed", at=change.at))
    for request in await _open_requests(change, row):
        request.closed_at, request.closed_because, request.next_on = change.at, "called_off", None
    await change.session.flush()
    change.log(row, "round_called_off")


async def check_meeting(change: Change, row: Round | None, year: int, body: str, held_on: date) -> None:
    """Whether a meeting can be on a day: raises `RoundRefused`, with what would be possible."""
    if row is not None and row.state == "closed":
        raise RoundRefused("is_closed", year=year)
    if held_on.year != year:
        raise RoundRefused("other_year", day=held_on, year=year)
    others = [each for each in await route(change.session, change.plan, year) if not same_body(each.body, body)]
    is_first = all(held_on <= each.held_on for each in others)

    def fits(day: date) -> bool:
        dates = round_dates(day, change.settings.round, change.hours.calendar)
        if any(each.held_on == day for each in others):
            return False
        if not is_first or (row is not None and row.state == "open"):
            return dates.papers > change.today
        return dates.reply_by >= change.hours.calendar.add(change.today, LATE_REPLY_DAYS)

    _check_day(change, held_on, fits)
    clash = next((each for each in others if each.held_on == held_on), None)
    if clash is not None:
        raise RoundRefused("two_meetings", body=clash.body, day=held_on, next_day=_next(change, held_on, fits))
    if not fits(held_on):
        papers = round_dates(held_on, change.settings.round, change.hours.calendar).papers
        raise RoundRefused("too_soon", day=held_on, papers=papers, next_day=_next(change, held_on, fits))


def _check_day(change: Change, day: date, fits: Callable[[date], bool]) -> None:
    if day <= change.today:
        raise RoundRefused("past", day=day, next_day=_next(change, change.today, fits))
    calendar = change.hours.calendar
    if not calendar.is_workday(day):
        raise RoundRefused("no_workday", day=day, before=calendar.on_or_before(day), after=calendar.on_or_after(day))


def _next(change: Change, day: date, fits: Callable[[date], bool]) -> date | None:
    """The first working day after one that would do."""
    days = (max(day, change.today) + timedelta(days=n) for n in range(1, SEARCH_DAYS))
    return next((each for each in days if change.hours.calendar.is_workday(each) and fits(each)), None)


def same_body(one: str, other: str) -> bool:
    """Whether two names are of one body: case, and the article at the end, do not tell bodies apart."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return long in {short, f"{short}t", f"{short}et"}


async def route(session: AsyncSession, plan: Plan, year: int) -> list[Meeting]:
    """The meetings that treat a year's report, in the order in which they are held."""
    rows = await session.exec(
        select(Meeting)
        .where(Meeting.plan_id == plan.id, col(Meeting.held_on).between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(col(Meeting.held_on), col(Meeting.id))
    )
    return list(rows)


async def _round_of(change: Change, year: int) -> Round | None:
    rows = await change.session.exec(select(Round).where(Round.plan_id == change.plan.id, Round.year == year))
    return rows.first()


async def tell_moved(change: Change, row: Round) -> None:
    """Whoever was asked and has not answered hears of the new days; the office and the admins too, in its own week.

    Each change is told by itself, so that days that were moved and moved back on one day are told both times.
    """
    if row.state == "open":
        people = await _waiting(change, row)
        if row.office_from <= change.today:
            found = await directory.read(change.session, change.today)
            people |= {*found.office, *found.admins}
        days = f"{row.reply_by.isoformat()}:{row.meeting_on.isoformat()}"
        await _tell(change, people, f"{MOVED}:{row.id}:{days}:{change.at:%H%M%S}")


async def _waiting(change: Change, row: Round) -> set[int]:
    """The people who are asked in a round and have not answered."""
    people = await directory.read(change.session, change.today)
    return {person for request in await _open_requests(change, row) for person in people.asked(request.unit_id)}


async def _tell(change: Change, people: set[int], kind: str) -> None:
    for person_id in sorted(people - {change.actor.person_id}):
        await outbox.write_notice(change.session, person_id, kind, {}, change.at, change.hours)


async def _open_requests(change: Change, row: Round) -> list[StatusRequest]:
    rows = await change.session.exec(
        select(StatusRequest).where(StatusRequest.round_id == row.id, col(StatusRequest.closed_at).is_(None))
    )
    return list(rows)
