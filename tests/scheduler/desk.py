"""A municipality at its desks: rows are written by the rooms' own functions, and a day passes when a test says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

import storage.proposals
from plan import documents
from plan.deadline import parse
from plan.draft import Draft
from plan.status import Status
from plan.workday import OSLO, DateRange, SendingHours, WorkCalendar
from scheduler import answers, changes, digest, nags, outage, proposals
from scheduler.missing import missing
from scheduler.notices import Notice
from scheduler.planning import period_of, plan_ahead
from scheduler.tick import tick
from storage import absences, directory, measures, meetings, outbox, plans, replies, reporting_days, rounds, units
from storage.audit import COMMAND_LINE, Actor
from storage.database import Database
from storage.ids import id_of
from storage.tables import (
    Absence,
    Escalation,
    Measure,
    MeasureUnit,
    Occurrence,
    OutboxRow,
    Person,
    Plan,
    Reminder,
    ReportingDate,
    ReportingDay,
    Round,
    StatusReply,
    StatusRequest,
    TargetAsk,
    Unit,
)
from tests.storage.rows import add_measure, add_person, add_plan, add_unit
from tests.town import VEFSN

CALENDAR = WorkCalendar()
HOURS = SendingHours(CALENDAR)
MAY = {"months": [5], "n": 1, "first_year": None, "last_year": None, "body": "Kommunestyret"}


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in Oslo."""
    return datetime.combine(day, time(hour, minute), OSLO).astimezone(UTC)


def _vefsn() -> Draft:
    return documents.read(VEFSN.name, VEFSN.read_bytes())


