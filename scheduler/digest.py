"""What one person has to hear today, read from what is open now: the text of a daily message is made of this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from plan.deadline import Kind
from plan.tally import Tally, is_counted
from plan.workday import OSLO, WorkCalendar
from scheduler.parts import Unasked, unasked
from scheduler.planning import MISSED_FOR, prepare_on, short_until
from scheduler.reporting_news import DayToKeep, days_to_keep
from scheduler.settings import PlanSettings, SettingsRefused
from scheduler.targets import Raised, raised_to
from storage import (
    absences,
    attainments,
    directory,
    nags,
    outages,
    outbox,
    proposals,
    question_backs,
    replies,
    report_texts,
    rounds,
    tallies,
)
from storage.directory import Directory
from storage.ids import id_of
from storage.outages import Outage
from storage.requests import outcome_of_round, reminded_on, reminded_since, times_reminded
from storage.tables import (
    Escalation,
    Measure,
    Membership,
    Occurrence,
    Person,
    Plan,
    QuestionBack,
    Round,
    StatusReply,
    StatusRequest,
    Unit,
)

NEAR = timedelta(days=60)
# A round nobody was asked in lacks a meeting that lies ahead, and nothing else.
MISSED: dict[str, Any] = {
    "missed": True,
    "provisional": True,
    "without_owner": (),
    "without_people": (),
    "owners_missing": (),
    "people_missing": (),
    "undecided": (),
}
STALE = timedelta(days=60)  # longer than any holiday


@dataclass(frozen=True)
class Question:
    """A measure a unit is asked about, for the most pressing of its reasons.

    `by` is the day the answer is due; `due_on` is the measure's own due date where that is what it is about.
    `asked_back` is what the office asks about an earlier answer: alone (`request_id` is 0, `reason` "question_back",
    `by` the day it was asked), or beside a request. `nagged`: the office itself reminds of it today.
    `put_off_until` is the day until which the unit wants to hear nothing of it. `part`: the unit is asked for its part,
    and the unit `lead` answers for the whole. `reminded`: how often the unit has been reminded of it, where it has gone
    up a level. `starts`: `due_on` is the day the measure is to begin. `tally`: how
    many are done of what is to be done several times in the year `counted_in` (0: not counted), the last asked about.
    """

    request_id: int
    measure_id: int
    plan_id: int
    ref: str
    title: str
    unit: str
    reason: str
    by: date
    asked_at: datetime
    due_on: date | None = None
    question_id: int = 0
    asked_back: str | None = None
    nagged: bool = False
    put_off_until: date | None = None
    unit_id: int = 0
    part: bool = False
    lead: str | None = None
    reminded: int = 0
    starts: bool = False
    counted_in: int = 0
    tally: Tally | None = None

    def is_put_off(self, today: date) -> bool:
        """Whether the unit wants to hear of it on a later day, and the office has not asked for it since."""
        is_later = self.put_off_until is not None and self.put_off_until > today
        return is_later and not self.nagged and self.asked_back is None

    def is_late(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.by < today


@dataclass(frozen=True)
class Upcoming:
    """A round that is near or running, and what it lacks; `provisional` when nobody has set the real meeting.

    `round_id` is the round; `owners_missing` and `people_missing` are the same measures and units, with their ids.
    `short_until`: it opened too late for its dates, and the units have until that day. `missed`: its meeting was before
    anybody could be asked.
    """

    plan_id: int
    round_id: int
    plan: str
    slug: str
    year: int
    opens_on: date
    body: str
    meeting_on: date
    provisional: bool
    without_owner: tuple[str, ...]
    without_people: tuple[str, ...]
    owners_missing: tuple[tuple[str, int], ...] = ()
    people_missing: tuple[tuple[str, int], ...] = ()
    undecided: tuple[str, ...] = ()
    short_until: date | None = None
    missed: bool = False


@dataclass(frozen=True)
class OfficeWeek:
    """A round whose answers are being gathered: how many were asked for, how many came, when papers are due."""

    plan_id: int
    plan: str
    slug: str
    year: int
    asked: int
    answered: int
    papers_on: date


@dataclass(frozen=True)
class Orphan:
    """A measure whose due date is near or past, and that nobody follows up."""

    ref: str
    title: str
    due_on: date
    plan_id: int
    measure_id: int


@dataclass(frozen=True)
class StandIn:
    """Somebody who is away to the last day, and for whose unit another is asked meanwhile."""

    name: str
    unit: str
    last_on: date


@dataclass(frozen=True)
class Answered:
    """A measure that was answered about while the person was away, and by whom."""

    ref: str
    title: str
    status: str
    by: str


@dataclass(frozen=True)
class Back:
    """The person has been away, and hears what was answered meanwhile."""

    first_on: date
    last_on: date
    answered: tuple[Answered, ...]


@dataclass(frozen=True)
class Edited:
    """A report text the office put in its own words about an answer the person gave."""

    text_id: int
    ref: str
    title: str
    text: str
    by: str


@dataclass(frozen=True)
class Digest:
    """Everything a daily message can hold. Empty: there is nothing left to say.

    `standing_in` says for whom the person is asked, and is no message of its own. `nobody_joined` are questions to
    units nobody of is in the chat, as far as they are new to the person; `known_unjoined` are the requests of the rest.
    `late`: why something in it comes later than it should have; no message of its own either.
    """

    questions: tuple[Question, ...] = ()
    escalated: tuple[Question, ...] = ()
    nobody_joined: tuple[Question, ...] = ()
    to_prepare: tuple[Upcoming, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    office_weeks: tuple[OfficeWeek, ...] = field(default=())
    proposals: int = 0
    standing_in: tuple[StandIn, ...] = ()
    back: Back | None = None
    edited: tuple[Edited, ...] = ()
    targets: int = 0
    targets_raised: tuple[Raised, ...] = ()
    known_unjoined: tuple[int, ...] = ()
    discreet: frozenset[int] = frozenset()
    unasked: tuple[Unasked, ...] = ()
    days: tuple[DayToKeep, ...] = ()
    late: Outage | None = None

    @property
    def is_discreet(self) -> bool:
        """Whether anything in it is about a plan that is discreet."""
        about = [
            *(found.plan_id for found in (*self.questions, *self.escalated, *self.nobody_joined)),
            *(found.plan_id for found in self.orphans),
        ]
        told = self.edited or (self.back.answered if self.back else ())
        names_others = bool(told) and bool(self.discreet)
        return names_others or not self.discreet.isdisjoint(about)

    @property
    def late_elsewhere(self) -> int:
        """How many questions to others wait for an answer, as far as this person hears of them."""
        return len(self.escalated) + len(self.nobody_joined) + self.unjoined_before

    @property
    def has_more(self) -> bool:
        """Whether there is something besides questions."""
        staff = self.to_prepare or self.orphans or self.office_weeks or self.proposals or self.unasked or self.days
        return bool(staff or self.back or self.edited or self.targets or self.targets_raised)

    @property
    def unjoined_before(self) -> int:
        """How many questions to units outside the chat the person has read of already."""
        return len(self.known_unjoined)

    @property
    def unjoined(self) -> frozenset[int]:
        """Every request to a unit outside the chat that the message tells of, by id."""
        return frozenset(each.request_id for each in self.nobody_joined if each.request_id).union(self.known_unjoined)

    def __bool__(self) -> bool:
        lists = (self.questions, self.escalated, self.nobody_joined, self.to_prepare, self.orphans, self.office_weeks)
        counted = self.proposals + self.targets + len(self.targets_raised) + self.unjoined_before
        return any(lists) or counted > 0 or self.back is not None or bool(self.edited or self.unasked or self.days)


async def of_person(
    session: AsyncSession, person_id: int, today: date, calendar: WorkCalendar, on_board: "Board | None" = None
) -> Digest:
    """What a person has to hear on a day; empty for somebody who has left. `on_board`: the board of that day."""
    people = on_board.people if on_board else await _people_for(session, person_id, today)
    person = people.people.get(person_id)
    if person is None:
        return Digest()
    is_office = person_id in people.office
    settings = {id_of(plan): _settings_of(plan) for plan in await session.exec(select(Plan))}
    if on_board:
        asked = on_board.questions_of(person_id)
    else:
        asked = _now(_once(await _questions(session, people.units_of(person_id), today)), today)
    is_staff = is_office or person.is_admin
    nobody_joined = tuple(
        question
        for question in (await _nobody_joined(session, people, on_board) if is_staff else ())
        if person_id in people.told(settings[question.plan_id].tell_nobody)
    )
    listed = {question.measure_id for question in nobody_joined if not question.part}
    escalated = await _escalated(session, person_id, people)
    new = await _new(session, person_id, nobody_joined, today)
    measures = [each.measure_id for each in (*asked, *escalated, *nobody_joined)]
    return Digest(
        questions=asked,
        late=await _late(session, person_id, measures, today, calendar if is_staff else None),
        escalated=tuple(question for question in escalated if question.measure_id not in listed),
        nobody_joined=new,
        known_unjoined=tuple(each.request_id for each in nobody_joined if each not in new),
        to_prepare=tuple(
            upcoming
            for upcoming in (await _to_prepare(session, people, today, calendar) if is_staff else ())
            if person_id in people.told(settings[upcoming.plan_id].tell_prepare)
        ),
        orphans=tuple(
            orphan
            for orphan in (await _orphans(session, today) if is_staff else ())
            if person_id in people.told(settings[orphan.plan_id].tell_prepare)
        ),
        discreet=frozenset(plan_id for plan_id, found in settings.items() if found.discreet),
        proposals=await proposals.count_waiting(session) if is_office else 0,
        office_weeks=await _office_weeks(session, today) if is_office else (),
        standing_in=await _standing_in(session, person_id, people, today),
        back=await back_from_absence(session, person_id, today),
        edited=await _edited(session, person_id),
        targets=await _targets(session, person_id, people),
        targets_raised=await raised_to(session, person_id, today),
        unasked=tuple(
            found
            for found in (await unasked(session, people, settings) if is_staff else ())
            if person_id in people.told(settings[found.plan_id].tell_nobody)
        ),
        days=await days_to_keep(session, person_id, people, settings, today, is_staff=is_staff),
    )


async def _late(
    session: AsyncSession, person_id: int, measures: Sequence[int], today: date, of_staff: WorkCalendar | None
) -> Outage | None:
    """An outage, where the person has had no daily message since and should have had one meanwhile.

    Of several it is the last, but a backup that was put back comes before all: after that everybody hears it.
    """
    told_at = await outbox.last_sent(session, person_id)
    untold = [
        found
        for found in await outages.recent(session)
        if today - found.until.astimezone(OSLO).date() <= STALE and (told_at is None or told_at < found.until)
    ]
    for found in sorted(untold, key=lambda each: (each.why == "restored", each.until), reverse=True):
        if await _was_missed(session, found, told_at, measures, today, of_staff):
            return found
    return None


async def _was_missed(
    session: AsyncSession,
    found: Outage,
    told_at: datetime | None,
    measures: Sequence[int],
    today: date,
    of_staff: WorkCalendar | None,
) -> bool:
    """Whether a step of what is asked about these measures fell on a day of an outage, and was not said on that day.

    The office and admins hear of every outage that lasted into a working day.
    """
    since, until = (when.astimezone(OSLO).date() for when in (found.since, found.until))
    if found.why == "restored":
        return True
    days = [since + timedelta(days=n) for n in range(1, (until - since).days + 1)]
    if of_staff is not None and any(of_staff.is_workday(day) for day in days):
        return True
    told_on = told_at.astimezone(OSLO).date() if told_at else date.min
    missed = max(since, told_on + timedelta(days=1))
    return await reminded_on(session, measures, missed, min(until, today - timedelta(days=1)))


async def _targets(session: AsyncSession, person_id: int, people: Directory) -> int:
    """How many result targets the person's units are to assess; for the office those nobody else is asked about."""
    units = people.units_of(person_id)
    is_office = person_id in people.office
    return sum(
        found.unit.id in units or (is_office and not people.asked(id_of(found.unit))) if found.unit else is_office
        for found in await attainments.to_assess(session)
    )


