"""Generated municipalities live through a year: what never may happen, whatever happens."""

import asyncio
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from plan.status import Status
from plan.workday import OSLO
from scheduler import outage
from scheduler.digest import Digest
from storage import copies
from storage.database import open_database
from storage.ids import id_of
from storage.outages import Outage
from storage.tables import (
    Absence,
    Escalation,
    Measure,
    Occurrence,
    OutboxRow,
    Plan,
    Reminder,
    StatusRequest,
)
from tests.scheduler.desk import CALENDAR, HOURS, MAY, Desk, at

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


@dataclass(frozen=True)
class Town:
    """What a year begins with: superiors of units, units of people; owners and deadlines of measures, and the units
    that have a part in them.

    `downtimes`: the day of the year on which each begins, and how many days it lasts. `diligence`: how many of a
    hundred questions are answered on the day they come. `backup`: the day after which one is made, and how many days
    later it is put back.
    """

    superiors: tuple[int | None, ...]
    people: tuple[tuple[tuple[int, ...], bool, bool], ...]
    measures: tuple[tuple[int | None, str, tuple[int, ...]], ...]
    has_rounds: bool
    downtimes: tuple[tuple[int, int], ...]
    backup: tuple[int, int] | None
    diligence: int
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
                        st.sampled_from(PHRASES),
                        st.lists(a_unit, max_size=3, unique=True).map(tuple),
                    ),
                    min_size=1,
                    max_size=5,
                )
            )
        ),
        has_rounds=draw(st.booleans()),
        downtimes=tuple(downtimes),
        backup=draw(st.none() | st.tuples(st.integers(0, 390), st.sampled_from((1, 3, 10)))),
        diligence=draw(st.sampled_from((0, 10, 50))),
        seed=draw(st.integers(0, 2**32)),
    )


@dataclass
class History:
    """What happened in the year, for the invariants to look at."""

    up: list[date] = field(default_factory=list)
    sent: list[tuple[str, datetime, Digest]] = field(default_factory=list)
    answers: list[tuple[int, int | None, datetime]] = field(default_factory=list)
    """Of each the measure, the unit whose part it is about (None: the whole), and when it was given."""
    reachable: dict[int, bool] = field(default_factory=dict)
    members: dict[int, set[str]] = field(default_factory=dict)
    absences: list[tuple[str, Absence]] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    owners_changed: set[int] = field(default_factory=set)
    requests: dict[int, StatusRequest] = field(default_factory=dict)
    reminders: list[Reminder] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    measures: dict[int, Measure] = field(default_factory=dict)

    def forget(self, since: datetime, until: datetime) -> None:
        """What was said and answered between a backup and its return is unknown: as if nobody had been there."""
        self.up = [day for day in self.up if day <= _local(since)]
        self.sent = [(person, moment, digest) for person, moment, digest in self.sent if moment <= since]
        self.answers = [answer for answer in self.answers if answer[-1] <= since]
        self.outages = [*(each for each in self.outages if each.until <= since), Outage(since, until, "restored")]

    def last_outage(self, moment: datetime) -> Outage | None:
        """The last outage that was over at a moment."""
        return max((each for each in self.outages if each.until <= moment), key=lambda each: each.until, default=None)

    def next_up(self, day: date, working_days: int = 1) -> date | None:
        """The working day from this one on, of those on which the service is up; None where the year is over."""
        found = [up for up in self.up if up >= day and CALENDAR.is_workday(up)]
        return found[working_days - 1] if len(found) >= working_days else None