@dataclass
class Desk:
    """A database, and what a test does with it. People and units are known by their names."""

    database: Database
    people: dict[str, Person] = field(default_factory=dict)

    async def unit(self, name: str, superior: str | None = None, *, external: bool = False) -> Unit:
        """A unit, under a superior that is there already."""
        async with self.database.write() as session:
            above = await units.by_name(session, superior) if superior else None
            return await add_unit(session, name, above, external=external)

    async def join(self, name: str, *unit_names: str, kind: str = "leader", **roles: bool) -> int:
        """Somebody joins, and answers for some units; `is_admin` and `is_office` give the other roles."""
        async with self.database.write() as session:
            found = [unit for unit in [await units.by_name(session, unit) for unit in unit_names] if unit]
            assert len(found) == len(unit_names)
            person = await add_person(session, 1000 + len(self.people), *found, kind=kind, **roles)
        self.people[name] = person
        return id_of(person)

    async def plan(
        self,
        today: date,
        slug: str = "plan",
        *,
        period: tuple[int, int] | None = (2021, 2024),
        settings: dict[str, Any] | None = None,
        rule: dict[str, Any] | None = None,
    ) -> Plan:
        """A plan; with a rule, it promises a report to the council."""
        async with self.database.write() as session:
            plan = await add_plan(session, slug, period, settings)
            if rule is not None:
                session.add(ReportingDate(plan_id=id_of(plan), kind="council_report", text="Status", rule=rule))
            await plan_ahead(session, plan, today, CALENDAR)
        return plan

    async def vefsn(self, today: date) -> Plan:
        """The plan of Vefsn, imported on a day."""
        async with self.database.write() as session:
            draft = _vefsn()
            plan = await plans.store(session, draft, municipality="Vefsn", actor=COMMAND_LINE, at=at(today))
            await plan_ahead(session, plan, today, CALENDAR)
        return plan

    async def promise(
        self, plan: Plan, kind: str, months: Sequence[int], today: date, *, n: int = 1, text: str = "Med planens ord"
    ) -> None:
        """The plan promises something in the course of some months, every `n` years; its days are planned."""
        rule = {"months": list(months), "n": n, "first_year": None, "last_year": None, "body": None}
        async with self.database.write() as session:
            session.add(ReportingDate(plan_id=id_of(plan), kind=kind, text=text, rule=rule))
            await plan_ahead(session, plan, today, CALENDAR)

    async def measure(self, plan: Plan, ref: str, owner: str | None, phrase: str | None, today: date) -> Measure:
        """A measure with a deadline in a plan's words; its due dates are planned."""
        async with self.database.write() as session:
            unit = await units.by_name(session, owner) if owner else None
            measure = await add_measure(session, plan, ref, unit, phrase)
            await plan_ahead(session, plan, today, CALENDAR)
        return measure

    async def meeting(self, plan: Plan, held_on: date, today: date, body: str = "Kommunestyret") -> None:
        """A meeting gets its real date."""
        async with self.database.write() as session:
            await meetings.set_meeting(session, plan, body, held_on, actor=COMMAND_LINE, at=at(today))
            await plan_ahead(session, plan, today, CALENDAR)

    async def give_to(self, ref: str, owner: str | None, today: date, hour: int = 9) -> None:
        """A measure gets another follow-up owner, or none."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            unit = await units.by_name(session, owner) if owner else None
            owner_id = unit.id if unit else None
            await measures.change(session, measure, {"owner_id": owner_id}, actor=COMMAND_LINE, at=at(today, hour))
            await changes.owner_changed(session, measure, at(today, hour), HOURS)

    async def move(self, ref: str, phrase: str, today: date) -> None:
        """A measure gets another deadline."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            deadline = parse(phrase, period=period_of(await session.get_one(Plan, measure.plan_id)))
            values = {"deadline_text": phrase, "deadline": deadline.to_json(), "due_on": deadline.due}
            await measures.change(session, measure, values, actor=COMMAND_LINE, at=at(today))
            await changes.measure_changed(session, measure, at(today), HOURS)

    async def archive(self, ref: str, today: date) -> None:
        """A measure is taken out of use."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            await measures.archive(session, measure, actor=COMMAND_LINE, at=at(today))
            await changes.measure_changed(session, measure, at(today), HOURS)

    async def answer(
        self,
        ref: str,
        status: Status,
        when: datetime,
        corrects: StatusReply | None = None,
        proposes: str | None = None,
    ) -> StatusReply:
        """The owner's people answer, or correct what they answered; they may propose a new deadline."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            assert measure.owner_id is not None
            row = await rounds.open_of_plan(session, measure.plan_id)
            reply = replies.add(
                session,
                measure_id=id_of(measure),
                unit_id=measure.owner_id,
                author_id=id_of(next(iter(self.people.values()))),
                status=status,
                comment=None,
                at=when,
                round_id=row.id if row else None,
                supersedes_id=corrects.id if corrects else None,
            )
            await session.flush()
            if corrects is not None and Status(corrects.status).closes and not status.closes:
                await answers.reopen_due_dates(session, id_of(measure), when, HOURS)
            await answers.take_answer(session, id_of(measure), status, when, HOURS)
            await proposals.take_reply(session, reply, parse(proposes) if proposes else None, when, HOURS)
        return reply

    async def share(self, ref: str, *unit_names: str) -> None:
        """The plan names several units beside a measure, in this order."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            for position, name in enumerate(unit_names):
                unit = await units.by_name(session, name)
                assert unit is not None
                session.add(MeasureUnit(measure_id=id_of(measure), unit_id=id_of(unit), position=position))

    async def answer_part(self, ref: str, unit_id: int, status: Status, when: datetime) -> StatusReply:
        """A unit's people say what there is to say of its part."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            row = await rounds.open_of_plan(session, measure.plan_id)
            reply = replies.add(
                session,
                measure_id=id_of(measure),
                unit_id=unit_id,
                author_id=id_of(next(iter(self.people.values()))),
                status=status,
                comment=None,
                at=when,
                part=True,
                round_id=row.id if row else None,
            )
            await session.flush()
            await answers.take_part(session, id_of(measure), unit_id, when)
        return reply

    async def decide(self, ref: str, when: datetime, reason: str | None = None) -> bool:
        """The office approves what is proposed about a measure, or for a reason turns it down."""
        async with self.database.write() as session:
            measure = await self.find(session, ref)
            found = await storage.proposals.open_of_measure(session, id_of(measure))
            assert found is not None
            by = next(id_of(person) for person in self.people.values() if person.is_office)
            if reason is None:
                return await proposals.approve(session, found, measure, by=by, at=when, hours=HOURS)
            return await proposals.turn_down(session, found, measure, reason, by=by, at=when, hours=HOURS)

    async def away(self, name: str, first: date, last: date, deputy: str | None, today: date) -> Absence:
        """Somebody says that they will be away, and who stands in for them."""
        async with self.database.write() as session:
            person_id = id_of(self.people[name])
            deputy_id = id_of(self.people[deputy]) if deputy else None
            days, actor = DateRange(first, last), Actor.person(person_id)
            return await absences.register(session, person_id, days, deputy_id, today, actor=actor, at=at(today, 0))

    async def nag(self, when: datetime, person_id: int) -> nags.Nagged:
        """Somebody of the office reminds of everything that waits."""
        async with self.database.write() as session:
            people = await directory.read(session, HOURS.local_date(when))
            items = await missing(session, people, HOURS.local_date(when))
            key = when.isoformat()
            return await nags.nag(session, items, people, person_id=person_id, key=key, at=when, hours=HOURS)

    async def tick(self, when: datetime) -> list[Notice]:
        """One pass of the scheduler."""
        async with self.database.write() as session:
            return await tick(session, when, HOURS)

    async def rehearse(self, when: datetime) -> list[Notice]:
        """What a pass of the scheduler would decide; nothing comes of it."""
        async with self.database.rehearse() as session:
            return await tick(session, when, HOURS)

    async def note(self, when: datetime, *, started: bool = False) -> None:
        """The service notes that it runs; `started`: for the first time of this process."""
        async with self.database.write() as session:
            await outage.note(session, when, HOURS, started=started)

    async def tick_at(self, day: date) -> list[Notice]:
        """One pass of the scheduler in the morning of a day."""
        return await self.tick(at(day))

    async def day(self, day: date) -> list[str]:
        """A pass in the morning; who is told what about which measure, as "person: kind measure"."""
        return await self.said(await self.tick_at(day))

    async def days(self, first: date, last: date, until: str | None = None) -> dict[date, list[str]]:
        """A pass on every day that something carries; the days on which anything is decided, `until` something is."""
        found = {}
        day: date | None = first
        while day is not None and day <= last:
            if said := await self.day(day):
                found[day] = said
            if until in said:
                break
            day = await self.next_day(day)
        return found

    async def next_day(self, day: date) -> date | None:
        """The next day on which a pass has something to look at; None where there is none."""
        async with self.database.read() as session:
            carried: list[date] = []
            for column in (
                Round.next_on,
                Occurrence.next_on,
                StatusRequest.next_on,
                Absence.next_on,
                ReportingDay.next_on,
                TargetAsk.next_on,
            ):
                carried += [found for found in await session.exec(select(func.min(column))) if found is not None]
        return max(min(carried), day + timedelta(days=1)) if carried else None

    async def said(self, notices: Sequence[Notice]) -> list[str]:
        """Notices as a person reads them."""
        names = {person.id: name for name, person in self.people.items()}
        async with self.database.read() as session:
            refs = {measure.id: measure.ref for measure in await session.exec(select(Measure))}
        return [
            f"{names.get(notice.person_id, 'nobody')}: {notice.kind} {refs.get(notice.measure_id, '')}".strip()
            for notice in notices
        ]

    async def deliver(
        self, when: datetime, fails: Callable[[], bool] = lambda: False
    ) -> list[tuple[str, digest.Digest]]:
        """Send the daily messages that may go out; who gets what. What has nothing to say is dropped.

        One whose first sending `fails` is tried again an hour later, or when hours begin.
        """
        names = {id_of(person): name for name, person in self.people.items()}
        sent: list[tuple[str, digest.Digest]] = []
        while True:
            async with self.database.write() as session:
                row = await outbox.claim(session, when, HOURS)
                if row is None:
                    return sent
                if row.attempts == 1 and fails():
                    until = HOURS.next_open(when + timedelta(hours=1))
                    await outbox.postponed(session, id_of(row), until, "network", resent=False)
                    continue
                today = HOURS.local_date(when)
                is_away = await absences.back_on(session, row.person_id, today, CALENDAR) is not None
                found = digest.Digest() if is_away else await digest.of_person(session, row.person_id, today, CALENDAR)
                if row.kind != outbox.DAILY:
                    await outbox.sent(session, id_of(row), when, 1)
                elif found:
                    await outbox.sent(session, id_of(row), when, 1, found.told)
                    if found.back is not None:
                        await absences.welcomed(session, row.person_id, today, when)
                    sent.append((names[row.person_id], found))
                else:
                    await outbox.dropped(session, id_of(row), "nothing to say")

    async def rounds(self, plan: Plan) -> list[Round]:
        """The rounds of a plan, by year."""
        async with self.database.read() as session:
            return await rounds.of_plan(session, id_of(plan))

    async def due_dates(self, ref: str) -> list[Occurrence]:
        """The due dates of a measure."""
        async with self.database.read() as session:
            measure = await self.find(session, ref)
            rows = select(Occurrence).where(Occurrence.measure_id == measure.id).order_by(col(Occurrence.due_on))
            return list(await session.exec(rows))

    async def reporting_days(self, plan: Plan) -> list[ReportingDay]:
        """The reporting days of a plan."""
        async with self.database.read() as session:
            return await reporting_days.of_plan(session, id_of(plan))

    async def requests(self, ref: str) -> list[StatusRequest]:
        """What has been asked about a measure."""
        async with self.database.read() as session:
            measure = await self.find(session, ref)
            rows = select(StatusRequest).where(StatusRequest.measure_id == measure.id).order_by(col(StatusRequest.id))
            return list(await session.exec(rows))

    async def reminders(self) -> list[Reminder]:
        """Every step that was taken up, in order."""
        async with self.database.read() as session:
            return list(await session.exec(select(Reminder).order_by(col(Reminder.id))))

    async def escalations(self) -> list[Escalation]:
        """Every escalation, in order."""
        async with self.database.read() as session:
            return list(await session.exec(select(Escalation).order_by(col(Escalation.id))))

    async def messages(self) -> list[OutboxRow]:
        """Everything in the outbox, in order."""
        async with self.database.read() as session:
            return list(await session.exec(select(OutboxRow).order_by(col(OutboxRow.day), col(OutboxRow.id))))

    async def find(self, session: AsyncSession, ref: str) -> Measure:
        """A measure by its number."""
        return (await session.exec(select(Measure).where(Measure.ref == ref))).one()
