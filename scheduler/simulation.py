"""Years of a plan lived through in seconds, on a copy of the database: who hears from the bot, how often, about what.

Nothing is sent, and the copy is thrown away. A day is a pass and a delivery when hours open, and the answers an hour
later; days that nothing carries are passed over.
"""

from collections import Counter
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import delete, update
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.status import Status
from plan.workday import SendingHours
from scheduler import answers, digest
from scheduler.board import Board, read_board
from scheduler.digest import Digest
from scheduler.open_questions import Question
from scheduler.planning import plan_ahead
from scheduler.tick import tick
from storage import absences, directory, outbox, upcoming
from storage.database import Database
from storage.directory import Directory
from storage.ids import id_of
from storage.tables import (
    Escalation,
    Measure,
    Membership,
    Occurrence,
    OutboxRow,
    Person,
    Plan,
    ReportingDay,
    Round,
    StatusRequest,
    TargetAsk,
    Unit,
)

DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
# What a municipality is, and no part of what has happened in it.
LASTING = frozenset(
    {
        "cost_line",
        "goal",
        "measure",
        "measure_unit",
        "meeting",
        "membership",
        "person",
        "plan",
        "reporting_date",
        "result_target",
        "state",
        "unit",
    }
)
GROWS_ONLY = frozenset({"audit_log"})


class Diligence(StrEnum):
    """Which units answer, all they are asked, an hour after they are asked it: none, every other, each."""

    NOBODY = "nobody"
    HALF = "half"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class Message:
    """A message a person gets on a day, with how many questions in it, and how many that have gone up to them."""

    on: date
    person_id: int
    kind: str
    questions: int = 0
    escalated: int = 0


@dataclass
class Outcome:
    """What the days brought. `pretended` are people who are not in the chat yet, by the unit they stand for."""

    people: dict[int, str] = field(default_factory=dict)
    units: dict[int, tuple[str, ...]] = field(default_factory=dict)
    pretended: frozenset[int] = frozenset()
    messages: list[Message] = field(default_factory=list)
    escalations: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    answered: int = 0

    def busiest(self) -> tuple[date, int] | None:
        """The day with the most messages, the first of several, and how many."""
        days = Counter(message.on for message in self.messages)
        return max(days.items(), key=lambda found: (found[1], -found[0].toordinal()), default=None)

    def by_month(self, person_id: int) -> Counter[str]:
        """How many messages a person gets in each month that has any ("2021-03")."""
        return Counter(f"{message.on:%Y-%m}" for message in self.messages if message.person_id == person_id)


