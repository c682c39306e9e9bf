"""What units are asked now: each measure once, for the most pressing of its reasons."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from plan.deadline import Kind
from plan.tally import Tally, is_counted
from storage import directory, nags, open_requests, question_backs, tallies
from storage.directory import Directory
from storage.ids import id_of
from storage.open_requests import OpenRequest
from storage.requests import times_reminded
from storage.tables import Measure, QuestionBack


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
    asked = [of_request(row) for row in await open_requests.to_units(session, unit_ids)]
    return await with_the_rest(session, asked, unit_ids, today)


async def with_the_rest(
    session: AsyncSession, asked: Iterable[Question], unit_ids: frozenset[int], today: date | None
) -> tuple[Question, ...]:
    """What units are asked by these requests, each measure once, with what they are asked back."""
    found = one_per_measure(asked)
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
    return [
        replace(each, tally=tally) if (tally := found.get((each.measure_id, each.counted_in))) else each
        for each in listed
    ]


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
        replace(question, nagged=True)
        if question.request_id in requests or question.question_id in asked_back
        else question
        for question in questions
    )


def of_request(row: OpenRequest) -> Question:
    """What a request asks."""
    counted, begins = _what_it_says(row.deadline)
    return Question(
        request_id=row.request_id,
        measure_id=row.measure_id,
        plan_id=row.plan_id,
        ref=row.ref,
        title=row.title,
        unit=row.unit,
        reason=row.reason,
        by=row.anchor_on,
        asked_at=row.opened_at,
        due_on=row.due_on,
        put_off_until=row.put_off_until,
        unit_id=row.unit_id,
        part=row.part,
        lead=row.lead if row.part else None,
        counted_in=(row.due_on or row.anchor_on).year if counted and not row.part else 0,
        starts=bool(begins) and row.due_on is not None and row.due_on.isoformat() in begins,
    )


def one_per_measure(questions: Iterable[Question]) -> dict[tuple[int, int], Question]:
    """The first question about each measure, and about each unit's part of it: by measure and unit (0: the whole)."""
    found: dict[tuple[int, int], Question] = {}
    for question in questions:
        key = (question.measure_id, question.unit_id if question.part else 0)
        first = found.setdefault(key, question)
        if question.counted_in > first.counted_in:
            found[key] = replace(first, counted_in=question.counted_in)
    return found


@lru_cache(maxsize=2000)
def _what_it_says(deadline: str) -> tuple[bool, frozenset[str]]:
    """Of a deadline as it is stored whether it says how many times a year, and the days on which something begins."""
    found = json.loads(deadline)
    return is_counted(found), frozenset(_beginnings(found))


def _beginnings(deadline: dict[str, Any]) -> Iterator[str]:
    """The days on which a deadline, or one of its milestones, says that something is to begin and no more."""
    if deadline["kind"] == Kind.START and deadline["start"]:
        yield deadline["start"]
    for part in deadline["milestones"]:
        yield from _beginnings(part)


async def escalated_to(session: AsyncSession, person_id: int, people: Directory) -> tuple[Question, ...]:
    """Open requests that have gone up to a unit this person leads, or to the office this person is in."""
    rows = await open_requests.gone_up_to(session, people.units_of(person_id), office=person_id in people.office)
    found = one_per_measure(of_request(row) for row in rows).values()
    reminded = await times_reminded(session, [question.request_id for question in found])
    return tuple(
        replace(question, reminded=times) if (times := reminded.get(question.request_id)) else question
        for question in found
    )
