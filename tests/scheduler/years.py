"""Years of generated towns, lived day by day: units, people, measures and promises, answers, absences, downtimes and
clocks.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from sqlmodel import col, select

from plan import reporting_days
from plan.status import Status
from scheduler import conditions, counting, outage, reporting_changes
from scheduler.open_questions import Question
from scheduler.settings import PlanSettings
from storage import conditions as stored
from storage import copies, directory
from storage.ids import id_of
from storage.outages import Outage
from storage.tables import (
    Absence,
    Escalation,
    Measure,
    MeasureUnit,
    Occurrence,
    OutboxRow,
    Plan,
    Reminder,
    ReportingDay,
    ReportingStep,
    StatusRequest,
)
from tests.scheduler.desk import HOURS, MAY, Desk, at
from tests.scheduler.never import Counted, History, Kept, Said

FIRST = date(2021, 1, 4)
LAST = date(2022, 1, 31)
DAY = timedelta(days=1)
PHRASES = (
    "løpende",
    "1.5.2021",  # a Saturday and a holiday
    "30.6.2021",
    "24.12.2021",
    "31.12.2020",
    "1.1.2022",
    "hvert år",
    "to ganger i året",
    "tre ganger i året",
)
AWAITED = (
    "når rusplanen er vedtatt",
    "innen to uker etter at rusplanen er vedtatt",
    "innen seks måneder etter at rusplanen er vedtatt",
)
KINDS = tuple(kind.value for kind in reporting_days.KINDS)
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"evaluation": {"notice": [10], "tell": "both"}, "after_reporting_day": [3]},
    {"review": {"notice": [], "tell": "admin"}, "control": {"notice": [90, 30, 1], "tell": "nobody"}},
)


@dataclass(frozen=True)
class Town:
    """What a year begins with: superiors of units, units of people; owners and deadlines of measures, and the units
    that have a part in them; kinds and months of the plan's other promises.

    `downtimes`: the day of the year on which each begins, and how many days it lasts. `diligence`: how many of a
    hundred questions are answered on the day they come. `openness`: on how many of a hundred days somebody says that
    what a measure waits for has come true, or that it has not after all. `backup`: the day after which one is made, and
    how many days later it is put back.
    """

    superiors: tuple[int | None, ...]
    people: tuple[tuple[tuple[int, ...], bool, bool], ...]
    measures: tuple[tuple[int | None, str, tuple[int, ...]], ...]
    has_rounds: bool
    promises: tuple[tuple[str, int], ...]
    last_year: int
    settings: dict[str, Any]
    downtimes: tuple[tuple[int, int], ...]
    backup: tuple[int, int] | None
    diligence: int
    openness: int
    seed: int


@st.composite
def towns(draw: st.DrawFn) -> Town:
    units = draw(st.integers(1, 4))
    downtimes = draw(st.lists(st.tuples(st.integers(0, 390), st.sampled_from((1, 3, 10, 35))), max_size=6))
    a_unit = st.integers(0, units - 1)
    return Town(
        superiors=tuple(draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(units)),
        people=tuple(
            draw(
                st.lists(
                    st.tuples(st.lists(a_unit, max_size=2, unique=True).map(tuple), st.booleans(), st.booleans()),
                    max_size=4,
                )
            )
        ),
        measures=tuple(
            draw(
                st.lists(
                    st.tuples(
                        st.none() | a_unit,
                        st.sampled_from(PHRASES) | st.sampled_from(AWAITED),
                        st.lists(a_unit, max_size=3, unique=True).map(tuple),
                    ),
                    min_size=1,
                    max_size=5,
                )
            )
        ),
        has_rounds=draw(st.booleans()),
        promises=tuple(draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 12)), max_size=4, unique=True))),
        last_year=draw(st.sampled_from((2021, 2022, 2024))),
        settings=draw(st.sampled_from(SETTINGS)),
        downtimes=tuple(downtimes),
        backup=draw(st.none() | st.tuples(st.integers(0, 390), st.sampled_from((1, 3, 10)))),
        diligence=draw(st.sampled_from((0, 10, 50))),
        openness=draw(st.sampled_from((0, 5, 30))),
        seed=draw(st.integers(0, 2**32)),
    )


class Year:
    """One simulated year of a town, day by day. Days on which nothing can happen are passed over."""

    def __init__(self, town: Town, desk: Desk, copy: Path) -> None:
        self.town, self.desk, self.copy = town, desk, copy
        self.made_at: datetime | None = None
        self.is_back = False
        self.random = Random(town.seed)
        self.waiting = [str(n) for n, (_owner, phrase, _beside) in enumerate(town.measures) if phrase in AWAITED]
        self.history = History()

    async def live(self) -> History:
        plan = await self._settle_in()
        wake: date | None = FIRST
        day = FIRST
        while day <= LAST:
            if not any(first <= (day - FIRST).days < first + length for first, length in self.town.downtimes):
                await self._start(day)
                if await self._put_back(day):
                    wake = day
                self.history.up.append(day)
                # Now and then also on a day on which there is nothing to do.
                if (wake is not None and wake <= day) or self.random.random() < 0.04:
                    await self._live_through(plan, day)
                    wake = await self._next_day(day)
                await self._back_up(day)
            day += DAY
        await self._look_back()
        return self.history

    async def _start(self, day: date) -> None:
        """Where the service was down the day before, it starts, and finds when it last ran."""
        before = self.history.up[-1] if self.history.up else day - DAY
        if before < day - DAY:
            since, until = at(before, 23, 40), at(day, 0, 1)
            await self.desk.note(since)
            await self.desk.note(until, started=True)
            self.history.outages.append(Outage(since, until))

    async def _back_up(self, day: date) -> None:
        if self.town.backup and self.made_at is None and (day - FIRST).days >= self.town.backup[0]:
            self.made_at = at(day, 23, 50)
            await self.desk.note(self.made_at)
            await copies.copy_out(self.desk.database, self.copy)

    async def _put_back(self, day: date) -> bool:
        """The backup is put back, some days after it was made; once."""
        made_at, moment = self.made_at, at(day, 0, 5)
        if made_at is None or self.town.backup is None or self.is_back:
            return False
        if day < HOURS.local_date(made_at) + self.town.backup[1] * DAY:
            return False
        self.is_back = True
        await copies.put_back(self.copy, self.desk.database)
        async with self.desk.database.write() as session:
            await outage.restored(session, made_at, moment, HOURS)
        self.history.forget(made_at, moment)
        return True

    async def _settle_in(self) -> Plan:
        desk, town = self.desk, self.town
        rule = MAY if town.has_rounds else None
        plan = await desk.plan(FIRST, period=(2021, town.last_year), settings=town.settings, rule=rule)
        for kind, month in town.promises:
            await desk.promise(plan, kind, [month], FIRST)
        for n, superior in enumerate(town.superiors):
            unit = await desk.unit(f"Enhet {n}", None if superior is None else f"Enhet {superior}")
            self.history.members[id_of(unit)] = {
                f"Person {m}" for m, (units, _office, _admin) in enumerate(town.people) if n in units
            }
            self.history.reachable[id_of(unit)] = any(n in units for units, _office, _admin in town.people)
        for n, (units, is_office, is_admin) in enumerate(town.people):
            names = [f"Enhet {unit}" for unit in units]
            await desk.join(f"Person {n}", *names, is_office=is_office, is_admin=is_admin)
        for n, (owner, phrase, beside) in enumerate(town.measures):
            await desk.measure(plan, str(n), None if owner is None else f"Enhet {owner}", phrase, FIRST)
            await desk.share(str(n), *(f"Enhet {unit}" for unit in beside))
        self.history.roles = {
            f"Person {n}": (is_office, is_admin) for n, (_units, is_office, is_admin) in enumerate(town.people)
        }
        self.history.settings = PlanSettings.of(town.settings)
        return plan

    async def _next_day(self, day: date) -> date | None:
        """The next day that anything carries, or tomorrow while a message waits."""
        async with self.desk.database.read() as session:
            waiting = await session.exec(select(OutboxRow.id).where(OutboxRow.state == "waiting").limit(1))
            if waiting.first() is not None:
                return day + DAY
        return await self.desk.next_day(day)

    async def _live_through(self, plan: Plan, day: date) -> None:
        """A pass at two, others at any hour, and what people do when they have read their message."""
        await self._change_something(plan, day)
        if self.random.randrange(100) < self.town.openness:
            await self._say_whether_it_has_come_true(at(day, 0))
        hours = self.random.choices((0, 6, 9, 13, 16, 23), k=self.random.randint(0, 3))
        for hour in sorted((14, *hours)):
            moment = at(day, hour, 20)
            if self.random.random() < 0.1:
                await self._set_the_clock_back(moment)
            # Now and then by two services at once.
            await asyncio.gather(*(self.desk.tick(moment) for _ in range(self.random.randint(1, 2))))
            if self.desk.people and self.random.random() < 0.05:
                await self.desk.nag(moment, id_of(next(iter(self.desk.people.values()))))
            if HOURS.is_open(moment):
                await self._deliver(moment)

    async def _set_the_clock_back(self, moment: datetime) -> None:
        """For one pass the clock shows an hour that has been before; then it is put right."""
        wrong = moment - self.random.choice((timedelta(hours=3), DAY, 9 * DAY, 40 * DAY))
        await self.desk.note(moment)
        await self.desk.note(wrong)
        await self.desk.tick(wrong)
        await self.desk.note(moment)

    async def _deliver(self, moment: datetime) -> None:
        for person, digest in await self.desk.deliver(moment, lambda: self.random.random() < 0.1):
            self.history.sent.append((person, moment, digest))
            for question in digest.questions:
                if self.random.randrange(100) >= self.town.diligence:
                    continue
                if question.tally is not None and self.random.random() < 0.5:
                    await self._count_one(question, moment + timedelta(minutes=1))
                else:
                    status = self.random.choice(list(Status))
                    given = moment + timedelta(minutes=1)
                    if question.part:
                        await self.desk.answer_part(question.ref, question.unit_id, status, given)
                    else:
                        await self.desk.answer(question.ref, status, given)
                    part_of = question.unit_id if question.part else None
                    self.history.answers.append((question.measure_id, part_of, given))

    async def _count_one(self, question: Question, moment: datetime) -> None:
        """One press: one more of what is to be done several times a year is done."""
        async with self.desk.database.write() as session:
            measure = await session.get_one(Measure, question.measure_id)
            found = await counting.next_of(session, measure, question.counted_in)
            if found is not None and await counting.one_done(session, found, by=self._anybody(), at=moment):
                self.history.counted.append(Counted(measure_id=question.measure_id, due_id=id_of(found), at=moment))

    async def _take_back_a_count(self, moment: datetime) -> None:
        """What somebody counted was not done after all."""
        done = [each for each in self.history.counted if each.undone_at is None]
        if not done:
            return
        counted = self.random.choice(done)
        async with self.desk.database.write() as session:
            found = await session.get_one(Occurrence, counted.due_id)
            if await counting.one_undone(session, found, by=self._anybody(), at=moment, hours=HOURS):
                counted.undone_at = moment

    async def _keep_a_day(self, plan: Plan, moment: datetime) -> None:
        """The office says of a reporting day that it is done, is not after all, or is on another day."""
        rows = await self.desk.reporting_days(plan)
        if not rows or not self.desk.people:
            return
        found, by = self.random.choice(rows), self._anybody()
        async with self.desk.database.write() as session:
            row = await session.get_one(ReportingDay, found.id)
            if row.closed_on is not None:
                happened = await reporting_changes.undone(session, row, by=by, at=moment, hours=HOURS)
            elif self.random.random() < 0.5:
                happened = await reporting_changes.done(session, row, by=by, at=moment, hours=HOURS)
            else:
                day = HOURS.local_date(moment) + self.random.choice((1, 7, 45, 200)) * DAY
                await reporting_changes.move(session, row, day, by=by, at=moment, hours=HOURS)
                happened = True
        if happened:
            self.history.kept.append(Kept(id_of(row), moment, row.due_on, is_done=row.closed_on is not None))

    async def _say_whether_it_has_come_true(self, moment: datetime) -> None:
        """Somebody says that what a measure waits for has come true, or where it had that it has not after all."""
        if not self.waiting or not self.desk.people:
            return
        async with self.desk.database.write() as session:
            measure = await self.desk.find(session, self.random.choice(self.waiting))
            had_come_true = await stored.met_on(session, measure) is not None
            if had_come_true and self.random.random() < 0.7:
                return
            say = conditions.not_after_all if had_come_true else conditions.has_come_true
            assert await say(session, measure, by=self._anybody(), at=moment, hours=HOURS)
            self.history.said.append(Said(id_of(measure), moment, measure.due_on, has_come_true=not had_come_true))

    def _anybody(self) -> int:
        return id_of(next(iter(self.desk.people.values())))

    async def _change_something(self, plan: Plan, day: date) -> None:
        chance = self.random.random()
        if chance < 0.05:
            await self.desk.meeting(plan, date(2021, self.random.randint(2, 12), self.random.randint(1, 28)), day)
        elif chance < 0.1:
            ref = str(self.random.randrange(len(self.town.measures)))
            owner = self.random.choice((None, *range(len(self.town.superiors))))
            await self.desk.give_to(ref, None if owner is None else f"Enhet {owner}", day, hour=0)
            async with self.desk.database.read() as session:
                measure_id = (await session.exec(select(Measure.id).where(Measure.ref == ref))).one()
            assert measure_id is not None
            self.history.owners_changed.add(measure_id)
        elif chance < 0.2 and self.desk.people:
            await self._go_away(day)
        elif chance < 0.3:
            await self._keep_a_day(plan, at(day, 0))
        elif chance < 0.35:
            await self._take_back_a_count(at(day, 0))

    async def _go_away(self, day: date) -> None:
        """Somebody says from when to when they are away, now and then with a deputy who is away as well."""
        name, deputy = (self.random.choice(list(self.desk.people)) for _ in range(2))
        first = day + self.random.randint(0, 5) * DAY
        last = first + self.random.choice((0, 2, 6, 20)) * DAY
        await self.desk.away(name, first, last, None if deputy == name else deputy, day)

    async def _look_back(self) -> None:
        async with self.desk.database.read() as session:
            self.history.requests = {id_of(row): row for row in await session.exec(select(StatusRequest))}
            self.history.reminders = list(await session.exec(select(Reminder).order_by(col(Reminder.id))))
            self.history.escalations = list(await session.exec(select(Escalation).order_by(col(Escalation.id))))
            occurrences = select(Occurrence).where(col(Occurrence.due_on).between(FIRST, LAST))
            self.history.occurrences = list(await session.exec(occurrences))
            names = {id_of(person): name for name, person in self.desk.people.items()}
            gone = await session.exec(select(Absence).where(col(Absence.cancelled_at).is_(None)))
            self.history.absences = [(names[row.person_id], row) for row in gone]
            self.history.days = {id_of(row): row for row in await session.exec(select(ReportingDay))}
            self.history.day_steps = list(await session.exec(select(ReportingStep).order_by(col(ReportingStep.id))))
            self.history.people = await directory.read(session)
            named: dict[int, set[int]] = {}
            for row in await session.exec(select(MeasureUnit)):
                named.setdefault(row.measure_id, set()).add(row.unit_id)
            # The only unit a plan names has no part: another that follows it up has taken over the whole.
            self.history.beside = {measure_id: units for measure_id, units in named.items() if len(units) > 1}
            self.history.measures = {id_of(row): row for row in await session.exec(select(Measure))}
