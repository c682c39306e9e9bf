"""What has not been answered, by unit: since when, who was told last, and how far up it has gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler import open_questions
from scheduler.open_questions import Question
from storage import call_offs, nags, question_backs
from storage.directory import Directory
from storage.tables import Escalation, Measure, StatusRequest


@dataclass(frozen=True)
class Missing:
    """Something that waits for a unit's answer.

    `told`: whoever is asked for the unit and has got a message about it, with the moment of the last. `told_above`:
    the unit it has gone up to, "" for the office, None where it has not.
    """

    question: Question
    unit_id: int
    told: tuple[tuple[str, datetime], ...] = ()
    told_above: str | None = None
    nagged: bool = False

    @property
    def key(self) -> str:
        """What a button calls it: the request, or the question back where there is no request."""
        question = self.question
        return f"r{question.request_id}" if question.request_id else f"q{question.question_id}"


async def missing(session: AsyncSession, people: Directory, today: date) -> tuple[Missing, ...]:
    """Everything that waits for an answer, by the name of the unit, most pressing first."""
    questions = await open_questions.of_all_units(session, people, today)
    if not questions:
        return ()
    owners = await _units_asked(session, questions)
    asked = {person for unit_id in owners.values() for person in people.asked(unit_id)}
    told = await nags.last_told(session, asked, min(question.asked_at for question in questions))
    above = await _told_above(session, [question.request_id for question in questions], people)
    found = [
        Missing(
            question,
            owners[question],
            told=_told(question, owners[question], people, told),
            told_above=above.get(question.request_id),
            nagged=question.nagged,
        )
        for question in questions
    ]
    return tuple(sorted(found, key=lambda item: (item.question.unit.casefold(), item.unit_id)))


def _told(
    question: Question, unit_id: int, people: Directory, told: dict[int, datetime]
) -> tuple[tuple[str, datetime], ...]:
    return tuple(
        (people.people[person].name, told[person])
        for person in people.asked(unit_id)
        if person in told and told[person] >= question.asked_at
    )


async def _units_asked(session: AsyncSession, questions: Iterable[Question]) -> dict[Question, int]:
    """The unit each question waits for."""
    listed = list(questions)
    requests = await session.exec(
        select(StatusRequest.id, StatusRequest.unit_id).where(
            col(StatusRequest.id).in_([question.request_id for question in listed])
        )
    )
    of_request = dict(requests.all())
    owners = await session.exec(
        select(Measure.id, Measure.owner_id).where(col(Measure.id).in_([question.measure_id for question in listed]))
    )
    of_measure = dict(owners.all())
    found = {}
    for question in listed:
        unit_id = of_request.get(question.request_id) or of_measure.get(question.measure_id)
        assert unit_id is not None
        found[question] = unit_id
    return found


async def _told_above(session: AsyncSession, request_ids: list[int], people: Directory) -> dict[int, str]:
    """The unit each request has gone up to; "" for the office."""
    rows = await session.exec(
        select(Escalation).where(col(Escalation.request_id).in_(request_ids)).order_by(col(Escalation.level))
    )
    return {row.request_id: people.units[row.unit_id].name if row.unit_id else "" for row in rows}


async def call_off(session: AsyncSession, item: Missing, reason: str, *, person_id: int, at: datetime) -> None:
    """Nobody is asked about this any more; the reason is kept with it."""
    question = item.question
    if question.request_id:
        request = await session.get_one(StatusRequest, question.request_id)
        request.closed_at, request.closed_because, request.next_on = at, "called_off", None
        await call_offs.add(session, reason, person_id=person_id, at=at, request_id=question.request_id)
    if question.question_id:
        asked_back = await question_backs.by_id(session, question.question_id)
        assert asked_back is not None
        await question_backs.close(session, asked_back, "called_off", at)
        await call_offs.add(session, reason, person_id=person_id, at=at, question_id=question.question_id)