def _local(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


class Never:
    """What never may happen, a sentence each. A method returns the cases in which it did."""

    @staticmethod
    def does_anybody_get_two_daily_messages_on_a_day(history: History) -> list[object]:
        days = [(person, _local(moment)) for person, moment, _digest in history.sent]
        return [day for day in days if days.count(day) > 1]

    @staticmethod
    def is_anybody_written_to_who_is_away(history: History) -> list[object]:
        return [
            (name, moment)
            for name, moment, _digest in history.sent
            for away, absence in history.absences
            if name == away and absence.first_on <= _local(moment) <= absence.last_on
        ]

    @staticmethod
    def is_anybody_back_and_not_welcomed_within_three_working_days_or_twice(history: History) -> list[object]:
        return [
            (name, absence)
            for name, absence in history.absences
            if (day := history.next_up(absence.last_on + DAY, 3)) is not None
            and not any(away == name and other.first_on <= day <= other.last_on for away, other in history.absences)
            and [
                person == name
                and digest.back is not None
                and digest.back.first_on <= absence.last_on <= digest.back.last_on
                for person, moment, digest in history.sent
                if absence.last_on < _local(moment) <= day
            ].count(True)
            != 1
        ]

    @staticmethod
    def is_anything_sent_outside_hours(history: History) -> list[object]:
        return [moment for _person, moment, _digest in history.sent if not HOURS.is_open(moment)]

    @staticmethod
    def is_a_step_taken_twice(history: History) -> list[object]:
        steps = [(reminder.request_id, reminder.step) for reminder in history.reminders]
        return [step for step in steps if steps.count(step) > 1]

    @staticmethod
    def is_a_step_taken_before_its_day(history: History) -> list[object]:
        return [reminder for reminder in history.reminders if reminder.due_on > _local(reminder.at)]

    @staticmethod
    def is_anybody_reminded_of_what_is_answered(history: History) -> list[object]:
        requests = history.requests
        found: list[object] = []
        for reminder in history.reminders:
            request = requests[reminder.request_id]
            if request.closed_because == "answered" and request.closed_at is not None:
                found += [reminder] if reminder.at > request.closed_at else []
        for _person, moment, digest in history.sent:
            for question in (*digest.questions, *digest.escalated, *digest.nobody_joined):
                closed_at = requests[question.request_id].closed_at
                found += [question] if closed_at is not None and closed_at < moment else []
        return found

    @staticmethod
    def is_anybody_asked_again_about_a_due_date_that_was_answered_when_it_came(history: History) -> list[object]:
        return [
            question
            for measure_id, part_of, answered_at in history.answers
            for _person, moment, digest in history.sent
            for question in digest.questions
            if question.measure_id == measure_id
            and (question.unit_id if question.part else None) == part_of
            and moment > answered_at
            and question.due_on is not None
            and CALENDAR.on_or_before(question.due_on) <= _local(answered_at)
        ]

    @staticmethod
    def does_a_level_come_again_or_out_of_order(history: History) -> list[object]:
        reached: dict[int, int] = {}
        found: list[object] = []
        for escalation in history.escalations:
            if escalation.level <= reached.get(escalation.request_id, 0):
                found.append(escalation)
            reached[escalation.request_id] = escalation.level
        return found

    @staticmethod
    def does_anybody_above_hear_of_it_within_two_working_days_of_a_reminder(history: History) -> list[object]:
        found: list[object] = []
        for escalation in history.escalations:
            before = [
                _local(reminder.at)
                for reminder in history.reminders
                if reminder.request_id == escalation.request_id
                and not reminder.step.startswith("escalate")
                and reminder.at < escalation.at
            ]
            if not before or CALENDAR.add(max(before), 2) > _local(escalation.at):
                found.append(escalation)
        return found

    @staticmethod
    def is_a_due_date_not_asked_about_on_the_next_day_the_service_is_up(history: History) -> list[object]:
        return [
            occurrence
            for occurrence in history.occurrences
            if (day := history.next_up(CALENDAR.on_or_before(occurrence.due_on))) is not None
            and history.measures[occurrence.measure_id].owner_id is not None
            and occurrence.measure_id not in history.owners_changed
            and not _is_closed_by(occurrence, day)
            and not _is_asked_by(history, occurrence, day)
        ]

    @staticmethod
    def is_a_due_date_not_told_within_two_more_working_days_to_who_can_be_reached(history: History) -> list[object]:
        return [
            occurrence
            for occurrence in history.occurrences
            if (day := history.next_up(CALENDAR.on_or_before(occurrence.due_on), 3)) is not None
            and (owner := history.measures[occurrence.measure_id].owner_id) is not None
            and history.reachable[owner]
            and not _is_anybody_away(history, owner, CALENDAR.on_or_before(occurrence.due_on), day)
            and occurrence.measure_id not in history.owners_changed
            and not _is_closed_by(occurrence, day)
            and not _is_told_by(history, occurrence, day)
        ]

    @staticmethod
    def does_a_part_go_up_a_level(history: History) -> list[object]:
        return [
            escalation
            for escalation in history.escalations
            if (request := history.requests[escalation.request_id]).part and _is_of_one_owner(history, request)
        ]

    @staticmethod
    def is_a_part_reminded_of_twice_after_its_day(history: History) -> list[object]:
        late = [
            reminder.request_id
            for reminder in history.reminders
            if (request := history.requests[reminder.request_id]).part
            and _is_of_one_owner(history, request)
            and reminder.due_on > CALENDAR.on_or_before(request.about_on)
        ]
        return [request_id for request_id in late if late.count(request_id) > 1]

    @staticmethod
    def does_what_is_said_of_a_part_answer_for_the_whole_or_for_another_part(history: History) -> list[object]:
        given = set(history.answers)
        return [
            request
            for request in history.requests.values()
            if request.closed_because == "answered"
            and _is_of_one_owner(history, request)
            and (request.measure_id, request.unit_id if request.part else None, request.closed_at) not in given
        ]

    @staticmethod
    def is_a_part_asked_of_whoever_answers_for_the_whole(history: History) -> list[object]:
        return [
            request
            for request in history.requests.values()
            if request.part
            and _is_of_one_owner(history, request)
            and request.unit_id == history.measures[request.measure_id].owner_id
        ]

    @staticmethod
    def does_anybody_hear_twice_of_an_outage(history: History) -> list[object]:
        heard = [(person, digest.late.until) for person, _moment, digest in history.sent if digest.late]
        return [each for each in heard if heard.count(each) > 1]

    @staticmethod
    def does_anything_come_late_without_saying_so(history: History) -> list[object]:
        return [
            (person, moment)
            for person, moment, digest in history.sent
            if digest.late is None
            and (found := history.last_outage(moment)) is not None
            and _is_late(history, person, moment, digest, found)
        ]

    @staticmethod
    def is_a_backup_put_back_without_the_next_message_saying_so(history: History) -> list[object]:
        found: list[object] = []
        for each in history.outages:
            first: dict[str, Digest] = {}
            for person, moment, digest in history.sent:
                if each.why == "restored" and each.until <= moment < each.until + 30 * DAY:
                    first.setdefault(person, digest)
            found += [digest for digest in first.values() if not digest.late or digest.late.why != "restored"]
        return found


def _is_late(history: History, person: str, moment: datetime, digest: Digest, found: Outage) -> bool:
    """Whether a message is the first since an outage, and has in it what should have come in one meanwhile."""
    before = [when for name, when, _digest in history.sent if name == person and when < moment]
    if before and max(before) >= found.until:
        return False
    told_on = _local(max(before)) if before else date.min
    first = max(_local(found.since), told_on + DAY)
    last = min(_local(found.until), _local(moment) - DAY)
    asked = {question.request_id for question in digest.questions}
    return any(
        reminder.request_id in asked and first <= reminder.due_on <= last and reminder.at <= moment
        for reminder in history.reminders
    )


def _is_closed_by(occurrence: Occurrence, day: date) -> bool:
    return occurrence.closed_at is not None and _local(occurrence.closed_at) <= day


def _is_anybody_away(history: History, unit_id: int, first: date, last: date) -> bool:
    return any(
        name in history.members[unit_id] and absence.first_on <= last and absence.last_on >= first
        for name, absence in history.absences
    )


def _is_asked_by(history: History, occurrence: Occurrence, day: date) -> bool:
    return any(
        reminder.step == "due"
        and history.requests[reminder.request_id].occurrence_id == occurrence.id
        and not history.requests[reminder.request_id].part
        and _local(reminder.at) <= day
        for reminder in history.reminders
    )


def _is_told_by(history: History, occurrence: Occurrence, day: date) -> bool:
    asked_on = CALENDAR.on_or_before(occurrence.due_on)
    return any(
        question.measure_id == occurrence.measure_id and not question.part and asked_on <= _local(moment) <= day
        for _person, moment, digest in history.sent
        for question in digest.questions
    )


def _is_of_one_owner(history: History, request: StatusRequest) -> bool:
    """Whether the measure had the same owner all year: a request may else have been for the whole and for a part."""
    return request.measure_id not in history.owners_changed


NEVER = [name for name in vars(Never) if not name.startswith("_")]


class Year:
    """One simulated year of a town, day by day. Days on which nothing can happen are passed over."""

    def __init__(self, town: Town, desk: Desk, copy: Path) -> None:
        self.town, self.desk, self.copy = town, desk, copy
        self.made_at: datetime | None = None
        self.is_back = False
        self.random = Random(town.seed)
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
        if day < _local(made_at) + self.town.backup[1] * DAY:
            return False
        self.is_back = True
        await copies.put_back(self.copy, self.desk.database)
        async with self.desk.database.write() as session:
            await outage.restored(session, made_at, moment, HOURS)
        self.history.forget(made_at, moment)
        return True

    async def _settle_in(self) -> Plan:
        desk, town = self.desk, self.town
        plan = await desk.plan(FIRST, rule=MAY if town.has_rounds else None)
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
                if self.random.randrange(100) < self.town.diligence:
                    status = self.random.choice(list(Status))
                    given = moment + timedelta(minutes=1)
                    if question.part:
                        await self.desk.answer_part(question.ref, question.unit_id, status, given)
                    else:
                        await self.desk.answer(question.ref, status, given)
                    part_of = question.unit_id if question.part else None
                    self.history.answers.append((question.measure_id, part_of, given))

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
            self.history.measures = {id_of(row): row for row in await session.exec(select(Measure))}


async def _live(town: Town, file: Path) -> History:
    database = open_database(f"sqlite:///{file}")
    try:
        return await Year(town, Desk(database), file.with_suffix(".copy")).live()
    finally:
        await database.close()


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # A year takes half a second: the town that failed is shown as it is, not searched for a smaller one.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(town=towns())
def test_in_a_year_of_any_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, town: Town) -> None:
    folder = tmp_path_factory.mktemp("year")
    shutil.copy(sqlite_template, folder / "year.db")
    history = asyncio.run(_live(town, folder / "year.db"))
    shutil.rmtree(folder)
    assert {name: found for name in NEVER if (found := getattr(Never, name)(history))} == {}
