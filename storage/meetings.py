"""The meetings that treat a plan's report, and the case route they make."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.annual import RoundSettings, RoundSettingsError, provisional_meeting, reporting_years
from plan.case_route import COUNCIL, Stop, same_body, with_promised
from plan.deadline import Period
from plan.draft import ReportingKind, YearlyRule
from plan.refusal import Refused
from plan.workday import WorkCalendar
from storage import audit
from storage.ids import id_of
from storage.tables import Meeting, Plan, ReportingDate, Round


class MeetingRefused(Refused):
    """Meetings cannot be as somebody wants them; `check_days` says why."""


async def check_days(session: AsyncSession, plan: Plan, days: Collection[date]) -> None:
    """Raise `MeetingRefused("two_bodies")` where several bodies treat the report of a plan on one of these days."""
    rows = await session.exec(
        select(Meeting)
        .where(Meeting.plan_id == plan.id, col(Meeting.held_on).in_(days))
        .order_by(col(Meeting.held_on), col(Meeting.id))
    )
    before: dict[date, str] = {}
    for row in rows:
        body = before.setdefault(row.held_on, row.body)
        if not same_body(body, row.body):
            raise MeetingRefused("two_bodies", body=row.body, other=body, day=row.held_on)


async def reporting_body(session: AsyncSession, plan: Plan) -> str | None:
    """The body the plan says it reports to, or None where it names none."""
    rows = await session.exec(
        select(ReportingDate.rule).where(
            ReportingDate.plan_id == plan.id, ReportingDate.kind == ReportingKind.COUNCIL_REPORT
        )
    )
    return next((str(rule["body"]) for rule in rows if rule and rule.get("body")), None)


async def of_year(session: AsyncSession, plan: Plan, year: int) -> list[Meeting]:
    """The meetings of a year whose dates are known, in the order in which they are held."""
    rows = await session.exec(
        select(Meeting)
        .where(Meeting.plan_id == plan.id, col(Meeting.held_on).between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(col(Meeting.held_on), col(Meeting.id))
    )
    return list(rows)


async def on_one_day(session: AsyncSession, plan: Plan, since: date) -> dict[date, tuple[str, ...]]:
    """The days from one on, on which several bodies meet about a plan, each with their names."""
    rows = await session.exec(
        select(Meeting)
        .where(Meeting.plan_id == plan.id, col(Meeting.held_on) >= since)
        .order_by(col(Meeting.held_on), col(Meeting.id))
    )
    found: dict[date, tuple[str, ...]] = {}
    for row in rows:
        found[row.held_on] = (*found.get(row.held_on, ()), row.body)
    return {day: bodies for day, bodies in found.items() if len(bodies) > 1}


async def route(session: AsyncSession, plan: Plan, year: int, calendar: WorkCalendar) -> tuple[Stop, ...]:
    """The case route of a year: every body with its meeting and the day of its papers, in order.

    The body the plan reports to is there before its meeting is known, flagged. The days of the round stand as they
    are stored, also where it is closed and something has changed since.
    """
    papers = _papers_of(plan)
    rows = await session.exec(select(Round).where(Round.plan_id == plan.id, Round.year == year))
    row = rows.first()
    stops = []
    for meeting in await of_year(session, plan, year):
        counted = meeting.own_papers_on or calendar.add(meeting.held_on, -papers)
        if row is not None and (row.body, row.meeting_on) == (meeting.body, meeting.held_on):
            counted = row.papers_on
        stops.append(Stop(meeting.body, meeting.held_on, counted, own_papers=meeting.own_papers_on is not None))
    if row is not None and not any((stop.body, stop.meets_on) == (row.body, row.meeting_on) for stop in stops):
        stops.insert(0, Stop(row.body, row.meeting_on, row.papers_on, provisional=row.provisional))
    promised = await _promised(session, plan, year, calendar)
    if promised is None or (row is not None and row.state == "closed"):
        return tuple(stops)
    return with_promised(stops, *promised, papers, calendar)


def _papers_of(plan: Plan) -> int:
    """The working days from papers to meeting; the usual ones where the plan's settings cannot be used."""
    try:
        return RoundSettings(**plan.settings.get("round", {})).papers
    except (RoundSettingsError, TypeError, AttributeError):
        return RoundSettings().papers


async def _promised(session: AsyncSession, plan: Plan, year: int, calendar: WorkCalendar) -> tuple[str, date] | None:
    """The body the plan reports to in a year and the day to plan for, where it names the months."""
    period = Period.of_years(plan.first_year or year, plan.last_year or year)
    rows = await session.exec(
        select(ReportingDate.rule).where(
            ReportingDate.plan_id == plan.id, ReportingDate.kind == ReportingKind.COUNCIL_REPORT
        )
    )
    for stored in rows:
        rule = YearlyRule.model_validate(stored) if stored else None
        on = provisional_meeting(rule, year, calendar) if rule and year in reporting_years(rule, period) else None
        if rule and on:
            return rule.body or COUNCIL, on
    return None


async def body_named(session: AsyncSession, plan: Plan, year: int, name: str | None) -> str:
    """A body as the route or the plan has it, else as it was written; without a name the one the plan reports to."""
    usual = await reporting_body(session, plan) or COUNCIL
    if not name:
        return usual
    known = [*(meeting.body for meeting in await of_year(session, plan, year)), usual]
    same = next((body for body in known if same_body(body, name)), None)
    return same or name[:1].upper() + name[1:]


async def set_meeting(
    session: AsyncSession,
    plan: Plan,
    body: str,
    held_on: date,
    *,
    actor: audit.Actor,
    at: datetime,
    own_papers_on: date | None = None,
) -> Meeting:
    """Write a body's meeting of a year, in place of any other of that body and year. Case does not tell bodies apart.

    `own_papers_on` is the day of its papers where it is not the one that is counted back to. The round is the
    scheduler's to plan again (`scheduler.planning`).
    """
    stored = await of_year(session, plan, held_on.year)
    before = [meeting for meeting in stored if meeting.body.casefold() == body.casefold()]
    for meeting in before:
        await session.delete(meeting)
    await session.flush()
    row = Meeting(
        plan_id=id_of(plan), body=before[0].body if before else body, held_on=held_on, own_papers_on=own_papers_on
    )
    session.add(row)
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "set",
        "meeting",
        id_of(row),
        before={"held_on": [meeting.held_on.isoformat() for meeting in before]} if before else None,
        after={"plan": plan.slug, "body": row.body, "held_on": held_on.isoformat()},
    )
    return row


async def set_papers(
    session: AsyncSession, meeting: Meeting, papers_on: date | None, *, actor: audit.Actor, at: datetime
) -> None:
    """Set the day a meeting's papers go out; None: it is counted back from the meeting again."""
    before, meeting.own_papers_on = meeting.own_papers_on, papers_on
    await session.flush()
    audit.record(
        session,
        actor,
        at,
        "papers_moved",
        "meeting",
        id_of(meeting),
        before={"papers_on": before.isoformat()} if before else None,
        after={"papers_on": papers_on.isoformat()} if papers_on else None,
    )
