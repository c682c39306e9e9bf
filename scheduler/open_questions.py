"""What units are asked now: each measure once, for the most pressing of its reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from plan.deadline import Kind
from plan.tally import Tally, is_counted
from storage import directory, nags, question_backs, tallies
from storage.directory import Directory
from storage.ids import id_of
from storage.requests import times_reminded
from storage.tables import (
    Escalation,
    Measure,
    QuestionBack,
    StatusRequest,
    Unit,
)


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


async def questions_of(session: AsyncSession, person_id: int, today: date) -> tuple[Question, ...]:
    """What a person is asked, most pressing first; a measure asked about for two reasons is one question."""
    return not_put_off(await all_questions_of(session, person_id, today), today)


async def all_questions_of(session: AsyncSession, person_id: int, today: date) -> tuple[Question, ...]:
    """What a person is asked, with what has been put off in its place."""
    people = await directory.around(session, person_id, today)
    return each_once(await of_units(session, people.units_of(person_id), today))


async def of_all_units(session: AsyncSession, people: Directory, today: date) -> tuple[Question, ...]:
    """Everything that waits for an answer, most pressing first."""
    return await of_units(session, frozenset(people.units), today)


def not_put_off(questions: Iterable[Question], today: date) -> tuple[Question, ...]:
    """The questions that have not been put off to a day that lies ahead."""
    return tuple(each for each in questions if not each.is_put_off(today))


def each_once(questions: Iterable[Question]) -> tuple[Question, ...]:
    """What a person is asked: whoever answers for a whole measure is not asked for a part of it as well."""
    listed = tuple(questions)
    whole = {each.measure_id for each in listed if not each.part}
    return tuple(each for each in listed if not (each.part and each.measure_id in whole))


async def of_units(session: AsyncSession, unit_ids: frozenset[int], today: date | None = None) -> tuple[Question, ...]:
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


async def escalated_to(session: AsyncSession, person_id: int, people: Directory) -> tuple[Question, ...]:
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