async def _edited(session: AsyncSession, person_id: int) -> tuple[Edited, ...]:
    rows = await report_texts.not_told(session, person_id)
    return tuple(Edited(id_of(row), measure.ref, measure.title, row.text, by) for row, measure, by in rows)


async def _standing_in(session: AsyncSession, person_id: int, people: Directory, today: date) -> tuple[StandIn, ...]:
    pairs = people.standing_in(person_id)
    if not pairs:
        return ()
    rows = await absences.last_days(session, {away for _unit, away in pairs}, today)
    return tuple(
        StandIn(people.people[away].name, people.units[unit].name, rows[away]) for unit, away in pairs if away in rows
    )


async def back_from_absence(session: AsyncSession, person_id: int, today: date) -> Back | None:
    """What was answered for a person's units while they were away; None where they were not, or have heard it."""
    over = await absences.not_welcomed(session, person_id, today)
    if not over:
        return None
    first_on = min(row.first_on for row in over)
    rows = await session.exec(
        replies.standing()
        .join(Membership, col(Membership.unit_id) == col(StatusReply.unit_id))
        .where(
            Membership.person_id == person_id,
            StatusReply.author_id != person_id,
            StatusReply.at >= datetime.combine(first_on, time.min, OSLO),
        )
        .order_by(col(StatusReply.at))
    )
    last = {reply.measure_id: reply for reply in rows}
    named = await session.exec(
        select(Measure, Person, StatusReply)
        .join(StatusReply, col(StatusReply.measure_id) == col(Measure.id))
        .join(Person, col(Person.id) == col(StatusReply.author_id))
        .where(col(StatusReply.id).in_([id_of(reply) for reply in last.values()]))
        .order_by(col(Measure.plan_id), col(Measure.position))
    )
    answered = tuple(Answered(measure.ref, measure.title, reply.status, by.name) for measure, by, reply in named)
    return Back(first_on, max(row.last_on for row in over), answered)


