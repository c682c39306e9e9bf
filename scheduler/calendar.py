"""The year ahead: every date a plan promises, as far as it is known today. Says nothing, changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.draft import ReportingKind
from plan.reporting_days import KINDS
from plan.workday import SendingHours, WorkCalendar
from scheduler.planning import due_dates, period_of
from scheduler.reporting_planning import promised
from scheduler.settings import PlanSettings
from storage import conditions, measures, meetings, replies, reporting_days, working_hours
from storage.ids import id_of
from storage.tables import Measure, Plan, Round, Unit

ROUND_STEPS = {
    "round_opens": "opens_on",
    "halfway": "halfway_on",
    "reply_by": "reply_by",
    "office_week": "office_from",
    "papers": "papers_on",
    "meeting": "meeting_on",
}
ORDER = (*ROUND_STEPS, "start", "deadline", *ReportingKind, "plan_ends")


@dataclass(frozen=True)
class Entry:
    """One day of the year ahead.

    `kind` is a step of a round, "deadline", "start" of a measure, a kind of reporting date
    (`plan.draft.ReportingKind`), or "plan_ends".
    `year` is that of the round. `body` is who holds the meeting, or gets the papers. `ref`, `title`, `label` and `unit`
    are those of the measure, its milestone and its follow-up owner. A reporting date is kept by a `unit`, or by those
    the plan's settings `tell` of it; `text` is the plan's own about it. `provisional`: the plan names no day, and this
    is the one to plan for. `basis` (`plan.reporting_days.Basis`) is why a reporting date is there, `promised` its day
    before somebody moved it, and `done` whether somebody has said that it is done.
    """

    on: date
    kind: str
    plan: str
    slug: str
    provisional: bool = False
    year: int | None = None
    body: str | None = None
    ref: str | None = None
    title: str | None = None
    label: str | None = None
    unit: str | None = None
    tell: str | None = None
    text: str | None = None
    basis: str | None = None
    promised: date | None = None
    done: bool = False

    @property
    def key(self) -> str:
        """What tells it from every other entry, whatever day it is moved to."""
        about = self.ref or self.body or self.text or ""
        day = "" if self.kind in ROUND_STEPS else (self.promised or self.on).isoformat()
        return "-".join(part for part in (self.slug, str(self.year or ""), self.kind, about, day) if part)


async def of_plan(session: AsyncSession, plan: Plan, first: date, last: date) -> list[Entry]:
    """Everything a plan promises from one day to another, both included, in order."""
    rounds = list(await session.exec(select(Round).where(Round.plan_id == plan.id)))
    found = [
        *_of_rounds(plan, rounds),
        *await _of_case_routes(session, plan, rounds),
        *await _of_reporting_days(session, plan, first),
        *await _of_measures(session, plan, first, last),
        *_end_of(plan),
    ]
    within = (entry for entry in found if first <= entry.on <= last)
    return sorted(within, key=lambda entry: (entry.on, ORDER.index(entry.kind)))


async def of_plans(session: AsyncSession, plans: Sequence[Plan], first: date, last: date) -> list[Entry]:
    """The same for several plans, in one order."""
    found = [entry for plan in plans for entry in await of_plan(session, plan, first, last)]
    return sorted(found, key=lambda entry: entry.on)


def _of_rounds(plan: Plan, rounds: Sequence[Round]) -> Iterator[Entry]:
    for row in rounds:
        for kind, column in ROUND_STEPS.items():
            on = getattr(row, column)
            yield Entry(
                on, kind, plan.title, plan.slug, provisional=row.provisional, year=row.year, body=_body(kind, row)
            )


def _body(kind: str, row: Round) -> str | None:
    return row.body if kind in {"papers", "meeting"} else None


async def _of_case_routes(session: AsyncSession, plan: Plan, rounds: Sequence[Round]) -> list[Entry]:
    """The bodies of each case route after the one its round counts from: when their papers go out, and they meet."""
    calendar = (await working_hours.read(session, SendingHours(WorkCalendar()))).calendar
    found = []
    for row in rounds:
        for stop in await meetings.route(session, plan, row.year, calendar):
            if (stop.body, stop.meets_on) == (row.body, row.meeting_on):
                continue
            of_stop = Entry(
                stop.meets_on,
                "meeting",
                plan.title,
                plan.slug,
                provisional=stop.provisional,
                year=row.year,
                body=stop.body,
            )
            found += [replace(of_stop, on=stop.papers_on, kind="papers"), of_stop]
    return found


async def _of_reporting_days(session: AsyncSession, plan: Plan, first: date) -> list[Entry]:
    """Reporting dates beyond the council report, on the days they are kept on."""
    rows = await reporting_days.of_plan(session, id_of(plan))
    stored = {(row.kind, row.promised_on): row for row in rows}
    settings = PlanSettings.usable(plan.settings)
    kept_by: dict[ReportingKind, int | None] = {kind: settings.of_kind(kind).unit for kind in KINDS}
    names = dict(
        (await session.exec(select(Unit.id, Unit.name).where(col(Unit.id).in_(filter(None, kept_by.values()))))).all()
    )
    found = []
    for each in await promised(session, plan, first, [row.promised_on for row in rows]):
        row = stored.get((each.kind, each.on))
        is_moved = row is not None and row.due_on != row.promised_on
        found.append(
            Entry(
                row.due_on if row else each.on,
                each.kind,
                plan.title,
                plan.slug,
                provisional=each.provisional and not is_moved,
                body=each.body,
                unit=names.get(kept_by[each.kind]),
                tell=settings.of_kind(each.kind).tell,
                text="; ".join(each.text.split("\n")) or None,
                basis=each.basis,
                promised=each.on,
                done=row is not None and row.closed_because == "done",
            )
        )
    return found


async def _of_measures(session: AsyncSession, plan: Plan, first: date, last: date) -> list[Entry]:
    """The deadlines of measures; those ahead of a measure that is gjennomført or utgår are no promise any more."""
    rows = await session.exec(
        select(Measure, Unit.name)
        .join(Unit, col(Unit.id) == col(Measure.owner_id), isouter=True)
        .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    closed = await replies.closed_measures(session, id_of(plan))
    return [
        Entry(
            on,
            "start" if day.starts else "deadline",
            plan.title,
            plan.slug,
            ref=measure.ref,
            title=measure.title,
            label=day.label or None,
            unit=unit,
        )
        for measure, unit in rows
        if measure.id not in closed
        for on, day in due_dates(measure, period_of(plan), (first, last)).items()
    ]


async def waiting(session: AsyncSession, plan: Plan) -> list[str]:
    """The numbers of the measures that have no date before something comes true that nobody has said has."""
    closed = await replies.closed_measures(session, id_of(plan))
    found = [
        measure
        for measure in await measures.of_plan(session, id_of(plan))
        if measure.due_on is None and measure.id not in closed and conditions.condition_of(measure) is not None
    ]
    met = await conditions.met(session, found)
    return [measure.ref for measure in found if id_of(measure) not in met]


def _end_of(plan: Plan) -> Iterator[Entry]:
    if plan.last_year is not None:
        yield Entry(date(plan.last_year, 12, 31), "plan_ends", plan.title, plan.slug)
