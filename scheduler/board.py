"""What waits for an answer on a day, for everybody: read once, where many messages are made of it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scheduler.open_questions import Question, each_once, not_put_off, of_all_units
from storage import directory
from storage.directory import Directory
from storage.tables import Escalation, StatusRequest


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
        return not_put_off(each_once(question for unit in units for question in self.by_unit.get(unit, ())), self.today)

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


async def read_board(session: AsyncSession, today: date) -> Board:
    """What waits for an answer, in as many statements however many are asked."""
    people = await directory.read(session, today)
    by_unit: dict[int, list[Question]] = {}
    for question in await of_all_units(session, people, today):
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