async def _people_for(session: AsyncSession, person_id: int, today: date) -> Directory:
    """Who is who, as far as a person's message needs it: the office, admins and their deputies hear of every unit."""
    person = await session.get(Person, person_id)
    is_staff = person is not None and (person.is_office or person.is_admin)
    return await (directory.read(session, today) if is_staff else directory.around(session, person_id, today))


def _now(questions: Iterable[Question], today: date) -> tuple[Question, ...]:
    """The questions that have not been put off to a day that lies ahead."""
    return tuple(each for each in questions if not each.is_put_off(today))


async def questions_of(session: AsyncSession, person_id: int, today: date) -> tuple[Question, ...]:
    """What a person is asked, most pressing first; a measure asked about for two reasons is one question."""
    return _now(await all_questions_of(session, person_id, today), today)


async def all_questions_of(session: AsyncSession, person_id: int, today: date) -> tuple[Question, ...]:
    """What a person is asked, with what has been put off in its place."""
    people = await directory.around(session, person_id, today)
    return _once(await _questions(session, people.units_of(person_id), today))


def _once(questions: Iterable[Question]) -> tuple[Question, ...]:
    """What a person is asked: whoever answers for a whole measure is not asked for a part of it as well."""
    listed = tuple(questions)
    whole = {each.measure_id for each in listed if not each.part}
    return tuple(each for each in listed if not (each.part and each.measure_id in whole))


