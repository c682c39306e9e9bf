"""Whether a meeting, its papers or a date to reply by can be on a day; asked by the chat and the command line alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.annual import RoundDates, round_dates
from plan.case_route import decides_last, same_body
from plan.refusal import Refused
from plan.workday import WorkCalendar
from scheduler.planning import LATE_REPLY_DAYS
from scheduler.settings import PlanSettings
from storage import meetings
from storage.tables import Meeting, Plan, Round, RoundStep

SEARCH_DAYS = 400


class RoundRefused(Refused):
    """What somebody wants of a round cannot be; `code` is a sentence of `templates/chat/rounds.j2`."""


@dataclass(frozen=True)
class Case:
    """A year's round as it is: what the checks are made against.

    `row` is the round, if there is one; `is_open`: its units are asked. `others` are the meetings of the other bodies.
    """

    today: date
    calendar: WorkCalendar
    settings: PlanSettings
    row: Round | None
    is_open: bool = False
    others: Sequence[Meeting] = ()

    def dates(self, held_on: date, papers_on: date | None) -> RoundDates:
        """The round that would be counted back from a meeting."""
        return round_dates(held_on, self.settings.round, self.calendar, papers_on)

    def leads(self, held_on: date) -> bool:
        """Whether the round is counted back from a meeting on the day: it is the first of the route."""
        return all(held_on <= each.held_on for each in self.others)

    def leaves_time(self, held_on: date, papers_on: date | None) -> bool:
        """Whether the units can still answer before the papers of a meeting go out."""
        dates = self.dates(held_on, papers_on)
        if not self.leads(held_on) or self.is_open:
            return dates.papers > self.today
        return dates.reply_by >= self.calendar.add(self.today, LATE_REPLY_DAYS)

    def is_in_order(self, body: str, held_on: date) -> bool:
        """Whether nobody else meets on the day, and nobody treats the report after the council has."""
        if any(each.held_on == held_on for each in self.others):
            return False
        if decides_last(body):
            return all(each.held_on < held_on for each in self.others)
        return all(held_on < each.held_on for each in self.others if decides_last(each.body))

    def check_day(self, day: date, fits: Callable[[date], bool]) -> None:
        """A day lies ahead and is a working day. Raises `RoundRefused`, with what would be possible."""
        if day <= self.today:
            raise RoundRefused("past", day=day, next_day=self.next_day(self.today, fits))
        if not self.calendar.is_workday(day):
            before, after = self.calendar.on_or_before(day), self.calendar.on_or_after(day)
            raise RoundRefused("no_workday", day=day, before=before, after=after)

    def next_day(self, day: date, fits: Callable[[date], bool]) -> date | None:
        """The first working day after one that would do."""
        days = (max(day, self.today) + timedelta(days=n) for n in range(1, SEARCH_DAYS))
        return next((each for each in days if self.calendar.is_workday(each) and fits(each)), None)


async def case_of(
    session: AsyncSession,
    plan: Plan,
    row: Round | None,
    year: int,
    body: str,
    *,
    today: date,
    calendar: WorkCalendar,
    again: bool = False,
) -> Case:
    """What is known of a year, as a body's meeting is to be set in it. Raises `RoundRefused` where its round is over.

    `again`: a round that was called off is to be taken up.
    """
    opened = row is not None and await has_opened(session, row)
    if row is not None and row.called_off_at is not None and not again:
        raise RoundRefused("is_called_off", year=year, slug=plan.slug)
    if row is not None and row.state == "closed" and opened and not again:
        raise RoundRefused("is_closed", year=year)
    # Of a year that has passed no meeting can be set; a day that can be is one of this year.
    of_year = await meetings.of_year(session, plan, max(year, today.year))
    others = [each for each in of_year if not same_body(each.body, body)]
    return Case(today, calendar, PlanSettings.usable(plan.settings), row, opened, others)


async def has_opened(session: AsyncSession, row: Round) -> bool:
    """Whether the units have been asked in a round."""
    found = await session.exec(
        select(RoundStep.id).where(col(RoundStep.round_id) == row.id, col(RoundStep.step) == "open")
    )
    return found.first() is not None


def check_meeting(case: Case, year: int, body: str, held_on: date, papers_on: date | None = None) -> None:
    """Whether a body can meet on a day, its papers out on another. Raises `RoundRefused`, with what would be."""
    if held_on.year != year:
        raise RoundRefused("other_year", day=held_on, year=year)

    def fits(day: date) -> bool:
        return case.is_in_order(body, day) and case.leaves_time(day, papers_on)

    case.check_day(held_on, fits)
    _check_order(case, body, held_on, fits)
    if papers_on is not None:
        check_papers(case, held_on, papers_on)
    elif not case.leaves_time(held_on, None):
        papers = case.dates(held_on, None).papers
        raise RoundRefused("too_soon", day=held_on, papers=papers, next_day=case.next_day(held_on, fits))


def _check_order(case: Case, body: str, held_on: date, fits: Callable[[date], bool]) -> None:
    clash = next((each for each in case.others if each.held_on == held_on), None)
    if clash is not None:
        next_day = case.next_day(held_on, fits)
        raise RoundRefused("two_meetings", body=clash.body, day=held_on, next_day=next_day)
    if case.is_in_order(body, held_on):
        return
    if decides_last(body):
        last = max(case.others, key=lambda each: each.held_on)
        next_day = case.next_day(last.held_on, fits)
        raise RoundRefused("decides_last", body=body, other=last.body, day=last.held_on, next_day=next_day)
    council = next(each for each in case.others if decides_last(each.body) and each.held_on < held_on)
    raise RoundRefused("after_decision", body=body, council=council.body, day=council.held_on)


def check_papers(case: Case, held_on: date, papers_on: date) -> None:
    """Whether the papers of a meeting can go out on a day. Raises `RoundRefused`, with what would be possible."""
    if papers_on >= held_on:
        raise RoundRefused("papers_after_meeting", day=papers_on, meeting=held_on)
    first = case.row.papers_on if case.row is not None and not case.leads(held_on) else None

    def fits(day: date) -> bool:
        return day < held_on and (first is None or day >= first) and case.leaves_time(held_on, day)

    case.check_day(papers_on, fits)
    if not fits(papers_on):
        raise RoundRefused("papers_too_soon", day=papers_on, next_day=case.next_day(papers_on, fits))
