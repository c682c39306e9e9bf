"""What one person has to hear today, read from what is open now: the text of a daily message is made of this."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from plan.workday import WorkCalendar
from scheduler import absence_news, office_news, open_questions, outage_news, unreached
from scheduler.absence_news import Back, StandIn, back_from_absence
from scheduler.board import Board
from scheduler.office_news import OfficeWeek, Orphan, Upcoming
from scheduler.open_questions import Question, each_once, not_put_off, of_units
from scheduler.parts import Unasked, unasked
from scheduler.reporting_keepers import are_kept_by_units
from scheduler.reporting_news import DayToKeep, days_to_keep
from scheduler.settings import PlanSettings
from scheduler.targets import Raised, raised_to
from scheduler.unreached import not_read
from storage import attainments, directory, proposals, report_texts, told
from storage.directory import Directory
from storage.ids import id_of
from storage.outages import Outage
from storage.tables import Person, Plan
from storage.told import Marks


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
    `late`: why something in it comes later than it should have; no message of its own either. `told_to`: how far it
    tells of the steps that were taken, for those who hear of each step once.
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
    told_to: Marks | None = None

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

    @property
    def told(self) -> dict[str, Any]:
        """What is kept with the message when it has gone out."""
        return told.as_data(self.told_to, self.unjoined)

    def __bool__(self) -> bool:
        lists = (self.questions, self.escalated, self.nobody_joined, self.to_prepare, self.orphans, self.office_weeks)
        counted = self.proposals + self.targets + len(self.targets_raised) + self.unjoined_before
        return any(lists) or counted > 0 or self.back is not None or bool(self.edited or self.unasked or self.days)


async def of_person(
    session: AsyncSession, person_id: int, today: date, calendar: WorkCalendar, on_board: Board | None = None
) -> Digest:
    """What a person has to hear on a day; empty for somebody who has left. `on_board`: the board of that day."""
    people = on_board.people if on_board else await _people_for(session, person_id, today)
    person = people.people.get(person_id)
    if person is None:
        return Digest()
    is_office = person_id in people.office
    settings = {id_of(plan): PlanSettings.usable(plan.settings) for plan in await session.exec(select(Plan))}
    if on_board:
        asked = on_board.questions_of(person_id)
    else:
        asked = not_put_off(each_once(await of_units(session, people.units_of(person_id), today)), today)
    is_staff = is_office or person.is_admin
    hears_of_days = is_staff or are_kept_by_units(settings.values())
    told_to = await told.marks(session) if hears_of_days else None
    nobody_joined = tuple(
        question
        for question in (await unreached.nobody_joined(session, people, on_board) if is_staff else ())
        if person_id in people.told(settings[question.plan_id].tell_nobody)
    )
    listed = {question.measure_id for question in nobody_joined if not question.part}
    if on_board:
        escalated = on_board.escalated_to(person_id)
    else:
        escalated = await open_questions.escalated_to(session, person_id, people)
    new = await not_read(session, person_id, nobody_joined, today)
    measures = [each.measure_id for each in (*asked, *escalated, *nobody_joined)]
    return Digest(
        questions=asked,
        late=await outage_news.late(session, person_id, measures, today, calendar if is_staff else None),
        escalated=tuple(question for question in escalated if question.measure_id not in listed),
        nobody_joined=new,
        known_unjoined=tuple(each.request_id for each in nobody_joined if each not in new),
        to_prepare=tuple(
            upcoming
            for upcoming in (await office_news.to_prepare(session, people, today, calendar) if is_staff else ())
            if person_id in people.told(settings[upcoming.plan_id].tell_prepare)
        ),
        orphans=tuple(
            orphan
            for orphan in (await office_news.orphans(session, today) if is_staff else ())
            if person_id in people.told(settings[orphan.plan_id].tell_prepare)
        ),
        discreet=frozenset(plan_id for plan_id, found in settings.items() if found.discreet),
        proposals=await proposals.count_waiting(session) if is_office else 0,
        office_weeks=await office_news.office_weeks(session, today) if is_office else (),
        standing_in=await absence_news.standing_in(session, person_id, people, today),
        back=await back_from_absence(session, person_id, today),
        edited=await _edited(session, person_id),
        targets=await _targets(session, person_id, people),
        targets_raised=await raised_to(session, person_id, today),
        unasked=tuple(
            found
            for found in (await unasked(session, people, settings) if is_staff else ())
            if person_id in people.told(settings[found.plan_id].tell_nobody)
        ),
        days=(
            await days_to_keep(session, person_id, people, settings, today, told_to, is_staff=is_staff)
            if told_to
            else ()
        ),
        told_to=told_to,
    )


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


async def _people_for(session: AsyncSession, person_id: int, today: date) -> Directory:
    """Who is who, as far as a person's message needs it: the office, admins and their deputies hear of every unit."""
    person = await session.get(Person, person_id)
    is_staff = person is not None and (person.is_office or person.is_admin)
    return await (directory.read(session, today) if is_staff else directory.around(session, person_id, today))


async def discreet_plans(session: AsyncSession) -> frozenset[int]:
    """The plans that are discreet, by id."""
    return frozenset(
        id_of(plan) for plan in await session.exec(select(Plan)) if PlanSettings.usable(plan.settings).discreet
    )