@dataclass(frozen=True)
class Board:
    """What waits for an answer on a day, for everybody: read once, where many messages are made of it.

    `by_unit` is what each unit is asked; `raised` what has gone up to each unit (None: the office).
    """

    people: Directory
    today: date
    by_unit: dict[int, tuple[Question, ...]]
    raised: dict[int | None, tuple[Question, ...]]

    def questions_of(self, person_id: int) -> tuple[Question, ...]:
        """What a person is asked."""
        units = self.people.units_of(person_id)
        return _now(_once(question for unit in units for question in self.by_unit.get(unit, ())), self.today)

    def escalated_to(self, person_id: int) -> tuple[Question, ...]:
        """What has gone up to the units a person is asked for, and is not their own to answer."""
        units = self.people.units_of(person_id)
        found = {
            question.request_id: question
            for unit in units
            for question in self.raised.get(unit, ())
            if question.unit_id not in units
        }
        return tuple(found.values())


async def board(session: AsyncSession, today: date) -> Board:
    """What waits for an answer, in as many statements however many are asked."""
    people = await directory.read(session, today)
    by_unit: dict[int, list[Question]] = {}
    for question in await open_questions(session, people, today):
        by_unit.setdefault(question.unit_id, []).append(question)
    by_request = {question.request_id: question for questions in by_unit.values() for question in questions}
    raised: dict[int | None, list[Question]] = {}
    rows = await session.exec(
        select(Escalation.request_id, Escalation.unit_id)
        .join(StatusRequest, col(StatusRequest.id) == col(Escalation.request_id))
        .where(col(StatusRequest.closed_at).is_(None))
    )
    for request_id, unit_id in rows:
        if request_id in by_request:
            raised.setdefault(unit_id, []).append(by_request[request_id])
    return Board(
        people,
        today,
        {unit: tuple(found) for unit, found in by_unit.items()},
        {unit: tuple(found) for unit, found in raised.items()},
    )