class Simulation:
    """The days of one plan from the first to the last, in a database that is thrown away afterwards.

    The other plans are silent in it. Units that nobody in the chat answers for are led by somebody who is made up, and
    so is the office, so that a plan can be tried before anybody is invited.
    """

    def __init__(self, database: Database, plan_id: int, hours: SendingHours, diligence: Diligence) -> None:
        self.database = database
        self.plan_id = plan_id
        self.hours = hours
        self.diligence = diligence
        self.outcome = Outcome()
        self._answering: frozenset[int] = frozenset()
        self._people = Directory({}, {})

    async def run(self, first: date, last: date, today: date) -> AsyncIterator[date]:
        """Live through the days; gives each on which something was looked at.

        From before today, the plan begins anew on the first day. From after it, the days until then are lived
        through unseen.
        """
        begins = min(first, today)
        async with self.database.write() as session:
            await self._prepare(session, begins, anew=first < today)
        day: date | None = begins
        while day is not None and day <= last:
            messages = await self._live(day)
            if day >= first:
                self.outcome.messages += messages
                yield day
            day = await self._next(day)
        async with self.database.read() as session:
            await self._look_back(session, first)

    async def _prepare(self, session: AsyncSession, today: date, *, anew: bool) -> None:
        if anew:
            for table in reversed(SQLModel.metadata.sorted_tables):
                if table.name not in LASTING | GROWS_ONLY:
                    await session.exec(table.delete())
            plan = await session.get_one(Plan, self.plan_id)
            await plan_ahead(session, plan, today, self.hours.calendar)
        else:
            await session.exec(delete(OutboxRow))
            await self._silence_others(session, self._opens(today))
        await self._join_who_is_missing(session)

    async def _silence_others(self, session: AsyncSession, at: datetime) -> None:
        others = select(Measure.id).where(Measure.plan_id != self.plan_id)
        for statement in (
            update(Round).where(col(Round.plan_id) != self.plan_id).values(next_on=None),
            update(ReportingDay).where(col(ReportingDay.plan_id) != self.plan_id).values(next_on=None),
            update(TargetAsk).where(col(TargetAsk.plan_id) != self.plan_id).values(next_on=None),
            update(Occurrence).where(col(Occurrence.measure_id).in_(others)).values(next_on=None),
            update(StatusRequest)
            .where(col(StatusRequest.measure_id).in_(others), col(StatusRequest.closed_at).is_(None))
            .values(next_on=None, closed_at=at, closed_because="called_off"),
        ):
            await session.exec(statement.execution_options(synchronize_session=False))

    async def _join_who_is_missing(self, session: AsyncSession) -> None:
        people = await directory.read(session)
        own = sorted(
            unit_id for unit_id, unit in people.units.items() if not unit.external and unit.archived_at is None
        )
        pretended: list[Person] = []
        for unit_id in own:
            if not people.members(unit_id):
                person = await _join(session, len(pretended), people.units[unit_id].name)
                session.add(Membership(person_id=id_of(person), unit_id=unit_id))
                pretended.append(person)
        if not people.office:
            pretended.append(await _join(session, len(pretended), "", is_office=True))
        await session.flush()
        people = self._people = await directory.read(session)
        self.outcome.people = {person_id: person.name or "" for person_id, person in people.people.items()}
        self.outcome.pretended = frozenset(id_of(person) for person in pretended)
        self.outcome.units = {
            person_id: tuple(people.units[unit_id].name for unit_id in sorted(people.units_of(person_id)))
            for person_id in people.people
        }
        match self.diligence:
            case Diligence.NOBODY:
                self._answering = frozenset()
            case Diligence.HALF:
                asked = await session.exec(select(Measure.owner_id).where(Measure.plan_id == self.plan_id).distinct())
                self._answering = frozenset(sorted(unit_id for unit_id in asked if unit_id is not None)[::2])
            case Diligence.EVERYBODY:
                self._answering = frozenset(own)

    def _opens(self, day: date) -> datetime:
        return datetime.combine(day, self.hours.opens, self.hours.zone).astimezone(UTC)

    async def _live(self, day: date) -> list[Message]:
        at = self._opens(day)
        async with self.database.write() as session:
            self._people = await directory.on_day(session, self._people, day)
            await tick(session, at, self.hours, self._people)
            if not self.hours.is_open(at):
                return []
            said = await self._deliver(session, at)
            questions = {question.request_id: question for _message, found in said for question in found.questions}
            await self._answer(session, questions.values(), at + AN_HOUR)
        return [message for message, _found in said]

    async def _deliver(self, session: AsyncSession, at: datetime) -> list[tuple[Message, Digest]]:
        """Deliver what waits: a message a person and kind, made of what is open now."""
        today = self.hours.local_date(at)
        rows = list(
            await session.exec(
                select(OutboxRow)
                .where(OutboxRow.state == "waiting", col(OutboxRow.not_before) <= at)
                .order_by(col(OutboxRow.day), col(OutboxRow.id))
            )
        )
        if not rows:
            return []
        board = await read_board(session, self._people, today)
        said: list[tuple[Message, Digest]] = []
        had: set[tuple[int, str]] = set()
        for row in rows:
            row.state = "dropped"
            found = Digest()
            if (row.person_id, row.kind) in had or row.person_id in board.people.away:
                continue
            if row.kind == outbox.DAILY:
                found = await self._daily(session, board, row.person_id, at)
                if not found:
                    continue
            had.add((row.person_id, row.kind))
            row.state, row.sent_at = "sent", at
            row.data = found.told
            kind = row.kind.partition(":")[0]
            said.append((Message(today, row.person_id, kind, len(found.questions), len(found.escalated)), found))
        await session.flush()
        return said

    async def _daily(self, session: AsyncSession, board: Board, person_id: int, at: datetime) -> Digest:
        """What a daily message holds. Most are questions alone, and those are on the board."""
        person = board.people.people[person_id]
        questions, escalated = board.questions_of(person_id), board.escalated_to(person_id)
        if (questions or escalated) and not (person.is_admin or person.is_office):
            return Digest(questions=questions, escalated=escalated)
        found = await digest.of_person(session, person_id, board.today, self.hours.calendar, board)
        if found.back is not None:
            await absences.welcomed(session, person_id, board.today, at)
        return found

    async def _answer(self, session: AsyncSession, questions: Collection[Question], at: datetime) -> None:
        answered = [each for each in questions if each.request_id and each.unit_id in self._answering]
        for question in answered:
            if question.part:
                await answers.take_part(session, question.measure_id, question.unit_id, at)
        wholes = {question.measure_id for question in answered if not question.part}
        if wholes:
            await answers.take_answers(session, wholes, Status.IN_PROGRESS, at, self.hours)

    async def _next(self, day: date) -> date | None:
        """The next day that anything carries, or on which a message may go out."""
        async with self.database.read() as session:
            carried = await upcoming.next_day(session, day)
            message_at = await upcoming.next_message_at(session)
        days = [carried] if carried else []
        if message_at is not None:
            days.append(max(self.hours.local_date(message_at), day + DAY))
        return min(days, default=None)

    async def _look_back(self, session: AsyncSession, first: date) -> None:
        since = datetime.combine(first, time(), self.hours.zone)
        names = {unit.id: unit.name for unit in await session.exec(select(Unit))}
        rows = await session.exec(
            select(Escalation.unit_id, func.count())
            .where(col(Escalation.at) >= since)
            .group_by(col(Escalation.unit_id))
        )
        self.outcome.escalations = Counter({names.get(unit_id, ""): count for unit_id, count in rows})
        asked = select(func.count()).select_from(StatusRequest).where(col(StatusRequest.opened_at) >= since)
        self.outcome.asked = (await session.exec(asked)).one()
        answered = asked.where(StatusRequest.closed_because == "answered")
        self.outcome.answered = (await session.exec(answered)).one()


async def _join(session: AsyncSession, number: int, name: str, *, is_office: bool = False) -> Person:
    """Somebody who is made up, in a chat that no person has."""
    joined_at = datetime(2000, 1, 1, tzinfo=UTC)
    person = Person(name=name, chat_id=-(10**15) - number, joined_at=joined_at, is_office=is_office)
    session.add(person)
    await session.flush()
    return person