async def open_questions(session: AsyncSession, people: Directory, today: date) -> tuple[Question, ...]:
    """Everything that waits for an answer, most pressing first."""
    return await _questions(session, frozenset(people.units), today)


async def _questions(
    session: AsyncSession, unit_ids: frozenset[int], today: date | None = None
) -> tuple[Question, ...]:
    """What units are asked, and asked back. With the day, what the office nags about on it is marked."""
    if not unit_ids:
        return ()
    rows = await session.exec(
        _asked()
        .where(col(StatusRequest.closed_at).is_(None), col(StatusRequest.unit_id).in_(unit_ids))
        .order_by(col(StatusRequest.anchor_on), col(Measure.plan_id), col(Measure.position), col(StatusRequest.id))
    )
    found = _one_per_measure(rows)
    for asked_back, measure, unit in await question_backs.open_of_units(session, unit_ids):
        before = found.get((id_of(measure), 0)) or _of_question_back(asked_back, measure, unit)
        found[id_of(measure), 0] = replace(before, question_id=id_of(asked_back), asked_back=asked_back.text)
    questions = sorted(await _with_tallies(session, found.values()), key=lambda each: bool(each.request_id))
    return await _with_nags(session, questions, today) if today and questions else tuple(questions)


async def _with_tallies(session: AsyncSession, questions: Iterable[Question]) -> list[Question]:
    """The questions, those about what is counted with the count of the year they are about."""
    listed = list(questions)
    found = await tallies.of_measures(
        session, [(each.measure_id, each.counted_in) for each in listed if each.counted_in]
    )
    return [replace(each, tally=found.get((each.measure_id, each.counted_in))) for each in listed]


def _of_question_back(asked_back: QuestionBack, measure: Measure, unit: str) -> Question:
    return Question(
        request_id=0,
        measure_id=id_of(measure),
        plan_id=measure.plan_id,
        ref=measure.ref,
        title=measure.title,
        unit=unit,
        reason="question_back",
        by=asked_back.at.date(),
        asked_at=asked_back.at,
        unit_id=measure.owner_id or 0,
    )


async def _with_nags(session: AsyncSession, questions: Sequence[Question], today: date) -> tuple[Question, ...]:
    requests, asked_back = await nags.of_day(session, today)
    return tuple(
        replace(question, nagged=question.request_id in requests or question.question_id in asked_back)
        for question in questions
    )


def _asked() -> Select[StatusRequest, Measure, str, str | None]:
    """Requests with their measures, the names of the units that are asked, and of those that answer for the whole."""
    lead = aliased(Unit)
    return (
        select(StatusRequest, Measure, Unit.name, lead.name)
        .join(Measure, col(Measure.id) == col(StatusRequest.measure_id))
        .join(Unit, col(Unit.id) == col(StatusRequest.unit_id))
        .join(lead, col(lead.id) == col(Measure.owner_id), isouter=True)
    )


def _one_per_measure(
    rows: Iterable[tuple[StatusRequest, Measure, str, str | None]],
) -> dict[tuple[int, int], Question]:
    """The first question about each measure, and about each unit's part of it: by measure and unit (0: the whole)."""
    found: dict[tuple[int, int], Question] = {}
    for request, measure, unit, lead in rows:
        question = Question(
            request_id=id_of(request),
            measure_id=id_of(measure),
            plan_id=measure.plan_id,
            ref=measure.ref,
            title=measure.title,
            unit=unit,
            reason=request.reason,
            by=request.anchor_on,
            asked_at=request.opened_at,
            due_on=request.due_on,
            put_off_until=request.put_off_until,
            unit_id=request.unit_id,
            part=request.part,
            lead=lead if request.part else None,
            counted_in=_year_of(request) if not request.part and is_counted(measure.deadline) else 0,
            starts=request.due_on is not None and _begins_on(measure.deadline, request.due_on.isoformat()),
        )
        key = (id_of(measure), request.unit_id if request.part else 0)
        first = found.setdefault(key, question)
        if question.counted_in > first.counted_in:
            found[key] = replace(first, counted_in=question.counted_in)
    return found


def _year_of(request: StatusRequest) -> int:
    return (request.due_on or request.anchor_on).year


def _begins_on(deadline: dict[str, Any], day: str) -> bool:
    """Whether a deadline, or one of its milestones, says that something is to begin on a day and no more."""
    begins = deadline["kind"] == Kind.START and deadline["start"] == day
    return begins or any(_begins_on(part, day) for part in deadline["milestones"])


async def _escalated(session: AsyncSession, person_id: int, people: Directory) -> tuple[Question, ...]:
    """Open requests that have gone up to a unit this person leads, or to the office this person is in."""
    units = people.units_of(person_id)
    to_me = [col(Escalation.unit_id).in_(units)]
    if person_id in people.office:
        to_me.append(col(Escalation.unit_id).is_(None))
    rows = await session.exec(
        _asked()
        .where(
            col(StatusRequest.closed_at).is_(None),
            col(StatusRequest.unit_id).not_in(units),
            col(StatusRequest.id).in_(select(Escalation.request_id).where(or_(*to_me))),
        )
        .order_by(col(StatusRequest.anchor_on), col(Measure.plan_id), col(Measure.position))
    )
    found = _one_per_measure(rows).values()
    reminded = await times_reminded(session, [question.request_id for question in found])
    return tuple(replace(question, reminded=reminded.get(question.request_id, 0)) for question in found)


async def _nobody_joined(
    session: AsyncSession, people: Directory, on_board: "Board | None" = None
) -> tuple[Question, ...]:
    """Open requests to units nobody of which can be reached: the office asks by phone and writes the answer down."""
    unreachable = frozenset(unit_id for unit_id in people.units if not people.asked(unit_id))
    if on_board:
        return tuple(question for unit_id in sorted(unreachable) for question in on_board.by_unit.get(unit_id, ()))
    return await _questions(session, unreachable)


async def _new(
    session: AsyncSession, person_id: int, questions: Sequence[Question], today: date
) -> tuple[Question, ...]:
    """Those the person has not read of in the last daily message of an earlier day, or that came to a step since."""
    last = await outbox.last_daily(session, person_id, before=today) if questions else None
    if last is None or last.sent_at is None:
        return tuple(questions)
    known = set(last.data.get(outbox.UNJOINED, ()))
    known -= await reminded_since(session, known, last.sent_at)
    return tuple(each for each in questions if each.request_id not in known)


async def _orphans(session: AsyncSession, today: date) -> tuple[Orphan, ...]:
    """Due dates that a pass has come to and found nobody to ask about, or will before long."""
    rows = await session.exec(
        select(Measure, col(Occurrence.due_on))
        .join(Occurrence, col(Occurrence.measure_id) == col(Measure.id))
        .where(
            col(Measure.owner_id).is_(None),
            col(Measure.archived_at).is_(None),
            col(Occurrence.next_on).is_not(None),
            col(Occurrence.due_on) <= today + NEAR,
        )
        .order_by(col(Occurrence.due_on), col(Measure.position))
    )
    return tuple(
        Orphan(measure.ref, measure.title, due_on, measure.plan_id, id_of(measure)) for measure, due_on in rows
    )


async def _to_prepare(
    session: AsyncSession, people: Directory, today: date, calendar: WorkCalendar
) -> tuple[Upcoming, ...]:
    """Rounds that open soon or are open, and lack an owner, a decision, somebody to ask, a real meeting or time."""
    rows = await session.exec(
        select(Round, Plan)
        .join(Plan, col(Plan.id) == col(Round.plan_id))
        .where(col(Round.called_off_at).is_(None), col(Round.meeting_on) >= today - MISSED_FOR)
        .order_by(col(Round.meeting_on))
    )
    near = [(row, plan) for row, plan in rows if prepare_on(row.opens_on, _settings_of(plan), calendar) <= today]
    taken = await rounds.steps_taken(session, [id_of(row) for row, _plan in near])
    found = []
    for row, plan in near:
        steps = taken.get(id_of(row), {})
        if row.state == "closed":
            if "open" not in steps and "closed" in steps:
                found.append(replace(await _upcoming(session, people, row, plan), **MISSED))
            continue
        if row.meeting_on < today:
            continue
        upcoming = await _upcoming(session, people, row, plan)
        if "open" in steps:
            upcoming = replace(upcoming, short_until=short_until(row, steps["open"], calendar))
        lacks = upcoming.without_owner or upcoming.without_people or upcoming.undecided
        if lacks or upcoming.provisional or upcoming.short_until:
            found.append(upcoming)
    return tuple(found)


async def discreet_plans(session: AsyncSession) -> frozenset[int]:
    """The plans that are discreet, by id."""
    return frozenset(id_of(plan) for plan in await session.exec(select(Plan)) if _settings_of(plan).discreet)


def _settings_of(plan: Plan) -> PlanSettings:
    """A plan's settings. Those that cannot be used are told of on their own, and do not hold up the message."""
    try:
        return PlanSettings.of(plan.settings)
    except SettingsRefused:
        return PlanSettings()


async def _upcoming(session: AsyncSession, people: Directory, row: Round, plan: Plan) -> Upcoming:
    measures = await session.exec(
        select(Measure)
        .where(Measure.plan_id == plan.id, col(Measure.archived_at).is_(None))
        .order_by(col(Measure.position))
    )
    without_owner, without_people, undecided = [], [], []
    owners_missing, people_missing = [], []
    for measure in measures:
        if measure.undecided:
            undecided.append(measure.ref)
        if measure.owner_id is None:
            without_owner.append(measure.ref)
            owners_missing.append((measure.ref, id_of(measure)))
        elif not people.asked(measure.owner_id):
            without_people.append(people.units[measure.owner_id].name)
            people_missing.append((people.units[measure.owner_id].name, measure.owner_id))
    return Upcoming(
        plan_id=id_of(plan),
        round_id=id_of(row),
        plan=plan.title,
        slug=plan.slug,
        year=row.year,
        opens_on=row.opens_on,
        body=row.body,
        meeting_on=row.meeting_on,
        provisional=row.provisional,
        without_owner=tuple(without_owner),
        without_people=tuple(dict.fromkeys(without_people)),
        owners_missing=tuple(owners_missing),
        people_missing=tuple(dict.fromkeys(people_missing)),
        undecided=tuple(undecided),
    )


async def _office_weeks(session: AsyncSession, today: date) -> tuple[OfficeWeek, ...]:
    rows = await session.exec(
        select(Round, Plan)
        .join(Plan, col(Plan.id) == col(Round.plan_id))
        .where(Round.state == "open", col(Round.office_from) <= today, col(Round.meeting_on) >= today)
        .order_by(col(Round.meeting_on))
    )
    found = []
    for row, plan in rows:
        outcome = await outcome_of_round(session, id_of(row))
        found.append(
            OfficeWeek(
                plan_id=id_of(plan),
                plan=plan.title,
                slug=plan.slug,
                year=row.year,
                asked=outcome.asked,
                answered=outcome.answered,
                papers_on=row.papers_on,
            )
        )
    return tuple(found)
